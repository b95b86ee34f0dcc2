"""The sampling frame: strata, PSUs with their counted households, and the people in them on the day of the first round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Units
from lfs.synthesise.country import strata
from lfs.synthesise.households import Members, compose

HOUSEHOLD_RECORDS_A_PSU = 22
_CAMP_RECORDS_A_PSU = 13
_ROOM = 10_000_000  # household numbers of a stratum start at its own multiple of this
_OF_STRATUM = ("stratum", "place", "urban_rural", "governorate", "region", "office", "participation", "unemployment")
DISPLACEMENT_OF_HOUSEHOLD = ("none", "refugee", "idp", "returnee")


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
    adults = np.array([draft[1].sum() / draft[2] for draft in drafts])  # adults of the stratum, invented records
    factor = persons_of_working_age / copies / adults.sum()
    psus, households, parts = [], [], []
    for index, (members, adult, _) in enumerate(drafts):
        running = np.cumsum(adult)
        last = members.household[np.searchsorted(running, round(adults[index] * factor))]
        members = members.where(members.household <= last)
        household = np.unique(members.household)
        stratum_psus, where, number = _into_psus(chance, table.iloc[index], household, copies)
        households.append((household, where + sum(len(part) for part in psus), number))
        psus.append(stratum_psus)
        parts.append(members)
    members = Members(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
    household, psu, number = (np.concatenate([part[item] for part in households]) for item in range(3))
    frame_psus = pd.concat(psus, ignore_index=True)
    displaced = _displaced(chance, frame_psus, household, psu)
    at = np.searchsorted(household, members.household).astype(np.int32)
    return Frame(copies, frame_psus, household, psu.astype(np.int32), number.astype(np.int16), displaced, members, at)


def _draft(
    chance: Chance, stratum: dict[str, object], index: int, copies: int
) -> tuple[Members, NDArray[np.bool_], float]:
    """More households than the stratum needs, who of them is of working age, and how many times too many persons."""
    persons = float(str(stratum["persons"])) * 1000 / copies
    fertility = float(str(stratum["fertility"])) * (1.09 if stratum["place"] == "rural" else 0.96)
    household = np.arange(int(persons / 4.3) + 60, dtype=np.int64) + index * _ROOM
    urban = np.full(len(household), stratum["place"] == "urban")
    members = compose(chance, household, np.full(len(household), fertility), urban)
    return members, members.age >= 15, len(members.age) / persons


def _into_psus(chance: Chance, stratum: pd.Series, household: Units, copies: int) -> tuple[pd.DataFrame, Units, Units]:
    mean = _CAMP_RECORDS_A_PSU if stratum["place"] == "camp" else HOUSEHOLD_RECORDS_A_PSU
    count = max(1, len(household) // mean)
    spread = 0.05 if stratum["place"] == "camp" else 0.28
    serial = np.arange(count) + int(household[0])
    ends = np.cumsum(1 + spread * (2 * chance.uniform(serial, "PSU size") - 1))
    ends = np.round(ends / ends[-1] * len(household)).astype(np.int64)
    records = np.diff(ends, prepend=0)
    where = np.repeat(np.arange(count), records)
    number = np.arange(len(household)) - np.repeat(ends - records, records) + 1
    psus = pd.DataFrame({"psu": [f"{stratum['stratum']}{place + 1:05d}" for place in range(count)]})
    for column in _OF_STRATUM:
        psus[column] = stratum[column]
    centre = chance.happens(serial, "settlement", 0.68)
    psus["settlement"] = np.where(psus["place"] == "urban", np.where(centre, "centre_urban", "other_urban"), "rural")
    camp_of_refugees = chance.uniform(serial, "camp") < stratum["refugee_share"]
    psus["camp"] = np.where(psus["place"] != "camp", "none", np.where(camp_of_refugees, "refugee", "idp"))
    for column in ("refugee_share", "idp_share", "returnee_share"):
        psus[column] = stratum[column]
    psus["serial"] = serial
    psus["records"] = records
    psus["size"] = records * copies
    return psus, where, number


def _displaced(chance: Chance, psus: pd.DataFrame, household: Units, psu: Units) -> NDArray[np.int8]:
    """Displacement of each household; outside camps displaced people cluster: their share differs from PSU to PSU."""
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
