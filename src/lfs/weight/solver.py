"""The calibration equations sum over units of d F(q x'lambda) x = totals, solved by Newton's method.

The solution is where a convex function of lambda is smallest (Deville and Saerndal 1992, section 3), so that every step
can be held to go down, whatever the distance and the bounds. Controls that repeat others are set aside first: margins
that overlap share totals, and any of the equivalent solutions gives the same weights. Each step's equations are solved
by conjugate gradients (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithm 7.1), led by the
decomposition of the base weights' X'DX, which is made once, and serves replicates too; where too many units are at
their bounds for that, by the decomposition of the step's own X'WX, damped (Levenberg 1944; Marquardt 1963).
"""

from dataclasses import dataclass, replace

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
MOST_DAMPED = 1e6
SHORTEST = 1e-4  # of the way from the base weights' totals to those wanted


@dataclass(frozen=True)
class Solution:
    """ratio: (units,) weights over base weights; misfit: the largest relative distance from a total; steps taken;
    multiplier: (controls,) lambda."""

    ratio: Floats
    misfit: float
    steps: int
    multiplier: Floats

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
    return Equations(x, across, scale, decompose(_products(x, across, base * scale)))


def _products(x: sparse.csr_array, across: sparse.csr_array, weight: Floats) -> Floats:
    """(controls, controls) X'WX."""
    weighted = sparse.csr_array((x.data * np.repeat(weight, np.diff(x.indptr)), x.indices, x.indptr), x.shape)
    return np.asarray((across @ weighted).toarray())


def solve(shared: Equations, base: Floats, totals: Floats, distance: Distance, lower: Bound, upper: Bound) -> Solution:
    """Ratios of weights with which the totals of x are `totals`, as near to the base weights as `distance` measures.

    Where no ratios within the bounds can do it the misfit says by how much, and `found` is false.
    """
    return _newton(_Problem(shared, base, totals, distance, lower, upper), np.zeros(len(totals)))


def approach(
    shared: Equations, base: Floats, totals: Floats, distance: Distance, lower: Bound, upper: Bound
) -> Solution:
    """The same, by totals that go step by step from those of the base weights to those wanted, where there is a way.

    For totals so near to what the bounds allow that Newton's method loses its way from afar: what lies between two
    totals that weights within the bounds can meet can be met too (Allgower and Georg, Numerical Continuation, 1990).
    """
    begin = shared.across @ base
    problem = _Problem(shared, base, totals, distance, lower, upper)
    reached, stride = 0.0, 0.5
    place = solution = _newton(replace(problem, totals=begin), np.zeros(len(totals)))
    while reached < 1 and stride > SHORTEST:
        aim = min(1.0, reached + stride)
        solution = _newton(replace(problem, totals=begin + aim * (totals - begin)), place.multiplier)
        if solution.found:
            place, reached, stride = solution, aim, 2 * stride
        else:
            stride /= 4
    return solution if reached == 1 else replace(solution, misfit=max(solution.misfit, 2 * TOLERANCE))


def _newton(problem: "_Problem", start: Floats) -> Solution:
    base, shared = problem.base, problem.shared
    counted = shared.across if shared.across.data.min(initial=0.0) >= 0 else abs(shared.across)
    size = np.maximum(np.abs(problem.totals), counted @ base)
    size[size == 0] = 1.0
    place = best = _Place(start, problem, size)
    steps, marked, damping = 0, np.inf, 0.0
    while best.misfit > ROUNDING and steps < STEPS:
        if steps % PATIENCE == 0:
            if best.misfit > 0.9 * marked:
                break
            marked = best.misfit
        following, length = _step(place, problem, size, damping)
        steps += 1
        if best.misfit <= TOLERANCE and (following is None or following.misfit >= best.misfit):
            break
        if following is None and damping > MOST_DAMPED:
            break
        # Units at their bounds leave no curvature: where a step had to be cut, the next is held nearer to here.
        damping = max(10 * damping, 1e-3) if following is None or length < 0.1 else damping / 10 * (damping > 1e-8)
        place = following or place
        best = place if place.misfit < best.misfit else best
    return Solution(np.clip(best.ratio, problem.lower, problem.upper), best.misfit, steps, best.multiplier)


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


def _step(place: _Place, problem: _Problem, size: Floats, damping: float) -> tuple[_Place | None, float]:
    """Where Newton's method goes next, halving the step until it goes down; None where it cannot."""
    # Where no weights will do, multipliers grow without bound until the steps are given up.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        direction = _direction(place, problem, damping)
    descent = float(place.short @ direction)
    length = 1.0
    for _ in range(HALVINGS):
        following = _Place(place.multiplier + length * direction, problem, size)
        if np.isfinite(following.height) and _lower(following, place, length * descent, direction, descent):
            return following, length
        length /= 2
    return None, length


def _lower(following: _Place, place: _Place, expected: float, direction: Floats, descent: float) -> bool:
    if following.height <= place.height - 1e-4 * expected:
        return True
    # Near the end, and where totals differ by orders of magnitude, the height no longer changes in its last digits;
    # then coming nearer to the totals decides, or how steep it still is along the way.
    level = following.height <= place.height + 1e-13 * abs(place.height)
    return following.misfit < 0.9 * place.misfit or (level and abs(float(following.short @ direction)) < 0.5 * descent)


def _direction(place: _Place, problem: _Problem, damping: float) -> Floats:
    """Solution of the Newton equations, the more exact the nearer the end; zero for controls that repeat others."""
    shared, parts = problem.shared, problem.shared.parts
    kept = np.zeros(len(place.short), dtype=bool)
    kept[parts.kept] = True
    curvature = problem.base * shared.scale * (place.slope + damping)
    left = np.where(kept, place.short, 0.0)
    led = parts.solve(left)
    found, along, height = np.zeros_like(led), led, float(left @ led)
    # As exact as the step after it can use: Newton's steps square the misfit, down to rounding.
    goal = height * min(0.1, max(place.misfit, 0.1 * ROUNDING / place.misfit)) ** 2
    for _ in range(INNER_STEPS):
        if height <= goal:
            return found
        bent = np.where(kept, shared.across @ (curvature * (shared.x @ along)), 0.0)
        bend = float(along @ bent)
        if bend <= 1e-12 * height:
            break
        length = height / bend
        found = found + length * along
        left = left - length * bent
        led = parts.solve(left)
        before, height = height, float(left @ led)
        along = led + height / before * along
    # Units at their bounds do not move, and where most are there the base weights lead nowhere.
    exact = decompose(_products(shared.x, shared.across, curvature)).solve(np.where(kept, place.short, 0.0))
    return exact if place.short @ exact > 0 else parts.solve(np.where(kept, place.short, 0.0))
