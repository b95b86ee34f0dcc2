"""Groupings that the dictionary declares: bands of a number, groups of codes."""

import numpy as np
from pandas import Series

from lfs.metadata import SurveyError
from lfs.metadata.variables import NOT_STATED, Variable


def grouping(name: str, variable: Variable, answers: Series, inside: Series | None) -> Series:
    """The code of `variable` for each person, from the answers it groups.

    `inside` is true for persons in its universe, None where it concerns everybody: no answer is then not stated, and a
    value in no band or group raises SurveyError, because the dictionary says nothing about these persons.
    """
    grouped = _bands(variable, answers) if variable.bands else _groups(variable, answers)
    inside = Series(True, index=answers.index) if inside is None else inside
    if left_out := int((inside & grouped.isna() & answers.notna()).sum()):
        kind = "bands" if variable.bands else "groups"
        raise SurveyError(
            f"variable '{name}': {left_out} rows have a value of '{variable.of}' that lies in none of its {kind}. "
            f"Declare {kind} for it under '{name}' in config/variables.yaml"
        )
    return grouped.mask(inside & answers.isna(), NOT_STATED)


def _bands(variable: Variable, numbers: Series) -> Series:
    """Bands hold whole numbers, both ends included: 15 to 19 ends where 20 begins."""
    values = numbers.to_numpy(dtype=float, na_value=np.nan)
    codes = np.full(len(values), None, dtype=object)
    for code, (low, high) in variable.bands.items():
        codes[(values >= low) & (values < high + 1)] = code
    return Series(codes, index=numbers.index, dtype="str")


def _groups(variable: Variable, answers: Series) -> Series:
    group_of = {code: group for group, codes in variable.groups.items() for code in codes}
    return answers.map({**group_of, NOT_STATED: NOT_STATED}).astype("str")
