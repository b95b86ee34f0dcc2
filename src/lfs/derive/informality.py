"""The informal sector (15th ICLS 1993) and informal employment (17th ICLS 2003), in the main job.

Two variables: the unit of production, and the nature of the job in it. The order of tests is that of the ILO's own
derivations; where these differ from each other, docs/decisions/0002-informality-order.md says which one and why.
An argument that may be None is a question that a survey, or an office, may lack altogether.
"""

import numpy as np
from pandas import Series, factorize

from lfs.derive.answers import meaning_of, said
from lfs.derive.production_units import in_a_household, said_to_be_formal

INDEPENDENT = ("employer", "own_account")


def informal_sector(unit_of_production: Series) -> Series:
    """Works in an informal unit; households are a sector of their own. 15th ICLS 1993, par. 5."""
    return unit_of_production == "informal"


def informal_employment(
    status_in_employment: Series,
    unit_of_production: Series,
    paid_annual_leave: Series,
    paid_sick_leave: Series | None = None,
    social_insurance: Series | None = None,
) -> Series:
    """The main job is informal. 17th ICLS 2003, par. 3.

    Employees, and workers not classifiable by status: unless the employer pays social insurance; in a survey that does
    not ask for it, unless both annual and sick leave are paid. Employers and own-account workers: unless their unit is
    formal. Contributing family workers: always.
    """
    # ASSUME An employee who does not know, or does not say, whether the employer pays social insurance has an informal
    # job, whatever is said about leave; leave decides only where the question is not part of the survey.
    if social_insurance is None:
        formal_job = (paid_annual_leave == "yes") & said(paid_sick_leave, "yes", paid_annual_leave)
    else:
        formal_job = social_insurance == "yes"
    independent = status_in_employment.isin(INDEPENDENT)
    formal = (~independent & formal_job) | (independent & (unit_of_production == "formal"))
    return (status_in_employment == "family_worker") | ~formal


def informality_of_job(unit_of_production: Series, informal_employment: Series) -> Series:
    """Nature of the main job and kind of unit together: six cells that add up to employment. 17th ICLS 2003, par. 3.

    Informal employment is the informal sector, less the formal jobs in it, plus the informal jobs in formal units and
    in households.
    """
    sectors = {"formal": "formal_sector", "informal": "informal_sector", "household": "household"}
    formal_job = meaning_of(unit_of_production, lambda unit: f"formal_in_{sectors[unit]}", "")
    informal_job = meaning_of(unit_of_production, lambda unit: f"informal_in_{sectors[unit]}", "")
    return formal_job.mask(informal_employment.fillna(False).astype(bool), informal_job)


def informal_outside_informal_sector(unit_of_production: Series, informal_employment: Series) -> Series:
    """The main job is informal, in a formal unit or in a household. 17th ICLS 2003, par. 3."""
    return informal_employment & (unit_of_production != "informal")


def unit_of_production(
    employee: Series,
    employer_type: Series,
    establishment_size: Series,
    place_of_work: Series | None = None,
    relationship: Series | None = None,
    industry: Series | None = None,
    occupation: Series | None = None,
    incorporated: Series | None = None,
    registered: Series | None = None,
    bookkeeping: Series | None = None,
    social_insurance: Series | None = None,
    *,
    size_threshold: int = 5,
) -> Series:
    """One of formal, household, informal: the first of these tests that decides.

    1. formal: government, NGO or international organisation; incorporated; complete accounts; registered.
    2. household: a private household employs; a resident domestic worker; ISIC 97; ISCO-08 63.
    3. informal: not registered.
    4. registration not asked, not known or not stated: formal for an employee whose employer pays social insurance, and
       at fixed premises with `size_threshold` persons or more (the bracket that begins there or above); else informal.
       In a survey that does not ask for the place of work, the size decides alone.
    """
    # ASSUME A unit that is neither said to be formal nor told by its premises and size is informal: what is not stated
    # about it never makes it formal.
    formal = said_to_be_formal(employer_type, incorporated, registered, bookkeeping)
    household = in_a_household(employer_type, relationship, industry, occupation)
    unregistered = said(registered, "no", employer_type)
    insured = employee.fillna(False).astype(bool) & said(social_insurance, "yes", employer_type)
    large = _persons(establishment_size) >= size_threshold
    if place_of_work is not None:
        large &= place_of_work == "fixed_premises"

    unit = Series("informal", index=employer_type.index, dtype="str")
    unit = unit.mask(~unregistered & (insured | large), "formal")
    unit = unit.mask(household, "household")
    return unit.mask(formal, "formal")


def _persons(establishment_size: Series) -> Series:
    """The lower end of each bracket: "5-9" is 5, "50+" is 50; nothing where the size is not stated."""
    brackets, distinct = factorize(establishment_size)
    lower = [float(size.rstrip("+").split("-")[0]) if size[0].isdigit() else np.nan for size in map(str, distinct)]
    return Series(np.array([*lower, np.nan])[brackets], index=establishment_size.index)
