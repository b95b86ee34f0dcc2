"""Errors with calibrated weights in the one pass: scores less what the calibration explains of them, in all units.

With weights g d calibrated on x, the estimate varies as the total of the residuals of its linearised variable z on x
does (Deville and Saerndal, JASA 87 (1992), 376-382). The score of a unit i of the sample is

    sum of g d z over i  -  (sum of g d x over i)' B,      B = (X'D X)^-1 X'D z ,

where z is zero outside the domain and the second term is not: every unit has a score in every domain. B is linear in z,
so X'D z is made of every measure in every cell, and a ratio z = (y - R x) / X takes that of its two measures.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.design import Design
from lfs.estimate.covariance import variance
from lfs.estimate.measures import Measures
from lfs.estimate.totals import DomainTotals, Sample
from lfs.estimate.variance import SinglePsu
from lfs.metadata import SurveyError
from lfs.products import RightFactor, right_factor

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
NUMBERS_AT_ONCE = 2**18
NOTHING_LEFT = 1e-9
"""Of the size of the scores: a residual below it is rounding, as of a total that the weights were calibrated to."""
SAME_WEIGHT = 1e-6


@dataclass(frozen=True)
class Explained:
    """What a calibration explains of the scores of one design; totals: (controls, units), of g d x, in blocks."""

    calibration: Calibration
    totals: RightFactor
    design: Design
    single_psu: SinglePsu

    def cross_products(self, chosen: Sample, cell: Codes, cells: int, needed: Measures) -> Floats:
        """(controls, measures, cells) X'Dz of each measure in each cell; cell: (persons,), negative for none."""
        patterns = needed.membership.shape[1]
        code = np.full(len(self.calibration.unit), -1, dtype=np.intp)
        code[chosen.rows] = np.where(cell < 0, -1, cell * patterns + chosen.pattern)
        found = self.calibration.cross_products_by(code, cells * patterns)
        found = (needed.membership @ found.reshape(-1, patterns).T).reshape(-1, len(found), cells)
        return np.ascontiguousarray(found.transpose(1, 0, 2))

    def within(self, rows: Codes) -> "OfSome":
        """The same for a domain of some persons only; rows: their positions."""
        return OfSome(self, rows)

    def variance(
        self, scores: Floats, totals: DomainTotals, needed: Measures, ratio: Floats, cross_products: Floats
    ) -> Floats:
        """(estimands, cells) variance of the sums of the residuals.

        scores: (estimands, pairs) weighted y - R x of the pairs of cell and unit; ratio: (estimands, cells) R;
        cross_products: (controls, measures, cells), as `cross_products` gives them.
        """
        estimands, cells, units = len(scores), totals.n.shape[1], self.design.units
        found = np.empty((estimands, cells))
        step = max(1, NUMBERS_AT_ONCE // max(estimands * units, 1))
        for first in range(0, cells, step):
            last = min(first + step, cells)
            begin, end = np.searchsorted(totals.cell, (first, last))
            dense = np.zeros((estimands, (last - first) * units))
            dense[:, (totals.cell[begin:end] - first) * units + totals.psu[begin:end]] = scores[:, begin:end]
            dense = dense.reshape(-1, units)
            size = np.square(dense).sum(axis=1)
            moments = cross_products[:, needed.numerator, first:last]
            moments = moments - needed.is_ratio[:, None] * (
                ratio[:, first:last] * cross_products[:, needed.denominator, first:last]
            )
            slope = self.calibration.coefficients(moments.reshape(len(moments), -1))
            dense -= self.totals.times(np.ascontiguousarray(slope.T))
            # ASSUME under lonely_psu average the strata whose variance stands in for that of single PSUs are all strata
            # of the sample, because with calibrated weights each has scores in every domain (as R survey has it).
            squares = variance(dense, self.design, self.single_psu)
            found[:, first:last] = np.where(squares <= NOTHING_LEFT**2 * size, 0.0, squares).reshape(estimands, -1)
        return found


@dataclass(frozen=True)
class OfSome:
    """What a calibration explains of the scores of some of its persons, those of all others being zero."""

    of_all: Explained
    rows: Codes

    def explained_by(self, z: Floats, code: Codes, codes: int, psu: Codes, psus: int) -> Floats:
        """(codes, units), as `Calibration.explained_by`, for the units of the design."""
        known = self.of_all.calibration
        everybody, of_each = np.full(len(known.unit), -1, dtype=np.intp), np.zeros(len(known.unit))
        everybody[self.rows], of_each[self.rows] = code, z
        slope = known.coefficients(known.cross_products_by(everybody, codes, of_each))
        return self.of_all.totals.times(np.ascontiguousarray(slope.T))


def explained(calibration: Calibration, design: Design, single_psu: SinglePsu) -> Explained:
    """Raises SurveyError where the calibration is not that of the design's persons and weights."""
    if len(calibration.unit) != len(design.weight):
        raise SurveyError(
            f"the calibration is of {len(calibration.unit)} persons and people holds {len(design.weight)}; "
            "give the calibration of the same round"
        )
    # A unit in no control has no weight in the calibration, and nothing of it is explained.
    known = np.diff(calibration.x.indptr)[calibration.unit] > 0
    made, given = calibration.weight_of_persons[known], design.weight[known]
    if differ := int((np.abs(made - given) > SAME_WEIGHT * np.abs(given)).sum()):
        raise SurveyError(
            f"{differ} persons of people have another weight than the calibration gave them; make both by one run of "
            "the weighting"
        )
    totals = calibration.totals_by_psu(design.unit, design.units)
    return Explained(calibration, right_factor(totals.T), design, single_psu)
