"""derive: the concepts of the field, from answers in one vocabulary to people; one module a subject.

universes, labour_force, status_in_employment, informality, displacement: functions named after the column they make.
groupings: bands and groups that the dictionary declares. lineage: what is made from what;
lineage_tree: the same, printed. settle: not applicable and
not stated. supplied, agreement: concepts that an office delivers ready-made, and how ours agree with them.
"""

import pandas as pd

from lfs.derive.dictionary_check import dictionary_problems
from lfs.derive.dictionary_page import concepts_page, shares_not_stated
from lfs.derive.lineage import concepts, order, unavailable
from lfs.derive.lineage_tree import as_dot, as_text, lineage_of
from lfs.derive.people import make_people
from lfs.metadata import Survey

__all__ = [
    "as_dot",
    "as_text",
    "concepts",
    "concepts_page",
    "derive",
    "dictionary_problems",
    "lineage_of",
    "make_people",
    "order",
    "shares_not_stated",
    "unavailable",
]


def derive(answers: pd.DataFrame, survey: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The people of one round and the quality rows of this step, by the survey's dictionary and settings.

    `answers` is what harmonise makes: one row a person, keys, design columns and answers in the survey's vocabulary.
    What an office does not answer for in that round is not taken for an empty answer. Raises SurveyError.
    """
    not_asked = {office: _not_answered(survey, office, round) for round, office in _offices(answers)}
    return make_people(answers, survey.variables, survey.config.model_dump(), not_asked)


def _offices(answers: pd.DataFrame) -> list[tuple[str, str]]:
    return list(answers[["round", "office"]].drop_duplicates().itertuples(index=False, name=None))


def _not_answered(survey: Survey, office: str, round: str) -> list[str]:
    """Variables that the office declares unavailable in that round, and concepts that it does not supply."""
    if office not in survey.offices or round not in survey.round_names:
        return []
    entries = survey.offices[office].variables
    answered = {name for name, entry in entries.items() if entry.at(round, survey.round_names).unavailable is None}
    return [
        name
        for name in survey.variables
        if name not in answered and survey.variables[name].kind not in ("key", "design")
    ]
