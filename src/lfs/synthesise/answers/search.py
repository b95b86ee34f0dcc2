"""Answers on search for work and availability, of everyone of working age who is not employed."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Mask, People, Texts, yes_no

_METHODS = (
    "applied_to_employers", "placed_adverts", "online_profile", "public_employment_service", "private_agency",
    "asked_friends", "waited_on_street", "financial_help", "looked_for_land", "looked_for_premises", "permits",
    "took_test", "other", "read_adverts",
)  # fmt: skip
_METHOD_SHARES = (0.24, 0.02, 0.05, 0.08, 0.02, 0.36, 0.07, 0.02, 0.005, 0.015, 0.005, 0.04, 0.03, 0.05)
_BUSINESS_METHODS = ("financial_help", "looked_for_land", "looked_for_premises", "permits", "other")
_DURATIONS = ("under_1_month", "1_to_3_months", "3_to_6_months", "6_to_12_months", "1_to_2_years", "2_years_or_more")
_REASONS = (
    "awaiting_results", "awaiting_recall", "awaiting_season", "tired_or_no_jobs", "no_matching_skills",
    "too_young_or_old", "studies", "family", "own_use_farming", "disability", "retired_or_other_income", "other",
)  # fmt: skip
_REASONS_AVAILABLE = (0.08, 0.06, 0.05, 0.40, 0.10, 0.05, 0.05, 0.11, 0.01, 0.02, 0.02, 0.05)
_REASONS_UNAVAILABLE = (0.03, 0.03, 0.02, 0.12, 0.04, 0.05, 0.28, 0.30, 0.01, 0.07, 0.02, 0.03)
_WAYS = ("unwilling", "available", "willing", "unavailable seeker", "passive", "late starter", "early starter")


def answer_search(people: People) -> None:
    """Search, wish, reason, start of a job found and availability, each asked as the form routes it.

    ASSUME Of people outside the labour force in the invented population one in eleven of 15 to 64 wants work: half of
    them could start but did not look, others looked without being available or only read adverts.
    """
    asked = (people.age >= 15) & ~people.employed
    waiting = people.is_("absence_reason", "waiting_to_start")
    way = _ways_outside(people, waiting)
    starter = people.unemployed & ~waiting & people.share("found a job", 0.02)
    seeker = (people.unemployed & ~waiting & ~starter) | np.isin(way.astype(str), ["unavailable seeker", "passive"])
    business = people.share("wants a business", np.where(people.woman, 0.04, 0.08), lasting=True)
    people.ask("sought_job", asked, yes_no(seeker & ~business))
    asked_business = asked & ~people.is_("sought_job", "yes")
    people.ask("sought_business", asked_business, yes_no(seeker))
    people.silent("sought_business", asked_business & (way == "unwilling"), 0.002)
    seeks = people.is_("sought_job", "yes") | people.is_("sought_business", "yes")
    _answer_methods(people, seeks, way == "passive")

    asked_wants = asked & ~seeks & ~waiting
    wants = starter | np.isin(way.astype(str), ["available", "willing", "late starter", "early starter"])
    people.ask("wants_work", asked_wants, yes_no(wants))
    people.silent("wants_work", asked_wants & ~wants, 0.003)
    can_start = people.one_of("reason", _REASONS, _REASONS_AVAILABLE)
    cannot = people.one_of("reason", _REASONS, _REASONS_UNAVAILABLE)
    starts = starter | np.isin(way.astype(str), ["late starter", "early starter"])
    reason = np.where(starts, "waiting_to_start", np.where(way == "available", can_start, cannot)).astype(object)
    people.ask("reason_not_seeking", people.is_("wants_work", "yes"), reason)
    people.silent("reason_not_seeking", ~starts, 0.006)
    _answer_availability(people, asked, waiting, seeks, way, starter)


def _ways_outside(people: People, waiting: Mask) -> Texts:
    """How each person outside the labour force stands to work."""
    old = people.age >= 65
    shares = np.array([0.912, 0.045, 0.022, 0.009, 0.008, 0.002, 0.002])
    way = people.one_of("attachment", _WAYS, list(shares))
    men = people.one_of("attachment", _WAYS, [0.84, 0.085, 0.035, 0.018, 0.014, 0.004, 0.004])
    way = np.where(people.woman, way, men).astype(object)
    way[old | waiting] = "unwilling"
    way[~people.outside] = None
    return way


def _answer_methods(people: People, seeks: Mask, passive: Mask) -> None:
    method = people.one_of("method", _METHODS, _METHOD_SHARES)
    business = people.one_of("method", _BUSINESS_METHODS, (0.35, 0.10, 0.25, 0.15, 0.15))
    method = np.where(people.is_("sought_business", "yes"), business, method).astype(object)
    method[passive] = "read_adverts"
    people.ask("search_method", seeks, method)
    people.ask("searched_actively", people.is_("search_method", "read_adverts"), yes_no(~passive))
    shares = [0.08, 0.15, 0.17, 0.25, 0.16, 0.19]
    older = [0.10, 0.18, 0.19, 0.25, 0.14, 0.14]
    duration = np.where(
        people.age < 30, people.one_of("duration", _DURATIONS, shares), people.one_of("duration", _DURATIONS, older)
    )
    within_a_year = people.worked_earlier & (people.years == 1)
    duration[within_a_year & np.isin(duration.astype(str), _DURATIONS[-2:])] = "6_to_12_months"
    people.ask("search_duration", seeks, duration.astype(object))
    people.silent("search_duration", seeks, 0.012)


def _answer_availability(people: People, asked: Mask, waiting: Mask, seeks: Mask, way: Texts, starter: Mask) -> None:
    asked_start = asked & (waiting | people.is_("reason_not_seeking", "waiting_to_start"))
    soon = people.one_of("starts", ["1_month", "1_to_3_months"], [0.65, 0.35])
    early = people.unemployed | (way == "early starter")
    people.ask("start_within", asked_start, np.where(early, soon, "over_3_months").astype(object))
    asked_could = people.is_("start_within", "1_month", "1_to_3_months")
    last_week = people.share("available last week", 0.86)
    people.ask("could_have_started", asked_could, yes_no(people.unemployed & last_week))
    asked_last_week = asked & (seeks | people.is_("wants_work", "yes")) & ~asked_could
    passive_can = (way == "passive") & people.share("passive but available", 0.7)
    late_can = (way == "late starter") & people.share("late but available", 0.5)
    can = people.unemployed | (way == "available") | passive_can | late_can
    people.ask("available_last_week", asked_last_week, yes_no(can & last_week))
    people.silent("available_last_week", asked_last_week & ~(can & last_week), 0.006)
    asked_two_weeks = (asked_last_week & ~people.is_("available_last_week", "yes")) | (
        asked_could & ~people.is_("could_have_started", "yes")
    )
    people.ask("available_in_two_weeks", asked_two_weeks, yes_no(can))
    people.silent("available_in_two_weeks", asked_two_weeks & ~can, 0.008)
