"""The estimate step against R survey and svy: five rates by their breakdowns, on the same rows, in one run.

`compare` takes the weights as they are, `compare_calibrated` has errors that know how the weights were made. Each
begins with the people in its memory (pandas, data.frame, polars; text columns as text) and ends with its figures;
declaring the design and coding the cells count. Nothing runs beside anything else.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import polars as pl
import svy

from benchmarks.frame import CalibratedPeople, calibrated_people, few_rates, for_whole_plan, random_people
from lfs.decomposition import decompose
from lfs.estimate import estimate
from lfs.metadata import Survey

HERE = Path(__file__).parent
REPEATS = 15
# With calibrated weights svy and R take seconds for each estimate, and the whole set more than an hour.
CALIBRATED_BY_PEERS = ("total", "sex", "region")


def compare(survey: Survey, households: int) -> dict:
    """Seconds of each, their ratios to ours, and the largest relative differences of what they give."""
    whole = survey
    survey = few_rates(survey)
    rates = survey.indicators
    people = random_people(survey, households)
    seconds, estimates = _best(lambda: estimate(people, survey)[0], REPEATS)
    keys = ["indicator", "breakdown", *survey.breakdown_variables]
    ours = estimates[estimates["n"] > 0].set_index(keys).sort_index()
    svy_seconds, by_svy = with_svy(people, survey)
    by_r = with_r(people, survey)
    svy_difference = _differences(ours, by_svy.set_index(keys).sort_index())
    r_difference = _differences(ours, by_r["estimates"].set_index(keys).sort_index())
    return {
        "persons": len(people),
        "breakdowns": len(survey.breakdowns),
        "rates": len(rates),
        "estimates": len(ours),
        "seconds": seconds,
        "svy_seconds": svy_seconds,
        "r_seconds": by_r["svyby_seconds"],
        "r_matrix_seconds": by_r["matrix_seconds"],
        "ratio_to_svy": svy_seconds / seconds,
        "ratio_to_r": by_r["svyby_seconds"] / seconds,
        "ratio_to_r_matrix": by_r["matrix_seconds"] / seconds,
        "max_rel_se_difference": max(svy_difference["se"], r_difference["se"]),
        "max_rel_difference_svy": svy_difference,
        "max_rel_difference_r": r_difference,
        "whole_plan": _whole_plan(whole, households),
        "what": {
            "whole_plan": "ours alone: estimate() of every indicator of every kind by its breakdowns, once",
            "ours": "estimate(): value, se, limits, cv, deff, df, n, n_cases, flags and the quality table",
            "svy": "prop(y, by, where=denominator, deff='wr', ci_method='logit'): value, se, limits, cv, deff, df, n",
            "r": "svyby(~y, ~by, subset(design, denominator), svyratio, deff='replace'): value, se, deff only",
            "r_matrix": "one svyrecvar() of all rates' and cells' scores per breakdown: value and se only",
            "r_limits": f"not timed: degf(subset()) in all cells, svyciprop in those of {by_r['limits_of']}",
        },
    }


def _whole_plan(survey: Survey, households: int) -> dict:
    """Seconds of every indicator by its breakdowns; no peer has all of these kinds."""
    people = for_whole_plan(random_people(survey, households), survey)
    seconds, estimates = _best(lambda: estimate(people, survey)[0], 1)
    return {"indicators": estimates["indicator"].nunique(), "estimates": len(estimates), "seconds": seconds}


def compare_calibrated(survey: Survey, households: int) -> dict:
    """The same with calibrated weights, one a household, and residuals on about 120 controls in every error.

    What the variance needs of a calibration (its cross-products and their decomposition) is made anew in every run of
    ours. svy and R make the estimates of a declared few breakdowns; their ratios are those of the time for one. The
    time of svy for the whole set as if the weights were not calibrated stands beside.
    """
    survey = few_rates(survey)
    made = calibrated_people(random_people(survey, households))
    people, calibration = made.people, made.calibration
    seconds, estimates = _best(lambda: estimate(people, survey, replace(calibration))[0], REPEATS)
    keys = ["indicator", "breakdown", *survey.breakdown_variables]
    ours = estimates[estimates["n"] > 0].set_index(keys).sort_index()
    plain = estimate(people, survey)[0]
    plain = plain[plain["n"] > 0].set_index(keys).sort_index()
    fewer = replace(
        survey, breakdowns=MappingProxyType({name: survey.breakdowns[name] for name in CALIBRATED_BY_PEERS})
    )
    some = ours[ours.index.get_level_values("breakdown").isin(CALIBRATED_BY_PEERS)]
    uncalibrated_seconds, _ = with_svy(people, survey)
    svy_seconds, by_svy = with_svy(people, fewer, made)
    by_r = with_r_calibrated(made, fewer)
    svy_difference = _differences(some, _indexed(by_svy, keys))
    r_difference = _differences(some, _indexed(by_r["estimates"], keys))
    each = seconds / len(ours)
    return {
        "persons": len(people),
        "breakdowns": len(survey.breakdowns),
        "rates": len(survey.indicators),
        "controls": len(calibration.controls),
        "estimates": len(ours),
        "seconds": seconds,
        "peers_estimates": len(some),
        "svy_seconds": svy_seconds,
        "svy_uncalibrated_seconds": uncalibrated_seconds,
        "r_seconds": by_r["svyby_seconds"],
        "r_calibrate_seconds": by_r["calibrate_seconds"],
        "ratio_to_svy": svy_seconds / len(some) / each,
        "ratio_to_svy_uncalibrated": uncalibrated_seconds / seconds,
        "ratio_to_r": by_r["svyby_seconds"] / len(some) / each,
        "max_rel_se_difference": max(svy_difference["se"], r_difference["se"]),
        "max_rel_difference_svy": svy_difference,
        "max_rel_difference_r": r_difference,
        "median_se_over_uncalibrated": float((ours["se"] / plain["se"]).median()),
        "what": {
            "ours": "estimate(people, survey, calibration), all figures, with the residuals' regression made anew",
            "svy": f"calibrate_matrix() of household means, not timed; then prop() by {'+'.join(CALIBRATED_BY_PEERS)}",
            "svy_uncalibrated": "prop() of the whole set with the same weights, its errors ignoring the calibration",
            "r": f"calibrate(aggregate.stage = 2), not timed; then svyby(svyratio) by {'+'.join(CALIBRATED_BY_PEERS)}",
            "ratio_to_svy, ratio_to_r": "of the seconds for one estimate",
        },
    }


def _indexed(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """By the keys, `total` where a breakdown has no such variable."""
    filled = {name: table[name].fillna("total") if name in table else "total" for name in keys}
    return table.assign(**filled).set_index(keys).sort_index()


def with_svy(
    people: pd.DataFrame, survey: Survey, calibrated: CalibratedPeople | None = None
) -> tuple[float, pd.DataFrame]:
    """All rates by all breakdowns, one call of svy for each pair."""
    flags = sorted({name for each in survey.indicators.values() for name in each.columns()})
    flat = people[["stratum", "psu", "weight", *survey.breakdown_variables]].assign(
        **{name: people[name].fillna(False).astype("float64") for name in flags}
    )
    if calibrated is not None:
        flat = flat.assign(weight=calibrated.base)
    frame = pl.from_pandas(flat)

    def declared() -> svy.Sample:
        return svy.Sample(frame, svy.Design(stratum="stratum", psu="psu", wgt="weight", singleton="center"))

    once = _calibrated_by_svy(declared(), calibrated) if calibrated is not None else None

    def run() -> list[tuple[str, str, tuple[str, ...], pl.DataFrame]]:
        sample = declared() if once is None else once
        return [
            (
                name,
                breakdown,
                variables,
                sample.estimation.prop(
                    y=each.numerator,
                    by=list(variables) or None,
                    where=svy.col(each.denominator) == 1,
                    deff="wr",
                    ci_method="logit",
                ).to_polars(),
            )
            for name, each in survey.indicators.items()
            for breakdown, variables in survey.breakdowns.items()
        ]

    seconds, results = _best(run, 2 if once is None else 1)
    tables = []
    for name, breakdown, _, result in results:
        table = result.to_pandas()
        table = table[table[survey.indicators[name].numerator] == 1].rename(
            columns={"est": "value", "lci": "lower", "uci": "upper"}
        )
        tables.append(table.assign(indicator=name, breakdown=breakdown))
    joined = pd.concat(tables, ignore_index=True)
    return seconds, joined.fillna(dict.fromkeys(survey.breakdown_variables, "total"))


def _calibrated_by_svy(sample: svy.Sample, calibrated: CalibratedPeople) -> svy.Sample:
    """The same weights: a person's auxiliaries are the means of the household, so that it carries one weight."""
    made = calibrated.calibration
    kept = decompose((made.x.T @ made.x).toarray()).kept
    members = np.bincount(made.unit)
    means = (made.x[:, kept].toarray() / members[:, None])[made.unit]
    found = sample.weighting.calibrate_matrix(aux_vars=means, controls=made.totals[kept], wgt_name="calibrated")
    weight = found.data["calibrated"].to_numpy()
    if np.max(np.abs(weight / made.weight_of_persons - 1)) > 1e-7:
        raise ValueError("svy's weights are not ours")
    return found


def with_r_calibrated(calibrated: CalibratedPeople, survey: Survey) -> dict:
    """All rates by the breakdowns by svyby(svyratio) on a calibrated design; see peers_calibrated.R."""
    people, made = calibrated.people, calibrated.calibration
    flags = sorted({name for each in survey.indicators.values() for name in each.columns()})
    variables = sorted({each for names in survey.breakdowns.values() for each in names})
    flat = people[["stratum", "psu", "household", *variables]].assign(
        base=calibrated.base,
        **{name: people[name].fillna(False).astype(int) for name in flags},
        **{f"margin_{number}": codes for number, codes in enumerate(calibrated.margin.T)},
    )
    kept = np.sort(decompose((made.x.T @ made.x).toarray()).kept)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flat.to_csv(folder / "people.csv", index=False, float_format="%.17g")
        controls = pd.DataFrame({"control": kept, "total": made.totals[kept]})
        controls.to_csv(folder / "controls.csv", index=False, float_format="%.17g")
        rates = [(name, each.numerator, each.denominator) for name, each in survey.indicators.items()]
        pd.DataFrame(rates, columns=["rate", "y", "x"]).to_csv(folder / "rates.csv", index=False)
        sets = [(name, "+".join(names)) for name, names in survey.breakdowns.items()]
        pd.DataFrame(sets, columns=["breakdown", "variables"]).to_csv(folder / "breakdowns.csv", index=False)
        subprocess.run(["Rscript", "--vanilla", HERE / "peers_calibrated.R", folder], check=True)
        found = json.loads((folder / "seconds.json").read_text())
        table = pd.read_csv(folder / "estimates.csv", dtype=dict.fromkeys(variables, "str"))
    found["estimates"] = table
    return found


def with_r(people: pd.DataFrame, survey: Survey) -> dict:
    """All rates by all breakdowns by svyby(svyratio), and by one matrix a breakdown; see peers.R."""
    flags = sorted({name for each in survey.indicators.values() for name in each.columns()})
    flat = people[["stratum", "psu", "weight", *survey.breakdown_variables]].assign(
        **{name: people[name].fillna(False).astype(int) for name in flags}
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flat.to_csv(folder / "people.csv", index=False, float_format="%.17g")
        rates = [(name, each.numerator, each.denominator) for name, each in survey.indicators.items()]
        pd.DataFrame(rates, columns=["rate", "y", "x"]).to_csv(folder / "rates.csv", index=False)
        sets = [(name, "+".join(variables)) for name, variables in survey.breakdowns.items()]
        pd.DataFrame(sets, columns=["breakdown", "variables"]).to_csv(folder / "breakdowns.csv", index=False)
        subprocess.run(["Rscript", "--vanilla", HERE / "peers.R", folder], check=True)
        found = json.loads((folder / "seconds.json").read_text())
        table = pd.read_csv(folder / "estimates.csv", dtype=dict.fromkeys(survey.breakdown_variables, "str"))
    found["estimates"] = table.fillna(dict.fromkeys(survey.breakdown_variables, "total"))
    return found


def _best(run: Callable, repeats: int) -> tuple[float, object]:
    """Shortest of several runs, and the result."""
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), result


def _differences(ours: pd.DataFrame, theirs: pd.DataFrame) -> dict[str, float]:
    """Largest relative difference of each figure that both give, and in how many cells both give it.

    Limits: where ours are logit. Errors and design effects: where the error is more than rounding (1e-12 of the value).
    """
    both = ours.index.intersection(theirs.index)
    if len(both) != len(ours) or len(both) != len(theirs):
        raise ValueError(f"{len(ours)} estimates of ours, {len(theirs)} of theirs, {len(both)} in both")
    ours, theirs = ours.loc[both], theirs.loc[both]
    found: dict[str, float] = {}
    varies = (ours["se"] > 1e-12 * ours["value"]).to_numpy() & (theirs["se"] > 1e-12 * theirs["value"]).to_numpy()
    for name in ("value", "se", "lower", "upper", "deff", "df", "n"):
        if name in theirs:
            known = theirs[name].notna().to_numpy() & (varies | (name in ("value", "df", "n")))
            if name in ("lower", "upper"):
                known = known & (ours["interval"] == "logit").to_numpy()
            a, b = ours[name].to_numpy(float)[known], theirs[name].to_numpy(float)[known]
            found[name] = float(np.max(np.abs(a - b) / np.where(b == 0, 1, np.abs(b))))
            found[f"{name}_cells"] = int(known.sum())
    return found
