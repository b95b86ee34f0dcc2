"""The census lists everybody, in the vocabulary of `people`, and its totals are the population's."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey
from lfs.metadata.controls import COLUMNS, read_controls
from lfs.synthesise.census import census, control_totals
from lfs.synthesise.population import Population

MARGINS = {
    "governorate_urban_rural": {"governorate": (), "urban_rural": ()},
    "region_sex_age": {"region": (), "sex": (), "age_5": ()},
    "camps": {"region": (), "in_camp": ("yes",)},
}


@pytest.fixture(scope="module")
def everyone(population: Population, survey: Survey) -> pd.DataFrame:
    return census(population, survey)


def test_everybody_is_listed_with_household_and_place(everyone: pd.DataFrame, population: Population) -> None:
    assert len(everyone) == len(population.members.age)
    assert (everyone["household"].to_numpy() == population.home).all()
    psus = population.frame.psus.set_index("psu")
    of_psu = everyone.drop_duplicates("psu").set_index("psu")
    for name in ("stratum", "governorate", "region", "urban_rural", "office"):
        assert (of_psu[name].astype(str) == psus.loc[of_psu.index, name]).all(), name
    assert ((of_psu["in_camp"] == "yes") == (psus.loc[of_psu.index, "place"] == "camp")).all()


def test_people_of_working_age_are_those_of_the_population(everyone: pd.DataFrame, population: Population) -> None:
    """Column by column the same as what the population itself says of its people of working age."""
    adults = everyone[everyone["working_age"]].reset_index(drop=True)
    people = population.people()
    for name in ("governorate", "region", "urban_rural", "sex", "age_youth", "age_10", "displacement"):
        assert (adults[name].astype(str) == people[name]).all(), name
    for name in ("employed", "unemployed", "outside_labour_force"):
        assert (adults[name].astype(bool) == (people["labour_force_status"] == name)).all(), name
    employed = people["labour_force_status"] == "employed"
    for name in ("informal_employment", "informal_sector"):
        assert (adults.loc[employed, name].astype(bool) == people.loc[employed, name]).all(), name


def test_what_does_not_apply_is_empty(everyone: pd.DataFrame) -> None:
    children = everyone[everyone["age"] < 15]
    assert not children["working_age"].any()
    for name in ("age_5", "age_10", "age_ilo", "age_youth", "labour_force", "employed", "informal_sector"):
        assert children[name].isna().all(), name
    assert (
        everyone.loc[everyone["working_age"], ["age_5", "age_10", "age_ilo", "age_youth", "employed"]]
        .notna()
        .all(axis=None)
    )
    assert (everyone["informal_employment"].notna() == everyone["employed"].fillna(False)).all()


def test_a_band_holds_its_ages(everyone: pd.DataFrame) -> None:
    ages = everyone.groupby("age_5", observed=True)["age"].agg(["min", "max"])
    assert ages.loc["15-19"].tolist() == [15, 19]
    assert ages.loc["60-64"].tolist() == [60, 64]
    assert ages.loc["65+", "min"] == 65


def test_a_census_is_small(everyone: pd.DataFrame) -> None:
    assert not [name for name in everyone if everyone[name].dtype == object]
    assert everyone.memory_usage().sum() < 60 * len(everyone)


def test_control_totals_are_read_as_controls_and_agree_with_each_other(
    everyone: pd.DataFrame, survey: Survey, tmp_path: Path
) -> None:
    rows = control_totals(everyone, MARGINS, survey.variables)
    path = tmp_path / "config/controls/2021H2.csv"
    path.parent.mkdir(parents=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    controls = read_controls(tmp_path, "2021H2", survey.variables, incomplete=["camps"])
    place, ages, camps = controls.margins
    copies = int(everyone["persons"].iloc[0])
    assert place.total == len(everyone) * copies
    assert ages.total == int(everyone["working_age"].sum()) * copies
    basrah = (everyone["governorate"] == "basrah") & (everyone["urban_rural"] == "rural")
    assert place.totals["basrah", "rural"] == np.count_nonzero(basrah) * copies
    women = (everyone["region"] == "kri") & (everyone["sex"] == "female") & everyone["age"].between(20, 24)
    assert ages.totals["kri", "female", "20-24"] == np.count_nonzero(women) * copies
    assert camps.total == np.count_nonzero(everyone["in_camp"] == "yes") * copies


def test_a_category_that_nobody_is_in_has_the_total_0(everyone: pd.DataFrame, survey: Survey) -> None:
    men = everyone[everyone["sex"] == "male"]
    rows = control_totals(men, {"sex": {"sex": ()}}, survey.variables)
    assert [(row["categories"], row["total"]) for row in rows] == [
        ("male", str(len(men) * int(men["persons"].iloc[0]))),
        ("female", "0"),
    ]
