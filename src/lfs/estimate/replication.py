"""Variances from replicates: the same estimate made again with the weights of each, one after the other.

    v = scale  sum over replicates r of  rscales_r (estimate_r - estimate)^2

No more than one replicate's weights, or one replicate's figures, is held at a time besides two running sums, so that
memory does not grow with the number of replicates.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lfs.design import Design, Replicates
from lfs.design.replicates import LeftOut
from lfs.estimate.cells import Cells
from lfs.estimate.domains import Domains
from lfs.estimate.linear import Linearised
from lfs.estimate.measures import Measures
from lfs.estimate.totals import DomainTotals, Sample, domain_totals
from lfs.estimate.variance import ROUNDING, Figures

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
REPLICATES_AT_ONCE = 50


class _Spread:
    """Running sums of the deviations of the replicates from the estimate, and of their products."""

    def __init__(self, estimate: Floats, replicates: Replicates, covariance: bool) -> None:
        self.estimate, self.replicates, self.covariance = estimate, replicates, covariance
        self.mean = np.zeros(estimate.shape)
        self.sum = np.zeros(estimate.shape)
        self.products = np.zeros((estimate.size, estimate.size) if covariance else estimate.shape)

    def add(self, number: int, found: Floats) -> None:
        deviation, rscale = found - self.estimate, self.replicates.rscales[number]
        if rscale > 0:
            self.mean += deviation
            self.sum += rscale * deviation
            self.products += rscale * (np.outer(deviation, deviation) if self.covariance else np.square(deviation))

    def result(self) -> Floats:
        products = self.products
        if self.replicates.around_mean:
            used = self.replicates.rscales > 0
            mean = self.mean / used.sum()
            times = np.outer if self.covariance else np.multiply
            products = products - times(mean, self.sum) - times(self.sum, mean)
            products = products + self.replicates.rscales.sum() * times(mean, mean)
        return self.replicates.scale * products


def replicate_covariance(
    statistic: Callable[[Floats], Floats], design: Design, replicates: Replicates
) -> tuple[Floats, Floats]:
    """Value and covariance (rows, rows) of any statistic: a function of the weights (persons,) that gives (rows,).

    A statistic that a replicate cannot give (a domain without a case left) has no variance: not a number.
    """
    value = np.atleast_1d(statistic(design.weight))
    spread = _Spread(value, replicates, covariance=True)
    for number, weight in enumerate(replicates.weights(design)):
        spread.add(number, np.atleast_1d(statistic(weight)))
    return value, spread.result()


def replicate_se(
    estimator: Callable[[Domains], Linearised], within: Domains, replicates: Replicates
) -> tuple[Floats, Floats]:
    """Value and standard error (rows,) of any estimate of domains: `lambda each: gini(each, "pay")`."""

    def statistic(weight: Floats) -> Floats:
        return estimator(replace(within, design=replace(within.design, weight=weight))).value

    value = estimator(within).value
    spread = _Spread(value, replicates, covariance=False)
    for number, weight in enumerate(replicates.weights(within.design)):
        spread.add(number, statistic(weight))
    return value, _root(spread.result(), value)


@dataclass(frozen=True)
class Sums:
    """What replicates need of estimates: value = scale x (sum of y in the cell / sum of x in its group).

    persons: (counted,) their positions; cell, y, x: (counted,); cells: how many there are; group: (cells,) the group
    whose x a cell is divided by, None where the value is the sum of y itself; rows: (rows,) the cell of each estimate;
    scale: (rows,).
    """

    persons: Codes
    cell: Codes
    y: Floats
    x: Floats
    cells: int
    group: Codes | None
    rows: Codes
    scale: Floats

    def values(self, y: Floats, x: Floats) -> Floats:
        """(rows, replicates) from sums by cell (cells, replicates)."""
        scale = self.scale[:, None]
        if self.group is None:
            return np.asarray(y[self.rows] * scale)
        of_group = np.zeros((int(self.group.max(initial=0)) + 1, x.shape[1]))
        np.add.at(of_group, self.group, x)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(y[self.rows] / of_group[self.group[self.rows]] * scale)


def se_of_sums(sums: Sums, made: Callable[[Floats, Floats], Floats], design: Design, replicates: Replicates) -> Floats:
    """Standard errors (rows,) of what `made` makes of the weighted sums of y and x: (cells, replicates) of each, into
    (rows, replicates)."""
    cells, psus = sums.cells, len(design.stratum)
    weight = design.weight[sums.persons]

    def by_cell(weights: Floats) -> tuple[Floats, Floats]:
        y = np.bincount(sums.cell, weights * sums.y, minlength=cells).astype(np.float64)
        x = np.bincount(sums.cell, weights * sums.x, minlength=cells).astype(np.float64)
        return y[:, None], x[:, None]

    value = made(*by_cell(weight))[:, 0]
    spread = _Spread(value, replicates, covariance=False)
    if replicates.factor is None:
        for number, weights in enumerate(replicates.weights(design, sums.persons)):
            spread.add(number, made(*by_cell(weights))[:, 0])
        return _root(spread.result(), value)
    place = sums.cell * psus + design.psu[sums.persons]
    y, x = (np.bincount(place, weight * each, minlength=cells * psus).reshape(cells, psus) for each in (sums.y, sums.x))
    for first in range(0, replicates.count, REPLICATES_AT_ONCE):
        numbers = range(first, min(first + REPLICATES_AT_ONCE, replicates.count))
        factors = np.column_stack([replicates.factor[number] for number in numbers])
        found = made(y @ factors, x @ factors)
        for number in numbers:
            spread.add(number, found[:, number - first])
    return _root(spread.result(), value)


def replicate_figures(
    chosen: Sample, cells: Cells, needed: Measures, design: Design, replicates: Replicates
) -> tuple[Floats, Floats]:
    """Value and standard error (estimands, cells) of all estimands in all cells of one breakdown.

    Replicates made here are a factor for each PSU and act on the totals of PSUs by cells, delivered ones on persons.
    With a PSU left out in each replicate, only the cells that it has a person in need a replicate of their own.
    """
    totals = domain_totals(chosen, cells, needed, design.units)
    value = _values(_by_cell(totals.total, totals.cell, cells.count), needed)
    spread = _Spread(value, replicates, covariance=False)
    if isinstance(replicates.factor, LeftOut):
        return value, _root(_left_out(totals, value, needed, design, replicates), value)
    if replicates.factor is not None:
        psu = design.psu_of_unit[totals.psu]
        for first in range(0, replicates.count, REPLICATES_AT_ONCE):
            numbers = range(first, min(first + REPLICATES_AT_ONCE, replicates.count))
            factors = np.column_stack([replicates.factor[number] for number in numbers])
            by_cell = _weighted_by_cell(totals, psu, factors, cells.count)
            for number in numbers:
                spread.add(number, _values(by_cell[number - first], needed))
    else:
        for number, weight in enumerate(replicates.weights(design, chosen.rows)):
            made = domain_totals(replace(chosen, weight=weight), cells, needed, design.units)
            spread.add(number, _values(_by_cell(made.total, made.cell, cells.count), needed))
    return value, _root(spread.result(), value)


def with_replicates(
    found: Figures,
    breakdowns: Sequence[Cells],
    chosen: Sample,
    needed: Measures,
    design: Design,
    replicates: Replicates,
) -> Figures:
    """The figures of all breakdowns side by side with the errors of replicates in place of those of linearisation.

    The design effect is that of the error of the replicates; counts and degrees of freedom are those of the design. A
    domain that some replicate leaves without anybody has no error.
    """
    made = [replicate_figures(chosen, cells, needed, design, replicates)[1] for cells in breakdowns]
    se = np.where(np.isfinite(found.value), np.concatenate(made, axis=1), np.nan)
    # Replicates meet the controls to the tolerance of their calibration, and differ by no more than that.
    se = np.where(found.controlled, 0.0, se)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(found.se > 0, np.square(se / found.se), np.nan)
    return replace(found, se=se, deff=found.deff * times)


def _weighted_by_cell(totals: DomainTotals, psu: Codes, factors: Floats, cells: int) -> Floats:
    """(replicates, measures, cells) totals with the factors (psus, replicates) of some replicates."""
    found = np.zeros((factors.shape[1], len(totals.total), cells))
    for cell, pairs in _slices(totals.cell):
        found[:, :, cell] = factors[psu[pairs]].T @ totals.total[:, pairs].T
    return found


def _left_out(totals: DomainTotals, value: Floats, needed: Measures, design: Design, replicates: Replicates) -> Floats:
    """Jackknife variance (estimands, cells), without its replicates one by one.

    With T the total of a cell, S that of a stratum of n PSUs and t that of the PSU left out, the replicate's total is
    T - S + (S - t) n / (n - 1). All PSUs of the stratum that have nobody in the cell have the same replicate.
    """
    assert isinstance(replicates.factor, LeftOut)
    cells, strata = value.shape[1], len(design.stratum_names)
    weight = np.zeros(strata)
    weight[design.stratum[replicates.factor.psu]] = replicates.scale * replicates.rscales
    psus = len(design.stratum)
    starts, pair = _runs(totals.cell * psus + design.psu_of_unit[totals.psu])
    total, cell, stratum = np.add.reduceat(totals.total, starts, axis=1), pair // psus, design.stratum[pair % psus]
    starts, group = _runs(cell * strata + stratum)
    n, here = design.psus_in_stratum[group % strata], np.diff(starts, append=len(pair))
    more = n / np.where(n > 1, n - 1, 1)
    of_stratum = np.add.reduceat(total, starts, axis=1)
    elsewhere = _by_cell(of_stratum, group // strata, cells)[:, group // strata] - of_stratum
    of_pair = np.repeat(np.arange(len(group)), here)
    # In this order nothing but zero is left where nobody else has a case.
    without = elsewhere[:, of_pair] + more[of_pair] * (of_stratum[:, of_pair] - total)
    with_more = elsewhere + more * of_stratum

    def summed(replicate_total: Floats, times: Floats, of_cell: Codes) -> Floats:
        # Strata taken whole have no replicates, and where every PSU has somebody none is without.
        apart = _values(replicate_total, needed) - value[:, of_cell]
        return _by_cell(np.where(times > 0, np.square(apart) * times, 0.0), of_cell, cells)

    variance = summed(without, weight[stratum], cell)
    variance += summed(with_more, (n - here) * weight[group % strata], group // strata)
    return np.where(np.isnan(value), np.nan, variance)


def _runs(codes: Codes) -> tuple[Codes, Codes]:
    """Where each code begins among sorted codes, and the codes."""
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    return starts, codes[starts]


def _slices(codes: Codes) -> Iterator[tuple[int, slice]]:
    """Each of the sorted codes, and where it stands."""
    starts, found = _runs(codes)
    for code, first, last in zip(found, starts, np.append(starts[1:], len(codes)), strict=True):
        yield int(code), slice(int(first), int(last))


def _values(by_cell: Floats, needed: Measures) -> Floats:
    numerator, denominator = by_cell[needed.numerator], by_cell[needed.denominator]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(needed.is_ratio[:, None], numerator / denominator, numerator)


def _by_cell(total: Floats, cell: NDArray[np.intp], cells: int) -> Floats:
    sums = np.zeros((len(total), cells))
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    if len(starts):
        sums[:, cell[starts]] = np.add.reduceat(total, starts, axis=1)
    return sums


def _root(variance: Floats, value: Floats) -> Floats:
    se = np.sqrt(np.maximum(variance, 0.0))
    return np.where(se < ROUNDING * np.abs(value), 0.0, se)
