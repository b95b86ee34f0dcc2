"""Young people: school, training, neither employment nor education or training, and the way from school to work.

NEET stands in two versions: by attendance only, as ILOSTAT counts it, and by education or training, as SDG 8.6.1 words
it. The second is never larger: who is in training and not at school is in the first only.
"""

from pandas import Series

from lfs.derive.precedence import first_that_holds

SECURE = ("permanent", "ongoing")
YEAR_OR_MORE = ("1_to_2_years", "2_years_or_more")

# --- school and training ---------------------------------------------------------------------------------------------


def in_school(attends_school: Series) -> Series:
    """Attends school now (DEM_EDC)."""
    return attends_school == "yes"


def in_education_or_training(
    attends_school: Series, in_training: Series, in_apprenticeship: Series | None = None
) -> Series:
    """Attends school, or had training outside it or an unpaid apprenticeship in the last four weeks. SDG 8.6.1."""
    learns = (attends_school == "yes") | (in_training == "yes")
    return learns if in_apprenticeship is None else learns | (in_apprenticeship == "yes")


# --- neither in employment nor in education or training --------------------------------------------------------------


def neet_15_24(employed: Series, attends_school: Series) -> Series:
    """Aged 15 to 24, neither employed nor attending school."""
    return _neet(employed, attends_school)


def neet_15_29(employed: Series, attends_school: Series) -> Series:
    """Aged 15 to 29, neither employed nor attending school."""
    return _neet(employed, attends_school)


def neet_or_training_15_24(
    employed: Series, attends_school: Series, in_training: Series, in_apprenticeship: Series | None = None
) -> Series:
    """Aged 15 to 24, not employed, and neither at school nor in training or an apprenticeship. SDG 8.6.1."""
    return _neet_or_training(employed, attends_school, in_training, in_apprenticeship)


def neet_or_training_15_29(
    employed: Series, attends_school: Series, in_training: Series, in_apprenticeship: Series | None = None
) -> Series:
    """Aged 15 to 29, not employed, and neither at school nor in training or an apprenticeship. SDG 8.6.1."""
    return _neet_or_training(employed, attends_school, in_training, in_apprenticeship)


def _neet(employed: Series, attends_school: Series) -> Series:
    # ASSUME NEET takes a stated "does not attend": young people whose attendance is not stated are not counted as NEET,
    # and stay in the denominator, as in the ILO's own code.
    return ~employed & (attends_school == "no")


def _neet_or_training(
    employed: Series, attends_school: Series, in_training: Series, in_apprenticeship: Series | None
) -> Series:
    # ASSUME By the wording of SDG 8.6.1 too, NEET takes a stated "no" to each question: who leaves training or
    # apprenticeship open is not counted, and stays in the denominator.
    neither = _neet(employed, attends_school) & (in_training == "no")
    return neither if in_apprenticeship is None else neither & (in_apprenticeship == "no")


# --- from school to work ---------------------------------------------------------------------------------------------


def transition_stage(
    employed: Series,
    unemployed: Series,
    attends_school: Series,
    wants_work: Series,
    status_in_employment: Series,
    contract_duration: Series,
    contract_length: Series,
) -> Series:
    """One of transited, in_transition, not_begun, for everybody aged 15 to 29; not_stated where an answer is missing.

    ILO, stages of transition from school to work (youth labour market statistics of ILOSTAT). Transited: not at school,
    in a stable job or in self-employment. In transition: at school and in the labour force; or not at school and
    unemployed, in a job that is not stable, or outside the labour force and wanting work. Not begun: outside the labour
    force, and at school or not wanting work.
    """
    # ASSUME A job is stable if its contract or agreement is permanent, ongoing, or for twelve months or more.
    # ASSUME Nobody is asked about satisfaction with the job: all employers and own-account workers count as
    # self-employed of their own choice, and so as transited; no temporary job counts as a satisfactory one; family
    # workers are in transition. The ILO's survey of the transition asks, so that its figures differ from these.
    # ASSUME Wanting work stands for the aim to look for work later; who looks, or waits for a job to begin, has it too.
    at_school, school_open = attends_school == "yes", attends_school == "not_stated"
    works = employed.fillna(False).astype(bool)
    looks = unemployed.fillna(False).astype(bool)
    outside, aims = ~works & ~looks, ~wants_work.isin(["no", "not_stated"])

    independent = status_in_employment.isin(["employer", "own_account"])
    temporary = contract_duration.isin(["fixed_period", "until_task_done"])
    stable = contract_duration.isin(SECURE) | (temporary & contract_length.isin(YEAR_OR_MORE))
    job_open = (status_in_employment == "not_classifiable") | (contract_duration == "not_stated")
    job_open |= temporary & (contract_length == "not_stated")
    arrived = works & (independent | stable)

    unknown = employed.isna() | (outside & ~at_school & (wants_work == "not_stated"))
    unknown |= (outside & school_open & aims) | (arrived & school_open) | (works & ~at_school & ~independent & job_open)
    return first_that_holds(
        {
            "not_stated": unknown,
            "transited": arrived & ~at_school,
            "not_begun": outside & (at_school | ~aims),
        },
        otherwise="in_transition",
    )


def years_to_first_job(left_school_age: Series, first_job_age: Series) -> Series:
    """Years from leaving school to the first job of three months or more; empty where either age is missing."""
    # ASSUME Who began the first job before leaving school needed no time; who is still at school or never was at one is
    # left out.
    return (first_job_age - left_school_age).clip(lower=0)
