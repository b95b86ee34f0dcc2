"""How wide the columns of a printed table are, at which size of letters, and whether its page lies on its side."""

from collections.abc import Sequence
from dataclasses import dataclass

from lfs.publish.pdf.texts import width

UPRIGHT, LYING = 510.0, 756.0
"""Points between the margins of an A4 page, upright and on its side."""
TRIED = (
    (UPRIGHT, 8.0, True),
    (UPRIGHT, 7.5, True),
    (UPRIGHT, 8.0, False),
    (UPRIGHT, 7.5, False),
    (UPRIGHT, 7.0, False),
    (LYING, 8.0, True),
    (LYING, 7.5, False),
    (LYING, 7.0, False),
    (LYING, 6.5, False),
)
"""Width of the page, size of letters in points and whether short texts keep to one line, in the order of trying."""
BOLD = 1.06
"""How much wider bold letters are."""
WORD = 11.0
"""Words wider than so many times the size of letters are broken."""
TEXT, LINE = 7.0, 13.0
"""A column of texts is not made narrower than `TEXT`, or `LINE` where short texts keep to one line."""
GAP = 6.0
"""Points between columns."""


@dataclass(frozen=True)
class Column:
    """What a column needs, in sizes of letters: `least` for its widest unbreakable part, `line` to keep short texts to
    one line, `most` for its longest line; `room` are points beside.
    """

    least: float
    line: float
    most: float
    room: float = 0.0


@dataclass(frozen=True)
class Fit:
    """size of letters and widths of columns in points; `lying` on a page on its side."""

    size: float
    widths: tuple[float, ...]
    lying: bool


def column(head: str, cells: Sequence[str], *, numeric: bool, room: float = 0.0) -> Column:
    """What a column needs. Numbers stay on one line; texts may break between words, heads too."""
    head_word = min(max((width(word) for word in head.split()), default=0.0) * BOLD, WORD)
    longest = max((width(cell) for cell in cells), default=0.0) * BOLD
    if numeric:
        least = max(head_word, longest)
        return Column(least, least, max(least, min(0.6 * width(head) * BOLD, WORD)), room)
    word = max((width(word) for cell in cells for word in cell.split()), default=0.0) * BOLD
    least = max(min(max(word, head_word), WORD), min(longest, TEXT))
    return Column(least, max(least, min(longest, LINE)), max(least, longest, width(head) * BOLD), room)


def fit(columns: Sequence[Column]) -> Fit | None:
    """The first size at which every column has what it needs; none where no page is wide enough."""
    for page, size, lines in TRIED:
        least = [(item.line if lines else item.least) * size + GAP + item.room for item in columns]
        if sum(least) <= page:
            wished = [
                max(item.most * size + GAP + item.room - low, 0.0) for item, low in zip(columns, least, strict=True)
            ]
            return Fit(size, tuple(_shared(least, wished, page - sum(least))), page == LYING)
    return None


def _shared(least: Sequence[float], wished: Sequence[float], rest: float) -> list[float]:
    """What is left of the page goes to those that wish for more, long texts no more than three times as much."""
    total = sum(wished)
    if total <= rest:
        # What nobody wishes for is shared out, so that all tables are as wide as the page.
        spare = (rest - total) / len(least)
        return [low + wish + spare for low, wish in zip(least, wished, strict=True)]
    shares = [wish**0.7 for wish in wished]
    widths = [
        low + min(rest * share / sum(shares), wish) for low, wish, share in zip(least, wished, shares, strict=True)
    ]
    left = (sum(least) + rest - sum(widths)) / len(least)
    return [width + left for width in widths]
