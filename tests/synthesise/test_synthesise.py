"""Invented files lie under data/raw/synthetic/ and nowhere else, and only where the rounds declare them."""

from dataclasses import replace
from pathlib import Path

import pytest

from lfs.metadata import Survey, SurveyError
from lfs.synthesise import invent, synthesise


def test_a_delivered_round_is_never_invented(survey: Survey) -> None:
    delivered = tuple(row.model_copy(update={"synthetic": False}) for row in survey.rounds)
    with pytest.raises(SurveyError, match="synthetic = true"):
        synthesise(_with_rounds(survey, delivered), "2021H2")


@pytest.mark.parametrize(
    "file", ["data/raw/2021H2/cso.sav", "data/raw/synthetic/../cso.sav", "/tmp/cso.sav", "cso.sav"]
)
def test_nothing_is_written_elsewhere(survey: Survey, file: str) -> None:
    rows = tuple(row.model_copy(update={"file": file}) for row in survey.rounds)
    with pytest.raises(SurveyError, match="must lie under data/raw/synthetic/"):
        synthesise(_with_rounds(survey, rows), "2021H2")


def test_an_office_without_a_dialect_is_refused(survey: Survey) -> None:
    rows = tuple(row.model_copy(update={"office": "third"}) for row in survey.rounds)
    with pytest.raises(SurveyError, match="office third"):
        synthesise(_with_rounds(survey, rows), "2021H2")


def test_a_round_that_is_not_declared_is_refused(survey: Survey) -> None:
    with pytest.raises(SurveyError, match="2019H1"):
        invent(survey, ["2019H1"])


def test_a_survey_without_synthesis_is_refused(survey: Survey) -> None:
    without = replace(survey, config=survey.config.model_copy(update={"synthesis": None}))
    with pytest.raises(SurveyError, match="synthesis"):
        invent(without)


def test_official_figures_are_needed(survey: Survey, tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"config/published/2021H2\.csv"):
        invent(_with_rounds(replace(survey, folder=tmp_path), survey.rounds))


def _with_rounds(survey: Survey, rounds: tuple[object, ...]) -> Survey:
    """The survey with other rounds than those of its file."""
    changed = replace(survey)
    changed.__dict__["rounds"] = rounds
    return changed
