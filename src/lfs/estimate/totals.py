"""Weighted totals of every measure in every PSU of every cell: the small table from which all figures follow."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lfs.design import Design
from lfs.estimate.cells import Cells
from lfs.estimate.measures import Measures, Patterns

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Sample:
    """The persons who are in any indicator at all, in an order that does not depend on the order of the file.

    rows: their position in `people`; weight, psu, pattern: (persons,), `psu` being the unit of the last stage where the
    design has further stages; respondent: the weight is positive.
    """

    rows: Codes
    weight: Floats
    psu: Codes
    pattern: Codes
    respondent: NDArray[np.bool_]

    def among(self, positions: Codes) -> "Sample":
        """Some of these persons."""
        return Sample(*(getattr(self, name)[positions] for name in self.__dataclass_fields__))


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
    """Persons with at least one true measure, by PSU and then weight: sums are then the same to the last bit."""
    matters = needed.membership.sum(axis=0) > 0
    rows = np.flatnonzero(matters[found.person])
    rows = rows[np.argsort(design.weight[rows], kind="stable")]
    rows = rows[_stable_order(design.unit[rows], design.units)]
    weight = design.weight[rows]
    return Sample(rows, weight, design.unit[rows], found.person[rows], weight > 0)


def domain_totals(chosen: Sample, cells: Cells, needed: Measures, psus: int) -> DomainTotals:
    """Add up the weights by cell, PSU and pattern in one pass over the people, then patterns into measures."""
    cell = cells.person
    if cells.outside.any():
        inside = np.flatnonzero(~cells.outside)
        cell, chosen = cell[inside], chosen.among(inside)
    patterns, measures_of = needed.membership.shape[1], needed.membership
    pair = cell * psus
    pair += chosen.psu
    occupied = np.zeros(cells.count * psus, dtype=bool)
    occupied[pair] = True
    pairs = np.flatnonzero(occupied)
    first_place = np.zeros(len(occupied), dtype=np.intp)
    first_place[pairs] = np.arange(0, len(pairs) * patterns, patterns)
    place = first_place[pair]
    place += chosen.pattern
    by_pattern = np.bincount(place, weights=chosen.weight, minlength=len(pairs) * patterns).reshape(
        len(pairs), patterns
    )
    counted = cell * patterns
    counted += chosen.pattern
    if not chosen.respondent.all():
        counted = counted[chosen.respondent]
    n_by_pattern = np.bincount(counted, minlength=cells.count * patterns).reshape(cells.count, patterns)
    return DomainTotals(
        pairs // psus,
        pairs % psus,
        measures_of @ np.ascontiguousarray(by_pattern.T),
        np.rint(measures_of @ n_by_pattern.T).astype(np.int64),
    )


def _stable_order(psu: Codes, psus: int) -> Codes:
    """Positions by PSU, those of one PSU staying in their order (a counting sort, which is what building a CSR is)."""
    positions = np.arange(len(psu))
    by_psu = sparse.coo_array((np.ones(len(psu), dtype=bool), (psu, positions)), shape=(psus, max(len(psu), 1))).tocsr()
    return by_psu.indices.astype(np.intp)
