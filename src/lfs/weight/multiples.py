"""The nearest multiples of the median with which trimmed weights can still meet all controls.

Linear programmes (HiGHS) in the weights and the multiple. The dual says which weights hold the multiple where it is.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from lfs.calibrated import Calibration
from lfs.metadata.weighting import Trimming

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
NAMED = 5
HELD = 1e-9


@dataclass(frozen=True)
class Medians:
    """median: (units,) that of the group of each; group: (units,); names: (groups,); rule: the multiples declared."""

    median: Floats
    group: Codes
    names: tuple[str, ...]
    rule: Trimming

    def named(self, groups: Collection[int]) -> str:
        """The groups by name, five at most."""
        if not self.names:
            return "a group"
        names = [self.names[number] for number in groups]
        more = f" and {len(names) - NAMED} more" * (len(names) > NAMED)
        return f"{self.rule.within or 'stratum'} {', '.join(names[:NAMED])}{more}"


@dataclass(frozen=True)
class Nearest:
    """A multiple of the median, and the groups whose weights allow none nearer to what was declared."""

    multiple: float
    groups: tuple[int, ...]


def nearest_upper(calibration: Calibration, medians: Medians, bounds: tuple[float, float]) -> Nearest | None:
    """The least upper with which weights not below `lower` times the median meet all controls; None where none does.

    bounds: on the ratio of each weight to the base weight, which are kept too.
    """
    return _nearest(calibration, medians, bounds, lower=False)


def nearest_lower(calibration: Calibration, medians: Medians, bounds: tuple[float, float]) -> Nearest:
    """The greatest lower with which weights without an upper limit meet all controls; 0 does, as they stand."""
    return _nearest(calibration, medians, bounds, lower=True) or Nearest(0.0, ())


def _nearest(calibration: Calibration, medians: Medians, bounds: tuple[float, float], lower: bool) -> Nearest | None:
    carried = np.flatnonzero(calibration.weight > 0)
    base, median = calibration.base[carried], medians.median[carried]
    # Units: the median of each weight, so that the programme's numbers are near to one.
    least = np.maximum(bounds[0], 0.0) * base / median
    if not lower:
        least = np.maximum(least, medians.rule.lower)
    most = bounds[1] * base / median
    if np.any(least > most * (1 + 1e-12)):
        return None
    size = np.maximum(np.abs(calibration.totals), 1.0)
    counted = sparse.diags_array(1 / size) @ calibration.x[carried].T @ sparse.diags_array(median)
    units, controls = len(carried), len(size)
    sign = -1.0 if lower else 1.0
    one = sparse.csr_array(np.full((units, 1), -sign))
    limited = sparse.hstack([sparse.diags_array(np.full(units, sign)), one], format="csc")
    kept = sparse.hstack([counted, sparse.csr_array((controls, 1))], format="csc")
    result = linprog(
        np.r_[np.zeros(units), sign],
        A_ub=limited,
        b_ub=np.zeros(units),
        A_eq=kept,
        b_eq=calibration.totals / size,
        bounds=np.column_stack([np.r_[least, 0.0], np.r_[np.maximum(least, most), np.inf]]),
        method="highs",
    )
    if result.status != 0:
        return None
    holding = carried[np.abs(result.ineqlin.marginals) > HELD]
    return Nearest(float(result.x[-1]), tuple(int(number) for number in np.unique(medians.group[holding])))
