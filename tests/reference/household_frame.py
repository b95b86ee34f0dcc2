"""Households for the calibration: the persons of frame.py in households that carry one weight, and their controls."""

import numpy as np
import pandas as pd
from tests.reference.frame import frame

SEED = 20220101
# The margins, each a crossing of variables; `camp` is given for one category only.
MARGINS = {"region x sex": ("region", "sex"), "age": ("age",), "region x area": ("region", "area"), "camp": ("area",)}

MISSED = {
    "region": {"north": 0.8, "centre": 0.9, "south": 1.0},
    "sex": {"male": 1.05, "female": 0.95},
    "age": {"young": 1.05, "adult": 0.97, "old": 0.96},
    "area": {"camp": 1.12, "elsewhere": 1.0},
}


def household_frame() -> pd.DataFrame:
    """One row a person: the sample with region, household, and the weight of the household."""
    people = frame()
    random = np.random.RandomState(SEED)
    # Households are one to six persons in a row of the same PSU.
    begins = (random.random_sample(len(people)) < 0.3) | (people["psu"] != people["psu"].shift())
    number = np.cumsum(begins.to_numpy())
    people["household"] = [f"h{each:04d}" for each in number]
    people["weight"] = people.groupby("household")["weight"].transform("first")
    people["region"] = np.where(
        people["stratum"] < "s05", "north", np.where(people["stratum"] < "s09", "centre", "south")
    )
    # Camps by household, in the south and centre only, so that one region has no camp.
    people["area"] = people.groupby("household")["area"].transform("first")
    people["answered"] = (random.random_sample(len(people)) < 0.7 + 0.2 * (people["sex"] == "female")).astype(int)
    # The result of each person's interview, as if persons had been selected one by one, and the size of the household.
    results = ["complete", "refused", "absent", "vacant"]
    more = np.random.RandomState(SEED + 2)
    people["result"] = np.array(results)[np.searchsorted([0.7, 0.8, 0.9], more.random_sample(len(people)))]
    people["size"] = people.groupby("household")["household"].transform("size")
    return people


def controls() -> pd.DataFrame:
    """Population totals of every margin: those of other weights of the same persons, so that they can all be met."""
    people = household_frame()
    random = np.random.RandomState(SEED + 1)
    households = people["household"].factorize()[0]
    true = people["weight"] * random.uniform(0.6, 1.7, households.max() + 1)[households]
    # Groups of which too few or too many are in the sample, so that weights have to go up and down and meet bounds.
    for variable, factors in MISSED.items():
        true *= people[variable].map(factors)
    rows = []
    for margin, variables in MARGINS.items():
        totals = true.groupby([people[name] for name in variables]).sum()
        for key, total in totals.items():
            categories = key if isinstance(key, tuple) else (key,)
            if margin == "camp" and categories != ("camp",):
                continue
            rows.append([margin, " x ".join(variables), " x ".join(categories), total])
    return pd.DataFrame(rows, columns=["margin", "variables", "categories", "total"])
