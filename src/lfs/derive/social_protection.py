"""Social insurance, paid leave and a written contract of employees (17th ICLS 2003; ILO decent work indicators)."""

from pandas import Series


def has_social_insurance(social_insurance: Series) -> Series:
    """The employer contributes to social insurance for this job (MIE_SOCPRO)."""
    # ASSUME An employee who does not know or does not say whether the job has a contract, social insurance or paid
    # leave is counted among those without it, and in the denominator.
    return social_insurance == "yes"


def has_paid_annual_leave(paid_annual_leave: Series) -> Series:
    """Has paid annual leave, or is paid for leave not taken (MIE_PVACLV)."""
    return paid_annual_leave == "yes"


def has_paid_sick_leave(paid_sick_leave: Series) -> Series:
    """Would have paid leave in case of illness (MIE_PSCKLV)."""
    return paid_sick_leave == "yes"


def protected_employee(
    contract: Series, has_social_insurance: Series, has_paid_annual_leave: Series, has_paid_sick_leave: Series
) -> Series:
    """Has all four: a written contract, social insurance, paid annual leave and paid sick leave."""
    return (contract == "written") & has_social_insurance & has_paid_annual_leave & has_paid_sick_leave
