"""Extreme weights cut, and the calibration kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.metadata import SurveyError
from lfs.metadata.weighting import CalibrationRule, Trimming
from lfs.weight.distances import linear
from lfs.weight.feasibility import certificate
from lfs.weight.multiples import Medians, nearest_lower, nearest_upper
from lfs.weight.solver import approach, equations, solve

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Limits:
    """(units,) the lowest and the highest weight that each may have; the medians that they are multiples of, if any."""

    lower: Floats
    upper: Floats
    medians: Medians | None = None


def trim_limits(weight: Floats, group: Codes, rule: Trimming, names: Sequence[str] = ()) -> Limits:
    """Limits by the median weight of each group, which is a stratum unless declared otherwise.

    names: (groups,) what the groups are called in messages.
    """
    # ASSUME weights are trimmed by the median of their group as it stands before trimming.
    carried = weight > 0
    medians = pd.Series(weight[carried]).groupby(group[carried]).median()
    every = medians.reindex(range(group.max(initial=-1) + 1), fill_value=0.0)
    median = np.asarray(every, dtype=np.float64)[group]
    return Limits(rule.lower * median, rule.upper * median, Medians(median, group, tuple(names), rule))


def trim(weight: Floats, limits: Limits, group: Codes) -> Floats:
    """Weights within the limits; what is cut goes to the others of the group in proportion, whose sum is kept.

    Raises SurveyError where a group's weights cannot add up to their sum within its limits.
    """
    trimmed = np.clip(weight, limits.lower, limits.upper)
    groups = group.max(initial=-1) + 1
    wanted, lowest, highest = (
        np.asarray(np.bincount(group, weights=each, minlength=groups), dtype=np.float64)
        for each in (weight, limits.lower, limits.upper)
    )
    above, below = wanted > highest * (1 + 1e-12), wanted < lowest * (1 - 1e-12)
    if np.any(above | below):
        raise SurveyError(_sums_not_kept(limits, above, below, wanted, lowest, highest))
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
    if (beyond := carried & (lowest > highest)).any():
        what = (
            f"{int(beyond.sum())} weights cannot lie within {_multiples(limits)} and within the bounds on their ratio"
        )
        raise SurveyError(_refusal(what, calibration, limits, rule))
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
        refusal = _refusal(f"no weights within {_multiples(limits)} meet all controls", calibration, limits, rule)
        raise SurveyError(refusal, *(f"weighting: trimming: {line}" for line in (why.distances() if why else ())))
    final = np.clip(start * solution.ratio, np.where(carried, lowest, 0.0), np.where(carried, highest, 0.0))
    ratio = np.divide(final, calibration.base, out=np.ones_like(final), where=calibration.base > 0)
    return replace(calibration, ratio=ratio)


def _multiples(limits: Limits) -> str:
    if limits.medians is None:
        return "lower and upper"
    rule = limits.medians.rule
    return f"{rule.lower:g} and {rule.upper:g} times the median of their {rule.within or 'stratum'}"


def _refusal(what: str, calibration: Calibration, limits: Limits, rule: CalibrationRule) -> str:
    """What cannot be, where, and the nearest multiples of the median that would do."""
    medians = limits.medians
    if medians is None:
        return f"weighting: trimming: {what}"
    nearest = nearest_upper(calibration, medians, rule.bounds)
    if nearest is not None and nearest.multiple <= medians.rule.upper:
        remedy = "only weights at the very limits would do, so that upper or lower has to give way a little"
    elif nearest is not None:
        remedy = f"the least upper that would do is {_up(nearest.multiple)}"
    else:
        nearest = nearest_lower(calibration, medians, rule.bounds)
        remedy = f"no upper would do with this lower, and without upper none above {_down(nearest.multiple)}"
    held = f" (what stands against it is in {medians.named(nearest.groups)})" if len(nearest.groups) else ""
    return f"weighting: trimming: {what}{held}; {remedy}; mend trimming: in config.yaml"


def _sums_not_kept(
    limits: Limits,
    above: NDArray[np.bool_],
    below: NDArray[np.bool_],
    wanted: Floats,
    lowest: Floats,
    highest: Floats,
) -> str:
    """Which groups cannot keep their sum, and the multiples of the median with which they could."""
    if limits.medians is None:
        return "weighting: trimming: the weights of a group cannot keep their sum within lower and upper"
    rule, remedies = limits.medians.rule, []
    with np.errstate(divide="ignore"):
        if above.any():
            remedies.append(f"upper of {_up(rule.upper * float((wanted[above] / highest[above]).max()))} or more")
        if below.any():
            remedies.append(f"lower of {_down(rule.lower * float((wanted[below] / lowest[below]).min()))} or less")
    return (
        f"weighting: trimming: the weights of {limits.medians.named(np.flatnonzero(above | below))} cannot keep their "
        f"sum within {_multiples(limits)}; declare {' and '.join(remedies)} under trimming: in config.yaml"
    )


def _up(multiple: float) -> str:
    return f"{np.ceil(multiple * 1e3 + 1e-2) / 1e3:g}"


def _down(multiple: float) -> str:
    return f"{max(np.floor(multiple * 1e3 - 1e-2) / 1e3, 0):g}"
