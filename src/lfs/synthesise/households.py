"""Who lives together: households from their listing to their members, by relationship, sex, age and marital status."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats, Units

SLOTS = 64  # person number = household number x SLOTS + place in the household: stable over rounds
RELATIONSHIPS = (
    "reference_person", "spouse", "child", "parent", "other_relative", "non_relative", "domestic_worker",
)  # fmt: skip
MARITAL_STATUSES = ("single", "married", "cohabiting", "separated", "divorced", "widowed")
MALE, FEMALE = 0, 1
YEARS_SINCE_FLIGHT = 5  # before the first round: younger children of displaced families were born after the flight
_CHILDREN = 9


@dataclass
class Members:
    """One entry a person, ordered by household and line; codes are positions in the lists above."""

    person: Units
    household: Units
    line: NDArray[np.int8]
    relationship: NDArray[np.int8]
    sex: NDArray[np.int8]
    age: NDArray[np.int16]
    marital: NDArray[np.int8]

    def where(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> Members:
        return Members(**{name: values[keep] for name, values in vars(self).items()})


def compose(chance: Chance, household: Units, fertility: Floats, urban: NDArray[np.bool_]) -> Members:
    """The members of the given households on the day of the first round.

    ASSUME In the invented population households form by plain rules (a reference person, mostly a married man, his
    wife, their children who leave home as they marry, one son's family, an aged mother), with shares chosen so that
    64% of persons are 15 or older, a third of those under 25, and six persons share a household.
    """
    draw = chance.within("household")
    roster = _Roster(household)
    head_male = draw.happens(household, "head sex", 0.89)
    head_age = np.clip(np.round(44.6 + 13.0 * draw.normal(household, "head age")), 19, 92).astype(np.int64)
    couple = draw.happens(household, "couple", np.where(head_male, np.where(head_age < 25, 0.85, 0.95), 0.03))
    gap = np.round(3.2 + 3.0 * draw.normal(household, "spouse age"))
    spouse_age = np.clip(head_age + np.where(head_male, -gap, gap), 16, 92).astype(np.int64)
    alone = draw.uniform(household, "past marriage")
    head_past = np.where(
        head_male, np.where(alone < 0.6, 0, 5), np.where(alone < 0.15, 0, np.where(alone < 0.27, 4, 5))
    )
    roster.add("reference_person", np.ones(len(household), bool), ~head_male, head_age, np.where(couple, 1, head_past))
    roster.add("spouse", couple, head_male, spouse_age, 1)

    mother_age = np.where(head_male & couple, spouse_age, np.where(head_male, head_age - 4, head_age))
    bearing = np.clip(mother_age - 18, 0, 25) * np.where(couple | ~head_male, 1.0, 0.3)
    chance_of_birth = np.clip(0.228 * fertility * bearing / _CHILDREN, 0, 0.97)
    married_son = np.zeros(len(household), bool)
    wife_age = np.zeros(len(household), np.int64)
    for birth in range(_CHILDREN):
        when = draw.uniform(household, f"birth {birth}")
        age = np.floor(when * (np.minimum(mother_age, 43) - 18) + np.maximum(mother_age - 43, 0)).astype(np.int64)
        daughter = draw.happens(household, f"daughter {birth}", 0.487)
        here = draw.happens(household, f"born {birth}", chance_of_birth)
        here &= draw.happens(household, f"stays {birth}", _still_at_home(age, daughter))
        brings_wife = here & ~daughter & (age >= 22) & ~married_son
        brings_wife &= draw.happens(household, f"marries {birth}", 0.45)
        married_son |= brings_wife
        wife_age = np.where(brings_wife, np.maximum(age - 3, 17), wife_age)
        roster.add("child", here, daughter, age, np.where(brings_wife, 1, 0))
    roster.add("other_relative", married_son, np.ones(len(household), bool), wife_age, 1)
    for grandchild in range(2):
        here = married_son & draw.happens(household, f"grandchild {grandchild}", np.clip(0.62 * fertility, 0, 0.95))
        age = np.floor(draw.uniform(household, f"grandchild age {grandchild}") * np.clip(wife_age - 17, 1, 12))
        girl = draw.happens(household, f"granddaughter {grandchild}", 0.487)
        roster.add("other_relative", here, girl, age.astype(np.int64), 0)
    mother = draw.happens(household, "parent", np.where(head_age < 62, 0.13, 0.0))
    mother_is_woman = draw.happens(household, "parent sex", 0.8)
    aged = np.clip(head_age + 20 + np.floor(12 * draw.uniform(household, "parent age")), 45, 97).astype(np.int64)
    roster.add("parent", mother, mother_is_woman, aged, np.where(mother_is_woman, 5, 1))
    relative = draw.happens(household, "relative", 0.22)
    roster.add(
        "other_relative", relative, draw.happens(household, "relative sex", 0.55),
        (24 + np.floor(36 * draw.uniform(household, "relative age") ** 1.5)).astype(np.int64), 0,
    )  # fmt: skip
    lodger = draw.happens(household, "lodger", 0.004)
    lodger_age = (18 + np.floor(30 * draw.uniform(household, "lodger age"))).astype(np.int64)
    roster.add("non_relative", lodger, draw.happens(household, "lodger sex", 0.2), lodger_age, 0)
    servant = draw.happens(household, "domestic worker", np.where(urban, 0.003, 0.0))
    servant_age = (21 + np.floor(22 * draw.uniform(household, "servant age"))).astype(np.int64)
    roster.add("domestic_worker", servant, np.ones(len(household), bool), servant_age, 0)
    return roster.members()


def _still_at_home(age: Units, daughter: NDArray[np.bool_]) -> Floats:
    son = np.select([age < 18, age < 25, age < 30, age < 35], [1.0, 0.935, 0.92, 0.80], 0.50)
    girl = np.select([age < 16, age < 20, age < 25, age < 30], [1.0, 0.87, 0.58, 0.46], 0.29)
    return np.where(daughter, girl, son)


class _Roster:
    """Places in the households, filled one place of all households at a time."""

    def __init__(self, household: Units) -> None:
        self.household = household
        self.columns: list[tuple[NDArray[np.bool_], int, NDArray[np.int8], NDArray[np.int16], NDArray[np.int8]]] = []

    def add(
        self,
        relationship: str,
        here: NDArray[np.bool_],
        woman: NDArray[np.bool_],
        age: Units,
        marital: NDArray[np.generic] | int,
    ) -> None:
        marital_all = np.broadcast_to(np.asarray(marital, dtype=np.int8), here.shape)
        code = RELATIONSHIPS.index(relationship)
        self.columns.append((here, code, woman.astype(np.int8), age.astype(np.int16), marital_all))

    def members(self) -> Members:
        present = np.column_stack([column[0] for column in self.columns])
        rows, places = np.nonzero(present)
        sex = np.column_stack([column[2] for column in self.columns])[rows, places]
        age = np.column_stack([column[3] for column in self.columns])[rows, places]
        marital = np.column_stack([column[4] for column in self.columns])[rows, places]
        relationship = np.array([column[1] for column in self.columns], dtype=np.int8)[places]
        household = self.household[rows]
        first = np.searchsorted(rows, np.arange(len(self.household)))
        line = (np.arange(len(rows)) - first[rows] + 1).astype(np.int8)
        marital = np.where(age < 12, 0, marital).astype(np.int8)
        return Members(household * SLOTS + places, household, line, relationship, sex, age, marital)
