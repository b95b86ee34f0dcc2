"""One visual language for all charts: letters, inks, and what tells series apart beside colour."""

from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic as plex
from matplotlib import font_manager

FONTS = Path(plex.__file__).parent / "files"
COLOURS = ("#0b5c8a", "#d1702a", "#4a9d7c", "#8a5a9b", "#6b6b6b", "#c7a600")
MARKERS = ("o", "s", "D", "^", "v", "P")
LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 1.5, 1, 1.5)), "-", "--")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++")
SHADES = ("#e8f1f7", "#c3dbea", "#8fbcd8", "#4f95bf", "#0b5c8a")
"""From little to much, as even in grey as in colour."""
INK, SOFT, GRID, WARNING = "#1c1c1c", "#444444", "#d9d9d9", "#9a2b00"
WIDTH = 7.2
"""Inches: the text width of an A4 page."""


@cache
def style() -> Any:
    """The settings of matplotlib, its letters those of the report."""
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


def colour(number: int) -> str:
    """The colour of the series of that number."""
    return COLOURS[number % len(COLOURS)]


def hatch(number: int) -> str:
    """Its hatching, where it is bars."""
    return HATCHES[number % len(HATCHES)]


def marker(number: int) -> str:
    """Its marker, where it is points."""
    return MARKERS[number % len(MARKERS)]


def dashes(number: int) -> Any:
    """Its line, where it is a line."""
    return LINES[number % len(LINES)]
