"""Universes: whom each question concerns, by the routing of the ILO model questionnaire (CAPI, approach 1, v3, 2019).

Each function is named after its column and returns true or false for every person; true is "asked". Its arguments are
answers (text) and concepts (nullable boolean) already settled, so that a question outside its universe holds nothing.
"Not yes" is no or not stated: the form goes on to the next question in both cases.
"""

from pandas import Series

FARMING_FOR_OWN_USE = ("mainly_own_use", "only_own_use")
RETURN_MATTERS = (
    "education_leave",
    "personal_leave",
    "temporary_layoff",
    "bad_weather",
    "strike",
    "long_term_disability",
    "other",
)
"""Reasons of absence (ABS_WHY 07 to 13) after which the form asks about the return to the job."""

# --- age and roster --------------------------------------------------------------------------------------------------


def age_5_or_more(age: Series) -> Series:
    """Aged 5 or more, who are asked about their education."""
    return age >= 5


def age_12_or_more(age: Series) -> Series:
    """Aged 12 or more, who are asked about their marital status."""
    return age >= 12


def working_age(age: Series, *, working_age: int, working_age_to: int | None = None) -> Series:
    """At or above the survey's working age, and not above `working_age_to` where the survey has an upper limit.

    19th ICLS resolution I, par. 64-65: the limit is the country's own.
    """
    # ASSUME A person whose age is not stated is not of working age: no labour force question concerns that person.
    return age >= working_age if working_age_to is None else age.between(working_age, working_age_to)


def asked_attendance(age: Series) -> Series:
    """Aged 5 to 29 (DEM_EDC)."""
    return age.between(5, 29)


def asked_training(age: Series) -> Series:
    """Aged 15 to 29 (DEM_TRN, DEM_APP)."""
    return age.between(15, 29)


# --- displacement ----------------------------------------------------------------------------------------------------


def asked_arrival(citizenship: Series) -> Series:
    """Not a citizen of this country (MIG_REAS)."""
    return citizenship.isin(["other", "stateless"])


def asked_forced_to_leave(citizenship: Series) -> Series:
    """Citizen, stateless, or citizenship not stated: whoever may have the habitual residence in this country."""
    return citizenship.isin(["national", "stateless", "not_stated"])


def asked_return(forced_to_leave: Series) -> Series:
    """Was forced to leave."""
    return forced_to_leave == "yes"


# --- at work ---------------------------------------------------------------------------------------------------------


def asked_work(working_age: Series, relationship: Series) -> Series:
    """Of working age and not a resident domestic worker, who is at work by that (ATW_PAY)."""
    return working_age & (relationship != "domestic_worker")


def asked_own_business(asked_work: Series, worked_for_pay: Series) -> Series:
    """Did not say to have worked for pay (ATW_PFT)."""
    return asked_work & (worked_for_pay != "yes")


def asked_family_business(asked_own_business: Series, worked_own_business: Series) -> Series:
    """Did not say to have worked in an own business either (ATW_FAM)."""
    return asked_own_business & (worked_own_business != "yes")


# --- absence ---------------------------------------------------------------------------------------------------------


def asked_absence(asked_family_business: Series, helped_family_business: Series) -> Series:
    """Named no work in the reference week (ABS_JOB)."""
    return asked_family_business & (helped_family_business != "yes")


def asked_absence_reason(has_absent_job: Series) -> Series:
    """Has a job or business from which he or she was absent (ABS_WHY)."""
    return has_absent_job == "yes"


def asked_off_season(absence_reason: Series) -> Series:
    """Absent in the low season (ABS_SEA)."""
    return absence_reason == "low_season"


def asked_return_to_job(absence_reason: Series) -> Series:
    """Absent for a reason from education leave to other, ABS_WHY 07 to 13 (ABS_DUR)."""
    return absence_reason.isin(RETURN_MATTERS)


def asked_absence_paid(asked_return_to_job: Series, absence_returns_soon: Series) -> Series:
    """Absent, and the return within three months is not certain: no, do not know or not stated (ABS_PAY)."""
    return asked_return_to_job & (absence_returns_soon != "yes")


# --- farm work -------------------------------------------------------------------------------------------------------


def asked_farm_work(worked_own_business: Series, helped_family_business: Series, absent_from_job: Series) -> Series:
    """Worked in, or is absent from, a business that may be a farm (AGF_CHK)."""
    return (worked_own_business == "yes") | (helped_family_business == "yes") | absent_from_job


def asked_farm_any(asked_absence: Series, absent_from_job: Series, absence_reason: Series) -> Series:
    """Named neither work nor a job that goes on, and is not waiting for a job to begin (AGF_ANY)."""
    return asked_absence & ~absent_from_job & (absence_reason != "waiting_to_start")


def asked_farm_output(
    farm_work_crops: Series,
    farm_work_animals: Series,
    farm_work_fishing: Series,
    farm_work_other: Series,
    farm_any_crops: Series,
    farm_any_animals: Series,
    farm_any_fishing: Series,
) -> Series:
    """The business is farm work and nothing else, or farm work came out on the second question (AGF_MKT)."""
    only_farm = (farm_work_crops == "yes") | (farm_work_animals == "yes") | (farm_work_fishing == "yes")
    any_farm = (farm_any_crops == "yes") | (farm_any_animals == "yes") | (farm_any_fishing == "yes")
    return (only_farm & (farm_work_other != "yes")) | any_farm


def asked_farm_past_output(farm_output_use: Series) -> Series:
    """Cannot say what the products are meant for, or did not (AGF_HIS)."""
    return farm_output_use.isin(["cannot_say", "not_stated"])


def asked_farm_hired(farm_output_use: Series, farm_output_past_use: Series) -> Series:
    """The products are, or were, mainly or only for own use (AGF_HIR)."""
    return farm_output_use.isin(FARMING_FOR_OWN_USE) | farm_output_past_use.isin(FARMING_FOR_OWN_USE)


# --- main job --------------------------------------------------------------------------------------------------------


def asked_decisions(employment_relationship: Series) -> Series:
    """Helps in a business of the family (MJJ_CFW_CHK)."""
    return employment_relationship == "helping_family_business"


def asked_hires(employment_relationship: Series, decision_maker: Series) -> Series:
    """Has an own business, or helps in one of the family and decides alone or together (MJJ_HIRES)."""
    return (employment_relationship == "own_business") | decision_maker.isin(["self", "together"])


def asked_pay_type(employed: Series, asked_hires: Series) -> Series:
    """Employed in a business that is not the person's own (MJJ_REM_TYP)."""
    return employed & ~asked_hires


def asked_employer_type(employment_relationship: Series) -> Series:
    """Works for others: MJJ_EMP_REL 1, 4, 5 (MJU_INS)."""
    return employment_relationship.isin(["employee", "apprentice", "helping_family_employee"])


def asked_incorporated(employed: Series, employer_type: Series) -> Series:
    """Employed, and the employer is not one that needs no such question (MJL_CORP)."""
    return employed & ~employer_type.isin(["government", "household", "ngo", "international"])


def asked_registered(asked_incorporated: Series, incorporated: Series) -> Series:
    """The unit is not said to be incorporated (MIS_REGI)."""
    return asked_incorporated & (incorporated != "yes")


def asked_bookkeeping(asked_registered: Series, registered: Series) -> Series:
    """The unit is not said to be registered either (MIS_BOOK)."""
    return asked_registered & (registered != "yes")


def has_other_jobs(job_count: Series) -> Series:
    """Has more than one job (WKT_SJ_USHRS)."""
    return job_count == "more"


def asked_more_hours(
    employed: Series,
    has_other_jobs: Series,
    usual_hours_main: Series,
    usual_hours_other: Series,
    *,
    hours_threshold: float,
) -> Series:
    """Employed, with usual hours in all jobs below the survey's threshold (WKT_WNT_MRH)."""
    # ASSUME Hours that are not stated are not below the threshold, so that nobody is asked about more hours for them.
    return employed & (usual_hours_main + usual_hours_other.mask(~has_other_jobs, 0) < hours_threshold)


def asked_available_more_hours(wants_more_hours: Series) -> Series:
    """Wants to work more hours (WKT_AVL_MRH)."""
    return wants_more_hours == "yes"


# --- search and availability -----------------------------------------------------------------------------------------


def asked_search(working_age: Series, employed: Series) -> Series:
    """Of working age and not employed (SRH_JOB)."""
    return working_age & ~employed


def asked_sought_business(asked_search: Series, sought_job: Series) -> Series:
    """Did not say to have looked for a job (SRH_BUS)."""
    return asked_search & (sought_job != "yes")


def asked_search_method(sought_job: Series, sought_business: Series) -> Series:
    """Looked for a job, or tried to start a business (SRH_MTD)."""
    return (sought_job == "yes") | (sought_business == "yes")


def asked_active_search(search_method: Series) -> Series:
    """Named the reading of adverts, which alone is not an active search (SRH_ACT)."""
    return search_method == "read_adverts"


def asked_wants_work(
    asked_search: Series, sought_job: Series, sought_business: Series, absence_reason: Series
) -> Series:
    """Did not look for work, and is not waiting for a job to begin (SRH_DES)."""
    sought = (sought_job == "yes") | (sought_business == "yes")
    return asked_search & ~sought & (absence_reason != "waiting_to_start")


def asked_reason_not_seeking(wants_work: Series) -> Series:
    """Would like to work though not looking (SRH_DWY)."""
    return wants_work == "yes"


def asked_start(asked_search: Series, absence_reason: Series, reason_not_seeking: Series | None = None) -> Series:
    """Not employed and waiting for a job to begin, by ABS_WHY 01 or SRH_DWY 04 (SRH_FTR)."""
    return asked_search & ((absence_reason == "waiting_to_start") | (reason_not_seeking == "waiting_to_start"))


def asked_could_have_started(start_within: Series) -> Series:
    """The job begins within three months (SRH_FAN)."""
    return start_within.isin(["1_month", "1_to_3_months"])


def asked_available_last_week(
    asked_search: Series,
    sought_job: Series,
    sought_business: Series,
    asked_could_have_started: Series,
    wants_work: Series | None = None,
) -> Series:
    """Looked for work or would like to work, and was not asked about a job already found (SRH_AVN).

    Where a survey does not ask who would like to work, whoever looked for it.
    """
    wanted = (sought_job == "yes") | (sought_business == "yes") | (wants_work == "yes")
    return asked_search & wanted & ~asked_could_have_started


def asked_available_in_two_weeks(
    asked_available_last_week: Series,
    available_last_week: Series,
    asked_could_have_started: Series,
    could_have_started: Series,
) -> Series:
    """Was asked about last week, and did not say yes (SRH_AVL)."""
    not_last_week = asked_available_last_week & (available_last_week != "yes")
    return not_last_week | (asked_could_have_started & (could_have_started != "yes"))
