"""Answers on the contract of employees, and on how much those without a wage or without workers depend on others."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import People, Texts, yes_no
from lfs.synthesise.answers.work import Jobs

_DURATIONS = ("permanent", "fixed_period", "until_task_done", "ongoing")
_LENGTHS = ("under_1_month", "1_to_3_months", "3_to_6_months", "6_to_12_months", "1_to_2_years", "2_years_or_more")
_PRICE_SETTERS = ("other_enterprise", "customer", "government", "negotiated", "market", "other")


def answer_contract(people: People, jobs: Jobs) -> None:
    """Duration of the contract, its length where it ends, and who pays the tax of those who are paid by results.

    ASSUME In the invented population nine in ten formal jobs with government are permanent; government's informal jobs
    are one-year contracts and daily work; most informal employees of others have no end agreed, or work task by task.
    """
    employee = np.isin(jobs.kind.astype(str), ["employee", "apprentice"])
    formal = ~people.informal_job

    def by_job(purpose: str, codes: tuple[str, ...], *shares: tuple[float, ...]) -> Texts:
        """Shares of: formal with government, informal with government, formal with others, informal with others."""
        drawn = [people.one_of(purpose, codes, own, lasting=True) for own in shares]
        return np.select([jobs.government & formal, jobs.government, formal], drawn[:3], drawn[3]).astype(object)

    duration = by_job(
        "contract duration", _DURATIONS,
        (0.90, 0.08, 0.0, 0.02), (0.06, 0.66, 0.12, 0.16), (0.46, 0.34, 0.02, 0.18), (0.07, 0.08, 0.27, 0.58),
    )  # fmt: skip
    duration[jobs.kind == "apprentice"] = "fixed_period"
    people.ask("contract_duration", employee, duration)
    people.silent("contract_duration", employee, 0.012)
    ends = people.is_("contract_duration", "fixed_period", "until_task_done")
    length = by_job(
        "contract length", _LENGTHS,
        (0.0, 0.0, 0.02, 0.18, 0.40, 0.40), (0.01, 0.05, 0.10, 0.50, 0.28, 0.06),
        (0.01, 0.03, 0.08, 0.33, 0.37, 0.18), (0.10, 0.18, 0.22, 0.30, 0.15, 0.05),
    )  # fmt: skip
    task = people.one_of("length of the task", _LENGTHS, (0.52, 0.27, 0.12, 0.06, 0.02, 0.01))
    people.ask("contract_length", ends, np.where(duration == "until_task_done", task, length).astype(object))
    people.silent("contract_length", ends, 0.02)
    _answer_tax(people)


def _answer_tax(people: People) -> None:
    by_results = np.zeros(len(people), dtype=bool)
    for way in ("piece", "commission", "fees", "other_cash"):
        by_results |= people.is_(f"pay_type_{way}", "yes")
    asked = people.is_("employment_relationship", "employee") & by_results & ~people.is_("pay_type_wage", "yes")
    payers = ("employer", "self", "nobody")
    formal = people.one_of("pays tax", payers, (0.85, 0.10, 0.05), lasting=True)
    informal = people.one_of("pays tax", payers, (0.06, 0.32, 0.62), lasting=True)
    people.ask("tax_payer", asked, np.where(people.informal_job, informal, formal).astype(object))
    people.silent("tax_payer", asked, 0.02)


def answer_price(people: People, jobs: Jobs) -> None:
    """Who sets the price of what the business without workers sells; farms mostly take that of the market."""
    asked_hires = people.is_("employment_relationship", "own_business")
    asked_hires |= people.is_("decision_maker", "self", "together")
    asked = asked_hires & ~people.is_("hires_workers", "yes")
    sets = people.share("sets the price", np.where(jobs.farm, 0.35, 0.74), lasting=True)
    people.ask("sets_price", asked, yes_no(sets))
    people.silent("sets_price", asked, 0.01)
    taken = people.is_("sets_price", "no")
    farm = people.one_of("who sets the price", _PRICE_SETTERS, (0.08, 0.06, 0.18, 0.10, 0.56, 0.02), lasting=True)
    other = people.one_of("who sets the price", _PRICE_SETTERS, (0.22, 0.24, 0.05, 0.22, 0.24, 0.03), lasting=True)
    people.ask("price_setter", taken, np.where(jobs.farm, farm, other).astype(object))
    people.silent("price_setter", taken, 0.01)
