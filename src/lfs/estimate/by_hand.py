"""One's own rate or total by one's own breakdown: for a notebook, from the people of one round."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lfs.design import survey_design
from lfs.estimate.cells import categories_of, code_variable, cross
from lfs.estimate.interval import METHODS, limits
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
) -> pd.DataFrame:
    """Ratio of two weighted counts in each cell of the crossing of `by`, with its sampling error.

    people: all persons of one round, with stratum, psu and weight; never filter its rows, the standard error needs
    all PSUs: name a true/false column as `where` instead. numerator, denominator: true/false columns.
    Returns one row a cell that holds somebody: the variables of `by`, value, se, interval, lower, upper, deff, df, n,
    n_cases.
    """
    return _by_hand(
        people, Estimand("", "", "ratio", numerator, denominator), by, where, confidence, single_psu, near_0_or_1
    )


def total(
    people: pd.DataFrame,
    counted: str,
    by: Sequence[str] = (),
    where: str | None = None,
    confidence: float = 0.95,
    single_psu: SinglePsu = "centre",
) -> pd.DataFrame:
    """Weighted count of the persons for whom the true/false column `counted` is true, as `rate` gives a ratio."""
    return _by_hand(people, Estimand("", "", "total", counted), by, where, confidence, single_psu, 0.0)


def _by_hand(
    people: pd.DataFrame,
    estimand: Estimand,
    by: Sequence[str],
    where: str | None,
    confidence: float,
    single_psu: SinglePsu,
    near_0_or_1: float,
) -> pd.DataFrame:
    names = [by] if isinstance(by, str) else list(by)
    design = survey_design(people)
    found_patterns = patterns(people, (*estimand.columns(), *([where] if where else ())))
    if where:
        found_patterns = found_patterns.within(where)
    needed = measures([estimand], found_patterns)
    chosen = sample(design, found_patterns, needed)
    coded = [code_variable(people[name], categories_of(people[name])).of(chosen.rows) for name in names]
    cells = cross(coded, len(chosen.rows))
    found = figures(domain_totals(chosen, cells, needed, design.units), needed, design, single_psu)
    method, lower, upper = limits(found, needed.is_proportion, confidence, near_0_or_1)
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
