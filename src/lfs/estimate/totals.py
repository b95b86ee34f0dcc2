"""Weighted totals of every measure in every PSU of every cell: the small table from which all figures follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lfs.design import Design
from lfs.estimate.cells import OUTSIDE, Cells
from lfs.estimate.measures import Measures, Patterns, numbered
from lfs.exact import Exact, exact

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Sample:
    """The persons who are in any indicator at all.

    rows: their position in `people`; weight, psu, pattern: (persons,), `psu` being the unit of the last stage where the
    design has further stages; respondent: the weight is positive.
    """

    rows: Codes
    weight: Floats
    psu: Codes
    pattern: Codes
    respondent: NDArray[np.bool_]

    def of(self, numbers: Codes, pattern: Codes) -> "Sample":
        """Some of the persons; pattern: (persons,) other patterns of all of them."""
        return Sample(
            self.rows[numbers], self.weight[numbers], self.psu[numbers], pattern[numbers], self.respondent[numbers]
        )

    @cached_property
    def exact(self) -> Exact:
        """The weights, to be summed in any order."""
        return exact(self.weight)


@dataclass(frozen=True)
class Pairs:
    """The pairs of cell and unit that hold anyone, in order of cell and unit.

    total, n: (measures, pairs) weighted total, and number of respondents, of each measure.
    """

    cell: Codes
    unit: Codes
    total: Floats
    n: Floats


@dataclass(frozen=True)
class DomainTotals:
    """One breakdown's totals, PSU x cell, for the pairs that hold anyone (in order of cell, stratum, PSU).

    cell, psu: (pairs,), `psu` being the unit of the last stage where the design has further stages;
    total: (measures, pairs) weighted; n: (measures, cells) respondents.
    Whatever needs covariances (differences, change between rounds) begins here.
    """

    cell: Codes
    psu: Codes
    total: Floats
    n: NDArray[np.int64]


def sample(design: Design, found: Patterns, needed: Measures) -> Sample:
    """Persons with at least one true measure, in the order in which they stand."""
    matters = np.asarray(needed.membership.sum(axis=0)) > 0
    rows = np.flatnonzero(matters[found.person])
    weight = design.weight[rows]
    return Sample(rows, weight, design.unit[rows], found.person[rows], weight > 0)


def domain_totals(chosen: Sample, cells: Cells, needed: Measures, psus: int) -> DomainTotals:
    """Add up the weights by cell, PSU and pattern in one pass over the people, then patterns into measures."""
    cell = np.where(cells.outside, OUTSIDE, cells.person) if cells.outside.any() else cells.person
    return within_cells(pair_sums(chosen, cell, cells.count, needed, psus), cells.count)


def pair_sums(chosen: Sample, cell: Codes, cells: int, needed: Measures, units: int) -> Pairs:
    """Sums by pair of cell and unit; cell: (persons,), negative for those who are in none."""
    patterns = needed.membership.shape[1]
    weights, psu, pattern, respondent = chosen.exact, chosen.psu, chosen.pattern, chosen.respondent
    if cell.min(initial=0) < 0:
        inside = np.flatnonzero(cell >= 0)
        cell, psu, pattern, respondent = cell[inside], psu[inside], pattern[inside], respondent[inside]
        weights = Exact(weights.high[inside], weights.low[inside])
    pair = cell * units
    pair += psu
    cell, unit, place = occupied_pairs(pair, cells, units)
    place += pattern * len(cell)
    size = len(cell) * patterns
    total = weights.by(place, size)
    n = np.bincount(place if respondent.all() else place[respondent], minlength=size).astype(np.float64)
    measured = [needed.membership @ each.reshape(patterns, -1) for each in (total, n)]
    return Pairs(cell, unit, measured[0], measured[1])


def within_cells(pairs: Pairs, cells: int) -> DomainTotals:
    """The same with the respondents by cell."""
    return DomainTotals(pairs.cell, pairs.unit, pairs.total, respondents(pairs.n, pairs.cell, cells))


def respondents(n: Floats, cell: Codes, cells: int) -> NDArray[np.int64]:
    """(measures, cells) from those by pair; cell: (pairs,) in ascending order."""
    found = np.zeros((len(n), cells), dtype=np.int64)
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    if len(starts):
        found[:, cell[starts]] = np.rint(np.add.reduceat(n, starts, axis=1))
    return found


def occupied_pairs(pair: Codes, cells: int, units: int) -> tuple[Codes, Codes, Codes]:
    """Cell and unit of the pairs that occur, in ascending order, and the number of each one's pair among them."""
    occupied, place = numbered(pair, cells * units)
    cell = np.repeat(np.arange(cells), np.diff(np.searchsorted(occupied, np.arange(cells + 1) * units)))
    return cell, occupied - cell * units, place


def stacked(parts: Sequence[DomainTotals], pairs: int) -> Iterator[DomainTotals]:
    """Breakdowns joined to their neighbours, as if they were one, until they hold so many pairs.

    Small arrays are as slow as middling ones, and large ones slower: they leave the processor's own memory.
    """
    group: list[DomainTotals] = []
    for part in parts:
        if group and sum(len(each.cell) for each in group) + len(part.cell) > pairs:
            yield _side_by_side(group)
            group = []
        group.append(part)
    if group:
        yield _side_by_side(group)


def _side_by_side(group: Sequence[DomainTotals]) -> DomainTotals:
    if len(group) == 1:
        return group[0]
    first = np.cumsum([0, *(each.n.shape[1] for each in group[:-1])])
    return DomainTotals(
        np.concatenate([each.cell + begin for each, begin in zip(group, first, strict=True)]),
        np.concatenate([each.psu for each in group]),
        np.concatenate([each.total for each in group], axis=1),
        np.concatenate([each.n for each in group], axis=1),
    )
