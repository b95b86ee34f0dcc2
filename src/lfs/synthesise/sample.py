"""The draw: PSUs with probability proportional to size, half kept for the next round, ten households in each."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from lfs.metadata import SurveyError
from lfs.synthesise.chance import Chance, Floats, Units
from lfs.synthesise.frame import Frame

HOUSEHOLDS_A_PSU = 10
PANELS = 4  # groups of PSUs; a round works in two of them and hands one on to the next round
_CAMP_EMPHASIS = 3.0


def allocate(psus: pd.DataFrame, households: int) -> pd.Series:
    """PSUs to draw in each stratum: an even number, at least two, together as near as may be to households / 10.

    ASSUME PSUs are allocated to strata in proportion to the square root of their households, camps three times as
    densely, so that small governorates and camps can be estimated. A stratum never gives more than every panel can
    hold without a PSU being drawn twice.
    """
    by_stratum = psus.groupby("stratum", sort=True)
    weight = np.sqrt(by_stratum["size"].sum().to_numpy(dtype=float))
    weight *= np.where(by_stratum["place"].first() == "camp", _CAMP_EMPHASIS, 1.0)
    most = by_stratum["size"].sum() / by_stratum["size"].max() / PANELS
    most_pairs = np.maximum(np.floor(most.to_numpy()), 1)
    wanted = min(max(households // HOUSEHOLDS_A_PSU // 2, len(weight)), int(most_pairs.sum()))

    def shares(scale: float) -> Floats:
        return np.clip(weight * scale, 1, most_pairs)

    scale = brentq(lambda scale: shares(scale).sum() - wanted, 0, most_pairs.max() / weight.min())
    ideal = shares(float(scale))
    pairs = np.floor(ideal + 1e-9)
    largest_remainders = np.argsort(pairs - ideal, kind="stable")[: wanted - int(pairs.sum())]
    pairs[largest_remainders] += 1
    return pd.Series(2 * pairs.astype(int), index=by_stratum["size"].sum().index)


def draw_psus(chance: Chance, frame: Frame, households: int, turn: int) -> pd.DataFrame:
    """The PSUs of a round: position in the frame, probability_psu, kept (also in the round before).

    In each stratum PANELS x n/2 points are laid at equal steps along the listed households from one random start, PSUs
    in random order: systematic sampling with probability proportional to size (Saerndal, Swensson and Wretman 1992,
    section 3.6). Of every PANELS points in a row each falls to another panel at random, and the round of this turn
    works in panels turn and turn + 1: each PSU is in it with probability n x size / size of the stratum.
    """
    psus = frame.psus
    pairs = allocate(psus, households) // 2
    drawn = []
    stratum = psus["stratum"].to_numpy().astype(str)
    for name in pairs.index:
        rows = np.flatnonzero(stratum == name)
        serial = psus["serial"].to_numpy()[rows]
        order = rows[np.argsort(chance.uniform(serial, "order of PSUs"))]
        size = psus["size"].to_numpy()[order].astype(float)
        count = int(pairs[name])
        step = size.sum() / (count * PANELS)
        if size.max() > step:
            raise SurveyError(
                f"config/config.yaml: the invented stratum {name} has too few PSUs; households is too large"
            )
        start = chance.uniform(serial[:1], "start in the stratum")[0]
        points = (np.arange(count * PANELS) + start) * step
        hit = np.minimum(np.searchsorted(np.cumsum(size), points), len(order) - 1)
        mix = chance.uniform(np.arange(count * PANELS) + serial[0] * PANELS, "panel").reshape(count, PANELS)
        panel = np.argsort(mix, axis=1).ravel()
        mine = (panel == turn % PANELS) | (panel == (turn + 1) % PANELS)
        drawn.append(
            pd.DataFrame(
                {
                    "position": order[hit[mine]],
                    "kept": (panel[mine] == turn % PANELS) & (turn > 0),
                    "probability_psu": 2 * count * size[hit[mine]] / size.sum(),
                }
            )
        )
    return pd.concat(drawn, ignore_index=True).sort_values("position", ignore_index=True)


def draw_households(chance: Chance, frame: Frame, psus: pd.DataFrame) -> pd.DataFrame:
    """Ten households of each drawn PSU with equal probability: at (position in frame.household) and probabilities.

    The households of a PSU lie on a circle in random order; a round takes ten in a row. A PSU in its second round moves
    on by five, so that half of its households are seen a second time.
    """
    records = frame.psus["records"].to_numpy()
    first = np.cumsum(records) - records
    position = psus["position"].to_numpy()
    rows = np.repeat(np.arange(len(psus)), records[position])
    at = _ranges(first[position], records[position])
    order = np.lexsort((chance.uniform(frame.household[at], "circle of households"), rows))
    rank = np.arange(len(at)) - np.repeat(np.cumsum(records[position]) - records[position], records[position])
    turned = np.where(psus["kept"].to_numpy(), HOUSEHOLDS_A_PSU // 2, 0)[rows]
    taken = (rank - turned) % records[position][rows] < HOUSEHOLDS_A_PSU
    chosen, row = at[order][taken], rows[taken]
    result = psus.iloc[row].reset_index(drop=True)
    result["at"] = chosen
    result["probability_household"] = HOUSEHOLDS_A_PSU / frame.psus["size"].to_numpy()[position][row]
    return result.sort_values("at", ignore_index=True)


def _ranges(start: Units, length: NDArray[np.integer]) -> Units:
    return np.repeat(start - (np.cumsum(length) - length), length) + np.arange(length.sum())
