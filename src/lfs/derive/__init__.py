"""derive: the concepts of the field, from answers in one vocabulary to people; one module a subject.

universes, labour_force, status_in_employment, informality, displacement: functions named after the column they make.
groupings: bands and groups that the dictionary declares. lineage: what is made from what. settle: not applicable and
not stated. supplied, agreement: concepts that an office delivers ready-made, and how ours agree with them.
"""

import pandas as pd

from lfs.derive.lineage import concepts, order, unavailable
from lfs.derive.people import make_people
from lfs.metadata import Survey

__all__ = ["concepts", "derive", "make_people", "order", "unavailable"]


def derive(answers: pd.DataFrame, survey: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The people of one round and the quality rows of this step, by the survey's dictionary and settings.

    `answers` is what harmonise makes: one row a person, keys, design columns and answers in the survey's vocabulary.
    What an office declares unavailable in that round is not taken for an empty answer. Raises SurveyError.
    """
    name = str(answers["round"].iloc[0])
    not_asked = {
        office: [
            variable for variable, entry in declared.variables.items() if entry.at(name, survey.round_names).unavailable
        ]
        for office, declared in survey.offices.items()
        if name in survey.round_names
    }
    return make_people(answers, survey.variables, survey.config.model_dump(), not_asked)
