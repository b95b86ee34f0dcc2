"""Generalised variances beside the direct ones, as tables to look up, and as rows of the quality table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lfs.estimate.generalised import FEWEST, HELD, Floats, VarianceFunction, direct_errors, variance_function
from lfs.estimate.quality import Row
from lfs.metadata import Survey
from lfs.metadata.indicators import Indicator


def variance_rows(estimates: pd.DataFrame, survey: Survey) -> list[Row]:
    """Rows of the quality table: each declared function, how near it is to the direct errors, and its look-up tables.

    estimates: the finished table of one round. A group with fewer than five direct errors has one row, gvf_unfitted.
    A group of which no total is the numerator of a rate has no look-up table of rates.
    """
    declared = survey.config.generalised_variance
    if declared is None:
        return []
    rows: list[Row] = []
    for group, names in declared.groups.items():
        indicators = [name for name in names if name in survey.indicators]
        about: Row = {"variable": group, "detail": "+".join(names)}
        direct = direct_errors(estimates, indicators, declared.least_cases, declared.not_by)
        if len(direct) < FEWEST:
            rows.append(about | {"topic": "gvf_unfitted", "value": len(direct)})
            continue
        rates = _rates(estimates, indicators, survey.indicators)
        function, ratio = fitted_on_rates(
            variance_function(group, indicators, direct), estimates, rates, declared.least_cases, declared.not_by
        )
        figures = {name: getattr(function, name) for name in ("a", "b", "n", "held", "low", "median", "high")}
        if function.rate_b is not None:
            points = zip(("low", "median", "high"), np.quantile(ratio, (0.1, 0.5, 0.9)), strict=True)
            figures |= {"rate_b": function.rate_b, **{f"rate_{name}": point for name, point in points}}
        rows += [about | {"topic": f"gvf_{name}", "value": float(value)} for name, value in figures.items()]
        rows += _printed(function, declared.sizes, declared.rates if function.rate_b is not None else ())
    return rows


def fitted_on_rates(
    function: VarianceFunction,
    estimates: pd.DataFrame,
    bases: Mapping[str, str],
    least_cases: int = 10,
    not_by: Sequence[str] = (),
) -> tuple[VarianceFunction, Floats]:
    """The function with its b of rates, and modelled over direct standard errors of the rates it was fitted on.

    bases: as in `direct_and_modelled`. The b that solves sum((v - b k) / (b k)^2 k) = 0, v the direct variance of a
    rate and k = R (1 - R) / X, is the mean of v / k. Rates with fewer than `least_cases` cases, or others who are no
    cases, are left out; with fewer than five rates the function is as it was.
    """
    both = direct_and_modelled(estimates, function, bases)
    used = both["indicator"].isin(list(bases)) & both["ratio"].notna()
    used &= (both["n_cases"] >= least_cases) & (both["n"] - both["n_cases"] >= least_cases)
    for name in not_by:
        if name in both:
            used &= both[name] == "total"
    ratio = both.loc[used, "ratio"].to_numpy(np.float64)
    ratio = ratio[np.square(ratio) <= HELD * np.square(np.median(ratio))] if len(ratio) else ratio
    if len(ratio) < FEWEST:
        return function, ratio
    enlarged = float(np.mean(1 / np.square(ratio)))
    return replace(function, rate_b=function.b * enlarged), ratio * np.sqrt(enlarged)


def _rates(estimates: pd.DataFrame, group: Sequence[str], indicators: Mapping[str, Indicator]) -> dict[str, str]:
    """The rates whose numerator is one of the group's totals, and the total that is the denominator of each."""
    counted = {indicators[name].numerator for name in group}
    made = set(estimates["indicator"])
    sizes = {each.numerator: name for name, each in indicators.items() if each.kind == "total" and name in made}
    return {
        name: sizes[each.denominator]
        for name, each in indicators.items()
        if each.kind == "ratio" and each.numerator in counted and each.denominator in sizes
    }


def _printed(function: VarianceFunction, sizes: Sequence[float], rates: Sequence[float]) -> Iterator[Row]:
    """The look-up tables, without sizes outside those that the function was fitted on."""
    table = look_up_tables([function], sizes, rates)
    for size, rate, se in table[["size", "rate", "se"]].itertuples(index=False, name=None):
        parts = (size, size) if np.isnan(rate) else (size * rate, size * (1 - rate))
        if np.isnan(se) or min(parts) < function.smallest or parts[0] > function.largest:
            continue
        topic, category = ("gvf_se_total", f"{size:.0f}") if np.isnan(rate) else ("gvf_se_rate", f"{size:.0f}|{rate:g}")
        yield {"topic": topic, "variable": function.group, "category": category, "value": float(se)}


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
