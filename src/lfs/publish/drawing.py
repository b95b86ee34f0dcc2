"""Charts drawn as SVG: readable in grey and by the colour-blind, the same bytes every time.

Letters are drawn as paths, so that a chart looks the same everywhere; what it shows is told in its alternative text.
"""

import base64
import io
import re
import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic as plex
import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from lfs.publish.content import Chart, Panel, Series
from lfs.publish.figures import UNRELIABLE, Figure
from lfs.publish.units import UNITS
from lfs.publish.words import Words

FONTS = Path(plex.__file__).parent / "files"
COLOURS = ("#0b5c8a", "#d1702a", "#4a9d7c", "#8a5a9b", "#6b6b6b", "#c7a600")
MARKERS = ("o", "s", "D", "^", "v", "P")
LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 1.5, 1, 1.5)), "-", "--")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++")
INK, GRID = "#1c1c1c", "#d9d9d9"
WIDTH = 7.2


@cache
def _style() -> Any:
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
    return {
        "font.family": ["IBM Plex Sans Arabic"],
        "font.size": 9,
        "svg.fonttype": "path",
        "svg.hashsalt": "lfs",
        "hatch.linewidth": 0.6,
        "axes.edgecolor": INK,
        "axes.linewidth": 0.8,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }


PIXELS_PER_INCH = 180
"""Of the pictures in formats that cannot hold drawings."""


@dataclass
class Pictures:
    """The charts of one language, each drawn once in each form."""

    words: Words
    drawn: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def svg(self, chart: Chart) -> bytes:
        """A drawing, its letters as paths."""
        return self._draw(chart, "svg")

    def png(self, chart: Chart) -> bytes:
        """The same in pixels."""
        return self._draw(chart, "png")

    def address(self, chart: Chart) -> str:
        """The drawing as an address that holds it."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg(chart)).decode('ascii')}"

    def _draw(self, chart: Chart, form: str) -> bytes:
        key = (chart.key, form)
        if key not in self.drawn:
            self.drawn[key] = draw(chart, self.words, form)
        return self.drawn[key]


def draw(chart: Chart, words: Words, form: str = "svg") -> bytes:
    """The chart as SVG or PNG, its source under it, and marked where its data are invented."""
    with mpl.rc_context(_style()):
        rows = max(len(series.points) for panel in chart.panels for series in panel.series)
        height = 1.25 + 0.34 * rows if chart.kind == "intervals" else 3.3
        picture = Picture(figsize=(WIDTH, height), layout="constrained")
        (FigureCanvasSVG if form == "svg" else FigureCanvasAgg)(picture)
        all_axes = picture.subplots(1, len(chart.panels), sharey=chart.kind != "intervals", squeeze=False)[0]
        drawn = {"intervals": _intervals, "bars": _bars, "profile": _profile}[chart.kind]
        panels = chart.panels if words.direction == "ltr" else chart.panels[::-1]
        for axes, panel in zip(all_axes, panels, strict=True):
            drawn(axes, panel, words)
            axes.set_title(panel.title, loc="left", fontsize=9.5, fontweight="semibold")
            for side in ("top", "right"):
                axes.spines[side].set_visible(False)
        _axis_label(all_axes, chart, words)
        _legend(picture, chart)
        picture.supxlabel(textwrap.fill(chart.source, 125), fontsize=7, x=0.01, ha="left", color="#444444")
        if chart.invented:
            picture.suptitle(chart.invented, fontsize=8, x=0.99, ha="right", fontweight="semibold", color="#9a2b00")
        file = io.BytesIO()
        told = (
            {"metadata": {"Date": None}} if form == "svg" else {"metadata": {"Software": None}, "dpi": PIXELS_PER_INCH}
        )
        picture.savefig(file, format=form, transparent=False, facecolor="white", **told)
        return file.getvalue()


def _intervals(axes: Axes, panel: Panel, words: Words) -> None:
    """Categories down the side; one dot and whisker a series, a little apart."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    offsets = _offsets(len(panel.series), 0.36)
    for number, (series, offset) in enumerate(zip(panel.series, offsets, strict=True)):
        for place, (_, figure) in zip(places, series.points, strict=True):
            _dot(axes, figure, place + offset, number, words, horizontal=True)
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=0)
    if words.direction == "rtl":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    _whole_numbers(axes.xaxis, words)


def _bars(axes: Axes, panel: Panel, words: Words) -> None:
    """Groups of bars with whiskers, one bar a series; bars of unreliable figures are pale."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    width = 0.78 / len(panel.series)
    for number, (series, offset) in enumerate(
        zip(panel.series, _offsets(len(panel.series), 0.78 - width), strict=True)
    ):
        for place, (_, figure) in zip(places, series.points, strict=True):
            where = place + offset
            if figure.value is None:
                axes.text(where, 0, words("marks", figure.mark, "short"), ha="center", va="bottom", fontsize=8)
                continue
            value, low, high = _scaled(figure)
            axes.bar(
                where,
                value,
                width * 0.94,
                color=COLOURS[number % len(COLOURS)],
                edgecolor="white",
                hatch=HATCHES[number % len(HATCHES)],
                alpha=0.4 if figure.mark == UNRELIABLE else 1,
            )
            axes.errorbar(where, value, yerr=[[low], [high]], color=INK, capsize=2.5, linewidth=1, fmt="none")
    axes.set_xticks(places, [_wrapped(label, 30 // len(labels) + 3) for label in labels], fontsize=8)
    axes.set_xlim(-0.55, len(labels) - 0.45)
    axes.tick_params(axis="x", length=0)
    _value_axis(axes, words)


def _profile(axes: Axes, panel: Panel, words: Words) -> None:
    """Lines along the categories, each with its band; gaps where no figure is shown."""
    labels = [label for label, _ in panel.series[0].points]
    places = np.arange(len(labels), dtype=float)
    for number, series in enumerate(panel.series):
        values, lows, highs = (np.array(column) for column in zip(*map(_limits, series.points), strict=True))
        colour = COLOURS[number % len(COLOURS)]
        axes.fill_between(places, lows, highs, color=colour, alpha=0.18, linewidth=0)
        axes.plot(places, values, color=colour, linestyle=LINES[number % len(LINES)], linewidth=1.6)
        for place, (_, figure) in zip(places, series.points, strict=True):
            _dot(axes, figure, place, number, words, horizontal=False)
    axes.set_xticks(places, labels, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_xlim(-0.4, len(labels) - 0.6)
    _value_axis(axes, words)


def _dot(axes: Axes, figure: Figure, place: float, number: int, words: Words, *, horizontal: bool) -> None:
    """One estimate with its whisker; hollow where unreliable, its mark where it is not shown."""
    if figure.value is None:
        short = words("marks", figure.mark, "short")
        if horizontal:
            # Marks of several series stand side by side, or they would hide each other.
            where = axes.get_yaxis_transform()
            axes.text(0.01 + 0.045 * number, round(place), short, transform=where, fontsize=7.5, va="center")
        else:
            where = axes.get_xaxis_transform()
            axes.text(place, 0.01 + 0.06 * number, short, transform=where, fontsize=7.5, ha="center")
        return
    value, low, high = _scaled(figure)
    colour = COLOURS[number % len(COLOURS)]
    x, y = (value, place) if horizontal else (place, value)
    axes.errorbar(
        x,
        y,
        xerr=[[low], [high]] if horizontal else None,
        yerr=None if horizontal else [[low], [high]],
        fmt=MARKERS[number % len(MARKERS)],
        markersize=5,
        color=colour,
        markerfacecolor="white" if figure.mark == UNRELIABLE else colour,
        capsize=2.5,
        linewidth=1.2,
    )


def _value_axis(axes: Axes, words: Words) -> None:
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_ylim(bottom=0)
    _whole_numbers(axes.yaxis, words)


def _whole_numbers(axis: Axis, words: Words) -> None:
    """A tick stands where its number says: whole numbers only."""
    axis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10], integer=True))
    axis.set_major_formatter(lambda value, _: words.number(value))


def _axis_label(all_axes: Any, chart: Chart, words: Words) -> None:
    if chart.kind == "intervals":
        all_axes[0].set_xlabel(chart.axis)
    else:
        all_axes[0 if words.direction == "ltr" else -1].set_ylabel(chart.axis)


def _legend(picture: Picture, chart: Chart) -> None:
    """One key for all panels, above them; none where there is one series only."""
    series = chart.panels[0].series
    if len(series) < 2:
        return
    picture.legend(
        handles=[_handle(chart.kind, item, number) for number, item in enumerate(series)],
        loc="outside upper left",
        ncols=min(4, len(series)),
        frameon=False,
        handlelength=2.6 if chart.kind == "profile" else 1.6,
    )


def _handle(kind: str, series: Series, number: int) -> Any:
    colour = COLOURS[number % len(COLOURS)]
    if kind == "bars":
        hatch = HATCHES[number % len(HATCHES)]
        return Patch(facecolor=colour, edgecolor="white", hatch=hatch, label=series.label)
    line: Any = LINES[number % len(LINES)] if kind == "profile" else "none"
    marker = MARKERS[number % len(MARKERS)]
    return Line2D([], [], color=colour, linestyle=line, marker=marker, markersize=5, label=series.label)


def _offsets(count: int, spread: float) -> np.ndarray:
    return np.linspace(-spread / 2, spread / 2, count) if count > 1 else np.zeros(1)


def _scaled(figure: Figure) -> tuple[float, float, float]:
    """Value, and how far the interval reaches below and above it, in the unit of the axis."""
    scale = UNITS[figure.unit].scale
    value = figure.value or 0.0
    low = value if figure.lower is None else figure.lower
    high = value if figure.upper is None else figure.upper
    return value * scale, max(value - low, 0) * scale, max(high - value, 0) * scale


def _limits(point: tuple[str, Figure]) -> tuple[float, float, float]:
    if point[1].value is None:
        return (np.nan, np.nan, np.nan)
    value, low, high = _scaled(point[1])
    return value, value - low, value + high


def _wrapped(label: str, width: int = 16) -> str:
    """The label over several lines of about `width` letters; it may break after a hyphen."""
    lines = [""]
    for word in re.findall(r"[^\s-]+-?", label):
        joined = lines[-1] + ("" if lines[-1].endswith("-") or not lines[-1] else " ") + word
        lines = [*lines[:-1], joined] if len(joined) <= width else [*lines, word]
    return "\n".join(line for line in lines if line)
