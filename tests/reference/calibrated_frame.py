"""The households of household_frame.py with the columns that calibrated.R calibrates on, and sampling fractions."""

import numpy as np
import pandas as pd
from tests.reference.household_frame import SEED, household_frame

CONTROLS = "control_"


def calibrated_frame() -> pd.DataFrame:
    """One row a person; control_*: 0 and 1; true_weight: of which the totals of the controls are made."""
    people = household_frame()
    random = np.random.RandomState(SEED + 2)
    households = people["household"].factorize()[0]
    people["true_weight"] = people["weight"] * random.uniform(0.7, 1.5, households.max() + 1)[households]
    for sex in ("male", "female"):
        for region in ("north", "centre", "south"):
            people[f"{CONTROLS}sex_region_{sex}_{region}"] = (people["sex"] == sex) & (people["region"] == region)
        people[f"{CONTROLS}camp_{sex}"] = (people["area"] == "camp") & (people["sex"] == sex)
    for age in sorted(people["age"].unique())[1:]:
        people[f"{CONTROLS}age_{age}"] = people["age"] == age
    columns = controls_of(people)
    people[columns] = people[columns].astype(int)
    people["fraction1"] = 0.05 + 0.02 * people["stratum"].factorize(sort=True)[0]
    people["fraction2"] = 0.2 + 0.1 * (people["psu"].factorize(sort=True)[0] % 4)
    return people.assign(everyone="everyone")


def controls_of(people: pd.DataFrame, *kinds: str) -> list[str]:
    """The names of the columns calibrated on, all of them or those of some kinds."""
    return [name for name in people if name.startswith(tuple(CONTROLS + kind for kind in kinds) or CONTROLS)]
