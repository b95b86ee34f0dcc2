"""Official figures of an earlier round, and how many people of each kind follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lfs.metadata import SurveyError
from lfs.metadata.official import read_official

SEXES = ("male", "female")
AGES = ("15-24", "25+")
NEET = "neet_rate"
PUBLIC = "public_sector_employment"
WORKING_AGE = {"2007": 16.9e6, "2012": 20.2e6}
"""Persons aged 15 and over."""


@dataclass(frozen=True)
class Figures:
    """How many persons there are to be: by sex and by 15-24 and 25+, by position in SEXES and AGES.

    neet: share of those aged 15 to 24 neither employed nor at school; men_of_youth: share of men among them.
    """

    working_age: float
    labour_force: tuple[tuple[float, float], ...]
    unemployed: tuple[tuple[float, float], ...]
    public: tuple[float, ...]
    neet: tuple[float, ...]
    men_of_youth: float


def figures_of(folder: Path, round: str) -> Figures:
    """The counts that reproduce config/published/<round>.csv. Raises SurveyError where a figure is missing.

    Labour force of a sex = employed / (1 - unemployment rate). The share of the young in it is what makes the rate of
    both ages together out of the rates of each: (all - 25+) / (15-24 - 25+). The share of men among the young follows
    in the same way from the NEET rates of men, women and both.

    ASSUME The invented population of the earlier rounds holds 16.9 million people aged 15 and over in 2007 and 20.2
    million in 2012 (57% and 59% of projected populations of 29.7 and 34.2 million): no source that could be read gives
    participation rates of these rounds, so that their level is general knowledge, while labour force, employed and
    unemployed are the published numbers.
    """
    rows = _by_place(folder, round)

    def rate(name: str, **where: str) -> float:
        key = (name, *sorted(where.items()))
        if key not in rows:
            named = " ".join(where.values()) or "total"
            raise SurveyError(f"config/published/{round}.csv: the invented population needs {name}, {named}")
        return rows[key]

    labour_force, unemployed, public = [], [], []
    for sex in SEXES:
        whole = rate("employed", sex=sex) / (1 - rate("unemployment_rate", sex=sex))
        young, older = (rate("unemployment_rate", sex=sex, age_youth=age) for age in AGES)
        share = (rate("unemployment_rate", sex=sex) - older) / (young - older)
        labour_force.append((whole * share, whole * (1 - share)))
        unemployed.append((whole * share * young, whole * (1 - share) * older))
        public.append(rate(PUBLIC, sex=sex))
    neet = tuple(rate(NEET, sex=sex) for sex in SEXES)
    men = (neet[1] - rate(NEET)) / (neet[1] - neet[0])
    return Figures(WORKING_AGE[round], tuple(labour_force), tuple(unemployed), tuple(public), neet, men)


def _by_place(folder: Path, round: str) -> dict[tuple[Any, ...], float]:
    """Targets by indicator and the categories they speak of."""
    targets = [row for row in read_official(folder) if row["round"] == round and row.get("target") == "yes"]
    return {(row["indicator"], *_where(row)): row["value"] for row in targets}


def _where(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, row[name]) for name in ("sex", "age_youth") if row.get(name, "total") != "total")
