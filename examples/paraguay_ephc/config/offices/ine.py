"""What the crosswalk of Paraguay's institute cannot say: hours and durations out of several columns."""

import numpy as np
import pandas as pd

DAYS = ["B03LU", "B03MA", "B03MI", "B03JU", "B03VI", "B03SA", "B03DO"]
"""Hours of each day of the week as hours.minutes: 8.30 is eight hours and a half; 99.99 is no answer."""
HELPS = 5
"""Answer of B12: unpaid worker of the family."""
USUAL = 1
"""Answer of C04 and C18A: the hours of the week are those usually worked."""


def pay_type(raw: pd.DataFrame) -> pd.Series:
    """The code of who helps without pay in B12; of others it is not known how they are paid."""
    return raw["B12"].where(raw["B12"] == HELPS)


def paid_annual_leave(raw: pd.DataFrame) -> pd.Series:
    """B13, days of leave a year: 88 is none and 99 no answer."""
    days = raw["B13"]
    answer = days.map({88: "no", 99: "not_stated"})
    return answer.mask(~days.isin([88, 99]), "yes").where(days.notna())


def actual_hours_main(raw: pd.DataFrame) -> pd.Series:
    """Sum of the seven days of B03."""
    days = raw[DAYS]
    hours = days // 1 + (days % 1) * 100 / 60
    # One day without an answer leaves the week without one.
    return hours.where(days < 99).sum(axis=1, skipna=False).round(2)


def usual_hours_main(raw: pd.DataFrame) -> pd.Series:
    """B06, which is asked where the week was not the usual one; else the hours of the week."""
    return raw["B06"].where(raw["B06"] < 999).where(raw["B06"].notna(), actual_hours_main(raw))


def actual_hours_other(raw: pd.DataFrame) -> pd.Series:
    """Second job (C03) and all others (C18)."""
    return _without_no_answer(raw[["C03", "C18"]]).sum(axis=1, min_count=1)


def usual_hours_other(raw: pd.DataFrame) -> pd.Series:
    """Second job (C05, or C03 where that is usual) and all others (C18B, or C18)."""
    hours = _without_no_answer(raw[["C03", "C05", "C18", "C18B"]])
    second = hours["C03"].where(raw["C04"] == USUAL, hours["C05"])
    others = hours["C18"].where(raw["C18A"] == USUAL, hours["C18B"])
    return pd.concat([second, others], axis=1).sum(axis=1, min_count=1)


def search_duration(raw: pd.DataFrame) -> pd.Series:
    """A11: without work and looking for it, in years, months and weeks."""
    classes = ["under_1_month", "1_to_3_months", "3_to_6_months", "6_to_12_months", "1_to_2_years", "2_years_or_more"]
    return _class(raw[["A11A", "A11M", "A11S"]], [1, 3, 6, 12, 24], classes)


def last_job_ended(raw: pd.DataFrame) -> pd.Series:
    """A17: without work, in years, months and weeks."""
    classes = ["under_6_months", "6_to_12_months", "1_to_5_years", "5_years_or_more"]
    return _class(raw[["A17A", "A17M", "A17S"]], [6, 12, 60], classes)


def _without_no_answer(hours: pd.DataFrame) -> pd.DataFrame:
    return hours.where(hours < 999)


def _class(durations: pd.DataFrame, limits: list[float], classes: list[str]) -> pd.Series:
    """The class in which years, months and weeks together lie; not stated where one of the three is not."""
    years, months, weeks = (durations[column] for column in durations.columns)
    # 9 weeks is the code for no answer of A11S and A17S; A11A has 9 for it too, A17A and the months have 99.
    unknown = (years == (9 if durations.columns[0] == "A11A" else 99)) | (months == 99) | (weeks == 9)
    total = 12 * years.fillna(0) + months.fillna(0) + weeks.fillna(0) * 12 / 52
    found = np.array([*classes], dtype=object)[np.searchsorted(limits, total.to_numpy(dtype=float), side="right")]
    return (
        pd.Series(found, index=durations.index, dtype="str")
        .mask(unknown, "not_stated")
        .where(durations.notna().any(axis=1))
    )
