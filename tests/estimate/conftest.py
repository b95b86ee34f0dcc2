"""The survey of the repository's root, whose indicators and breakdowns the tests estimate."""

from pathlib import Path

import pandas as pd
import pytest
from benchmarks.frame import random_people

from lfs.metadata import Survey, load_survey


@pytest.fixture(scope="session")
def survey() -> Survey:
    return load_survey(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def people(survey: Survey) -> pd.DataFrame:
    """About 1,800 made-up persons of 30 PSUs in 36 strata' numbers, so that some strata hold one PSU."""
    return random_people(survey, households=300)
