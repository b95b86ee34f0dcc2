"""Surveys that supply concepts beside or instead of questions, and no strata.

United Kingdom 2015Q1, Paraguay 2019Q2, Argentina 2016Q3 and 2016Q4.
"""

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


@pytest.fixture(scope="module")
def argentina(place: Callable[..., Path], run: Callable):
    files = [f"argentina_eph/toybase_individual_2016_0{quarter}.csv" for quarter in (3, 4)]
    return run(place("argentina_eph", *files))


def cells(survey, round: str, concept: str) -> dict[str, int]:
    """Persons by derived|official."""
    rows = survey.table("quality").query("topic == 'agreement'")
    rows = rows[(rows["round"] == round) & (rows["variable"] == concept)]
    return {pair: int(persons) for pair, persons in zip(rows["category"], rows["value"], strict=True)}


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
    for standard in ("national", "icls19"):
        assert round(100 * paraguay.estimate("2019Q2", "visible_underemployment_rate", standard)["value"], 1) == 7.4


def test_paraguay_underemployment_from_the_questions_agrees_with_the_official_one(paraguay):
    assert cells(paraguay, "2019Q2", "time_related_underemployed") == {"no|no": 5092, "yes|yes": 499}


def test_paraguay_status_from_the_questions_beside_the_official_one(paraguay):
    """Every cell as the README explains it: looked in thirty days for whatever reason; waited, ill or rained off."""
    assert cells(paraguay, "2019Q2", "labour_force_status") == {
        "employed|employed": 5591,
        "outside_labour_force|outside_labour_force": 2581,
        "unemployed|unemployed": 372,
        "unemployed|outside_labour_force": 27,
        "outside_labour_force|unemployed": 35,
        "outside_labour_force|not_stated": 1,
    }


def test_paraguay_status_in_employment_and_informality(paraguay):
    people = paraguay.table("people/2019Q2").query("employed")
    informal = people.groupby("status_in_employment")["informal_employment"].agg(["sum", "size"])
    assert {status: tuple(row) for status, row in informal.iterrows()} == {
        "employee": (1827, 2912),
        "employer": (136, 357),
        "own_account": (1635, 1861),
        "family_worker": (458, 458),
        "not_classifiable": (3, 3),
    }


@pytest.mark.parametrize(("round", "differ"), [("2016Q3", {"yes|no": 3}), ("2016Q4", {"yes|no": 1, "no|yes": 1})])
def test_argentina_underemployment_from_the_questions_beside_the_official_one(argentina, round, differ):
    """Absent in the week, whom the office counts apart; hours without an answer."""
    found = cells(argentina, round, "time_related_underemployed")
    assert {pair: persons for pair, persons in found.items() if pair not in ("yes|yes", "no|no")} == differ


def test_argentina_documented_weights(argentina):
    weights = argentina.table("people/2016Q4").groupby("sex")["weight"].sum()
    assert weights.to_dict() == {"male": 455_956, "female": 473_798}


@pytest.mark.parametrize(("round", "employees", "without"), [("2016Q3", 614, 195), ("2016Q4", 619, 214)])
def test_argentina_informal_employees_are_those_without_a_deduction_for_the_pension(
    argentina, round, employees, without
):
    people = argentina.table(f"people/{round}").query("status_in_employment == 'employee'")
    assert (len(people), people["informal_employment"].sum()) == (employees, without)


def test_argentina_says_what_is_missing(argentina):
    quality = argentina.table("quality").query("topic == 'unavailable'")
    assert {"available", "unemployed", "usual_hours", "stratum"} <= set(quality["variable"])


def test_paraguay_children_with_a_status_stay_outside_and_are_counted(paraguay):
    people = paraguay.table("people/2019Q2")
    assert people.loc[~people["working_age"].astype(bool), "labour_force_status_national"].isna().all()
    quality = paraguay.table("quality").query("topic == 'answered_outside_universe' and office == 'all'")
    counted = quality[quality["variable"].str.startswith("labour_force_status")]["value"]
    assert counted.tolist() == [65 + 8 + 1052]


def test_paraguay_is_one_stratum_with_its_psus(paraguay):
    people = paraguay.table("people/2019Q2")
    assert (people["stratum"].nunique(), people["psu"].nunique()) == (1, 329)


@pytest.mark.parametrize(
    ("survey", "missing"),
    [("united_kingdom", "Worked for pay"), ("paraguay", "Paid sick leave"), ("argentina", "Available last week")],
)
def test_report_says_what_is_missing(survey, missing, request):
    page = (request.getfixturevalue(survey).folder / "reports/en/report.html").read_text(encoding="utf-8")
    assert "Stratum" in page
    assert missing in page
