"""What is declared for weighting and publishing, checked before there is anything to weight or publish."""

from collections.abc import Iterator
from string import Formatter
from typing import Any

from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.delivered import controls_of_round
from lfs.metadata.errors import SurveyError
from lfs.metadata.labels import read_labels
from lfs.metadata.official import official_problems
from lfs.metadata.report import read_report
from lfs.metadata.results_matrix import read_results_matrix
from lfs.metadata.survey import Survey
from lfs.metadata.yaml import nearest

Place = tuple[str, ...]
# Every other language is held to the words of this one.
COMPLETE = "en"
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


def publishing_problems(survey: Survey) -> list[str]:
    """Problems of report.yaml, of official figures and of the results matrix, and the words that languages lack."""
    problems: list[str] = []
    try:
        read_report(survey.folder)
    except SurveyError as error:
        problems += error.problems
    try:
        problems += official_problems(survey)
    except SurveyError as error:
        problems += error.problems
    try:
        read_results_matrix(survey)
    except SurveyError as error:
        problems += error.problems
    problems += unknown_categories(survey)
    for language in survey.config.languages:
        try:
            problems += missing_words(survey, language)
        except SurveyError as error:
            problems += error.problems
    return problems


def unknown_categories(survey: Survey) -> list[str]:
    """One line for each category that report.yaml names and its variable does not have, and for each without a tile."""
    report, problems = survey.report, []
    named = {(name, code) for each in report.figures for name, code in each.where.items() if name in survey.variables}
    named |= {(name, code) for name, placed in report.tiles.items() if name in survey.variables for code in placed}
    for name, code in sorted(named):
        if code not in (codes := survey.variables[name].codes()):
            problems.append(f"config/report.yaml: {name} has no category '{code}'{nearest(code, codes)}")
    for name, placed in report.tiles.items():
        if name in survey.variables and (lacking := set(survey.variables[name].codes()) - set(placed)):
            problems.append(f"config/report.yaml: tiles.{name} has no place for '{min(lacking)}'")
    return problems


def weighting_problems(survey: Survey) -> list[str]:
    """Rounds excepted that do not exist, and problems of the population totals of every round that is calibrated."""
    rule = survey.config.weighting
    if rule is None:
        return []
    problems = [
        f"config/config.yaml: weighting.except: rounds.csv has no round '{name}'{nearest(name, survey.round_names)}"
        for name in rule.exceptions
        if name not in survey.round_names
    ]
    for name in survey.round_names:
        if rule.at(name).calibration is None:
            continue
        try:
            controls_of_round(survey, name)
        except SurveyError as error:
            problems += error.problems
    return problems


def missing_words(survey: Survey, language: str) -> list[str]:
    """One line for each word that a language lacks: of what the survey declares, that English has, or an assumption.

    Besides: named values that a text does not share with the English one, and assumptions whose English has changed.
    """
    labels, complete = read_labels(survey.folder, language), read_labels(survey.folder, COMPLETE)
    wanted = dict.fromkeys([*_declared_words(survey), *_leaves(complete, ())])
    problems = [
        f"labels/{language}: '{'.'.join(place)}' has no text; add it" for place in wanted if not _text(labels, place)
    ]
    if language == COMPLETE:
        return problems
    for place in wanted:
        theirs, ours = _found(labels, place), _found(complete, place)
        if isinstance(ours, str) and isinstance(theirs, str) and (odd := _values(theirs) ^ _values(ours)):
            problems.append(f"labels/{language}: '{'.'.join(place)}': {{{min(odd)}}} is in one of English and it only")
    translated = labels.get("assumptions", {})
    return problems + [
        f"labels/{language}: 'assumptions.{each.key}' has no text; add it: {each.text}"
        for each in read_assumptions(survey.folder)
        if not _text(translated, (each.key, "text"))
    ]


def _values(text: str) -> set[str]:
    """The named values of a text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"an unpaired brace"}


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
    for each in survey.breaks:
        yield ("breaks", each.reason)


def _leaves(labels: dict[str, Any], place: Place) -> Iterator[Place]:
    for key, value in labels.items():
        if isinstance(value, dict) and not PLURALS.issuperset(value):
            yield from _leaves(value, (*place, str(key)))
        else:
            yield (*place, str(key))


def _found(labels: Any, place: Place) -> Any:
    """What is written at the place; of a text with plural forms the general one."""
    for key in place:
        labels = labels.get(key) if isinstance(labels, dict) else None
    return labels.get("other") if isinstance(labels, dict) and "other" in labels else labels


def _text(labels: Any, place: Place) -> bool:
    """Whether something is written at the place."""
    return bool(_found(labels, place))
