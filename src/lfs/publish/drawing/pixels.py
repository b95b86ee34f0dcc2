"""A drawing in pixels, for formats that cannot hold drawings.

By Typst, which sets the report and takes half the time of drawing the chart a second time.
"""

from functools import cache
from typing import Any

import typst

PIXELS_PER_INCH = 180.0
PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")'


def pixels(svg: bytes) -> bytes:
    """The drawing as PNG, in its own size on white; its letters are paths, so that no font is needed."""
    compiled: Any = typst.compile  # its declared types do not know of files held in memory
    files = {"main.typ": PAGE, "drawing.svg": svg}
    return compiled(files, format="png", ppi=PIXELS_PER_INCH, font_paths=_none())


@cache
def _none() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
