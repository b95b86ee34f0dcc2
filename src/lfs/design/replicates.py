"""Replicates of the sample: each gives the weights anew, and the spread of an estimate over them is its variance.

    v = scale  sum over replicates r of  rscales_r (estimate_r - estimate)^2

Made here from the design, they are one factor for each PSU and replicate, never a matrix of persons by replicates, and
where there are as many replicates as PSUs not even that: the factors of one replicate are made when they are asked for.
Or they are delivered with the file as columns of weights.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from lfs.design.hadamard import Signs, hadamard
from lfs.design.sampling import Codes, Design, Floats
from lfs.metadata import SurveyError


class Factors(Protocol):
    """What the weights of each PSU are multiplied by in a replicate."""

    def __getitem__(self, number: int, /) -> Floats:
        """(psus,) of the replicate of this number."""
        ...


@dataclass(frozen=True)
class Matrix:
    """Factors as a table. values: (replicates, psus)."""

    values: Floats

    def __getitem__(self, number: int, /) -> Floats:
        return self.values[number]


@dataclass(frozen=True)
class LeftOut:
    """One PSU less in each replicate, and more weight for the others of its stratum.

    psu: (replicates,) the PSU left out; stratum: (psus,); psus_in_stratum: (strata,).
    """

    psu: Codes
    stratum: Codes
    psus_in_stratum: Codes

    def __getitem__(self, number: int, /) -> Floats:
        psu = self.psu[number]
        n = self.psus_in_stratum[self.stratum[psu]]
        factor = np.where(self.stratum == self.stratum[psu], n / (n - 1), 1.0)
        factor[psu] = 0.0
        return factor


@dataclass(frozen=True)
class Neighbours:
    """Differences of the signs of each PSU and of the one that follows it.

    signs: (replicates, replicates); row, following: (psus,) rows of it; shrink: (psus,).
    """

    signs: Signs
    row: Codes
    following: Codes
    shrink: Floats

    def __getitem__(self, number: int, /) -> Floats:
        signs = self.signs[:, number].astype(np.float64)
        return 1 + self.shrink * (2**-1.5 * (signs[self.row] - signs[self.following]))


@dataclass(frozen=True)
class Halves:
    """One PSU of each pair more and the other less. signs: (replicates, replicates); row: (psus,) rows of it;
    direction: (psus,) share of the weight, below zero for the first of a pair, zero for a stratum taken whole."""

    signs: Signs
    row: Codes
    direction: Floats

    def __getitem__(self, number: int, /) -> Floats:
        return 1 + self.direction * self.signs[self.row, number]


@dataclass(frozen=True)
class Replicates:
    """How replicate weights follow from the base weight, and how their spread becomes a variance.

    factor: by replicate (psus,), multiplies the weight, or None; columns: the delivered weights, one array of persons a
    replicate; scale, rscales (replicates,): of the formula above; around_mean: the spread is taken around the mean of
    the replicates instead of the estimate.
    """

    method: str
    scale: float
    rscales: Floats
    factor: Factors | None = None
    columns: Sequence[Floats] = ()
    around_mean: bool = False

    @property
    def count(self) -> int:
        return len(self.rscales)

    @property
    def factors(self) -> Floats:
        """(psus, replicates) all factors, for small samples: as large as they are long."""
        if self.factor is None:
            raise SurveyError(f"{self.method} replicates are weights of persons; they have no factors by PSU")
        return np.column_stack([self.factor[number] for number in range(self.count)])

    def weights(self, design: Design, rows: Codes | None = None) -> Iterator[Floats]:
        """(persons,) the weights of each replicate in turn, of the persons `rows` where they are named."""
        chosen = slice(None) if rows is None else rows
        weight, psu = design.weight[chosen], design.psu[chosen]
        for number in range(self.count):
            yield self.columns[number][chosen] if self.factor is None else weight * self.factor[number][psu]


def bootstrap(design: Design, replicates: int = 200, seed: int = 1) -> Replicates:
    """Rescaled bootstrap of n - 1 of the n PSUs of each stratum (Rao, Wu and Yue, Survey Methodology 18 (1992), 209).

    factor = 1 - sqrt(1 - f) + sqrt(1 - f) n / (n - 1) t, with t the times a PSU was drawn and f the sampling fraction
    of the stratum (0 without `with_stages`); scale 1 / replicates. For a total, the expected variance is that of
    linearisation. Fractions of further stages are left out.
    """
    if replicates < 2:
        raise SurveyError(f"bootstrap: {replicates} replicates are too few")
    draw = np.random.Generator(np.random.PCG64(seed))

    def stratum(n: int, fraction: float) -> Floats:
        times = draw.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
        shrink = np.sqrt(1 - fraction)
        return 1 - shrink + shrink * n / (n - 1) * times

    return Replicates(
        "bootstrap", 1 / replicates, np.ones(replicates), Matrix(_by_stratum(design, "bootstrap", replicates, stratum))
    )


def jackknife(design: Design) -> Replicates:
    """Each PSU left out in turn: JKn, which without strata is JK1 (Wolter 2007, ch. 4; R: type="JKn", "JK1").

    factor n / (n - 1) for the other PSUs of the stratum; rscales (1 - f) (n - 1) / n. A stratum taken whole has none.
    """
    fraction = _first_fractions(design)
    _refuse_single(design, "jackknife")
    left_out = np.flatnonzero((fraction < 1)[design.stratum])
    stratum = design.stratum[left_out]
    n = design.psus_in_stratum[stratum]
    factor = LeftOut(left_out, design.stratum, design.psus_in_stratum)
    return Replicates("jackknife", 1.0, (1 - fraction[stratum]) * (n - 1) / n, factor)


def balanced(design: Design, fay: float = 0.0) -> Replicates:
    """Balanced repeated replication of two PSUs a stratum; `fay` (0 to below 1) keeps that share of the half left out.

    factor fay or 2 - fay, by the signs of a Hadamard matrix of an order above the number of strata; scale
    1 / (R (1 - fay)^2) (McCarthy 1969; Judkins, J. Official Statistics 6 (1990), 223; R: type="BRR", "Fay"). Strata
    taken whole keep their weight. Raises SurveyError for a stratum without exactly two PSUs.
    """
    if not 0 <= fay < 1:
        raise SurveyError(f"balanced replicates: fay is {fay:g} and must be 0 or more and below 1")
    drawn = _first_fractions(design) < 1
    if wrong := int((drawn & (design.psus_in_stratum != 2)).sum()):
        raise SurveyError(
            f"balanced replicates need two PSUs in every stratum; {wrong} strata have another number: collapse or "
            "split them, or take the jackknife or the bootstrap"
        )
    strata = np.flatnonzero(drawn)
    signs = hadamard(len(strata) + 1)
    count = len(signs)
    first = np.searchsorted(design.stratum, strata)
    row, direction = np.zeros(len(design.stratum), dtype=np.intp), np.zeros(len(design.stratum))
    row[first] = row[first + 1] = np.arange(1, len(strata) + 1)
    direction[first], direction[first + 1] = fay - 1, 1 - fay
    return Replicates("balanced", 1 / (count * (1 - fay) ** 2), np.ones(count), Halves(signs, row, direction))


def successive_differences(design: Design, order: Floats | None = None, replicates: int | None = None) -> Replicates:
    """Replicates for systematic samples: neighbours in the order of selection stand for each other.

    order: (psus,) place of each PSU in the order of selection inside its stratum; by name if not given. factor
    1 + sqrt(1 - f) 2^(-3/2) (a_i - a_(i+1)) with rows a of a Hadamard matrix, the last PSU of a stratum being followed
    by its first; scale 4 / R (Fay and Train 1995; Ash, Survey Methodology 40 (2014), 47; R: "successive-difference").
    With more replicates than PSUs (as made if `replicates` is None) the variance of a total is exactly
    sum (y_i - y_(i+1))^2 / 2 around the circle; with fewer, rows are used again.
    """
    fraction = _first_fractions(design)
    _refuse_single(design, "successive differences")
    psus = len(design.stratum)
    signs = hadamard((psus if replicates is None else replicates - 1) + 1)
    count = len(signs)
    place = np.lexsort((np.arange(psus) if order is None else np.asarray(order), design.stratum))
    row = 1 + np.arange(psus) % (count - 1)
    starts = np.flatnonzero(np.diff(design.stratum[place], prepend=-1))
    following = np.r_[row[1:], 0]
    following[np.r_[starts[1:], psus] - 1] = row[starts]
    row[place], following[place] = row.copy(), following.copy()
    factor = Neighbours(signs, row, following, np.sqrt(1 - fraction[design.stratum]))
    return Replicates("successive_differences", 4 / count, np.ones(count), factor)


def delivered(
    people: pd.DataFrame,
    columns: Sequence[str],
    scale: float,
    rscales: Sequence[float] | None = None,
    around_mean: bool = False,
    count: int | None = None,
) -> Replicates:
    """Replicate weights that came with the file, each column a full weight (not a factor).

    scale, rscales: as the office publishes them (bootstrap 1 / R, BRR 1 / R, Fay 1 / (R (1 - fay)^2), successive
    differences 4 / R, JKn 1 with rscales (n - 1) / n); count: how many there should be, where that is declared.
    Raises SurveyError for another number than declared, for columns that are not there and for weights that are missing
    or infinite.
    """
    if count is not None and count != len(columns):
        raise SurveyError(f"{len(columns)} columns of replicate weights; {count} are declared")
    if len(columns) < 2:
        raise SurveyError(f"{len(columns)} columns of replicate weights are too few")
    if absent := [name for name in columns if name not in people]:
        raise SurveyError(f"replicate weights: there is no column {', '.join(absent)}")
    scales = np.ones(len(columns)) if rscales is None else np.asarray(rscales, dtype=np.float64)
    if len(scales) != len(columns):
        raise SurveyError(f"{len(scales)} rscales for {len(columns)} columns of replicate weights")
    if not scale > 0 or (scales < 0).any():
        raise SurveyError(f"replicate weights: scale {scale:g} must be above zero and no rscales below it")
    weights = tuple(people[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in columns)
    bad = [name for name, weight in zip(columns, weights, strict=True) if not np.isfinite(weight).all()]
    if bad:
        raise SurveyError(f"replicate weights: missing or infinite values in {', '.join(bad)}")
    return Replicates("delivered", scale, scales, None, weights, around_mean)


def _first_fractions(design: Design) -> Floats:
    """(strata,) sampling fraction of the PSUs; zero where they are taken as drawn with replacement."""
    return design.stages[0].fraction if design.stages else np.zeros(len(design.stratum_names))


def _refuse_single(design: Design, method: str) -> None:
    if single := int(design.single.sum()):
        raise SurveyError(
            f"{method}: {single} strata hold one PSU only, which no replicate can show; collapse them with a neighbour "
            "or open them as certainty PSUs"
        )


def _by_stratum(design: Design, method: str, replicates: int, made: Callable[[int, float], Floats]) -> Floats:
    """(replicates, psus) factors of each stratum by its number of PSUs and its fraction; 1 in strata taken whole."""
    _refuse_single(design, method)
    factor = np.ones((replicates, len(design.stratum)))
    for stratum, (n, fraction) in enumerate(zip(design.psus_in_stratum, _first_fractions(design), strict=True)):
        if fraction < 1 and n:
            factor[:, design.stratum == stratum] = made(int(n), float(fraction))
    return factor
