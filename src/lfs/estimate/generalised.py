"""Generalised variance functions: approximate errors of any total or rate, for users without the design file.

The relative variance of a total Y falls with its size (Wolter, Introduction to Variance Estimation, 2007, ch. 7):

    cv^2 = a + b / Y

fitted over the direct errors of a group of indicators that cluster alike. The relative variance of a rate R = Y / X is
then that of Y less that of X, so that its variance is b / X times R (1 - R). With calibrated weights that does not hold
well, as the controls explain more of a large Y than of a small one; b is then better fitted on rates themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
FEWEST = 5
STEPS, CLOSE = 500, 1e-12
HELD = 9.0
"""A direct variance so many times below the modelled one is that of a total which the controls hold."""


@dataclass(frozen=True)
class VarianceFunction:
    """cv^2 = a + b / Y of the indicators of one group, and what it was fitted on.

    n: direct errors fitted on; median, low, high: of modelled over direct standard errors, the 10% and 90% points.
    smallest, largest: totals between which it was fitted; held: direct errors left out since controls hold the total.
    rate_b: the b of rates, where it was fitted on rates themselves; else theirs is that of totals.
    """

    group: str
    indicators: tuple[str, ...]
    a: float
    b: float
    n: int
    median: float
    low: float
    high: float
    smallest: float
    largest: float
    held: int
    rate_b: float | None = None

    def se_of_total(self, total: Floats) -> Floats:
        """Standard errors of totals; not a number where the function is not above zero."""
        totals = np.where(np.asarray(total) > 0, total, np.nan)
        relative = self.a + self.b / totals
        return totals * np.sqrt(np.where(relative > 0, relative, np.nan))

    def se_of_rate(self, rate: Floats, base: Floats) -> Floats:
        """Standard errors of rates out of a base: the weighted total of the denominator."""
        rates = np.asarray(rate, dtype=np.float64)
        bases = np.where(np.asarray(base) > 0, base, np.nan)
        spread = np.where((rates >= 0) & (rates <= 1), rates * (1 - rates), np.nan)
        b = self.b if self.rate_b is None else self.rate_b
        return np.sqrt(np.where(b > 0, b, np.nan) / bases * spread)


def variance_functions(
    estimates: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    least_cases: int = 10,
    not_by: Collection[str] = (),
) -> list[VarianceFunction]:
    """One function for each group of indicators that are totals, fitted on the estimates of one round.

    estimates: the estimates table; groups: indicators of each group; least_cases: fewer n_cases leave a cell out, as
    does a category of a variable named in `not_by`.
    Raises SurveyError for a group with fewer than five direct errors to fit on.
    """
    functions = []
    for group, indicators in groups.items():
        rows = direct_errors(estimates, indicators, least_cases, not_by)
        if len(rows) < FEWEST:
            raise SurveyError(
                f"generalised variance of '{group}': {len(rows)} direct errors of {', '.join(indicators)} rest on "
                f"{least_cases} cases or more; {FEWEST} are needed"
            )
        functions.append(variance_function(group, indicators, rows))
    return functions


def direct_errors(
    estimates: pd.DataFrame, indicators: Sequence[str], least_cases: int = 10, not_by: Collection[str] = ()
) -> pd.DataFrame:
    """The rows of the estimates table that a function of these indicators is fitted on, each total once."""
    # ASSUME a direct error that rests on few cases, or on few who are no cases, is too unsure to fit a generalised
    # variance function on; such figures may be withheld too, and then a function that shows how few it was fitted on
    # must not tell them.
    usable = (estimates["se"] > 0) & (estimates["value"] > 0) & (estimates["n_cases"] >= least_cases)
    if "n" in estimates:
        others = estimates["n"] - estimates["n_cases"]
        usable &= (others == 0) | (others >= least_cases)
    if "deff" in estimates:
        # Who counts a whole domain has no design effect: its size is a population total, which follows other laws.
        usable &= estimates["deff"].notna()
    for name in not_by:
        if name in estimates:
            usable &= estimates[name] == "total"
    rows = estimates[usable & estimates["indicator"].isin(list(indicators))]
    # The same total in two breakdowns may differ in its last bit, as it was added up in another order.
    same = rows[["standard", "indicator"]].assign(**{name: np.log(rows[name]).round(9) for name in ("value", "se")})
    return rows[~same.duplicated()]


def variance_function(group: str, indicators: Sequence[str], rows: pd.DataFrame) -> VarianceFunction:
    """The function of one group from its direct errors, those of totals held by controls left out."""
    # ASSUME a total whose direct variance is less than a ninth of the modelled one is held by the controls that the
    # weights were calibrated to, and says nothing about the errors of other totals.
    value, se = rows["value"].to_numpy(np.float64), rows["se"].to_numpy(np.float64)
    relative = np.square(se / value)
    kept = np.ones(len(value), dtype=bool)
    while True:
        a, b = _fit(1 / value[kept], relative[kept])
        free = kept & (relative * HELD >= a + b / value)
        if free.sum() in (kept.sum(), *range(FEWEST)):
            break
        kept = free
    found = (group, tuple(indicators), a, b, int(kept.sum()))
    span = (float(value[kept].min()), float(value[kept].max()), int((~kept).sum()))
    ratio = VarianceFunction(*found, np.nan, np.nan, np.nan, *span).se_of_total(value[kept]) / se[kept]
    low, median, high = (float(point) for point in np.nanquantile(ratio, (0.1, 0.5, 0.9)))
    return VarianceFunction(*found, median, low, high, *span)


def _fit(inverse: Floats, relative: Floats) -> tuple[float, float]:
    """a and b that solve sum((cv^2 - m) / m^2 (1, 1 / Y)) = 0 with m = a + b / Y, which stays above zero throughout.

    These are the equations of a gamma model with identity link, as estimated variances are chi-square and their
    spread is proportional to their mean. The first m is b / Y by the median, so that no single error can lead astray.
    """
    scale = float(np.median(relative / inverse))
    x = np.column_stack([np.ones(len(inverse)), inverse * scale])
    found = np.array([0.0, 1.0])
    for _ in range(STEPS):
        modelled = x @ found
        change = np.linalg.lstsq(x / modelled[:, None], relative / modelled, rcond=None)[0] - found
        while (x @ (found + change) < modelled / 100).any():
            change /= 2
        found = found + change
        if np.allclose(x @ found, modelled, rtol=CLOSE, atol=0):
            break
    return float(found[0]), float(found[1] * scale)
