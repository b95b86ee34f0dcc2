"""Variances from replicates: the same estimate made again with the weights of each, one after the other.

    v = scale  sum over replicates r of  rscales_r (estimate_r - estimate)^2

No more than one replicate's weights, or one replicate's figures, is held at a time besides two running sums, so that
memory does not grow with the number of replicates.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lfs.design import Design, Replicates
from lfs.estimate.cells import Cells
from lfs.estimate.domains import Domains
from lfs.estimate.linear import Linearised
from lfs.estimate.measures import Measures
from lfs.estimate.totals import Sample, domain_totals
from lfs.estimate.variance import ROUNDING, Figures

Floats = NDArray[np.float64]


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


def replicate_figures(
    chosen: Sample, cells: Cells, needed: Measures, design: Design, replicates: Replicates
) -> tuple[Floats, Floats]:
    """Value and standard error (estimands, cells) of all estimands in all cells of one breakdown.

    Replicates made here are a factor for each PSU and act on the totals of PSUs by cells, delivered ones on persons.
    """
    totals = domain_totals(chosen, cells, needed, design.units)
    value = _values(_by_cell(totals.total, totals.cell, cells.count), needed)
    spread = _Spread(value, replicates, covariance=False)
    if replicates.factor is not None:
        psu = design.psu_of_unit[totals.psu]
        for number in range(replicates.count):
            by_cell = _by_cell(totals.total * replicates.factor[psu, number], totals.cell, cells.count)
            spread.add(number, _values(by_cell, needed))
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
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(found.se > 0, np.square(se / found.se), np.nan)
    return replace(found, se=se, deff=found.deff * times)


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
