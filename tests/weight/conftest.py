"""A made-up round to weight: 40 PSUs of two offices, households with a result, and their people."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.weight.made_up import controls, margin

from lfs.metadata.controls import Controls
from lfs.metadata.variables import Variable

HEADER = "margin,variables,categories,total\n"


def variable(*categories: str, **more: object) -> Variable:
    return Variable(kind="asked", type="category", categories=categories, meaning="made up", **more)


@pytest.fixture
def variables() -> dict[str, Variable]:
    return {
        "region": variable("north", "south"),
        "sex": variable("male", "female"),
        "in_camp": Variable(kind="asked", type="yes_no", meaning="made up"),
        "age": Variable(kind="asked", type="integer", meaning="made up"),
        "working_age": Variable(kind="universe", type="boolean", meaning="made up"),
        "age_band": variable("15-24", "25+", universe="working_age"),
    }


@pytest.fixture
def write_controls(tmp_path: Path):
    """Write config/controls/2021H2.csv of a survey folder, which is returned."""

    def write(rows: str, header: str = HEADER) -> Path:
        folder = tmp_path / "config/controls"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "2021H2.csv").write_text(header + rows, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def selected() -> pd.DataFrame:
    """One row a selected household."""
    random = np.random.default_rng(7)
    psu = np.repeat(np.arange(40), 12)
    households = len(psu)
    result = random.choice(["complete", "refused", "absent", "vacant"], households, p=[0.75, 0.1, 0.1, 0.05])
    region = np.where(psu < 20, "north", "south")
    return pd.DataFrame(
        {
            "round": "2021H2",
            "office": np.where(psu < 20, "one", "two"),
            "stratum": [f"s{number // 5}" for number in psu],
            "psu": [f"u{number:02d}" for number in psu],
            "household": [f"h{number:03d}" for number in range(households)],
            "result": result,
            "probability_psu": random.uniform(0.05, 0.2, 40)[psu],
            "probability_household": 12 / random.integers(60, 200, 40)[psu],
            "region": region,
            "in_camp": np.where(psu % 10 == 0, "yes", "no"),
            "listed_size": random.integers(1, 9, households),
        }
    )


@pytest.fixture(scope="session")
def people(selected: pd.DataFrame) -> pd.DataFrame:
    """One row a person of the complete interviews."""
    random = np.random.default_rng(8)
    complete = selected[selected["result"] == "complete"].drop(columns=["result"])
    people = complete.loc[complete.index.repeat(complete["listed_size"])].reset_index(drop=True)
    people["person"] = [f"p{number:04d}" for number in range(len(people))]
    people["sex"] = random.choice(["male", "female"], len(people))
    people["working_age"] = pd.array(random.random(len(people)) < 0.7, dtype="boolean")
    band = random.choice(["15-24", "25+"], len(people))
    people["age_band"] = pd.Series(band, dtype="str").where(people["working_age"].to_numpy(dtype=bool))
    people["weight"] = 1 / (people["probability_psu"] * people["probability_household"])
    labour_force = people["working_age"] & (random.random(len(people)) < 0.5)
    people["labour_force"] = labour_force.where(people["working_age"], pd.NA)
    people["unemployed"] = (labour_force & (random.random(len(people)) < 0.2)).where(people["working_age"], pd.NA)
    return people


@pytest.fixture(scope="session")
def population(people: pd.DataFrame) -> Controls:
    """Totals that weights moved household by household would give, so that all can be met."""
    random = np.random.default_rng(9)
    code = people["household"].factorize()[0]
    true = people["weight"] * random.uniform(0.7, 1.5, code.max() + 1)[code]

    def totals(*names: str) -> dict[tuple[str, ...], float]:
        sums = true.groupby([people[name] for name in names]).sum()
        return {key if isinstance(key, tuple) else (key,): float(total) for key, total in sums.items()}

    return controls(
        margin("region x sex", ("region", "sex"), totals("region", "sex")),
        margin("sex x age", ("sex", "age_band"), totals("sex", "age_band")),
        margin("camps", ("in_camp",), {("yes",): totals("in_camp")[("yes",)]}),
        margin(
            "households",
            ("region",),
            {
                (name,): float(true[people["region"] == name].groupby(people["household"]).first().sum())
                for name in ("north", "south")
            },
            "households",
        ),
    )
