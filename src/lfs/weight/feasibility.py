"""Why no weights can meet the controls: which margins stand against each other, by how much, and what bounds would do.

Linear programmes (HiGHS). The first looks for weights within the bounds whose totals are, together, the least relative
distance from the controls: what is left is the shortfall, and the controls that hold it up are those in conflict (its
dual, Farkas' certificate). The same with wider and wider bounds finds the nearest that will do.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

Floats = NDArray[np.float64]
MET = 1e-7
NAMED = 8
ROUNDS = 60


@dataclass(frozen=True)
class Shortfall:
    """A control, its total, and the nearest to it that the weights come when all the others are kept."""

    control: str
    total: float
    reached: float


@dataclass(frozen=True)
class Certificate:
    """What stands against each other.

    conflict: the controls that cannot be met together; shortfalls: how far the nearest weights stay from which of them;
    bounds: the nearest bounds on the ratio that would do, none where no bounds would.
    """

    conflict: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    bounds: tuple[float, float] | None
    controls: tuple[str, ...] = ()

    def lines(self, given: tuple[float, float]) -> list[str]:
        """The certificate in plain words, one line a finding."""
        found = [f"calibration: these controls cannot be met together{_between(given)}: {self._named()}"]
        found += [f"calibration: {line}" for line in self._gaps()]
        if self.bounds:
            lower, upper = self.bounds
            upper_text = "without upper bound" if np.isinf(upper) else f"upper: {_up(upper)}"
            found.append(
                f"calibration: the nearest bounds that can meet all controls are lower: {_down(lower)}, {upper_text}"
            )
        else:
            found.append("calibration: no bounds can meet them: the controls contradict each other or the sample")
        return found

    def distances(self) -> list[str]:
        """The controls in conflict and how far the nearest weights stay from which, without the bounds."""
        return [f"the controls that cannot be met together: {self._named()}", *self._gaps()]

    def _named(self) -> str:
        conflict = self._whole_margins()
        return ", ".join(conflict[:NAMED]) + f" and {len(conflict) - NAMED} more" * (len(conflict) > NAMED)

    def _gaps(self) -> list[str]:
        return [
            f"nearest to '{each.control}' is {each.reached:,.1f}, {each.reached - each.total:+,.1f} from its total of "
            f"{each.total:,.1f}"
            for each in self.shortfalls[:NAMED]
        ]

    def _whole_margins(self) -> list[str]:
        """The conflict with one name for a margin all of whose controls are in it."""
        margins = {control: control.partition(": ")[0] for control in (*self.controls, *self.conflict)}
        outside = {margins[control] for control in self.controls if control not in self.conflict}
        found = [
            f"'{control}'" if margins[control] in outside or not self.controls else f"all of '{margins[control]}'"
            for control in self.conflict
        ]
        return list(dict.fromkeys(found))


def certificate(
    base: Floats, x: sparse.csr_array, totals: Floats, controls: tuple[str, ...], bounds: tuple[Floats, Floats]
) -> Certificate | None:
    """Why the totals cannot be met within bounds, (units,) each, on the ratio of weights; None where they can be."""
    grouped = _group(base, x, bounds)
    size = np.maximum(np.maximum(np.abs(totals), np.asarray(abs(x).T @ base)), 1e-300)
    found = _nearest(grouped, totals, size)
    gap = totals - found.reached
    if np.max(np.abs(gap) / size, initial=0.0) <= MET:
        return None
    shortfalls = [
        Shortfall(controls[number], float(totals[number]), float(found.reached[number]))
        for number in np.argsort(-np.abs(gap) / size, kind="stable")
        if abs(gap[number]) > MET * size[number]
    ]
    conflict = tuple(controls[number] for number in np.flatnonzero(np.abs(found.dual) * size > MET))
    return Certificate(conflict, tuple(shortfalls), _nearest_bounds(grouped, totals, size), controls)


@dataclass(frozen=True)
class _Grouped:
    """Units alike in x and bounds as one, for the size of the programmes: weight, x, bounds of each group."""

    base: Floats
    x: sparse.csr_array
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class _Nearest:
    reached: Floats
    dual: Floats


def _group(base: Floats, x: sparse.csr_array, bounds: tuple[Floats, Floats]) -> _Grouped:
    lower, upper = (np.broadcast_to(bound, base.shape) for bound in bounds)
    here = np.flatnonzero(base > 0)
    # Rows are alike where two random combinations of their columns are: a chance of error of one in 1e15.
    random = np.random.RandomState(1).random_sample((x.shape[1], 2))
    marks = np.column_stack([x @ random, lower, upper])[here]
    _, first, group = np.unique(marks, axis=0, return_index=True, return_inverse=True)
    one = here[first]
    weight = np.asarray(np.bincount(group.ravel(), weights=base[here]), dtype=np.float64)
    return _Grouped(weight, x[one], lower[one], upper[one])


def _nearest(grouped: _Grouped, totals: Floats, size: Floats) -> _Nearest:
    """Totals with the least sum of relative distances, and the dual of each control."""
    controls, groups = len(totals), len(grouped.base)
    over = sparse.diags_array(np.ones(controls))
    scale = sparse.diags_array(1 / size)
    weighted = scale @ grouped.x.T @ sparse.diags_array(grouped.base)
    # What a group can bring to any total, at most: the programme's unit for it, or it would take the small for nothing.
    most = np.asarray(abs(weighted).max(axis=0).todense()).ravel()
    most[most == 0] = 1.0
    weighted = weighted @ sparse.diags_array(1 / most)
    equations = sparse.hstack([weighted, over, -over], format="csc")
    cost = np.r_[np.zeros(groups), np.ones(2 * controls)]
    bounds = np.column_stack([grouped.lower * most, grouped.upper * most])
    limits = np.vstack([bounds, np.tile([0.0, np.inf], (2 * controls, 1))])
    result = linprog(cost, A_eq=equations, b_eq=totals / size, bounds=limits, method="highs")
    ratio = np.clip(result.x[:groups] / most, grouped.lower, grouped.upper)
    return _Nearest(np.asarray(grouped.x.T @ (grouped.base * ratio)), result.eqlin.marginals / size)


def _nearest_bounds(grouped: _Grouped, totals: Floats, size: Floats) -> tuple[float, float] | None:
    """Bounds 1 - k (1 - L) and 1 + k (U - 1) with the least k, never below zero; None where no k will do.

    Each programme that cannot be met says in its dual y how wide the bounds have to be at least, since totals'y can be
    no more than the most that ratios within the bounds make of it; the next programme is tried with those.
    """
    lower, upper = float(np.min(grouped.lower)), float(np.max(grouped.upper))
    if not np.isfinite(lower) or not np.isfinite(upper) or not _met(grouped, totals, size, 0.0, np.inf)[0]:
        return None
    widened = 1.0
    for _ in range(ROUNDS):
        least, most = max(0.0, 1 - widened * (1 - lower)), 1 + widened * (upper - 1)
        met, dual = _met(grouped, totals, size, least, most)
        if met:
            return float(least), float(most)
        score = grouped.base * (grouped.x @ dual)
        up, down, wanted = score[score > 0].sum(), -score[score < 0].sum(), float(totals @ dual)
        further = (wanted - up + down) / (up * (upper - 1) + down * (1 - lower))
        if further > 1 / (1 - lower):
            further = (wanted / up - 1) / (upper - 1)
        widened = max(further, widened * (1 + 1e-6))
    return None


def _met(grouped: _Grouped, totals: Floats, size: Floats, lower: float, upper: float) -> tuple[bool, Floats]:
    """Whether ratios between the bounds can meet the totals, and the dual."""
    groups = len(grouped.base)
    found = _nearest(replace(grouped, lower=np.full(groups, lower), upper=np.full(groups, upper)), totals, size)
    return float(np.max(np.abs(totals - found.reached) / size, initial=0.0)) <= MET, found.dual


def _between(bounds: tuple[float, float]) -> str:
    lower, upper = bounds
    if np.isinf(upper):
        above = f" with ratios of weights above {lower:g}" * bool(np.isfinite(lower))
        return " by weights that are not negative" if lower == 0 else above
    return f" with ratios of weights between {lower:g} and {upper:g}"


def _down(bound: float) -> str:
    return f"{np.floor(bound * 1e4) / 1e4:g}"


def _up(bound: float) -> str:
    return f"{np.ceil(bound * 1e4) / 1e4:g}"
