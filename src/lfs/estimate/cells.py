"""The cell of each person in a breakdown: the full crossing of its variables, as one integer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lfs.metadata import SurveyError

NOT_STATED = "not_stated"
OUTSIDE = -1


@dataclass(frozen=True)
class CodedVariable:
    """A category variable as integers: the position of each person's category, OUTSIDE where it does not apply."""

    name: str
    categories: tuple[str, ...]
    code: NDArray[np.intp]

    def of(self, rows: NDArray[np.intp]) -> "CodedVariable":
        """The same variable for some persons only."""
        return CodedVariable(self.name, self.categories, self.code[rows])


@dataclass(frozen=True)
class Crossing:
    """The cells of a breakdown: all combinations of its variables' categories, the last variable running fastest.

    positions: (variables, cells) which category of each variable a cell stands for.
    """

    variables: tuple[CodedVariable, ...]
    positions: NDArray[np.intp]

    @property
    def count(self) -> int:
        return self.positions.shape[1]

    def not_stated(self) -> NDArray[np.bool_]:
        """(cells,) some variable of the cell reads not_stated."""
        return np.any(
            [
                np.array([category == NOT_STATED for category in variable.categories])[position]
                for variable, position in zip(self.variables, self.positions, strict=True)
            ]
            or np.zeros((1, self.count), dtype=bool),
            axis=0,
        )


@dataclass(frozen=True)
class Cells(Crossing):
    """The cells of a breakdown, and who is in them.

    person: (persons,) the cell; outside: (persons,) outside the universe of one of the variables, and so in no cell.
    """

    person: NDArray[np.intp]
    outside: NDArray[np.bool_]


def code_variable(values: pd.Series, categories: Sequence[str], place: str = "people") -> CodedVariable:
    """Positions of a column's values among `categories`, to which not_stated is added as the last.

    Raises SurveyError for a value that is no category, naming the variable and the codes.
    """
    name = str(values.name)
    listed = (*(category for category in categories if category != NOT_STATED), NOT_STATED)
    position = {category: number for number, category in enumerate(listed)}
    if isinstance(values.dtype, pd.StringDtype):
        code = _positions(values, listed)
        if code is not None:
            return CodedVariable(name, listed, code)
    found, distinct = pd.factorize(values)
    unknown = [value for value in distinct if value not in position]
    if unknown:
        rows = int(values.isin(unknown).sum())
        raise SurveyError(
            f"{place}, variable '{name}': code {', '.join(sorted(map(str, unknown)))} ({rows} rows) is none of "
            f"its categories; declare it under {name}: in variables.yaml, or map it in the office file"
        )
    renumber = np.array([*(position[value] for value in distinct), OUTSIDE], dtype=np.intp)
    return CodedVariable(name, listed, renumber[found])


def _positions(values: pd.Series, listed: Sequence[str]) -> NDArray[np.intp] | None:
    """Position of each text in the list, OUTSIDE where it is empty; nothing where some text is not in it."""
    texts = pa.array(values, from_pandas=True)
    found = pc.index_in(texts, pa.array(listed, texts.type))
    if found.null_count > texts.null_count:
        return None
    return found.fill_null(OUTSIDE).to_numpy(zero_copy_only=False).astype(np.intp)


def categories_of(values: pd.Series) -> list[str]:
    """The categories in the data, in order; a column of categories keeps its own order."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return list(values.cat.categories)
    return sorted(each for each in values.dropna().unique() if each != NOT_STATED)


def crossing(variables: Sequence[CodedVariable]) -> Crossing:
    """All combinations of the variables' categories; without variables, one cell."""
    sizes = [len(variable.categories) for variable in variables]
    positions = np.indices(sizes, dtype=np.intp).reshape(len(sizes), math.prod(sizes))
    return Crossing(tuple(variables), positions)


def cross(variables: Sequence[CodedVariable], persons: int) -> Cells:
    """Cells of the full crossing of `variables`; without variables, one cell that holds everyone."""
    made = crossing(variables)
    person = np.zeros(persons, dtype=np.intp)
    outside = np.zeros(persons, dtype=bool)
    for variable in variables:
        person *= len(variable.categories)
        person += variable.code
        if variable.code.min(initial=0) == OUTSIDE:
            outside |= variable.code == OUTSIDE
    return Cells(made.variables, made.positions, person, outside)
