"""Confidence limits, by the kind of the estimate, always with Student's t and the domain's own degrees of freedom.

Proportions: logit limits, t-quantile on the logit scale (R survey: svyciprop(method = "logit")); near 0 and 1 the
limits of Korn and Graubard (Survey Methodology 24 (1998), 193-201; R: svyciprop(method = "beta")). Totals and other
ratios: normal limits, or on the logarithmic scale where the normal lower limit would be below zero.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from lfs.estimate.variance import Figures

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

METHODS = ("logit", "korn_graubard", "normal", "log", "none", "wilson")
REFUSED = "none"
Proportions = Literal["logit", "wilson"]
WIDEST = 10.0
"""Logarithmic limits reach at most from a tenth of the estimate to ten times it."""


def limits(
    found: Figures,
    is_proportion: Booleans,
    confidence: float,
    near_0_or_1: float,
    proportions: Proportions = "logit",
    signed: bool = False,
) -> tuple[NDArray[np.int8], Floats, Floats]:
    """Number of the method in METHODS, lower and upper limit; no limits where the degrees of freedom are none.

    proportions: "logit", or "wilson", the limits of proportions that are not near 0 or 1; signed: the estimates may be
    below zero (differences), so that their limits are normal ones.
    Limits are refused too where the standard error is zero (or unknown), unless the value is a proportion of 0 or 1,
    and where logarithmic ones would be wider than from a tenth of the value to ten times it.
    """
    value, se, df, n = found.value, found.se, found.df, found.n
    t = quantile_of_t(confidence, df)
    proportion = np.broadcast_to(is_proportion[:, None], value.shape)
    boundary = proportion & ((value == 0) | (value == 1))
    # ASSUME a proportion below interval.near_0_or_1, or above one minus it, has Korn-Graubard limits, others have logit
    # limits; a proportion of exactly 0 or 1 has Korn-Graubard limits too, never limits of zero width.
    near = proportion & ((value < near_0_or_1) | (value > 1 - near_0_or_1) | boundary)
    # ASSUME a total or a ratio that is no proportion has limits on the logarithmic scale where the normal limits would
    # include negative values.
    crosses = ~proportion & (value - t * se <= 0) & (not signed)
    # ASSUME a total, or a ratio that is no proportion, whose logarithmic limits would lie below a tenth of it and above
    # ten times it has no limits: with one degree of freedom they would reach beyond the population of the country.
    useless = crosses & (t * se > np.log(WIDEST) * value)
    possible = (df >= 1) & np.isfinite(value) & ((se > 0) | boundary) & ~useless
    logit_or_wilson = METHODS.index(proportions)
    method = np.select([~possible, near, proportion, crosses], [4, 1, logit_or_wilson, 3], default=2).astype(np.int8)
    lower, upper = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    for number, pair in enumerate((logit, None, normal, log, None, wilson)):
        here = method == number
        if number == 1:
            lower[here], upper[here] = korn_graubard(value[here], se[here], df[here], n[here], confidence)
        elif pair is not None:
            lower[here], upper[here] = pair(value[here], se[here], t[here])
    method[np.isnan(lower)] = METHODS.index(REFUSED)
    return method, lower, upper


def refusals(found: Figures, refused: Booleans) -> NDArray[np.str_]:
    """Why each estimate without limits has none: no_figure, no_df, no_variance or too_wide; empty for the others."""
    nothing, unknown = ~np.isfinite(found.value), ~(found.se > 0)
    why = np.select([nothing, found.df < 1, unknown], ["no_figure", "no_df", "no_variance"], default="too_wide")
    return np.where(refused, why, "")


def quantile_of_t(confidence: float, df: NDArray[np.int64]) -> Floats:
    """Two-sided quantile of Student's t; not a number where there are no degrees of freedom."""
    distinct, which = np.unique(df, return_inverse=True)
    known = np.where(distinct >= 1, distinct, np.nan).astype(np.float64)
    return special.stdtrit(known, 0.5 + confidence / 2)[which.reshape(df.shape)]


def logit(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """expit(logit(p) -+ t se / (p (1 - p)))."""
    centre, half = special.logit(value), t * se / (value * (1 - value))
    return special.expit(centre - half), special.expit(centre + half)


def wilson(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """Roots of (p - P)^2 = t^2 P (1 - P) / m at the effective sample size m = p (1 - p) / v (Wilson, JASA 22 (1927)).

    The t of the design's degrees of freedom is all that is taken off for them. svy reduces m for them besides, as in
    Korn-Graubard limits, where a binomial quantile stands in the place of t; with t itself that counts them twice.
    R survey 4.1 has no such limits.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = value * (1 - value) / np.square(se)
        weight = np.square(t) / effective
        centre = (value + weight / 2) / (1 + weight)
        half = np.sqrt(weight * value * (1 - value) + np.square(weight) / 4) / (1 + weight)
    return centre - half, centre + half


def korn_graubard(
    value: Floats, se: Floats, df: NDArray[np.int64], n: NDArray[np.int64], confidence: float
) -> tuple[Floats, Floats]:
    """Clopper-Pearson limits at the effective sample size p (1 - p) / v, times (t with n - 1 / t with df) squared."""
    # ASSUME at a proportion of 0 or 1, where no design effect can be seen, the effective sample size is the number of
    # respondents reduced for the degrees of freedom (R's svyciprop gives no limits there).
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(se > 0, value * (1 - value) / np.square(se), n)
    effective = effective * np.square(quantile_of_t(confidence, n - 1) / quantile_of_t(confidence, df))
    low, high = (1 - confidence) / 2, (1 + confidence) / 2
    some, others = effective * value, effective * (1 - value)
    with np.errstate(invalid="ignore"):
        lower = np.where(some > 0, special.betaincinv(np.where(some > 0, some, 1), others + 1, low), 0.0)
        upper = np.where(others > 0, special.betaincinv(some + 1, np.where(others > 0, others, 1), high), 1.0)
    unknown = ~np.isfinite(effective)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def normal(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """value -+ t se."""
    return value - t * se, value + t * se


def log(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """value exp(-+ t se / value)."""
    half = t * se / value
    return value * np.exp(-half), value * np.exp(half)
