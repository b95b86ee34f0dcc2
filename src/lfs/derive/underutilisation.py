"""Labour underutilisation by the 19th ICLS (2013, resolution I, par. 40-73): potential labour force, LU2 to LU4.

What the paragraphs leave open is decided in docs/decisions/0007-labour-force-and-contracts.md.
"""

from typing import Literal

from pandas import Series

from lfs.metadata import SurveyError

LABOUR_MARKET_REASONS = ("tired_or_no_jobs", "no_matching_skills", "too_young_or_old")
"""Reasons for not looking (SRH_DWY 05 to 07) that lie in the labour market and not with the person."""

# --- outside the labour force ----------------------------------------------------------------------------------------


def attachment(
    sought_work: Series, available: Series, asked_search_method: Series, asked_start: Series, wants_work: Series
) -> Series:
    """How close to the labour market somebody outside it is: the first of five groups that fits. 19th ICLS par. 51, 80.

    1. unavailable_jobseeker: sought work and is not available.
    2. available_potential_jobseeker: did not seek work, is available and wants it.
    3. willing_non_jobseeker: neither sought work nor is available, and wants it.
    4. not_willing: does not want work.
    5. not_classified: nobody knows whether this person wants work.
    """
    # ASSUME Who looked for work in a passive way only (reading adverts), and who has found a job that does not make him
    # or her unemployed (it begins later than in three months, or cannot be started in time), wants to work.
    # ASSUME A jobseeker who does not say whether he or she could start work is an unavailable jobseeker: unemployed or
    # potential labour force, this person is in the extended labour force in any case.
    # ASSUME Unavailable jobseekers are counted whether or not they would become available soon after: par. 51 asks for
    # a short later period, the form asks about two weeks only.
    wants = (asked_search_method & ~sought_work) | asked_start | (wants_work == "yes")
    group = Series("not_classified", index=sought_work.index, dtype="str")
    group = group.mask(wants_work == "no", "not_willing")
    group = group.mask(wants, "willing_non_jobseeker")
    group = group.mask(wants & available, "available_potential_jobseeker")
    return group.mask(sought_work & ~available, "unavailable_jobseeker")


def unavailable_jobseeker(attachment: Series) -> Series:
    """Outside the labour force; sought work and is not available. 19th ICLS par. 51(a)."""
    return attachment == "unavailable_jobseeker"


def available_potential_jobseeker(attachment: Series) -> Series:
    """Outside the labour force; did not seek work, wants it and is available. 19th ICLS par. 51(b)."""
    return attachment == "available_potential_jobseeker"


def potential_labour_force(unavailable_jobseeker: Series, available_potential_jobseeker: Series) -> Series:
    """Outside the labour force and closest to it: LU3 and LU4 count these persons as underutilised. Par. 51."""
    return unavailable_jobseeker | available_potential_jobseeker


def extended_labour_force(labour_force: Series, potential_labour_force: Series) -> Series:
    """Labour force and potential labour force together: the denominator of LU3 and LU4. Par. 73(c)."""
    return labour_force | potential_labour_force


def discouraged(available_potential_jobseeker: Series, reason_not_seeking: Series) -> Series:
    """Available potential jobseeker who does not look because there is no fitting job. 19th ICLS par. 51(b), 80.

    Tired of looking or no jobs in the area, no matching skills, thought too young or too old (SRH_DWY 05 to 07).
    """
    # ASSUME Who does not say why he or she does not look for work is not counted as discouraged.
    return available_potential_jobseeker & reason_not_seeking.isin(LABOUR_MARKET_REASONS)


def labour_force_or_discouraged(labour_force: Series, discouraged: Series) -> Series:
    """In the labour force, or discouraged: the denominator of the rate with discouraged jobseekers. ILO table set D."""
    return labour_force | discouraged


def unemployed_or_discouraged(unemployed: Series, discouraged: Series) -> Series:
    """Unemployed, or discouraged: the numerator of the rate with discouraged jobseekers. ILO table set D."""
    return unemployed | discouraged


# --- underemployment and the four measures ---------------------------------------------------------------------------


def time_related_underemployed(
    wants_more_hours: Series,
    available_more_hours: Series,
    usual_hours: Series | None = None,
    actual_hours: Series | None = None,
    *,
    hours_threshold: float,
    hours_basis: Literal["usual", "actual"] = "usual",
) -> Series:
    """Employed, below the survey's threshold in all jobs, wants more hours and is available. 19th ICLS par. 43-45.

    `hours_basis` says which hours a week are below `hours_threshold`: those usually worked, or those of the reference
    week. A survey that asks for one of the two only is measured by that one. Raises SurveyError where it asks for none.
    """
    # ASSUME The form asks about more hours only below the threshold of usual hours: by actual hours, persons with a
    # short week and long usual hours cannot be found. Hours that are not stated are not below the threshold.
    asked = {"usual": usual_hours, "actual": actual_hours}
    hours = asked[hours_basis] if asked[hours_basis] is not None else next(filter(_is_asked, asked.values()), None)
    if hours is None:
        raise SurveyError(
            "variable 'time_related_underemployed': the survey asks who wants more hours, but for no hours worked; "
            "declare wants_more_hours unavailable"
        )
    short = hours < hours_threshold
    return short & (wants_more_hours == "yes") & (available_more_hours == "yes")


def unemployed_or_underemployed(unemployed: Series, time_related_underemployed: Series) -> Series:
    """Unemployed, or in time-related underemployment: the numerator of LU2. 19th ICLS par. 73(c) ii."""
    return unemployed | _found(time_related_underemployed)


def unemployed_or_potential(unemployed: Series, potential_labour_force: Series) -> Series:
    """Unemployed, or in the potential labour force: the numerator of LU3. 19th ICLS par. 73(c) iii."""
    return unemployed | potential_labour_force


def underutilised(unemployed: Series, time_related_underemployed: Series, potential_labour_force: Series) -> Series:
    """Unemployed, in time-related underemployment or in the potential labour force: LU4. 19th ICLS par. 73(c) iv."""
    return unemployed | _found(time_related_underemployed) | potential_labour_force


def _found(time_related_underemployed: Series) -> Series:
    """Nobody without employment is underemployed."""
    return time_related_underemployed.fillna(False)


def _is_asked(hours: Series | None) -> bool:
    return hours is not None
