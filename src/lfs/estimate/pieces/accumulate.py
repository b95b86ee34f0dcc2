"""Running sums over strata: the open stratum's PSUs so far, and what the finished strata add to the variance."""

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.pieces.moments import Moments, Sums
from lfs.estimate.variance import ROUNDING, SinglePsu

Floats = NDArray[np.float64]
SQUARES = ("squares_y", "squares_r", "products")


class Variances:
    """Of (estimands, cells): sums of squares of finished strata, PSUs and strata with a case, by `add` and `close`."""

    def __init__(self, estimands: int, cells: int, single_psu: SinglePsu) -> None:
        self.single_psu = single_psu
        self._shape = estimands, cells
        self._sums = {name: np.zeros(self._shape) for name in SQUARES}
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
        ratio = is_ratio[:, None]
        with np.errstate(invalid="ignore"):
            of_y, of_r = np.where(ratio, 1 - value, 1.0), np.where(ratio, value, 0.0)
            squares = np.square(of_y) * self._sums["squares_y"] + np.square(of_r) * self._sums["squares_r"]
            crossed = 2 * of_y * of_r * self._sums["products"]
            variance = squares - crossed
            # What is left of large sums where no PSU's rate differs from the others' is rounding.
            variance = np.where(variance < ROUNDING * (squares + np.abs(crossed)), 0.0, variance)
        if self.single_psu == "average":
            variance *= np.where(self._seen > 0, self._strata / np.where(self._seen > 0, self._seen, 1), np.nan)
        return variance

    @property
    def df(self) -> NDArray[np.int64]:
        return np.rint(self._psus - self._strata).astype(np.int64)

    def _begin(self) -> None:
        cells = np.arange(self._shape[1])
        empty = [np.zeros(self._shape) for _ in range(6)]
        self._open = Moments(np.zeros(len(cells), dtype=np.intp), cells, np.zeros(len(cells)), *empty)

    def _merge(self, new: Moments) -> None:
        """Join groups of the open stratum to those it had, each cell being there once at most."""
        old, at = self._open.among(new.cell), new.cell
        psus = old.psus + new.psus
        share, both = new.psus / psus, old.psus * new.psus / psus
        apart_y, apart_r = new.mean_y - old.mean_y, new.mean_r - old.mean_r
        self._open.psus[at] = psus
        self._open.mean_y[:, at] = old.mean_y + share * apart_y
        self._open.mean_r[:, at] = old.mean_r + share * apart_r
        self._open.squares_y[:, at] = old.squares_y + new.squares_y + both * np.square(apart_y)
        self._open.squares_r[:, at] = old.squares_r + new.squares_r + both * np.square(apart_r)
        self._open.products[:, at] = old.products + new.products + both * apart_y * apart_r
        self._open.having[:, at] = old.having + new.having

    def _finish(self, found: Moments, psus: Floats) -> None:
        """Add what finished strata give. psus: (groups,) all PSUs of the group's stratum, whoever has a case."""
        # PSUs without anybody in the cell have a score of zero, and so lie one mean away from it.
        without = found.psus * (psus - found.psus) / psus
        single = psus == 1
        factor = np.where(single, 0.0, psus / np.where(single, 1, psus - 1))
        alone = np.where(single & (self.single_psu == "centre"), 1.0, 0.0)
        y, r = found.mean_y, found.mean_r
        for name, about, means in (
            ("squares_y", found.squares_y, y * y),
            ("squares_r", found.squares_r, r * r),
            ("products", found.products, y * r),
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
