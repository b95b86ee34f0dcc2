"""Status in employment in the main job (ICSE-93, 15th ICLS 1993).

The mapping from the model questionnaire is this library's reading: the ILO publishes no text of it.
"""

from pandas import Series

SELF_OR_TOGETHER = ("self", "together")


def status_in_employment(
    employee: Series,
    employment_relationship: Series,
    decision_maker: Series,
    hires_workers: Series,
    pay_type_wage: Series,
    pay_type_piece: Series,
    pay_type_commission: Series,
    pay_type_tips: Series,
    pay_type_fees: Series,
    pay_type_meals: Series,
    pay_type_products: Series,
    pay_type_other_cash: Series,
    pay_type_unpaid: Series,
) -> Series:
    """One of employee, employer, own_account, family_worker, not_classifiable.

    Employers and own-account workers have a business of their own, or decide in that of the family, and are told apart
    by paid employees. Contributing family workers help without deciding, unpaid or paid in kind only.
    """
    # ASSUME Who has an own business and does not say whether it has paid employees, and who helps the family and does
    # not say how it is paid, or is paid in tips only, is not classifiable by status.
    independent = _independent(employment_relationship, decision_maker)
    in_cash = _any_yes(
        pay_type_wage, pay_type_piece, pay_type_commission, pay_type_tips, pay_type_fees, pay_type_other_cash
    )
    unpaid = _any_yes(pay_type_meals, pay_type_products, pay_type_unpaid) & ~in_cash
    status = Series("not_classifiable", index=employee.index, dtype="str")
    status = status.mask(_helping(employment_relationship) & ~independent & unpaid, "family_worker")
    status = status.mask(independent & (hires_workers == "no"), "own_account")
    status = status.mask(independent & (hires_workers == "yes"), "employer")
    return status.mask(employee.fillna(False), "employee")


def employee(
    employment_relationship: Series,
    decision_maker: Series,
    pay_type_wage: Series,
    pay_type_piece: Series,
    pay_type_commission: Series,
    pay_type_fees: Series,
    pay_type_other_cash: Series,
) -> Series:
    """Employee or apprentice, or helps the family without deciding and is paid in cash. ICSE-93 group 1."""
    paid = _any_yes(pay_type_wage, pay_type_piece, pay_type_commission, pay_type_fees, pay_type_other_cash)
    helper = _helping(employment_relationship) & ~_independent(employment_relationship, decision_maker)
    return employment_relationship.isin(["employee", "apprentice"]) | (helper & paid)


def multiple_jobs(job_count: Series) -> Series:
    """Had more than one job in the reference week: MJJ_MULT 2."""
    # ASSUME Who does not say how many jobs he or she has is counted as having one.
    return job_count == "more"


def _independent(employment_relationship: Series, decision_maker: Series) -> Series:
    decides = (employment_relationship == "helping_family_business") & decision_maker.isin(SELF_OR_TOGETHER)
    return (employment_relationship == "own_business") | decides


def _helping(employment_relationship: Series) -> Series:
    return employment_relationship.isin(["helping_family_business", "helping_family_employee"])


def _any_yes(first: Series, *others: Series) -> Series:
    found = first == "yes"
    for answers in others:
        found |= answers == "yes"
    return found
