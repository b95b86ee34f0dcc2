"""What is declared, as frozen, checked objects: the survey, its dictionary, indicators, breakdowns, offices, rounds.

Imports nothing else of this library. What a user can mend is raised as SurveyError.
"""

from lfs.metadata.errors import SurveyError
from lfs.metadata.survey import Survey, load_survey
from lfs.metadata.yaml import Declared, nearest, read_source, read_yaml

__all__ = ["Declared", "Survey", "SurveyError", "load_survey", "nearest", "read_source", "read_yaml"]
