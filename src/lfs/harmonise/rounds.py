"""A round harmonised, and all rounds checked."""

from dataclasses import dataclass, field

import pandas as pd

from lfs.harmonise.offices import Part, harmonise_office
from lfs.harmonise.report import quality_table
from lfs.harmonise.selected import selected_households
from lfs.harmonise.stack import key_problems, shared_places, stack, with_keys, with_persons
from lfs.metadata import Survey, SurveyError, nearest


def harmonise(survey: Survey, round: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The delivered files of a round in the dictionary's vocabulary: answers, selected households, quality table.

    Answers have one row a person of a complete interview: keys that carry the office, design, every asked variable that
    some office of the round has, and concepts that an office supplies. Categories are text (`not_stated` for a
    no-answer code, NA where the file is empty), integers Int64, other numbers float64. Selected households have one row
    each, whatever came of the interview. Offices without a row in rounds.csv are simply not there. Raises SurveyError
    with every problem of the round.
    """
    if round not in survey.round_names:
        raise SurveyError(f"config/rounds.csv has no round '{round}'{nearest(round, survey.round_names)}")
    made, problems = _round(survey, round)
    if problems:
        raise SurveyError(*problems)
    return made.answers, made.selected, quality_table([part.report for part in made.parts])


def check(survey: Survey) -> list[str]:
    """Every problem of every declared file of every round, one plain line each; empty where all fits."""
    try:
        rounds = survey.round_names
        offices = survey.offices
    except SurveyError as error:
        return list(error.problems)
    problems = [
        f"config/offices/{name}.yaml: no round of config/rounds.csv has office '{name}'"
        for name in offices
        if name not in {row.office for row in survey.rounds}
    ]
    for round in rounds:
        problems += _round(survey, round)[1]
    return problems


@dataclass
class _Made:
    """What a round's files come to; without answers where there are problems."""

    parts: list[Part]
    answers: pd.DataFrame = field(default_factory=pd.DataFrame)
    selected: pd.DataFrame = field(default_factory=pd.DataFrame)


def _round(survey: Survey, round: str) -> tuple[_Made, list[str]]:
    parts = [harmonise_office(survey, row) for row in survey.rounds if row.round == round]
    problems = [problem for part in parts for problem in part.problems]
    if problems:
        return _Made(parts), problems
    frames = {part.office: with_persons(with_keys(part.rows, part.office, round)) for part in parts}
    for part in parts:
        problems += key_problems(part, frames[part.office], survey, round)
    tolerated = all("shared_governorate" in survey.offices[part.office].tolerate for part in parts)
    problems += shared_places(frames, round, tolerated)
    for part in parts:
        part.report.contribution(frames[part.office])
    known = survey.config.known_of_selected
    selected = selected_households(parts, frames, round, known)
    return _Made(parts, stack(frames, survey.variables), selected), problems
