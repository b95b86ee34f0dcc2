"""What the crosswalk of Statistics South Africa cannot say: one answer out of several columns."""

import pandas as pd

# Question 3.2 lets a person name every step taken. The dictionary wants the main one: the first of this order.
STEPS = {
    "q3202enquire": "applied_to_employers",
    "q3203jobads": "placed_adverts",
    "q3201register": "public_employment_service",
    "q3205assistance": "asked_friends",
    "q3207casual": "waited_on_street",
    "q3208finassist": "financial_help",
    "q3206startbusns": "looked_for_premises",
    "q3204jobsearch": "other",
}
# ASSUME South Africa: searching through advertisements or the internet (question 3.2, part 4) counts as active search,
# as Statistics South Africa counts it, because the question does not tell reading advertisements from answering or
# placing them.


def search_method(raw: pd.DataFrame) -> pd.Series:
    """The first step named in 3.2, steps towards an employer before search in advertisements or on the internet."""
    named = pd.DataFrame({method: raw[column] == 1 for column, method in STEPS.items()})
    return named.idxmax(axis=1).where(named.any(axis=1))


def usual_hours_main(raw: pd.DataFrame) -> pd.Series:
    """4.18 for persons with one job, the first line of 4.20 for persons with more."""
    return raw["q418hrswrk"].fillna(raw["q420firsthrswrk"])


def actual_hours_main(raw: pd.DataFrame) -> pd.Series:
    """4.19 for persons with one job, 4.21.1 for persons with more."""
    return raw["q419totalhrs"].fillna(raw["q4211totalhrs"])


def usual_hours_other(raw: pd.DataFrame) -> pd.Series:
    """Second and all other jobs of 4.20."""
    return raw[["q420secondhrswrk", "q420otherhrswrk"]].sum(axis=1, min_count=1)


def actual_hours_other(raw: pd.DataFrame) -> pd.Series:
    """Second and all other jobs, 4.21.2 and 4.21.3."""
    return raw[["q4212totalhrs", "q4213totalhrs"]].sum(axis=1, min_count=1)


def pay_type(raw: pd.DataFrame) -> pd.Series:
    """The code of who helps without pay in 4.5; of others it is not known how they are paid."""
    return raw["q45wrk4whom"].where(raw["q45wrk4whom"] == HELPS)


# --- the unit and the job, in the dictionary's words ------------------------------------------------------------------

EMPLOYEE, HELPS = 1, 4
"""Answers of 4.5: works for someone else for pay; helps without pay in a household business."""
PRIVATE_HOUSEHOLDS = 10
"""Industry of 4.3 (SIC 5): private households with employed persons."""
AGRICULTURE = (111, 132)
"""Industries of 4.3 from crops to fish farms."""
YES, NO, UNKNOWN = 1, 2, 3
EMPLOYERS = {1: "government", 2: "government", 3: "private_business", 4: "ngo", 5: "household", 6: "not_stated"}


def employer_type(raw: pd.DataFrame) -> pd.Series:
    """4.15; a private household that employs somebody in another branch than its own housekeeping is a business."""
    # ASSUME South Africa: an employee of a private household (question 4.15) whose branch is not private households
    # (4.3) works in a business of that household, as Statistics South Africa has it; there are about a hundred of them.
    kind = raw["q415typebusns"].map(EMPLOYERS)
    return kind.mask((kind == "household") & (raw["q43industry"] != PRIVATE_HOUSEHOLDS), "private_business")


def registered(raw: pd.DataFrame) -> pd.Series:
    """Of employees: yes if income tax is deducted. Of others: registered for VAT or income tax, or for neither."""
    # ASSUME South Africa: an employee from whose pay no income tax is deducted (question 4.10) may earn less than the
    # threshold of the tax, so that the answer does not say that the employer is not registered: it is not stated.
    tax = raw[["q413vat", "q414tax"]]
    own = pd.Series("not_stated", index=raw.index, dtype="str")
    own = own.mask((tax == NO).all(axis=1), "no").mask((tax == YES).any(axis=1), "yes")
    of_employer = own.where(raw["q410incometax"] != YES, "yes")
    known = raw["q45wrk4whom"].notna()
    return of_employer.where(raw["q45wrk4whom"] == EMPLOYEE, own).where(known)


def social_insurance(raw: pd.DataFrame) -> pd.Series:
    """The employer pays for at least one of pension fund (4.6), unemployment insurance (4.8) and medical aid (4.9)."""
    # ASSUME South Africa: whether the employer pays social insurance is asked in three questions, and one yes is a yes.
    # Pension funds alone would take the statutory scheme, the Unemployment Insurance Fund, for nothing.
    paid = raw[["q46pension", "q48uif", "q49medical"]]
    answer = pd.Series("not_stated", index=raw.index, dtype="str").mask((paid == NO).all(axis=1), "no")
    return answer.mask((paid == YES).any(axis=1), "yes").where(paid.notna().any(axis=1))


# --- the rules of Statistics South Africa itself ----------------------------------------------------------------------


def sector_by_questions(raw: pd.DataFrame) -> pd.Series:
    """Sector by the rules of the office: private households and agriculture by branch, the others by tax and size."""
    sector = _formal_by_tax_and_size(raw).map({True: "formal", False: "informal"})
    sector = sector.mask(raw["q43industry"].between(*AGRICULTURE), "agriculture")
    return sector.mask(raw["q43industry"] == PRIVATE_HOUSEHOLDS, "private_household").where(raw["q45wrk4whom"].notna())


def job_by_questions(raw: pd.DataFrame) -> pd.Series:
    """Formal, informal or other job by the rules of the office.

    Everybody in an informal unit has an informal job. Elsewhere, private households included, employees have one if
    they have neither pension, nor medical aid, nor a written contract; unpaid helpers have a formal job; employers and
    own-account workers are other.
    """
    employee, household = raw["q45wrk4whom"] == EMPLOYEE, raw["q43industry"] == PRIVATE_HOUSEHOLDS
    bare = (raw[["q46pension", "q49medical", "q411contracttype"]] == NO).all(axis=1)
    job = pd.Series("other", index=raw.index, dtype="str").mask(raw["q45wrk4whom"] == HELPS, "formal")
    job = job.mask(employee, "formal").mask(employee & bare, "informal")
    return job.mask(~_formal_by_tax_and_size(raw) & ~household, "informal").where(raw["q45wrk4whom"].notna())


def _formal_by_tax_and_size(raw: pd.DataFrame) -> pd.Series:
    """Employees: income tax is deducted or it is not known, or the unit has 5 employees or more. Others: registered for
    VAT or income tax, or it is not known whether they are."""
    taxed = raw["q410incometax"].isin([YES, UNKNOWN]) | raw["q416nrworkers"].between(4, 7)
    return taxed.where(raw["q45wrk4whom"] == EMPLOYEE, ~(raw[["q413vat", "q414tax"]] == NO).all(axis=1))
