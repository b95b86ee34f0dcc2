"""Small invented countries and the estimates that follow from them, counted by hand."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey, load_survey

ROOT = Path(__file__).parents[2]
FIGURES = ("value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases")
QUALITY = ["round", "office", "step", "topic", "variable", "category", "value", "detail"]


@pytest.fixture(scope="session")
def iraq() -> Survey:
    return load_survey(ROOT)


@pytest.fixture(scope="session")
def survey_of(iraq: Survey) -> Callable[..., Survey]:
    """Iraq's survey with some of its breakdowns and indicators only."""

    def cut(breakdowns: list[str], indicators: list[str]) -> Survey:
        return replace(
            iraq,
            breakdowns={name: iraq.breakdowns[name] for name in breakdowns},
            indicators={name: iraq.indicators[name] for name in indicators},
        )

    return cut


@pytest.fixture(scope="session")
def no_quality() -> pd.DataFrame:
    return pd.DataFrame(columns=QUALITY).astype({"value": "float64"})


@pytest.fixture(scope="session")
def estimate_by_hand() -> Callable[[Survey, pd.DataFrame], pd.DataFrame]:
    """Estimates of people (concepts as booleans, categories as text, a weight), every category of every breakdown."""

    def estimate(survey: Survey, people: pd.DataFrame) -> pd.DataFrame:
        columns = {name: people[name].to_numpy() for name in people}
        weight = columns["weight"]
        rows = []
        for name, declared in survey.indicators.items():
            of = declared.denominator or declared.universe
            for breakdown, variables in survey.breakdowns.items():
                cells = [{}]
                for variable in variables:
                    codes = [*survey.variables[variable].codes(), "not_stated"]
                    cells = [cell | {variable: code} for cell in cells for code in codes]
                for cell in cells:
                    inside = np.ones(len(people), dtype=bool)
                    for variable, code in cell.items():
                        inside &= columns[variable] == code
                    if "not_stated" in cell.values() and not inside.any():
                        continue
                    cases, within = weight[inside & columns[declared.numerator]], weight[inside & columns[of]]
                    value = cases.sum()
                    if declared.kind == "ratio" and len(within):
                        value = value / within.sum()
                    rows.append(
                        {"round": "2021H2", "standard": "icls19", "indicator": name, "breakdown": breakdown}
                        | dict.fromkeys(survey.breakdown_variables, "total")
                        | cell
                        | {"interval": "logit", "flag": ""}
                        | dict.fromkeys(FIGURES, 1.0)
                        | {"value": value if len(within) else np.nan, "cv": 0.05, "df": 100.0}
                        | {"n": float(len(within)), "n_cases": float(len(cases))}
                    )
        return pd.DataFrame(rows)

    return estimate


@pytest.fixture(scope="session")
def people_from() -> Callable[[list[tuple[dict[str, str], int, int, int]]], pd.DataFrame]:
    """People from lines of (categories, employed, unemployed, outside the labour force)."""

    def build(lines: list[tuple[dict[str, str], int, int, int]]) -> pd.DataFrame:
        rows = []
        for categories, *counts in lines:
            for status, count in zip(("employed", "unemployed", "outside_labour_force"), counts, strict=True):
                rows += [categories | {"status": status}] * count
        people = pd.DataFrame(rows)
        for status in ("employed", "unemployed", "outside_labour_force"):
            people[status] = people["status"] == status
        people["labour_force"] = ~people["outside_labour_force"]
        people["working_age"] = True
        people["weight"] = 1000.0 + np.arange(len(people)) % 7
        return people

    return build
