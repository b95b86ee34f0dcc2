"""Small invented people in the dictionary's vocabulary, as the sample hands them to the dialects."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey, load_survey

KRI = ("duhok", "erbil", "sulaymaniyah")
PLACE = ("governorate", "urban_rural", "in_camp", "settlement")


@pytest.fixture(scope="session")
def survey() -> Survey:
    return load_survey(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def people(survey: Survey) -> Callable[..., pd.DataFrame]:
    """`people(office, round, rows, sex=[...])`: everything but the keys and what is given was not asked."""

    def make(office: str, round_: str, count: int, **given: list) -> pd.DataFrame:
        row = np.arange(count)
        names = [name for name in survey.variables["governorate"].categories if (name in KRI) == (office == "krso")]
        number = {name: place + 1 for place, name in enumerate(survey.variables["governorate"].categories)}
        psu = row // 4  # two households of two persons each
        governorate = [names[place % len(names)] for place in psu]
        setting = np.array(["U", "R", "C"])[(psu // len(names)) % 3]
        frame = {
            "round": [round_] * count,
            "office": [office] * count,
            "stratum": [f"{number[name]:02d}{letter}" for name, letter in zip(governorate, setting, strict=True)],
            "psu": [
                f"{number[name]:02d}{letter}{place + 1:05d}"
                for name, letter, place in zip(governorate, setting, psu, strict=True)
            ],
            "household_number": row // 2 % 2 + 7,
            "line": row % 2 + 1,
            "weight": 100 + row / 3,
            "probability_psu": 1 / (row + 2),
            "probability_household": 1 / (row + 3),
            "governorate": pd.Categorical(governorate),
            "urban_rural": pd.Categorical(np.where(setting == "R", "rural", "urban")),
            "in_camp": pd.Categorical(np.where(setting == "C", "yes", "no")),
            "settlement": np.where(setting == "R", "rural", np.where(psu % 2, "centre_urban", "other_urban")),
        }
        for name, variable in survey.variables.items():
            if variable.kind != "asked" or name in PLACE:
                continue
            for column in [f"{name}_{option}" for option in variable.options] or [name]:
                empty: list = [np.nan if variable.type in ("integer", "number") else None] * count
                frame[column] = given.pop(column, empty)
        assert not given, f"no such column: {sorted(given)}"
        return pd.DataFrame(frame)

    return make


@pytest.fixture(scope="session")
def every_answer(survey: Survey, people: Callable[..., pd.DataFrame]) -> Callable[[str, str], pd.DataFrame]:
    """`every_answer(office, round)`: each category of each variable, no answer, and not asked, at least twice."""

    def make(office: str, round_: str) -> pd.DataFrame:
        count = 180
        row = np.arange(count)
        given: dict[str, list] = {}
        for place, (name, variable) in enumerate(survey.variables.items()):
            turn = row // 2 + row % 2 * place  # variables do not all turn together
            if variable.kind != "asked" or name in PLACE:
                continue
            if variable.type == "multiple":
                ticks = turn % (2 ** min(len(variable.options), 5) + 1)
                for bit, option in enumerate(variable.options):
                    words = np.where((ticks >> bit % 5) % 2 == 1, "yes", "no").astype(object)
                    words[ticks == 0] = "not_stated"
                    words[ticks == 2 ** min(len(variable.options), 5)] = None
                    given[f"{name}_{option}"] = list(words)
                continue
            values: list = {
                "category": [*variable.categories, "not_stated", None],
                "yes_no": ["yes", "no", "not_stated", None],
                "text": ["0110", "6111", "9334", "not_stated", None]
                if "occupation" in name
                else ["0111", "4711", "not_stated", None],
                "integer": [0, 15, 97, 120] if name == "age" else [*map(float, variable.range or ()), -1.0, np.nan],
                "number": [0.0, 7.5, 48.0, 60.0, -1.0, np.nan],
            }[variable.type]
            given[name] = [values[index % len(values)] for index in turn]
        amount = {0.0: 750250.0, 7.5: 12000000.0, 48.0: 0.0, 60.0: 15000.0}
        given["pay_amount"] = [
            np.nan if period is None else amount.get(value, -1.0)
            for value, period in zip(given["pay_amount"], given["pay_period"], strict=True)
        ]
        return people(office, round_, count, **given)

    return make


@pytest.fixture(scope="session")
def selected() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """The selected households of `persons`, and in the first PSU two more that refused or were not met."""

    def make(persons: pd.DataFrame) -> pd.DataFrame:
        keys = ["round", "office", "stratum", "psu", "household_number", *PLACE]
        columns = [*keys, "probability_psu", "probability_household", "weight"]
        households = persons.drop_duplicates(["psu", "household_number"])[columns].assign(result="complete")
        silent = households.iloc[[0, 0]].assign(household_number=[21, 22], result=["refused", "absent"], weight=np.nan)
        return pd.concat([households, silent], ignore_index=True)

    return make
