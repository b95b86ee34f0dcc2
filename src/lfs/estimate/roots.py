"""Totals of all breakdowns, people being read for the finest breakdowns only.

Sex by age in groups of ten years needs no look at the people once sex by age in groups of five is there: its totals are
sums of those. So each breakdown is added up from the smallest one before it that *tells* all its variables, and only
one that none tells, a root, is made from the people. A table of totals tells a variable

- that is one of its own, or a grouping of one of its own (age in tens, of age in fives);
- that is the same for all persons of a unit, as a governorate is of a PSU, because its rows keep the unit.

Whether a variable is a grouping of another is read from the data of the round and not declared anywhere, so that it
holds whatever a survey declares. Who is outside a variable counts as a category of it until the cells are complete, so
that nobody is lost on the way to a breakdown that does not have this variable.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lfs.estimate.cells import OUTSIDE, CodedVariable
from lfs.estimate.measures import Measures
from lfs.estimate.residuals import Explained
from lfs.estimate.totals import DomainTotals, Sample, occupied_pairs, pair_sums, respondents

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
FIRST = 2_000  # persons who show at once that most variables are no grouping of most others


@dataclass(frozen=True)
class Groupings:
    """Which variables tell which others, among the persons of a sample; persons outside have one code more.

    size: categories and, where there are such persons, outside; of_unit[variable]: (units,) its code in each unit, for
    variables that are the same for all persons of a unit; of[variable][other]: (size of other,) its code by that of
    another variable that tells it.
    """

    size: Mapping[str, int]
    of_unit: Mapping[str, Codes]
    of: Mapping[str, Mapping[str, Codes]]

    def by(self, names: Sequence[str], variables: Sequence[str], with_units: bool = True) -> bool:
        """Whether the variables are told by those of `names`, and the units."""
        return all(
            name in names or not self.of[name].keys().isdisjoint(names) or (with_units and name in self.of_unit)
            for name in variables
        )

    def code(self, name: str, names: Sequence[str], positions: Codes) -> Codes:
        """(cells,) the code of a variable in cells of other variables that tell it; positions: (names, cells)."""
        if name in names:
            return positions[names.index(name)]
        other = next(each for each in names if each in self.of[name])
        return self.of[name][other][positions[names.index(other)]]

    def positions(self, variables: Sequence[str]) -> Codes:
        """(variables, cells) the code of each in all cells of their crossing."""
        sizes = [self.size[each] for each in variables]
        return np.indices(sizes, dtype=np.intp).reshape(len(sizes), math.prod(sizes))

    def cells(self, variables: Sequence[str], coded: Mapping[str, CodedVariable], persons: int) -> Codes:
        """(persons,) the cell in the crossing of the variables."""
        person = np.zeros(persons, dtype=np.intp)
        for each in variables:
            person *= self.size[each]
            person += _inside(coded[each])
        return person


def totals_of_all(
    chosen: Sample,
    coded: Mapping[str, CodedVariable],
    breakdowns: Mapping[str, Sequence[str]],
    needed: Measures,
    units: int,
    told: Groupings,
    each_of: Callable[..., Iterable] = map,
) -> dict[str, DomainTotals]:
    """The totals of every breakdown; coded: every variable of them, of the persons of the sample.

    each_of: a `map` that may make the roots side by side; they share nothing but what they read.
    """
    # The finest first, not counting what the units tell.
    size = {
        name: math.prod(told.size[each] for each in variables if each not in told.of_unit)
        for name, variables in breakdowns.items()
    }
    order = sorted(breakdowns, key=lambda name: -size[name])
    roots: list[str] = []
    for name in order:
        if not any(told.by(breakdowns[root], breakdowns[name]) for root in roots):
            roots.append(name)
    make = partial(_root, chosen=chosen, coded=coded, told=told, needed=needed, units=units)
    made = dict(zip(roots, each_of(make, [tuple(breakdowns[name]) for name in roots]), strict=True))
    tables: list[_Table] = []
    found = {}
    for name in order:
        variables = tuple(breakdowns[name])
        if name in made:
            table = made[name]
        else:
            sources = [table for table in tables if told.by(table.names, variables)]
            table = _coarser(min(sources, key=lambda table: len(table.cell)), variables, told, units)
        tables.append(table)
        found[name] = _complete(table, [len(coded[each].categories) for each in variables])
    return {name: found[name] for name in breakdowns}


@dataclass(frozen=True)
class _Table:
    """The totals of one breakdown, those outside a variable being in cells of their own.

    names: its variables; positions: (variables, cells) the code that a cell has; cell, unit, total: as `Pairs` has
    them. source: the finer table that it was made from, or the numbers of respondents by pair of a root; place: (pairs
    of the source,) the pair that each became part of; coarser: (cells of the source,) the cell, where the units tell no
    variable.
    """

    names: tuple[str, ...]
    positions: Codes
    cell: Codes
    unit: Codes
    total: Floats
    source: "_Table | Floats"
    place: Codes
    coarser: Codes | None

    @cached_property
    def n_by_pair(self) -> Floats:
        """(measures, pairs), made only where a breakdown needs it whose variables the units tell."""
        if isinstance(self.source, _Table):
            return _added(self.source.n_by_pair, self.place, len(self.cell))
        return self.source

    @cached_property
    def n(self) -> NDArray[np.int64]:
        """(measures, cells)."""
        cells = self.positions.shape[1]
        if isinstance(self.source, _Table) and self.coarser is not None:
            return np.rint(_added(self.source.n, self.coarser, cells)).astype(np.int64)
        return respondents(self.n_by_pair, self.cell, cells)


def _added(values: NDArray, place: Codes, places: int) -> Floats:
    found = np.empty((len(values), places))
    for number, row in enumerate(values):
        found[number] = np.bincount(place, weights=row, minlength=places)
    return found


def _root(
    variables: tuple[str, ...],
    chosen: Sample,
    coded: Mapping[str, CodedVariable],
    told: Groupings,
    needed: Measures,
    units: int,
) -> _Table:
    """Made from the people."""
    person = told.cells(variables, coded, len(chosen.rows))
    positions = told.positions(variables)
    pairs = pair_sums(chosen, person, positions.shape[1], needed, units)
    none = np.zeros(0, dtype=np.intp)
    return _Table(variables, positions, pairs.cell, pairs.unit, pairs.total, pairs.n, none, None)


def _coarser(source: _Table, variables: tuple[str, ...], told: Groupings, units: int) -> _Table:
    """Added up from a finer table."""
    # What the cell tells and what the unit tells are small tables; the pairs take both from there.
    of_cell, of_unit = np.zeros(source.positions.shape[1], dtype=np.intp), np.zeros(units, dtype=np.intp)
    for name in variables:
        of_cell *= told.size[name]
        of_unit *= told.size[name]
        if name in told.of_unit:
            of_unit += told.of_unit[name]
        else:
            of_cell += told.code(name, source.names, source.positions)
    by_unit = any(name in told.of_unit for name in variables)
    positions = told.positions(variables)
    pair = (of_cell * units)[source.cell]
    pair += of_unit[source.unit] * units + source.unit if by_unit else source.unit
    cell, unit, place = occupied_pairs(pair, positions.shape[1], units)
    total = _added(source.total, place, len(cell))
    return _Table(variables, positions, cell, unit, total, source, place, None if by_unit else of_cell)


def cross_products_of_all(
    chosen: Sample,
    coded: Mapping[str, CodedVariable],
    breakdowns: Mapping[str, Sequence[str]],
    needed: Measures,
    told: Groupings,
    known: Explained,
) -> dict[str, Floats]:
    """(controls, measures, cells) of every breakdown: its cross-products with the calibration variables.

    Added up from those of finer breakdowns in the same way, but these keep no units that could tell a variable.
    """
    size = {name: math.prod(told.size[each] for each in variables) for name, variables in breakdowns.items()}
    made: dict[tuple[str, ...], Floats] = {}
    found = {}
    for name in sorted(breakdowns, key=lambda name: -size[name]):
        variables = tuple(breakdowns[name])
        sources = [names for names in made if told.by(names, variables, with_units=False)]
        if sources:
            source = min(sources, key=lambda names: made[names].shape[2])
            positions = told.positions(source)
            cell = np.zeros(positions.shape[1], dtype=np.intp)
            for each in variables:
                cell = cell * told.size[each] + told.code(each, source, positions)
            sums = sparse.csr_array((np.ones(len(cell)), (cell, np.arange(len(cell)))), shape=(size[name], len(cell)))
            fine = made[source]
            product = (sums @ fine.reshape(-1, len(cell)).T).T.reshape(*fine.shape[:2], size[name])
        else:
            person = told.cells(variables, coded, len(chosen.rows))
            product = known.cross_products(chosen, person, size[name], needed)
        made[variables] = product
        categories = [len(coded[each].categories) for each in variables]
        found[name] = product[:, :, _inside_all(told.positions(variables), categories)]
    return {name: found[name] for name in breakdowns}


def groupings(coded: Mapping[str, CodedVariable], unit: Codes, units: int) -> Groupings:
    """What the persons of a sample show; unit: (persons,)."""
    codes = {name: _inside(variable) for name, variable in coded.items()}
    size = {name: int(max(codes[name].max(initial=0) + 1, len(coded[name].categories))) for name in coded}
    of_unit = {name: code for name in coded if (code := _function(unit, units, codes[name])) is not None}
    of: dict[str, dict[str, Codes]] = {}
    for name in coded:
        of[name] = {}
        for each in (each for each in coded if each != name and size[each] >= size[name]):
            # What is the same for all persons of a unit need be compared in the units only.
            one, other = (
                (of_unit[each], of_unit[name]) if {each, name} <= of_unit.keys() else (codes[each], codes[name])
            )
            if (code := _function(one, size[each], other)) is not None:
                of[name][each] = code
    return Groupings(size, of_unit, of)


def _inside(variable: CodedVariable) -> Codes:
    """The codes, those outside having one of their own, after the categories."""
    if variable.code.min(initial=0) != OUTSIDE:
        return variable.code
    return np.where(variable.code == OUTSIDE, len(variable.categories), variable.code)


def _function(code: Codes, codes: int, other: Codes) -> Codes | None:
    """(codes,) the other code of each code, where all persons of one code have the same."""
    for some in (slice(0, FIRST), slice(None)):
        found = np.zeros(codes, dtype=np.intp)
        found[code[some]] = other[some]
        if not np.array_equal(found[code[some]], other[some]):
            return None
    return found


def _complete(table: _Table, categories: Sequence[int]) -> DomainTotals:
    """The totals of the cells alone, without those who are outside one of the variables."""
    inside = _inside_all(table.positions, categories)
    if inside.all():
        return DomainTotals(table.cell, table.unit, table.total, table.n)
    number = np.cumsum(inside) - 1
    pairs = np.flatnonzero(inside[table.cell])
    return DomainTotals(number[table.cell[pairs]], table.unit[pairs], table.total[:, pairs], table.n[:, inside])


def _inside_all(positions: Codes, categories: Sequence[int]) -> NDArray[np.bool_]:
    """(cells,) the cell is inside all its variables."""
    inside = np.ones(positions.shape[1], dtype=bool)
    for position, size in zip(positions, categories, strict=True):
        inside &= position < size
    return inside
