"""The rows of the quality table, and the words for what they are about."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from lfs.publish.content import Number, PlainTable
from lfs.publish.tables import Periods, invented_mark
from lfs.publish.words import Words

ALL = "all"
NOTHING = "–"


class Finding(NamedTuple):
    """One row of the quality table."""

    round: str
    office: str
    step: str
    topic: str
    variable: str
    category: str
    value: float
    detail: str

    @property
    def masked(self) -> bool:
        return self.detail == "masked"


def findings_of(quality: pd.DataFrame) -> list[Finding]:
    """The rows of the quality table; what is empty is an empty text, or not a number."""
    text = quality.drop(columns="value").fillna("").astype("str").assign(value=quality["value"].astype("float64"))
    return [Finding(*row) for row in text[list(Finding._fields)].itertuples(index=False, name=None)]


def table_of(
    place: tuple[str, str],
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Number | None]],
    rounds: Iterable[str],
    words: Words,
    periods: Periods,
    notes: Sequence[str] = (),
    heads: Sequence[str] = (),
) -> PlainTable:
    """A table of an annex, (annex, key), without the columns that hold nothing in any row.

    columns: what words has a heading for; heads: further headings, already written, of the last columns. A cell that is
    None holds nothing.
    """
    annex, key = place
    head = [*(words("annex", annex, "columns", name) for name in columns), *heads]
    filled = [tuple(row) for row in rows]
    kept = [at for at in range(len(head)) if any(row[at] is not None for row in filled)]
    cells = tuple(tuple(NOTHING if row[at] is None else row[at] or "" for at in kept) for row in filled)
    numeric = frozenset(at for at in range(len(kept)) if any(isinstance(row[at], Number) for row in cells))
    invented = invented_mark(rounds, words, periods)
    title = words("annex", annex, "tables", key)
    return PlainTable(key, title, tuple(head[at] for at in kept), cells, numeric, tuple(notes), invented)


def named(name: str, words: Words) -> str:
    """A variable, indicator or breakdown by its name."""
    if words.has("indicators", name):
        return words("indicators", name, "name")
    if "_x_" in name and not words.has("variables", name):
        return words.listed([words.variable(part) for part in name.split("_x_")])
    return words.variable(name)


def code_named(variable: str, code: str, words: Words) -> str:
    """A category of a variable, a standard, or the result of an interview by its name."""
    if words.has("standards", code):
        return words("standards", code, "name")
    if words.has("results", code):
        return words("results", code)
    if code in ("yes", "no", "true", "false", "missing", "not_applicable"):
        return words("answers", code)
    return words.category(variable, code)


def period(name: str, periods: Periods) -> str:
    """A round by its months."""
    return periods.short.get(name, name)


def office_named(name: str, words: Words) -> str:
    """An office by its short name; all of them together."""
    return words("annex", "quality", "all_offices") if name == ALL else words.office(name, short=True)
