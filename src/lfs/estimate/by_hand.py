"""One's own rate or total by one's own breakdown: for a notebook, from the people of one round."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.design import Design, survey_design
from lfs.estimate.cells import categories_of, code_variable, cross
from lfs.estimate.interval import METHODS, Proportions, limits
from lfs.estimate.measures import Estimand, measures, patterns
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
) -> pd.DataFrame:
    """Ratio of two weighted counts in each cell of the crossing of `by`, with its sampling error.

    people: all persons of one round, with stratum, psu and weight; never filter its rows, the standard error needs
    all PSUs: name a true/false column as `where` instead. numerator, denominator: true/false columns; design: of these
    persons, with sampling fractions or joined strata, where it is not what `survey_design(people)` gives; proportions:
    "wilson" for Wilson limits instead of logit ones.
    Returns one row a cell that holds somebody: the variables of `by`, value, se, interval, lower, upper, deff, df, n,
    n_cases.
    """
    estimand = Estimand("", "", "ratio", numerator, denominator)
    limit_of = _Limits(confidence, near_0_or_1, proportions)
    return _by_hand(people, estimand, by, where, limit_of, single_psu, design)


def total(
    people: pd.DataFrame,
    counted: str,
    by: Sequence[str] = (),
    where: str | None = None,
    confidence: float = 0.95,
    single_psu: SinglePsu = "centre",
    design: Design | None = None,
) -> pd.DataFrame:
    """Weighted count of the persons for whom the true/false column `counted` is true, as `rate` gives a ratio."""
    return _by_hand(people, Estimand("", "", "total", counted), by, where, _Limits(confidence), single_psu, design)


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
    found = figures(domain_totals(chosen, cells, needed, design.units), needed, design, single_psu)
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
