"""A made-up sample of 600 persons: 12 strata, one of them with a single PSU, and a domain that few strata hold."""

import numpy as np
import pandas as pd

PERSONS = 600
STRATA = 12
# RandomState, whose stream NumPy has frozen: the same frame in every version.
SEED = 20210701


def frame() -> pd.DataFrame:
    """The sample, one row a person, true/false columns as 0 and 1 (which is what R reads)."""
    random = np.random.RandomState(SEED)
    psus_of = np.r_[random.randint(2, 6, STRATA - 1), 1]
    stratum_of_psu = np.repeat(np.arange(STRATA), psus_of)
    psus = len(stratum_of_psu)
    psu = np.sort(np.r_[np.arange(psus), random.randint(0, psus, PERSONS - psus)])
    stratum = stratum_of_psu[psu]
    lean = random.normal(0, 0.15, psus)[psu]
    working_age = random.random_sample(PERSONS) < 0.75
    labour_force = working_age & (random.random_sample(PERSONS) < 0.55 + lean)
    unemployed = labour_force & (random.random_sample(PERSONS) < 0.2 + lean)
    camp = (stratum >= 7) & (random.random_sample(PERSONS) < 0.6)
    weight = random.gamma(6, 40, PERSONS)
    return pd.DataFrame(
        {
            "person": [f"p{number:04d}" for number in range(PERSONS)],
            "stratum": [f"s{number:02d}" for number in stratum],
            "psu": [f"u{number:03d}" for number in psu],
            "weight": weight,
            "weight_some_zero": np.where(random.random_sample(PERSONS) < 0.1, 0.0, weight),
            "sex": np.where(random.random_sample(PERSONS) < 0.5, "male", "female"),
            "age": np.array(["young", "adult", "old"])[random.randint(0, 3, PERSONS)],
            "area": np.where(camp, "camp", "elsewhere"),
            "working_age": working_age.astype(int),
            "labour_force": labour_force.astype(int),
            "employed": (labour_force & ~unemployed).astype(int),
            "unemployed": unemployed.astype(int),
            "outside": (working_age & ~labour_force).astype(int),
            "never": 0,
        }
    )


def people() -> pd.DataFrame:
    """The same as `people`: concepts true, false, or empty outside their universe."""
    table = frame()
    working_age = table["working_age"].astype("boolean")
    for name in ("labour_force", "employed", "unemployed", "outside"):
        table[name] = table[name].astype("boolean").where(working_age, pd.NA)
    table["working_age"], table["never"] = working_age, table["never"].astype("boolean")
    table["round"], table["office"] = "2021H2", "office"
    return table
