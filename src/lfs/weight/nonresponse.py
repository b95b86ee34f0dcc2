"""Weights of those who answered, made up for those who did not (Valliant, Dever and Kreuter 2018, chapter 13)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError
from lfs.metadata.weighting import Nonresponse
from lfs.weight.cells import Joined, adjustment_cells
from lfs.weight.propensity import propensities, propensity_classes

Floats = NDArray[np.float64]
COMPLETE = "complete"
LEVELS = {"psu": ("office", "stratum", "psu"), "stratum": ("office", "stratum")}


@dataclass(frozen=True)
class Adjusted:
    """Weights after one adjustment, (rows,); the cells joined for it; its factors, (rows,), zero for those left out."""

    weight: Floats
    factor: Floats
    joined: tuple[Joined, ...] = ()


def adjust_eligibility(selected: pd.DataFrame, weight: Floats, rule: Nonresponse) -> Adjusted:
    """Share the weight of households of unknown eligibility among those where it is known, within cells.

    selected: one row a selected household, with `result` and the columns of the cells; weight: (households,).
    """
    # ASSUME among households of unknown eligibility the share of eligible ones is that of their adjustment cell.
    known = ~results_of(selected).isin(rule.unknown_eligibility).to_numpy()
    if known.all():
        return Adjusted(weight, np.ones(len(weight)))
    return _within_cells(selected, weight, known, np.ones(len(selected), dtype=bool), rule)


def adjust_nonresponse(selected: pd.DataFrame, weight: Floats, rule: Nonresponse) -> Adjusted:
    """Weights of the complete interviews, made up for eligible households without one; all others have zero.

    selected: one row a selected household, with `result`, the columns of the cells or of the propensity model; weight:
    (households,), zero for those of unknown eligibility. Raises SurveyError where nobody in a cell answered, and
    where the propensity model has no solution.
    """
    result = results_of(selected)
    respondent = (result == COMPLETE).to_numpy() & (weight > 0)
    eligible = ~result.isin([*rule.not_eligible, *rule.unknown_eligibility]).to_numpy() & (weight > 0)
    if not rule.propensity:
        # ASSUME households that did not answer are like those that did in the same adjustment cell.
        return _within_cells(selected, weight, respondent, eligible, rule)
    # ASSUME whether a household answers depends on nothing but the variables of the propensity model.
    answering = np.zeros(len(selected))
    answering[eligible] = propensities(selected[eligible], respondent[eligible], rule.propensity)
    if rule.classes is None:
        factor = np.divide(1.0, answering, out=np.zeros_like(answering), where=respondent)
        return Adjusted(weight * factor, factor)
    classed = selected[["office"]].copy() if "office" in selected else pd.DataFrame(index=selected.index)
    classed["propensity"] = 0
    classed.loc[eligible, "propensity"] = propensity_classes(answering[eligible], rule.classes)
    return _adjust(classed, ("propensity",), weight, respondent, eligible, rule.smallest_cell)


def _within_cells(
    selected: pd.DataFrame, weight: Floats, takes: NDArray[np.bool_], counts: NDArray[np.bool_], rule: Nonresponse
) -> Adjusted:
    by = rule.by if rule.by is not None else rule.propensity
    levels = LEVELS[by] if isinstance(by, str) else by
    levels = tuple(name for name in levels if name != "office" or name in selected)
    if lacking := [name for name in levels if name not in selected]:
        raise SurveyError(
            f"weighting: nonresponse: the selected households have no column {', '.join(lacking)}; use one known "
            "of every selected household"
        )
    return _adjust(selected, levels, weight, takes, counts, rule.smallest_cell)


def _adjust(
    selected: pd.DataFrame,
    levels: tuple[str, ...],
    weight: Floats,
    takes: NDArray[np.bool_],
    counts: NDArray[np.bool_],
    smallest: int,
) -> Adjusted:
    """In every cell those who `take` share the weight of all who `count`; of the latter the others get zero."""
    rows = np.flatnonzero(counts)
    here = selected.iloc[rows].reset_index(drop=True)
    cell, joined = adjustment_cells(here, levels, weight[rows], takes[rows], smallest)
    whole = np.bincount(cell, weights=weight[rows])
    taking = np.bincount(cell, weights=weight[rows] * takes[rows])
    if empty := int(((whole > 0) & (taking == 0)).sum()):
        raise SurveyError(f"weighting: nonresponse: in {empty} cells nobody answered; raise smallest_cell to join them")
    factor = np.zeros(len(selected))
    factor[rows] = np.where(takes[rows], (whole / np.where(taking > 0, taking, 1.0))[cell], 0.0)
    return Adjusted(weight * factor, factor, joined)


def results_of(selected: pd.DataFrame) -> pd.Series:
    """(households,) the result of the interview; SurveyError where there is none."""
    if "result" not in selected:
        raise SurveyError(
            "weighting: nonresponse: there is no result of the interview; map it under design: in the office files, or "
            "take nonresponse: out of config.yaml"
        )
    return selected["result"]
