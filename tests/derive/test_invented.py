"""The invented survey was written by its own routing and knows the truth: both must come out the same here."""

from pathlib import Path

import pandas as pd
import pytest

from lfs.derive import derive
from lfs.derive.lineage import columns_of
from lfs.metadata import load_survey
from lfs.synthesise import invent

ROUND = "2021H2"
SURVEY = load_survey(Path(__file__).parents[2])
NUMBERS = [name for name, variable in SURVEY.variables.items() if variable.type in ("integer", "number")]


@pytest.fixture(scope="module")
def invented():
    """Answers, sample with its truth, people and quality of one round; -1 stands for a number without an answer."""
    sample = invent(SURVEY, [ROUND])[ROUND]
    answers = sample.persons.copy()
    for name in set(NUMBERS) & set(answers):
        answers[name] = answers[name].where(answers[name] != -1)
    return (answers, sample, *derive(answers, SURVEY))


def test_nobody_answers_a_question_that_the_form_skips(invented):
    quality = invented[3]
    outside = quality[quality["topic"] == "answered_outside_universe"]
    assert dict(zip(outside["variable"], outside["value"], strict=True)) == {}


def test_nobody_misses_a_question_that_the_form_puts(invented):
    _, sample, people, _ = invented
    missed = {}
    for name, variable in SURVEY.variables.items():
        if variable.kind != "asked":
            continue
        asked = (
            people[variable.universe].fillna(False).astype(bool) if variable.universe else pd.Series(True, people.index)
        )
        for column in columns_of(name, variable):
            if count := int((asked & sample.persons[column].isna()).sum()):
                missed[column] = count
    assert missed == {}


@pytest.mark.parametrize("concept", ["labour_force_status", "informal_employment", "informal_sector"])
def test_everybody_has_the_status_that_is_true(invented, concept):
    _, sample, people, _ = invented
    derived, true = people[concept], sample.truth[f"true_{concept}"]
    applies = true.notna().to_numpy() & people["working_age"].to_numpy(dtype=bool)
    assert applies.sum() > 10_000
    assert derived[~applies].isna().all()
    assert (derived[applies].to_numpy() == true[applies].to_numpy()).all()


def test_everybody_has_the_displacement_status_that_is_true_or_left_an_answer_open(invented):
    _, sample, people, _ = invented
    differs = people["displacement"].to_numpy() != sample.truth["true_displacement"].to_numpy()
    answers = ["citizenship", "arrival_reason", "forced_to_leave", "returned_home"]
    open_answer = (people[answers] == "not_stated").any(axis=1).to_numpy()
    assert (people["displacement"][differs] == "not_stated").all()
    assert open_answer[differs].all()
    assert differs.mean() < 0.005
