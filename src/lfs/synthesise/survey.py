"""The invented survey: a round's draw from the population, the visits, and the answers of those who responded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.variables import Variable
from lfs.synthesise.answers import People, fill_in
from lfs.synthesise.answers.people import NO_ANSWER, Texts, asked_of
from lfs.synthesise.chance import Chance, Floats
from lfs.synthesise.households import FEMALE, MARITAL_STATUSES, RELATIONSHIPS
from lfs.synthesise.population import DISPLACEMENTS, IDP_HOUSEHOLD, STATUSES, Population
from lfs.synthesise.response import final_weights, results
from lfs.synthesise.sample import draw_households, draw_psus

_PLACE = ["office", "stratum", "psu", "household_number"]
_WHERE = ["governorate", "urban_rural", "in_camp", "settlement"]
_PROBABILITIES = ["probability_psu", "probability_household"]


@dataclass(frozen=True)
class Sample:
    """One round of the invented survey.

    persons: one row a person of a responding household, answers in the dictionary's vocabulary (missing: not asked;
    not_stated, or -1 for a number: no answer). households: one row a selected household with its result.
    truth: true statuses of the persons, row by row; nothing of it is ever delivered.
    """

    round: str
    persons: pd.DataFrame
    households: pd.DataFrame
    truth: pd.DataFrame


def interview(
    chance: Chance, population: Population, survey: Survey, name: str, turn: int, repetition: int = 0
) -> Sample:
    """Draws a round's sample from the population, visits the households and fills in the forms.

    chance: the population's; turn: the place of the round among the rounds, from 0; repetition: another independent
    draw from the same population under the same design.
    """
    synthesis = survey.config.synthesis
    households = select(chance, population, synthesis.households if synthesis else 0, name, turn, repetition)
    year = next(row.start.year for row in survey.rounds if row.round == name)
    people, row = _people(chance, population, households, survey.config.hours_threshold, name, year)
    fill_in(people)
    persons = _persons(people, households.iloc[row].reset_index(drop=True), population, survey, name)
    truth = pd.DataFrame(
        {
            "true_labour_force_status": _status(people),
            "true_informal_employment": pd.Series(people.informal_job).astype("boolean").where(people.employed),
            "true_informal_sector": pd.Series(people.informal_sector).astype("boolean").where(people.employed),
            "true_displacement": people.displacement,
        }
    )
    return Sample(name, persons, households.drop(columns=["at", "household", "place", "region"]), truth)


def select(
    chance: Chance, population: Population, size: int, name: str, turn: int, repetition: int = 0
) -> pd.DataFrame:
    """One row a selected household: where it is, its selection probabilities, its result and its final weight.

    at is its position in the frame. Arguments as for interview; size is the number of households to select.
    """
    draw = chance.within(f"draw {repetition}")
    drawn = draw_households(draw, population.frame, draw_psus(draw, population.frame, size, turn))
    frame = population.frame
    at = drawn["at"].to_numpy()
    psu = frame.psus.iloc[frame.psu[at]].reset_index(drop=True)
    table = pd.DataFrame({"round": name, "office": psu["office"], "stratum": psu["stratum"], "psu": psu["psu"]})
    table["household_number"] = frame.number[at].astype(int)
    for column in ("governorate", "urban_rural", "settlement", "place", "region"):
        table[column] = psu[column]
    table["in_camp"] = np.where(psu["place"] == "camp", "yes", "no")
    for column in _PROBABILITIES:
        table[column] = drawn[column]
    table["at"] = at
    table["household"] = frame.household[at]
    living = np.bincount(population.home, minlength=len(frame.household))
    table["listed_size"] = living[at]
    table["result"] = results(draw.within(name), table)
    table["members"] = np.where(table["result"] == "complete", table["listed_size"], 0)
    table["weight"] = final_weights(table)
    return table


def _people(
    chance: Chance, population: Population, households: pd.DataFrame, hours_threshold: float, name: str, year: int
) -> tuple[People, np.ndarray]:
    """The members of the responding households, and the row of households that each lives in."""
    row_of = np.full(len(population.frame.household), -1)
    complete = np.flatnonzero(households["result"] == "complete")
    row_of[households["at"].to_numpy()[complete]] = complete
    chosen = np.flatnonzero(row_of[population.home] >= 0)
    row = row_of[population.home[chosen]]
    members = population.members
    status = population.status[chosen]
    home = households.iloc[row]
    people = People(
        lasting=chance.within("answers"),
        passing=chance.within("answers", name),
        hours_threshold=hours_threshold,
        person=members.person[chosen],
        age=members.age[chosen].astype(np.int64),
        woman=members.sex[chosen] == FEMALE,
        relationship=np.array(RELATIONSHIPS, dtype=object)[members.relationship[chosen]],
        marital=np.array(MARITAL_STATUSES, dtype=object)[members.marital[chosen]],
        employed=status == 0,
        unemployed=status == 1,
        outside=status == 2,
        informal_job=population.informal_job[chosen],
        informal_sector=population.informal_sector[chosen],
        displacement=np.array(DISPLACEMENTS, dtype=object)[population.displacement[chosen]],
        national=population.national[chosen],
        urban=(home["urban_rural"] == "urban").to_numpy(),
        kri=(home["region"] == "kri").to_numpy(),
        in_camp=(home["in_camp"] == "yes").to_numpy(),
        year=year,
        years=population.years,
        worked_earlier=population.worked_earlier[chosen],
        family_displaced=population.frame.displaced[population.home[chosen]] == IDP_HOUSEHOLD,
    )
    return people, row


def _status(people: People) -> Texts:
    status = np.full(len(people), None, dtype=object)
    for name, who in zip(STATUSES, (people.employed, people.unemployed, people.outside), strict=True):
        status[who] = name
    return status


def _persons(people: People, home: pd.DataFrame, population: Population, survey: Survey, name: str) -> pd.DataFrame:
    line = population.members.line[np.searchsorted(population.members.person, people.person)]
    columns: dict[str, object] = {"round": name}
    columns |= {column: home[column] for column in _PLACE}
    columns["line"] = line.astype(int)
    columns |= {column: home[column] for column in [*_PROBABILITIES, "weight"]}
    columns |= {column: home[column].astype("category") for column in _WHERE}
    columns |= {question: _typed(question, given, survey.variables) for question, given in people.answers.items()}
    return pd.DataFrame(columns)


def _typed(question: str, given: Texts | Floats, variables: Mapping[str, Variable]) -> object:
    """Categories in the dictionary's order for answers in words, numbers as they are."""
    if given.dtype != object:
        return given.astype(float)
    asked = np.flatnonzero(asked_of(given))
    words = given[asked].tolist()
    declared = list(variables[question].codes()) if question in variables else ["yes", "no"]
    codes = [*(declared or sorted({*words} - {NO_ANSWER})), NO_ANSWER]
    place = {code: position for position, code in enumerate(codes)}
    positions = np.full(len(given), -1, dtype=np.int64)
    positions[asked] = [place[word] for word in words]
    return pd.Categorical.from_codes(positions, categories=pd.Index(codes))
