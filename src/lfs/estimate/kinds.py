"""Totals, means, ratios, shares and standardised rates of numbers, each linearised.

With w the weight, Y and X the weighted sums of y and x in the domain, the score of a person of the domain is

    total Y: y    ratio R = Y / X: (y - R x) / X    mean: the ratio to x = 1    share P_c = Y_c / Y: (y_c - P_c y) / Y

(Wolter 2007, ch. 6; Deville 1999). A number that is not stated leaves the person out of the domain.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lfs.estimate.cells import NOT_STATED
from lfs.estimate.contrasts import combined
from lfs.estimate.domains import Domains
from lfs.estimate.linear import Linearised
from lfs.metadata import SurveyError


def weighted_total(within: Domains, column: str) -> Linearised:
    """Sum of a number over the population of each cell."""
    # ASSUME a person whose number is not stated is no part of a total, mean, ratio, quantile or Gini coefficient, so
    # that a total is that of the persons who answered.
    y = within.numbers(column)
    counted = within.inside & np.isfinite(y)
    y = np.where(counted, y, 0.0)
    return within.linearised(within.sums(y, counted), y, counted, y != 0, signed=bool((y < 0).any()))


def mean(within: Domains, column: str) -> Linearised:
    """Mean of a number in each cell; of a column of true and false, the proportion that is true."""
    y = within.numbers(column)
    counted = within.inside & np.isfinite(y)
    proportion = bool(np.isin(y[counted], (0, 1)).all())
    return _ratio(within, np.where(counted, y, 0.0), np.ones(len(y)), counted, proportion)


def ratio(within: Domains, numerator: str, denominator: str) -> Linearised:
    """Ratio of the sums of two numbers in each cell: pay by hours; it speaks about those for whom one is not zero."""
    y, x = within.numbers(numerator), within.numbers(denominator)
    counted = within.inside & np.isfinite(y) & np.isfinite(x)
    y, x = np.where(counted, y, 0.0), np.where(counted, x, 0.0)
    counted &= (y != 0) | (x != 0)
    return _ratio(within, y, x, counted, bool(np.isin(x, (0, 1)).all() and np.isin(y, (0, 1)).all() and (y <= x).all()))


def shares(within: Domains, column: str, of: str) -> Linearised:
    """Each category's share of the cell's sum: `of` is one variable of the breakdown, over which shares add to 1."""
    names = [variable.name for variable in within.cells.variables]
    if of not in names:
        raise SurveyError(f"'{of}' is none of the variables of the breakdown: {', '.join(names) or 'it has none'}")
    totals = weighted_total(within, column)
    totals = replace(totals, value=np.where(totals.n > 0, totals.value, 0.0))
    rest = [name for name in names if name != of]
    group = totals.cells.groupby(rest, sort=False).ngroup().to_numpy() if rest else np.zeros(len(totals.value), int)
    together = (group[:, None] == group[None, :]).astype(np.float64)
    whole = combined(totals, together)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(whole.value != 0, totals.value / whole.value, np.nan)
        score = (totals.score - value[:, None] * whole.score) / whole.value[:, None]
    y = within.numbers(column)[within.inside]
    found = replace(
        totals,
        value=value,
        score=score,
        present=whole.present,
        n=whole.n,
        weight=whole.weight,
        by_chance=np.full(len(value), np.nan),
        is_proportion=bool((y[np.isfinite(y)] >= 0).all()),
    )
    return found.rows(np.flatnonzero((totals.n > 0) | (totals.cells[of] != NOT_STATED).to_numpy()))


def standardised(rates: Linearised, over: str, standard: Mapping[str, float]) -> Linearised:
    """Directly standardised rates: those of the classes of `over`, averaged with the shares of a standard population.

    rates: of a breakdown with `over` among its variables; standard: persons (or shares) of each class. Value sum of
    share x rate, score likewise (R: svystandardize). Empty where a class with a share has no rate. Raises SurveyError
    for a class without a standard, or one that the rates do not have.
    """
    if over not in rates.cells:
        raise SurveyError(f"the rates are not by '{over}', but by {', '.join(map(str, rates.cells)) or 'nothing'}")
    held = rates.rows(np.flatnonzero((rates.cells[over] != NOT_STATED).to_numpy()))
    classes = held.cells[over]
    if unlike := sorted(set(classes) ^ set(standard)):
        raise SurveyError(f"variable '{over}': the standard population and the rates differ in {', '.join(unlike)}")
    total = float(sum(standard.values()))
    if total <= 0 or min(standard.values()) < 0:
        raise SurveyError(f"variable '{over}': a standard population needs counts of zero or more, and some above zero")
    share = classes.map(standard).to_numpy(dtype=np.float64) / total
    rest = [name for name in held.cells if name != over]
    if rest:
        group = held.cells.groupby(rest, sort=False).ngroup().to_numpy()
        cells = held.cells[rest].drop_duplicates().reset_index(drop=True)
    else:
        group, cells = np.zeros(len(share), dtype=int), pd.DataFrame(index=range(1))
    weights = np.where(group[None, :] == np.arange(len(cells))[:, None], share, 0.0)
    return replace(combined(held, weights, cells), is_proportion=rates.is_proportion)


def _ratio(within: Domains, y: np.ndarray, x: np.ndarray, counted: np.ndarray, is_proportion: bool) -> Linearised:
    numerator, denominator = within.sums(y, counted), within.sums(x, counted)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator != 0, numerator / denominator, np.nan)
        cell = np.where(within.inside, within.cells.person, 0)
        score = np.where(counted, (y - value[cell] * x) / denominator[cell], 0.0)
    signed = bool((y < 0).any() or (x < 0).any())
    return within.linearised(value, score, counted, y != 0, is_proportion, signed)
