"""Who answers the door, and the office's final weight that makes up for those who do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats

RESULTS = ("complete", "refused", "absent")
_SMALLEST_CLASS = 10  # responding households


def results(chance: Chance, household: pd.DataFrame) -> NDArray[np.object_]:
    """The result of the visit to every selected household.

    household: household (number), urban_rural, place, region, listed_size. Four fifths of what keeps a household from
    answering lasts from round to round.

    ASSUME Households of the invented survey answer with a probability between 0.84 and 0.98 that depends on urban or
    rural settlement, camp, region and the number of persons listed, and within a weighting class on nothing else.
    """
    number = household["household"].to_numpy()
    size = household["listed_size"].to_numpy()
    propensity = (
        0.955
        - 0.045 * (household["urban_rural"] == "urban").to_numpy()
        + 0.02 * (household["place"] == "camp").to_numpy()
        - 0.015 * (household["region"] == "kri").to_numpy()
        - 0.05 * (size <= 3)
        + 0.01 * (size >= 7)
    )
    answers = chance.uniform(number, "response") < propensity
    absent = chance.uniform(number, "absent") < np.where(size <= 3, 0.6, 0.4)
    return np.where(answers, "complete", np.where(absent, "absent", "refused")).astype(object)


def final_weights(household: pd.DataFrame) -> Floats:
    """The office's final weight of every responding household; missing for the others.

    household: stratum, listed_size, probability_psu, probability_household, result.
    Weight = 1 / (probability_psu x probability_household) x factor, where the factor of a class (stratum x 1-3, 4-6,
    7 or more persons listed) is the weighted number of households selected over that of households responding; where
    one class has fewer than ten respondents, the whole stratum takes one factor (Valliant, Dever and Kreuter 2018,
    section 13.5). Nothing else is done to the weights: the office does not calibrate them.
    """
    design = 1 / (household["probability_psu"] * household["probability_household"])
    complete = household["result"] == "complete"
    answering = design.where(complete, 0.0)
    size = pd.cut(household["listed_size"], [0, 3, 6, 99], labels=["1-3", "4-6", "7+"]).astype(str)
    stratum = household["stratum"]
    by_class = [stratum, size]
    few = (complete.groupby(by_class).transform("sum") < _SMALLEST_CLASS).groupby(stratum).transform("any")
    factor = (design.groupby(by_class).transform("sum") / answering.groupby(by_class).transform("sum")).where(
        ~few, design.groupby(stratum).transform("sum") / answering.groupby(stratum).transform("sum")
    )
    return (design * factor).where(complete).to_numpy()
