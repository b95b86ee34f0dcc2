"""Replicates of the sample: each gives the weights anew, and the spread of an estimate over them is its variance.

    v = scale  sum over replicates r of  rscales_r (estimate_r - estimate)^2

Made here from the design, they are one factor for each PSU and replicate, never a matrix of persons by replicates; or
they are delivered with the file as columns of weights.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.design.hadamard import hadamard
from lfs.design.sampling import Codes, Design, Floats
from lfs.metadata import SurveyError


@dataclass(frozen=True)
class Replicates:
    """How replicate weights follow from the base weight, and how their spread becomes a variance.

    factor: (psus, replicates) multiplies the weight, or None; columns: the delivered weights, one array of persons a
    replicate; scale, rscales (replicates,): of the formula above; around_mean: the spread is taken around the mean of
    the replicates instead of the estimate.
    """

    method: str
    scale: float
    rscales: Floats
    factor: Floats | None = None
    columns: Sequence[Floats] = ()
    around_mean: bool = False

    @property
    def count(self) -> int:
        return len(self.rscales)

    def weights(self, design: Design, rows: Codes | None = None) -> Iterator[Floats]:
        """(persons,) the weights of each replicate in turn, of the persons `rows` where they are named."""
        chosen = slice(None) if rows is None else rows
        weight, psu = design.weight[chosen], design.psu[chosen]
        for number in range(self.count):
            yield self.columns[number][chosen] if self.factor is None else weight * self.factor[psu, number]


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
        times = draw.multinomial(n - 1, np.full(n, 1 / n), size=replicates).T
        shrink = np.sqrt(1 - fraction)
        return 1 - shrink + shrink * n / (n - 1) * times

    return Replicates(
        "bootstrap", 1 / replicates, np.ones(replicates), _by_stratum(design, "bootstrap", replicates, stratum)
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
    factor = np.where(design.stratum[:, None] == stratum, n / (n - 1), 1.0)
    factor[left_out, np.arange(len(left_out))] = 0.0
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
    signs = hadamard(len(strata) + 1).astype(np.float64)
    factor = np.ones((len(design.stratum), signs.shape[1]))
    for row, stratum in enumerate(strata, start=1):
        first, second = np.flatnonzero(design.stratum == stratum)
        factor[first], factor[second] = 1 - (1 - fay) * signs[row], 1 + (1 - fay) * signs[row]
    count = signs.shape[1]
    return Replicates("balanced", 1 / (count * (1 - fay) ** 2), np.ones(count), factor)


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
    signs = hadamard((psus if replicates is None else replicates - 1) + 1).astype(np.float64)
    count = len(signs)
    place = np.lexsort((np.arange(psus) if order is None else np.asarray(order), design.stratum))
    row = 1 + np.arange(psus) % (count - 1)
    starts = np.flatnonzero(np.diff(design.stratum[place], prepend=-1))
    following = np.r_[row[1:], 0]
    following[np.r_[starts[1:], psus] - 1] = row[starts]
    factor = np.empty((psus, count))
    factor[place] = 1 + 2**-1.5 * (signs[row] - signs[following])
    factor = 1 + np.sqrt(1 - fraction[design.stratum])[:, None] * (factor - 1)
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
    """Factors of each stratum by its number of PSUs and its fraction; 1 in strata taken whole."""
    _refuse_single(design, method)
    factor = np.ones((len(design.stratum), replicates))
    for stratum, (n, fraction) in enumerate(zip(design.psus_in_stratum, _first_fractions(design), strict=True)):
        if fraction < 1 and n:
            factor[design.stratum == stratum] = made(int(n), float(fraction))
    return factor
