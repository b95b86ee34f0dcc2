"""Outside its universe a question is not applicable, inside it and empty it is not stated: never mixed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pandas import Series
from pandas.api.types import is_numeric_dtype

from lfs.metadata.variables import NOT_STATED

Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Settled:
    """The columns of one question, and for whom it mattered."""

    columns: dict[str, Series]
    inside: Truth
    """In the universe."""
    not_stated: Truth
    """In the universe and without an answer (to any option, where the question has several)."""
    outside: Truth
    """Outside the universe and answered all the same; the answer is taken away."""


def settle(columns: dict[str, Series], universe: Series | None) -> Settled:
    """Settle a question with one column, or one column an option; without a universe it concerns everybody.

    Text becomes empty outside the universe and `not_stated` inside it where empty; a number becomes empty outside and
    stays empty inside. A code that means no answer is no answer outside the universe either, and not counted there.
    """
    rows = len(next(iter(columns.values())))
    inside = np.ones(rows, dtype=bool) if universe is None else universe.to_numpy(dtype=bool, na_value=False)
    not_stated, outside = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    settled = {}
    for name, answers in columns.items():
        empty = answers.isna().to_numpy(dtype=bool)
        if not is_numeric_dtype(answers.dtype):
            no_answer = (answers == NOT_STATED).to_numpy(dtype=bool)
            answers = answers.mask(inside & empty, NOT_STATED) if (inside & empty).any() else answers
        else:
            no_answer = np.zeros(rows, dtype=bool)
        not_stated |= inside & (empty | no_answer)
        outside |= ~inside & ~empty & ~no_answer
        settled[name] = answers.mask(~inside) if (~inside & ~empty).any() else answers
    return Settled(settled, inside, not_stated, outside)
