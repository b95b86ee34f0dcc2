"""The formal and informal sector and jobs by the 21st ICLS (2023, resolution I): a second rule set beside the first.

The resolution's text was not at hand: docs/decisions/0008-informality-icls21.md says what is made of it, from what,
and in what it differs from the 15th and 17th ICLS. Concepts are those of the main job.
"""

from pandas import Series

from lfs.derive.answers import said
from lfs.derive.informality import INDEPENDENT
from lfs.derive.precedence import first_that_holds
from lfs.derive.production_units import in_a_household, said_to_be_formal


def informal_sector_icls21(unit_of_production_icls21: Series) -> Series:
    """Works in a unit that produces for the market and is not formally recognised. 21st ICLS 2023, resolution I."""
    return unit_of_production_icls21 == "informal"


def informal_employment_icls21(
    status_in_employment: Series,
    unit_of_production_icls21: Series,
    social_insurance: Series | None = None,
    paid_annual_leave: Series | None = None,
    paid_sick_leave: Series | None = None,
    dependent_contractor: Series | None = None,
) -> Series:
    """The main job is informal. 21st ICLS 2023, resolution I, operational definitions of informal and formal jobs.

    Employees: unless the employer contributes to social insurance; where that is not known, unless both annual and sick
    leave are paid. Employers and own-account workers, dependent contractors among them: unless their unit is formal.
    Dependent contractors who describe themselves as employees name the unit of their client: unless they are insured.
    Contributing family workers: unless the unit is formal and they are insured. Not classifiable by status: always.
    """
    # ASSUME Contributing family workers are informal by the 21st ICLS too in a survey that asks only employees about
    # social insurance: a formal job of theirs would need a contribution of their own.
    formal_employee = (status_in_employment == "employee") & _formal_terms(
        status_in_employment, social_insurance, paid_annual_leave, paid_sick_leave, dependent_contractor
    )
    formal_unit = unit_of_production_icls21 == "formal"
    formal_independent = status_in_employment.isin(INDEPENDENT) & formal_unit
    insured = said(social_insurance, "yes", status_in_employment)
    formal_family = (status_in_employment == "family_worker") & formal_unit & insured
    return ~(formal_employee | formal_independent | formal_family)


def unit_of_production_icls21(
    employee: Series,
    employer_type: Series,
    relationship: Series | None = None,
    industry: Series | None = None,
    occupation: Series | None = None,
    incorporated: Series | None = None,
    registered: Series | None = None,
    bookkeeping: Series | None = None,
    social_insurance: Series | None = None,
    paid_annual_leave: Series | None = None,
    paid_sick_leave: Series | None = None,
    dependent_contractor: Series | None = None,
) -> Series:
    """One of formal, household, informal: the first of these tests that decides. 21st ICLS 2023, resolution I.

    1. formal: government, NGO or international organisation; a separate legal entity (incorporated); registered in a
       system set up by government; complete accounts for tax.
    2. household (own-use production and community): a private household employs; a resident domestic worker; ISIC 97;
       ISCO-08 63.
    3. formal: the unit employs this person in a formal job.
    4. informal: all others. Neither the size nor the premises of the unit matter.
    """
    # ASSUME By the 21st ICLS a unit is formal only by what is said about it or about the job in it: where registration
    # and accounts are not known, size and premises do not take their place.
    formal = said_to_be_formal(employer_type, incorporated, registered, bookkeeping)
    household = in_a_household(employer_type, relationship, industry, occupation)
    formal_job = employee.fillna(False).astype(bool) & _formal_terms(
        employer_type, social_insurance, paid_annual_leave, paid_sick_leave, dependent_contractor
    )
    formal |= formal_job & ~household
    return first_that_holds({"formal": formal, "household": household}, "informal")


def _formal_terms(
    like: Series,
    social_insurance: Series | None,
    paid_annual_leave: Series | None,
    paid_sick_leave: Series | None,
    dependent_contractor: Series | None,
) -> Series:
    """Whether an employee's terms are formal: insured, or both kinds of leave are paid where that is not known."""
    # ASSUME By the 21st ICLS an employee who does not know, or does not say, whether the employer contributes to social
    # insurance has a formal job if both annual and sick leave are paid; by the 17th ICLS such a job is informal.
    leave = said(paid_annual_leave, "yes", like) & said(paid_sick_leave, "yes", like)
    if dependent_contractor is not None:
        leave &= ~dependent_contractor.fillna(False).astype(bool)
    return said(social_insurance, "yes", like) | (~said(social_insurance, "no", like) & leave)
