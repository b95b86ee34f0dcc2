"""What the crosswalk's keys cannot say of the files of the household socio-economic surveys of 2007 and 2012."""

import pandas as pd

WAGE_JOB = ("q1202a_1", "q1302_1_1", "q1302_2_1")
"""Columns that say 1 for a wage job: in 2007, and in 2012 in and outside agriculture."""


def worked_for_pay(raw: pd.DataFrame) -> pd.Series:
    """Whether any hours were worked in the last seven days: the form asks for hours only. Empty where it is empty."""
    hours = raw.iloc[:, 0].astype("float64")
    return (hours > 0).map({True: "yes", False: "no"}).where(hours.notna())


def worked_own_business(raw: pd.DataFrame) -> pd.Series:
    """No of who worked no hours at all; empty of everybody else, whose hours are told above."""
    return (raw.iloc[:, 0] == 0).map({True: "no"})


def helped_family_business(raw: pd.DataFrame) -> pd.Series:
    """The same."""
    return worked_own_business(raw)


def job_count(raw: pd.DataFrame) -> pd.Series:
    """More than one where a second job has its line, one where only the first has; empty without any."""
    first, second = (raw.iloc[:, place] for place in (0, 1))
    return (second == 2).map({True: "more", False: "one"}).where(first.notna())


def employment_relationship(raw: pd.DataFrame) -> pd.Series:
    """Employee in a wage job; own business in any other. Empty where neither is said.

    ASSUME In the household socio-economic surveys a job without a wage counts as an own business: they do not tell
    contributing family workers from the self-employed.
    """
    wage = [name for name in raw if name in WAGE_JOB]
    employee = (raw[wage] == 1).any(axis=1)
    other = (raw.drop(columns=wage) == 1).any(axis=1)
    return employee.map({True: "employee"}).where(employee, other.map({True: "own_business"}))


def occupation(raw: pd.DataFrame) -> pd.Series:
    """The four digits of ISCO-08 before the survey's own two; the number in the file has lost leading zeros."""
    return raw.iloc[:, 0].astype("Int64").astype("str").str.zfill(6).str[:4].where(raw.iloc[:, 0].notna())


def actual_hours_main(raw: pd.DataFrame) -> pd.Series:
    """Hours of the seven days together; empty where all of them are."""
    return raw.astype("float64").sum(axis=1, min_count=1)


def actual_hours_other(raw: pd.DataFrame) -> pd.Series:
    """The same for the second job."""
    return actual_hours_main(raw)
