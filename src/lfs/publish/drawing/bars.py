"""Estimates as bars: in groups with whiskers, and as a pyramid of the population."""

import numpy as np
from matplotlib.axes import Axes

from lfs.publish.content import Chart, Panel
from lfs.publish.drawing.frame import directed, limits, mirrored, offsets, shown, whole_numbers, wrapped
from lfs.publish.drawing.style import GRID, INK, colour, hatch
from lfs.publish.words import Words

LETTERS = 104
"""Letters under an axis as wide as the page."""
NARROW = 6
"""Groups of bars that fit side by side with their names under them."""


def stacked(chart: Chart) -> bool:
    """Whether panels of bars stand under one another, because names of their groups would run together side by side."""
    return chart.kind == "bars" and len(chart.panels) * len(chart.panels[0].series[0].points) > NARROW


def bars(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """Groups of bars with whiskers, one bar a series; bars of unreliable figures are pale."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    width = 0.78 / len(panel.series)
    apart = offsets(len(panel.series), 0.78 - width)
    for number, (series, offset) in enumerate(zip(panel.series, apart, strict=True)):
        for place, figure in zip(places + offset, series.figures, strict=True):
            if figure.value is None:
                axes.text(place, 0, words("marks", figure.mark, "short"), ha="center", va="bottom", fontsize=8)
        for each in shown(series.figures, places + offset):
            axes.bar(
                each.places,
                each.values,
                width * 0.94,
                color=colour(number),
                edgecolor="white",
                hatch=hatch(number),
                alpha=0.4 if each.unreliable else 1,
            )
            axes.errorbar(each.places, each.values, yerr=each.whiskers, color=INK, capsize=2.5, linewidth=1, fmt="none")
    letters = LETTERS // (len(labels) * (1 if stacked(chart) else len(chart.panels))) - 2
    axes.set_xticks(places, [directed(wrapped(label, letters), words) for label in labels], fontsize=8)
    axes.set_xlim(-0.55, len(labels) - 0.45)
    axes.tick_params(axis="x", length=0)
    mirrored(axes, words)


def pyramid(axes: Axes, panel: Panel, chart: Chart, words: Words, *, towards_start: bool) -> None:
    """One side of the pyramid: ages upward, the series laid end to end from the middle; `towards_start` of the line."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    ends = np.zeros(len(labels))
    for number, series in enumerate(panel.series):
        values = np.array([limits(figure)[0] for figure in series.figures])
        lengths = np.nan_to_num(values)
        axes.barh(
            places,
            lengths,
            0.86,
            left=ends,
            color=colour(number),
            edgecolor="white",
            hatch=hatch(number),
            linewidth=0.4,
        )
        ends = ends + lengths
    hidden = [any(series.points[place][1].value is None for series in panel.series) for place in range(len(labels))]
    for place in np.flatnonzero(hidden):
        axes.text(float(ends[place]), float(place), " * ", va="center", ha="center", fontsize=8)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    whole_numbers(axes.xaxis, words, most=4)
    largest = max(limits_of_side(side) for side in chart.panels)
    axes.set_xlim(0, 1.04 * largest)
    leftwards = towards_start == (words.direction == "ltr")
    if leftwards:
        axes.invert_xaxis()
    for side in ("top", "right" if leftwards else "left", "left" if leftwards else "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if leftwards:
        axes.yaxis.tick_right()
        axes.set_yticks(places, labels, fontsize=8)
    else:
        axes.set_yticks([])


def limits_of_side(panel: Panel) -> float:
    """How far the longest bar of one side reaches."""
    ends = sum(np.nan_to_num([limits(figure)[0] for figure in series.figures]) for series in panel.series)
    return float(np.max(ends))
