"""Running sums over strata: the open stratum's PSUs so far, and what the finished strata add to the variance."""

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.pieces.moments import Moments, Sums
from lfs.estimate.variance import ROUNDING, SinglePsu

Floats = NDArray[np.float64]
SQUARES = ("squares_z", "squares_x", "products")


class Variances:
    """Of (estimands, cells): sums of squares of finished strata, PSUs and strata with a case, by `add` and `close`."""

    def __init__(self, estimands: int, cells: int, single_psu: SinglePsu) -> None:
        self.single_psu = single_psu
        self._shape = estimands, cells
        self._sums = {name: np.zeros(self._shape) for name in SQUARES}
        self._reference = np.full(self._shape, np.nan)
        self._psus, self._strata, self._seen = (np.zeros(self._shape) for _ in range(3))
        self._begin()

    def add(self, found: Moments, finished: NDArray[np.intp]) -> None:
        """Take in the groups of neighbouring strata, of which the first belongs to the open stratum.

        finished: PSUs in the file of each stratum but the last one, which is left open.
        """
        self._merge(found.among(found.stratum == 0))
        if not len(finished):
            return
        self.close(int(finished[0]))
        last = len(finished)
        between = found.among((found.stratum > 0) & (found.stratum < last))
        self._finish(between, finished[between.stratum].astype(np.float64))
        self._merge(found.among(found.stratum == last))

    def close(self, psus: int) -> None:
        """The open stratum has ended and has `psus` PSUs."""
        cell = np.flatnonzero(self._open.psus)
        if len(cell):
            self._finish(self._open.among(cell), np.full(len(cell), float(psus)))
            self._begin()

    def variance(self, value: Floats, is_ratio: NDArray[np.bool_]) -> Floats:
        """Of totals, and of ratios times the square of their denominator."""
        apart = np.where(is_ratio[:, None] & ~np.isnan(self._reference), value - self._reference, 0.0)
        squares = self._sums["squares_z"] + np.square(apart) * self._sums["squares_x"]
        crossed = 2 * apart * self._sums["products"]
        # What is left of large sums where no PSU's rate differs from the others' is rounding.
        rounding = ROUNDING * (squares + np.abs(crossed))
        variance = np.where(squares - crossed < rounding, 0.0, squares - crossed)
        if self.single_psu == "average":
            variance *= np.where(self._seen > 0, self._strata / np.where(self._seen > 0, self._seen, 1), np.nan)
        return variance

    @property
    def df(self) -> NDArray[np.int64]:
        return np.rint(self._psus - self._strata).astype(np.int64)

    def _begin(self) -> None:
        cells = np.arange(self._shape[1])
        reference, *empty = np.full(self._shape, np.nan), *(np.zeros(self._shape) for _ in range(6))
        self._open = Moments(np.zeros(len(cells), dtype=np.intp), cells, np.zeros(len(cells)), reference, *empty)

    def _merge(self, new: Moments) -> None:
        """Join groups of the open stratum to those it had, each cell being there once at most."""
        old, at = self._open.among(new.cell), new.cell
        new = new.about(old.reference)
        psus = old.psus + new.psus
        share, both = new.psus / psus, old.psus * new.psus / psus
        apart_z, apart_x = new.mean_z - old.mean_z, new.mean_x - old.mean_x
        self._open.psus[at] = psus
        self._open.reference[:, at] = new.reference
        self._open.mean_z[:, at] = old.mean_z + share * apart_z
        self._open.mean_x[:, at] = old.mean_x + share * apart_x
        self._open.squares_z[:, at] = old.squares_z + new.squares_z + both * np.square(apart_z)
        self._open.squares_x[:, at] = old.squares_x + new.squares_x + both * np.square(apart_x)
        self._open.products[:, at] = old.products + new.products + both * apart_z * apart_x
        self._open.having[:, at] = old.having + new.having

    def _finish(self, found: Moments, psus: Floats) -> None:
        """Add what finished strata give. psus: (groups,) all PSUs of the group's stratum, whoever has a case."""
        for row, of_groups in zip(self._reference, found.reference, strict=True):
            first = np.flatnonzero(~np.isnan(of_groups))[::-1]
            new = first[np.isnan(row[found.cell[first]])]
            row[found.cell[new]] = of_groups[new]
        found = found.about(self._reference[:, found.cell])
        # PSUs without anybody in the cell have a score of zero, and so lie one mean away from it.
        without = found.psus * (psus - found.psus) / psus
        single = psus == 1
        factor = np.where(single, 0.0, psus / np.where(single, 1, psus - 1))
        alone = np.where(single & (self.single_psu == "centre"), 1.0, 0.0)
        z, x = found.mean_z, found.mean_x
        for name, about, means in (
            ("squares_z", found.squares_z, z * z),
            ("squares_x", found.squares_x, x * x),
            ("products", found.products, z * x),
        ):
            self._add(self._sums[name], found.cell, factor * (about + without * means) + alone * means)
        self._add(self._psus, found.cell, found.having)
        self._add(self._strata, found.cell, (found.having > 0).astype(np.float64))
        self._add(self._seen, found.cell, ((found.having > 0) & ~single).astype(np.float64))

    def _add(self, sums: Floats, cell: NDArray[np.intp], values: Floats) -> None:
        for row, added in zip(sums, values, strict=True):
            row += np.bincount(cell, weights=added, minlength=self._shape[1])


class Totals:
    """Weight and respondents of (patterns, cells), for as many patterns as there are."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.weight = np.zeros((0, cells))
        self.n = np.zeros((0, cells), dtype=np.int64)

    def add(self, found: Sums) -> None:
        if more := len(found.weight) - len(self.weight):
            self.weight = np.r_[self.weight, np.zeros((more, self.cells))]
            self.n = np.r_[self.n, np.zeros((more, self.cells), dtype=np.int64)]
        for pattern in range(len(found.weight)):
            self.weight[pattern] += np.bincount(found.cell, weights=found.weight[pattern], minlength=self.cells)
            self.n[pattern] += np.rint(np.bincount(found.cell, weights=found.n[pattern], minlength=self.cells)).astype(
                np.int64
            )
