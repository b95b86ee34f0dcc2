"""What charts share: axes in the direction of reading, numbers at them, a dot with its whisker, marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import MaxNLocator

from lfs.publish.drawing.style import GRID, colour, marker
from lfs.publish.figures import UNRELIABLE, Figure
from lfs.publish.units import UNITS
from lfs.publish.words import Words

RIGHT_TO_LEFT_MARK = "\u200f"


def directed(text: str, words: Words) -> str:
    """The text, read in the language's direction also where it begins with a Latin letter."""
    return RIGHT_TO_LEFT_MARK + text if words.direction == "rtl" and text else text


def start(words: Words) -> str:
    """The side where reading begins."""
    return "right" if words.direction == "rtl" else "left"


def mirrored(axes: Axes, words: Words) -> None:
    """Categories and values run from where reading begins; the axis stands there too."""
    rtl = words.direction == "rtl"
    if rtl:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
        axes.yaxis.set_label_position("right")
    for side in ("top", "left" if rtl else "right"):
        axes.spines[side].set_visible(False)


def value_axis(axes: Axes, words: Words) -> None:
    """Values upward, from nothing unless something is less than nothing."""
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]) if axes.dataLim.y0 < 0 else 0)
    whole_numbers(axes.yaxis, words)


def whole_numbers(axis: Axis, words: Words, most: int = 7) -> None:
    """A tick stands where its number says: whole numbers only."""
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10], integer=True))
    axis.set_major_formatter(lambda value, _: words.number(value))


def scaled(figure: Figure) -> tuple[float, float, float]:
    """Value, and how far the interval reaches below and above it, in the unit of the axis."""
    scale = UNITS[figure.unit].scale
    value = figure.value or 0.0
    low = value if figure.lower is None else figure.lower
    high = value if figure.upper is None else figure.upper
    return value * scale, max(value - low, 0) * scale, max(high - value, 0) * scale


def limits(figure: Figure) -> tuple[float, float, float]:
    """Value and both limits in the unit of the axis; not a number where the figure is not shown."""
    if figure.value is None:
        return (np.nan, np.nan, np.nan)
    value, low, high = scaled(figure)
    return value, value - low, value + high


@dataclass(frozen=True)
class Estimates:
    """Estimates of a series that are drawn alike: places, values, and how far the intervals reach below and above."""

    unreliable: bool
    places: tuple[float, ...]
    values: tuple[float, ...]
    whiskers: tuple[tuple[float, ...], tuple[float, ...]]


def shown(figures: Sequence[Figure], places: Iterable[float]) -> Iterator[Estimates]:
    """What is shown of a series, in the unit of the axis: the estimates that can be relied on, then the others."""
    known = [(place, figure) for figure, place in zip(figures, places, strict=True) if figure.value is not None]
    for unreliable in (False, True):
        alike = [(place, *scaled(figure)) for place, figure in known if (figure.mark == UNRELIABLE) == unreliable]
        if alike:
            where, values, lows, highs = zip(*alike, strict=True)
            yield Estimates(unreliable, where, values, (lows, highs))


def dots(
    axes: Axes,
    figures: Sequence[Figure],
    places: Sequence[float] | np.ndarray,
    number: int,
    words: Words,
    *,
    horizontal: bool,
) -> None:
    """The estimates of a series with their whiskers; hollow where unreliable, their mark where they are not shown."""
    for figure, place in zip(figures, places, strict=True):
        if figure.value is None:
            _mark(axes, figure, place, number, words, horizontal=horizontal)
    for estimates in shown(figures, places):
        axes.errorbar(
            estimates.values if horizontal else estimates.places,
            estimates.places if horizontal else estimates.values,
            xerr=estimates.whiskers if horizontal else None,
            yerr=None if horizontal else estimates.whiskers,
            fmt=marker(number),
            markersize=5,
            color=colour(number),
            markerfacecolor="white" if estimates.unreliable else colour(number),
            capsize=2.5,
            linewidth=1.2,
        )


def _mark(axes: Axes, figure: Figure, place: float, number: int, words: Words, *, horizontal: bool) -> None:
    """Marks of several series stand side by side, or they would hide each other."""
    short = words("marks", figure.mark, "short")
    if horizontal:
        beside = 0.01 + 0.045 * number
        where, x = axes.get_yaxis_transform(), beside if words.direction == "ltr" else 1 - beside
        axes.text(x, round(place), short, transform=where, fontsize=7.5, va="center", ha=start(words))
    else:
        where = axes.get_xaxis_transform()
        axes.text(place, 0.01 + 0.06 * number, short, transform=where, fontsize=7.5, ha="center")


def offsets(count: int, spread: float) -> np.ndarray:
    """Where so many series stand around one place."""
    return np.linspace(-spread / 2, spread / 2, count) if count > 1 else np.zeros(1)


def wrapped(label: str, width: int = 16) -> str:
    """The label over several lines of about `width` letters; it may break after a hyphen."""
    lines = [""]
    for word in re.findall(r"[^\s-]+-?", label):
        joined = lines[-1] + ("" if lines[-1].endswith("-") or not lines[-1] else " ") + word
        lines = [*lines[:-1], joined] if len(joined) <= width else [*lines, word]
    return "\n".join(line for line in lines if line)
