"""One country, both of its populations and one pair of rounds, made once for all tests of the invented survey."""

from dataclasses import replace
from pathlib import Path

import pytest

from lfs.metadata import Survey, load_survey
from lfs.synthesise import Sample, invent
from lfs.synthesise import country as invented_country
from lfs.synthesise.population import Country, Population

REPOSITORY = Path(__file__).parents[2]


def with_synthesis(survey: Survey, **settings: int) -> Survey:
    """The survey with another seed or number of households."""
    synthesis = survey.config.synthesis
    assert synthesis is not None
    return replace(survey, config=survey.config.model_copy(update={"synthesis": synthesis.model_copy(update=settings)}))


@pytest.fixture(scope="session")
def survey() -> Survey:
    return load_survey(REPOSITORY)


@pytest.fixture(scope="session")
def country(survey: Survey) -> Country:
    return invented_country(survey)


@pytest.fixture(scope="session")
def population(country: Country) -> Population:
    return country.population(0)


@pytest.fixture(scope="session")
def a_year_later(country: Country) -> Population:
    return country.population(1)


@pytest.fixture(scope="session")
def samples(survey: Survey) -> dict[str, Sample]:
    """Both rounds at a quarter of the usual size."""
    return invent(with_synthesis(survey, households=4000))
