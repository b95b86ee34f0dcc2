"""Hours of work in all jobs (18th ICLS 2008, resolution on the measurement of working time).

Usual hours are those of a typical week, actual hours those of the reference week; both without a limit but the form's.
"""

import numpy as np
from pandas import Series

from lfs.metadata.variables import NOT_STATED

BANDS = {"1-14": 0, "15-29": 15, "30-34": 30, "35-39": 35, "40-48": 40, "49+": 49}
"""Bands of the ILO besides "0", and the hours at which each begins; each goes on to where the next begins, so that half
an hour is in 1-14 and 48.5 hours are in 40-48."""


def usual_hours(
    usual_hours_main: Series, has_other_jobs: Series | None = None, usual_hours_other: Series | None = None
) -> Series:
    """Hours usually worked a week in all jobs. 18th ICLS 2008, resolution I, hours usually worked."""
    # ASSUME Hours in all jobs are not known, and left out of means, where those of the main job or, for who has several
    # jobs, those of the other jobs are not stated: no answer is not zero.
    return _all_jobs(usual_hours_main, has_other_jobs, usual_hours_other)


def actual_hours(
    actual_hours_main: Series, has_other_jobs: Series | None = None, actual_hours_other: Series | None = None
) -> Series:
    """Hours worked in the reference week in all jobs; zero for who was absent. 18th ICLS 2008, resolution I."""
    return _all_jobs(actual_hours_main, has_other_jobs, actual_hours_other)


def hours_band(actual_hours: Series, actual_hours_main: Series) -> Series:
    """Hours worked in the reference week in all jobs, in the seven bands of the ILO's tables.

    Where only those in other jobs are not stated, the main job decides if it reaches the highest band by itself.
    """
    hours = _at_least(actual_hours, actual_hours_main, BANDS["49+"]).to_numpy(dtype=float)
    names = np.array([*BANDS], dtype=object)
    band = names[np.searchsorted(list(BANDS.values()), hours, side="right") - 1]
    band = np.where(hours == 0, "0", np.where(np.isnan(hours), NOT_STATED, band))
    return Series(band, index=actual_hours.index, dtype="str")


def working_time(usual_hours: Series, usual_hours_main: Series, *, full_time_hours: float = 36) -> Series:
    """Full time from `full_time_hours` a week, usual hours in all jobs; part time below it. ILO table set C.3.

    The limit is the country's own: 36 hours in Iraq, six days of six hours.
    """
    hours = _at_least(usual_hours, usual_hours_main, full_time_hours)
    time = Series("part_time", index=hours.index, dtype="str").mask(hours >= full_time_hours, "full_time")
    return time.mask(hours.isna(), NOT_STATED)


def excessive_hours(usual_hours: Series, usual_hours_main: Series, *, excessive_hours_from: float = 48) -> Series:
    """Usual hours in all jobs of `excessive_hours_from` or more. ILO decent work indicators."""
    # ASSUME Exactly 48 hours a week are excessive hours; the ILO's own indicator begins above 48.
    # ASSUME Who does not state the hours does not work excessive hours, unless the main job alone reaches the limit.
    return _at_least(usual_hours, usual_hours_main, excessive_hours_from) >= excessive_hours_from


def _all_jobs(main: Series, has_other_jobs: Series | None, other: Series | None) -> Series:
    """Main job and other jobs; all there is in a survey that asks nothing about other jobs is the main job."""
    # ASSUME Who does not say how many jobs he or she has has one.
    if other is None:
        # Whoever has other jobs works longer than the main job says, nobody knows how long.
        return main if has_other_jobs is None else main.mask(has_other_jobs.fillna(False).astype(bool))
    if has_other_jobs is None:
        return main + other.fillna(0)
    return main + other.mask(~has_other_jobs.fillna(False).astype(bool), 0)


def _at_least(hours: Series, main: Series, limit: float) -> Series:
    """Hours in all jobs; where they are not known, those of the main job if these reach the limit by themselves."""
    return hours.where(hours.notna(), main.where(main >= limit))
