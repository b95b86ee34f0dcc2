"""What is true of every figure, by counting in the census: nothing here is shared with what is put to the test."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import Survey

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


def truths(everyone: pd.DataFrame, survey: Survey, rows: pd.DataFrame, among: Mapping[str, str]) -> Floats:
    """(rows,) the census's own totals, rates and medians; not a number where the population has nobody.

    rows: indicator, breakdown and its categories; among: whom the median of a number is of.
    """
    found = np.full(len(rows), np.nan)
    indicators = {name: each for name, each in survey.indicators.items() if name in set(rows["indicator"])}
    concepts = {name for each in indicators.values() for name in (each.numerator, each.denominator) if name}
    who = {name: np.flatnonzero(everyone[name].to_numpy(dtype=bool, na_value=False)) for name in concepts}
    ascending = {number: _ascending(everyone, number, universe) for number, universe in among.items()}
    persons = everyone["persons"].to_numpy(dtype=np.float64)
    for breakdown, of_breakdown in rows.groupby("breakdown", sort=False):
        person, listed, cells = _cells(everyone, survey, survey.breakdowns[str(breakdown)], of_breakdown)
        # The last place is that of people who are in no cell.
        counts = {
            name: np.bincount(person[here], weights=persons[here], minlength=cells + 1)[:cells]
            for name, here in who.items()
        }
        for indicator, some in of_breakdown.groupby("indicator", sort=False):
            declared = indicators.get(str(indicator))
            if declared is None:
                value = _medians(everyone[str(indicator)], ascending[str(indicator)], person, cells)
            else:
                value = counts[declared.numerator]
                if declared.denominator:
                    with np.errstate(invalid="ignore"):
                        value = value / counts[declared.denominator]
            found[some.index] = value[listed[some.index].to_numpy()]
    return found


def _cells(
    everyone: pd.DataFrame, survey: Survey, variables: Sequence[str], rows: pd.DataFrame
) -> tuple[Codes, pd.Series, int]:
    """Number of each person's cell (the number of cells where in none), of each row's cell, and of cells."""
    person, listed, cells = np.zeros(len(everyone), dtype=np.intp), np.zeros(len(rows), dtype=np.intp), 1
    outside = np.zeros(len(everyone), dtype=bool)
    for name in variables:
        codes = pd.Index(survey.variables[name].codes())
        own = codes.get_indexer(everyone[name].cat.categories)[everyone[name].cat.codes]
        outside |= everyone[name].isna().to_numpy()
        person = person * len(codes) + own
        listed = listed * len(codes) + codes.get_indexer(rows[name])
        cells *= len(codes)
    return np.where(outside, cells, person), pd.Series(listed, index=rows.index), cells


def _ascending(everyone: pd.DataFrame, number: str, universe: str) -> Codes:
    """Positions of the people of a universe who have the number, the lowest first."""
    values = everyone[number].to_numpy(dtype=np.float64)
    inside = np.flatnonzero(everyone[universe].to_numpy(dtype=bool, na_value=False) & np.isfinite(values))
    return inside[np.argsort(values[inside], kind="stable")]


def _medians(number: pd.Series, ascending: Codes, cell: Codes, cells: int) -> Floats:
    """(cells,) the smallest number at or below which half of the people lie; every row stands for as many people."""
    here = ascending[cell[ascending] < cells]
    here = here[np.argsort(cell[here].astype(np.int16), kind="stable")]
    size = np.bincount(cell[here], minlength=cells)
    middle = np.cumsum(size) - size + np.maximum((size + 1) // 2 - 1, 0)
    values = number.to_numpy(dtype=np.float64)[here]
    return np.where(size > 0, values[np.minimum(middle, len(values) - 1)], np.nan)
