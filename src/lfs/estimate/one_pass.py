"""All indicators by all breakdowns of one round: people in, estimates and quality out."""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.design import Replicates, declared_design
from lfs.estimate import quality
from lfs.estimate.cells import OUTSIDE, CodedVariable, code_variable, cross, crossing
from lfs.estimate.estimands import STANDARDS, available_estimands, columns_of
from lfs.estimate.look_up import variance_rows
from lfs.estimate.measures import Estimand, Patterns, measures, patterns
from lfs.estimate.other_kinds import Round, other_tables
from lfs.estimate.replication import with_replicates
from lfs.estimate.residuals import explained
from lfs.estimate.roots import Groupings, cross_products_of_all, groupings, totals_of_all
from lfs.estimate.table import estimates_table, joined
from lfs.estimate.totals import Sample, sample, stacked
from lfs.estimate.variance import SinglePsu, figures
from lfs.metadata import Survey, SurveyError
from lfs.metadata.variables import column_of, universe_of

PAIRS_AT_ONCE = 2**15
NATIONAL = ""


def estimate(
    people: pd.DataFrame,
    survey: Survey,
    calibration: Calibration | None = None,
    replicates: Replicates | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every available indicator by the breakdowns of the plan, with standard error, limits, design effect and flags.

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
    counts, others, missing = available_estimands(people, survey.indicators, survey.variables)
    patterns_found = threads.submit(patterns, people, {name for each in counts for name in each.columns()})
    coded = _coded(people, survey, threads)
    design = design_made.result()
    lacking = {name: tuple(each for each in names if each not in coded) for name, names in survey.breakdowns.items()}
    missing |= {(name, ""): columns for name, columns in lacking.items() if columns}
    if not (counts or others) or all(lacking.values()):
        raise SurveyError(
            f"round {round_name}: no indicator by any breakdown can be made; these columns are missing: "
            f"{', '.join(sorted({each for columns in missing.values() for each in columns}))}"
        )
    found_patterns = patterns_found.result()
    # Where strata are collapsed none of a single PSU is left.
    single_psu: SinglePsu = "fail" if survey.config.lonely_psu == "collapse" else survey.config.lonely_psu
    known = None if calibration is None else explained(calibration, design, single_psu)
    whole = Round(round_name, survey, design, single_psu, known, replicates, threads)
    needed = measures(counts, found_patterns)
    chosen = sample(design, found_patterns, needed)
    of_sample = dict(zip(coded, threads.map(lambda each: each.of(chosen.rows), coded.values()), strict=True))
    told = groupings(of_sample, chosen.psu, design.units)
    groups = _groups(counts, survey, of_sample)
    made = [_counted(names, some, found_patterns, chosen, of_sample, told, whole) for names, some in groups.items()]
    tables = [each.table for each in made]
    tables += other_tables(others, people, coded, whole)
    if not tables:
        raise SurveyError(f"round {round_name}: the plan asks for nothing that can be made; see tables.yaml")
    table = _in_order(tables, [*counts, *others], survey)
    errors = {each: pair for group in made for each, pair in group.errors.items()}
    rows = [
        *quality.design_rows(design, single_psu),
        *quality.replicate_rows(replicates),
        *quality.ignored_rows(survey, calibration, round_name),
        *quality.unavailable_rows(missing),
        *quality.left_out_rows(counts, found_patterns, people["office"]),
        *quality.without_number_rows(others, people),
        *quality.ratio_rows(counts, needed, chosen),
        *quality.outside_rows(of_sample.values(), _concerned(people, chosen.rows, of_sample, survey)),
        *quality.calibration_rows([each for each in counts if each in errors], errors),
        *variance_rows(table, survey),
    ]
    return table, quality.quality_table(round_name, rows)


@dataclass(frozen=True)
class _Counted:
    """The estimates of one group; errors: those of the national figures with the calibration and without."""

    table: pd.DataFrame
    errors: dict[Estimand, tuple[float, float]]


def _groups(
    counts: Sequence[Estimand], survey: Survey, coded: Mapping[str, CodedVariable]
) -> dict[tuple[tuple[str, tuple[str, ...]], ...], list[Estimand]]:
    """The counts and ratios that are made by the same breakdowns, by these: name, and columns of its variables."""
    groups: dict[tuple[tuple[str, tuple[str, ...]], ...], list[Estimand]] = {}
    for each in counts:
        variables = {
            name: columns_of(name, each.standard, survey) for name in survey.planned(each.indicator, each.standard)
        }
        made = tuple((name, columns) for name, columns in variables.items() if coded.keys() >= {*columns})
        if made:
            groups.setdefault(made, []).append(each)
    return groups


def _counted(
    made: Sequence[tuple[str, tuple[str, ...]]],
    estimands: Sequence[Estimand],
    found_patterns: Patterns,
    everybody: Sample,
    coded: Mapping[str, CodedVariable],
    told: Groupings,
    whole: Round,
) -> _Counted:
    """All weighted counts and ratios by the same breakdowns, in one pass over the people.

    everybody, coded: the persons of any count, of whom these take those of one of their own.
    """
    breakdowns, design, survey = dict(made), whole.design, whole.survey
    own = found_patterns.of({name for each in estimands for name in each.columns()}, everybody.rows)
    needed = measures(estimands, own)
    matters = (np.asarray(needed.membership.sum(axis=0)) > 0)[own.person]
    if matters.all():
        chosen = replace(everybody, pattern=own.person)
    else:
        rows = np.flatnonzero(matters)
        used = {each for names in breakdowns.values() for each in names}
        coded = dict(zip(used, whole.threads.map(lambda name: coded[name].of(rows), used), strict=True))
        chosen = everybody.of(rows, own.person)
    totals = totals_of_all(chosen, coded, breakdowns | {NATIONAL: ()}, needed, design.units, told, whole.threads.map)
    national = totals.pop(NATIONAL)
    make = partial(figures, needed=needed, design=design, single_psu=whole.single_psu)
    groups = list(stacked(list(totals.values()), PAIRS_AT_ONCE))
    errors: dict[Estimand, tuple[float, float]] = {}
    if (known := whole.known) is None:
        parts = list(whole.threads.map(make, groups))
    else:
        products = cross_products_of_all(chosen, coded, breakdowns | {NATIONAL: ()}, needed, told, known)
        of_nation = products.pop(NATIONAL)
        joint = np.concatenate(list(products.values()), axis=2)
        last = np.cumsum([group.n.shape[1] for group in groups])
        explains = [(known, part) for part in np.split(joint, last[:-1], axis=2)]
        parts = list(whole.threads.map(lambda group, by: make(group, calibration=by), groups, explains))
        with_and_without = make(national, calibration=(known, of_nation)).se[:, 0], make(national).se[:, 0]
        errors = dict(zip(estimands, zip(*(each.tolist() for each in with_and_without), strict=True), strict=True))
    found = joined(parts)
    if whole.replicates is not None:
        cells = [cross([coded[each] for each in names], len(chosen.rows)) for names in breakdowns.values()]
        found = with_replicates(found, cells, chosen, needed, design, whole.replicates)
    crossings = {
        name: crossing([replace(coded[each], name=variable) for each, variable in zip(columns, variables, strict=True)])
        for name, columns in breakdowns.items()
        for variables in [survey.breakdowns[name]]
    }
    table = estimates_table(whole.name, estimands, needed, crossings, found, survey.breakdown_variables, survey.config)
    return _Counted(table, errors)


def _in_order(tables: Sequence[pd.DataFrame], estimands: Sequence[Estimand], survey: Survey) -> pd.DataFrame:
    """One table of all, by standard and indicator as declared; each table holds an estimand's rows together."""
    table = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    if len(tables) == 1:
        return table
    place = {name: number for number, name in enumerate(survey.indicators)}
    order = np.array([STANDARDS.index(name) for name in table["standard"]], dtype=np.intp) * len(place)
    order += np.array([place[name] for name in table["indicator"]], dtype=np.intp)
    return table.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)


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
    """Every column of a breakdown variable that the round has, as integers, once."""
    code = partial(code_variable, place=f"round {people['round'].iloc[0]}")
    columns = {
        column_of(name, standard, survey.variables): name
        for standard in STANDARDS
        for name in survey.breakdown_variables
    }
    names = [name for name in (*survey.breakdown_variables, *columns) if name in people]
    names = list(dict.fromkeys(names))
    categories = [survey.variables[columns[name]].codes() for name in names]
    coded = dict(zip(names, threads.map(code, [people[name] for name in names], categories), strict=True))
    # A variable that is empty for everybody is one that the round lacks.
    return {name: variable for name, variable in coded.items() if variable.code.max(initial=OUTSIDE) != OUTSIDE}


def _concerned(
    people: pd.DataFrame, rows: NDArray[np.intp], names: Iterable[str], survey: Survey
) -> dict[str, NDArray[np.bool_]]:
    """Of some persons, who is in the universe of each variable that has one among the columns of people."""
    universes = {name: universe_of(name, survey.variables) for name in names}
    inside = {
        universe: people[universe].to_numpy(dtype=bool, na_value=False)[rows]
        for universe in {*universes.values()} & {*people.columns}
    }
    return {name: inside[universe] for name, universe in universes.items() if universe in inside}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
