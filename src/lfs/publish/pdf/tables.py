"""Tables as data for the templates: what stands in each cell, and how wide the columns are."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lfs.metadata import SurveyError
from lfs.publish.bidi import has_rtl_letters
from lfs.publish.content import PlainTable, Table, TableGroup, TableRow
from lfs.publish.figures import Figure
from lfs.publish.pdf.columns import GAP, WORD, Column, Fit, column, fit
from lfs.publish.pdf.texts import Said, lacking, openings, plainly, said, width
from lfs.publish.words import Words

WHOLE = (430.0, 330.0)
"""A table or part that is no higher, in points on a page upright or on its side, is kept on one page."""
LAST = (560.0, 390.0)
"""The same of a table's last part, with which stands what is said under the table."""
ROW, LEADING = 16.0, 6.0
"""Points of a row with the name of an indicator, and between rows."""
COLUMNS = ("estimate", "se", "interval", "n")
CELLS = ("value", "se", "interval", "n")
APART = 5.0
"""Points more before the figures of each period."""
AFTER_NUMBER = 6.0
"""Points more before words that stand after a number."""
MARK_SIZE = 0.8
"""Of marks, to that of the figures that they stand beside."""


def estimates(table: Table, words: Words, level: str) -> dict[str, Any]:
    """Estimates with their errors, limits and cases, every period side by side."""
    heads = [words("columns", name, **({"level": level} if name == "interval" else {})) for name in COLUMNS]
    fitted = _fit_estimates(table, heads, words)
    heights = [_height([list(row.labels) for row in group.rows], fitted) for group in table.groups]
    together = len(heights) == 1 or sum(heights) + ROW * len(heights) <= WHOLE[fitted.lying]
    parts = [table.groups] if together and len(heights) > 1 else [(group,) for group in table.groups]
    wholes = [sum(heights)] if len(parts) < len(heights) else heights
    marks = " ".join(words.explained(mark) for mark in table.marks)
    return {
        "caption": said(words("contents", "captioned", label=table.label, title=table.title)),
        "invented": said(table.invented),
        "stub": [said(name) for name in table.stub],
        "rounds": [said(name) for name in table.rounds],
        "heads": [said(head) for head in heads],
        "parts": [
            _part(groups, len(groups) == 1, height <= (LAST if groups is parts[-1] else WHOLE)[fitted.lying], words)
            for groups, height in zip(parts, wholes, strict=True)
        ],
        "mark_room": _mark_room(table, words) * fitted.size,
        "notes": [said(note) for note in ([marks] if marks else []) + [" ".join(table.notes)]],
        **_shape(fitted),
    }


def _fit_estimates(table: Table, heads: Sequence[str], words: Words) -> Fit:
    rows = [row for group in table.groups for row in group.rows]
    columns = [
        column(name, [plainly(row.labels[place]) for row in rows], numeric=False)
        for place, name in enumerate(table.stub)
    ]
    room = _mark_room(table, words)
    for place in range(len(table.rounds)):
        for name, head in zip(CELLS, heads, strict=True):
            cells = [plainly(words.cell(row.figures[place], name)) for row in rows]
            needed = column(plainly(head), cells, numeric=True)
            if name == "value":
                needed = Column(needed.least + room, needed.line + room, needed.most + room, APART)
            columns.append(needed)
    fitted = fit(columns)
    if fitted is None:
        raise SurveyError(f"{table.label} ({table.title}) is wider than a page on its side; show fewer periods")
    return fitted


def _mark_room(table: Table, words: Words) -> float:
    """What the widest mark beside a figure takes, in sizes of letters."""
    shown = {figure.mark for group in table.groups for row in group.rows for figure in row.figures if figure.shown}
    marks = [plainly(words("marks", mark, "short")) for mark in shown if mark]
    return max((column("", [mark], numeric=True).least * MARK_SIZE + 0.2 for mark in marks), default=0.0)


def _height(rows: Sequence[Sequence[str]], fitted: Fit) -> float:
    """About how high rows are in points: as many lines as their longest text needs in its column."""
    lines = (
        max(
            math.ceil(1.15 * width(plainly(cell)) * fitted.size / (room - GAP))
            for cell, room in zip(row, fitted.widths, strict=False)
        )
        for row in rows
    )
    return sum(max(count, 1) * 1.25 * fitted.size + LEADING for count in lines)


def _part(groups: Sequence[TableGroup], apart: bool, whole: bool, words: Words) -> dict[str, Any]:
    return {
        "heading": said(groups[0].title) if apart else None,
        "whole": whole,
        "groups": [
            {"title": None if apart else said(group.title), "rows": list(_rows(group.rows, words))} for group in groups
        ],
    }


def _rows(rows: Sequence[TableRow], words: Words) -> Iterator[dict[str, Any]]:
    before: tuple[str, ...] = ()
    for row in rows:
        yield {
            "labels": [said(openings(label, WORD)) for label in row.labels],
            # A label that stands above already is printed soft: it is there for who reads a single row.
            "again": [before[: place + 1] == row.labels[: place + 1] for place in range(len(row.labels))],
            "margin": row.margin,
            "figures": [_figure(figure, words) for figure in row.figures],
        }
        before = row.labels


def _figure(figure: Figure, words: Words) -> list[Any]:
    """Four numbers and the mark beside the first."""
    mark = words("marks", figure.mark, "short") if figure.shown and figure.mark else ""
    return [*(number(words.cell(figure, name), words) for name in CELLS), plainly(mark), figure.shown]


def number(text: object, words: Words) -> str | list[Said | float]:
    """A number of a table: its text or, where it is not set as the language's numbers mostly are, text, direction and
    the room at its right, in sizes of letters, that puts its decimals under those of others.

    Numbers inside of words from right to left keep their own direction.
    """
    plain, direction = plainly(text), words.direction_of(str(text))
    if has_rtl_letters(plain):
        return [said(text), direction, 0.0]
    room = _room(plain, words)
    return plain if direction == words.number_direction and not room else [plain, direction, room]


def _room(plain: str, words: Words) -> float:
    """What its decimals lack to be as wide as any; of a range, those of the number at its right."""
    if words.digits == "latn":
        return 0.0
    point = plainly(words.number(0.5, 1))[1]
    found = re.search(rf"{re.escape(point)}(\d+)" + ("" if words.number_direction == "rtl" else "$"), plain)
    return round(lacking(found[1]), 4) if found else 0.0


def plain_tables(table: PlainTable, words: Words) -> Iterator[dict[str, Any]]:
    """A table of words and numbers; where it is wider than a page, in several, each with the first column."""
    title = words("contents", "captioned", label=table.label, title=table.title) if table.label else table.title
    parts = list(_in_width(table, list(range(len(table.head)))))
    for place, (columns, fitted) in enumerate(parts):
        yield {
            "caption": said(title) if place == 0 else None,
            "invented": said(table.invented),
            "heads": [said(openings(table.head[at], WORD)) for at in columns],
            "numeric": [at in table.numeric for at in columns],
            "rows": [
                [
                    number(row[at], words) if at in table.numeric else said(openings(str(row[at]), WORD))
                    for at in columns
                ]
                for row in table.rows
            ],
            "whole": _height([[str(row[at]) for at in columns] for row in table.rows], fitted) <= WHOLE[fitted.lying],
            "notes": [said(note) for note in table.notes] if place == len(parts) - 1 else [],
            **_shape(fitted),
        }


def _in_width(table: PlainTable, columns: list[int]) -> Iterator[tuple[list[int], Fit]]:
    needed = []
    for place, at in enumerate(columns):
        numeric = at in table.numeric
        after_number = not numeric and place > 0 and columns[place - 1] in table.numeric
        cells = [plainly(row[at]) for row in table.rows]
        needed.append(
            column(plainly(table.head[at]), cells, numeric=numeric, room=AFTER_NUMBER if after_number else 0.0)
        )
    fitted = fit(needed)
    if fitted:
        yield columns, fitted
        return
    if len(columns) < 3:
        raise SurveyError(f"{table.label or table.key} ({table.title}) is wider than a page on its side; shorten it")
    half = (len(columns) + 1) // 2
    yield from _in_width(table, columns[:half])
    yield from _in_width(table, [columns[0], *columns[half:]])


def _shape(fitted: Fit) -> dict[str, Any]:
    return {"size": fitted.size, "widths": list(fitted.widths), "lying": fitted.lying}
