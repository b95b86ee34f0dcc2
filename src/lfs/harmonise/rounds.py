"""A round harmonised, and all rounds checked."""

import pandas as pd

from lfs.harmonise.offices import Part, harmonise_office
from lfs.harmonise.report import quality_table
from lfs.harmonise.stack import key_problems, shared_places, stack, with_keys
from lfs.metadata import Survey, SurveyError, nearest


def harmonise(survey: Survey, round: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The delivered files of a round as one table in the dictionary's vocabulary, and the quality table of that.

    Answers have one row a person of a complete interview: keys that carry the office, design, every asked variable that
    some office of the round has, and concepts that an office supplies. Categories are text (`not_stated` for a
    no-answer code, NA where the file is empty), integers Int64, other numbers float64. Offices without a row in
    rounds.csv are simply not there. Raises SurveyError with every problem of the round.
    """
    if round not in survey.round_names:
        raise SurveyError(f"config/rounds.csv has no round '{round}'{nearest(round, survey.round_names)}")
    answers, parts, problems = _round(survey, round)
    if problems:
        raise SurveyError(*problems)
    return answers, quality_table([part.report for part in parts])


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
        problems += _round(survey, round)[2]
    return problems


def _round(survey: Survey, round: str) -> tuple[pd.DataFrame, list[Part], list[str]]:
    parts = [harmonise_office(survey, row) for row in survey.rounds if row.round == round]
    problems = [problem for part in parts for problem in part.problems]
    if problems:
        return pd.DataFrame(), parts, problems
    frames = {part.office: with_keys(part, round) for part in parts}
    for part in parts:
        problems += key_problems(part, frames[part.office], survey, round)
    tolerated = all("shared_governorate" in survey.offices[part.office].tolerate for part in parts)
    problems += shared_places(frames, round, tolerated)
    for part in parts:
        part.report.contribution(frames[part.office])
    return stack(frames, survey.variables), parts, problems
