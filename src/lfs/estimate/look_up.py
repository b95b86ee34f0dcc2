"""Generalised variances beside the direct ones, as tables to look up, and as rows of the quality table."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    groups = {group: [name for name in names if name in survey.indicators] for group, names in declared.groups.items()}
    bases = _bases({name for names in groups.values() for name in names}, survey.indicators)
    wanted = {*bases, *bases.values(), *(name for names in groups.values() for name in names)}
    # One frame of what is needed, since all else here is small and this runs for every round.
    chosen = estimates.iloc[:0]
    if wanted:
        held = estimates["indicator"].isin(list(wanted)) & (estimates["n_cases"] >= declared.least_cases)
        for name in declared.not_by:
            if name in estimates:
                held &= estimates[name] == "total"
        chosen = estimates[held]
    rates = _rates(chosen, bases, declared.least_cases) if len(chosen) else {}
    rows: list[Row] = []
    for group, indicators in groups.items():
        about: Row = {"variable": group, "detail": "+".join(declared.groups[group])}
        direct = direct_errors(chosen, indicators, declared.least_cases) if len(chosen) else chosen
        if len(direct) < FEWEST:
            rows.append(about | {"topic": "gvf_unfitted", "value": len(direct)})
            continue
        counted = {survey.indicators[name].numerator for name in indicators}
        own = [rates[name] for name in rates if survey.indicators[name].numerator in counted]
        function, ratio = fitted_on_rates(
            variance_function(group, indicators, direct), np.concatenate([np.empty((0, 3)), *own])
        )
        figures = {name: getattr(function, name) for name in ("a", "b", "n", "held", "low", "median", "high")}
        if function.rate_b is not None:
            points = zip(("low", "median", "high"), np.quantile(ratio, (0.1, 0.5, 0.9)), strict=True)
            figures |= {"rate_b": function.rate_b, **{f"rate_{name}": point for name, point in points}}
        rows += [about | {"topic": f"gvf_{name}", "value": float(value)} for name, value in figures.items()]
        rows += _printed(function, declared.sizes, declared.rates if function.rate_b is not None else ())
    return rows


def fitted_on_rates(function: VarianceFunction, rates: Floats) -> tuple[VarianceFunction, Floats]:
    """The function with its b of rates, and modelled over direct standard errors of the rates it was fitted on.

    rates: (rates, 3) value R, standard error and base X of each. The b that solves sum((v - b k) / (b k)^2 k) = 0, v
    the direct variance and k = R (1 - R) / X, is the mean of v / k. Rates whose variance is below a ninth of the
    middle one are left out, as controls hold them; with fewer than five rates the function is as it was.
    """
    value, se, base = rates.T
    ratio = np.square(se) * base / (value * (1 - value))
    ratio = ratio[ratio * HELD >= np.median(ratio)] if len(ratio) else ratio
    if len(ratio) < FEWEST:
        return function, np.empty(0)
    b = float(np.mean(ratio))
    return replace(function, rate_b=b), np.sqrt(b / ratio)


def _bases(group: Collection[str], indicators: Mapping[str, Indicator]) -> dict[str, str]:
    """The rates whose numerator is one of these totals, and the total that is the denominator of each."""
    counted = {indicators[name].numerator for name in group}
    sizes = {each.numerator: name for name, each in indicators.items() if each.kind == "total"}
    return {
        name: sizes[each.denominator]
        for name, each in indicators.items()
        if each.kind == "ratio" and each.numerator in counted and each.denominator in sizes
    }


def _rates(estimates: pd.DataFrame, bases: Mapping[str, str], least_cases: int) -> dict[str, Floats]:
    """(rates, 3) value, standard error and base of every usable estimate of each rate."""
    place = list(estimates.columns)
    keys = [name for name in place[: place.index("value")] if name not in ("round", "indicator")]
    cell = estimates.groupby(keys, sort=False).ngroup()
    columns = (estimates[name].to_numpy(np.float64) for name in ("value", "se", "n", "n_cases"))
    rows = list(zip(estimates["indicator"], cell, *columns, strict=True))
    sizes = {(indicator, cell): value for indicator, cell, value, *_ in rows}
    return {
        rate: np.array(
            [
                (value, se, sizes[base, cell])
                for indicator, cell, value, se, n, n_cases in rows
                if indicator == rate and (base, cell) in sizes and 0 < value < 1 and se > 0
                if n - n_cases >= least_cases
            ]
        ).reshape(-1, 3)
        for rate, base in bases.items()
    }


def _printed(function: VarianceFunction, sizes: Sequence[float], rates: Sequence[float]) -> Iterator[Row]:
    """The look-up tables, without sizes outside those that the function was fitted on."""
    known = np.asarray(sizes, dtype=np.float64)
    for size, se in zip(known, function.se_of_total(known), strict=True):
        if np.isfinite(se) and function.smallest <= size <= function.largest:
            yield {"topic": "gvf_se_total", "variable": function.group, "category": f"{size:.0f}", "value": float(se)}
    for rate in rates:
        parts = (known * rate, known * (1 - rate))
        inside = (np.minimum(*parts) >= function.smallest) & (parts[0] <= function.largest)
        errors = function.se_of_rate(np.full(len(known), rate), known)
        about = {"topic": "gvf_se_rate", "variable": function.group}
        for size, se in zip(known[inside], errors[inside], strict=True):
            yield about | {"category": f"{size:.0f}|{rate:g}", "value": float(se)}


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
