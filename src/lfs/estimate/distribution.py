"""What is read off the distribution of a number: quantiles with Woodruff's limits, and the Gini coefficient."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.domains import Domains
from lfs.estimate.interval import quantile_of_t
from lfs.estimate.linear import Linearised
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Around = Literal["share", "estimate"]


@dataclass(frozen=True)
class _Ordered:
    """The persons with a number, by cell and number; below: weight of the cell up to and with each of them."""

    person: Codes
    cell: Codes
    number: Floats
    weight: Floats
    below: Floats
    total: Floats
    start: Codes

    def quantile(self, share: Floats) -> Floats:
        """(cells,) smallest number at or below which lies at least `share` of the cell; none for shares outside 0-1."""
        # One search for all cells: the cumulated share of each cell, moved up by its number.
        reached = self.below / self.total[self.cell] + 2 * self.cell
        wanted = np.where(np.isfinite(share), share, 0.0)
        place = np.searchsorted(reached, wanted * (1 - 1e-15) + 2 * np.arange(len(self.total)), side="left")
        last = np.r_[self.start[1:], len(self.person)] - 1
        place = np.clip(place, self.start, np.maximum(last, self.start))
        known = (last >= self.start) & (share >= 0) & (share <= 1)
        return np.where(known, self.number[np.minimum(place, max(len(self.number) - 1, 0))], np.nan)


def quantile(
    within: Domains, column: str, share: float = 0.5, around: Around = "share", se_below: Floats | None = None
) -> Linearised:
    """The quantile of a number in each cell, with Woodruff's limits (JASA 47 (1952), 635-646).

    The quantile is the smallest number at or below which lies at least `share` of the weight (R: svyquantile with
    qrule="math"). With F the share at or below it and se(F) its standard error as of any proportion, the limits are the
    quantiles at share -+ t se(F), none where that leaves 0 to 1, and se is their distance over 2 t at 95%. Its score is
    that of the share at or below, so scaled, from which covariances are had. around: "estimate" puts the limits around
    F in the place of the share, as R does (interval.type="mean"); where many give the same number, so that F lies far
    above the share, such limits hold the truth too seldom (docs/coverage.md). se_below: (cells,) se(F) where it is not
    that of linearisation, as with replicates.
    """
    if not 0 < share < 1:
        raise SurveyError(f"quantile {share:g}: give a share above 0 and below 1, such as 0.5 for the median")
    ordered, counted = _ordered(within, column)
    value = ordered.quantile(np.full(len(ordered.total), share))
    y = within.numbers(column)
    cell = np.where(within.inside, within.cells.person, 0)
    below = counted & (y <= value[cell])
    with np.errstate(divide="ignore", invalid="ignore"):
        reached = within.sums(np.ones(len(y)), below) / ordered.total
        score = np.where(counted, (below - reached[cell]) / ordered.total[cell], 0.0)
    proportion = within.linearised(reached, score, counted, below)
    se, df = proportion.se if se_below is None else se_below, proportion.df

    def limits(confidence: float) -> tuple[Floats, Floats]:
        half = quantile_of_t(confidence, df) * np.where(se > 0, se, np.nan)
        centre = np.full(len(half), share) if around == "share" else reached
        return ordered.quantile(centre - half), ordered.quantile(centre + half)

    lower, upper = limits(0.95)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_share = (upper - lower) / (2 * quantile_of_t(0.95, df)) / se
    return replace(
        proportion,
        value=value,
        score=-proportion.score * per_share[:, None],
        by_chance=proportion.by_chance * np.square(per_share),
        own_limits=limits,
    )


def quantiles(within: Domains, column: str, shares: Sequence[float], around: Around = "share") -> list[Linearised]:
    """Several quantiles of the same number, in the order of `shares`."""
    return [quantile(within, column, share, around) for share in shares]


def gini(within: Domains, column: str) -> Linearised:
    """Gini coefficient of a number in each cell, linearised.

    G = sum w_k y_k (2 N_k - w_k) / (N Y) - 1, with N_k and Y_k the weight and the weighted sum up to and with person k
    in ascending order, N and Y those of all. The score is the derivative of G by the weight of k, times N Y,

        2 N_k y_k - 2 Y_k + Y - N y_k - G (Y + N y_k)

    (Langel and Tille, J. Royal Statistical Society A 176 (2013), 521-540; value as R laeken's gini). Raises SurveyError
    for numbers below zero.
    """
    ordered, counted = _ordered(within, column)
    if negative := int((ordered.number < 0).sum()):
        raise SurveyError(f"variable '{column}': {negative} numbers below zero, of which there is no Gini coefficient")
    cell, y, total = ordered.cell, ordered.number, ordered.total
    cells = len(total)
    income = _by_cell(cell, ordered.weight * y, cells)
    income_below = _cumulated(ordered.weight * y, ordered.start, cell)
    squares = ordered.weight * y * (2 * ordered.below - ordered.weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _by_cell(cell, squares, cells) / (total * income) - 1
    derivative = 2 * (ordered.below * y - income_below) + income[cell] - total[cell] * y
    derivative -= value[cell] * (income[cell] + total[cell] * y)
    score = np.zeros(len(within.inside))
    with np.errstate(divide="ignore", invalid="ignore"):
        score[ordered.person] = derivative / (total[cell] * income[cell])
    return within.linearised(value, score, counted, counted & (within.numbers(column) > 0))


def _ordered(within: Domains, column: str) -> tuple[_Ordered, NDArray[np.bool_]]:
    y = within.numbers(column)
    counted = within.inside & np.isfinite(y) & (within.design.weight > 0)
    person = np.flatnonzero(counted)
    person = person[np.lexsort((within.design.weight[person], y[person], within.cells.person[person]))]
    cell, weight = within.cells.person[person], within.design.weight[person]
    total = _by_cell(cell, weight, within.cells.count)
    start = np.searchsorted(cell, np.arange(within.cells.count))
    return _Ordered(person, cell, y[person], weight, _cumulated(weight, start, cell), total, start), counted


def _by_cell(cell: Codes, values: Floats, cells: int) -> Floats:
    return np.bincount(cell, weights=values, minlength=cells).astype(np.float64)


def _cumulated(values: Floats, start: Codes, cell: Codes) -> Floats:
    """Sums of each cell up to and with each of its persons, cells not disturbing each other's rounding."""
    sums = np.empty_like(values)
    for first, last in zip(start, np.r_[start[1:], len(values)], strict=True):
        np.cumsum(values[first:last], out=sums[first:last])
    return sums
