"""One's own rate or total by one's own breakdown: for a notebook, from the people of one round."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.calibrated import Calibration
from lfs.design import Design, survey_design
from lfs.estimate.cells import OUTSIDE, categories_of, code_variable, cross
from lfs.estimate.interval import METHODS, Proportions, limits
from lfs.estimate.measures import Estimand, measures, patterns
from lfs.estimate.residuals import explained
from lfs.estimate.totals import domain_totals, sample
from lfs.estimate.variance import SinglePsu, figures


def rate(
    people: pd.DataFrame,
    numerator: str,
    denominator: str,
    by: Sequence[str] = (),
    where: str | None = None,
    confidence: float = 0.95,
    single_psu: SinglePsu = "centre",
    near_0_or_1: float = 0.05,
    design: Design | None = None,
    proportions: Proportions = "logit",
    calibration: Calibration | None = None,
) -> pd.DataFrame:
    """Ratio of two weighted counts in each cell of the crossing of `by`, with its sampling error.

    people: all persons of one round, with stratum, psu and weight; never filter its rows, the standard error needs
    all PSUs: name a true/false column as `where` instead. numerator, denominator: true/false columns; design: of these
    persons, with sampling fractions or joined strata, where it is not what `survey_design(people)` gives; proportions:
    "wilson" for Wilson limits instead of logit ones; calibration: of the weights of these persons, so that the errors
    know how the weights were made.
    Returns one row a cell that holds somebody: the variables of `by`, value, se, interval, lower, upper, deff, df, n,
    n_cases.
    """
    estimand = Estimand("", "", "ratio", numerator, denominator)
    limit_of = _Limits(confidence, near_0_or_1, proportions)
    return _by_hand(people, estimand, by, where, limit_of, single_psu, design, calibration)


def total(
    people: pd.DataFrame,
    counted: str,
    by: Sequence[str] = (),
    where: str | None = None,
    confidence: float = 0.95,
    single_psu: SinglePsu = "centre",
    design: Design | None = None,
    calibration: Calibration | None = None,
) -> pd.DataFrame:
    """Weighted count of the persons for whom the true/false column `counted` is true, as `rate` gives a ratio."""
    estimand = Estimand("", "", "total", counted)
    return _by_hand(people, estimand, by, where, _Limits(confidence), single_psu, design, calibration)


@dataclass(frozen=True)
class _Limits:
    confidence: float
    near_0_or_1: float = 0.0
    proportions: Proportions = "logit"


def _by_hand(
    people: pd.DataFrame,
    estimand: Estimand,
    by: Sequence[str],
    where: str | None,
    limit_of: _Limits,
    single_psu: SinglePsu,
    design: Design | None,
    calibration: Calibration | None,
) -> pd.DataFrame:
    names = [by] if isinstance(by, str) else list(by)
    design = survey_design(people) if design is None else design
    found_patterns = patterns(people, (*estimand.columns(), *([where] if where else ())))
    if where:
        found_patterns = found_patterns.within(where)
    needed = measures([estimand], found_patterns)
    chosen = sample(design, found_patterns, needed)
    coded = [code_variable(people[name], categories_of(people[name])).of(chosen.rows) for name in names]
    cells = cross(coded, len(chosen.rows))
    explains = None
    if calibration is not None:
        known = explained(calibration, design, single_psu)
        person = np.where(cells.outside, OUTSIDE, cells.person)
        explains = (known, known.cross_products(chosen, person, cells.count, needed))
    found = figures(domain_totals(chosen, cells, needed, design.units), needed, design, single_psu, explains)
    method, lower, upper = limits(
        found, needed.is_proportion, limit_of.confidence, limit_of.near_0_or_1, limit_of.proportions
    )
    table = pd.DataFrame(
        {
            variable.name: np.array(variable.categories, dtype=object)[positions]
            for variable, positions in zip(cells.variables, cells.positions, strict=True)
        },
        index=range(cells.count),
    )
    table["value"], table["se"] = found.value[0], found.se[0]
    table["interval"], table["lower"], table["upper"] = np.array(METHODS)[method[0]], lower[0], upper[0]
    table["deff"], table["df"], table["n"], table["n_cases"] = found.deff[0], found.df[0], found.n[0], found.n_cases[0]
    return table[table["n"] > 0].reset_index(drop=True)
