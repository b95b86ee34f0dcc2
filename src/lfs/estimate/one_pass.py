"""All indicators by all breakdowns of one round: people in, estimates and quality out."""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pandas as pd

from lfs.calibrated import Calibration
from lfs.design import Replicates, declared_design
from lfs.estimate import quality
from lfs.estimate.cells import Cells, CodedVariable, code_variable, cross
from lfs.estimate.estimands import available_estimands
from lfs.estimate.look_up import variance_rows
from lfs.estimate.measures import measures, patterns
from lfs.estimate.replication import with_replicates
from lfs.estimate.residuals import explained
from lfs.estimate.table import estimates_table, joined
from lfs.estimate.totals import domain_totals, sample
from lfs.estimate.variance import Figures, SinglePsu, figures
from lfs.metadata import Survey, SurveyError


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
    round_name = _round(people)
    design = declared_design(people, survey.config)
    estimands, missing = available_estimands(set(people.columns), survey.indicators, survey.variables)
    coded = _coded(people, survey)
    lacking = {name: tuple(each for each in names if each not in coded) for name, names in survey.breakdowns.items()}
    missing |= {(name, ""): columns for name, columns in lacking.items() if columns}
    if not estimands or all(lacking.values()):
        raise SurveyError(
            f"round {round_name}: no indicator by any breakdown can be made; these columns are missing: "
            f"{', '.join(sorted({each for columns in missing.values() for each in columns}))}"
        )
    found_patterns = patterns(people, {name for each in estimands for name in each.columns()})
    needed = measures(estimands, found_patterns)
    chosen = sample(design, found_patterns, needed)
    coded = {name: variable.of(chosen.rows) for name, variable in coded.items()}
    made = [name for name in survey.breakdowns if not lacking[name]]
    # Where strata are collapsed none of a single PSU is left.
    lonely_psu: SinglePsu = "fail" if survey.config.lonely_psu == "collapse" else survey.config.lonely_psu
    known = explained(calibration, design, lonely_psu) if calibration is not None else None

    def one(name: str) -> tuple[Cells, Figures]:
        cells = cross([coded[each] for each in survey.breakdowns[name]], len(chosen.rows))
        totals = domain_totals(chosen, cells, needed, design.units)
        explains = (known, known.cross_products(chosen, cells, needed)) if known is not None else None
        found = figures(totals, needed, design, lonely_psu, explains)
        return cells, found if replicates is None else with_replicates(found, chosen, cells, needed, design, replicates)

    # Breakdowns share nothing but what they read, so that threads cannot change a figure.
    with ThreadPoolExecutor() as threads:
        parts = dict(zip(made, threads.map(one, made), strict=True))
    crossings = {name: cells for name, (cells, _) in parts.items()}
    table = estimates_table(
        round_name,
        estimands,
        needed,
        crossings,
        joined([found for _, found in parts.values()]),
        survey.breakdown_variables,
        survey.config,
    )
    rows = quality.design_rows(design, lonely_psu)
    if replicates is not None:
        rows.append({"topic": "replicates", "value": replicates.count})
    rows += quality.unavailable_rows(missing)
    rows += quality.left_out_rows(estimands, found_patterns, people["office"])
    rows += quality.ratio_rows(estimands, needed, chosen)
    rows += quality.outside_rows(coded.values())
    if known is not None:
        everyone = cross([], len(chosen.rows))
        national = domain_totals(chosen, everyone, needed, design.units)
        explains = (known, known.cross_products(chosen, everyone, needed))
        rows += quality.calibration_rows(
            estimands,
            figures(national, needed, design, lonely_psu, explains),
            figures(national, needed, design, lonely_psu),
        )
    rows += variance_rows(table, survey)
    return table, quality.quality_table(round_name, rows)


def _round(people: pd.DataFrame) -> str:
    if people.empty:
        raise SurveyError("people: there is no person to estimate from")
    rounds = people["round"].unique()
    if len(rounds) != 1:
        raise SurveyError(f"people holds the rounds {', '.join(map(str, rounds))}; estimate one round at a time")
    return str(rounds[0])


def _coded(people: pd.DataFrame, survey: Survey) -> dict[str, CodedVariable]:
    """Every breakdown variable that the round has, as integers, once."""
    place = f"round {people['round'].iloc[0]}"
    names = [name for name in survey.breakdown_variables if name in people and not people[name].isna().all()]
    with ThreadPoolExecutor() as threads:
        columns, categories = [people[name] for name in names], [survey.variables[name].codes() for name in names]
        return dict(zip(names, threads.map(code_variable, columns, categories, repeat(place)), strict=True))
