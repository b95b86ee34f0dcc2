"""Estimates by place: one small panel each, or one tile each at its place on the map."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lfs.publish.bidi import bare
from lfs.publish.content import Chart, Panel
from lfs.publish.drawing.frame import directed, dots, limits, mirrored, whole_numbers, wrapped
from lfs.publish.drawing.style import GRID, INK, SHADES, SOFT
from lfs.publish.figures import UNRELIABLE, Figure
from lfs.publish.words import Words


def small(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """One of many small panels on one scale: the categories down its side."""
    points = panel.series[0].points
    for place, (_, figure) in enumerate(points):
        dots(axes, [figure], [place], place, words, horizontal=True)
    axes.set_yticks(range(len(points)), [directed(label, words) for label, _ in points], fontsize=8)
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8)
    highest = [limits(at)[2] for each in chart.panels for series in each.series for at in series.figures]
    lowest = [limits(at)[1] for each in chart.panels for series in each.series for at in series.figures]
    axes.set_xlim(min(0, np.nanmin(lowest)), 1.05 * np.nanmax(highest))
    mirrored(axes, words)
    whole_numbers(axes.xaxis, words, most=4)


def tiles(axes: Axes, panel: Panel, chart: Chart, words: Words) -> None:
    """A map of equal tiles, north upward in every language: the darker, the more; hatched where not reliable."""
    points = panel.series[0].points
    values = [limits(figure)[0] for _, figure in points]
    known = [value for value in values if np.isfinite(value)]
    edges, decimals = edges_of_shades(known)
    for (label, figure), (row, column), value in zip(points, chart.places, values, strict=True):
        shade = min(int(np.searchsorted(edges[1:-1], value, side="right")), len(SHADES) - 1) if figure.shown else -1
        hatched = "////" if figure.mark == UNRELIABLE else ""
        axes.add_patch(
            Rectangle(
                (column - 0.47, row - 0.47),
                0.94,
                0.94,
                facecolor=SHADES[shade] if shade >= 0 else "white",
                edgecolor=INK if shade < 0 else "white",
                linewidth=0.6,
                hatch=hatched,
            )
        )
        ink = "white" if shade == len(SHADES) - 1 else INK
        box = {"boxstyle": "square,pad=0.1", "facecolor": SHADES[shade], "edgecolor": "none"} if hatched else None
        axes.text(
            column, row - 0.16, directed(wrapped(label, 11), words), ha="center", va="center", fontsize=7.4, color=ink
        )
        axes.text(
            column, row + 0.24, _written(figure, words), ha="center", va="center", fontsize=8.5, color=ink, bbox=box
        )
    rows, columns = zip(*chart.places, strict=True)
    if known:
        numbers = [bare(words.number(edge, decimals)) for edge in edges]
        _key(axes, numbers, (min(columns) - 0.47, max(columns) + 0.47), max(rows) + 0.72, chart, words)
    axes.set_xlim(min(columns) - 0.6, max(columns) + 0.6)
    axes.set_ylim(max(rows) + 1.75, min(rows) - 0.6)
    axes.set_aspect("equal")
    axes.set_axis_off()


def edges_of_shades(known: list[float]) -> tuple[np.ndarray, int]:
    """Where one shade ends and the next begins, in steps of about the same size, and with how many decimals these
    numbers are printed: what the key prints is where they meet, so no value lies on the wrong side of it."""
    if not known:
        return np.zeros(2), 0
    reach = max(known) - min(known)
    decimals = 0 if reach > 2 * len(SHADES) else 1 if reach > 0.2 * len(SHADES) else 2
    scale = 10**decimals
    first, last = np.floor(min(known) * scale), np.ceil(max(known) * scale)
    return np.round(np.linspace(first, last, len(SHADES) + 1)) / scale, decimals


def _key(axes: Axes, numbers: list[str], across: tuple[float, float], top: float, chart: Chart, words: Words) -> None:
    """The shades under the map, from little to much as the language is read, with the numbers where they meet."""
    bounds = np.linspace(*across, len(SHADES) + 1)
    if words.direction == "rtl":
        bounds = bounds[::-1]
    for first, last, shade in zip(bounds[:-1], bounds[1:], SHADES, strict=True):
        axes.add_patch(Rectangle((first, top), last - first, 0.2, facecolor=shade, edgecolor=SOFT, linewidth=0.5))
    for bound, number in zip(bounds, numbers, strict=True):
        axes.text(bound, top + 0.42, number, ha="center", va="center", fontsize=7.5)
    axes.text(sum(across) / 2, top + 0.78, directed(chart.axis, words), ha="center", va="center", fontsize=8)


def _written(figure: Figure, words: Words) -> str:
    short = words("marks", figure.mark, "short") if figure.mark else ""
    return short if not figure.shown else " ".join(filter(None, [words.cell(figure, "value"), bare(short)]))
