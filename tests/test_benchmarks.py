"""The invented people that speed is measured on have what the plan reads."""

from pathlib import Path

import pytest
from benchmarks.frame import RATES, few_rates, for_whole_plan, random_people

from lfs.estimate.estimands import available_estimands
from lfs.metadata import Survey, load_survey


@pytest.fixture(scope="module")
def survey() -> Survey:
    return load_survey(Path(__file__).parents[1])


def test_every_indicator_can_be_made_of_the_people_for_the_whole_plan(survey: Survey) -> None:
    people = for_whole_plan(random_people(survey, households=50), survey)
    counts, others, _ = available_estimands(people, survey.indicators, survey.variables)
    assert {each.indicator for each in (*counts, *others)} == set(survey.indicators)


def test_a_column_is_known_in_its_universe_only(survey: Survey) -> None:
    people = for_whole_plan(random_people(survey, households=50), survey)
    inside = people["employee"].fillna(False).astype(bool)
    assert people["pay_given"].notna().equals(inside)


def test_peers_are_asked_for_the_plan_of_the_rates_and_nothing_else(survey: Survey) -> None:
    fewer = few_rates(survey)
    assert {rate: set(fewer.plan[rate]) for rate in RATES} == {rate: set(fewer.breakdowns) for rate in RATES}
    assert {"total", "sex", "region"} <= set(fewer.breakdowns)
