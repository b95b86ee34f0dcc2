"""The same estimates and quality table from people read in pieces, for files larger than memory.

The file is in order of stratum and PSU, so that each PSU is finished when the next one begins. What is kept does not
grow with the persons: the totals of each cell, and the means and sums of squares of its PSUs (`moments`).
"""

from lfs.estimate.pieces.reading import estimate_file
from lfs.estimate.pieces.run import estimate_pieces

__all__ = ["estimate_file", "estimate_pieces"]
