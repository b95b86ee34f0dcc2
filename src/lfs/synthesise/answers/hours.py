"""Answers on working time and on pay."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Mask, People, yes_no
from lfs.synthesise.answers.work import Jobs

_CASH, _KIND = ("wage", "piece", "commission", "tips", "fees", "other_cash"), ("meals", "products")
_MONTHS = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "year": 1 / 12}


def answer_hours(people: People, jobs: Jobs) -> None:
    employed = people.employed
    at_work = employed & ~people.is_("has_absent_job", "yes")
    mean = np.where(jobs.government, 36.0, np.where(people.informal_job, 46.0, 47.0))
    mean = np.where(np.isin(jobs.kind.astype(str), ["family", "helps_employee"]), 25.0, mean)
    mean = np.where(jobs.farm, mean - 8, mean) - np.where(people.woman, 5.0, 0.0)
    spread = np.where(jobs.government, 6.0, 13.0)
    usual = np.clip(np.round(mean + spread * people.passing.normal(people.person, "usual hours")), 2, 98)
    rounded = people.share("rounds to five hours", 0.5)
    usual = np.where(rounded, np.maximum(np.round(usual / 5) * 5, 2), usual)
    change = np.round(6 * people.passing.normal(people.person, "actual hours")) * people.share(
        "another week than usual", 0.35
    )
    actual = np.where(at_work, np.clip(usual + change, 1, 98), 0.0)
    people.ask_number("usual_hours_main", employed, usual)
    people.ask_number("actual_hours_main", employed, actual)
    more = people.is_("job_count", "more")
    other = 3 + np.floor(18 * people.passing.uniform(people.person, "hours in other jobs"))
    people.ask_number("usual_hours_other", more, other)
    people.ask_number("actual_hours_other", more, np.where(at_work, other, 0.0))
    people.silent("usual_hours_main", ~more, 0.006)
    people.silent("actual_hours_main", employed, 0.008)
    usual_all = people.answers["usual_hours_main"] + np.where(more, other, 0.0)
    asked = employed & (people.answers["usual_hours_main"] >= 0) & (usual_all < people.hours_threshold)
    wants = people.share("wants more hours", np.where(jobs.government, 0.05, np.where(people.woman, 0.10, 0.26)))
    people.ask("wants_more_hours", asked, yes_no(wants))
    people.silent("wants_more_hours", asked & ~wants, 0.006)
    people.ask(
        "available_more_hours", people.is_("wants_more_hours", "yes"), yes_no(people.share("can work more", 0.85))
    )


def answer_pay(people: People, jobs: Jobs) -> None:
    """Last pay and the period it covers, of those in a job held for pay.

    ASSUME A day's pay in the invented survey is the pay of a month times 12 / 365 and a week's that times 12 / 52, as
    the ILO converts them back, so that means of the answers are those of the population.

    ASSUME In the invented survey five in a thousand employees name a last pay of zero, because it is in arrears, and so
    does whoever is paid in meals only; there is no figure for Iraq.
    """
    employee = np.isin(jobs.kind.astype(str), ["employee", "apprentice"])
    informal = people.informal_job & ~jobs.government
    period = np.where(
        informal,
        people.one_of("pay period", ["day", "week", "month"], [0.38, 0.22, 0.40], lasting=True),
        people.one_of("pay period", ["month", "year"], [0.997, 0.003], lasting=True),
    ).astype(object)
    amount = people.monthly_pay / np.array([_MONTHS[str(name)] for name in period])
    step = np.where(amount < 100_000, 1_000, np.where(amount < 1_500_000, 5_000, 50_000))
    amount = np.maximum(np.round(amount / step), 1) * step
    unpaid = people.share("pay in arrears", 0.005) | _paid_in_kind_only(people)
    people.ask_number("pay_amount", employee, np.where(unpaid, 0.0, amount))
    people.ask("pay_period", employee, period)
    people.silent("pay_amount", employee, 0.06)
    people.silent("pay_period", employee & (people.answers["pay_amount"] == -1.0), 0.5)


def _paid_in_kind_only(people: People) -> Mask:
    kind, cash = (
        np.logical_or.reduce([people.is_(f"pay_type_{way}", "yes") for way in ways]) for ways in (_KIND, _CASH)
    )
    return kind & ~cash
