"""A small invented country, estimated by hand: a table of people, and the estimates table that follows from it."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey, load_survey
from lfs.metadata.labels import read_labels
from lfs.protect import protect

ROOT = Path(__file__).parents[2]
QUALITY = ["round", "office", "step", "topic", "variable", "category", "value", "detail"]


def people(seed: int, count: int = 6000) -> pd.DataFrame:
    """People of working age with a made-up labour force status; few women work, few people live in camps."""
    rng = np.random.default_rng(seed)
    age = rng.integers(15, 90, count)
    sex = np.where(rng.random(count) < 0.5, "male", "female")
    works = rng.random(count) < np.where(sex == "male", 0.6, 0.09) * np.where(age > 64, 0.15, 1)
    seeks = ~works & (rng.random(count) < np.where(age < 25, 0.12, 0.04) * np.where(sex == "male", 1, 0.5))
    table = pd.DataFrame({"sex": sex, "age": age, "weight": rng.uniform(1000, 3000, count)})
    table["employed"], table["unemployed"], table["working_age"] = works, seeks, True
    table["labour_force"], table["outside_labour_force"] = works | seeks, ~(works | seeks)
    table["informal_employment"] = works & (rng.random(count) < 0.66)
    table["informal_sector"] = table["informal_employment"] & (rng.random(count) < 0.8)
    table["urban_rural"] = np.where(rng.random(count) < 0.7, "urban", "rural")
    shares = {"refugee": 0.02, "idp_in_camp": 0.012, "idp_out_of_camp": 0.05, "returnee": 0.1, "not_displaced": 0.818}
    table["displacement"] = rng.choice(list(shares), count, p=list(shares.values()))
    table["education"] = rng.choice(["less_than_basic", "basic", "intermediate", "advanced"], count)
    return table


def estimates_of(survey: Survey, round_name: str, table: pd.DataFrame, drop: tuple[str, ...] = ()) -> pd.DataFrame:
    """The estimates table of these people; standard errors are rough, counts and values are right."""
    table = table.copy()
    for name in survey.breakdown_variables:
        declared = survey.variables[name]
        if name not in table and declared.bands:
            table[name] = "not_stated"
            for band, (low, high) in declared.bands.items():
                table.loc[table["age"].between(low, high), name] = band
        if name == "governorate":
            codes = declared.codes()
            table[name] = [codes[int(weight * 7) % len(codes)] for weight in table["weight"]]
        if name == "region":
            groups = {code: group for group, codes in declared.groups.items() for code in codes}
            table[name] = table["governorate"].map(groups)
    rows = []
    for indicator, declared in survey.indicators.items():
        if indicator in drop or declared.numerator not in table:
            continue
        for breakdown, variables in survey.breakdowns.items():
            for codes in product(*(survey.variables[name].codes() for name in variables)):
                inside = np.ones(len(table), bool)
                for name, code in zip(variables, codes, strict=True):
                    inside &= (table[name] == code).to_numpy()
                cell = dict.fromkeys(survey.breakdown_variables, "total") | dict(zip(variables, codes, strict=True))
                rows.append(
                    {"round": round_name, "standard": "icls19", "indicator": indicator, "breakdown": breakdown}
                    | cell
                    | _figures(table[inside], declared)
                )
    return pd.DataFrame(rows)


def _figures(people_in: pd.DataFrame, declared: object) -> dict[str, object]:
    within = people_in[people_in[declared.denominator or declared.universe]]
    cases = people_in[people_in[declared.numerator]]
    n, n_cases = len(within), len(cases)
    value = cases["weight"].sum()
    cv = 1.3 / np.sqrt(n_cases) if n_cases else np.nan
    if declared.kind == "ratio":
        value = value / within["weight"].sum() if n else np.nan
    if not n:
        value = np.nan
    se = value * cv
    figures = {"value": value, "se": se, "interval": "logit", "lower": max(value - 1.96 * se, 0), "upper": value + 1.96 * se}
    figures |= {"cv": cv, "deff": 1.7, "df": 300.0, "n": float(n), "n_cases": float(n_cases)}
    flags = [("no_cases", not n), ("few_cases", n and n_cases < 15), ("high_cv", n and cv > 0.3), ("moderate_cv", 0.15 < cv <= 0.3)]
    return figures | {"flag": "+".join(name for name, met in flags if met)}


@pytest.fixture(scope="session")
def iraq() -> Survey:
    return load_survey(ROOT)


@pytest.fixture(scope="session")
def estimates(iraq: Survey) -> pd.DataFrame:
    parts = [estimates_of(iraq, name, people(seed)) for seed, name in enumerate(("2021H2", "2022H2"))]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="session")
def quality() -> pd.DataFrame:
    rows = []
    for name in ("2021H2", "2022H2"):
        for office in ("cso", "krso"):
            rows += [
                (name, office, "harmonise", "rows_read", "", "", 3100.0, ""),
                (name, office, "harmonise", "rows_dropped", "", "refused", 97.0, ""),
                (name, office, "harmonise", "rows_dropped", "", "vacant", 3.0, ""),
                (name, office, "harmonise", "rows_kept", "", "", 3000.0, ""),
                (name, office, "harmonise", "weight_sum", "weight", "", 6123456.7, ""),
                (name, office, "harmonise", "file_sha256", "", "", np.nan, "ab" * 32),
                (name, office, "harmonise", "synthetic", "", "", 1.0, ""),
                (name, office, "derive", "share_not_stated", "education_level", "", 0.0123, "of_persons"),
                (name, office, "derive", "share_not_stated", "farm_work_crops", "", 0.001, "of_persons"),
            ]
        rows += [
            (name, "all", "derive", "agreement", "labour_force_status", "employed|employed", 2100.0, ""),
            (name, "all", "derive", "agreement", "labour_force_status", "employed|unemployed", 2.0, ""),
            (name, "all", "derive", "agreement", "labour_force_status", "unemployed|employed", 41.0, ""),
            (name, "krso", "harmonise", "unavailable", "occupation", "", 3000.0, "not asked"),
        ]
    return pd.DataFrame(rows, columns=QUALITY)


@pytest.fixture(scope="session")
def protected(estimates: pd.DataFrame, quality: pd.DataFrame, iraq: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    return protect(estimates, quality, iraq)


@pytest.fixture(scope="session")
def labels() -> dict[str, object]:
    return read_labels(ROOT, "en")
