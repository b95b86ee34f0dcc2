"""The sampling frame: strata, PSUs with their counted households, and the people in them at the first round."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Units
from lfs.synthesise.country import strata
from lfs.synthesise.households import FEMALE, MALE, RELATIONSHIPS, Members, compose

HOUSEHOLD_RECORDS_A_PSU = 22
_CAMP_RECORDS_A_PSU = 12
_ROOM = 10_000_000  # household numbers of a stratum start at its own multiple of this
_OF_STRATUM = [
    "stratum", "place", "urban_rural", "governorate", "region", "office", "participation", "unemployment",
    "refugee_share", "idp_share", "returnee_share",
]  # fmt: skip
WORKING_AGE = 15


@dataclass
class Frame:
    """The country as it would be listed.

    psus: one row a PSU: psu, stratum, place and governorate columns, records (invented households), size (households
    counted in the frame = records x copies). households: arrays over invented households, ordered by PSU; psu is a
    position in psus, number the household's number in its PSU. members: everyone in them, ordered alike; at is the
    position of the member's household.
    """

    copies: int
    psus: pd.DataFrame
    household: Units
    psu: NDArray[np.int32]
    number: NDArray[np.int16]
    displaced: NDArray[np.int8]
    members: Members
    at: NDArray[np.int32]


def build_frame(chance: Chance, persons_of_working_age: float, copies: int) -> Frame:
    """Strata filled with households until each holds its share of the country's people of working age.

    ASSUME Every invented household stands for the same number of households of its PSU that answer alike (20 by
    default), so that the frame counts the whole country of 41 million while a fraction of it is held in memory.
    """
    table = strata()
    drafts = [_draft(chance, row, index, copies) for index, row in enumerate(table.to_dict("records"))]
    factor = persons_of_working_age / copies / sum(wanted for _, wanted in drafts)
    filled = [_filled(members, round(wanted * factor)) for members, wanted in drafts]
    parts = [_balanced(chance, members, share) for members, share in zip(filled, table["men"], strict=True)]
    members = Members(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
    households = [part.household[np.flatnonzero(np.diff(part.household, prepend=-1))] for part in parts]
    sizes = [_psu_sizes(chance, stratum, own) for stratum, own in zip(table["place"], households, strict=True)]
    psus = _psu_table(chance, table, sizes, [int(own[0]) for own in households], copies)
    household, records = np.concatenate(households), psus["records"].to_numpy()
    psu = np.repeat(np.arange(len(psus)), records)
    number = np.arange(len(household)) - np.repeat(np.cumsum(records) - records, records) + 1
    displaced = _displaced(chance, psus, household, psu)
    at = np.searchsorted(household, members.household).astype(np.int32)
    return Frame(copies, psus, household, psu.astype(np.int32), number.astype(np.int16), displaced, members, at)


def _draft(chance: Chance, stratum: Mapping[Hashable, Any], index: int, copies: int) -> tuple[Members, float]:
    """More households than the stratum needs, and how many persons of working age it needs before scaling."""
    persons = stratum["persons"] * 1000 / copies
    fertility = stratum["fertility"] * (1.09 if stratum["place"] == "rural" else 0.96)
    household = np.arange(int(persons / 4.4) + 60, dtype=np.int64) + index * _ROOM
    urban = np.full(len(household), stratum["place"] == "urban")
    members = compose(chance, household, np.full(len(household), fertility), urban)
    return members, float((members.age >= WORKING_AGE).mean() * persons)


def _filled(members: Members, wanted: int) -> Members:
    """The first households that together hold the wanted number of persons of working age."""
    running = np.cumsum(members.age >= WORKING_AGE)
    last = members.household[np.searchsorted(running, wanted)]
    return members.where(members.household <= last)


def _balanced(chance: Chance, members: Members, men: float) -> Members:
    """The members with exactly the given share of men among those of working age: grown children at home are recast.

    ASSUME Men are 50.4% of people of working age in every federal stratum of the invented frame and 50.0% in the
    Kurdistan Region, so that 50.3% come out for the country, as published for 2021.
    """
    adult = members.age >= WORKING_AGE
    wanted = round(men * adult.sum()) - int((members.sex[adult] == MALE).sum())
    out_of, into = (FEMALE, MALE) if wanted > 0 else (MALE, FEMALE)
    grown = adult & (members.relationship == RELATIONSHIPS.index("child")) & (members.marital == 0)
    candidates = np.flatnonzero(grown & (members.sex == out_of))
    order = np.argsort(chance.uniform(members.person[candidates], "recast"))
    members.sex[candidates[order[: abs(wanted)]]] = into
    return members


def _psu_sizes(chance: Chance, place: str, household: Units) -> Units:
    """Invented households of each PSU of a stratum.

    ASSUME The PSUs of the invented frame hold 300 to 600 listed households (camps about 240), varying by a quarter.
    """
    mean, spread = (_CAMP_RECORDS_A_PSU, 0.05) if place == "camp" else (HOUSEHOLD_RECORDS_A_PSU, 0.28)
    serial = np.arange(max(1, round(len(household) / mean))) + household[0]
    ends = np.cumsum(1 + spread * (2 * chance.uniform(serial, "PSU size") - 1))
    return np.diff(np.round(ends / ends[-1] * len(household)).astype(np.int64), prepend=0)


def _psu_table(chance: Chance, table: pd.DataFrame, sizes: list[Units], first: list[int], copies: int) -> pd.DataFrame:
    counts = [len(own) for own in sizes]
    within = np.concatenate([np.arange(count) for count in counts])
    psus = table[_OF_STRATUM].iloc[np.repeat(np.arange(len(table)), counts)].reset_index(drop=True)
    serial = within + np.repeat(first, counts)
    psus.insert(0, "psu", psus["stratum"] + pd.Series(within + 1).astype(str).str.zfill(5))
    centre = chance.happens(serial, "settlement", 0.68)
    psus["settlement"] = np.where(psus["place"] == "urban", np.where(centre, "centre_urban", "other_urban"), "rural")
    of_refugees = chance.uniform(serial, "camp") < psus["refugee_share"].to_numpy()
    psus["camp"] = np.where(psus["place"] != "camp", "none", np.where(of_refugees, "refugee", "idp"))
    psus["serial"] = serial
    psus["records"] = np.concatenate(sizes)
    psus["size"] = psus["records"] * copies
    return psus


def _displaced(chance: Chance, psus: pd.DataFrame, household: Units, psu: Units) -> NDArray[np.int8]:
    """0 none, 1 refugee, 2 idp, 3 returnee, for each household; outside camps the shares differ from PSU to PSU."""
    serial = psus["serial"].to_numpy()
    edges = np.zeros((len(psus), 3))
    for column, name in enumerate(("refugee_share", "idp_share", "returnee_share")):
        edges[:, column] = psus[name] * np.exp(1.1 * chance.normal(serial, name) - 0.605)
    edges = np.cumsum(edges, axis=1)
    edges /= np.maximum(edges[:, [2]] / 0.96, 1.0)
    camp = psus["camp"].to_numpy()
    edges[camp == "refugee"] = 1.0
    edges[camp == "idp"] = (0.0, 1.0, 1.0)
    draw = chance.uniform(household, "displaced")[:, None]
    position = (draw >= edges[psu]).sum(axis=1)
    return np.array([1, 2, 3, 0], dtype=np.int8)[position]
