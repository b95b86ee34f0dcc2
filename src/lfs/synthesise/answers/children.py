"""Answers for children of 5 to 17: work of those too young for the main form, hazards, and chores at home."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Mask, People, Texts, yes_no

_RURAL = (("0111", "9211", 40), ("0141", "9212", 24), ("0113", "9211", 20), ("4711", "5223", 10), ("4520", "9622", 6))
_URBAN = (("4711", "5223", 28), ("4781", "9520", 26), ("4520", "7231", 14), ("5610", "9412", 12), ("4100", "9313", 8),
          ("1071", "7512", 6), ("3811", "9612", 6))  # fmt: skip
_HAZARDS = ("heavy_loads", "dangerous_tools", "dust_or_chemicals", "extreme_conditions", "heights_or_underground",
            "night_work")  # fmt: skip


def answer_children(people: People) -> None:
    """Work below the working age, hazards of all working children, chores.

    ASSUME In the invented population one child of 5 to 14 in thirty works in a week, boys twice as often as girls,
    rural children twice as often as urban ones, and those of 12 to 14 three times as often as younger ones.
    """
    child = (people.age >= 5) & (people.age < 15)
    older = people.age >= 12
    share = np.where(older, 0.074, 0.024) * np.where(people.woman, 0.62, 1.30) * np.where(people.urban, 0.75, 1.75)
    share = share * np.where(people.in_camp, 1.3, 1.0) * np.where(people.is_("attends_school", "yes"), 0.8, 2.6)
    works = people.share("works as a child", np.minimum(share, 0.6), lasting=True)
    works &= people.share("works this week", 0.85)
    people.ask("child_worked", child, yes_no(works))
    people.silent("child_worked", child & ~works, 0.003)
    job = people.is_("child_worked", "yes")
    mean = np.where(older, 17.0, 10.0) * np.where(people.is_("attends_school", "yes"), 0.8, 1.7)
    hours = np.round(mean * np.exp(0.6 * people.passing.normal(people.person, "hours of the child") - 0.18))
    people.ask_number("child_work_hours", job, np.clip(hours, 1, 70))
    people.silent("child_work_hours", job, 0.015)
    industry, occupation = _trade(people)
    people.ask("child_industry", job, industry)
    people.ask("child_occupation", job, occupation)
    people.silent("child_industry", job, 0.01)
    people.silent("child_occupation", job, 0.01)
    _answer_hazards(people, job)
    _answer_chores(people)


def _trade(people: People) -> tuple[Texts, Texts]:
    codes = []
    for column in (0, 1):
        rural, urban = (
            people.one_of(
                "trade of the child", [str(place) for place in range(len(table))], [line[2] for line in table],
                lasting=True,
            ).astype(int)
            for table in (_RURAL, _URBAN)
        )  # fmt: skip
        of_rural = np.array([line[column] for line in _RURAL], dtype=object)[rural]
        of_urban = np.array([line[column] for line in _URBAN], dtype=object)[urban]
        codes.append(np.where(people.urban, of_urban, of_rural).astype(object))
    return codes[0], codes[1]


def _answer_hazards(people: People, job: Mask) -> None:
    young_worker = people.employed & (people.age >= 15) & (people.age <= 17)
    branch = np.where(job, people.text("child_industry"), people.text("industry")).astype(str)
    outdoors = np.char.startswith(branch, "0") | np.char.startswith(branch, "4100")
    workshop = np.char.startswith(branch, "1") | np.isin(branch, ["4520", "3811", "4330", "2395"])
    shares = {
        "heavy_loads": np.where(outdoors | workshop, 0.34, 0.14),
        "dangerous_tools": np.where(workshop, 0.36, np.where(outdoors, 0.24, 0.05)),
        "dust_or_chemicals": np.where(outdoors | workshop, 0.30, 0.06),
        "extreme_conditions": np.where(outdoors, 0.34, 0.12),
        "heights_or_underground": np.where(branch == "4100", 0.30, 0.02),
        "night_work": np.full(len(people), 0.05),
    }
    asked = job | young_worker
    people.ask_several_or_none(
        "child_hazards", asked, {hazard: people.share(f"hazard {hazard}", shares[hazard]) for hazard in _HAZARDS}
    )
    people.silent_all("child_hazards", [*_HAZARDS, "none"], asked, 0.012)


def _answer_chores(people: People) -> None:
    """Chores of those of 15 to 17 are the hours in housework and care that they gave for themselves."""
    child = (people.age >= 5) & (people.age <= 17)
    helps = people.share("does chores", np.where(people.woman, 0.72, 0.48) * np.where(people.age < 8, 0.6, 1.0))
    mean = np.clip((people.age - 4) * np.where(people.woman, 1.15, 0.45), 0.6, 20)
    hours = np.maximum(np.round(mean * np.exp(0.6 * people.passing.normal(people.person, "chores") - 0.18)), 1)
    own = people.answers["own_use_services_hours"].astype(float)
    grown = np.where(np.isnan(own), 0.0, own)
    chores = np.where(people.age >= 15, grown, np.where(helps, np.minimum(hours, 60), 0.0))
    people.ask_number("child_chores_hours", child, chores)
    people.silent("child_chores_hours", child & (people.age < 15), 0.012)
