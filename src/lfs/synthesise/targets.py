"""What the population must reproduce, and the rates of its cells that do so.

The official figures are too few to determine a population. Its cells (governorate x urban/rural/camp x sex x ten-year
age group) start from assumed rates; every published figure then moves the log-odds of the people it speaks about, all
figures at once, by least squares in units of their rounding.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import expit, logit

from lfs.metadata import SurveyError
from lfs.synthesise.chance import Floats

AGE_GROUPS = ("15-24", "25-34", "35-44", "45-54", "55-64", "65+")
BREAKDOWN_VARIABLES = ("sex", "age_youth", "urban_rural", "governorate", "region", "age_10")
_BRANCHES = ("industry_group", "industry_broad")
# Assumed starting rates by age group: shapes as in ILOSTAT's 2021 labour force by age.
_PARTICIPATION = {
    "male": (0.46, 0.88, 0.92, 0.85, 0.62, 0.20), "female": (0.07, 0.15, 0.15, 0.12, 0.06, 0.015),
}  # fmt: skip
_UNEMPLOYMENT = {
    "male": (0.32, 0.14, 0.07, 0.065, 0.05, 0.02), "female": (0.60, 0.32, 0.14, 0.09, 0.04, 0.02),
}  # fmt: skip
_INFORMAL = {"male": (0.93, 0.75, 0.62, 0.58, 0.62, 0.85), "female": (0.70, 0.50, 0.40, 0.35, 0.40, 0.90)}
# Share of informal jobs that are in the informal sector, and of formal jobs.
_SECTOR = {"male": 0.84, "female": 0.56}
FORMAL_JOBS_IN_INFORMAL_SECTOR = 0.012
_RATES = ("participation_rate", "unemployment_rate", "informal_employment_rate", "informal_sector_rate")
_FROM_RATES = "employment_to_population_ratio"


@dataclass(frozen=True)
class CellRates:
    """For every cell: labour force among persons, unemployed among labour force, informal jobs among employed,
    informal sector among informal jobs."""

    participation: Floats
    unemployment: Floats
    informal: Floats
    sector: Floats

    def moved(self, participation: float, unemployment: float, informal: float) -> CellRates:
        """The rates after every log-odds moved by the given amounts (another year)."""
        return CellRates(
            expit(logit(self.participation) + participation),
            expit(logit(self.unemployment) + unemployment),
            expit(logit(self.informal) + informal),
            self.sector,
        )


def working_age_target(published: pd.DataFrame) -> float:
    """Persons of working age in the country, from the published figures."""
    rows = published[(published["indicator"] == "working_age_population") & (published["breakdown"] == "total")]
    if len(rows) != 1:
        raise SurveyError("config/published: the invented population needs one total of working_age_population")
    return float(rows["value"].iloc[0])


def fit_rates(cells: pd.DataFrame, published: pd.DataFrame) -> CellRates:
    """Cell rates that reproduce the published rates marked as targets.

    cells: one row a cell with persons (count of working age), the breakdown variables, age_10, and the columns
    participation and unemployment (assumed differences of the governorate, log-odds). published: rows of
    config/published of one round. Rates on one base move the log-odds of the people in their row; a ridge of one
    hundredth of the rounding keeps the smallest move where figures say the same thing twice.
    """
    targets = published[(published["target"] == "yes") & published["indicator"].isin([*_RATES, _FROM_RATES])]
    targets = targets[(targets[list(_BRANCHES)] == "total").all(axis=1)]  # branches are fitted to the jobs afterwards
    inside = np.column_stack([_members(cells, row) for row in targets.to_dict("records")]).astype(float)
    indicator = targets["indicator"].to_numpy()
    value = np.array([_reconciled(row, published) for row in targets.to_dict("records")])
    # another series than the national one gives way where both cannot be held
    rounding = np.where(targets["standard"] == "national", 0.0005, 0.0025)
    persons = cells["persons"].to_numpy(dtype=float)
    start = _starting_rates(cells)
    moves = np.flatnonzero(indicator != _FROM_RATES)

    def rates(effects: Floats) -> CellRates:
        shift = {
            name: inside[:, moves[indicator[moves] == name]] @ effects[indicator[moves] == name] for name in _RATES
        }
        return CellRates(*(expit(start[name] + shift[name]) for name in _RATES))

    def distance(effects: Floats) -> Floats:
        reached = indicators(persons, rates(effects))
        rate = np.array([_rate(reached, name, inside[:, column]) for column, name in enumerate(indicator)])
        return np.concatenate([(rate - value) / rounding, effects * 0.01])

    found = least_squares(distance, np.zeros(len(moves)), x_scale=1.0, xtol=1e-10, ftol=1e-10)
    return rates(found.x)


def _reconciled(row: Mapping[Hashable, Any], published: pd.DataFrame) -> float:
    """The published value, or that of another series moved to agree with the national one.

    ASSUME ILOSTAT's unemployment rates by ten-year age group are raised in the invented population by what the national
    series lies above ILOSTAT's for the young (0.4 point) and for adults (0.4 point), each group by the same number of
    points.
    """
    value = float(row["value"])
    if row["age_10"] == "total":
        return value
    age = AGE_GROUPS[0] if row["age_10"] == AGE_GROUPS[0] else "25+"
    same = published[(published["indicator"] == row["indicator"]) & (published["breakdown"] == "age_youth")]
    of_age = same[same["age_youth"] == age].set_index("standard")["value"]
    return value + float(of_age["national"]) - float(of_age[row["standard"]])


def indicators(persons: Floats, rates: CellRates) -> dict[str, Floats]:
    """Expected persons of every cell in each status."""
    labour_force = persons * rates.participation
    unemployed = labour_force * rates.unemployment
    employed = labour_force - unemployed
    informal = employed * rates.informal
    sector = informal * rates.sector + (employed - informal) * FORMAL_JOBS_IN_INFORMAL_SECTOR
    return {
        "working_age_population": persons,
        "labour_force": labour_force,
        "unemployed": unemployed,
        "employed": employed,
        "informal_employment": informal,
        "informal_sector": sector,
    }


_PARTS = {
    "participation_rate": ("labour_force", "working_age_population"),
    "employment_to_population_ratio": ("employed", "working_age_population"),
    "unemployment_rate": ("unemployed", "labour_force"),
    "informal_employment_rate": ("informal_employment", "employed"),
    "informal_sector_rate": ("informal_sector", "employed"),
}


def _rate(reached: dict[str, Floats], name: str, inside: Floats) -> float:
    numerator, denominator = _PARTS[name]
    return float(reached[numerator] @ inside / (reached[denominator] @ inside))


def _members(cells: pd.DataFrame, row: Mapping[Hashable, object]) -> NDArray[np.bool_]:
    inside = np.ones(len(cells), dtype=bool)
    for variable in BREAKDOWN_VARIABLES:
        if row[variable] != "total":
            inside &= (cells[variable] == row[variable]).to_numpy()
    if not inside.any():
        raise SurveyError(f"config/published: no such people for {row['indicator']} by {row['breakdown']}")
    return inside


def _starting_rates(cells: pd.DataFrame) -> dict[str, Floats]:
    def by_age(table: Mapping[str, tuple[float, ...]]) -> Floats:
        age = cells["age_10"].map({name: place for place, name in enumerate(AGE_GROUPS)}).to_numpy()
        return logit(np.where(cells["sex"] == "male", np.array(table["male"])[age], np.array(table["female"])[age]))

    camp = (cells["place"] == "camp").to_numpy()
    rural = (cells["place"] == "rural").to_numpy()
    sector = logit(np.where(cells["sex"] == "male", _SECTOR["male"], _SECTOR["female"]))
    return {
        "participation_rate": by_age(_PARTICIPATION) + cells["participation"].to_numpy() - 0.15 * camp,
        "unemployment_rate": by_age(_UNEMPLOYMENT) + cells["unemployment"].to_numpy() + 0.6 * camp,
        "informal_employment_rate": by_age(_INFORMAL) + 0.25 * rural + 1.2 * camp,
        "informal_sector_rate": sector + 0.2 * rural,
    }
