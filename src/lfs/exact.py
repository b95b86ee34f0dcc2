"""Sums of weights that are the same to the last bit in whatever order the persons stand.

A sum of floating-point numbers depends on its order because every addition rounds. So each weight is split into two
parts, multiples of a coarse and of a fine unit chosen so that no sum of either part needs rounding; only adding the two
sums rounds, once (after Demmel and Nguyen, Parallel reproducible summation, IEEE Trans. Computers 64 (2015)).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BITS = 51  # of the 53 of a number: one is left for the rounding of the parts, one for the trick that rounds them


@dataclass(frozen=True)
class Exact:
    """high, low: (persons,) the two parts, of which each weight is the sum."""

    high: Floats
    low: Floats

    def by(self, code: NDArray[np.integer], codes: int) -> Floats:
        """(codes,) sums of the weights by code."""
        sums = np.bincount(code, weights=self.high, minlength=codes)
        if self.low.any():
            sums += np.bincount(code, weights=self.low, minlength=codes)
        return sums.astype(np.float64, copy=False)

    def total(self) -> float:
        return float(self.high.sum() + self.low.sum())


def exact(weight: Floats) -> Exact:
    """weight: (persons,), finite."""
    high = _rounded(weight, _unit(len(weight) * float(np.abs(weight).max(initial=0.0))))
    low = weight - high
    return Exact(high, _rounded(low, _unit(len(weight) * float(np.abs(low).max(initial=0.0)))))


def _unit(bound: float) -> float:
    """Multiples of it, no more than `bound` in sum, add up without rounding."""
    return float(np.ldexp(1.0, int(np.frexp(bound)[1]) - BITS))


def _rounded(values: Floats, unit: float) -> Floats:
    """Each value rounded to a multiple of the unit: a number so large that smaller parts have no place beside it."""
    large = 1.5 * 2.0**52 * unit
    return (values + large) - large
