"""All indicators by all breakdowns of one round: people in, estimates and quality out."""

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

from lfs.calibrated import Calibration
from lfs.design import Replicates, declared_design
from lfs.estimate import quality
from lfs.estimate.cells import OUTSIDE, CodedVariable, code_variable, cross, crossing
from lfs.estimate.estimands import available_estimands
from lfs.estimate.look_up import variance_rows
from lfs.estimate.measures import measures, patterns
from lfs.estimate.replication import with_replicates
from lfs.estimate.residuals import explained
from lfs.estimate.roots import cross_products_of_all, groupings, totals_of_all
from lfs.estimate.table import estimates_table, joined
from lfs.estimate.totals import sample, stacked
from lfs.estimate.variance import SinglePsu, figures
from lfs.metadata import Survey, SurveyError

PAIRS_AT_ONCE = 2**15
NATIONAL = ""


def estimate(
    people: pd.DataFrame,
    survey: Survey,
    calibration: Calibration | None = None,
    replicates: Replicates | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every available indicator by every available breakdown, with standard error, limits, design effect and flags.

    people: one row a person of one round, whole design, nobody left out (domains are cells, never filtered files).
    calibration: of the weights of `people`, row by row, where they were calibrated; every error then knows of it.
    replicates: of the same weights, where errors are to be theirs and not those of linearisation.
    Returns the estimates table (one row a cell) and the quality table of this step. An indicator or breakdown whose
    columns this round lacks is left out and listed in the quality table.

    Raises SurveyError for several rounds at once, for what `declared_design` refuses, for a category that is not
    declared, for single-PSU strata where `lonely_psu` is fail, and for a calibration that is not of these weights.
    """
    # Threads share nothing but what they read, so that they cannot change a figure.
    with ThreadPoolExecutor(_cores()) as threads:
        return _estimate(people, survey, calibration, replicates, threads)


def _estimate(
    people: pd.DataFrame,
    survey: Survey,
    calibration: Calibration | None,
    replicates: Replicates | None,
    threads: Executor,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    round_name = _round(people)
    design_made = threads.submit(declared_design, people, survey.config)
    estimands, missing = available_estimands(set(people.columns), survey.indicators, survey.variables)
    patterns_found = threads.submit(patterns, people, {name for each in estimands for name in each.columns()})
    coded = _coded(people, survey, threads)
    design = design_made.result()
    lacking = {name: tuple(each for each in names if each not in coded) for name, names in survey.breakdowns.items()}
    missing |= {(name, ""): columns for name, columns in lacking.items() if columns}
    if not estimands or all(lacking.values()):
        raise SurveyError(
            f"round {round_name}: no indicator by any breakdown can be made; these columns are missing: "
            f"{', '.join(sorted({each for columns in missing.values() for each in columns}))}"
        )
    found_patterns = patterns_found.result()
    needed = measures(estimands, found_patterns)
    chosen = sample(design, found_patterns, needed)
    of_sample = threads.map(lambda variable: variable.of(chosen.rows), coded.values())
    coded = dict(zip(coded, of_sample, strict=True))
    made = {name: names for name, names in survey.breakdowns.items() if not lacking[name]}
    told = groupings(coded, chosen.psu, design.units)
    totals = totals_of_all(chosen, coded, made | {NATIONAL: ()}, needed, design.units, told, threads.map)
    national = totals.pop(NATIONAL)
    # Where strata are collapsed none of a single PSU is left.
    lonely_psu: SinglePsu = "fail" if survey.config.lonely_psu == "collapse" else survey.config.lonely_psu
    make = partial(figures, needed=needed, design=design, single_psu=lonely_psu)
    groups = list(stacked(list(totals.values()), PAIRS_AT_ONCE))
    rows: list[quality.Row] = []
    if calibration is None:
        parts = list(threads.map(make, groups))
    else:
        known = explained(calibration, design, lonely_psu)
        products = cross_products_of_all(chosen, coded, made | {NATIONAL: ()}, needed, told, known)
        of_nation = products.pop(NATIONAL)
        joint = np.concatenate(list(products.values()), axis=2)
        last = np.cumsum([group.n.shape[1] for group in groups])
        explains = [(known, part) for part in np.split(joint, last[:-1], axis=2)]
        parts = list(threads.map(lambda group, by: make(group, calibration=by), groups, explains))
        with_and_without = make(national, calibration=(known, of_nation)), make(national)
        rows = quality.calibration_rows(estimands, *with_and_without)
    found = joined(parts)
    if replicates is not None:
        cells = [cross([coded[each] for each in names], len(chosen.rows)) for names in made.values()]
        found = with_replicates(found, cells, chosen, needed, design, replicates)
    crossings = {name: crossing([coded[each] for each in names]) for name, names in made.items()}
    table = estimates_table(
        round_name,
        estimands,
        needed,
        crossings,
        found,
        survey.breakdown_variables,
        survey.config,
    )
    rows = [
        *quality.design_rows(design, lonely_psu),
        *quality.replicate_rows(replicates),
        *quality.ignored_rows(survey, calibration, round_name),
        *quality.unavailable_rows(missing),
        *quality.left_out_rows(estimands, found_patterns, people["office"]),
        *quality.ratio_rows(estimands, needed, chosen),
        *quality.outside_rows(coded.values()),
        *rows,
        *variance_rows(table, survey),
    ]
    return table, quality.quality_table(round_name, rows)


def _round(people: pd.DataFrame) -> str:
    if people.empty:
        raise SurveyError("people: there is no person to estimate from")
    if (people["round"] == people["round"].iloc[0]).all():
        return str(people["round"].iloc[0])
    rounds = people["round"].unique()
    if len(rounds) != 1:
        raise SurveyError(f"people holds the rounds {', '.join(map(str, rounds))}; estimate one round at a time")
    return str(rounds[0])


def _coded(people: pd.DataFrame, survey: Survey, threads: Executor) -> dict[str, CodedVariable]:
    """Every breakdown variable that the round has, as integers, once."""
    code = partial(code_variable, place=f"round {people['round'].iloc[0]}")
    names = [name for name in survey.breakdown_variables if name in people]
    columns, categories = [people[name] for name in names], [survey.variables[name].codes() for name in names]
    coded = dict(zip(names, threads.map(code, columns, categories), strict=True))
    # A variable that is empty for everybody is one that the round lacks.
    return {name: variable for name, variable in coded.items() if variable.code.max(initial=OUTSIDE) != OUTSIDE}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
