"""Charts drawn as pictures: readable in grey and by the colour-blind, the same bytes every time.

Letters are drawn as paths, so that a chart looks the same everywhere; what it shows is told in its alternative text.
"""

from lfs.publish.drawing.pictures import Pictures, draw
from lfs.publish.drawing.style import FONTS

__all__ = ["FONTS", "Pictures", "draw"]
