"""Extreme weights cut, and the calibration kept."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.metadata import SurveyError
from lfs.metadata.weighting import CalibrationRule, Trimming
from lfs.weight.distances import linear
from lfs.weight.feasibility import certificate
from lfs.weight.solver import approach, equations, solve

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Limits:
    """(units,) the lowest and the highest weight that each may have."""

    lower: Floats
    upper: Floats


def trim_limits(weight: Floats, group: Codes, rule: Trimming) -> Limits:
    """Limits by the median weight of each group, which is a stratum unless declared otherwise."""
    # ASSUME weights are trimmed by the median of their group as it stands before trimming.
    carried = weight > 0
    medians = pd.Series(weight[carried]).groupby(group[carried]).median()
    every = medians.reindex(range(group.max(initial=-1) + 1), fill_value=0.0)
    median = np.asarray(every, dtype=np.float64)
    return Limits(rule.lower * median[group], rule.upper * median[group])


def trim(weight: Floats, limits: Limits, group: Codes) -> Floats:
    """Weights within the limits; what is cut goes to the others of the group in proportion, whose sum is kept.

    Raises SurveyError where a group's weights cannot add up to their sum within its limits.
    """
    trimmed = np.clip(weight, limits.lower, limits.upper)
    groups = group.max(initial=-1) + 1
    wanted = np.bincount(group, weights=weight, minlength=groups)
    lowest, highest = (np.bincount(group, weights=limit, minlength=groups) for limit in (limits.lower, limits.upper))
    if np.any((wanted < lowest * (1 - 1e-12)) | (wanted > highest * (1 + 1e-12))):
        raise SurveyError(
            "weighting: trimming: the weights of a group cannot keep their sum within lower and upper; widen them"
        )
    for _ in range(1000):
        short = wanted - np.bincount(group, weights=trimmed, minlength=groups)
        if np.all(np.abs(short) <= 1e-12 * wanted):
            break
        free = np.where(short[group] > 0, trimmed < limits.upper, trimmed > limits.lower)
        share = np.bincount(group, weights=trimmed * free, minlength=groups)
        factor = 1 + np.divide(short, share, out=np.zeros_like(short), where=share > 0)
        trimmed = np.clip(np.where(free, trimmed * factor[group], trimmed), limits.lower, limits.upper)
    return trimmed


def trim_calibrated(calibration: Calibration, limits: Limits, rule: CalibrationRule) -> Calibration:
    """The calibration with every weight within the limits, within the bounds on its ratio, and all controls still met.

    Weights are cut and then moved, as little as may be by the truncated linear distance, back to the controls. Raises
    SurveyError, with what stands against what, where the limits and the controls cannot both be kept.
    """
    weight = calibration.weight
    carried = weight > 0
    if np.all((weight >= limits.lower) & (weight <= limits.upper) | ~carried):
        return calibration
    lowest = (
        np.maximum(limits.lower, rule.bounds[0] * calibration.base) if np.isfinite(rule.bounds[0]) else limits.lower
    )
    highest = np.minimum(limits.upper, rule.bounds[1] * calibration.base)
    if beyond := int((carried & (lowest > highest)).sum()):
        raise SurveyError(
            f"weighting: trimming: {beyond} weights cannot lie within lower and upper times the median and within the "
            "bounds on their ratio; widen one of the two in config.yaml"
        )
    start = np.clip(weight, lowest, highest)
    safe = np.where(carried, start, 1.0)
    lower, upper = np.where(carried, lowest / safe, 1.0), np.where(carried, highest / safe, 1.0)
    start = np.where(carried, start, 0.0)
    shared = equations(start, calibration.x, calibration.scale)
    solution = solve(shared, start, calibration.totals, linear, lower, upper)
    why = None
    if not solution.found:
        why = certificate(start, calibration.x, calibration.totals, calibration.controls, (lower, upper))
    if not solution.found and why is None:
        solution = approach(shared, start, calibration.totals, linear, lower, upper)
    if not solution.found:
        lines = [
            "weighting: trimming: no weights within lower and upper times the median meet all controls; raise upper or "
            "lower lower under trimming: in config.yaml"
        ]
        raise SurveyError(*lines, *(why.lines((float(lower.min()), float(upper.max())))[:-1] if why else ()))
    final = np.clip(start * solution.ratio, np.where(carried, lowest, 0.0), np.where(carried, highest, 0.0))
    ratio = np.divide(final, calibration.base, out=np.ones_like(final), where=calibration.base > 0)
    return replace(calibration, ratio=ratio)
