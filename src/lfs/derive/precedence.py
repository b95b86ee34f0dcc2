"""Categories that are tested one after the other: the first that holds decides."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas import Series


def first_that_holds(categories: Mapping[str, Series], otherwise: str) -> Series:
    """Of each person the first category whose condition holds, `otherwise` where none does; nothing counts as no."""
    index = next(iter(categories.values())).index
    place = np.full(len(index), len(categories), dtype=np.int8)
    for number, holds in reversed(list(enumerate(categories.values()))):
        place[holds.to_numpy(dtype=bool, na_value=False)] = number
    names = pd.array([*categories, otherwise], dtype="str")
    return Series(names.take(place), index=index)
