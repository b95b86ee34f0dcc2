"""The invented household socio-economic surveys: their population has the official figures, their files the design."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.official import read_official
from lfs.synthesise import synthesise
from lfs.synthesise.ihses import ROUNDS, households_of, population
from lfs.synthesise.ihses.figures import figures_of
from lfs.synthesise.ihses.people import DISTRICTS, Population
from lfs.synthesise.ihses.sample import draw

ROOT = Path(__file__).parents[2]
HALF_A_POINT = 0.005
LEVEL = 0.002  # of a number of persons
SEX, AGE = {"male": 0, "female": 1}, {"15-24": (15, 24), "25+": (25, 120)}


@pytest.fixture(scope="module")
def survey() -> Survey:
    return load_survey(ROOT)


@pytest.fixture(scope="module")
def populations(survey: Survey) -> dict[str, Population]:
    return {name: population(survey, name) for name in ROUNDS}


def counts(people: Population, row: dict[str, str]) -> dict[str, float]:
    """Persons of each kind in the group that a row of official figures speaks of."""
    age = people.members.age
    here = people.status >= 0
    if row["sex"] != "total":
        here = here & (people.members.sex == SEX[row["sex"]])
    if row["age_youth"] != "total":
        first, last = AGE[row["age_youth"]]
        here = here & (age >= first) & (age <= last)
    employed, unemployed, young = here & (people.status == 0), here & (people.status == 1), here & (age < 25)
    idle = young & (people.status != 0) & ~people.attends
    persons = {"employed": employed, "unemployed": unemployed, "public_sector_employment": employed & people.public}
    found = {name: float(who.sum()) * people.copies for name, who in persons.items()}
    found["labour_force"] = found["employed"] + found["unemployed"]
    found["unemployment_rate"] = found["unemployed"] / found["labour_force"]
    return found | ({"neet_rate": float(idle.sum() / young.sum())} if young.any() else {})


@pytest.mark.parametrize("name", ROUNDS)
def test_the_population_has_every_official_figure(populations, name):
    targets = [row for row in read_official(ROOT) if row["round"] == name and row["target"] == "yes"]
    assert len(targets) > 15
    for row in targets:
        ours = counts(populations[name], row)[row["indicator"]]
        rate = row["indicator"].endswith("rate")
        tolerance = HALF_A_POINT if rate else LEVEL * row["value"]
        assert abs(ours - row["value"]) < tolerance, (row, ours)


def test_labour_force_by_age_is_what_the_rates_of_both_ages_and_of_all_say():
    """2007, men: (8.858 - 5.843) / (17.044 - 5.843) = 26.9% of a labour force of 5,861,986 / (1 - 0.08858)."""
    figures = figures_of(ROOT, "2007")
    young, older = figures.labour_force[0]
    assert young + older == pytest.approx(5861986 / (1 - 0.08858))
    assert young / (young + older) == pytest.approx(0.2692, abs=5e-5)
    assert sum(map(sum, figures.labour_force)) == pytest.approx(7558.4e3, rel=1e-4)
    assert sum(map(sum, figures.unemployed)) == pytest.approx(653.5e3, rel=1e-3)
    assert figures.men_of_youth == pytest.approx((70.52 - 46.24) / (70.52 - 21.66))


def test_a_missing_figure_is_named(tmp_path):
    (tmp_path / "config/published").mkdir(parents=True)
    text = (ROOT / "config/published/2012.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if not line.startswith("2012,employed,sex,female")]
    (tmp_path / "config/published/2012.csv").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(SurveyError, match=r"config/published/2012\.csv: .*needs employed, female"):
        figures_of(tmp_path, "2012")


@pytest.mark.parametrize("name", ROUNDS)
def test_districts_are_strata_and_nine_households_come_from_each_area(populations, survey, name):
    people = populations[name]
    chosen = draw(people, households_of(survey), ROUNDS.index(name))
    assert chosen.groupby(["governorate", "district"]).ngroups == sum(DISTRICTS.values()) == 118
    assert chosen.groupby("cluster").size().eq(9).all()
    assert chosen["at"].is_unique
    assert 5500 < len(chosen) < 6500
    assert chosen["weight"].sum() == pytest.approx(len(people.household) * people.copies)
    areas = chosen.drop_duplicates("cluster").groupby(["governorate", "district"]).size()
    assert areas.min() == areas.max(), "as many areas in every district, whatever its size"


def test_two_rounds_share_no_cluster(populations, survey):
    first, second = (set(draw(populations[name], 6000, turn)["cluster"]) for turn, name in enumerate(ROUNDS))
    assert not first & second


def test_the_files_have_the_names_of_their_rounds_and_the_same_bytes_each_time(survey, tmp_path):
    raw = {}
    for name in ROUNDS:
        for path, write in synthesise(survey, name).items():
            first, again = tmp_path / path.name, tmp_path / f"again {path.name}"
            write(first)
            write(again)
            assert first.read_bytes() == again.read_bytes()
            raw[name], about = pyreadstat.read_dta(first)
            assert "no real person" in about.file_label
            assert about.variable_value_labels["q0102"] == {1: "Male ذكر", 2: "Female أنثى"}
    assert {"q0103", "q0402", "q0701", "q0702", "q0705", "q0707", "q1201c_1", "q1303_1", "weight"} <= set(raw["2007"])
    assert {"q0104", "q0502", "q0801", "q0802", "q0805", "q0808", "q1301_occ_1", "q1403_1"} <= set(raw["2012"])
    assert "q00_16" not in raw["2007"], "no urban and rural in 2007"
    assert raw["2007"]["q0102"].isna().sum() == 15
    assert raw["2012"]["q0102"].isna().sum() == 28
    assert set(raw["2007"]["q0402"].dropna()) == set(raw["2012"]["q0502"].dropna()) == {1, 2, 3}
    moved = {
        name: raw[name][column].eq(code).mean() for name, column, code in (("2007", "q0402", 2), ("2012", "q0502", 3))
    }
    assert all(0.2 < share < 0.5 for share in moved.values()), "who attends has another code"
    together = pd.concat([raw["2007"]["weight"], raw["2012"]["weight"]])
    assert np.isfinite(together).all()
    assert (together > 0).all()
