"""What a variance needs of the PSUs of a cell, without the PSUs: their number, means, and squares about the means.

With y the numerator and r = x - y the rest of the denominator, in the PSU's total of the cell, the score of a ratio is
proportional to z = (1 - R) y - R r, so that its sum of squares about the mean follows at the end, when R is known, from
those of y, of r and of their product. Sums about means are joined as Chan, Golub and LeVeque do (The American
Statistician 37 (1983), 242-247): nothing large is ever taken from something large.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.pieces.chunks import Chunk
from lfs.estimate.pieces.patterns import Columns

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
FEW_COLUMNS = 200


@dataclass(frozen=True)
class Layout:
    """All cells of all breakdowns in one row, those outside a variable's universe among them.

    sizes: of each variable, with the position outside; breakdowns: name to variables; first: name to the first cell.
    """

    sizes: Mapping[str, int]
    breakdowns: Mapping[str, tuple[str, ...]]
    first: Mapping[str, int]
    cells: int

    @classmethod
    def of(cls, sizes: Mapping[str, int], breakdowns: Mapping[str, tuple[str, ...]]) -> "Layout":
        first, cells = {}, 0
        for name, variables in breakdowns.items():
            first[name] = cells
            cells += int(np.prod([sizes[each] for each in variables], dtype=np.int64))
        return cls(sizes, breakdowns, first, cells)

    def strides(self, breakdown: str) -> dict[str, int]:
        """How far a category of each variable is from the next one; the last variable runs fastest."""
        found, stride = {}, 1
        for name in reversed(self.breakdowns[breakdown]):
            found[name] = stride
            stride *= self.sizes[name]
        return found


@dataclass(frozen=True)
class Moments:
    """Of the PSUs of a stratum that have anybody in a cell; arrays (estimands, groups) unless said otherwise.

    stratum, cell, psus: (groups,); mean_y, mean_r; squares_y, squares_r, products: about the means, of all PSUs in the
    group; having: number of them with a case of the domain.
    """

    stratum: Codes
    cell: Codes
    psus: Floats
    mean_y: Floats
    mean_r: Floats
    squares_y: Floats
    squares_r: Floats
    products: Floats
    having: Floats

    def among(self, groups: NDArray) -> "Moments":
        return Moments(*(getattr(self, each.name)[..., groups] for each in fields(self)))


@dataclass(frozen=True)
class Sums:
    """Of a cell, by pattern (patterns, groups): total weight and number of respondents."""

    cell: Codes
    weight: Floats
    n: NDArray[np.int64]


Table = TypeVar("Table", Moments, Sums)


def moments(
    chunk: Chunk, first_psu: Codes, columns: Columns, layout: Layout, threads: Executor
) -> tuple[Moments, Sums]:
    """Of all PSUs of the chunk by stratum and cell, in all breakdowns. first_psu: (strata,) where each begins.

    Each thread makes other cells, so that their number cannot change a figure.
    """
    fixed = _fixed(chunk, first_psu)
    psus = len(chunk.names)
    base = {name: code.astype(np.intp) * psus for name, code in chunk.codes.items() if name not in fixed}
    varying_in = {
        name: tuple(each for each in variables if each not in fixed) for name, variables in layout.breakdowns.items()
    }
    distinct = list(dict.fromkeys(varying_in.values()))
    results = threads.map(lambda names: _of_cells(chunk, base, names, layout.sizes, first_psu, columns), distinct)
    made = dict(zip(distinct, results, strict=True))
    parts: list[Moments] = []
    sums: list[Sums] = []
    for name, variables in layout.breakdowns.items():
        varying = varying_in[name]
        found, of_cells = made[varying]
        strides = layout.strides(name)
        sizes = [layout.sizes[each] for each in varying]
        categories = np.unravel_index(found.cell, sizes) if varying else ()
        cell = np.full(len(found.cell), layout.first[name], dtype=np.intp)
        for each, category in zip(varying, categories, strict=True):
            cell += strides[each] * category
        for each in variables:
            if each in fixed:
                cell += strides[each] * fixed[each][found.stratum]
        parts.append(Moments(found.stratum, cell, *(getattr(found, each.name) for each in fields(Moments)[2:])))
        sums.append(Sums(cell, of_cells.weight, of_cells.n))
    return _joined(Moments, parts), _joined(Sums, sums)


def _fixed(chunk: Chunk, first_psu: Codes) -> dict[str, Codes]:
    """(strata,) categories of variables that have one only in each stratum here: they need no sums of their own."""
    start = np.searchsorted(chunk.psu, first_psu)
    some = np.flatnonzero(np.diff(start, append=len(chunk.psu)))
    found = {}
    for name, code in chunk.codes.items():
        if not len(some):
            continue
        low, high = (each.reduceat(code, start[some]) for each in (np.minimum, np.maximum))
        if (low == high).all():
            found[name] = np.zeros(len(first_psu), dtype=np.intp)
            found[name][some] = low
    return found


def _of_cells(
    chunk: Chunk,
    base: Mapping[str, Codes],
    variables: Sequence[str],
    sizes: Mapping[str, int],
    first_psu: Codes,
    columns: Columns,
) -> tuple[Moments, Sums]:
    """By cell of these variables and stratum, in this order. base: codes times the number of PSUs."""
    psus, patterns = len(chunk.names), columns.membership.shape[1]
    cell, size = np.zeros(1, dtype=np.intp), 1
    for name in variables:
        cell = cell * sizes[name] + base[name] if size > 1 else base[name]
        size *= sizes[name]
    place = cell + chunk.psu
    occupied = np.zeros(size * psus, dtype=bool)
    occupied[place] = True
    pairs = np.flatnonzero(occupied)
    number_of = np.empty(len(occupied), dtype=np.intp)
    number_of[pairs] = np.arange(len(pairs))
    index = number_of[place]
    index += chunk.pattern * len(pairs)
    shape = patterns, len(pairs)
    weight = np.bincount(index, weights=chunk.weight, minlength=patterns * len(pairs)).reshape(shape)
    n = np.bincount(index, minlength=patterns * len(pairs)).reshape(shape)
    begins = (np.arange(size)[:, None] * psus + first_psu).ravel()
    start = np.searchsorted(pairs, begins)
    count = np.diff(start, append=len(pairs))
    groups = np.flatnonzero(count)
    start, count = start[groups], count[groups]
    total = columns.membership @ weight
    having = _summed((columns.domains @ weight > 0).astype(np.float64), start)
    mean = _summed(total, start) / count
    _centre(total, mean, start, count)
    y, r, ratios = columns.y, columns.r, columns.ratios
    products = np.zeros((len(y), len(groups)))
    for each in ratios:
        products[each] = _summed((total[y[each]] * total[r[each]])[None], start)
    squares = _summed(np.square(total, out=total), start)
    of_cell, stratum = np.divmod(groups, len(first_psu))
    of_psus = Moments(
        stratum, of_cell, count.astype(np.float64), mean[y], mean[r], squares[y], squares[r], products,
        having[columns.domain],
    )  # fmt: skip
    return of_psus, Sums(of_cell, _summed(weight, start), _summed(n, start))


def _summed(values: NDArray, start: Codes) -> NDArray:
    """Sums of the columns by group."""
    return np.add.reduceat(values, start, axis=1) if len(start) else values[:, :0]


def _centre(values: Floats, mean: Floats, start: Codes, count: Codes) -> None:
    """Take each group's mean off its columns, in place."""
    if len(start) * FEW_COLUMNS > values.shape[1]:
        values -= np.take(mean, np.repeat(np.arange(len(start)), count), axis=1)
        return
    for group, (first, columns) in enumerate(zip(start, count, strict=True)):
        values[:, first : first + columns] -= mean[:, group, None]


def _joined(kind: type[Table], parts: Sequence[Table]) -> Table:
    return kind(*(np.concatenate([getattr(part, each.name) for part in parts], axis=-1) for each in fields(kind)))
