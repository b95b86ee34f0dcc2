"""Universes of the further modules: whom each of their questions concerns.

Written as the universes of the main form are (see `universes`): true is "asked", "not yes" is no or not stated.
Those of households stand with the concepts of households.
"""

from pandas import Series

CHILD = 17
"""Last year of age of a child: Convention on the Rights of the Child, art. 1; 18th ICLS 2008, resolution II, par. 8."""

# --- age -------------------------------------------------------------------------------------------------------------


def age_5_to_14(age: Series, *, working_age: int) -> Series:
    """Aged 5 or more, and below the survey's working age: children who are asked about their work in a module.

    The bound is 14 where the working age is 15. It moves with the working age, so that no child is asked both ways and
    none is left out; it never goes beyond childhood.
    """
    return age.between(5, min(working_age - 1, CHILD))


def age_5_to_17(age: Series) -> Series:
    """Aged 5 to 17: the children of SDG 8.7.1."""
    return age.between(5, CHILD)


def youth_15_24(age: Series) -> Series:
    """Aged 15 to 24."""
    return age.between(15, 24)


def youth_15_29(age: Series) -> Series:
    """Aged 15 to 29."""
    return age.between(15, 29)


def age_15_to_64(age: Series) -> Series:
    """Aged 15 to 64."""
    return age.between(15, 64)


# --- migration and displacement --------------------------------------------------------------------------------------


def born_abroad(born_in_country: Series) -> Series:
    """Said not to be born in this country (MIG_LARR_YEAR)."""
    return born_in_country == "no"


def asked_return_hardship(returned_home: Series) -> Series:
    """Lives again in the place of residence from before the flight."""
    return returned_home == "yes"


def asked_parents_displaced(asked_forced_to_leave: Series, forced_to_leave: Series) -> Series:
    """Did not say to have been forced to leave, though asked."""
    return asked_forced_to_leave & (forced_to_leave != "yes")


# --- from school to work ---------------------------------------------------------------------------------------------


def asked_left_school(age: Series, attends_school: Series, education_level: Series) -> Series:
    """Aged 15 to 29, not said to attend school, and not said never to have been to one."""
    return age.between(15, 29) & (attends_school != "yes") & (education_level != "never")


def asked_first_job(age: Series, employed: Series, worked_before: Series) -> Series:
    """Aged 15 to 29 with a job, or with one in the past."""
    return age.between(15, 29) & (employed.fillna(False) | (worked_before == "yes"))


# --- contract and dependence -----------------------------------------------------------------------------------------


def asked_contract_length(contract_duration: Series) -> Series:
    """The contract is for a fixed period or until a task is done (MJC_TEMPDUR)."""
    return contract_duration.isin(["fixed_period", "until_task_done"])


def asked_tax_payer(
    employment_relationship: Series,
    pay_type_wage: Series,
    pay_type_piece: Series,
    pay_type_commission: Series,
    pay_type_fees: Series,
    pay_type_other_cash: Series,
) -> Series:
    """Called an employee, but paid in cash by what is done and not by a wage (MJD_BOSS_TAX)."""
    by_result = (pay_type_piece == "yes") | (pay_type_commission == "yes")
    by_result |= (pay_type_fees == "yes") | (pay_type_other_cash == "yes")
    return (employment_relationship == "employee") & by_result & (pay_type_wage != "yes")


def asked_price(asked_hires: Series, hires_workers: Series) -> Series:
    """Has a business and is not said to have paid employees (MJI_PRICE_SELF)."""
    return asked_hires & (hires_workers != "yes")


def asked_price_setter(sets_price: Series) -> Series:
    """Does not set the price of what the business sells (MJI_PRICE_OTH)."""
    return sets_price == "no"


# --- previous work ---------------------------------------------------------------------------------------------------


def asked_last_job(worked_before: Series) -> Series:
    """Has no job, and worked before."""
    return worked_before == "yes"


# --- own-use production ----------------------------------------------------------------------------------------------


def asked_own_use_goods_hours(
    own_use_work_farming: Series,
    own_use_work_building: Series,
    own_use_work_making_goods: Series,
    own_use_work_water: Series,
    own_use_work_firewood: Series,
) -> Series:
    """Named at least one kind of goods produced for the own household."""
    return (
        (own_use_work_farming == "yes")
        | (own_use_work_building == "yes")
        | (own_use_work_making_goods == "yes")
        | (own_use_work_water == "yes")
        | (own_use_work_firewood == "yes")
    )


def asked_own_use_services_hours(own_use_work_housework: Series, own_use_work_care: Series) -> Series:
    """Named housework or care for the own household."""
    return (own_use_work_housework == "yes") | (own_use_work_care == "yes")


# --- work of children, occupational injury ---------------------------------------------------------------------------


def asked_child_job(child_worked: Series) -> Series:
    """Child below the working age who worked in the reference week."""
    return child_worked == "yes"


def asked_hazards(child_worked: Series, employed: Series, age: Series) -> Series:
    """Child who works: by the module below the working age, by the main form from there to 17."""
    return (child_worked == "yes") | (employed.fillna(False) & (age <= CHILD))


def asked_injury_days(injured_at_work: Series) -> Series:
    """Had an injury at work."""
    return injured_at_work == "yes"
