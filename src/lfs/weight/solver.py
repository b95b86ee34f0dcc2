"""The calibration equations sum over units of d F(q x'lambda) x = totals, solved by Newton's method.

The solution is where a convex function of lambda is smallest (Deville and Saerndal 1992, section 3), so that every step
can be held to go down, whatever the distance and the bounds. Variables that repeat others are set aside first: margins
that overlap share totals, and any of the equivalent solutions gives the same weights.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lfs.decomposition import decompose
from lfs.weight.distances import Bound, Distance

Floats = NDArray[np.float64]
TOLERANCE = 1e-10  # relative to each total; steps go on while they still bring the totals closer, down to ROUNDING
ROUNDING = 1e-14
STEPS = 100
HALVINGS = 40


@dataclass(frozen=True)
class Solution:
    """ratio: (units,) weights over base weights; misfit: the largest relative distance from a total; steps taken."""

    ratio: Floats
    misfit: float
    steps: int

    @property
    def found(self) -> bool:
        return self.misfit <= TOLERANCE


def solve(
    base: Floats, x: sparse.csr_array, totals: Floats, distance: Distance, lower: Bound, upper: Bound, scale: Floats
) -> Solution:
    """Ratios of weights with which the totals of x are `totals`, as near to the base weights as `distance` measures.

    Where no ratios within the bounds can do it the misfit says by how much, and `found` is false.
    """
    size = np.maximum(np.abs(totals), np.asarray(abs(x).T @ base))
    size[size == 0] = 1.0
    problem = _Problem(base, x, totals, distance, lower, upper, scale)
    kept = np.sort(decompose(problem.curvature(np.ones(len(base)))).kept)
    place = _Place(np.zeros(len(totals)), problem)
    best, steps = place, 0
    while steps < STEPS:
        misfit = place.misfit(size)
        if misfit < best.misfit(size) or steps == 0:
            best = place
        elif best.misfit(size) <= TOLERANCE:
            break
        if misfit <= ROUNDING:
            break
        steps += 1
        following = _step(place, problem, kept)
        if following is None:
            break
        place = following
    return Solution(np.clip(best.ratio, lower, upper), best.misfit(size), steps)


@dataclass(frozen=True)
class _Problem:
    base: Floats
    x: sparse.csr_array
    totals: Floats
    distance: Distance
    lower: Bound
    upper: Bound
    scale: Floats

    def curvature(self, slope: Floats) -> Floats:
        """(controls, controls) sum over units of d q F' x x'."""
        weighted = self.x.multiply((self.base * self.scale * slope)[:, None]).tocsr()
        return np.asarray((self.x.T @ weighted).toarray())


class _Place:
    """All that is known at one lambda."""

    def __init__(self, multiplier: Floats, problem: _Problem) -> None:
        self.multiplier = multiplier
        predictor = problem.scale * (problem.x @ multiplier)
        self.ratio, self.slope, area = problem.distance(predictor, problem.lower, problem.upper)
        with np.errstate(over="ignore", invalid="ignore"):
            self.short = problem.totals - problem.x.T @ (problem.base * self.ratio)
            self.height = float(np.sum(problem.base * area / problem.scale) - problem.totals @ multiplier)

    def misfit(self, size: Floats) -> float:
        return float(np.max(np.abs(self.short) / size, initial=0.0))


def _step(place: _Place, problem: _Problem, kept: NDArray[np.intp]) -> _Place | None:
    """Where Newton's method goes next, halving the step until it goes down; None where it cannot."""
    direction = _direction(problem.curvature(place.slope), place.short, kept)
    descent = float(place.short @ direction)
    nearer = float(np.linalg.norm(place.short))
    length = 1.0
    for _ in range(HALVINGS):
        following = _Place(place.multiplier + length * direction, problem)
        # Near the end the height no longer changes in its last digit; then coming nearer to the totals decides.
        if np.isfinite(following.height) and (
            following.height <= place.height - 1e-4 * length * descent
            or float(np.linalg.norm(following.short)) < 0.9 * nearer
        ):
            return following
        length /= 2
    return None


def _direction(curvature: Floats, short: Floats, kept: NDArray[np.intp]) -> Floats:
    """Solution of the Newton equations for the variables kept; zero for those that repeat them."""
    found = np.zeros(len(short))
    matrix, right = curvature[np.ix_(kept, kept)], short[kept]
    size = np.diag(matrix)
    size = np.where(size > 0, size, size.max(initial=0.0) or 1.0)
    ridge = 0.0
    while True:
        parts = decompose(matrix + ridge * np.diag(size))
        if len(parts.kept) == len(kept):
            found[kept] = parts.solve(right)
            return found
        # Units at their bounds no longer move: what is left may not reach every total, so go more carefully.
        ridge = max(ridge * 100, 1e-10)
