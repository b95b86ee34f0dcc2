"""Samples for the study of coverage: drawn, answered and weighted anew from one population whose every figure is known.

A sample is a round of the invented survey under its real design. Which households answer is drawn anew in each
repetition; the statuses of those who do are the true ones of the census, so that what is left is sampling error.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.calibrated import Calibration
from lfs.metadata import Survey, SurveyError
from lfs.metadata.controls import Controls, read_controls
from lfs.metadata.weighting import Weighting
from lfs.synthesise import country as invented_country
from lfs.synthesise import synthetic_rounds
from lfs.synthesise.answers import fill_in
from lfs.synthesise.census import census
from lfs.synthesise.chance import Chance
from lfs.synthesise.population import Population
from lfs.synthesise.survey import blank_forms, select
from lfs.weight import weight

AT_ONCE = 50_000
MONTHS = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "year": 1 / 12}

COVERED = (
    "working_age_population", "labour_force", "employed", "unemployed", "outside_labour_force", "informal_employment",
    "informal_sector", "participation_rate", "employment_to_population_ratio", "unemployment_rate",
    "informal_employment_rate", "informal_sector_rate",
)  # fmt: skip
"""Counts and rates whose limits are studied, besides medians."""


@dataclass(frozen=True)
class Country:
    """The population of one round, ready to be sampled again and again.

    census: everyone, in order of household; first: (households + 1,) where each household's members begin in it.
    """

    survey: Survey
    chance: Chance
    population: Population
    census: pd.DataFrame
    first: NDArray[np.int64]
    round: str
    turn: int
    households: int
    rule: Weighting
    controls: Controls


@dataclass(frozen=True)
class Weighted:
    """One sample: the persons of the answering households with their calibrated weights, the weights that the offices
    deliver (nothing calibrated), and what the variance must know of the calibration."""

    people: pd.DataFrame
    delivered: NDArray[np.float64]
    calibration: Calibration


def prepare(survey: Survey, households: int | None = None) -> Country:
    """The population of the first invented round with its census, usual hours, monthly pay, and control totals.

    households: how many a sample selects, those of config.yaml unless given. Raises SurveyError where config.yaml
    declares no synthesis or no calibration.
    """
    synthesis, rule = survey.config.synthesis, survey.config.weighting
    if synthesis is None or rule is None or rule.calibration is None:
        raise SurveyError("config/config.yaml: coverage needs synthesis: and weighting: with a calibration")
    name = next(iter(synthetic_rounds(survey)))
    country = invented_country(survey)
    population = country.population(0)
    everyone = census(population, survey)
    survey = _known_of(survey, everyone)
    everyone = everyone.assign(**_numbers(country.chance, population, everyone, survey, name))
    first = np.searchsorted(population.home, np.arange(len(population.frame.household) + 1))
    controls = read_controls(survey.folder, name, survey.variables, rule.calibration.incomplete)
    return Country(
        survey, country.chance, population, everyone, first, name, 0, households or synthesis.households,
        rule, controls,
    )  # fmt: skip


def _known_of(survey: Survey, everyone: pd.DataFrame) -> Survey:
    """The survey with the indicators by the 19th ICLS and the breakdowns whose truth the population tells."""
    indicators = {
        name: each.model_copy(update={"standards": ("icls19",)})
        for name, each in survey.indicators.items()
        if name in COVERED and set(each.columns()) <= set(everyone.columns)
    }
    breakdowns = {name: by for name, by in survey.breakdowns.items() if set(by) <= set(everyone.columns)}
    return replace(survey, indicators=MappingProxyType(indicators), breakdowns=MappingProxyType(breakdowns))


def draw(country: Country, repetition: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The persons of the answering households, and all selected households, of one repetition of the sample."""
    selected = select(country.chance, country.population, country.households, country.round, country.turn, repetition)
    selected["household"] = selected["at"]
    answering = selected[selected["result"] == "complete"]
    at = answering["at"].to_numpy()
    begin, size = country.first[at], country.first[at + 1] - country.first[at]
    row = np.repeat(begin - (np.cumsum(size) - size), size) + np.arange(size.sum())
    people = country.census.iloc[row].reset_index(drop=True)
    of_household = answering[["weight", "probability_psu", "probability_household"]]
    home = np.repeat(np.arange(len(at)), size)
    people = people.assign(round=country.round, **{name: of_household[name].to_numpy()[home] for name in of_household})
    return people, selected


def weighted(country: Country, repetition: int) -> Weighted:
    """One sample with the weights that config.yaml declares, every step done again."""
    people, selected = draw(country, repetition)
    made = weight(people, country.rule, country.controls, selected)
    if made.calibration is None:
        raise SurveyError("config/config.yaml: coverage needs weighting: with a calibration")
    return Weighted(made.people, people["weight"].to_numpy(), made.calibration)


def _numbers(
    chance: Chance, population: Population, everyone: pd.DataFrame, survey: Survey, name: str
) -> dict[str, NDArray[np.float64]]:
    """Usual weekly hours of the employed and monthly pay of employees, as they would answer; empty without answer.

    Answers are drawn by person, so that everybody can fill in the form once, whoever is sampled later.
    """
    year = next(row.start.year for row in survey.rounds if row.round == name)
    hours, pay = np.full(len(everyone), np.nan), np.full(len(everyone), np.nan)
    for rows in np.array_split(employed := np.flatnonzero(population.status == 0), len(employed) // AT_ONCE + 1):
        people = blank_forms(chance, population, rows, survey.config.hours_threshold, name, year)
        fill_in(people)
        usual = np.asarray(people.answers["usual_hours_main"], dtype=np.float64)
        hours[rows] = np.where(usual >= 0, usual, np.nan)
        amount = np.asarray(people.answers["pay_amount"], dtype=np.float64)
        months = pd.Series(people.answers["pay_period"]).map(MONTHS).to_numpy(dtype=np.float64)
        pay[rows] = np.where(amount >= 0, amount, np.nan) * months
    return {"usual_hours": hours, "monthly_pay": pay}
