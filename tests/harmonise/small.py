"""What tests of small rounds share: the columns of their csv files, and what a round says of itself."""

from typing import Any

import pandas as pd
import pytest

from lfs.harmonise import harmonise
from lfs.metadata import SurveyError

HEADER = "STR,PSU,HH,LN,W,SEX,AGE,GOV\n"
GOVERNORATE = "{column: GOV, codes: {1: baghdad, 2: basrah, 3: erbil}}"
RESULT = {"result": "{column: RES, codes: {1: complete, 2: refused, 3: absent}}"}


def quality_of(quality: pd.DataFrame, topic: str, by: str = "category") -> dict[str, float]:
    rows = quality[quality["topic"] == topic]
    return dict(zip(rows[by], rows["value"], strict=True))


def problems_of(folder: Any, round: str = "2021H2") -> tuple[str, ...]:
    with pytest.raises(SurveyError) as error:
        harmonise(folder.survey(), round)
    return error.value.problems
