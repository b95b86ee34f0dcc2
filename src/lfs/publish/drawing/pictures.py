"""A chart as a picture: panels, key, source, and the mark of invented data."""

import base64
import io
import textwrap
from dataclasses import dataclass, field
from typing import Any, cast

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Picture
from matplotlib.layout_engine import LayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from lfs.publish.content import Chart, Series
from lfs.publish.drawing.bars import bars, pyramid, stacked
from lfs.publish.drawing.frame import directed, start, value_axis
from lfs.publish.drawing.pixels import pixels
from lfs.publish.drawing.places import small, tiles
from lfs.publish.drawing.points import NAME, intervals, profile, trend
from lfs.publish.drawing.style import SOFT, WARNING, WIDTH, colour, dashes, hatch, marker, style
from lfs.publish.words import Words

SOURCE, KEY = 142, 104
"""Letters in a line of the source, and of the key."""
SMALL_ACROSS = 3
"""Small panels side by side."""
UPWARD = ("bars", "profile", "trend")
"""Kinds whose values run upward."""
DRAWN = {"intervals": intervals, "bars": bars, "profile": profile, "trend": trend, "multiples": small, "tiles": tiles}


@dataclass
class Pictures:
    """The charts of one language, each drawn once for all its forms."""

    words: Words
    drawings: dict[str, bytes] = field(default_factory=dict)

    def svg(self, chart: Chart) -> bytes:
        """A drawing, its letters as paths."""
        if chart.key not in self.drawings:
            self.drawings[chart.key] = draw(chart, self.words)
        return self.drawings[chart.key]

    def png(self, chart: Chart) -> bytes:
        """The same in pixels."""
        return pixels(self.svg(chart))

    def address(self, chart: Chart) -> str:
        """The drawing as an address that holds it."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg(chart)).decode('ascii')}"


def draw(chart: Chart, words: Words) -> bytes:
    """The chart as SVG, its source under it, and marked where its data are invented."""
    with mpl.rc_context(style()):
        picture = _picture(chart, words)
        # matplotlib lays out what has an engine for it when it saves, and draws it once more for that.
        cast(LayoutEngine, picture.get_layout_engine()).execute(picture)
        picture.set_layout_engine(None)
        file = io.BytesIO()
        picture.savefig(file, format="svg", transparent=False, facecolor="white", metadata={"Date": None})
        return file.getvalue()


def _picture(chart: Chart, words: Words) -> Picture:
    picture = Picture(figsize=(WIDTH, _height(chart)), layout="constrained")
    FigureCanvasSVG(picture)
    _panels(picture, chart, words)
    _legend(picture, chart, words)
    side, edge = start(words), 0.01 if words.direction == "ltr" else 0.99
    lines = "\n".join(directed(line, words) for line in textwrap.wrap(chart.source, SOURCE))
    picture.supxlabel(lines, fontsize=7, x=edge, ha=side, color=SOFT)
    if chart.invented:
        far = "left" if side == "right" else "right"
        picture.suptitle(chart.invented, fontsize=8, x=1 - edge, ha=far, fontweight="semibold", color=WARNING)
    return picture


def _height(chart: Chart) -> float:
    """Inches: as many as the kind needs for what it shows."""
    rows = max(len(series.points) for panel in chart.panels for series in panel.series)
    if chart.kind == "intervals":
        long = any(len(label) > NAME for label, _ in chart.panels[0].series[0].points)
        return 1.25 + (0.42 if long else 0.34) * rows
    if chart.kind == "multiples":
        return 0.9 + (0.48 + 0.2 * rows) * -(-len(chart.panels) // SMALL_ACROSS)
    if chart.kind == "pyramid":
        return 1.4 + 0.25 * rows
    if chart.kind == "tiles":
        rows, columns = (1 + max(place) - min(place) for place in zip(*chart.places, strict=True))
        tile = min(0.86, (WIDTH - 0.3) / len(chart.panels) / (columns + 0.2))
        return 0.75 + tile * (rows + 1.35)
    return 0.8 + 2.3 * len(chart.panels) if stacked(chart) else 3.3


def _panels(picture: Picture, chart: Chart, words: Words) -> None:
    count = len(chart.panels)
    across = SMALL_ACROSS if chart.kind == "multiples" else 1 if stacked(chart) else count
    down = -(-count // across)
    share = chart.kind in UPWARD
    grid = picture.subplots(down, across, sharey=share, squeeze=False)
    all_axes = [axes for line in grid for axes in (line if words.direction == "ltr" else line[::-1])]
    for number, axes in enumerate(all_axes):
        if number >= count:
            axes.set_axis_off()
            continue
        panel = chart.panels[number]
        if chart.kind == "pyramid":
            pyramid(axes, panel, chart, words, towards_start=number == 0)
        else:
            DRAWN[chart.kind](axes, panel, chart, words)
        title = directed(panel.title, words)
        axes.set_title(title, loc=start(words), fontsize=8 if chart.kind == "multiples" else 9.5, fontweight="semibold")
    if chart.kind in UPWARD:
        # Only now: panels that share a scale know its end when the last of them is drawn.
        for axes in all_axes:
            value_axis(axes, words)
    _axis_label(all_axes, chart, words)


def _axis_label(all_axes: Any, chart: Chart, words: Words) -> None:
    """What the values are, once."""
    label = directed(chart.axis, words)
    if chart.kind in ("intervals", "pyramid"):
        for axes in all_axes:
            axes.set_xlabel(label)
    elif chart.kind == "multiples":
        all_axes[SMALL_ACROSS * ((len(chart.panels) - 1) // SMALL_ACROSS)].set_xlabel(label, fontsize=8)
    elif chart.kind != "tiles":
        all_axes[0].set_ylabel(label)


def _legend(picture: Picture, chart: Chart, words: Words) -> None:
    """One key for all panels, above them; none where there is one series only."""
    series = chart.panels[0].series
    if len(series) < 2:
        return
    order = series if words.direction == "ltr" else series[::-1]
    numbers = range(len(series)) if words.direction == "ltr" else reversed(range(len(series)))
    # Each entry has a sign, and room around it.
    needed = [len(item.label) + 7 for item in series]
    columns = len(series) if sum(needed) <= KEY + 7 else max(1, KEY // max(needed))
    place: Any = f"outside upper {start(words)}"
    picture.legend(
        handles=[_handle(chart.kind, item, number, words) for number, item in zip(numbers, order, strict=True)],
        loc=place,
        ncols=columns,
        frameon=False,
        fontsize=8.5,
        handlelength=2.6 if chart.kind in ("profile", "trend") else 1.6,
        markerfirst=words.direction == "ltr",
    )


def _handle(kind: str, series: Series, number: int, words: Words) -> Any:
    label = directed(series.label, words)
    if kind in ("bars", "pyramid"):
        return Patch(facecolor=colour(number), edgecolor="white", hatch=hatch(number), label=label)
    line: Any = dashes(number) if kind in ("profile", "trend") else "none"
    return Line2D([], [], color=colour(number), linestyle=line, marker=marker(number), markersize=5, label=label)
