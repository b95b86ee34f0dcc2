"""Statistics South Africa, QLFS 2016Q4 and 2017Q1: the published figures, and the status derived beside it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.full

# R survey 4.x, both quarters alike:
#   design <- svydesign(ids = ~psu, strata = ~STRATUM, weights = ~Weight, data = all_persons)
#   domain <- subset(design, Q14AGE >= 15 & Q14AGE <= 64)
#   svytotal(~I(Status == 1), domain); svyratio(~I(Status == 2), ~I(Status %in% 1:2), domain)
# Rows filtered before the design is made, or psu read as a number, give other standard errors.
COMPUTED = [
    ("2017Q1", "employed", {}, 16_212_250, 179_254),
    ("2017Q1", "unemployed", {}, 6_214_112, 118_708),
    ("2017Q1", "unemployment_rate", {}, 0.2770896, 0.004098562),
    ("2017Q1", "unemployment_rate", {"sex": "male"}, 0.2595263, 0.004889241),
    ("2017Q1", "unemployment_rate", {"sex": "female"}, 0.2980222, 0.005397348),
    ("2017Q1", "participation_rate", {}, 0.6051259, 0.003603947),
    ("2017Q1", "employment_to_population_ratio", {}, 0.4374518, 0.003312622),
    ("2017Q1", "informal_employment_rate", {}, 0.2910633, 0.004366648),
    ("2016Q4", "employed", {}, 16_068_612, 177_422),
    ("2016Q4", "unemployed", {}, 5_780_796, 111_618),
    ("2016Q4", "unemployment_rate", {}, 0.2645745, 0.004057428),
]
# Statistical release P0211, to one decimal of a percentage.
PUBLISHED = [
    ("2016Q4", "unemployment_rate", {}, 26.5),
    ("2017Q1", "unemployment_rate", {}, 27.7),
    ("2016Q4", "unemployment_rate", {"age_35": "15-34"}, 37.1),
    ("2017Q1", "unemployment_rate", {"age_35": "15-34"}, 38.6),
    ("2016Q4", "expanded_unemployment_rate", {}, 35.6),
]
ROUNDS = ["2016Q4", "2017Q1"]


@pytest.fixture(scope="module")
def south_africa(place: Callable[..., Path], snakemake: Callable):
    data = "south_africa_qlfs"
    return snakemake(place(data, f"{data}/qlfs_2016_q4.zip", f"{data}/qlfs_2017_q1.zip"))


@pytest.mark.parametrize(("round", "indicator", "cell", "value", "se"), COMPUTED)
def test_official_status_gives_the_figures_computed_with_r(south_africa, round, indicator, cell, value, se):
    found = south_africa.estimate(round, indicator, **cell)
    assert f"{found['value']:.7g}" == f"{value:.7g}"
    assert f"{found['se']:.6g}" == f"{se:.6g}"


@pytest.mark.parametrize(("round", "indicator", "cell", "percent"), PUBLISHED)
def test_official_status_gives_the_published_figures(south_africa, round, indicator, cell, percent):
    assert round_half_up(100 * south_africa.estimate(round, indicator, **cell)["value"]) == percent


def round_half_up(percent: float) -> float:
    return int(percent * 10 + 0.5) / 10


@pytest.mark.parametrize("round", ROUNDS)
def test_psus_and_strata_are_those_of_the_whole_sample(south_africa, round):
    people = south_africa.table(f"people/{round}")
    psus, persons = {"2016Q4": (3236, 69_231), "2017Q1": (3249, 69_353)}[round]
    assert (people["stratum"].nunique(), people["psu"].nunique(), len(people)) == (248, psus, persons)


@pytest.mark.parametrize("round", ROUNDS)
def test_status_from_the_questions_agrees_with_the_official_one(south_africa, round):
    people = south_africa.table(f"people/{round}").query("working_age")
    cells = pd.crosstab(people["labour_force_status"], people["labour_force_status_national"])
    agreement = sum(cells.loc[status, status] for status in cells) / cells.to_numpy().sum()
    assert agreement >= 0.998


@pytest.mark.parametrize("round", ROUNDS)
def test_every_cell_of_disagreement_is_as_the_readme_explains_it(south_africa, round):
    people = south_africa.table(f"people/{round}").query("working_age")
    cells = people.groupby(["labour_force_status", "labour_force_status_national"]).size()
    differ = {cell: int(persons) for cell, persons in cells.items() if cell[0] != cell[1]}
    assert differ == EXPLAINED[round]


# derived: official. Jobs that begin in one to three months; looked for work and not available.
EXPLAINED = {
    "2016Q4": {("unemployed", "outside_labour_force"): 13, ("outside_labour_force", "unemployed"): 5},
    "2017Q1": {("unemployed", "outside_labour_force"): 12, ("outside_labour_force", "unemployed"): 5},
}


@pytest.mark.parametrize("round", ROUNDS)
def test_rates_of_both_stand_side_by_side(south_africa, round):
    for indicator in ("unemployment_rate", "participation_rate", "employment_to_population_ratio"):
        official, derived = (south_africa.estimate(round, indicator, standard) for standard in ("national", "icls19"))
        assert derived["value"] == pytest.approx(official["value"], abs=0.001)
        assert derived["n"] == pytest.approx(official["n"], rel=0.01)


def test_categories_add_up_to_the_total(south_africa):
    table = south_africa.table("estimates").query("round == '2017Q1' and standard == 'national'")
    unemployed = table[table["indicator"] == "unemployed"].set_index("breakdown")["value"]
    for breakdown in ("sex", "age_35", "province", "sex_x_province", "population_group", "geography"):
        assert unemployed[[breakdown]].sum() == pytest.approx(unemployed["total"], rel=1e-12)


def test_report_shows_the_published_figures_beside_ours(south_africa):
    page = (south_africa.folder / "reports/en/report.html").read_text(encoding="utf-8")
    assert "Statistics South Africa, Statistical release P0211" in page
    assert "27.7%" in page
    assert "Western Cape" in page
    assert (south_africa.folder / "reports/en/tables.xlsx").stat().st_size > 10_000
