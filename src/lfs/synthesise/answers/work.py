"""Answers on work in the reference week: at work, absent, farm work, and the job that the person then describes.

What a person answers follows from what they truly are, by the routes of the ILO model questionnaire; the routes are
written here from the form, and once more in the derivation, which never sees this module.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lfs.synthesise.answers.people import Floats, Mask, People, Texts, yes_no

_ABSENT_AND_EMPLOYED = {
    "vacation": 0.30, "sickness": 0.17, "shift_work": 0.14, "parental_leave": 0.20, "low_season": 0.09,
    "personal_leave": 0.07, "temporary_layoff": 0.05, "bad_weather": 0.04, "education_leave": 0.02, "strike": 0.02,
    "long_term_disability": 0.01, "other": 0.04,
}  # fmt: skip
_ABSENT_NOT_EMPLOYED = {
    "low_season": 0.35, "temporary_layoff": 0.25, "long_term_disability": 0.12, "bad_weather": 0.06,
    "education_leave": 0.02, "personal_leave": 0.08, "other": 0.12,
}  # fmt: skip
_ALWAYS_EMPLOYED = ("shift_work", "vacation", "sickness", "parental_leave")
_RETURN_ASKED = (
    "education_leave", "personal_leave", "temporary_layoff", "bad_weather", "strike", "long_term_disability", "other",
)  # fmt: skip

# Of those without a job: men in towns and in the country, women in towns and in the country.
_OWN_USE_FARMERS, _OWN_PLOTS = (0.0005, 0.009, 0.0003, 0.001), (0.0005, 0.016, 0.0003, 0.001)


@dataclass(frozen=True)
class Jobs:
    """The true job of the employed: its kind and whether it is on a small farm; kind is None for everybody else."""

    kind: Texts
    farm: Mask
    government: Mask
    household_employer: Mask


def true_jobs(people: People) -> Jobs:
    """What the population says of each person's job; the form asks about farms in the informal sector only."""
    farm = people.informal_job & people.informal_sector & (people.branch == "agriculture")
    return Jobs(people.kind, farm, people.government, people.household_employer)


def answer_work(people: People, jobs: Jobs) -> None:
    """The questions at work, absence and farm work of everyone of working age."""
    servant = people.relationship == "domestic_worker"
    asked_work = (people.age >= 15) & ~servant
    kind, farm = jobs.kind, jobs.farm
    independent = np.isin(kind.astype(str), ["own", "employer"])
    helper = np.isin(kind.astype(str), ["family", "helps_employee"])
    absent = (
        people.employed
        & ~servant
        & people.share("absent", np.where(helper, 0.02, np.where(jobs.government, 0.07, 0.05)))
    )
    recovered = people.employed & ~absent & farm & (kind != "employee") & people.share("forgets the farm", 0.10)
    # Nothing but farming for the own use; how many they and those with a plot are together is said in own_use.
    own_use_share = _by_place(people, _OWN_USE_FARMERS)
    own_use = asked_work & ~people.employed & people.share("own-use farming", own_use_share)
    at_work = people.employed & ~servant & ~absent & ~recovered

    says_paid = at_work & np.where(
        independent, people.share("says paid", 0.06), np.isin(kind.astype(str), ["employee", "apprentice"])
    )
    says_own = (at_work & ~says_paid & (independent | ((kind == "family") & people.share("says own", 0.08)))) | (
        own_use & ~people.woman
    )
    says_helped = (at_work & ~says_paid & ~says_own) | (own_use & people.woman)
    people.ask("worked_for_pay", asked_work, yes_no(says_paid))
    people.silent("worked_for_pay", says_own, 0.004)
    asked_own = asked_work & ~people.is_("worked_for_pay", "yes")
    people.ask("worked_own_business", asked_own, yes_no(says_own))
    people.silent("worked_own_business", says_helped, 0.004)
    asked_family = asked_own & ~people.is_("worked_own_business", "yes")
    people.ask("helped_family_business", asked_family, yes_no(says_helped))
    asked_absence = asked_family & ~people.is_("helped_family_business", "yes")
    _answer_absence(people, asked_absence, absent)
    _answer_farm(people, jobs, asked_absence, absent, recovered, own_use)


def _by_place(people: People, shares: tuple[float, float, float, float]) -> Floats:
    return np.array(shares)[2 * people.woman + ~people.urban]


def _answer_absence(people: People, asked: Mask, absent: Mask) -> None:
    waiting = people.unemployed & asked & people.share("has a job to start", 0.02)
    waiting |= people.outside & asked & people.share("has a job to start late", 0.0006)
    not_counted = asked & ~people.employed & ~waiting & people.share("absence that does not count", 0.008)
    people.ask("has_absent_job", asked, yes_no(absent | waiting | not_counted))
    people.silent("has_absent_job", ~(absent | waiting | not_counted), 0.002)
    counted = people.one_of("absence", list(_ABSENT_AND_EMPLOYED), list(_ABSENT_AND_EMPLOYED.values()))
    counted[(counted == "parental_leave") & ~people.woman] = "vacation"
    other = people.one_of("absence", list(_ABSENT_NOT_EMPLOYED), list(_ABSENT_NOT_EMPLOYED.values()))
    reason = np.where(absent, counted, np.where(waiting, "waiting_to_start", other)).astype(object)
    people.ask("absence_reason", people.is_("has_absent_job", "yes"), reason)
    people.ask("absence_off_season_work", people.is_("absence_reason", "low_season"), yes_no(absent))
    asked_return = people.is_("absence_reason", *_RETURN_ASKED)
    returns = absent & people.share("returns soon", np.where(reason == "long_term_disability", 0.1, 0.9))
    people.ask("absence_returns_soon", asked_return, yes_no(returns))
    people.silent("absence_returns_soon", ~returns, 0.15)
    asked_paid = asked_return & ~people.is_("absence_returns_soon", "yes")
    people.ask("absence_paid", asked_paid, yes_no(absent))


def _answer_farm(people: People, jobs: Jobs, asked_absence: Mask, absent: Mask, recovered: Mask, own_use: Mask) -> None:
    """Farm work: named as the own business or recovered, for sale, for hire or for the family's own use."""
    has_farm_job = jobs.farm & (jobs.kind != "employee")
    asked_work = people.is_("worked_own_business", "yes") | people.is_("helped_family_business", "yes") | absent
    farms = (has_farm_job & people.employed) | own_use
    crops = people.share("crops", 0.75)
    animals = ~crops | people.share("animals", 0.35)
    fishing = farms & people.share("fishing", 0.02)
    also_other = ~own_use & people.share("also other work", 0.12)
    small_plot = ~farms & people.share("small plot beside the business", np.where(people.urban, 0.01, 0.06))
    other = ~farms | also_other
    people.ask_several(
        "farm_work", asked_work,
        {"crops": (farms & crops) | small_plot, "animals": farms & animals, "fishing": fishing, "other": other},
    )  # fmt: skip
    waiting = people.is_("absence_reason", "waiting_to_start")
    asked_any = asked_absence & ~absent & ~waiting
    plot = asked_any & ~people.employed & people.share("own plot", _by_place(people, _OWN_PLOTS))
    farms_any = asked_any & (recovered | plot)
    people.ask_several(
        "farm_any", asked_any,
        {
            "crops": farms_any & crops, "animals": farms_any & animals,
            "fishing": farms_any & fishing, "none": ~farms_any,
        },
    )  # fmt: skip
    only_farm = asked_work & farms & ~other
    asked_output = only_farm | farms_any
    for_own_use = asked_output & ~people.employed
    by_hire = asked_output & people.employed & people.share("hired on a farm for own use", 0.05)
    unsure = asked_output & people.share("cannot say", 0.03)
    sold = people.one_of("sold", ["only_sale", "mainly_sale"], [0.45, 0.55])
    used = people.one_of("used", ["mainly_own_use", "only_own_use"], [0.45, 0.55])
    use = np.where(for_own_use | by_hire, used, sold).astype(object)
    people.ask("farm_output_use", asked_output, np.where(unsure, "cannot_say", use).astype(object))
    people.silent("farm_output_use", unsure, 0.2)
    asked_past = people.is_("farm_output_use", "cannot_say", "not_stated")
    people.ask("farm_output_past_use", asked_past, use)
    own = ("mainly_own_use", "only_own_use")
    asked_hired = people.is_("farm_output_use", *own) | people.is_("farm_output_past_use", *own)
    people.ask("farm_hired_for_pay", asked_hired, yes_no(by_hire))
