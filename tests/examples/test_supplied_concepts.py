"""Surveys that supply derived concepts instead of questions, and no strata: United Kingdom 2015Q1, Paraguay 2019Q2."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def united_kingdom(place: Callable[..., Path], run: Callable):
    return run(place("uk_qlfs_teaching", "uk_qlfs_teaching/dataset.txt"))


@pytest.fixture(scope="module")
def paraguay(place: Callable[..., Path], run: Callable):
    return run(place("paraguay_ephc", "paraguay_ephc/Paraguay_T22019.SAV"))


def test_united_kingdom_unemployment(united_kingdom):
    assert united_kingdom.estimate("2015Q1", "unemployment_rate")["value"] == pytest.approx(0.0554, abs=0.00005)


def test_united_kingdom_rows_that_weigh_nothing_are_dropped_and_counted(united_kingdom):
    quality = united_kingdom.table("quality")
    dropped = quality[(quality["topic"] == "rows_dropped") & (quality["category"] == "zero_weight")]
    assert dropped["value"].tolist() == [487]
    assert len(united_kingdom.table("people/2015Q1")) == 22_428 - 487


def test_united_kingdom_says_what_is_missing(united_kingdom):
    quality = united_kingdom.table("quality").query("topic == 'unavailable'")
    assert {"stratum", "psu", "age", "worked_for_pay", "employed"} <= set(quality["variable"])


def test_united_kingdom_age_groups_are_those_of_the_file(united_kingdom):
    table = united_kingdom.table("estimates").query("indicator == 'unemployment_rate' and breakdown == 'age_10'")
    assert table["age_10"].tolist() == ["16-24", "25-34", "35-44", "45-54", "55-64", "65+"]


def test_paraguay_published_unemployed(paraguay):
    assert round(paraguay.estimate("2019Q2", "unemployed")["value"]) == 264_683


def test_paraguay_published_time_related_underemployment(paraguay):
    found = paraguay.estimate("2019Q2", "time_related_underemployment_rate")
    assert round(100 * found["value"], 1) == 7.4


def test_paraguay_children_with_a_status_stay_outside_and_are_counted(paraguay):
    people = paraguay.table("people/2019Q2")
    assert people.loc[~people["working_age"].astype(bool), "labour_force_status_national"].isna().all()
    quality = paraguay.table("quality").query("topic == 'answered_outside_universe' and office == 'all'")
    counted = quality[quality["variable"].str.startswith("labour_force_status")]["value"]
    assert counted.tolist() == [65 + 8 + 1052]


def test_paraguay_is_one_stratum_with_its_psus(paraguay):
    people = paraguay.table("people/2019Q2")
    assert (people["stratum"].nunique(), people["psu"].nunique()) == (1, 329)


@pytest.mark.parametrize("survey", ["united_kingdom", "paraguay"])
def test_report_says_what_is_missing(survey, request):
    page = (request.getfixturevalue(survey).folder / "reports/en/report.html").read_text(encoding="utf-8")
    assert "Stratum" in page
    assert "Worked for pay" in page
