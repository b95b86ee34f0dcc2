"""Replicate weights as a table between the weighting, which makes them, and the estimation, which reads them."""

from collections.abc import Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design.replicates import Replicates
from lfs.design.sampling import Codes, Floats
from lfs.metadata import Survey, SurveyError
from lfs.metadata.sampling import REPLICATE

COEFFICIENTS = ""
"""The unit of the first row, which holds for each replicate what its squared deviation counts: scale times rscales."""


def replicate_table(names: NDArray[np.object_], weights: Floats, coefficients: Floats) -> pd.DataFrame:
    """One row a unit that carries a weight, below the row of the coefficients; one column a replicate.

    names: (units,); weights: (units, replicates); coefficients: (replicates,).
    """
    columns = {
        f"{REPLICATE}{number}": np.concatenate([[coefficient], column])
        for number, (coefficient, column) in enumerate(zip(coefficients, weights.T, strict=True), 1)
    }
    return pd.DataFrame({"unit": np.concatenate([[COEFFICIENTS], names])} | columns).astype({"unit": "str"})


def replicates_of(people: pd.DataFrame, table: pd.DataFrame, survey: Survey) -> Replicates:
    """The replicates of the persons of a round, from the table that the step `weight` wrote.

    Raises SurveyError where a person has no replicate weights.
    """
    rule = survey.config.weighting
    if rule is not None and "round" in people:
        rule = rule.at(str(people["round"].iloc[0]))
    unit = rule.unit_among(people.columns) if rule is not None else "person"
    place = pd.Index(table["unit"].iloc[1:]).get_indexer(people[unit])
    if lost := int((place < 0).sum()):
        raise SurveyError(f"replicate weights: {lost} persons have none; run the step weight again")
    columns = [name for name in table if name != "unit"]
    values = [table[name].to_numpy(dtype=np.float64) for name in columns]
    around_mean = survey.config.replicates is not None and survey.config.replicates.around_mean
    coefficients = np.array([column[0] for column in values])
    return Replicates("table", 1.0, coefficients, None, _OfUnits(values, place), around_mean)


class _OfUnits(Sequence[Floats]):
    """Weights of the persons, one replicate at a time, from those of their units."""

    def __init__(self, columns: Sequence[Floats], place: Codes) -> None:
        self.columns, self.place = columns, place

    def __len__(self) -> int:
        return len(self.columns)

    @overload
    def __getitem__(self, number: int) -> Floats: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Floats]: ...

    def __getitem__(self, number: int | slice) -> Floats | Sequence[Floats]:
        if isinstance(number, slice):
            return _OfUnits(self.columns[number], self.place)
        return self.columns[number][1:][self.place]
