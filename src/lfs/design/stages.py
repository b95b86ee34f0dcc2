"""Stages below the PSU, and the sampling fraction of every stage, for finite population corrections."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lfs.design.sampling import Codes, Design, Floats, Stage, place
from lfs.metadata import SurveyError

ROUNDING = 1e-9
MEND = "mend its entry in the office file, or take it out of fractions: under design: in config.yaml"


def with_stages(design: Design, people: pd.DataFrame, fractions: Sequence[str], units: Sequence[str] = ()) -> Design:
    """The design with sampling fractions, so that variance has finite population corrections at every stage.

    people: the persons `design` was made from, row by row; fractions: one column a stage, PSUs first, all of it either
    sampled shares (up to 1) or counts of the units there are (above 1), the same for all units drawn in one group;
    units: the columns of the stages below the PSU. A fraction of 1 is a group taken whole: certainty.

    Raises SurveyError for fractions that are missing, not above zero, unequal in one group, or counts below the sample.
    """
    if len(fractions) != len(units) + 1:
        raise SurveyError(
            f"{place(people)}: {len(units) + 1} stages need as many columns of sampling fractions, not "
            f"{len(fractions)}; name one for the PSUs and one for each of units: under design: in config.yaml"
        )
    none = np.zeros(len(design.stratum_names), dtype=np.intp)
    stages = [_stage(people, design.psu, design.stratum, none, fractions[0])]
    for unit, fraction in zip(units, fractions[1:], strict=True):
        upper = stages[-1].unit
        names = people[unit]
        if empty := int(names.isna().sum()):
            raise SurveyError(
                f"{place(people)}, variable '{unit}': empty in {empty} rows; every stage needs its unit; mend its "
                f"entry in the office file, or take {unit} out of units: under design: in config.yaml"
            )
        _, name = np.unique(names.to_numpy(dtype=object).astype(str), return_inverse=True)
        pairs, number = np.unique(upper * (int(name.max()) + 1) + name, return_inverse=True)
        above = pairs // (int(name.max()) + 1)
        whole = np.arange(int(upper.max()) + 1)
        stages.append(_stage(people, number, above, whole, fraction))
    return replace(design, stages=tuple(stages))


def _stage(people: pd.DataFrame, unit: Codes, group: Codes, above: Codes, column: str) -> Stage:
    values = people[column].to_numpy(dtype=np.float64, na_value=np.nan)
    sampled = np.bincount(group, minlength=len(above))
    return Stage(unit, group, above, _fractions(values, group[unit], sampled, f"{place(people)}, variable '{column}'"))


def _fractions(values: Floats, group: Codes, sampled: Codes, where: str) -> Floats:
    """(groups,) sampled share, from one value a person."""
    bad = int((~(values > 0)).sum())
    if bad:
        raise SurveyError(f"{where}: {bad} rows have no sampling fraction above zero; {MEND}")
    low, high = np.full(len(sampled), np.inf), np.zeros(len(sampled))
    np.minimum.at(low, group, values)
    np.maximum.at(high, group, values)
    if unequal := int((high > low * (1 + ROUNDING)).sum()):
        raise SurveyError(
            f"{where}: the sampling fraction differs inside {unequal} groups of one stage, where all units drawn in "
            f"one group have the same; {MEND}"
        )
    if (values <= 1).all():
        return high
    fraction = sampled / high
    if few := int((fraction > 1 + ROUNDING).sum()):
        raise SurveyError(
            f"{where}: {few} groups hold fewer units than were drawn in them; the column has the number of units that "
            f"there are, or in all rows the share that was drawn; {MEND}"
        )
    return np.minimum(fraction, 1.0)
