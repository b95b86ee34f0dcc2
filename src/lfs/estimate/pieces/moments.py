"""What a variance needs of the PSUs of a cell, without the PSUs: their number, means, and squares about the means.

With y and x the PSU's totals of numerator and denominator in the cell, the score of a ratio is proportional to
y - R x, and R is known at the end only. So each group of PSUs has its own ratio Q as a reference, and keeps sums of
squares about the means of z = y - Q x and of x, and of their products: z - (R - Q) x is the score. As Q is near R where
scores are small, nothing large is taken from something large. z is made as (1 - Q) y - Q r with r = x - y the rest of
the denominator, which is exact where nobody, or everybody, is in the numerator. Sums about means are joined as in Chan,
Golub and LeVeque (The American Statistician 37 (1983), 242-247).
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.pieces.chunks import Chunk
from lfs.estimate.pieces.patterns import Columns

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
SixArrays = tuple[Floats, Floats, Floats, Floats, Floats, Floats]
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

    stratum, cell, psus: (groups,); reference: Q, zero for totals, not a number where y and x are zero in all PSUs;
    mean_z, mean_x; squares_z, squares_x, products: about the means, of all PSUs in the group; x is zero for totals;
    having: number of PSUs with a case of the domain.
    """

    stratum: Codes
    cell: Codes
    psus: Floats
    reference: Floats
    mean_z: Floats
    mean_x: Floats
    squares_z: Floats
    squares_x: Floats
    products: Floats
    having: Floats

    def among(self, groups: NDArray) -> "Moments":
        return Moments(*(getattr(self, each.name)[..., groups] for each in fields(self)))

    def about(self, reference: Floats) -> "Moments":
        """The same with another reference, where there is one."""
        apart = reference - self.reference
        apart = np.where(np.isnan(apart), 0.0, apart)
        return replace(
            self,
            reference=np.where(np.isnan(reference), self.reference, reference),
            mean_z=self.mean_z - apart * self.mean_x,
            squares_z=self.squares_z - apart * (2 * self.products - apart * self.squares_x),
            products=self.products - apart * self.squares_x,
        )


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
    of_cell, stratum = np.divmod(groups, len(first_psu))
    of_psus = Moments(
        stratum, of_cell, count.astype(np.float64), *_about_ratios(total, mean, start, count, columns),
        having[columns.domain],
    )  # fmt: skip
    return of_psus, Sums(of_cell, _summed(weight, start), _summed(n, start))


def _about_ratios(centred: Floats, mean: Floats, start: Codes, count: Codes, columns: Columns) -> SixArrays:
    """(estimands, groups) reference, means of z and x, squares of z and x, and products."""
    shape = len(columns.y), len(count)
    reference, mean_x, squares_z, squares_x, products = (np.zeros(shape) for _ in range(5))
    mean_z = mean[columns.y]
    for each in range(shape[0]):
        z = centred[columns.y[each]]
        if each in columns.ratios:
            r, mean_r = centred[columns.r[each]], mean[columns.r[each]]
            mean_x[each] = mean_z[each] + mean_r
            known = mean_x[each] != 0
            found = np.divide(mean_z[each], mean_x[each], out=np.zeros(shape[1]), where=known)
            reference[each] = np.where(known | (mean_z[each] != 0), found, np.nan)
            mean_z[each] = (1 - found) * mean_z[each] - found * mean_r
            x, of_x = z + r, np.repeat(found, count)
            z = (1 - of_x) * z
            z -= of_x * r
            products[each] = _sums(z * x, start)
            squares_x[each] = _sums(np.square(x, out=x), start)
            z = np.square(z, out=z)
        else:
            z = np.square(z)
        squares_z[each] = _sums(z, start)
    return reference, mean_z, mean_x, squares_z, squares_x, products


def _sums(values: Floats, start: Codes) -> Floats:
    return np.add.reduceat(values, start) if len(start) else values[:0]


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
