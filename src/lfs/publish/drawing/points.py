"""Estimates as points with whiskers: by category, along ages, over rounds."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes

from lfs.publish.content import Chart, Panel
from lfs.publish.drawing.frame import directed, dots, limits, mirrored, offsets, whole_numbers, wrapped
from lfs.publish.drawing.style import GRID, SOFT, colour, dashes
from lfs.publish.words import Words

NAME = 34
"""Letters in a line of the name of a category at the side."""


def intervals(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """Categories down the side; one dot and whisker a series, a little apart."""
    labels = [directed(wrapped(label, NAME), words) for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    for number, (series, offset) in enumerate(zip(panel.series, offsets(len(panel.series), 0.36), strict=True)):
        dots(axes, series.figures, places + offset, number, words, horizontal=True)
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    if axes.dataLim.x0 >= 0:
        axes.set_xlim(left=0)
    else:
        axes.axvline(0, color=SOFT, linewidth=0.9)
    mirrored(axes, words)
    whole_numbers(axes.xaxis, words)


def profile(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """Lines along the categories, each with its band; gaps where no figure is shown."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    for number, series in enumerate(panel.series):
        values, lows, highs = (np.array(column) for column in zip(*(limits(at) for at in series.figures), strict=True))
        axes.fill_between(places, lows, highs, color=colour(number), alpha=0.18, linewidth=0)
        axes.plot(places, values, color=colour(number), linestyle=dashes(number), linewidth=1.6)
        dots(axes, series.figures, places, number, words, horizontal=False)
    side = "right" if words.direction == "ltr" else "left"
    turned = 45 if words.direction == "ltr" else -45
    axes.set_xticks(places, labels, rotation=turned, ha=side, rotation_mode="anchor")
    axes.set_xlim(-0.4, len(labels) - 0.6)
    mirrored(axes, words)


def trend(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """One line a series over the rounds; it is not drawn across a break, which a dashed line marks."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    for number, (series, offset) in enumerate(zip(panel.series, offsets(len(panel.series), 0.14), strict=True)):
        values = [limits(figure)[0] for figure in series.figures]
        for first, last in _pieces(len(labels), chart.breaks):
            axes.plot(
                places[first:last] + offset,
                values[first:last],
                color=colour(number),
                linestyle=dashes(number),
                linewidth=1.4,
            )
        dots(axes, series.figures, places + offset, number, words, horizontal=False)
    for place in chart.breaks:
        if place > 0:
            axes.axvline(place - 0.5, color=SOFT, linewidth=1, linestyle=(0, (3, 3)))
    axes.set_xticks(places, [directed(wrapped(label, 14), words) for label in labels], fontsize=8)
    axes.set_xlim(-0.5, len(labels) - 0.5)
    mirrored(axes, words)


def _pieces(count: int, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """First and last-but-one of the rounds that may be joined."""
    return list(pairwise(sorted({0, *breaks, count})))
