"""The crosswalk: where in an office's file one variable is found, and what its codes mean."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import Field, PlainValidator

from lfs.metadata.yaml import Declared

NOT_APPLICABLE = "not_applicable"
"""In `codes`: the file's own code for a question that was not put; the value becomes empty."""

DECLARED = "declared"
"""In `not_stated`: every value that the file itself declares missing."""

Band = tuple[float, float]
Change = TypeVar("Change")


def _code(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("a code is a number, or a text in quotation marks")
    return value


def _code_or_band(value: object) -> object:
    if not isinstance(value, list | tuple):
        return _code(value)
    if len(value) != 2 or any(isinstance(end, bool) or not isinstance(end, int | float) for end in value):
        raise ValueError("a range is [first, last], two numbers")
    if value[0] > value[1]:
        raise ValueError(f"the range {list(value)} begins above its end")
    return (float(value[0]), float(value[1]))


def _band(value: object) -> object:
    band = _code_or_band(value)
    if not isinstance(band, tuple):
        raise ValueError("a band is [first, last], two numbers")
    return band


def _text(value: object) -> object:
    return str(_code(value))


def _constant(value: object) -> object:
    return tuple(str(_code(item)) for item in value) if isinstance(value, list | tuple) else _code(value)


Code = Annotated[str | int | float, PlainValidator(_code)]
Text = Annotated[str, PlainValidator(_text)]


class Reading(Declared):
    """How one variable is read. The keys are a closed list; what they cannot say is a function of the office.

    column          one column of the file
    columns         several, joined with a hyphen, nothing standing for an empty one ("1-2-", "2--1"; the value is empty
                    where all are); or the columns that the office's function is handed
    codes           code of the file: category of the dictionary. Codes are compared as numbers where both sides are
                    numbers (1, 1.0, "1" and "01" are one code), else as text; joined columns always as text. The
                    category `not_applicable` makes the value empty; the code "" stands for an empty value. For numbers
                    and texts codes are replacements, and what is not listed stays as it is.
    bands           category: [first, last], where the file has a number and the dictionary has classes
    scale           a factor for numbers
    characters      [first, last], counted from 1, of the column as text; a number gets zeros on the left up to `last`
    options         option of a multiple variable: its letter or code within `column`; or, without `column`, the column
                    of the option, which `codes` then reads. null where the form does not offer the option. A person
                    whose columns are all empty was not asked, and there the code "" does not apply.
    value           the same value for every row; for a multiple variable the option or options that everybody has
    not_stated      codes that mean no answer, [first, last] for a range, `declared` for every value that the file
                    itself declares missing. A value that the file declares missing and that stands neither here nor
                    in codes stops the run like any other unknown code.
    unavailable     the reason why the office cannot answer
    """

    column: str | None = None
    columns: tuple[str, ...] | None = None
    codes: dict[Code, Code] | None = None
    bands: dict[Text, Annotated[Band, PlainValidator(_band)]] | None = None
    scale: Annotated[float, Field(gt=0)] | None = None
    characters: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] | None = None
    options: dict[Text, str | None] | None = None
    value: Annotated[str | int | float | tuple[str, ...], PlainValidator(_constant)] | None = None
    not_stated: tuple[Annotated[str | int | float | Band, PlainValidator(_code_or_band)], ...] = ()
    unavailable: str | None = None

    def needed(self) -> tuple[str, ...]:
        """Columns of the file that are read."""
        if self.column is not None:
            return (self.column,)
        if self.columns is not None:
            return self.columns
        return tuple(column for column in (self.options or {}).values() if column is not None)

    def not_stated_codes(self) -> tuple[str | int | float, ...]:
        """The single codes of `not_stated`."""
        return tuple(item for item in self.not_stated if not isinstance(item, tuple) and item != DECLARED)

    def not_stated_ranges(self) -> tuple[Band, ...]:
        """The ranges of `not_stated`."""
        return tuple(item for item in self.not_stated if isinstance(item, tuple))


class Entry(Reading):
    """A reading and what changed: `since: {round: keys}` replaces those keys from that round on.

    A change that says `column`, `columns`, `options`, `value` or `unavailable` where the entry says another of them
    drops that other one, with everything that belongs to it.
    """

    since: dict[Text, Reading] = Field(default_factory=dict)

    def at(self, round: str, order: Sequence[str]) -> Reading:
        """The reading in `round`; `order` names every round of the survey, oldest first."""
        keys = {name: value for name, value in self._keys(self).items() if name != "since"}
        for changed in changes_until(self.since, round, order):
            new = self._keys(changed)
            keys = new if _stands_elsewhere(keys, new) else keys | new
        return Reading.model_construct(_fields_set=set(keys), **(_defaults() | keys))

    @staticmethod
    def _keys(reading: Reading) -> dict[str, Any]:
        return {name: getattr(reading, name) for name in reading.model_fields_set}


def changes_until(since: Mapping[str, Change], round: str, order: Sequence[str]) -> list[Change]:
    """The changes that hold in `round`, oldest first."""
    return [since[name] for name in order[: list(order).index(round) + 1] if name in since]


def code_text(value: object) -> str:
    """The form in which codes are compared: numbers without needless decimals, leading zeros or plus sign."""
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return text
    whole, _, decimals = text.lstrip("+-").partition(".")
    digits, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    number = f"{digits}.{decimals}" if decimals else digits
    return f"-{number}" if text.startswith("-") and number != "0" else number


def is_number(code: str) -> bool:
    """Whether a code, as `code_text` writes it, is a number."""
    return _NUMBER.fullmatch(code) is not None


_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")
_STANDING = ("column", "columns", "options", "value", "unavailable")


def _stands_elsewhere(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    before = [key for key in _STANDING if old.get(key) is not None]
    after = [key for key in _STANDING if new.get(key) is not None]
    return bool(after) and not set(after) & set(before)


def _defaults() -> dict[str, Any]:
    return {name: field.default for name, field in Reading.model_fields.items()}
