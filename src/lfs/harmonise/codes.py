"""Codes: a column as its different values, each looked up once in the lists of the crosswalk."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lfs.harmonise.delivery import Missing
from lfs.metadata.crosswalk import DECLARED, NOT_APPLICABLE, Reading, code_text, is_number
from lfs.metadata.variables import NOT_STATED


class Unknown:
    """What stands in place of a meaning where a code is in no list."""


UNKNOWN = Unknown()
EMPTY: Any = None


@dataclass(frozen=True)
class Coded:
    """A column as the place of each row among its different values; -1 where it is empty."""

    place: np.ndarray
    texts: list[str]
    codes: list[str]
    is_text: bool
    index: pd.Index

    def words(self, meanings: list[Any], empty: Any = EMPTY) -> pd.Series:
        """For each row the meaning of its value, as text; what has none is not stated."""
        known = np.empty(len(meanings) + 1, dtype=object)
        known[:] = [*(_word(meaning) for meaning in meanings), empty]
        return pd.Series(known[self.place], index=self.index, dtype="str")

    def rows(self, meanings: list[Any], wanted: Any) -> int:
        """How many rows have this meaning."""
        return int(np.array([meaning == wanted for meaning in meanings] + [False], dtype=bool)[self.place].sum())

    def unknown(self, meanings: list[Any]) -> dict[str, int]:
        """Rows by value, of the values that have no meaning."""
        counts = np.bincount(self.place[self.place >= 0], minlength=len(self.texts))
        found: dict[str, int] = {}
        for text, meaning, count in zip(self.texts, meanings, counts, strict=True):
            if meaning is UNKNOWN and count:
                found[text] = found.get(text, 0) + int(count)
        return found


def coded_column(column: pd.Series, exact: bool = False) -> Coded:
    """A column as coded; `exact` where its texts are compared as they are, and not as numbers where they are such."""
    place, uniques = pd.factorize(column)
    texts = [_plain(value) for value in uniques]
    is_text = all(isinstance(value, str) for value in uniques)
    blank = np.array([text == "" for text in texts], dtype=bool)
    if blank.any():
        place = np.where((place >= 0) & blank[place], -1, place)
    codes = texts if exact else [code_text(text) for text in texts]
    return Coded(place, texts, codes, is_text, column.index)


def _word(meaning: Any) -> Any:
    if meaning is UNKNOWN:
        return NOT_STATED
    return str(meaning) if isinstance(meaning, int | float) else meaning


def _plain(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return str(value).strip()


def meanings_of(
    coded: Coded, reading: Reading, declared: Missing, otherwise: Callable[[str, str], Any], exact: bool
) -> list[Any]:
    """For each different value its meaning; `otherwise` gives that of a code and text in no list."""
    compare = str if exact else code_text
    listed: dict[str, Any] = {compare(code): meaning for code, meaning in (reading.codes or {}).items()}
    listed |= dict.fromkeys((compare(code) for code in reading.not_stated_codes()), NOT_STATED)
    all_declared = DECLARED in reading.not_stated

    def meaning(code: str, text: str) -> Any:
        if code in listed:
            return EMPTY if listed[code] == NOT_APPLICABLE else listed[code]
        if _within(code, reading.not_stated_ranges()):
            return NOT_STATED
        if code in declared.codes or _within(code, declared.ranges):
            return NOT_STATED if all_declared else UNKNOWN
        return otherwise(code, text)

    return [meaning(code, text) for code, text in zip(coded.codes, coded.texts, strict=True)]


def _within(code: str, ranges: tuple[tuple[float, float], ...]) -> bool:
    return bool(ranges) and is_number(code) and any(low <= float(code) <= high for low, high in ranges)


def meaning_of_empty(reading: Reading) -> Any:
    """What an empty value means: nothing, unless the code "" is listed."""
    meaning = (reading.codes or {}).get("", NOT_APPLICABLE)
    return EMPTY if meaning == NOT_APPLICABLE else meaning


def as_text(column: pd.Series) -> pd.Series:
    """A column as text without blanks at its ends: whole numbers without decimals, NA where nothing stands."""
    coded = coded_column(column)
    return coded.words(list(coded.texts))


def joined(rows: pd.DataFrame, columns: Collection[str]) -> pd.Series:
    """Several columns as one text, parts separated by hyphens; NA where all are empty."""
    parts = [as_text(rows[column]) for column in columns]
    text = parts[0].fillna("").str.cat(pd.concat(parts[1:], axis=1).fillna(""), sep="-")
    return text.where(pd.concat(parts, axis=1).notna().any(axis=1))


def characters(column: pd.Series, places: tuple[int, int] | None) -> pd.Series:
    """Characters `places` (first, last; from 1) of a column as text; numbers get zeros on the left up to the last."""
    if places is None:
        return column
    first, last = places
    place, uniques = pd.factorize(column)
    texts = [_plain(value) if isinstance(value, str) else _plain(value).zfill(last) for value in uniques]
    return Coded(place, texts, texts, True, column.index).words([text[first - 1 : last] or EMPTY for text in texts])
