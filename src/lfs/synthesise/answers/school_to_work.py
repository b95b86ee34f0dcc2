"""Answers of the young on the way from school to work: when they left school, and when they first had a job."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Floats, People

_USUAL_AGE = {
    "below_primary": 10, "primary": 12, "lower_secondary": 15, "upper_secondary": 18, "post_secondary": 20,
    "tertiary": 22, "not_stated": 15,
}  # fmt: skip
_FIRST, _LAST = 15, 29


def answer_left_school(people: People) -> None:
    """The age on leaving school, for the last time: about that at which the level is usually completed."""
    young = (people.age >= _FIRST) & (people.age <= _LAST)
    asked = young & ~people.is_("attends_school", "yes") & ~people.is_("education_level", "never")
    people.ask_number("left_school_age", asked, school_leaving_age(people))
    people.silent("left_school_age", asked, 0.02)


def answer_first_job(people: People) -> None:
    """The age at the first job of three months or more; some boys began before they left school."""
    young = (people.age >= _FIRST) & (people.age <= _LAST)
    asked = young & (people.employed | people.is_("worked_before", "yes"))
    wait = np.floor(people.lasting.normal(people.person, "wait for the first job") * 2.2 + 1.8)
    age = np.clip(np.maximum(school_leaving_age(people), 13) + wait, 10, np.maximum(people.age_at_first_round, 10))
    people.ask_number("first_job_age", asked, age)
    people.silent("first_job_age", asked, 0.02)


def school_leaving_age(people: People) -> Floats:
    """Whole years, never above the age that a person had at the first round: it does not change from round to round."""
    level = people.text("education_level")
    usual = np.array([_USUAL_AGE.get(str(word), 15) for word in _USUAL_AGE], dtype=float)
    place = {word: position for position, word in enumerate(_USUAL_AGE)}
    typical = usual[[place.get(str(word), len(usual) - 1) for word in level]]
    shift = np.floor(people.lasting.normal(people.person, "leaves school") * 1.2 + 0.7)
    return np.clip(typical + shift, 6, np.maximum(people.age_at_first_round, 6)).astype(float)
