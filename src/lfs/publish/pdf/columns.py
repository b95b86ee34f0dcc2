"""How wide the columns of a printed table are, at which size of letters, and whether its page lies on its side."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lfs.publish.pdf.texts import width

UPRIGHT, LYING = 510.0, 756.0
"""Points between the margins of an A4 page, upright and on its side."""
SIZES = {UPRIGHT: (8.0, 7.5, 7.0), LYING: (8.0, 7.5, 7.0, 6.5)}
"""Sizes of letters in points, in the order of trying."""
WORSE = 1.2
"""Larger letters are kept where rows have, on average, no more than so many times the lines that smaller ones need."""
MANY, TURNED = 3.0, 1.8
"""A page lies on its side where rows on an upright one would have many lines, and so many times those of a page that
lies."""
BOLD = 1.06
"""How much wider bold letters are."""
HEAD = 0.9
"""The size of heads of columns, to that of what stands under them."""
WORD = 11.0
"""Words wider than so many times the size of letters are broken."""
TEXT = 7.0
"""A column of longer texts is not made narrower than so many times the size of letters."""
GAP = 5.0
"""Points between columns."""
WRAPPED = 1.15
"""How much longer lines of words would have to be if none of them ended early."""
HEADS = 1
"""For how many rows the heads count, where room is shared out."""
STEP = 4.0
"""Points by which columns are widened while there is room."""


@dataclass(frozen=True)
class Column:
    """What a column needs, in sizes of letters: `least` for its widest unbreakable part, `most` for its longest line,
    `head` for what stands above it on one line, `texts` for the cell of each row on one line, nothing where cells are
    never broken; `room` are points beside.
    """

    least: float
    most: float
    head: float = 0.0
    texts: tuple[float, ...] = ()
    room: float = 0.0

    def lines(self, size: float, across: float) -> list[int]:
        """How many lines each row has in a column of so many points."""
        room = max(across - GAP - self.room, 1.0)
        return [max(1, math.ceil(_wrapped(text * size, room) / room)) for text in self.texts]


@dataclass(frozen=True)
class Fit:
    """size of letters and widths of columns in points; the lines of each row; `lying` on a page on its side."""

    size: float
    widths: tuple[float, ...]
    lines: tuple[int, ...]
    lying: bool

    @property
    def mean_lines(self) -> float:
        """Lines of a row on average; by their squares, so that few rows of many lines count."""
        return math.sqrt(sum(count**2 for count in self.lines) / max(len(self.lines), 1))


def column(head: str, cells: Sequence[str], *, numeric: bool, room: float = 0.0) -> Column:
    """What a column needs. Numbers stay on one line; texts may break between words, heads too."""
    above = width(head) * BOLD * HEAD
    head_word = min(max((width(word) for word in head.split()), default=0.0) * BOLD * HEAD, WORD)
    longest = max((width(cell) for cell in cells), default=0.0) * BOLD
    if numeric:
        least = max(head_word, longest)
        return Column(least, max(least, min(0.6 * above, WORD)), above, room=room)
    word = max((width(word) for cell in cells for word in cell.split()), default=0.0) * BOLD
    least = max(min(max(word, head_word), WORD), min(longest, TEXT))
    texts = tuple(width(cell) for cell in cells)
    return Column(least, max(least, longest, above), above, texts, room)


def fit(columns: Sequence[Column], *, turned: bool = False) -> Fit | None:
    """The largest letters that need hardly more lines than smaller ones, on an upright page where that will do and a
    turned one is not asked for; none where no page is wide enough."""
    upright, lying = (
        _largest([_fitted(columns, page, size) for size in sizes if _least(columns, size) <= page], page == LYING)
        for page, sizes in SIZES.items()
    )
    if upright and not turned and (lying is None or upright.mean_lines <= max(MANY, TURNED * lying.mean_lines)):
        return upright
    return lying


def _least(columns: Sequence[Column], size: float) -> float:
    return sum(item.least * size + GAP + item.room for item in columns)


def _largest(tried: Sequence[tuple[float, list[float], list[int]]], lying: bool) -> Fit | None:
    fits = [Fit(size, tuple(widths), tuple(lines), lying) for size, widths, lines in tried]
    fewest = min((each.mean_lines for each in fits), default=0.0)
    return next((each for each in fits if each.mean_lines <= WORSE * fewest), None)


def _fitted(columns: Sequence[Column], page: float, size: float) -> tuple[float, list[float], list[int]]:
    widths = _shared(columns, page, size)
    lines = [item.lines(size, across) for item, across in zip(columns, widths, strict=True) if item.texts]
    return size, widths, [max(row) for row in zip(*lines, strict=True)]


def _shared(columns: Sequence[Column], page: float, size: float) -> list[float]:
    """Widths in points. What is left of the page goes, step by step, where it saves most lines."""
    widths = [item.least * size + GAP + item.room for item in columns]
    wished = [item.most * size + GAP + item.room for item in columns]
    alike = [Counter({item.head: HEADS}) + Counter(item.texts) for item in columns]

    def gain(place: int) -> float:
        """How much lower rows become by one step. Rows of many lines count for more: the highest cell makes the row."""
        room = widths[place] - GAP - columns[place].room
        return _cost(alike[place], size, room) - _cost(alike[place], size, room + STEP)

    gains = [gain(place) for place in range(len(columns))]
    while sum(widths) + STEP <= page and max(gains) > 0:
        place = gains.index(max(gains))
        widths[place] += STEP
        gains[place] = gain(place)
    rest = page - sum(widths)
    lacking = [max(wish - across, 0.0) for wish, across in zip(wished, widths, strict=True)]
    if sum(lacking) > rest > 0:
        return [across + rest * part / sum(lacking) for across, part in zip(widths, lacking, strict=True)]
    # What nobody wishes for is shared out, so that all tables are as wide as the page.
    spare = (rest - sum(lacking)) / len(columns)
    return [across + part + spare for across, part in zip(widths, lacking, strict=True)]


def _cost(texts: Mapping[float, int], size: float, room: float) -> float:
    return sum(count * max(_wrapped(text * size, room) / room, 1.0) ** 3 for text, count in texts.items())


def _wrapped(text: float, room: float) -> float:
    """Points of a text with what is lost at the ends of its lines, if it has more than one."""
    return text if text * 1.03 <= room else text * WRAPPED
