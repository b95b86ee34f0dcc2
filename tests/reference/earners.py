"""A made-up sample with pay and hours: PSUs out of those there are, households out of those of the PSU, replicates."""

import numpy as np
import pandas as pd

from lfs.design.hadamard import hadamard

STRATA = 9
SEED = 20220101
REPLICATES = 12


def earners() -> pd.DataFrame:
    """One row a person, by PSU and household; stratum s0 is taken whole, s1 holds a single PSU, s2 only two households
    a PSU, and no woman is in the first PSU of s3. Pay is empty for some."""
    random = np.random.RandomState(SEED)
    psus_of = np.r_[3, 1, random.randint(2, 6, STRATA - 2)]
    stratum_of_psu = np.repeat(np.arange(STRATA), psus_of)
    frame_psus = np.where(np.arange(STRATA) == 0, psus_of, psus_of + random.randint(3, 30, STRATA))
    households_of = np.where(stratum_of_psu == 2, 2, random.randint(3, 7, len(stratum_of_psu)))
    psu_of_household = np.repeat(np.arange(len(stratum_of_psu)), households_of)
    frame_households = households_of + random.randint(0, 40, len(households_of))
    size = random.randint(1, 5, len(psu_of_household))
    household = np.repeat(np.arange(len(size)), size)
    psu = psu_of_household[household]
    stratum, persons = stratum_of_psu[psu], len(household)
    f1, f2 = (psus_of / frame_psus)[stratum], (households_of / frame_households)[psu]
    weight = random.gamma(20, 1 / 20, len(size))[household] / (f1 * f2)
    lean = random.normal(0, 0.3, len(stratum_of_psu))[psu]
    female = random.random_sample(persons) < 0.5
    female &= psu != np.flatnonzero(stratum_of_psu == 3)[0]
    employed = random.random_sample(persons) < np.where(female, 0.4, 0.7)
    hours = np.where(employed, random.randint(5, 61, persons), 0)
    # Rounded to 5, as people answer, so that many earn the same.
    pay = 5 * np.rint(np.exp(5 + lean + random.normal(0, 0.6, persons)) / 5)
    pay[random.random_sample(persons) < 0.07] = np.nan
    table = pd.DataFrame(
        {
            "stratum": [f"s{number}" for number in stratum],
            "psu": [f"u{number:02d}" for number in psu],
            "household": [f"h{number:03d}" for number in household],
            "weight": weight,
            "size1": frame_psus[stratum],
            "size2": frame_households[psu],
            "fraction1": f1,
            "fraction2": f2,
            "collapsed": [f"s{2 if number == 1 else number}" for number in stratum],
            "certainty": (stratum == 0).astype(int),
            "sex": np.where(female, "female", "male"),
            "age": np.array(["15-29", "30-49", "50+"])[random.randint(0, 3, persons)],
            "employed": employed.astype(int),
            "hours": hours.astype(float),
            "pay": np.where(employed, pay, np.nan),
        }
    )
    half = (psu - np.flatnonzero(np.diff(stratum_of_psu, prepend=-1))[stratum]) % 2
    table["half"] = np.where(
        stratum == 1, "one", [f"{name}{side}" for name, side in zip(table["stratum"], half, strict=True)]
    )
    for number in range(REPLICATES):
        table[f"replicate{number:02d}"] = weight * random.gamma(4, 1 / 4, len(stratum_of_psu))[psu]
    return table


def halves() -> pd.DataFrame:
    """Those of the strata with several PSUs, two halves each, for balanced replicates."""
    table = earners()
    return table[table["stratum"] != "s1"].reset_index(drop=True)


def signs() -> pd.DataFrame:
    """The Hadamard matrix that balanced replicates of `halves` take, for R to take the same."""
    return pd.DataFrame(hadamard(STRATA))
