"""Statistics South Africa, QLFS 2016Q4 and 2017Q1: the published figures, concepts beside the official ones."""

from collections.abc import Callable
from pathlib import Path

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


# What the office derives itself, beside what the questions give here: least share of persons who agree, both rounds.
AGREE = {
    "labour_force_status": 0.9995,
    "extended_labour_force": 0.9998,
    "unemployed_or_potential": 0.9994,
    "discouraged": 0.9990,
    "long_term_unemployed": 0.991,
    "time_related_underemployed": 1,
    "neet_15_24": 1,
    "neet_15_29": 1,
    "sector": 1,
    "informality": 1,
    # The standards of the ILO, which the office's own rules are not: see the README for each cell.
    "unit_of_production": 0.973,
    "informal_sector": 0.968,
    "informal_employment": 0.884,
}
# Persons by derived|official in the two rounds; every cell that is not here and is no agreement holds nobody.
DIFFER = {
    # Jobs that begin in one to three months; looked for work and not available.
    "labour_force_status": {"unemployed|outside_labour_force": (13, 12), "outside_labour_force|unemployed": (5, 5)},
    # Would not have accepted a job last week: available within two weeks; looked for work and not available.
    "extended_labour_force": {"yes|no": (7, 8)},
    "unemployed_or_potential": {"yes|not_applicable": (7, 8)},
    # Thought too old or too young; found a job that begins later.
    "discouraged": {"yes|no": (16, 22), "no|yes": (11, 16)},
    # Do not know how long, or only wait for a job to begin; and those whose status differs.
    "long_term_unemployed": {
        "no|yes": (39, 32),
        "no|not_applicable": (13, 12),
        "not_applicable|no": (3, 4),
        "not_applicable|yes": (2, 1),
    },
    "time_related_underemployed": {},
    "neet_15_24": {},
    "neet_15_29": {},
    "sector": {},
    "informality": {},
    # Government and insured employees in small units without tax; registration not known; a registered household.
    "unit_of_production": {"formal|informal": (406, 395), "informal|formal": (82, 89), "formal|household": (3, 0)},
    # The same, and agriculture, which the office leaves out of the informal sector.
    "informal_sector": {"no|yes": (361, 366), "yes|no": (197, 204)},
    # Insured in an informal unit or only by the unemployment fund; not insured, but with a written contract.
    "informal_employment": {"no|yes": (552, 529), "yes|no": (1569, 1532)},
}


@pytest.mark.parametrize(("concept", "least"), AGREE.items())
@pytest.mark.parametrize("round", ROUNDS)
def test_concepts_from_the_questions_agree_with_the_official_ones(south_africa, round, concept, least):
    shares = south_africa.table("quality").query("topic == 'agreement_share'")
    found = shares[(shares["round"] == round) & (shares["variable"] == concept)]["value"]
    assert found.item() >= least


@pytest.mark.parametrize(("concept", "explained"), DIFFER.items())
@pytest.mark.parametrize("round", ROUNDS)
def test_every_cell_of_disagreement_is_as_the_readme_explains_it(south_africa, round, concept, explained):
    cells = south_africa.table("quality").query("topic == 'agreement'")
    cells = cells[(cells["round"] == round) & (cells["variable"] == concept)].set_index("category")["value"]
    differ = {pair: persons for pair, persons in cells.items() if len(set(pair.split("|"))) > 1}
    assert differ == {
        pair: persons[ROUNDS.index(round)] for pair, persons in explained.items() if persons[ROUNDS.index(round)]
    }


@pytest.mark.parametrize("round", ROUNDS)
def test_the_sector_of_the_ilo_differs_from_the_official_one_as_the_readme_says(south_africa, round):
    people = south_africa.table(f"people/{round}").query("employed")
    differ = people[people["unit_of_production"] != people["unit_of_production_national"]]
    public = differ["employer_type"].isin(["government", "ngo"]).sum()
    insured = (differ["social_insurance"].eq("yes") & ~differ["employer_type"].isin(["government", "ngo"])).sum()
    assert (public, insured) == {"2016Q4": (134, 272), "2017Q1": (146, 249)}[round]


@pytest.mark.parametrize("round", ROUNDS)
def test_the_sector_is_all_agriculture_where_the_branch_is(south_africa, round):
    people = south_africa.table(f"people/{round}").query("employed")
    assert (people["industry_section"].eq("A") == people["sector_national"].eq("agriculture")).all()


@pytest.mark.parametrize("round", ROUNDS)
def test_rates_by_derived_and_official_concepts(south_africa, round):
    for indicator, most in (
        ("expanded_unemployment_rate", 0.0005),
        ("neet_rate", 1e-12),
        ("time_related_underemployment_rate", 1e-12),
    ):
        official, derived = (south_africa.estimate(round, indicator, standard) for standard in ("national", "icls19"))
        assert derived["value"] == pytest.approx(official["value"], abs=most)


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
