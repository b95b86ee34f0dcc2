"""Tables as data for the templates: what stands in each cell, and how wide the columns are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lfs.metadata import SurveyError
from lfs.publish.bidi import has_rtl_letters
from lfs.publish.content import PlainTable, Table, TableGroup, TableRow
from lfs.publish.figures import Figure
from lfs.publish.pdf.columns import WORD, Column, Fit, column, fit
from lfs.publish.pdf.texts import Said, lacking, openings, plainly, said
from lfs.publish.words import Words

WHOLE = (430.0, 330.0)
"""A table or part that is no higher, in points on a page upright or on its side, is kept on one page."""
LAST = (560.0, 390.0)
"""The same of a table's last part, with which stands what is said under the table, and of a table of words."""
TALL = 200.0
"""A row that is higher, in points, goes on on the next page."""
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


def estimates(table: Table, words: Words, level: str, *, turned: bool = False) -> dict[str, Any]:
    """Estimates with their errors, limits and cases, every period side by side; `turned` for a page on its side."""
    heads = [words("columns", name, **({"level": level} if name == "interval" else {})) for name in COLUMNS]
    fitted = _fit_estimates(table, heads, words, turned=turned)
    parts = list(_parts(table, fitted))
    marks = " ".join(words.explained(mark) for mark in table.marks)
    return {
        "caption": said(words("contents", "captioned", label=table.label, title=table.title)),
        "invented": said(table.invented),
        "stub": [said(name) for name in table.stub],
        "rounds": [said(name) for name in table.rounds],
        "heads": [said(head) for head in heads],
        "parts": [_part(part, (LAST if part is parts[-1] else WHOLE)[fitted.lying], words) for part in parts],
        "height": sum(part.height for part in parts),
        "mark_room": _mark_room(table, words) * fitted.size,
        "notes": [said(note) for note in ([marks] if marks else []) + [" ".join(table.notes)]],
        **_shape(fitted),
    }


@dataclass(frozen=True)
class _Part:
    """What stands under one head: all indicators of a short table, or one, or as many of its rows as fit a page.

    `height` in points, about; `goes_on` where the head of the indicator's first rows stands before.
    """

    groups: tuple[TableGroup, ...]
    height: float
    apart: bool
    goes_on: bool = False


def _parts(table: Table, fitted: Fit) -> Iterator[_Part]:
    heights = [_row_height(lines, fitted) for lines in fitted.lines]
    whole = sum(heights) + ROW * len(table.groups)
    if len(table.groups) > 1 and whole <= WHOLE[fitted.lying]:
        yield _Part(table.groups, whole, apart=False)
        return
    begin = 0
    for group in table.groups:
        own = heights[begin : begin + len(group.rows)]
        begin += len(group.rows)
        yield from _pieces(group, own, WHOLE[fitted.lying])


def _pieces(group: TableGroup, heights: Sequence[float], room: float) -> Iterator[_Part]:
    """The rows of an indicator, cut where the first label changes, and no more often than the height of pages asks."""
    cuts = [at for at, row in enumerate(group.rows) if at and row.labels[0] != group.rows[at - 1].labels[0]]
    begin, end = 0, 0
    for cut in [*cuts, len(group.rows)]:
        if end > begin and len(group.rows[0].labels) > 1 and sum(heights[begin:cut]) > room:
            yield _Part((replace(group, rows=group.rows[begin:end]),), sum(heights[begin:end]), True, begin > 0)
            begin = end
        end = cut
    yield _Part((replace(group, rows=group.rows[begin:]),), sum(heights[begin:]), True, begin > 0)


def _fit_estimates(table: Table, heads: Sequence[str], words: Words, *, turned: bool) -> Fit:
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
                needed = Column(needed.least + room, needed.most + room, needed.head, room=APART)
            columns.append(needed)
    fitted = fit(columns, turned=turned)
    if fitted is None:
        raise SurveyError(f"{table.label} ({table.title}) is wider than a page on its side; show fewer periods")
    return fitted


def _mark_room(table: Table, words: Words) -> float:
    """What the widest mark beside a figure takes, in sizes of letters."""
    shown = {figure.mark for group in table.groups for row in group.rows for figure in row.figures if figure.shown}
    marks = [plainly(words("marks", mark, "short")) for mark in shown if mark]
    return max((column("", [mark], numeric=True).least * MARK_SIZE + 0.2 for mark in marks), default=0.0)


def _row_height(lines: int, fitted: Fit) -> float:
    return lines * 1.25 * fitted.size + LEADING


def _part(part: _Part, room: float, words: Words) -> dict[str, Any]:
    title = part.groups[0].title
    return {
        "heading": said(words("pdf", "goes_on", title=title) if part.goes_on else title) if part.apart else None,
        "whole": part.height <= room,
        "groups": [
            {"title": None if part.apart else said(group.title), "rows": list(_rows(group.rows, words))}
            for group in part.groups
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


def plain_tables(table: PlainTable, words: Words, *, turned: bool = False) -> Iterator[dict[str, Any]]:
    """A table of words and numbers; where it is wider than a page, in several, each with the first column."""
    title = words("contents", "captioned", label=table.label, title=table.title) if table.label else table.title
    parts = list(_in_width(table, list(range(len(table.head))), turned=turned))
    for place, (columns, fitted) in enumerate(parts):
        heights = [_row_height(lines, fitted) for lines in fitted.lines or (1,) * len(table.rows)]
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
            # A row is not parted by the end of a page, unless it is itself like a page.
            "tall": [height > TALL for height in heights],
            "height": sum(heights),
            "whole": sum(heights) <= LAST[fitted.lying],
            "notes": [said(note) for note in table.notes] if place == len(parts) - 1 else [],
            **_shape(fitted),
        }


def _in_width(table: PlainTable, columns: list[int], *, turned: bool) -> Iterator[tuple[list[int], Fit]]:
    needed = []
    for place, at in enumerate(columns):
        numeric = at in table.numeric
        after_number = not numeric and place > 0 and columns[place - 1] in table.numeric
        cells = [plainly(row[at]) for row in table.rows]
        needed.append(
            column(plainly(table.head[at]), cells, numeric=numeric, room=AFTER_NUMBER if after_number else 0.0)
        )
    fitted = fit(needed, turned=turned)
    if fitted:
        yield columns, fitted
        return
    if len(columns) < 3:
        raise SurveyError(f"{table.label or table.key} ({table.title}) is wider than a page on its side; shorten it")
    half = (len(columns) + 1) // 2
    yield from _in_width(table, columns[:half], turned=turned)
    yield from _in_width(table, [columns[0], *columns[half:]], turned=turned)


def _shape(fitted: Fit) -> dict[str, Any]:
    return {"size": fitted.size, "widths": list(fitted.widths), "lying": fitted.lying}
