"""The calibration equations sum over units of d F(q x'lambda) x = totals, solved by Newton's method.

The solution is where a convex function of lambda is smallest (Deville and Saerndal 1992, section 3), so that every step
can be held to go down, whatever the distance and the bounds. Controls that repeat others are set aside first: margins
that overlap share totals, and any of the equivalent solutions gives the same weights. Each step's equations are solved
by conjugate gradients (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm 7.1), led by the
decomposition of the base weights' X'DX, which is made once, and serves replicates too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lfs.decomposition import Decomposition, decompose
from lfs.weight.distances import Bound, Distance

Floats = NDArray[np.float64]
TOLERANCE = 1e-10  # relative to each total; steps go on while they still bring the totals closer, down to ROUNDING
ROUNDING = 1e-13
STEPS = 200
PATIENCE = 20  # steps in which the totals must come nearer by a tenth
HALVINGS = 40
INNER_STEPS = 100


@dataclass(frozen=True)
class Solution:
    """ratio: (units,) weights over base weights; misfit: the largest relative distance from a total; steps taken."""

    ratio: Floats
    misfit: float
    steps: int

    @property
    def found(self) -> bool:
        return self.misfit <= TOLERANCE


@dataclass(frozen=True)
class Equations:
    """x: (units, controls); scale: (units,) the factors q; parts: decomposition of the base weights' X'DX."""

    x: sparse.csr_array
    across: sparse.csr_array
    scale: Floats
    parts: Decomposition


def equations(base: Floats, x: sparse.csr_array, scale: Floats) -> Equations:
    """What all calibrations of these units share, whatever their totals, distance and replicate."""
    across = sparse.csr_array(x.T)
    weighted = sparse.csr_array((x.data * np.repeat(base * scale, np.diff(x.indptr)), x.indices, x.indptr), x.shape)
    return Equations(x, across, scale, decompose((across @ weighted).toarray()))


def solve(shared: Equations, base: Floats, totals: Floats, distance: Distance, lower: Bound, upper: Bound) -> Solution:
    """Ratios of weights with which the totals of x are `totals`, as near to the base weights as `distance` measures.

    Where no ratios within the bounds can do it the misfit says by how much, and `found` is false.
    """
    problem = _Problem(shared, base, totals, distance, lower, upper)
    counted = shared.across if shared.across.data.min(initial=0.0) >= 0 else abs(shared.across)
    size = np.maximum(np.abs(totals), counted @ base)
    size[size == 0] = 1.0
    place = best = _Place(np.zeros(len(totals)), problem, size)
    steps, marked = 0, np.inf
    while best.misfit > ROUNDING and steps < STEPS:
        if steps % PATIENCE == 0:
            if best.misfit > 0.9 * marked:
                break
            marked = best.misfit
        following = _step(place, problem, size)
        steps += 1
        if following is None or (best.misfit <= TOLERANCE and following.misfit >= best.misfit):
            break
        place = following
        best = place if place.misfit < best.misfit else best
    return Solution(np.clip(best.ratio, lower, upper), best.misfit, steps)


@dataclass(frozen=True)
class _Problem:
    shared: Equations
    base: Floats
    totals: Floats
    distance: Distance
    lower: Bound
    upper: Bound


class _Place:
    """All that is known at one lambda."""

    def __init__(self, multiplier: Floats, problem: _Problem, size: Floats) -> None:
        shared = problem.shared
        self.multiplier = multiplier
        predictor = shared.scale * (shared.x @ multiplier)
        self.ratio, self.slope, area = problem.distance(predictor, problem.lower, problem.upper)
        with np.errstate(over="ignore", invalid="ignore"):
            self.short = problem.totals - shared.across @ (problem.base * self.ratio)
            self.height = float(np.sum(problem.base * area / shared.scale) - problem.totals @ multiplier)
            self.misfit = float(np.max(np.abs(self.short) / size, initial=0.0))


def _step(place: _Place, problem: _Problem, size: Floats) -> _Place | None:
    """Where Newton's method goes next, halving the step until it goes down; None where it cannot."""
    direction = _direction(place, problem)
    descent = float(place.short @ direction)
    length = 1.0
    for _ in range(HALVINGS):
        following = _Place(place.multiplier + length * direction, problem, size)
        # Near the end the height no longer changes in its last digit; then coming nearer to the totals decides.
        if np.isfinite(following.height) and (
            following.height <= place.height - 1e-4 * length * descent or following.misfit < 0.9 * place.misfit
        ):
            return following
        length /= 2
    return None


def _direction(place: _Place, problem: _Problem) -> Floats:
    """Solution of the Newton equations, the more exact the nearer the end; zero for controls that repeat others."""
    shared, parts = problem.shared, problem.shared.parts
    kept = np.zeros(len(place.short), dtype=bool)
    kept[parts.kept] = True
    curvature = problem.base * shared.scale * place.slope
    left = np.where(kept, place.short, 0.0)
    led = parts.solve(left)
    found, along, height = np.zeros_like(led), led, float(left @ led)
    # As exact as the step after it can use: Newton's steps square the misfit, down to rounding.
    goal = height * min(0.1, max(place.misfit, 0.1 * ROUNDING / place.misfit)) ** 2
    for _ in range(INNER_STEPS):
        if height <= goal:
            break
        bent = np.where(kept, shared.across @ (curvature * (shared.x @ along)), 0.0)
        bend = float(along @ bent)
        # Units at their bounds do not move: where all that count in a control are there, go as the base weights lead.
        if bend <= 1e-12 * height:
            return found if found.any() else along
        length = height / bend
        found = found + length * along
        left = left - length * bent
        led = parts.solve(left)
        before, height = height, float(left @ led)
        along = led + height / before * along
    return found
