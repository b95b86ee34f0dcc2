"""The words of one language: what is printed, and how numbers, dates and intervals are written.

Every printed word comes out of here. A word that the language lacks stops its publication; a key is never printed.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, cached_property
from string import Formatter
from typing import Any, Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_currency_name

from lfs.metadata import SurveyError
from lfs.metadata.assumptions import Assumption
from lfs.publish.bidi import bare, harmless, has_letters, has_rtl_letters, isolated
from lfs.publish.content import Number
from lfs.publish.figures import CONTROL, UNRELIABLE, Figure
from lfs.publish.units import UNITS

DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""The digits of each system that a language may declare (names of Unicode's locale data)."""
MINUS = "\u2212"
PLACES = [Decimal(1).scaleb(-decimals) for decimals in range(7)]


@dataclass(frozen=True)
class Words:
    """Labels of one language, as read by lfs.metadata.labels.read_labels, and its ways of writing.

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

    def counted(self, number: float, *place: str, **values: str) -> str:
        """The text at `place` in its form for the number, which it calls {count}.

        A text that depends on a number is a mapping of the language's plural forms (zero, one, two, few, many, other).
        """
        forms = self._at(place)
        text = forms.get(self.locale.plural_form(number), forms.get("other")) if isinstance(forms, Mapping) else forms
        return self._filled(text, place, {**values, "count": self.number(number)})

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

    # --- numbers and dates -------------------------------------------------------------------------------------------

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the language's digits and separators; a true minus sign."""
        return self.isolate(self._written(value, decimals))

    def _written(self, value: float, decimals: int) -> str:
        """The number alone, halves rounded to even as in the locale data's own rule."""
        written = f"{Decimal(repr(abs(float(value)))).quantize(PLACES[decimals], ROUND_HALF_EVEN):,}"
        negative = value < 0 and written.strip("0.") != ""
        return (MINUS if negative else "") + written.translate(self._signs)

    @cached_property
    def _signs(self) -> dict[int, str]:
        """Digits and separators of the language, by those of English."""
        symbols = self.locale.number_symbols.get(self.digits) or self.locale.number_symbols["latn"]
        own = dict(zip("0123456789", DIGITS[self.digits], strict=True))
        return str.maketrans({**own, ",": symbols["group"], ".": symbols["decimal"]})

    def numerals(self, text: str) -> str:
        """A text in which digits stand alone (a year, the number of a sheet), in the language's digits."""
        return text.translate(str.maketrans("0123456789", DIGITS[self.digits]))

    def percent(self, value: float, decimals: int = 1) -> str:
        """A fraction as per cent, with its sign."""
        return self.isolate(self("numbers", "percent", value=bare(self.number(100 * value, decimals))))

    def numeral(self, value: float, decimals: int = 0) -> Number:
        """A number of a table, written and as it is."""
        return Number(self.number(value, decimals), value, "#,##0" + ("." + "0" * decimals if decimals else ""))

    def share(self, value: float, decimals: int = 1) -> Number:
        """A fraction of a table, written as per cent, and as it is."""
        return Number(self.percent(value, decimals), value, "0" + ("." + "0" * decimals if decimals else "") + "%")

    def range(self, lower: str, upper: str) -> str:
        """From one number to another, as it stands in a table.

        As it stands in text where a limit has words in it or is negative: after a dash a minus sign cannot be told.
        """
        if has_rtl_letters(lower + upper) or MINUS in lower + upper:
            return self("numbers", "range_in_words", lower=lower, upper=upper)
        return self.isolate(self("numbers", "range", lower=bare(lower), upper=bare(upper)))

    def date(self, value: datetime.date) -> str:
        """Day, month and year."""
        return self.numerals(format_date(value, format=self("language", "date"), locale=self.locale))

    def period(self, start: datetime.date, end: datetime.date, *, short: bool = False) -> str:
        """The months from start to end: "July to December 2021", in short "Jul–Dec 2021"."""
        month = self("language", "month_short" if short else "month")
        first, last = (format_date(day, format=month, locale=self.locale) for day in (start, end))
        years = [self.isolate(self.numerals(str(day.year))) for day in (start, end)]
        form = "short" if short else "long"
        if (start.year, start.month) == (end.year, end.month):
            return self("numbers", f"month_{form}", month=last, year=years[1])
        if start.year == end.year:
            return self("numbers", f"months_{form}", first=first, last=last, year=years[1])
        return self("numbers", f"years_{form}", first=first, first_year=years[0], last=last, year=years[1])

    # --- the dictionary ----------------------------------------------------------------------------------------------

    def variable(self, name: str) -> str:
        """The name of a variable, of an option of a multiple one (`farm_work_crops`), or of a supplied concept."""
        if self.has("variables", name):
            return self("variables", name, "name")
        if name.endswith("_national"):
            return self("supplied", variable=self.variable(name.removesuffix("_national")))
        for standard in ("icls13", "icls21"):
            if name.endswith(f"_{standard}"):
                named = {"variable": self.variable(name.removesuffix(f"_{standard}"))}
                return self("by_standard", **named, standard=self("standards", standard, "name"))
        for base, declared in self.labels.get("variables", {}).items():
            option = name.removeprefix(f"{base}_")
            if option != name and option in declared.get("options", {}):
                return self("option", variable=self(*("variables", base, "name")), option=declared["options"][option])
        return self("variables", name, "name")

    def category(self, variable: str, code: str) -> str:
        """The name of a category; `total` and `not_stated` included."""
        if code == "total":
            return self("variables", variable, "total")
        if code == "not_stated":
            return self("not_stated")
        label = self("variables", variable, "categories", code)
        return label if has_letters(label) else self.isolate(label)

    def group(self, where: Mapping[str, str]) -> str:
        """Whom a figure is of: its categories beside each other, nothing where it is of all."""
        return self.beside(self.category(variable, code) for variable, code in where.items())

    def by(self, variables: tuple[str, ...]) -> str:
        """What stands after "by" in the title of a table of these variables."""
        return self.listed([self("variables", name, "by") for name in variables])

    def listed(self, parts: Sequence[str]) -> str:
        """ "a, b and c"."""
        return self._joined(list(parts), "standard")

    def listed_or(self, parts: Sequence[str]) -> str:
        """ "a, b or c"."""
        return self._joined(list(parts), "or")

    def beside(self, parts: Iterable[str]) -> str:
        """ "a, b": what names one thing together, or stands beside it."""
        return ("\u060c " if self.direction == "rtl" else ", ").join(parts)

    def in_turn(self, parts: Iterable[str]) -> str:
        """ "a; b": what is said one after another."""
        return ("\u061b " if self.direction == "rtl" else "; ").join(parts)

    def _joined(self, parts: list[str], style: Literal["standard", "or"]) -> str:
        """A list as the locale data write it, or as the language says where it has lists of its own.

        The locale data of some languages (Sorani) join the parts of a list with English words and commas.
        """
        if not self.has("language", "lists"):
            return format_list(parts, style=style, locale=self.locale)
        between, last = (self("language", "lists", style, name) for name in ("between", "last"))
        return last.join([between.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)

    # --- figures -----------------------------------------------------------------------------------------------------

    def level(self, confidence: float) -> str:
        """The level of confidence, as per cent without needless decimals."""
        return self.percent(confidence, 0 if round(100 * confidence, 6).is_integer() else 1)

    def quantity(self, value: float, unit: str) -> str:
        """An estimate in running text: a rate as per cent, persons in thousands or millions, others with their unit."""
        if unit == "rate":
            return self.percent(value)
        if unit not in ("persons", "households"):
            form = UNITS[unit]
            written = self.number(form.scale * value, form.decimals)
            return self("quantities", unit, value=written, **self._currency(unit))
        if abs(value) >= 999_500:
            return self("numbers", "million", value=self.number(value / 1e6, 2))
        return self("numbers", "thousand", value=self.number(value / 1e3, 1 if abs(value) < 99_950 else 0))

    def estimate(self, figure: Figure) -> str:
        """A figure in running text with its interval, hedged as its mark demands; or why it is not shown."""
        if figure.value is None:
            return self("numbers", {"z": "no_cases", "x": "not_available"}.get(figure.mark, "not_shown"))
        value = self.quantity(figure.value, figure.unit)
        if figure.lower is None or figure.upper is None:
            alone = {CONTROL: "estimate_alone", UNRELIABLE: "estimate_without_limits_unreliable"}
            return self("numbers", alone.get(figure.mark, "estimate_without_limits"), value=value)
        limits = {"lower": self._limit(figure.lower, figure.unit), "upper": self._limit(figure.upper, figure.unit)}
        form = {"u": "estimate_unreliable", "e": "estimate_caution"}.get(figure.mark, "estimate")
        return self("numbers", form, value=value, **limits)

    def _limit(self, value: float, unit: str) -> str:
        """A limit in running text, after a value that names the unit; rates and persons name theirs again."""
        if unit in ("rate", "persons", "households"):
            return self.quantity(value, unit)
        return self.number(UNITS[unit].scale * value, UNITS[unit].decimals)

    def limits(self, lower: float, upper: float, unit: str) -> str:
        """An interval that stands alone, both limits with their unit."""
        return self.range(self.quantity(lower, unit), self.quantity(upper, unit))

    def explained(self, mark: str) -> str:
        """A mark and what it means."""
        return f"{self('marks', mark, 'short')} {self('marks', mark, 'meaning')}"

    def cell(self, figure: Figure, column: str) -> str:
        """A figure's `value`, `se`, `interval` or `n` as a table writes it, in the table's unit."""
        if column == "interval":
            limits = [self.cell(figure, name) for name in ("lower", "upper")]
            return limits[0] if figure.lower is None else self.range(*limits)
        number = getattr(figure, column)
        if number is None:
            return self("marks", figure.instead, "short")
        if column in ("n", "n_cases"):
            return self.number(number)
        form = UNITS[figure.unit]
        return self.number(number * form.scale, form.error_decimals if column == "se" else form.decimals)

    def unit(self, unit: str, column: str) -> str:
        """What a unit is called at an axis (`table`), in the workbook (`workbook`) or for errors (`error`)."""
        return self("units", unit, column, **self._currency(unit))

    def unit_note(self, unit: str, *, workbook: bool = False) -> str:
        """The sentence that says in what the figures of a table are."""
        return self("notes", f"unit_{unit}" + "_workbook" * workbook, **self._currency(unit))

    def _currency(self, unit: str) -> dict[str, str]:
        if unit != "currency":
            return {}
        name = get_currency_name(self.currency, count=2, locale=self.locale) if self.currency else None
        return {"currency": name or self("units", "no_currency")}

    def texts(self, *place: str, **values: str) -> list[str]:
        """Several texts in their order, named values filled in."""
        found = self._at(place)
        if not isinstance(found, Mapping) or not found:
            raise SurveyError(f"labels/{self.language}: '{'.'.join(place)}' has no texts; add them")
        return [self(*place, key, **values) for key in found]

    def assumption(self, stated: Assumption) -> str:
        """An assumption that the program states in English, in this language."""
        text = stated.text if self.language == "en" else self("assumptions", stated.key, "text")
        return text[:1].upper() + text[1:]

    def office(self, code: str, *, short: bool = False) -> str:
        """The name of an office; an office without one in the labels is called by the code that the survey gave it."""
        form = "short" if short and self.has("offices", code, "short") else "name"
        return self("offices", code, form) if self.has("offices", code) else code


@cache
def _template(text: str) -> tuple[str, frozenset[str]]:
    """A text without overrides of direction, and the names of its values."""
    safe = harmless(text)
    return safe, frozenset(name for _, name, _, _ in Formatter().parse(safe) if name is not None)
