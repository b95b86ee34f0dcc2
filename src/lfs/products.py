"""Matrix products that are the same to the last bit whatever the number of threads.

A library of linear algebra shares out large products among its threads, and where it cuts them the order of the sums
may change. So a large product is made of products of one small size, which no library shares out (OpenBLAS: up to 2^18
multiplications), each row and column in a block of that size, filled up with zeros.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MULTIPLICATIONS = 2**18
WIDTH = 48
FEWEST = 4  # rows of a block: a product of one row goes to another routine


@dataclass(frozen=True)
class RightFactor:
    """The right-hand side of products, cut into blocks once; blocks: (blocks, inner, width), columns in all."""

    blocks: Floats
    columns: int

    def times(self, left: Floats) -> Floats:
        """(rows, columns) left @ right; left: (rows, inner)."""
        number, inner, width = self.blocks.shape
        height = max(FEWEST, MULTIPLICATIONS // max(inner * width, 1))
        found = np.empty((len(left), number, width))
        for first in range(0, len(left), height):
            some = left[first : first + height]
            filled = np.zeros((height, inner))
            filled[: len(some)] = some
            found[first : first + height] = np.matmul(filled, self.blocks).transpose(1, 0, 2)[: len(some)]
        return found.reshape(len(left), number * width)[:, : self.columns]


def right_factor(right: Floats) -> RightFactor:
    """right: (inner, columns)."""
    inner, columns = right.shape
    width = max(1, min(WIDTH, MULTIPLICATIONS // (FEWEST * max(inner, 1))))
    number = -(-columns // width)
    filled = np.zeros((inner, number * width))
    filled[:, :columns] = right
    return RightFactor(np.ascontiguousarray(filled.reshape(inner, number, width).transpose(1, 0, 2)), columns)
