"""The invented population of an earlier round: 118 districts, their enumeration areas, and everybody's status."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats, Units
from lfs.synthesise.country import governorates
from lfs.synthesise.households import FEMALE, MALE, RELATIONSHIPS, Members, compose
from lfs.synthesise.ihses.figures import Figures

Mask = NDArray[np.bool_]
COPIES = 30
HOUSEHOLDS_AN_AREA = 13
DISTRICTS = {
    "nineveh": 9, "kirkuk": 4, "diyala": 6, "anbar": 8, "baghdad": 9, "babil": 4, "karbala": 3, "wasit": 6,
    "salah_al_din": 8, "najaf": 3, "qadisiyah": 4, "muthanna": 4, "dhi_qar": 5, "maysan": 6, "basrah": 7, "duhok": 7,
    "erbil": 9, "sulaymaniyah": 16,
}  # fmt: skip
_DECADES = np.array([25, 35, 45, 55, 65])
# What age adds to the score of participation, of unemployment and of a public employer, at 15-24, 25-34, ... 65+.
_PARTICIPATION = {MALE: (0.0, 1.2, 1.4, 1.1, 0.3, -1.2), FEMALE: (0.0, 0.5, 0.6, 0.4, -0.2, -1.2)}
_UNEMPLOYMENT = (0.0, 0.5, 0.1, 0.0, -0.2, -0.5)
_PUBLIC = (-0.6, 0.0, 0.3, 0.4, 0.3, -1.0)
_LOGIT_TO_NORMAL = 1 / 1.7


@dataclass
class Population:
    """Everyone, by position in members; each stands for `copies` persons who are alike.

    areas: one row an enumeration area: district, governorate, urban, number, and its households (records). area:
    position of the household's area; home: position of the member's household. status: 0 employed, 1 unemployed,
    2 outside, -1 below working age. public: works for government or a public enterprise. attends: at school.
    """

    chance: Chance
    copies: int
    areas: pd.DataFrame
    household: Units
    area: NDArray[np.intp]
    home: NDArray[np.intp]
    members: Members
    status: NDArray[np.int8]
    public: Mask
    attends: Mask


def populate(chance: Chance, figures: Figures) -> Population:
    """The population that reproduces the figures to the person (times `copies`), by rank within sex and age."""
    areas, household, members = _country(chance, figures)
    area = np.repeat(np.arange(len(areas)), areas["households"].to_numpy())
    home = np.searchsorted(household, members.household)
    _recast_young(chance, members, figures.men_of_youth)
    status = _statuses(chance, figures, areas, area, home, members)
    public = np.zeros(len(status), dtype=bool)
    scores = _score(chance, "public employer", 0.06, areas, area, home, members) + _by_decade(_PUBLIC, members.age)
    attends = _attendance(chance, members, status)
    learning = chance.normal(members.person, "attends") - 0.35 * (members.age - 15) - 1.5 * (status == 1)
    for sex in (MALE, FEMALE):
        own = members.sex == sex
        public |= _highest(scores, own & (status == 0), figures.public[sex] / COPIES)
        young = own & (members.age >= 15) & (members.age < 25)
        idle = young & (status != 0)
        at_school = float(idle.sum()) - figures.neet[sex] * young.sum()
        attends = np.where(idle, _highest(learning, idle, at_school), attends)
    return Population(chance, COPIES, areas, household, area, home, members, status, public, attends)


def _country(chance: Chance, figures: Figures) -> tuple[pd.DataFrame, Units, Members]:
    """Areas, numbers of the households in their order, and their members.

    ASSUME The 118 districts of the invented earlier rounds share the people of their governorate as 1, 1/2, 1/3 ... up
    to the sixth, and equally from there; governorates have their shares of 2021, and households the fertility of 2021
    and a fifth more.
    """
    table = governorates()
    parts, drafts = [], []
    rows = [(row, number) for row in table.to_dict("records") for number in range(DISTRICTS[row["governorate"]])]
    for row, number in rows:
        count = DISTRICTS[row["governorate"]]
        shares = 1 / np.minimum(np.arange(count) + 1, 6)
        persons = row["population"] * shares[number] / shares.sum()
        parts.append({"governorate": row["governorate"], "district": number + 1, "persons": persons} | _of(row))
    districts = pd.DataFrame(parts)
    # Adults a household are nearly the same everywhere: a small draft tells how many households a district needs.
    for position, row in enumerate(districts.to_dict("records")):
        numbers = np.arange(400 * position, 400 * (position + 1), dtype=np.int64)
        draft = compose(chance, numbers, np.full(400, 1.2 * row["fertility"]), np.full(400, True))
        drafts.append(float((draft.age >= 15).sum()) / 400)
    wanted = figures.working_age / COPIES * districts["persons"] / districts["persons"].sum()
    districts["households"] = np.maximum(np.round(wanted / np.array(drafts)), 4 * HOUSEHOLDS_AN_AREA).astype(int)
    districts["in_town"] = np.round(districts["households"] * districts["urban"]).astype(int)
    areas = _areas(districts)
    total = int(districts["households"].sum())
    household = np.arange(total, dtype=np.int64) + 1_000_000
    area = np.repeat(np.arange(len(areas)), areas["households"].to_numpy())
    fertility = 1.2 * areas["fertility"].to_numpy()[area]
    members = compose(chance, household, fertility, areas["urban"].to_numpy()[area])
    return areas, household, members


def _of(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("region", "urban", "fertility", "unemployment")}


def _areas(districts: pd.DataFrame) -> pd.DataFrame:
    """Enumeration areas of every district, towns first: that is their order in the list they are drawn from."""
    rows = []
    for position, row in enumerate(districts.to_dict("records")):
        in_town, all_households = row["in_town"], row["households"]
        if all_households - in_town < HOUSEHOLDS_AN_AREA:
            in_town = all_households
        for urban, households in ((True, in_town), (False, all_households - in_town)):
            if households == 0:
                continue
            count = households // HOUSEHOLDS_AN_AREA
            sizes = np.diff(np.round(np.linspace(0, households, count + 1)).astype(int))
            columns = {name: row[name] for name in ("governorate", "region", "district", "fertility")}
            columns |= {"position": position, "urban": urban, "unemployment": row["unemployment"]}
            rows += [columns | {"households": int(size)} for size in sizes]
    return pd.DataFrame(rows).rename_axis("area").reset_index()


def _recast_young(chance: Chance, members: Members, men: float) -> None:
    """Single children at home change their sex until men have their share among those aged 15 to 24."""
    young = (members.age >= 15) & (members.age < 25)
    wanted = round(men * young.sum()) - int((members.sex[young] == MALE).sum())
    out_of, into = (FEMALE, MALE) if wanted > 0 else (MALE, FEMALE)
    single = young & (members.relationship == RELATIONSHIPS.index("child")) & (members.marital == 0)
    candidates = np.flatnonzero(single & (members.sex == out_of))
    order = np.argsort(chance.uniform(members.person[candidates], "recast"))
    members.sex[candidates[order[: abs(wanted)]]] = into


def _statuses(
    chance: Chance, figures: Figures, areas: pd.DataFrame, area: Units, home: Units, members: Members
) -> NDArray[np.int8]:
    active = _score(chance, "participation", 0.05, areas, area, home, members)
    idle = _score(chance, "unemployment", 0.07, areas, area, home, members)
    idle += _by_decade(_UNEMPLOYMENT, members.age)
    idle += _LOGIT_TO_NORMAL * areas["unemployment"].to_numpy()[area][home]
    active += np.where(
        members.sex == MALE,
        _by_decade(_PARTICIPATION[MALE], members.age),
        _by_decade(_PARTICIPATION[FEMALE], members.age),
    )
    lives_in = members.relationship == RELATIONSHIPS.index("domestic_worker")
    active, idle = active + 20.0 * lives_in, idle - 20.0 * lives_in
    status = np.where(members.age >= 15, 2, -1).astype(np.int8)
    for sex in (MALE, FEMALE):
        for older in (0, 1):
            here = (members.sex == sex) & (members.age >= 15) & ((members.age >= 25) == bool(older))
            inside = _highest(active, here, figures.labour_force[sex][older] / COPIES)
            status[inside] = 0
            status[_highest(idle, inside, figures.unemployed[sex][older] / COPIES)] = 1
    return status


def _attendance(chance: Chance, members: Members, status: NDArray[np.int8]) -> Mask:
    """At school, of those whom no figure speaks of: children, the young who work, and those aged 25 to 29."""
    rate = np.select(
        [members.age < 6, members.age < 12, members.age < 15, members.age < 30], [0.0, 0.92, 0.8, 0.04], 0.0
    )
    rate = np.where((status == 0) & (members.age < 25), 0.06, rate)
    return chance.happens(members.person, "attends school", rate)


def _score(
    chance: Chance, purpose: str, area_share: float, areas: pd.DataFrame, area: Units, home: Units, members: Members
) -> Floats:
    """A score of variance one, alike within an area and, by as much again, within a household."""
    of_area = chance.normal(areas["area"].to_numpy(), f"{purpose} of the area")[area][home]
    of_household = chance.normal(np.unique(members.household), f"{purpose} of the household")[home]
    own = chance.normal(members.person, purpose)
    return np.sqrt(area_share) * (of_area + of_household) + np.sqrt(1 - 2 * area_share) * own


def _by_decade(shift: tuple[float, ...], age: NDArray[np.integer]) -> Floats:
    return np.array(shift)[np.searchsorted(_DECADES, age, side="right")]


def _highest(score: Floats, among: Mask, wanted: float) -> Mask:
    """The highest scores among some, as many as wanted."""
    candidates = np.flatnonzero(among)
    order = np.argsort(-score[candidates], kind="stable")
    chosen = np.zeros(len(score), dtype=bool)
    chosen[candidates[order[: max(0, round(wanted))]]] = True
    return chosen
