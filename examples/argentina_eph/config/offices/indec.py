"""What the crosswalk of INDEC cannot say: one answer out of several columns."""

import pandas as pd

# PP02C lets a person name every step taken. The dictionary wants the main one: the first of this order.
STEPS = {
    "PP02C1": "applied_to_employers",  # interviews
    "PP02C2": "applied_to_employers",  # sent a CV, answered adverts
    "PP02C3": "applied_to_employers",  # went to establishments
    "PP02C7": "public_employment_service",  # exchanges, lists, plans
    "PP02C6": "asked_friends",
    "PP02C5": "placed_adverts",
    "PP02C4": "looked_for_premises",  # steps towards an own business
    "PP02C8": "other",
}
HELPS = 4
"""CAT_OCUP: family worker without pay."""
YES = 1
NOT_EMPLOYED = (2, 3)
"""ESTADO: unemployed, inactive."""


def pay_type(raw: pd.DataFrame) -> pd.Series:
    """The code of who helps without pay; of others it is not known how they are paid."""
    return raw["CAT_OCUP"].where(pd.to_numeric(raw["CAT_OCUP"]) == HELPS)


def sought_job(raw: pd.DataFrame) -> pd.Series:
    """Any step of PP02C in the last thirty days."""
    answer = pd.Series("no", index=raw.index, dtype="str").mask(_named(raw).any(axis=1), "yes")
    return answer.where(pd.to_numeric(raw["ESTADO"]).isin(NOT_EMPLOYED))


def search_method(raw: pd.DataFrame) -> pd.Series:
    """The first step named in PP02C, steps towards an employer first."""
    named = _named(raw)
    return named.idxmax(axis=1).map(STEPS).where(named.any(axis=1))


def _named(raw: pd.DataFrame) -> pd.DataFrame:
    return raw[list(STEPS)].apply(pd.to_numeric) == YES
