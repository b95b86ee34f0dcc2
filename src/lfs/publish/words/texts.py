"""The texts of one language, and the directions in which they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError

from lfs.metadata import SurveyError
from lfs.publish.bidi import harmless, has_rtl_letters, isolated

DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""The digits of each system that a language may declare (names of Unicode's locale data)."""


@dataclass(frozen=True)
class Texts:
    """Labels of one language, as read by lfs.metadata.labels.read_labels.

    currency: the survey's, by its ISO 4217 code; without one, amounts are called units of the national currency.
    """

    labels: Mapping[str, Any]
    language: str
    currency: str | None = None

    def __post_init__(self) -> None:
        try:
            Locale.parse(self._locale_name)
        except (UnknownLocaleError, ValueError):
            raise SurveyError(
                f"labels/{self.language}: language.locale: '{self._locale_name}' is not known; "
                "use a code such as en, ar_IQ or ckb"
            ) from None
        if self.digits not in DIGITS:
            raise SurveyError(
                f"labels/{self.language}: language.digits: '{self.digits}' is none of {', '.join(DIGITS)}"
            )

    @property
    def _locale_name(self) -> str:
        return self("language", "locale") if self.has("language", "locale") else self.language

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self._locale_name)

    @cached_property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "rtl" if self.locale.character_order == "right-to-left" else "ltr"

    @cached_property
    def digits(self) -> str:
        """The language's declared system of digits: latn, arab or arabext."""
        return self("language", "digits") if self.has("language", "digits") else "latn"

    @cached_property
    def number_direction(self) -> str:
        """The direction in which a range or a signed number is read: left to right in Latin digits, else the text's."""
        return "ltr" if self.digits == "latn" else self.direction

    def direction_of(self, text: str) -> str:
        """The direction in which a number, a range or a quantity with words in it is read."""
        return "rtl" if has_rtl_letters(str(text)) else self.number_direction

    @property
    def edited(self) -> bool:
        """Whether an editor has gone through the words; a machine's translation says that nobody has."""
        return self("language", "edited") == "yes"

    def isolate(self, text: str) -> str:
        """A number, range or sign kept together inside text that reads from right to left; elsewhere as it is."""
        return isolated(text, self.number_direction) if self.direction == "rtl" and text else text

    def foreign(self, text: str) -> str:
        """A text that was given as it is (a source, a name of a file): in a language that is read from right to left,
        one without a letter of such a script is kept together and read from left to right."""
        return isolated(text, "ltr") if self.direction == "rtl" and text and not has_rtl_letters(text) else text

    def __call__(self, *place: str, **values: str) -> str:
        """The text at `place` in the labels, its named values filled in.

        Raises SurveyError naming the key where the language has no such text, or where text and values do not fit.
        """
        return self._filled(self._at(place), place, values)

    def texts(self, *place: str, **values: str) -> list[str]:
        """Several texts in their order, named values filled in."""
        found = self._at(place)
        if not isinstance(found, Mapping) or not found:
            raise SurveyError(f"labels/{self.language}: '{'.'.join(place)}' has no texts; add them")
        return [self(*place, key, **values) for key in found]

    def _filled(self, text: Any, place: tuple[str, ...], values: Mapping[str, str]) -> str:
        if not isinstance(text, str):
            raise SurveyError(f"labels/{self.language}: '{'.'.join(place)}' has no text; add it")
        text, named = _template(text)
        if named - values.keys():
            raise SurveyError(
                f"labels/{self.language}: '{'.'.join(place)}' uses {{{min(named - values.keys())}}}, "
                f"but only {', '.join(sorted(values)) or 'nothing'} is given there"
            )
        return text.format_map(values) if named else text

    def has(self, *place: str) -> bool:
        """Whether the language has something at `place`."""
        return self._at(place) is not None

    def _at(self, place: tuple[str, ...]) -> Any:
        found: Any = self.labels
        for key in place:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def numerals(self, text: str) -> str:
        """A text in which digits stand alone (a year, the number of a sheet), in the language's digits."""
        return text.translate(str.maketrans("0123456789", DIGITS[self.digits]))


@cache
def _template(text: str) -> tuple[str, frozenset[str]]:
    """A text without overrides of direction, and the names of its values."""
    safe = harmless(text)
    return safe, frozenset(name for _, name, _, _ in Formatter().parse(safe) if name is not None)
