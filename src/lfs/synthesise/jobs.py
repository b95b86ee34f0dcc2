"""The true jobs of the invented employed: what they are, in which branch, with whom, and what they pay in a month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError
from lfs.synthesise.branches import BRANCHES, CLASSES, SEXES
from lfs.synthesise.chance import Chance, Floats, Units

Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]
KINDS = ("own", "employer", "employee", "apprentice", "family", "helps_employee")
_OWN, _EMPLOYER, _EMPLOYEE, _APPRENTICE = range(4)
# Shares of the kinds, in their order, for men and women.
_INFORMAL_UNIT = ((0.46, 0.05, 0.43, 0.0, 0.06, 0.0), (0.42, 0.01, 0.30, 0.0, 0.27, 0.0))
_INFORMAL_OUTSIDE = ((0.0, 0.0, 0.95, 0.015, 0.03, 0.005), (0.0, 0.0, 0.95, 0.015, 0.03, 0.005))
_FORMAL = ((0.02, 0.015, 0.965, 0.0, 0.0, 0.0), (0.010, 0.005, 0.985, 0.0, 0.0, 0.0))
# Mean monthly pay of men and women, dinars: of federal Iraq there is no official figure.
_FEDERAL_PAY = {"male": 560_000.0, "female": 590_000.0}
_PAY_RISE = 1.02  # a year


@dataclass
class Workforce:
    """One entry an employed person: who they are, as far as it bears on the job."""

    person: Units
    woman: Mask
    age: NDArray[np.int16]
    informal_job: Mask
    informal_sector: Mask
    servant: Mask
    rural: Mask
    kri: Mask


@dataclass
class Jobs:
    """One entry a person of the population; kind and branch are positions in KINDS and BRANCHES, -1 without a job.

    government: works for it. household: works for a household. monthly_pay: dinars, of employees and apprentices; empty
    for others.
    """

    kind: Codes
    branch: Codes
    government: Mask
    household: Mask
    monthly_pay: NDArray[np.float32]


def kinds_of_jobs(chance: Chance, work: Workforce) -> tuple[Codes, Codes]:
    """The kind of job that fits each person's true informality, and the position in CLASSES.

    ASSUME Half of the men in the informal sector of the invented population work on their own account; jobs outside it
    are nearly all held by employees.
    """
    draw = chance.uniform(work.person, "kind of job")
    kind = np.zeros(len(draw), dtype=np.int8)
    inside = work.informal_job & work.informal_sector
    for who, shares in ((inside, _INFORMAL_UNIT), (work.informal_job & ~inside, _INFORMAL_OUTSIDE),
                        (~work.informal_job, _FORMAL)):  # fmt: skip
        for woman in (False, True):
            some = who & (work.woman == woman)
            kind[some] = np.searchsorted(np.cumsum(shares[int(woman)])[:-1], draw[some], side="right")
    kind[(~work.informal_job & work.informal_sector) | work.servant] = _EMPLOYEE
    hired = (kind == _EMPLOYEE) | (kind == _APPRENTICE)
    household = work.servant | (hired & work.informal_job & ~work.informal_sector)
    household &= work.servant | chance.happens(work.person, "works in a household", 0.02)
    outside = np.where(household, 6, np.where(hired, 4, 5))
    formal = np.where(work.informal_sector, 2, np.where(hired, 0, 1))
    return kind, np.where(work.informal_job, np.where(work.informal_sector, 3, outside), formal).astype(np.int8)


def count_classes(work: Workforce, classes: Codes) -> Floats:
    """Jobs by sex and class."""
    count = np.bincount(work.woman * len(CLASSES) + classes, minlength=2 * len(CLASSES))
    return count.reshape(2, len(CLASSES)).astype(float)


def assign_jobs(
    chance: Chance, work: Workforce, kind: Codes, classes: Codes, shares: Floats, published: pd.DataFrame, years: int
) -> Jobs:
    """Branch, employer and pay of every employed person: branches and public employment in exactly the given shares.

    shares: by sex, class, branch and (others, government), as `fit_branches` makes them. years: since the first round.
    """
    branch, government = _placed(chance, work, kind, classes, shares)
    household = classes == CLASSES.index("employee of a household")
    pay = _monthly_pay(chance, work, kind, government, published) * _PAY_RISE**years
    return Jobs(kind, branch, government, household, pay.astype(np.float32))


def _placed(chance: Chance, work: Workforce, kind: Codes, classes: Codes, shares: Floats) -> tuple[Codes, Mask]:
    """Branch and government, by rank of scores that a person keeps: farms where it is rural, families on farms."""
    branch = np.full(len(kind), -1, dtype=np.int8)
    government = np.zeros(len(kind), dtype=bool)
    liking = _likings(work, kind)
    for sex in range(len(SEXES)):
        for number in range(len(CLASSES)):
            left = np.flatnonzero((work.woman == sex) & (classes == number))
            quota = np.diff(np.round(np.cumsum(shares[sex, number].ravel()) * len(left)), prepend=0.0).astype(int)
            for place in range(len(BRANCHES) * 2):
                if quota[place] == 0:
                    continue
                where, public = divmod(place, 2)
                chosen = np.ones(len(left), dtype=bool)
                if quota[place] < len(left):
                    score = 3.5 * chance.uniform(work.person[left], f"place of work {place}") + liking[where][left]
                    chosen[np.argpartition(-score, quota[place])[quota[place] :]] = False
                branch[left[chosen]] = where
                government[left[chosen]] = bool(public)
                left = left[~chosen]
    return branch, government


def _likings(work: Workforce, kind: Codes) -> list[Floats]:
    farm = 2.6 * work.rural + np.where(kind >= _APPRENTICE + 1, 0.9, np.where(kind == _EMPLOYEE, -0.5, 0.3))
    nothing, rural = np.zeros(len(kind)), work.rural.astype(float)
    return [farm.astype(float), nothing, 0.3 * rural, nothing, -0.3 * rural, nothing]


def _monthly_pay(chance: Chance, work: Workforce, kind: Codes, government: Mask, published: pd.DataFrame) -> Floats:
    """Pay of employees; its means by sex are those published for the Kurdistan Region.

    ASSUME Employees in federal Iraq earn 560,000 dinars a month (men) and 590,000 (women) in the invented population of
    2021: no official figure exists. Formal jobs with government pay 1.6 times as much as informal ones of others.
    """
    level = np.select([government & ~work.informal_job, government, ~work.informal_job], [1.26, 0.76, 1.15], 0.79)
    level *= np.where(kind == _APPRENTICE, 0.5, 1.0) * np.where(work.woman, np.where(government, 0.93, 0.62), 1.0)
    age = 1 + 0.012 * (np.clip(work.age, 18, 60) - 38)
    pay = level * age * np.exp(0.42 * chance.normal(work.person, "pay"))
    employee = (kind == _EMPLOYEE) | (kind == _APPRENTICE)
    for woman, sex in enumerate(SEXES):
        for kri in (False, True):
            some = employee & (work.woman == woman) & (work.kri == kri)
            if some.any():
                pay[some] *= (_kri_pay(published, sex) if kri else _FEDERAL_PAY[sex]) / pay[some].mean()
    return np.where(employee, pay, np.nan)


def _kri_pay(published: pd.DataFrame, sex: str) -> float:
    rows = published[(published["indicator"] == "mean_monthly_earnings") & (published["target"] == "yes")]
    rows = rows[(rows["sex"] == sex) & (rows["region"] == "kri")]
    if len(rows) != 1:
        raise SurveyError(f"config/published: the invented population needs one mean_monthly_earnings of {sex} in kri")
    return float(rows["value"].iloc[0])
