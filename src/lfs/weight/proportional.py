"""Raking by iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11 (1940), 427-444).

The weights in each category of one margin after the other are multiplied by total over estimate, until all agree. It
arrives at the weights of the raking distance (Deville, Saerndal and Sautory 1993, section 2), in a few rounds where the
margins have little to do with each other, and it needs no system of equations.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
MET = 1e-12  # of each total
ROUNDS = 20
FASTER = 0.2  # a round leaves no more than this of what was left before it, or another method will be faster


def proportional_fit(x: sparse.csr_array, sizes: list[int], base: Floats, totals: Floats) -> Floats | None:
    """(units,) ratios of weights that meet the totals, or None where this is not the way to them.

    x: (units, controls), every unit counting 1 in exactly one category of each margin; sizes: (margins,) categories of
    each. None where x is of another kind, and where the totals are not met after a few rounds, be it that the margins
    are too close to each other or that their totals do not agree.
    """
    margins = len(sizes)
    if len(x.indices) != len(base) * margins or not np.all(x.data == 1):
        return None
    if not np.all(np.diff(x.indptr) == margins):
        return None
    columns = x.indices.reshape(len(base), margins)
    first = np.cumsum([0, *sizes])
    control = [np.ascontiguousarray(columns[:, number], dtype=np.intp) for number in range(margins)]
    if any(np.any((each < first[number]) | (each >= first[number + 1])) for number, each in enumerate(control)):
        return None
    ratio, weight, factor = np.ones(len(base)), base.copy(), np.empty(len(base))
    left = np.inf
    for _ in range(ROUNDS):
        before, left = left, 0.0
        for number, category in enumerate(control):
            estimate = np.bincount(category, weights=weight, minlength=len(totals))
            needed = np.divide(totals, estimate, out=np.ones(len(totals)), where=estimate > 0)
            left = max(left, float(np.abs(needed[first[number] : first[number + 1]] - 1).max()))
            np.take(needed, category, out=factor, mode="clip")
            ratio *= factor
            np.multiply(base, ratio, out=weight)
        if left <= MET:
            return ratio
        if not left <= FASTER * max(before, MET):
            return None
    return None
