"""Contracts of employees, dependent contractors and status by the ICSE-18 (20th ICLS 2018, resolution I).

What the resolution leaves to the questionnaire is decided in docs/decisions/0007-labour-force-and-contracts.md.
"""

from pandas import Series

UNDER_3_MONTHS = ("under_1_month", "1_to_3_months")
LIMITED = ("fixed_period", "until_task_done")
"""Contracts that are meant to end (MJC_CONOP 1 and 2)."""
SET_BY_OTHERS = ("other_enterprise", "customer")
"""Who sets the price in place of the worker (MJI_PRICE_OTH 1 and 2) and so controls the access to the market."""


def icse_18(
    status_in_employment: Series,
    dependent_contractor: Series,
    employment_relationship: Series,
    contract_type: Series,
    incorporated: Series | None = None,
) -> Series:
    """Status in employment in the main job by authority, ICSE-18-A. 20th ICLS 2018, resolution I, par. 20-56.

    Dependent contractors first, whatever they call themselves; then independent workers by employees and by whether
    their enterprise is a corporation; employees by contract; contributing family workers.
    """
    # ASSUME An enterprise that is not said to be incorporated is a household enterprise.
    # ASSUME Apprentices and interns among the employed are paid: the form does not tell apart who is not.
    # ASSUME An employee who says nothing of the contract's duration is not classifiable by the ICSE-18.
    corporation = status_in_employment.notna() & (incorporated == "yes" if incorporated is not None else False)
    employer, own_account = status_in_employment == "employer", status_in_employment == "own_account"
    employee = status_in_employment == "employee"
    status = Series("not_classifiable", index=status_in_employment.index, dtype="str")
    status = status.mask(employer & corporation, "employer_in_corporation")
    status = status.mask(employer & ~corporation, "employer_in_household_enterprise")
    status = status.mask(own_account & corporation, "owner_of_corporation")
    status = status.mask(own_account & ~corporation, "own_account_in_household_enterprise")
    for contract in ("permanent", "fixed_term", "casual"):
        status = status.mask(employee & (contract_type == contract), f"{contract}_employee")
    status = status.mask(employee & (employment_relationship == "apprentice"), "apprentice")
    status = status.mask(status_in_employment == "family_worker", "family_worker")
    return status.mask(dependent_contractor.fillna(False), "dependent_contractor")


def dependent_contractor(
    hires_workers: Series,
    tax_payer: Series,
    price_setter: Series,
    incorporated: Series | None = None,
) -> Series:
    """Works for profit, or for pay by result, and depends on another unit. 20th ICLS 2018, resolution I, par. 35-42.

    Either a self-declared employee without a wage, paid by piece, commission, fee or otherwise in cash, who pays the
    taxes on it alone: only such workers are asked. Or an independent worker without employees and not incorporated,
    who does not set the price: another enterprise, or the customer, does.
    """
    # ASSUME A worker who leaves open who pays the taxes, who sets the price or whether there are employees is no
    # dependent contractor; an enterprise that is not said to be incorporated is not.
    pays_taxes_alone = tax_payer == "self"
    alone = hires_workers == "no"
    if incorporated is not None:
        alone &= incorporated != "yes"
    return pays_taxes_alone | (alone & price_setter.isin(SET_BY_OTHERS))


def contract_type(contract_duration: Series, contract_length: Series | None = None) -> Series:
    """Permanent, fixed-term or casual, for employees. 20th ICLS 2018, resolution I, par. 45-56.

    Permanent: no date or event ends the contract. Fixed-term: it ends after three months or more. Casual and
    short-term: it ends earlier.
    """
    # ASSUME The form does not ask whether hours are guaranteed: an ongoing contract is permanent, also where its hours
    # are on call.
    # ASSUME A contract for a period of unknown length is fixed-term, one for a task of unknown length is casual.
    contract = Series("not_stated", index=contract_duration.index, dtype="str")
    contract = contract.mask(contract_duration.isin(["permanent", "ongoing"]), "permanent")
    contract = contract.mask(contract_duration == "fixed_period", "fixed_term")
    contract = contract.mask(contract_duration == "until_task_done", "casual")
    if contract_length is None:
        return contract
    limited = contract_duration.isin(LIMITED)
    short = contract_length.isin(UNDER_3_MONTHS)
    stated = contract_length.notna() & (contract_length != "not_stated")
    contract = contract.mask(limited & stated & ~short, "fixed_term")
    return contract.mask(limited & short, "casual")


def temporary_employee(contract_type: Series) -> Series:
    """Employee whose contract is fixed-term, casual or short-term. 20th ICLS 2018, resolution I."""
    # ASSUME An employee who says nothing of the contract's duration is not counted as temporary.
    return contract_type.isin(["fixed_term", "casual"])


def written_contract(contract: Series) -> Series:
    """Employee with a written contract: MJC_CONTRA 1."""
    # ASSUME An employee who does not know, or does not say, whether the contract is written is counted as without one.
    return contract == "written"
