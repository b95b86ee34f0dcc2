"""Answers of everyone in the household: roster, displacement, education."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Floats, People, yes_no

_LEVELS = ("never", "below_primary", "primary", "lower_secondary", "upper_secondary", "post_secondary", "tertiary")
# From where on the scale of `schooling` each level but the first is completed.
_REACHES = (0.7, 1.2, 1.7, 3.0, 4.2, 4.6)
_PRIMARY_AGE, _SCHOOL_AGE = 5, (5, 29)


def answer_roster(people: People) -> None:
    everyone = np.ones(len(people), dtype=bool)
    people.ask("relationship", everyone, people.relationship)
    people.ask("sex", everyone, np.where(people.woman, "female", "male").astype(object))
    people.ask_number("age", everyone, people.age.astype(float))
    people.ask("marital_status", people.age >= 12, people.marital)


def answer_displacement(people: People) -> None:
    """Citizenship, arrival, flight and return.

    Children born after the flight of their family were not displaced themselves and answer so.
    """
    everyone = np.ones(len(people), dtype=bool)
    stateless = ~people.national & people.share("stateless", 0.03, lasting=True)
    stateless &= people.relationship != "domestic_worker"
    foreign = np.where(stateless, "stateless", "other")
    people.ask("citizenship", everyone, np.where(people.national, "national", foreign).astype(object))
    refugee = people.displacement == "refugee"
    others = people.one_of("arrival", ["work", "family"], [0.9, 0.1], lasting=True)
    people.ask("arrival_reason", ~people.national, np.where(refugee, "conflict_or_disaster", others).astype(object))
    displaced = np.isin(people.displacement.astype(str), ["idp_in_camp", "idp_out_of_camp", "returnee"])
    asked = people.national | stateless
    people.ask("forced_to_leave", asked, yes_no(displaced))
    people.silent("forced_to_leave", ~displaced & ~refugee, 0.002)
    people.ask("returned_home", people.is_("forced_to_leave", "yes"), yes_no(people.displacement == "returnee"))


def answer_education(people: People) -> None:
    """Level completed, attendance and training."""
    age, attends = people.age, people.attends
    people.ask("education_level", age >= _PRIMARY_AGE, _level(people, attends))
    people.ask("attends_school", (age >= _SCHOOL_AGE[0]) & (age <= _SCHOOL_AGE[1]), yes_no(attends))
    young = (age >= 15) & (age <= 29)
    training = people.share("training", np.where(people.unemployed, 0.04, 0.015))
    people.ask("in_training", young, yes_no(training))
    people.ask(
        "in_apprenticeship", young, yes_no(people.share("apprenticeship", np.where(people.employed, 0.01, 0.004)))
    )
    everyone = np.ones(len(people), dtype=bool)
    people.silent("education_level", everyone, 0.004)
    people.silent("attends_school", everyone, 0.003)
    people.silent("in_training", everyone, 0.006)
    people.silent("in_apprenticeship", everyone, 0.006)
    people.silent("marital_status", everyone, 0.001)


def schooling(people: People) -> Floats:
    """How far each person gets at school, on a scale that lasts: higher in towns and in younger cohorts."""
    cohort = np.clip((70 - people.age_at_first_round) / 45, 0, 1)
    reach = people.lasting.normal(people.person, "schooling") * 1.7 + 2.1 + 1.3 * cohort
    return reach + np.where(people.urban, 0.35, -0.35) - np.where(people.woman, 0.9 - 0.5 * cohort, 0.0)


def _level(people: People, attends: np.ndarray) -> np.ndarray:
    """The level completed; those at school are as far as their age allows.

    ASSUME Schooling in the invented population lasts, and work follows from it: it brings women into the labour force,
    keeps men and women out of informal jobs, and leads to the occupations that ask for it. There is no figure for Iraq
    of education by occupation; the levels lie so that about one in six men and one in ten women have a tertiary
    education, and two in five of the employed women, most of whom are teachers or officials.
    """
    level = np.searchsorted(_REACHES, schooling(people), side="right")
    oldest = np.select(
        [people.age < 7, people.age < 12, people.age < 15, people.age < 18, people.age < 22], [0, 1, 2, 3, 4], 6
    )
    reached = np.where(attends, np.maximum(oldest - (people.age >= 18) * (oldest == 6), level), level)
    reached = np.where(attends & (people.age < 7), np.where(people.age == 6, 1, 0), reached)
    return np.array(_LEVELS, dtype=object)[np.minimum(reached, oldest).astype(int)]
