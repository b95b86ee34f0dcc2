"""The invented population of a round: everyone's status, informality and displacement, before any sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats, Units
from lfs.synthesise.frame import WORKING_AGE, Frame, build_frame
from lfs.synthesise.households import RELATIONSHIPS, SLOTS, YEARS_SINCE_FLIGHT, Members
from lfs.synthesise.targets import (
    AGE_GROUPS,
    FORMAL_JOBS_IN_INFORMAL_SECTOR,
    CellRates,
    fit_rates,
    indicators,
    working_age_target,
)

Mask = NDArray[np.bool_]
STATUSES = ("employed", "unemployed", "outside_labour_force")
DISPLACEMENTS = ("refugee", "idp_in_camp", "idp_out_of_camp", "returnee", "not_displaced")
_DECADES = np.array([25, 35, 45, 55, 65])
IDP_HOUSEHOLD, _RETURNEE_HOUSEHOLD = 2, 3
_YEARS_SINCE_RETURN = 3  # before the first round: younger children were never displaced


@dataclass
class Population:
    """Everyone in the frame's households in one round, by position in members.

    home: position of the household in the frame. status: position in STATUSES, -1 below working age. informal_job,
    informal_sector: only true for the employed.
    displacement: position in DISPLACEMENTS. national: has the country's citizenship. worked_earlier: was employed in
    the population of an earlier year, from the first round on.
    """

    frame: Frame
    years: int
    members: Members
    home: NDArray[np.int32]
    status: NDArray[np.int8]
    informal_job: Mask
    informal_sector: Mask
    displacement: NDArray[np.int8]
    national: Mask
    worked_earlier: Mask

    def people(self) -> pd.DataFrame:
        """One row a person of working age, with the breakdown variables, the true status, and what each stands for."""
        adult = self.status >= 0
        psu = self.frame.psu[self.home[adult]]
        columns = self.frame.psus[["governorate", "region", "urban_rural", "place"]].iloc[psu].reset_index(drop=True)
        age = self.members.age[adult]
        columns["sex"] = np.where(self.members.sex[adult] == 0, "male", "female")
        columns["age_youth"] = np.where(age < 25, "15-24", "25+")
        columns["age_10"] = np.array(AGE_GROUPS, dtype=object)[np.searchsorted(_DECADES, age, side="right")]
        columns["labour_force_status"] = np.array(STATUSES, dtype=object)[self.status[adult]]
        columns["informal_employment"] = self.informal_job[adult]
        columns["informal_sector"] = self.informal_sector[adult]
        columns["displacement"] = np.array(DISPLACEMENTS, dtype=object)[self.displacement[adult]]
        columns["persons"] = self.frame.copies
        return columns


class Country:
    """The frame and the rates of its cells, from which the population of any year follows."""

    def __init__(self, chance: Chance, published: pd.DataFrame, copies: int) -> None:
        self.chance = chance
        self.frame = build_frame(chance, working_age_target(published), copies)
        self.rates = fit_rates(self._cells(self.frame.members, self.frame.at)[1], published)

    def population(self, years: int) -> Population:
        """The population the given number of years after the first round.

        ASSUME In the invented population of later rounds participation rises by 0.02 and unemployment falls by 0.06 in
        log-odds a year; most people keep their status from one year to the next, one in two hundred dies, and women of
        18 to 40 in couples bear 0.24 children a year.
        """
        members = _years_later(self.chance, self.frame.members, years)
        at = np.searchsorted(self.frame.household, members.household).astype(np.int32)
        cell, cells = self._cells(members, at)
        rates = self.rates.moved(0.02 * years, -0.06 * years, -0.02 * years)
        national, displacement = _displacement(self.chance, self.frame, members, at, years)
        adult = members.age >= WORKING_AGE
        shift = _shifts(displacement[adult], members.relationship[adult])
        score = _Scores(self.chance, self.frame, members.person[adult], at[adult], years)
        status = np.full(len(members.age), -1, dtype=np.int8)
        informal_job = np.zeros(len(status), dtype=bool)
        informal_sector = np.zeros(len(status), dtype=bool)
        status[adult], informal_job[adult], informal_sector[adult] = _assign(cell, cells, rates, score, shift)
        earlier = self._worked_earlier(members, years)
        return Population(
            self.frame, years, members, at, status, informal_job, informal_sector, displacement, national, earlier
        )

    def _worked_earlier(self, members: Members, years: int) -> Mask:
        """Who was employed in any earlier year since the first round."""
        if years == 0:
            return np.zeros(len(members.age), dtype=bool)
        before = self.population(years - 1)
        worked = before.members.person[(before.status == 0) | before.worked_earlier]
        return np.isin(members.person, worked, assume_unique=True)

    def _cells(self, members: Members, at: NDArray[np.int32]) -> tuple[Units, pd.DataFrame]:
        """The cell of every person of working age, and one row a cell."""
        adult = members.age >= WORKING_AGE
        psus = self.frame.psus
        strata = psus.drop_duplicates("stratum").reset_index(drop=True)
        stratum = pd.Categorical(psus["stratum"], categories=strata["stratum"]).codes.astype(np.int64)
        decade = np.searchsorted(_DECADES, members.age[adult], side="right")
        cell = (stratum[self.frame.psu[at[adult]]] * 2 + members.sex[adult]) * len(AGE_GROUPS) + decade
        index = np.arange(len(strata) * 2 * len(AGE_GROUPS))
        columns = ["place", "urban_rural", "governorate", "region", "participation", "unemployment"]
        cells = strata[columns].iloc[index // (2 * len(AGE_GROUPS))].reset_index(drop=True)
        cells["sex"] = np.where(index // len(AGE_GROUPS) % 2 == 0, "male", "female")
        cells["age_10"] = np.array(AGE_GROUPS, dtype=object)[index % len(AGE_GROUPS)]
        cells["age_youth"] = np.where(index % len(AGE_GROUPS) == 0, "15-24", "25+")
        cells["persons"] = np.bincount(cell, minlength=len(cells))
        return cell, cells


class _Scores:
    """Standard scores that rank the people of a cell: alike within a PSU and a household, mostly kept over years."""

    def __init__(self, chance: Chance, frame: Frame, person: Units, at: NDArray[np.int32], years: int) -> None:
        self.chance, self.frame, self.person, self.at, self.years = chance, frame, person, at, years

    def of(self, purpose: str, psu_share: float, household_share: float, kept: float) -> Floats:
        """A score whose variance is one: shares of PSU and household, and the correlation a year apart."""
        psu = self.chance.normal(self.frame.psus["serial"].to_numpy(), f"{purpose} of the PSU")
        household = self.chance.normal(self.frame.household, f"{purpose} of the household")
        lasting = self.chance.normal(self.person, f"{purpose} of the person")
        passing = self.chance.normal(self.person, f"{purpose} in year {self.years}")
        own = np.sqrt(kept) * lasting + np.sqrt(1 - kept) * passing
        share = 1 - psu_share - household_share
        return (
            np.sqrt(psu_share) * psu[self.frame.psu[self.at]]
            + np.sqrt(household_share) * household[self.at]
            + np.sqrt(share) * own
        )


def _assign(
    cell: Units, cells: pd.DataFrame, rates: CellRates, score: _Scores, shift: dict[str, Floats]
) -> tuple[NDArray[np.int8], Mask, Mask]:
    """Statuses by rank within each cell, in exactly the number that its rates ask for (rounded in running sums)."""
    expected = indicators(cells["persons"].to_numpy(dtype=float), rates)
    in_labour_force = _highest(
        score.of("participation", 0.05, 0.05, 0.85) + shift["participation"], cell, expected["labour_force"]
    )
    unemployed = np.zeros(len(cell), dtype=bool)
    inside = np.flatnonzero(in_labour_force)
    unemployment = score.of("unemployment", 0.07, 0.08, 0.75) + shift["unemployment"]
    unemployed[inside] = _highest(unemployment[inside], cell[inside], expected["unemployed"])
    employed = in_labour_force & ~unemployed
    informal = np.zeros(len(cell), dtype=bool)
    inside = np.flatnonzero(employed)
    informality = score.of("informality", 0.06, 0.10, 0.92) + shift["informality"]
    informal[inside] = _highest(informality[inside], cell[inside], expected["informal_employment"])
    sector_score = score.of("sector", 0.05, 0.10, 0.92) + shift["sector"]
    sector = np.zeros(len(cell), dtype=bool)
    inside = np.flatnonzero(informal)
    sector[inside] = _highest(sector_score[inside], cell[inside], expected["informal_employment"] * rates.sector)
    formal = expected["employed"] - expected["informal_employment"]
    inside = np.flatnonzero(employed & ~informal)
    sector[inside] = _highest(sector_score[inside], cell[inside], formal * FORMAL_JOBS_IN_INFORMAL_SECTOR)
    status = np.where(employed, 0, np.where(unemployed, 1, 2)).astype(np.int8)
    return status, informal, sector


def _highest(score: Floats, cell: Units, wanted: Floats) -> Mask:
    """The highest scores of every cell, as many as wanted, rounded so that running totals stay within one."""
    quota = np.diff(np.round(np.cumsum(wanted)), prepend=0.0)
    order = np.argsort(cell * 64.0 - np.clip(score, -30, 30))
    first = np.searchsorted(cell[order], np.arange(len(wanted)))
    rank = np.arange(len(cell)) - first[cell[order]]
    chosen = np.zeros(len(cell), dtype=bool)
    chosen[order] = rank < quota[cell[order]]
    return chosen


def _shifts(displacement: NDArray[np.int8], relationship: NDArray[np.int8]) -> dict[str, Floats]:
    """What displacement adds to a person's scores; resident domestic workers are always in informal employment.

    ASSUME Displaced people in the invented population are more often unemployed and informal than their neighbours of
    the same governorate, sex and age (0.2 to 1.2 standard deviations); no official figure by displacement exists.
    """
    displaced = {
        "participation": (0.10, -0.30, 0.0, 0.0, 0.0),
        "unemployment": (0.30, 0.60, 0.40, 0.15, 0.0),
        "informality": (1.20, 0.60, 0.50, 0.05, 0.0),
        "sector": (0.30, 0.20, 0.10, 0.0, 0.0),
    }
    domestic = {"participation": 20.0, "unemployment": -20.0, "informality": 20.0, "sector": -20.0}
    lives_in = relationship == RELATIONSHIPS.index("domestic_worker")
    return {name: np.array(values)[displacement] + domestic[name] * lives_in for name, values in displaced.items()}


def _displacement(
    chance: Chance, frame: Frame, members: Members, at: NDArray[np.int32], years: int
) -> tuple[Mask, NDArray[np.int8]]:
    household = frame.displaced[at]
    camp = (frame.psus["place"] == "camp").to_numpy()[frame.psu[at]]
    servant = members.relationship == RELATIONSHIPS.index("domestic_worker")
    foreign = (household == 1) & ~chance.happens(members.person, "national in a refugee household", 0.02)
    age_then = members.age - years
    idp = (household == IDP_HOUSEHOLD) & (age_then >= YEARS_SINCE_FLIGHT) & ~servant
    returnee = (household == _RETURNEE_HOUSEHOLD) & (age_then >= _YEARS_SINCE_RETURN) & ~servant
    kinds = [foreign & ~servant, idp & camp, idp, returnee]
    return ~(foreign | servant), np.select(kinds, [0, 1, 2, 3], 4).astype(np.int8)


def _years_later(chance: Chance, members: Members, years: int) -> Members:
    """The same people, aged; without those who died, with those who were born."""
    if years == 0:
        return members
    alive = np.ones(len(members.age), dtype=bool)
    born = []
    last_line = pd.Series(members.line).groupby(members.household).transform("max").to_numpy()
    for year in range(1, years + 1):
        age = members.age + year
        rate = np.where(age < 2, 0.01, 0.0008 * np.exp(np.clip(age - 25, 0, 75) * 0.075))
        alive &= ~chance.happens(members.person, f"death {year}", rate)
        mother = (members.sex == 1) & (members.marital == 1) & (age >= 18) & (age <= 40) & (members.relationship <= 1)
        mother &= chance.happens(members.person, f"birth {year}", 0.24)
        household = members.household[mother]
        girl = chance.happens(household, f"girl {year}", 0.487)
        count = len(household)
        born.append(
            Members(
                household * SLOTS + 40 + year % 20, household, (last_line[mother] + year).astype(np.int8),
                np.full(count, 2, np.int8), girl.astype(np.int8), np.full(count, years - year, np.int16),
                np.zeros(count, np.int8),
            )
        )  # fmt: skip
    head = members.relationship == RELATIONSHIPS.index("reference_person")
    first = np.cumsum(head) - 1  # every household has one reference person, on its first line
    alive |= head & (np.bincount(first, weights=alive)[first] == 0)  # no household dies out
    older = members.where(alive)
    older.age = (older.age + years).astype(np.int16)
    parts = [older, *born]
    both = Members(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(members)})
    order = np.lexsort((both.line, both.household))
    return both.where(order)
