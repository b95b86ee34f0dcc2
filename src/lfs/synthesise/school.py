"""Who attends school in the invented population: as many of the young are at neither school nor work as in 2021."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError
from lfs.synthesise.chance import Chance
from lfs.synthesise.households import FEMALE, Members

Mask = NDArray[np.bool_]
SCHOOL_AGES, YOUTH = (5, 29), (15, 24)


def attendance(
    chance: Chance, members: Members, status: NDArray[np.int8], in_camp: Mask, published: pd.DataFrame
) -> Mask:
    """Whether each person of 5 to 29 attends school; of those of 15 to 24 without a job, as many as the target leaves.

    status: 0 employed, 1 unemployed, 2 outside the labour force, -1 below working age. A person's leaning to school
    lasts from round to round.

    ASSUME Nearly all children of 6 to 11 in the invented population attend school, nine in ten of those of 12 to 14,
    and one in five of the young who work; camps have a sixth fewer.
    """
    age, woman = members.age, members.sex == FEMALE
    some = (age >= SCHOOL_AGES[0]) & (age <= SCHOOL_AGES[1])
    age, woman = age[some], woman[some]
    draw = chance.uniform(members.person[some], "attends")
    young_woman = np.select([age < 18, age < 21], [0.66, 0.52], 0.30)
    young_man = np.select([age < 18, age < 21], [0.98, 0.89], 0.58)
    child = np.where(age < 6, 0.55, np.where(age < 12, 0.95, np.where(woman, 0.84, 0.91)))
    share = np.where(age < 15, child, np.where(age <= YOUTH[1], np.where(woman, young_woman, young_man), 0.06))
    job, seeking = status[some] == 0, status[some] == 1
    share = share * np.where(job, 0.22, np.where(seeking, 0.25, 1.0)) * np.where(in_camp[some], 0.85, 1.0)
    attends = draw < share
    youth = (age >= YOUTH[0]) & (age <= YOUTH[1])
    leaning = np.log(share / (1 - share)) - np.log(draw / (1 - draw))
    for sex, own in (("male", ~woman), ("female", woman)):
        idle = np.flatnonzero(youth & own & ~job)
        at_school = len(idle) - round(_neet(published, sex) * int((youth & own).sum()))
        attends[idle] = False
        attends[idle[np.argsort(-leaning[idle], kind="stable")[: max(at_school, 0)]]] = True
    result = np.zeros(len(some), dtype=bool)
    result[some] = attends
    return result


def _neet(published: pd.DataFrame, sex: str) -> float:
    rows = published[(published["indicator"] == "neet_rate") & (published["target"] == "yes")]
    rows = rows[(rows["breakdown"] == "sex") & (rows["sex"] == sex)]
    if len(rows) != 1:
        raise SurveyError(f"config/published: the invented population needs one neet_rate of sex {sex}")
    return float(rows["value"].iloc[0])
