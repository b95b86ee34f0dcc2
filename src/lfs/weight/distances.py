"""How far a calibrated weight may go from its base: the distance functions of Deville and Saerndal (1992, section 2).

Each gives, for the linear predictor u = q x'lambda of every unit, the ratio of weights F(u), its slope F'(u), and the
integral of F from 0 to u, which is what the solver makes smallest. Bounds are numbers or one number a unit.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Bound = float | Floats
Distance = Callable[[Floats, Bound, Bound], tuple[Floats, Floats, Floats]]


def linear(u: Floats, lower: Bound, upper: Bound) -> tuple[Floats, Floats, Floats]:
    """F(u) = 1 + u, cut at the bounds (their case 1 without bounds: the regression estimator; case 7 with them)."""
    if np.ndim(lower) == np.ndim(upper) == 0 and lower == -np.inf and upper == np.inf:
        return 1 + u, np.ones_like(u), u + u**2 / 2
    ratio = np.clip(1 + u, lower, upper)
    inside = ratio - 1
    slope = ((1 + u >= lower) & (1 + u <= upper)).astype(np.float64)
    return ratio, slope, inside + inside**2 / 2 + ratio * (u - inside)


def raking(u: Floats, lower: Bound, upper: Bound) -> tuple[Floats, Floats, Floats]:
    """F(u) = exp(u) (case 2: what iterative proportional fitting arrives at), cut at the bounds where there are any."""
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        if np.ndim(lower) == np.ndim(upper) == 0 and lower <= 0 and upper == np.inf:
            ratio = np.exp(u)
            return ratio, ratio, ratio - 1
        low, high = np.log(np.maximum(lower, 0.0)), np.log(upper)
        inside = np.clip(u, low, high)
        ratio = np.exp(inside)
        beyond = np.where(u == inside, 0.0, ratio * (u - inside))
        return ratio, np.where(u == inside, ratio, 0.0), ratio - 1 + beyond


def logit(u: Floats, lower: Bound, upper: Bound) -> tuple[Floats, Floats, Floats]:
    """F(u) = (L (U-1) + U (1-L) exp(Au)) / (U-1 + (1-L) exp(Au)), A = (U-L) / ((1-L) (U-1)), L < 1 < U (case 6)."""
    steepness = (upper - lower) / ((1 - lower) * (upper - 1))
    start = np.log((1 - lower) / (upper - 1))
    share = expit(steepness * u + start)
    ratio = lower + (upper - lower) * share
    area = np.logaddexp(0, steepness * u + start) - np.logaddexp(0, start)
    slope = (upper - lower) * steepness * share * expit(-steepness * u - start)
    return ratio, slope, lower * u + (upper - lower) / steepness * area


DISTANCES: dict[str, Distance] = {
    "linear": linear,
    "truncated_linear": linear,
    "raking": raking,
    "logit": logit,
}
