"""A made-up round of two regions, weighted by the library, and the rows that its weighting tells."""

import numpy as np
import pandas as pd
from tests.weight.made_up import controls, margin

from lfs.metadata import Survey
from lfs.metadata.controls import Controls
from lfs.metadata.weighting import Weighting
from lfs.weight import weight

RULE = Weighting.model_validate(
    {
        "nonresponse": {"by": "psu", "smallest_cell": 7},
        "calibration": {"method": "logit", "lower": 0.3, "upper": 3, "incomplete": ["camps"]},
        "trimming": {"upper": 2.5},
        "headline": ["participation_rate", "unemployment_rate"],
    }
)


def weighting_rows(survey: Survey, round_name: str, seed: int = 7) -> pd.DataFrame:
    """Rows of the quality table of the step `weight`, with every kind that there is."""
    people, selected = _sample(round_name, seed)
    left_out = ("region and sex: kri x male", "region and sex: kri x female")
    return weight(people, RULE, _population(people, seed), selected, survey.indicators, left_out).quality


def _sample(round_name: str, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Persons of the complete interviews of 40 PSUs, and all their selected households."""
    random = np.random.default_rng(seed)
    psu = np.repeat(np.arange(40), 10)
    selected = pd.DataFrame(
        {
            "round": round_name,
            "office": np.where(psu < 20, "cso", "krso"),
            "stratum": [f"{'cso' if number < 20 else 'krso'}:{number // 5}" for number in psu],
            "psu": [f"secret-psu-{number:02d}" for number in psu],
            "household": [f"h{number:03d}" for number in range(len(psu))],
            "result": random.choice(["complete", "refused", "vacant"], len(psu), p=[0.75, 0.15, 0.1]),
            "probability_psu": random.uniform(0.05, 0.2, 40)[psu],
            "probability_household": 10 / random.integers(60, 200, 40)[psu],
            "region": np.where(psu < 20, "federal", "kri"),
            "in_camp": np.where(psu % 10 == 0, "yes", "no"),
            "size": random.integers(1, 9, len(psu)),
        }
    )
    complete = selected[selected["result"] == "complete"]
    people = complete.loc[complete.index.repeat(complete["size"])].reset_index(drop=True)
    people["person"] = [f"p{number:04d}" for number in range(len(people))]
    people["sex"] = random.choice(["male", "female"], len(people))
    people["working_age"] = True
    people["labour_force"] = random.random(len(people)) < 0.5
    people["unemployed"] = people["labour_force"] & (random.random(len(people)) < 0.2)
    return people.assign(weight=1.0), selected


def _population(people: pd.DataFrame, seed: int) -> Controls:
    """Totals that other weights would give, so that they can be met together."""
    random = np.random.default_rng(seed)
    household = people["household"].factorize()[0]
    base = 1.4 / (people["probability_psu"] * people["probability_household"])
    true = base * random.uniform(0.7, 1.5, household.max() + 1)[household]
    by_sex = true.groupby([people["region"], people["sex"]]).sum().to_dict()
    camps = true[people["in_camp"] == "yes"].groupby(people["region"]).sum()
    return controls(
        margin("region and sex", ("region", "sex"), by_sex),
        margin("camps", ("region", "in_camp"), {(name, "yes"): total for name, total in camps.items()}),
    )
