"""Sentences that say what is wrong with a delivered file: office, round, variable, codes, rows, line to touch.

Codes of categories are named; a person's values (numbers, texts, identifiers) never are.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from lfs.metadata.yaml import Source, nearest

# A code is short and has a digit, or is a letter or two; anything else may be somebody's name or answer.
_CODE = re.compile(r"(?=.{1,12}$)\S*\d\S*|\S{1,2}")
_MOST_CODES = 12
_MOST_DIFFERENT = 60


@dataclass(frozen=True)
class Place:
    """One variable of one office in one round; `source` reads the office's file, for the line of its entry."""

    office: str
    round: str
    variable: str
    part: str
    source: Callable[[], Source]

    def __str__(self) -> str:
        return f"{self.office} {self.round}, variable '{self.variable}'"

    def line(self, *keys: str) -> str:
        """File and line of the entry, or of a key within it."""
        return self.source().at(self.part, self.variable, *keys)


def unknown_codes(place: Place, columns: Collection[str], rows: Mapping[str, int], named: bool) -> str:
    """Values with no meaning; `named` where they are codes that may be printed."""
    there = f"in column {', '.join(columns)} " if columns else ""
    total = sum(rows.values())
    if not named:
        return (
            f"{place}: {_values(len(rows))} {there}({_rows(total)}) {_are(len(rows))} neither in a list nor what the "
            f"variable holds. List codes in codes or not_stated in {place.line()}"
        )
    if len(rows) > _MOST_DIFFERENT or not all(_CODE.fullmatch(code) for code in rows):
        return (
            f"{place}: {_values(len(rows))} {there}({_rows(total)}) {_are(len(rows))} in no list; "
            f"is it the right column? See {place.line('column')}"
        )
    ordered = sorted(rows, key=lambda code: (-rows[code], code))
    shown = ", ".join(f"{code} ({_rows(rows[code])})" for code in ordered[:_MOST_CODES])
    more = f" and {len(rows) - _MOST_CODES} more ({_rows(total)} in all)" if len(rows) > _MOST_CODES else ""
    them = "it" if len(rows) == 1 else "them"
    return (
        f"{place}: code{'s' * (len(rows) > 1)} {shown}{more} {there}{_are(len(rows))} in no list. "
        f"Add {them} to codes or not_stated in {place.line('codes')}"
    )


def outside_range(place: Place, rows: int, limits: tuple[float, float]) -> str:
    """Numbers outside the range of the dictionary."""
    return (
        f"{place}: {_rows(rows)} outside {limits[0]:g} to {limits[1]:g}. List codes for no answer in not_stated in "
        f"{place.line()}, or declare `tolerate: [out_of_range]` to count them as not stated"
    )


def missing_column(place: Place, column: str, present: Collection[str], file: str) -> str:
    """A column that the file does not have."""
    return f"{place}: {file} has no column {column}{nearest(column, present)} Mend {place.line('column')}"


def fault(place: Place, text: str) -> str:
    """Anything else about a column."""
    return f"{place}: {text}. See {place.line()}"


def empty_keys(place: Place, rows: int) -> str:
    """A key or design column without a value."""
    return f"{place}: {_rows(rows)} without a value; every row needs one. Mend the file or {place.line()}"


def bad_weights(place: Place, kind: str, rows: int, tolerated_as: str = "") -> str:
    """Weights that are negative, zero or missing."""
    otherwise = f", or declare `tolerate: [{tolerated_as}]` to drop and count them" if tolerated_as else ""
    return f"{place}: {_rows(rows)} with a {kind} weight. Mend the file or {place.line()}{otherwise}"


def rows_in_words(rows: int) -> str:
    """`1 row`, `12 rows`."""
    return _rows(rows)


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"


def _values(count: int) -> str:
    return f"{count} different values" if count > 1 else "a value"


def _are(count: int) -> str:
    return "are" if count > 1 else "is"
