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
