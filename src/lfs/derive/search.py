"""How the unemployed look for work, for how long, and whether they have worked before."""

from pandas import Series

DURATIONS = {
    "under_6_months": ("under_1_month", "1_to_3_months", "3_to_6_months"),
    "6_to_12_months": ("6_to_12_months",),
    "12_months_or_more": ("1_to_2_years", "2_years_or_more"),
}
"""Answers to SRH_DUR in each band of unemployment."""


def unemployment_duration(search_duration: Series) -> Series:
    """How long the unemployed have been without work and looking, in three bands. 19th ICLS par. 48(c), 93."""
    # ASSUME The unemployed who only wait for a job to begin have not been looking for work, are not asked for how long,
    # and their duration is not stated.
    duration = Series("not_stated", index=search_duration.index, dtype="str")
    for band, answers in DURATIONS.items():
        duration = duration.mask(search_duration.isin(answers), band)
    return duration


def long_term_unemployed(unemployment_duration: Series) -> Series:
    """Unemployed for twelve months or more: SRH_DUR 5 and 6. 19th ICLS par. 48(c)."""
    # ASSUME The unemployed whose duration is not stated are not counted among the long-term unemployed.
    return unemployment_duration == "12_months_or_more"


def previous_work(worked_before: Series) -> Series:
    """Unemployed who have worked before, and who look for a first job. ILO table set, C.4."""
    previous = Series("not_stated", index=worked_before.index, dtype="str")
    previous = previous.mask(worked_before == "yes", "worked_before")
    return previous.mask(worked_before == "no", "first_job")


def used_public_employment_service(search_method: Series) -> Series:
    """Looked for work mainly through the public employment service: SRH_MTD 05. 19th ICLS par. 47(b)."""
    # ASSUME The form asks for the main method only: who went to the public employment service besides is not counted.
    return search_method == "public_employment_service"
