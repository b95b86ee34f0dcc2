"""The committed population totals of the invented rounds are those of the invented population."""

from pathlib import Path

import pytest

from lfs.metadata import Survey
from lfs.metadata.controls import read_controls
from lfs.synthesise.controls import controls_text
from lfs.synthesise.population import Country

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(("round", "years"), [("2021H2", 0), ("2022H2", 1)])
def test_committed_totals_are_what_the_verb_prints(survey: Survey, country: Country, round: str, years: int) -> None:
    """After a change of the population: python -m lfs controls ROUND > config/controls/ROUND.csv"""
    committed = (REPOSITORY / f"config/controls/{round}.csv").read_text(encoding="utf-8")
    assert committed == controls_text(survey, country, years)


def test_margins_of_the_same_people_agree(survey: Survey) -> None:
    calibrated = [name for name in survey.round_names if survey.config.weighting.at(name).calibration]
    assert calibrated == ["2021H2", "2022H2"]
    for round in calibrated:
        rule = survey.config.weighting.at(round).calibration
        place, ages, camps = read_controls(survey.folder, round, survey.variables, rule.incomplete).margins
        assert 40e6 < place.total < 42e6
        assert 0.6 < ages.total / place.total < 0.7
        assert camps.total < 0.01 * place.total
