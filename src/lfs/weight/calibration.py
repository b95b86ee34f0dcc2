"""Calibration of weights to population totals (Deville and Saerndal 1992; Deville, Saerndal and Sautory 1993)."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.decomposition import decompose
from lfs.metadata import SurveyError
from lfs.metadata.controls import ROUNDING
from lfs.metadata.weighting import CalibrationRule
from lfs.weight.auxiliaries import Auxiliaries
from lfs.weight.distances import DISTANCES
from lfs.weight.feasibility import certificate
from lfs.weight.proportional import proportional_fit
from lfs.weight.solver import TOLERANCE, Equations, approach, equations, solve

Floats = NDArray[np.float64]
THOUSAND = (300.0, 3000.0)


def calibrate(auxiliaries: Auxiliaries, base: Floats, rule: CalibrationRule) -> Calibration:
    """Weights nearest to `base` that meet every control.

    base: (units,) weights, one for each household or person. Where a household carries one weight its distance counts
    by its members (Lemaitre and Dufour 1987), as if each person's auxiliaries were the household's mean.
    Raises SurveyError, with what stands against what, where no weights within the bounds meet the controls, and where
    the linear method makes a weight negative that may not be.
    """
    estimate = np.asarray(auxiliaries.x.T @ base)
    _refuse_impossible(auxiliaries, estimate, rule)
    if rule.method == "poststratification":
        totals, ratio = auxiliaries.totals, _poststratified(auxiliaries, estimate)
    elif (fitted := _fitted(auxiliaries, base, rule)) is not None:
        totals, ratio = auxiliaries.totals, fitted
    else:
        shared = equations(base, auxiliaries.x, _scale(auxiliaries))
        totals = reconciled(auxiliaries.totals, shared)
        ratio = _ratio(auxiliaries, shared, base, totals, rule)
    if (negative := int((ratio * base < 0).sum())) and not rule.allow_negative:
        raise SurveyError(
            f"calibration: method {rule.method} makes {negative} weights negative (the lowest ratio is "
            f"{ratio[base > 0].min():.3f}); declare truncated_linear or logit with bounds, or allow_negative: true"
        )
    names = auxiliaries.names_of_controls
    return Calibration(
        auxiliaries.unit, auxiliaries.names, auxiliaries.x, base, ratio, _scale(auxiliaries), names, totals
    )


def calibrate_replicates(auxiliaries: Auxiliaries, base: Floats, replicates: Floats, rule: CalibrationRule) -> Floats:
    """(units, replicates) calibrated replicate weights, each column calibrated as the weights themselves are.

    replicates: (units, replicates) replicates of `base`; a unit that a replicate leaves out has zero. Raises
    SurveyError naming the first replicate that cannot be calibrated.
    """
    if len(replicates) != len(base):
        raise SurveyError(f"replicate weights have {len(replicates)} rows where there are {len(base)} weights")
    calibrated = np.empty_like(replicates, dtype=np.float64)
    shared = equations(base, auxiliaries.x, _scale(auxiliaries))
    totals = reconciled(auxiliaries.totals, shared)
    for number, column in enumerate(replicates.T):
        try:
            calibrated[:, number] = column * _ratio(auxiliaries, shared, column, totals, rule)
        except SurveyError as error:
            raise SurveyError(f"replicate {number + 1} of {replicates.shape[1]}:", *error.problems) from None
    return calibrated


def _scale(auxiliaries: Auxiliaries) -> Floats:
    # ASSUME where a household carries one weight, the distance between weights is counted once for each of its members.
    return 1 / auxiliaries.members


def _ratio(auxiliaries: Auxiliaries, shared: Equations, base: Floats, totals: Floats, rule: CalibrationRule) -> Floats:
    if rule.method == "poststratification":
        return _poststratified(auxiliaries, np.asarray(auxiliaries.x.T @ base))
    lower, upper = rule.bounds
    solution = solve(shared, base, totals, DISTANCES[rule.method], lower, upper)
    if solution.found:
        return solution.ratio
    limits = (np.full(len(base), lower), np.full(len(base), upper))
    why = certificate(base, auxiliaries.x, totals, auxiliaries.names_of_controls, limits)
    if why is not None:
        raise SurveyError(*why.lines(rule.bounds))
    solution = approach(shared, base, totals, DISTANCES[rule.method], lower, upper)
    if solution.found:
        return solution.ratio
    raise SurveyError(
        f"calibration: after {solution.steps} steps method {rule.method} is still {solution.misfit:.1e} of a total "
        "away from it, though weights at the very bounds would do; widen lower and upper"
    )


def reconciled(totals: Floats, shared: Equations) -> Floats:
    """The totals, those of overlapping margins moved to agree where they differ by no more than their rounding.

    Sums of the same people may differ by half a person for each total that is summed, as the controls are read.
    """
    # Combinations of controls in which every unit counts nothing: their totals must come to nothing too.
    empty = shared.parts.combinations()
    left = empty.T @ totals
    if np.all(np.abs(left) <= TOLERANCE * (np.abs(empty).T @ totals)):
        return totals
    if np.any(np.abs(left) > ROUNDING * (1 + 1e-6) * np.abs(empty).sum(axis=0)):
        return totals
    # ASSUME sums of control totals of the same people that differ by no more than half a person for each total summed
    # mean the same number, each total having been rounded; they are moved together, the larger totals more.
    spread = np.maximum(totals, 1.0)[:, None] * empty
    return totals - spread @ decompose(empty.T @ spread).solve(left)


def _fitted(auxiliaries: Auxiliaries, base: Floats, rule: CalibrationRule) -> Floats | None:
    """Ratios by iterative proportional fitting, where each unit is a person and nothing bounds them."""
    if rule.method != "raking" or rule.bounds != (0.0, np.inf) or len(auxiliaries.unit) != len(base):
        return None
    sizes = [len(list(controls)) for _, controls in groupby(auxiliaries.margins)]
    return proportional_fit(auxiliaries.x, sizes, base, auxiliaries.totals)


def _poststratified(auxiliaries: Auxiliaries, estimate: Floats) -> Floats:
    """Total over estimate, in each category of one margin."""
    x, entries = auxiliaries.x, np.diff(auxiliaries.x.indptr)
    if len(set(auxiliaries.margins)) > 1 or entries.max(initial=0) > 1:
        raise SurveyError(
            "calibration: poststratification takes one margin in which a household lies in one category as a whole; "
            "declare method raking or linear"
        )
    factor = np.divide(auxiliaries.totals, estimate, out=np.ones_like(estimate), where=estimate > 0)
    if len(x.indices) == len(entries):
        return factor[x.indices]
    ratio = np.ones(len(entries))
    ratio[entries == 1] = factor[x.indices]
    return ratio


@dataclass(frozen=True)
class _Compared:
    """Each control beside what the weights make of it before calibration."""

    total: Floats
    estimate: Floats
    counted: NDArray[np.bool_]


def _refuse_impossible(auxiliaries: Auxiliaries, estimate: Floats, rule: CalibrationRule) -> None:
    """What can be seen from each control alone; raises SurveyError with all of it."""
    found = _Compared(auxiliaries.totals, estimate, estimate > 0)
    problems: list[str] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(found.counted & (found.total > 0), found.total / estimate, np.nan)
    by_margin = {name: _median(needed[np.array(auxiliaries.margins) == name]) for name in auxiliaries.margins}
    odd = {name: thousands for name, times in by_margin.items() if (thousands := _thousands(times))}
    if len(odd) == len(by_margin):
        raise SurveyError(
            f"{auxiliaries.places[0]}: the totals are {next(iter(odd.values()))} what the weights add up to, so one of "
            "them is in thousands; write persons, not thousands, in both"
        )
    for name, thousands in odd.items():
        place = auxiliaries.places[auxiliaries.margins.index(name)]
        problems.append(
            f"{place}: margin '{name}': its totals are {thousands} what the weights add up to, those of the other "
            "margins are not; write persons, not thousands"
        )
    usual = _median(needed[~np.isin(auxiliaries.margins, list(odd))])
    for number, (place, margin, label) in enumerate(
        zip(auxiliaries.places, auxiliaries.margins, auxiliaries.labels, strict=True)
    ):
        if margin in odd:
            continue
        here = f"{place}: margin '{margin}', {label}"
        total = found.total[number]
        if total > 0 and not found.counted[number]:
            problems.append(
                f"{here}: the total is {total:,.0f} and nobody in the sample counts there; join it with another"
            )
        elif total == 0 and found.counted[number] and rule.bounds[0] != float("-inf"):
            problems.append(
                f"{here}: the total is 0 but the sample has {_units(auxiliaries, number)} there, weighted "
                f"{estimate[number]:,.0f}; mend the total or the answers"
            )
        elif thousands := _thousands(needed[number] / usual):
            problems.append(
                f"{here}: the total of {total:,.0f} is {thousands} what the other totals lead to expect "
                f"({estimate[number] * usual:,.0f}); write persons, not thousands"
            )
    if problems:
        raise SurveyError(*problems)


def _median(times: Floats) -> float:
    """The median of those that are known; 1 where none is."""
    return float(np.nanmedian(times)) if np.isfinite(times).any() else 1.0


def _units(auxiliaries: Auxiliaries, control: int) -> str:
    return f"{int((auxiliaries.x[:, [control]].toarray() > 0).sum())} households or persons"


def _thousands(times: float) -> str:
    if THOUSAND[0] < times < THOUSAND[1]:
        return "about a thousand times"
    return "about a thousandth of" if THOUSAND[0] < 1 / (times or np.inf) < THOUSAND[1] else ""
