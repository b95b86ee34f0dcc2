"""What the rows of a table measure: cells.

A *cell* is one concept (a column of `people`) in one domain. A row of estimates tells of one or two cells: a total of
its numerator and the universe it is counted in, a rate of its numerator and its denominator. A cell is the same cell
wherever it stands: ages 65+ of age_5 are those of age_10.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.variables import NOT_STATED, Variable

People = frozenset[object]
Domain = frozenset[tuple[str, People]]
Cell = tuple[str, Domain]


@dataclass(frozen=True)
class Equation:
    """The cells of `plus` and those of `minus` have the same sum, in weighted and in plain counts."""

    plus: frozenset[Cell]
    minus: frozenset[Cell]

    @property
    def cells(self) -> frozenset[Cell]:
        return self.plus | self.minus

    def holds(self, counted: Mapping[Cell, float]) -> bool:
        """Whether it is true of the counts of cases, or cannot be checked because a cell is not counted."""
        if any(cell not in counted for cell in self.cells):
            return True
        difference = sum(counted[cell] for cell in self.plus) - sum(counted[cell] for cell in self.minus)
        return bool(np.isclose(difference, 0, atol=0.5))

    def place(self, order: Mapping[Cell, int]) -> tuple[list[int], list[int]]:
        """What equations are sorted by: where their cells stand in the table; cells in no row come last."""
        plus, minus = (sorted(order.get(cell, len(order)) for cell in side) for side in (self.plus, self.minus))
        return plus, minus


@dataclass(frozen=True)
class CellTable:
    """The cells of the rows of one round and the equations between them.

    rows          each cell: the rows that tell of it
    cells_of_row  each row: its numerator, then its universe or denominator
    totals        each row that is a total: its numerator
    respondents   each row: n
    harmless      cells that are no secret though no row shows them: of domains in which the sample has nobody
    order         each cell: its place in the table
    equations     what adds up; a sum that does not hold of the counts (a grouping that leaves people out) is none
    """

    rows: Mapping[Cell, tuple[int, ...]]
    cells_of_row: Mapping[int, tuple[Cell, ...]]
    totals: Mapping[int, Cell]
    respondents: Mapping[int, float]
    harmless: frozenset[Cell]
    order: Mapping[Cell, int]
    equations: tuple[Equation, ...]


@dataclass(frozen=True)
class Row:
    """One row of estimates: its concepts (numerator first), its categories by variable, and its counts."""

    index: int
    concepts: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    is_total: bool
    n: float
    n_cases: float


def read_rows(frame: pd.DataFrame, survey: Survey) -> Iterator[Row]:
    """The rows of estimates of one round."""
    columns = {name: frame[name].to_numpy() for name in survey.breakdown_variables if name in frame}
    names = ("indicator", "standard", "breakdown", "n", "n_cases")
    keys = zip(frame.index, *(frame[name] for name in names), strict=True)
    for position, (index, indicator, standard, breakdown, n, n_cases) in enumerate(keys):
        declared = survey.indicators[indicator]
        used = (declared.numerator, declared.denominator or declared.universe)
        concepts = dict.fromkeys(column_of(name, standard, survey.variables) for name in used if name)
        categories = tuple((name, str(columns[name][position])) for name in survey.breakdowns[breakdown])
        counts = [0.0 if pd.isna(count) else float(count) for count in (n, n_cases)]
        yield Row(index, tuple(concepts), categories, declared.kind == "total", *counts)


def cells_of(row: Row, variables: Mapping[str, Variable]) -> tuple[Cell, ...]:
    """The cells the row tells of, its numerator first."""
    domain = domain_of(row.categories, variables)
    return tuple((concept, domain) for concept in row.concepts)


def cell_table(rows: Iterable[Row], equations: Iterable[Equation], variables: Mapping[str, Variable]) -> CellTable:
    """Rows and candidate equations, put together; equations that do not hold of the counts are left out."""
    told: dict[Cell, list[int]] = defaultdict(list)
    cells_of_row: dict[int, tuple[Cell, ...]] = {}
    totals: dict[int, Cell] = {}
    respondents: dict[int, float] = {}
    counted: dict[Cell, float] = {}
    everybody: dict[Cell, float] = {}
    for row in rows:
        cells = cells_of(row, variables)
        cells_of_row[row.index], respondents[row.index] = cells, row.n
        for cell in cells:
            told[cell].append(row.index)
            everybody[cell] = max(everybody.get(cell, 0), row.n)
        counted.setdefault(cells[0], row.n_cases)
        if row.is_total:
            totals[row.index] = cells[0]
    order = {cell: number for number, cell in enumerate(told)}
    true = sorted({item for item in equations if item.holds(counted)}, key=lambda item: item.place(order))
    return CellTable(
        rows={cell: tuple(where) for cell, where in told.items()},
        cells_of_row=cells_of_row,
        totals=totals,
        respondents=respondents,
        harmless=frozenset(cell for cell, n in everybody.items() if n == 0),
        order=order,
        equations=tuple(true),
    )


def column_of(concept: str, standard: str, variables: Mapping[str, Variable]) -> str:
    """The column of `people` that holds the concept by the standard: no suffix for icls19 and where standards agree."""
    declared = variables.get(concept)
    suffixed = standard != "icls19" and declared is not None and standard in declared.standards
    return f"{concept}_{standard}" if suffixed else concept


def domain_of(categories: Iterable[tuple[str, str]], variables: Mapping[str, Variable]) -> Domain:
    """The people meant by categories of variables, in terms of what those variables group."""
    return frozenset(people_of(variable, category, variables) for variable, category in categories)


def is_not_stated(cell: Cell) -> bool:
    """Whether the people of the cell are some who did not state a variable of its domain."""
    return any(NOT_STATED in people for _, people in cell[1])


def people_of(variable: str, category: str, variables: Mapping[str, Variable]) -> tuple[str, People]:
    """The variable that is grouped in the end, and the values of it that the category means."""
    declared = variables[variable]
    if category == NOT_STATED:
        while declared.of:
            variable, declared = declared.of, variables[declared.of]
        return variable, frozenset({NOT_STATED})
    if declared.bands and declared.of:
        low, high = declared.bands[category]
        return declared.of, frozenset(range(low, high + 1))
    if declared.groups and declared.of:
        parts = [people_of(declared.of, code, variables) for code in declared.groups[category]]
        return parts[0][0], frozenset().union(*(people for _, people in parts))
    return variable, frozenset({category})
