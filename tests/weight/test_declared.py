"""`weighting:` of a survey's config.yaml, and the totals of its rounds."""

import shutil
from pathlib import Path

import pytest

from lfs.metadata import SurveyError, load_survey
from lfs.metadata.check import weighting_problems

ROOT = Path(__file__).parents[2]
WEIGHTING = """
weighting:
  nonresponse: {by: psu, smallest_cell: 5}
  calibration: {method: logit, lower: 0.3, upper: 3, incomplete: [camps]}
  trimming: {upper: 5}
  headline: [unemployment_rate]
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path


def declare(folder: Path, weighting: str) -> None:
    config = folder / "config/config.yaml"
    kept = config.read_text(encoding="utf-8").split("\nweighting:")[0]
    config.write_text(kept + weighting, encoding="utf-8")


def test_a_declaration_is_read_and_the_totals_of_every_round_are_checked(folder):
    declare(folder, WEIGHTING)
    shutil.rmtree(folder / "config/controls", ignore_errors=True)
    survey = load_survey(folder)
    assert survey.config.weighting.calibration.bounds == (0.3, 3)
    problems = weighting_problems(survey)
    assert len(problems) == len(survey.round_names), "no round is excepted"
    assert all("does not exist; it lists margin, variables, categories, total" in problem for problem in problems)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            WEIGHTING.replace("logit", "lgoit"),
            "'weighting.calibration.method' cannot be 'lgoit'; did you mean 'logit'?",
        ),
        (WEIGHTING.replace("upper: 3,", ""), "method logit needs lower and upper"),
        (
            WEIGHTING.replace("smallest_cell", "smalest_cell"),
            "unknown key 'smalest_cell'; did you mean 'smallest_cell'?",
        ),
        (WEIGHTING.replace("by: psu", "by: psu, propensity: [region]"), "exactly one of by and propensity"),
        (WEIGHTING.replace("by: psu", "by: psu, unknown_eligibility: [gone]"), "'gone' is no result of an interview"),
        (WEIGHTING.replace("unemployment_rate", "unemployed_rate"), "no indicator is called 'unemployed_rate'"),
    ],
)
def test_a_wrong_declaration_names_file_and_line(folder, wrong, said):
    declare(folder, wrong)
    with pytest.raises(SurveyError) as raised:
        load_survey(folder)
    assert said in str(raised.value)
    assert "config/config.yaml, line" in str(raised.value)


def test_without_a_declaration_nothing_is_asked_for(folder):
    declare(folder, "\n")
    assert weighting_problems(load_survey(folder)) == []


EXCEPT = WEIGHTING + "  except: {2007: delivered, 2012: delivered}\n"


def test_an_excepted_round_needs_no_population_totals_and_keeps_its_delivered_weights(folder):
    declare(folder, EXCEPT)
    survey = load_survey(folder)
    assert weighting_problems(survey) == []
    rule = survey.config.weighting
    assert rule.at("2021H2") is rule
    kept = rule.at("2012")
    assert (kept.base, kept.nonresponse, kept.calibration, kept.trimming) == ("delivered", None, None, None)
    assert kept.headline == rule.headline
    shutil.rmtree(folder / "config/controls")
    assert len(weighting_problems(survey)) == 2, "the others still need theirs"


def test_an_exception_for_a_round_that_does_not_exist_is_told(folder):
    declare(folder, EXCEPT.replace("2012: delivered", "2013: delivered"))
    problems = weighting_problems(load_survey(folder))
    assert "config/config.yaml: weighting.except: rounds.csv has no round '2013'; did you mean '2012'?" in problems
    assert any("config/controls/2012.csv does not exist" in problem for problem in problems)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("except: {2007: as_is}", "'weighting.except.2007' cannot be 'as_is'"),
        ("exept: {2007: delivered}", "unknown key 'exept'"),
    ],
)
def test_a_wrong_exception_names_file_and_line(folder, wrong, said):
    declare(folder, WEIGHTING + f"  {wrong}\n")
    with pytest.raises(SurveyError) as raised:
        load_survey(folder)
    assert said in str(raised.value)
    assert "config/config.yaml, line" in str(raised.value)
