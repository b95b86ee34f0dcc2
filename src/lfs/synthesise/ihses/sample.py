"""The draw of the household socio-economic surveys: districts are strata, areas by size, nine households in each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lfs.synthesise.ihses.people import Population

HOUSEHOLDS_AN_AREA_DRAWN = 9
FEWEST_AREAS = 2
NUMBERS_A_ROUND = 5000


def draw(population: Population, households: int, turn: int) -> pd.DataFrame:
    """One row a household interviewed: at (its position), stratum, cluster, household number, weight.

    As in IHSES 2012 (World Bank catalogue 2334): explicit strata are the 118 districts; the same number of enumeration
    areas in each (no more than the smallest district has), systematically by probability proportional to households,
    towns listed before villages; nine households in each by equal steps. The weight is the inverse of the selection
    probability. Two rounds share no areas: `turn` keeps their numbers apart.

    ASSUME Households that could not be interviewed in the earlier rounds were replaced, as the invented files say: they
    hold complete interviews only, and the weights make up for nobody.
    """
    areas = population.areas
    districts = areas["position"].nunique()
    sizes = areas.groupby("position")["households"]
    most = int((sizes.sum() // sizes.max()).min())
    count = min(max(FEWEST_AREAS, round(households / HOUSEHOLDS_AN_AREA_DRAWN / districts)), most)
    first = np.cumsum(areas["households"].to_numpy()) - areas["households"].to_numpy()
    chosen = []
    for position in range(districts):
        rows = areas[areas["position"] == position]
        size = rows["households"].to_numpy(dtype=float)
        step = size.sum() / count
        start = population.chance.uniform(np.array([position]), "start of areas")[0]
        hit = np.searchsorted(np.cumsum(size), (np.arange(count) + start) * step)
        for number, place in enumerate(np.minimum(hit, len(size) - 1), 1):
            area = int(rows["area"].iloc[place])
            cluster = turn * NUMBERS_A_ROUND + position * count + number
            chosen.append((area, cluster, size.sum() / (count * HOUSEHOLDS_AN_AREA_DRAWN)))
    table = pd.DataFrame(chosen, columns=["area", "cluster", "weight"])
    own = areas["households"].to_numpy()[table["area"]]
    start = population.chance.uniform(table["cluster"].to_numpy(), "start of households")
    steps = (np.arange(HOUSEHOLDS_AN_AREA_DRAWN)[None, :] + start[:, None]) * (own / HOUSEHOLDS_AN_AREA_DRAWN)[:, None]
    at = first[table["area"]][:, None] + np.minimum(np.floor(steps).astype(int), own[:, None] - 1)
    result = table.iloc[np.repeat(np.arange(len(table)), HOUSEHOLDS_AN_AREA_DRAWN)].reset_index(drop=True)
    result["at"] = at.ravel()
    result["household"] = np.tile(np.arange(HOUSEHOLDS_AN_AREA_DRAWN) + 1, len(table))
    result["weight"] *= population.copies
    places = areas.loc[result["area"], ["governorate", "district", "urban"]].reset_index(drop=True)
    return pd.concat([result, places], axis=1)
