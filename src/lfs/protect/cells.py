"""What the rows of a table measure: cells.

A *cell* is one concept (a column of `people`) in one domain. A row of estimates tells of some cells: a total of its
numerator and the universe it is counted in, a rate of its numerator and its denominator, a share of its numerator in
the category and in all of them, a mean or a quantile of those who have the number and the universe, a gap of all that
its sides tell of. A cell is the same cell wherever it stands: ages 65+ of age_5 are those of age_10.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.indicators import Indicator
from lfs.metadata.variables import NOT_STATED, Variable, column_of

People = frozenset[object]
Domain = frozenset[tuple[str, People]]
Cell = tuple[str, Domain]
Categories = tuple[tuple[str, str], ...]
NUMBERS = ("mean", "quantile")


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
    within        each row: respondents of the domain of what it counts
    harmless      cells that are no secret though no row shows them: of domains in which the sample has nobody, and of
                  concepts that nobody there can have by definition
    gone          rows that are suppressed whatever becomes of the others
    unguarded     cells that no row shows and that need not be guarded: nobody reads them, and they may be worked out
    guarded       cells that must not be worked out by any means; None: whatever no row shows
    order         each cell: its place in the table
    equations     what adds up; a sum that does not hold of the counts (a grouping that leaves people out) is none
    """

    rows: Mapping[Cell, tuple[int, ...]]
    cells_of_row: Mapping[int, tuple[Cell, ...]]
    totals: Mapping[int, Cell]
    respondents: Mapping[int, float]
    within: Mapping[int, float]
    harmless: frozenset[Cell]
    order: Mapping[Cell, int]
    equations: tuple[Equation, ...]
    gone: frozenset[int] = frozenset()
    unguarded: frozenset[Cell] = frozenset()
    guarded: frozenset[Cell] | None = None


@dataclass(frozen=True)
class Row:
    """One row of estimates: the cells it tells of (what is counted first), and its counts.

    told: each cell, and the categories of variables that it stands for; n: respondents of the cell that comes second;
    within: of its domain.
    """

    index: int
    kind: str
    standard: str
    told: tuple[tuple[Cell, Categories], ...]
    n: float
    n_cases: float

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell, _ in self.told)

    @property
    def is_total(self) -> bool:
        """Whether nothing but the first cell is needed to know the figure."""
        return self.kind in ("total", *NUMBERS)

    @property
    def secrets(self) -> tuple[Cell, ...]:
        """What a sensitive row makes secret besides the first cell, where n itself is small: what n counts."""
        return self.cells[1:2] if self.kind in ("total", "ratio", "share") else ()

    @property
    def within(self) -> float:
        """Respondents in the domain of the first cell."""
        return self.n_cases if self.kind == "share" else self.n


class Reader:
    """Rows of estimates of one survey into cells; a cell that occurs again is the same object."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self._domains: dict[tuple[str, Categories], Domain] = {}
        self._cells: dict[Cell, Cell] = {}

    def rows(self, frame: pd.DataFrame) -> Iterator[Row]:
        """The rows of estimates of one round."""
        survey = self.survey
        columns = {name: frame[name].astype(str).to_numpy() for name in survey.breakdown_variables if name in frame}
        names = ("indicator", "standard", "breakdown", "n", "n_cases")
        keys = zip(frame.index, *(frame[name].to_numpy() for name in names), strict=True)
        for position, (index, indicator, standard, breakdown, n, n_cases) in enumerate(keys):
            declared = survey.indicators[indicator]
            categories = tuple((name, columns[name][position]) for name in survey.breakdowns[breakdown])
            told = {
                self.cell(concept, standard, where): where
                for concept, where in _told(declared, standard, categories, survey)
            }
            counts = [0.0 if pd.isna(count) else float(count) for count in (n, n_cases)]
            yield Row(index, declared.kind, standard, tuple(told.items()), *counts)

    def cell(self, concept: str, standard: str, categories: Categories) -> Cell:
        cell = (concept, self.domain(standard, categories))
        return self._cells.setdefault(cell, cell)

    def domain(self, standard: str, categories: Categories) -> Domain:
        key = (standard, categories)
        if key not in self._domains:
            self._domains[key] = domain_of(categories, self.survey.variables, standard)
        return self._domains[key]


def _told(
    declared: Indicator, standard: str, categories: Categories, survey: Survey
) -> Iterator[tuple[str, Categories]]:
    """What a row tells of, by its kind; what is counted first."""

    def concept(name: str) -> str:
        return column_of(name, standard, survey.variables)

    match declared.kind:
        case "total" | "ratio":
            for name in (declared.numerator, declared.denominator or declared.universe):
                if name:
                    yield concept(name), categories
        case "share":
            yield concept(declared.numerator or ""), categories
            yield concept(declared.numerator or ""), tuple(item for item in categories if item[0] != declared.over)
        case "mean" | "quantile":
            # The sum of a number over those who have one adds up over categories, as their count does.
            universe = concept(declared.universe or "")
            yield f"{concept(declared.number or '')} of {universe}", categories
            yield universe, categories
        case "gap":
            of = survey.indicators[declared.of or ""]
            for category in declared.categories:
                yield from _told(of, standard, (*categories, (declared.variable or "", category)), survey)


def cell_table(rows: Iterable[Row], equations: Iterable[Equation]) -> CellTable:
    """Rows and candidate equations, put together; equations that do not hold of the counts are left out."""
    told: dict[Cell, list[int]] = defaultdict(list)
    cells_of_row: dict[int, tuple[Cell, ...]] = {}
    totals: dict[int, Cell] = {}
    respondents: dict[int, float] = {}
    within: dict[int, float] = {}
    counted: dict[Cell, float] = {}
    everybody: dict[Cell, float] = {}
    for row in rows:
        cells = row.cells
        cells_of_row[row.index], respondents[row.index], within[row.index] = cells, row.n, row.within
        for cell in cells:
            told[cell].append(row.index)
        if row.kind == "gap":
            continue
        # Where nobody of a share's numerator is in the category, nobody is in the group, as with its total.
        for cell, n in zip(cells, (row.within, row.n), strict=False):
            everybody[cell] = max(everybody.get(cell, 0), n)
        counted.setdefault(cells[0], row.n_cases)
        if row.kind == "share":
            counted.setdefault(cells[-1], row.n)
        if row.is_total:
            totals[row.index] = cells[0]
    order = {cell: number for number, cell in enumerate(told)}
    true = sorted({item for item in equations if item.holds(counted)}, key=lambda item: item.place(order))
    return CellTable(
        rows={cell: tuple(where) for cell, where in told.items()},
        cells_of_row=cells_of_row,
        totals=totals,
        respondents=respondents,
        within=within,
        harmless=frozenset(cell for cell, n in everybody.items() if n == 0),
        order=order,
        equations=tuple(true),
    )


def domain_of(
    categories: Iterable[tuple[str, str]], variables: Mapping[str, Variable], standard: str = "icls19"
) -> Domain:
    """The people meant by categories of variables, in terms of what those variables group."""
    return frozenset(people_of(variable, category, variables, standard) for variable, category in categories)


def is_not_stated(cell: Cell) -> bool:
    """Whether the people of the cell are some who did not state a variable of its domain."""
    return any(NOT_STATED in people for _, people in cell[1])


def people_of(
    variable: str, category: str, variables: Mapping[str, Variable], standard: str = "icls19"
) -> tuple[str, People]:
    """The variable that is grouped in the end, and the values of it that the category means.

    A variable that differs by standard is another one by each."""
    declared = variables[variable]
    if declared.of and declared.of in variables:
        if category == NOT_STATED:
            return people_of(declared.of, category, variables, standard)
        if declared.bands:
            low, high = declared.bands[category]
            return column_of(declared.of, standard, variables), frozenset(range(low, high + 1))
        if declared.groups:
            parts = [people_of(declared.of, code, variables, standard) for code in declared.groups[category]]
            return parts[0][0], frozenset().union(*(people for _, people in parts))
    return column_of(variable, standard, variables), frozenset({category})
