"""What was answered, where a question may not be part of the survey at all, and what each code means."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from pandas import Series


def said(answers: Series | None, answer: str, like: Series) -> Series:
    """Whether the answer was given, one truth a row of `like`; nobody gave it where the question is not asked."""
    return Series(False, index=like.index) if answers is None else answers == answer


def begins(codes: Series | None, beginning: str, like: Series) -> Series:
    """Whether the code begins so, one truth a row of `like`; no code does where the survey has none."""
    if codes is None:
        return Series(False, index=like.index)
    numbers, distinct = pd.factorize(codes)
    found = [str(code).startswith(beginning) for code in distinct]
    return Series(np.array([*found, False])[numbers], index=codes.index)


def meaning_of(codes: Series, meaning: Callable[[str], str], otherwise: str) -> Series:
    """What each code means, `otherwise` where there is none; hundreds of codes are looked up, not millions of rows."""
    numbers, distinct = pd.factorize(codes)
    meanings = pd.array([*(meaning(str(code)) for code in distinct), otherwise], dtype="str")
    return Series(meanings.take(np.where(numbers < 0, len(distinct), numbers)), index=codes.index)
