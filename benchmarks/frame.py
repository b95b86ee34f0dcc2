"""A random sample in the shape of `people`, for measuring: no survey's data, and no likeness to any."""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from lfs.calibrated import Calibration
from lfs.metadata import Survey
from lfs.metadata.controls import Controls, Margin
from lfs.metadata.weighting import CalibrationRule
from lfs.weight import auxiliaries, calibrate

HOUSEHOLDS_PER_PSU = 10
PERSONS_PER_HOUSEHOLD = 6
# About 120 controls of persons, one weight a household.
MARGINS = (("governorate", "urban_rural"), ("region", "sex", "age_5"), ("governorate", "sex"))

# Those of the plan that peers estimate as well: others would take R and svy hours.
RATES = (
    "participation_rate",
    "employment_to_population_ratio",
    "unemployment_rate",
    "informal_employment_rate",
    "informal_sector_rate",
)


def few_rates(survey: Survey) -> Survey:
    """The survey with RATES only, by every breakdown that the plan has for all of them."""
    fewer = replace(survey, indicators=MappingProxyType({name: survey.indicators[name] for name in RATES}))
    common = {name: of for name, of in survey.breakdowns.items() if all(name in fewer.plan[rate] for rate in RATES)}
    return replace(fewer, breakdowns=MappingProxyType(common))


def random_people(survey: Survey, households: int, seed: int = 1) -> pd.DataFrame:
    """People of one round with the columns that RATES and the survey's breakdowns read; others: for_whole_plan."""
    random = np.random.default_rng(seed)
    size = random.poisson(PERSONS_PER_HOUSEHOLD - 1, households) + 1
    household = np.repeat(np.arange(households), size)
    psu = household // HOUSEHOLDS_PER_PSU
    persons, psus = len(household), psu[-1] + 1
    governorates = survey.variables["governorate"].codes()
    stratum_of_psu = np.sort(random.integers(0, 2 * len(governorates), psus))
    stratum = stratum_of_psu[psu]
    psu_effect = random.normal(0, 0.3, psus)[psu]
    age = random.integers(0, 80, persons)
    working_age = age >= survey.config.working_age
    labour_force = working_age & (random.random(persons) < 0.4 + 0.2 * psu_effect)
    unemployed = labour_force & (random.random(persons) < 0.16 + 0.1 * psu_effect)
    employed = labour_force & ~unemployed
    concepts = {
        "labour_force": labour_force,
        "employed": employed,
        "unemployed": unemployed,
        "outside_labour_force": working_age & ~labour_force,
    }
    informal = {
        "informal_employment": random.random(persons) < 0.66,
        "informal_sector": random.random(persons) < 0.54,
    }
    people = pd.DataFrame(
        {
            "round": _words(["2021H2"], np.zeros(persons, dtype=int)),
            "office": _words(["office"], np.zeros(persons, dtype=int)),
            "household": [f"{number:07d}" for number in household],
            "person": [f"{number:08d}" for number in range(persons)],
            "stratum": _words([f"s{number:02d}" for number in range(2 * len(governorates))], stratum),
            "psu": _words([f"{number:06d}" for number in range(psus)], psu),
            "weight": random.gamma(8, 30, households)[household],
            "governorate": _words(governorates, stratum // 2),
            "urban_rural": _words(["urban", "rural"], stratum % 2),
            "working_age": pd.array(working_age, dtype="boolean"),
        }
    )
    for name, values in concepts.items():
        people[name] = _within(values, working_age)
    for name, values in informal.items():
        people[name] = _within(values, employed)
    for name in (*survey.breakdown_variables, *(name for names in MARGINS for name in names)):
        if name not in people:
            people[name] = _category(survey, name, people, age, working_age, random)
    return people.astype(dict.fromkeys(("household", "person"), "str"))


def for_whole_plan(people: pd.DataFrame, survey: Survey, seed: int = 3) -> pd.DataFrame:
    """The same people with every column that any indicator of the plan reads, each within its declared universe.

    Columns are drawn one by one: what is true of a column alone (its universe, its codes, its range) holds, what ties
    columns together (age to youth, hours to long hours) does not.
    """
    random = np.random.default_rng(seed)
    made = {name: people[name] for name in people}

    def draw(name: str) -> pd.Series:
        if name not in made:
            variable = survey.variables[name]
            values: pd.Series
            if variable.type == "boolean":
                values = pd.Series(pd.array(random.random(len(people)) < 0.4, dtype="boolean"))
            elif variable.range:
                low, high = variable.range
                values = pd.Series(np.clip(np.round(low + random.gamma(4, 10, len(people))), low, high))
            else:
                values = _category(survey, name, people, np.zeros(0), np.zeros(0), random)
            values.index = people.index
            made[name] = values.where(draw(variable.universe).fillna(False)) if variable.universe else values
        return made[name]

    for indicator in survey.indicators.values():
        for name in indicator.columns():
            draw(name)
    return pd.DataFrame(made)


@dataclass(frozen=True)
class CalibratedPeople:
    """people: with calibrated weights; margin: (persons, margins) number of the control in which a person counts, or
    -1; base: (persons,) weight before."""

    people: pd.DataFrame
    calibration: Calibration
    margin: np.ndarray
    base: np.ndarray


def calibrated_people(people: pd.DataFrame, seed: int = 2) -> CalibratedPeople:
    """The people calibrated, by the linear method, to the totals that other weights of the same people give."""
    random = np.random.default_rng(seed)
    households = pd.factorize(people["household"])[0]
    base = people["weight"].to_numpy()
    true = base * random.uniform(0.7, 1.4, households.max() + 1)[households]
    margins, codes, first = [], [], 0
    for names in MARGINS:
        number = people.groupby(list(names), observed=True, dropna=True).ngroup().fillna(-1).to_numpy(dtype=int)
        keys = people[list(names)][number >= 0].assign(number=number[number >= 0]).drop_duplicates("number")
        keys = keys.sort_values("number")
        totals = np.bincount(number[number >= 0], weights=true[number >= 0])
        totals_of = dict(zip(keys[list(names)].itertuples(index=False, name=None), totals.tolist(), strict=True))
        margins.append(Margin(" x ".join(names), names, "persons", totals_of, dict.fromkeys(totals_of, 1)))
        codes.append(np.where(number >= 0, number + first, -1))
        first += len(totals)
    auxiliary = auxiliaries(people, Controls("benchmark", tuple(margins)), base)
    of_household = np.zeros(len(auxiliary.names))
    of_household[auxiliary.unit] = base
    made = calibrate(auxiliary, of_household, CalibrationRule(method="linear"))
    weighted = people.assign(weight=made.weight_of_persons)
    return CalibratedPeople(weighted, made, np.column_stack(codes), base)


def _category(
    survey: Survey,
    name: str,
    people: pd.DataFrame,
    age: np.ndarray,
    working_age: np.ndarray,
    random: np.random.Generator,
) -> pd.Series:
    variable = survey.variables[name]
    codes = variable.codes()
    if variable.bands:
        position = np.full(len(people), -1)
        for number, (low, high) in enumerate(variable.bands.values()):
            position[(age >= low) & (age <= high) & working_age] = number
    elif variable.of == "governorate":
        group = {member: number for number, members in enumerate(variable.groups.values()) for member in members}
        position = people["governorate"].map(group).to_numpy()
    else:
        position = np.minimum(random.geometric(0.5, len(people)) - 1, len(codes) - 1)
    return pd.Series(_words([*codes, None], position), index=people.index)


def _within(values: np.ndarray, universe: np.ndarray) -> pd.array:
    return pd.array(np.where(universe, values, None), dtype="boolean")


def _words(words: list, positions: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(words), dtype="str").take(positions)
