"""Variances and covariances of linearised estimates, from the sums of their scores in each unit of the sample.

    cov(a, b) = sum over strata h of  (1 - f_h) n_h / (n_h - 1)  sum over PSUs  (z_a - mean of z_a) (z_b - mean of z_b)

and the same inside the PSUs at further stages, as `lfs.estimate.variance` has it for all estimands in one pass.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lfs.design import Design
from lfs.estimate.variance import SinglePsu, refuse_single

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Present = NDArray[np.bool_] | None


def variance(score: Floats, design: Design, single_psu: SinglePsu, present: Present = None) -> Floats:
    """(rows,) variance of each row; score: (rows, units of the last stage).

    present: (rows, psus) PSUs with a case, for `average`; none where all have a score, as with calibrated weights.
    """
    return sum((np.square(each).sum(axis=1) for each in _deviations(score, design, single_psu, present)), _none(score))


def variance_matrix(score: Floats, design: Design, single_psu: SinglePsu, present: Present = None) -> Floats:
    """(rows, rows) covariances, with the variances on the diagonal."""
    start = np.zeros((len(score), len(score)))
    return sum((each @ each.T for each in _deviations(score, design, single_psu, present)), start)


def _none(score: Floats) -> Floats:
    return np.zeros(len(score))


def _deviations(score: Floats, design: Design, single_psu: SinglePsu, present: Present) -> Iterator[Floats]:
    """(rows, units) of each stage, deepest first, so scaled that their products add up to the covariance."""
    refuse_single(design, single_psu)
    for number in range(len(design.stages) - 1, 0, -1):
        stage = design.stages[number]
        factor = design.share_above(number) * (1 - stage.fraction)
        yield _scaled(score, stage.group, stage.units_in_group, factor, single_psu)
        score = _sums(_sums(score, stage.group, len(stage.fraction)), stage.above, _units(design, number - 1))
    factor = 1 - design.stages[0].fraction if design.stages else np.ones(len(design.stratum_names))
    scaled = _scaled(score, design.stratum, design.psus_in_stratum, factor, single_psu)
    if single_psu == "average" and design.single.any():
        everywhere = np.ones((1, len(design.stratum)), dtype=bool)
        scaled = scaled * np.sqrt(_share_seen(everywhere if present is None else present, design))[:, None]
    yield scaled


def _scaled(score: Floats, group: Codes, n: Codes, factor: Floats, single_psu: SinglePsu) -> Floats:
    alone = n == 1
    mean = _sums(score, group, len(n)) / np.maximum(n, 1)
    if single_psu == "centre":
        mean[:, alone] = 0.0
    scale = np.sqrt(factor * n / np.where(alone, 1, np.maximum(n - 1, 1)))
    deviations: Floats = score - np.take(mean, group, axis=1)
    deviations *= scale[group]
    return deviations


def _share_seen(present: NDArray[np.bool_], design: Design) -> Floats:
    """(rows,) strata with a case over those of them whose variance can be seen."""
    single = design.single
    shares = np.empty(len(present))
    for row, psus in enumerate(present):
        strata = np.unique(design.stratum[psus])
        seen = int((~single[strata]).sum())
        shares[row] = len(strata) / seen if seen else np.nan
    return shares


def _units(design: Design, number: int) -> int:
    return len(design.stages[number].group)


def _sums(score: Floats, code: Codes, count: int) -> Floats:
    """(rows, count) sums of the columns by code."""
    sums = np.zeros((len(score), count))
    if (np.diff(code) < 0).any():
        order = np.argsort(code, kind="stable")
        code, score = code[order], score[:, order]
    starts = np.flatnonzero(np.diff(code, prepend=-1))
    if len(starts):
        sums[:, code[starts]] = np.add.reduceat(score, starts, axis=1)
    return sums
