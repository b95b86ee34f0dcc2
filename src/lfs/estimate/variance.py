"""Value, variance, design effect and degrees of freedom of every estimand in every cell of one breakdown.

Taylor linearisation with ultimate clusters drawn with replacement within strata (Wolter, Introduction to Variance
Estimation, 2nd ed. 2007, ch. 6; Lumley, Complex Surveys, 2010, ch. 2). With Y, X the weighted totals of numerator and
denominator in the cell and y, x those of one PSU, the PSU's score is

    z = (y - R x) / X  for a ratio R = Y / X,      z = y  for a total,

zero for a PSU without a case in the cell, and

    v = sum over strata h of  n_h / (n_h - 1)  sum over the n_h PSUs of the stratum  (z - mean of z in h)^2 .

Where the design has sampling fractions f, each stratum's term is multiplied by 1 - f, and the same sum over the units
drawn inside each PSU is added, multiplied by 1 - f of those and by the f of all stages above (Cochran, Sampling
Techniques, 3rd ed. 1977, ch. 10-11; R survey: svydesign(fpc = ~f1 + f2)).

Where the weights were calibrated, z is the residual of the above on the calibration variables, which is zero for no PSU
(`lfs.estimate.residuals`).
"""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from lfs.design import Design
from lfs.estimate.deff import simple_random_variance
from lfs.estimate.measures import Measures
from lfs.estimate.totals import DomainTotals
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
ROUNDING = 1e-13
SinglePsu = Literal["fail", "certainty", "centre", "average"]


@dataclass(frozen=True)
class Figures:
    """Arrays of (estimands, cells): what is known of each estimate before limits and flags.

    controlled: the weights were calibrated to it, or to what it is made of, so that it has no error of sampling.
    """

    value: Floats
    se: Floats
    deff: Floats
    df: Counts
    n: Counts
    n_cases: Counts
    controlled: NDArray[np.bool_]


class Explained(Protocol):
    """What a calibration explains of the scores, from which the variance of the residuals follows."""

    def variance(
        self, scores: Floats, totals: DomainTotals, needed: Measures, ratio: Floats, cross_products: Floats
    ) -> Floats: ...


def figures(
    totals: DomainTotals,
    needed: Measures,
    design: Design,
    single_psu: SinglePsu,
    calibration: tuple[Explained, Floats] | None = None,
) -> Figures:
    """All estimands in all cells of one breakdown.

    calibration: what it explains, and its cross-products with the measures in these cells (`residuals`).

    A PSU alone in its stratum: `fail` refuses; `certainty` adds nothing; `centre` adds the square of the PSU's score
    (R's "adjust": distance to the grand mean, which is zero for ratios); `average` gives it the mean variance of the
    domain's other strata (R's "average"). Raises SurveyError under `fail`.
    """
    refuse_single(design, single_psu)
    cells = totals.n.shape[1]
    cell_total = _Sums.by(totals.cell, cells)(totals.total)
    numerator, denominator = cell_total[needed.numerator], cell_total[needed.denominator]
    ratio = needed.is_ratio[:, None]
    n, n_cases = totals.n[needed.domain], totals.n[needed.numerator]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(ratio, numerator / denominator, numerator)
        known = np.where(denominator > 0, value, 0.0)
        scores = _scores(totals, needed, known)
        residual = None
        if calibration is not None:
            explained, cross_products = calibration
            residual = explained.variance(scores, totals, needed, known, cross_products)
        variance, df = _variance(scores, totals, needed.domain, design, single_psu)
        as_drawn, variance = variance, variance if residual is None else residual
        squared = np.where(ratio, denominator, 1.0) ** 2
        as_drawn, variance = as_drawn / squared, variance / squared
        by_chance = simple_random_variance(cell_total, n, needed, value)
        deff = np.where(by_chance > 0, variance / by_chance, np.nan)
    empty = (n == 0) | (ratio & ~(denominator > 0))
    value, variance, deff = (np.where(empty, np.nan, x) for x in (value, variance, deff))
    # What is left where PSUs do not differ at all is rounding, not an error of sampling.
    nothing = np.sqrt(variance) < ROUNDING * np.abs(value)
    se, deff = (np.where(nothing, 0.0 * x, x) for x in (np.sqrt(variance), deff))
    controlled = nothing & ~(np.sqrt(as_drawn) < ROUNDING * np.abs(value))
    return Figures(value, se, deff, df, n, n_cases, controlled)


def refuse_single(design: Design, single_psu: SinglePsu) -> None:
    """SurveyError under `fail` where a PSU is alone in its stratum and the stratum is not taken whole."""
    if single_psu == "fail" and (single := int(design.single.sum())):
        raise SurveyError(
            f"{single} strata hold one PSU only and lonely_psu is fail; declare certainty, centre or "
            "average as lonely_psu: in config.yaml, or join strata in the office file"
        )


def _scores(totals: DomainTotals, needed: Measures, value: Floats) -> Floats:
    """(estimands, pairs): y for totals, y - R x for ratios; the division by X is made once, on the variance."""
    scores = totals.total[needed.numerator]
    sizes = np.bincount(totals.cell, minlength=value.shape[1])
    for position in np.flatnonzero(needed.is_ratio):
        scores[position] -= np.repeat(value[position], sizes) * totals.total[needed.denominator[position]]
    return scores


def _variance(
    scores: Floats, totals: DomainTotals, domain: NDArray[np.intp], design: Design, single_psu: SinglePsu
) -> tuple[Floats, Counts]:
    """Variance of the sum of the scores, and the degrees of freedom, by estimand and cell."""
    cells = totals.n.shape[1]
    below: Floats = np.zeros((len(scores), cells))
    of_psu = _Pairs(totals.cell, totals.psu, scores, totals.total)
    for number in range(len(design.stages) - 1, 0, -1):
        added, of_psu = _stage_below(of_psu, design, number, cells, single_psu)
        below = below + added
    stratum, scores = design.stratum[of_psu.unit], of_psu.scores
    starts = _starts(of_psu.cell * len(design.stratum_names) + stratum)
    cell, psus = of_psu.cell[starts], design.psus_in_stratum[stratum[starts]]
    here = np.diff(starts, append=len(stratum))
    mean = _segments(scores, starts) / psus
    scores -= np.repeat(mean, here, axis=1)
    np.square(scores, out=scores)
    # PSUs of the stratum without a case in the cell have score zero, and so lie one mean away from the mean.
    squares: Floats = _segments(scores, starts) + (psus - here) * np.square(mean)
    single = psus == 1
    squares = squares * (psus / np.where(single, 1, psus - 1))
    squares[:, single] = np.square(mean[:, single]) if single_psu == "centre" else 0.0
    taken_whole = np.zeros(len(cell), dtype=bool)
    if design.stages:
        squares *= 1 - design.stages[0].fraction[stratum[starts]]
        taken_whole = design.stages[0].fraction[stratum[starts]] == 1
    by_cell, by_cell_of_pair = _Sums.by(cell, cells), _Sums.by(of_psu.cell, cells)
    variance = by_cell(squares)

    speaks_about, which = np.unique(domain, return_inverse=True)
    has = of_psu.totals[speaks_about] > 0
    stratum_has = np.logical_or.reduceat(has, starts, axis=1) if len(starts) else has
    psus_with, strata_with = by_cell_of_pair(has), by_cell(stratum_has)
    if single_psu == "average":
        seen = strata_with - by_cell(stratum_has & single & ~taken_whole)
        variance *= np.where(seen > 0, strata_with / np.where(seen > 0, seen, 1), np.nan)[which]
    return variance + below, (psus_with - strata_with)[which]


@dataclass(frozen=True)
class _Pairs:
    """Scores and totals (., pairs) of the units of one stage in each cell, in order of cell and unit."""

    cell: NDArray[np.intp]
    unit: NDArray[np.intp]
    scores: Floats
    totals: Floats


def _stage_below(
    pairs: _Pairs, design: Design, number: int, cells: int, single_psu: SinglePsu
) -> tuple[Floats, _Pairs]:
    """What a stage below the PSU adds to the variance, and the pairs of the stage above it."""
    stage = design.stages[number]
    group = stage.group[pairs.unit]
    starts = _starts(pairs.cell * len(stage.fraction) + group)
    cell, group = pairs.cell[starts], group[starts]
    n, here = stage.units_in_group[group], np.diff(starts, append=len(pairs.unit))
    sums = _segments(pairs.scores, starts)
    squares: Floats = _segments(np.square(pairs.scores - np.repeat(sums / n, here, axis=1)), starts)
    squares = (squares + (n - here) * np.square(sums / n)) * (n / np.where(n > 1, n - 1, 1))
    # ASSUME a unit alone at a stage below the PSU adds the square of its score under "centre", and otherwise nothing.
    squares[:, n == 1] = np.square(sums[:, n == 1]) if single_psu == "centre" else 0.0
    squares *= design.share_above(number)[group] * (1 - stage.fraction[group])
    above = _Pairs(cell, stage.above[group], sums, _segments(pairs.totals, starts))
    return _Sums.by(cell, cells)(squares), above


def _starts(sorted_codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each new code begins."""
    return np.flatnonzero(np.concatenate(([len(sorted_codes) > 0], sorted_codes[1:] != sorted_codes[:-1])))


def _segments(values: NDArray, starts: NDArray[np.intp]) -> NDArray:
    return np.add.reduceat(values, starts, axis=1) if len(starts) else values[:, :0]


@dataclass(frozen=True)
class _Sums:
    """Sums of columns by cell, the columns being in order of their cells; zero for cells without any."""

    starts: NDArray[np.intp]
    cell: NDArray[np.intp]
    cells: int

    @classmethod
    def by(cls, cell: NDArray[np.intp], cells: int) -> "_Sums":
        starts = _starts(cell)
        return cls(starts, cell[starts], cells)

    def __call__(self, values: NDArray) -> NDArray:
        sums = np.zeros((len(values), self.cells), dtype=np.int64 if values.dtype == bool else values.dtype)
        if len(self.starts):
            sums[:, self.cell] = np.add.reduceat(values, self.starts, axis=1, dtype=sums.dtype)
        return sums
