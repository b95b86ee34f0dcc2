"""Estimates made from estimates of one sample: differences, ratios, linear combinations, with their covariance."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from lfs.estimate.linear import Floats, Linearised
from lfs.metadata import SurveyError


def difference(first: Linearised, second: Linearised) -> Linearised:
    """first - second, row by row, or all rows of one against the only row of the other; covariance is taken in.

    Var = Var(first) + Var(second) - 2 Cov. The degrees of freedom are those of both domains together.
    """
    one, other = _paired(first, second)
    return replace(_made(one, other, one.value - other.value, one.score - other.score), signed=True)


def quotient(first: Linearised, second: Linearised) -> Linearised:
    """first / second, paired as in `difference`: score (z1 - R z2) / second."""
    one, other = _paired(first, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(other.value != 0, one.value / other.value, np.nan)
        score = (one.score - value[:, None] * other.score) / other.value[:, None]
    return _made(one, other, value, score)


def combined(estimates: Linearised, weights: Floats, cells: pd.DataFrame | None = None) -> Linearised:
    """Linear combinations of the rows: weights (combinations, rows), value and score W times those of the rows."""
    matrix = np.atleast_2d(np.asarray(weights, dtype=np.float64))
    if matrix.shape[1] != len(estimates.value):
        raise SurveyError(f"{matrix.shape[1]} weights for {len(estimates.value)} estimates")
    used = matrix != 0
    present = used.astype(np.float32) @ estimates.present.astype(np.float32) > 0
    labels = pd.DataFrame(index=range(len(matrix))) if cells is None else cells.reset_index(drop=True)
    return replace(
        estimates,
        cells=labels,
        value=_product(matrix, estimates.value),
        score=_product(matrix, estimates.score),
        present=present,
        n=used @ estimates.n,
        n_cases=used @ estimates.n_cases,
        weight=used @ estimates.weight,
        by_chance=np.full(len(matrix), np.nan),
        is_proportion=False,
        signed=estimates.signed or bool((matrix < 0).any()),
        own_limits=None,
    )


def stacked(parts: Sequence[Linearised]) -> Linearised:
    """Estimates of the same design one below the other, for their covariance; limits are those of plain values."""
    first = parts[0]
    _same_design(parts)
    names = ("value", "score", "present", "n", "n_cases", "weight", "by_chance")
    joined: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    cells = pd.concat([part.cells for part in parts], ignore_index=True).fillna("total")
    proportions, signed = all(part.is_proportion for part in parts), any(part.signed for part in parts)
    return replace(first, cells=cells, is_proportion=proportions, signed=signed, own_limits=None, **joined)


def _product(matrix: Floats, values: Floats) -> Floats:
    """matrix @ values, a weight of zero making any value, also an unknown one, immaterial."""
    unknown = ~np.isfinite(values)
    product: Floats = matrix @ np.where(unknown, 0.0, values)
    if unknown.any():
        product[(matrix != 0).astype(np.float32) @ unknown.astype(np.float32) > 0] = np.nan
    return product


def _paired(first: Linearised, second: Linearised) -> tuple[Linearised, Linearised]:
    _same_design([first, second])
    sizes = len(first.value), len(second.value)
    if sizes[0] != sizes[1] and 1 not in sizes:
        raise SurveyError(f"{sizes[0]} estimates against {sizes[1]}: name one row of the one, or as many of both")
    every = np.zeros(max(sizes), dtype=np.intp)
    return (
        first.rows(every) if sizes[0] == 1 else first,
        second.rows(every) if sizes[1] == 1 else second,
    )


def _same_design(parts: Sequence[Linearised]) -> None:
    if any(part.design is not parts[0].design for part in parts):
        raise SurveyError("estimates of two designs have no covariance here: make both from the same `domains` sample")


def _made(one: Linearised, other: Linearised, value: Floats, score: Floats) -> Linearised:
    cells = (
        one.cells if list(one.cells) == list(other.cells) and one.cells.equals(other.cells) else _against(one, other)
    )
    return replace(
        one,
        cells=cells,
        value=value,
        score=score,
        present=one.present | other.present,
        n=np.minimum(one.n, other.n),
        n_cases=np.minimum(one.n_cases, other.n_cases),
        weight=np.minimum(one.weight, other.weight),
        by_chance=np.full(len(value), np.nan),
        is_proportion=False,
        signed=one.signed or other.signed,
        own_limits=None,
    )


def _against(one: Linearised, other: Linearised) -> pd.DataFrame:
    second = other.cells.rename(columns=lambda name: f"{name}_second")
    return pd.concat([one.cells, second], axis=1)
