"""Generalised variance functions: approximate errors of any total or rate, for users without the design file.

The relative variance of a total Y falls with its size (Wolter, Introduction to Variance Estimation, 2007, ch. 7):

    cv^2 = a + b / Y

fitted over the direct errors of a group of indicators that cluster alike. The relative variance of a rate R = Y / X is
then that of Y less that of X, so that its variance is b / X times R (1 - R).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
FEWEST = 5
STEPS, CLOSE = 200, 1e-12


@dataclass(frozen=True)
class VarianceFunction:
    """cv^2 = a + b / Y of the indicators of one group, and what it was fitted on.

    n: direct errors fitted on; median, low, high: of modelled over direct standard errors, the 10% and 90% points.
    """

    group: str
    indicators: tuple[str, ...]
    a: float
    b: float
    n: int
    median: float
    low: float
    high: float

    def se_of_total(self, total: Floats) -> Floats:
        """Standard errors of totals; not a number where the function is not above zero."""
        totals = np.where(np.asarray(total) > 0, total, np.nan)
        relative = self.a + self.b / totals
        return totals * np.sqrt(np.where(relative > 0, relative, np.nan))

    def se_of_rate(self, rate: Floats, base: Floats) -> Floats:
        """Standard errors of rates out of a base: the weighted total of the denominator."""
        rates = np.asarray(rate, dtype=np.float64)
        bases = np.where(np.asarray(base) > 0, base, np.nan)
        return np.sqrt(np.where(self.b > 0, self.b, np.nan) / bases * rates * (1 - rates))


def variance_functions(
    estimates: pd.DataFrame, groups: Mapping[str, Sequence[str]], least_cases: int = 10
) -> list[VarianceFunction]:
    """One function for each group of indicators that are totals, fitted on the estimates of one round.

    estimates: the estimates table; groups: indicators of each group; least_cases: fewer n_cases leave a cell out.
    Raises SurveyError for a group with fewer than five direct errors to fit on.
    """
    # ASSUME a direct error that rests on few cases is too unsure to fit a generalised variance function on.
    usable = (estimates["se"] > 0) & (estimates["value"] > 0) & (estimates["n_cases"] >= least_cases)
    functions = []
    for group, indicators in groups.items():
        rows = estimates[usable & estimates["indicator"].isin(indicators)]
        rows = rows.drop_duplicates(["standard", "indicator", "value", "se"])
        if len(rows) < FEWEST:
            raise SurveyError(
                f"generalised variance of '{group}': {len(rows)} direct errors of {', '.join(indicators)} rest on "
                f"{least_cases} cases or more; {FEWEST} are needed"
            )
        value, se = rows["value"].to_numpy(np.float64), rows["se"].to_numpy(np.float64)
        a, b = _fit(1 / value, np.square(se / value))
        blank = VarianceFunction(group, tuple(indicators), a, b, len(rows), np.nan, np.nan, np.nan)
        ratio = blank.se_of_total(value) / se
        low, median, high = np.nanquantile(ratio, (0.1, 0.5, 0.9))
        functions.append(VarianceFunction(group, tuple(indicators), a, b, len(rows), median, low, high))
    return functions


def direct_and_modelled(
    estimates: pd.DataFrame, function: VarianceFunction, bases: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Each total of the group and each rate of `bases` with its direct and its modelled standard error.

    bases: indicator that is a rate: indicator that counts its denominator. Adds `modelled` and `ratio` (modelled over
    direct) to rows of the estimates table.
    """
    totals = estimates[estimates["indicator"].isin(function.indicators)]
    parts = [totals.assign(modelled=function.se_of_total(totals["value"].to_numpy(np.float64)))]
    place = list(estimates.columns)
    keys = [name for name in place[: place.index("value")] if name != "indicator"]
    for rate, base in (bases or {}).items():
        rates = estimates[estimates["indicator"] == rate]
        sizes = estimates.loc[estimates["indicator"] == base, [*keys, "value"]].rename(columns={"value": "base"})
        both = rates.merge(sizes, on=keys, how="left", validate="one_to_one")
        modelled = function.se_of_rate(both["value"].to_numpy(np.float64), both["base"].to_numpy(np.float64))
        parts.append(both.drop(columns="base").assign(modelled=modelled))
    joined = pd.concat(parts, ignore_index=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return joined.assign(ratio=np.where(joined["se"] > 0, joined["modelled"] / joined["se"], np.nan))


def look_up_tables(
    functions: Sequence[VarianceFunction], sizes: Sequence[float], rates: Sequence[float] = (0.01, 0.05, 0.1, 0.25, 0.5)
) -> pd.DataFrame:
    """Approximate standard errors to print: of totals of these sizes, and of these rates out of such bases.

    One row a group, size and rate; rate is empty for totals, whose se is in persons; those of rates are fractions.
    """
    parts = []
    for function in functions:
        known = np.asarray(sizes, dtype=np.float64)
        se = function.se_of_total(known)
        parts.append(pd.DataFrame({"group": function.group, "size": known, "rate": np.nan, "se": se, "cv": se / known}))
        for rate in rates:
            error = function.se_of_rate(np.full(len(known), rate), known)
            parts.append(
                pd.DataFrame({"group": function.group, "size": known, "rate": rate, "se": error, "cv": error / rate})
            )
    return pd.concat(parts, ignore_index=True)


def function_table(functions: Sequence[VarianceFunction]) -> pd.DataFrame:
    """One row a group: its indicators, a, b, on how many direct errors, and modelled over direct errors."""
    return pd.DataFrame([vars(each) | {"indicators": "+".join(each.indicators)} for each in functions])


def _fit(inverse: Floats, relative: Floats) -> tuple[float, float]:
    """a and b that make the squares of (cv^2 - a - b / Y) / (a + b / Y) small, by weights made anew until they stay."""
    x = np.column_stack([np.ones(len(inverse)), inverse])
    weight = 1 / relative
    found: Floats = np.zeros(2)
    for _ in range(STEPS):
        before = found
        found = np.asarray(np.linalg.lstsq(x * weight[:, None], relative * weight, rcond=None)[0], dtype=np.float64)
        if np.allclose(found, before, rtol=CLOSE, atol=0):
            break
        modelled = x @ found
        weight = 1 / np.maximum(modelled, relative.min() / 10)
    return float(found[0]), float(found[1])
