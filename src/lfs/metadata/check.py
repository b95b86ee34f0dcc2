"""What is declared for weighting and publishing, checked before there is anything to weight or publish."""

from collections.abc import Iterator
from typing import Any

from lfs.metadata.delivered import controls_of_round
from lfs.metadata.errors import SurveyError
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.metadata.report import read_report
from lfs.metadata.results_matrix import read_results_matrix
from lfs.metadata.survey import Survey

Place = tuple[str, ...]
# Every other language is held to the words of this one.
COMPLETE = "en"


def publishing_problems(survey: Survey) -> list[str]:
    """Problems of report.yaml, of official figures and of the results matrix, and the words that languages lack."""
    problems: list[str] = []
    for read in (read_report, read_official):
        try:
            read(survey.folder)
        except SurveyError as error:
            problems += error.problems
    try:
        read_results_matrix(survey)
    except SurveyError as error:
        problems += error.problems
    for language in survey.config.languages:
        try:
            problems += missing_words(survey, language)
        except SurveyError as error:
            problems += error.problems
    return problems


def weighting_problems(survey: Survey) -> list[str]:
    """Problems of the population totals of every round, where weights are calibrated to any."""
    rule = survey.config.weighting and survey.config.weighting.calibration
    problems: list[str] = []
    for name in survey.round_names if rule else ():
        try:
            controls_of_round(survey, name)
        except SurveyError as error:
            problems += error.problems
    return problems


def missing_words(survey: Survey, language: str) -> list[str]:
    """One line for each word that a language lacks: of what the survey declares, or that English has."""
    labels = read_labels(survey.folder, language)
    wanted = dict.fromkeys([*_declared_words(survey), *_leaves(read_labels(survey.folder, COMPLETE), ())])
    return [
        f"labels/{language}: '{'.'.join(place)}' has no text; add it" for place in wanted if not _text(labels, place)
    ]


def _declared_words(survey: Survey) -> Iterator[Place]:
    """What the dictionary, the indicators and the tables of this survey need."""
    for name in survey.indicators:
        yield ("indicators", name, "name")
        yield ("indicators", name, "definition")
    for name, variable in survey.variables.items():
        if variable.kind != "universe" and name not in ("round", "working_age"):
            yield ("variables", name, "name")
    for name in survey.breakdown_variables:
        yield ("variables", name, "by")
        yield ("variables", name, "total")
        for code in survey.variables[name].codes():
            yield ("variables", name, "categories", code)
    for name in survey.tables:
        yield ("tables", name)


def _leaves(labels: dict[str, Any], place: Place) -> Iterator[Place]:
    for key, value in labels.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*place, str(key)))
        else:
            yield (*place, str(key))


def _text(labels: Any, place: Place) -> bool:
    """Whether something is written at the place."""
    for key in place:
        if not isinstance(labels, dict) or key not in labels:
            return False
        labels = labels[key]
    return bool(labels)
