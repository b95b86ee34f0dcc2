"""What is true of every figure, by counting in the census: nothing here is shared with what is put to the test."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import Survey

Floats = NDArray[np.float64]


def truths(everyone: pd.DataFrame, survey: Survey, rows: pd.DataFrame, among: Mapping[str, str]) -> Floats:
    """(rows,) the census's own totals, rates and medians; not a number where the population has nobody.

    rows: indicator, breakdown and its categories; among: whom the median of a number is of.
    """
    found = np.full(len(rows), np.nan)
    concepts = {
        name for each in survey.indicators.values() for name in (each.numerator, each.denominator) if name in everyone
    } | set(among.values())
    who = {name: np.flatnonzero(everyone[name].to_numpy(dtype=bool, na_value=False)) for name in concepts}
    persons = everyone["persons"].to_numpy(dtype=np.float64)

    def count(concept: str, cell: NDArray[np.intp], cells: int) -> Floats:
        """(cells,) people of whom the concept is true; the last place holds those who are in no cell."""
        here = who[concept]
        return np.bincount(cell[here], weights=persons[here], minlength=cells + 1)[:cells]

    for breakdown, of_breakdown in rows.groupby("breakdown", sort=False):
        variables = survey.breakdowns[str(breakdown)]
        person, listed = np.zeros(len(everyone), dtype=np.intp), np.zeros(len(of_breakdown), dtype=np.intp)
        cells = 1
        for name in variables:
            codes = pd.Index(survey.variables[name].codes())
            own = codes.get_indexer(everyone[name].cat.categories)[everyone[name].cat.codes]
            own = np.where(everyone[name].isna(), -1, own)
            person = np.where((own < 0) | (person < 0), -1, person * len(codes) + own)
            listed = listed * len(codes) + codes.get_indexer(of_breakdown[name])
            cells *= len(codes)
        person = np.where(person < 0, cells, person)
        listed_of = pd.Series(listed, index=of_breakdown.index)
        for indicator, some in of_breakdown.groupby("indicator", sort=False):
            declared = survey.indicators.get(str(indicator))
            if declared is None:
                value = _medians(everyone[str(indicator)], who[among[str(indicator)]], person, cells)
            else:
                value = count(declared.numerator, person, cells)
                if declared.denominator:
                    with np.errstate(invalid="ignore"):
                        value = value / count(declared.denominator, person, cells)
            found[some.index] = value[listed_of[some.index]]
    return found


def _medians(number: pd.Series, who: NDArray[np.intp], cell: NDArray[np.intp], cells: int) -> Floats:
    """(cells,) the smallest number at or below which half of the people lie; every row stands for as many people."""
    values = number.to_numpy(dtype=np.float64)[who]
    known = np.isfinite(values) & (cell[who] < cells)
    values, cell = values[known], cell[who][known]
    order = np.lexsort((values, cell))
    values, cell = values[order], cell[order]
    size = np.bincount(cell, minlength=cells)
    middle = np.cumsum(size) - size + np.maximum((size + 1) // 2 - 1, 0)
    return np.where(size > 0, values[np.minimum(middle, len(values) - 1)], np.nan)
