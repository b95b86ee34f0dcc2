"""A small invented country of two rounds, protected, and the words it is published in."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.publish.weighted import RULE, weighting_rows

from lfs.estimate.look_up import variance_rows
from lfs.metadata import Survey, load_survey
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.metadata.plan import side_of
from lfs.metadata.results_matrix import read_results_matrix
from lfs.protect import protect
from lfs.publish import publish

BOTH = ("report.html", "tables.xlsx")
LANGUAGES = ("en", "ar", "ckb")

ROOT = Path(__file__).parents[2]
QUALITY = ["round", "office", "step", "topic", "variable", "category", "value", "detail"]
ROUNDS = ("2021H2", "2022H2")
BREAKDOWNS = ["total", "sex", "age_youth", "age_10", "displacement", "region", "sex_x_age_10", "sex_x_age_youth"]
BREAKDOWNS += ["sex_x_displacement", "sex_x_region", "governorate_x_displacement", "urban_rural", "sex_x_urban_rural"]


@pytest.fixture(scope="session")
def iraq() -> Survey:
    """Iraq's survey with some of its breakdowns, weighted as the made-up rounds are."""
    survey = load_survey(ROOT)
    config = survey.config.model_copy(update={"weighting": RULE})
    return replace(survey, config=config, breakdowns={name: survey.breakdowns[name] for name in BREAKDOWNS})


@pytest.fixture(scope="session")
def estimates(iraq: Survey) -> pd.DataFrame:
    """Estimates made of made-up counts: every cell is the sum of its categories, few refugees are unemployed."""
    rng = np.random.default_rng(1)
    atoms = [iraq.variables[name].codes() for name in ("sex", "age_10", "displacement", "governorate")]
    frames = []
    for name in ROUNDS:
        people = pd.DataFrame(list(product(*atoms)), columns=["sex", "age_10", "displacement", "governorate"])
        share = people["displacement"].map({"not_displaced": 12.0, "returnee": 3.0}).fillna(0.4)
        share *= np.where(people["age_10"] == "65+", 0.6, 1.4)
        men = people["sex"] == "male"
        people["employed"] = rng.poisson(share * np.where(men, 0.6, 0.1))
        people["unemployed"] = rng.poisson(share * np.where(men, 0.1, 0.04))
        people["outside_labour_force"] = rng.poisson(share * np.where(men, 0.3, 0.9))
        people["informal_employment"] = rng.binomial(people["employed"], 0.66)
        people["informal_sector"] = rng.binomial(people["informal_employment"], 0.8)
        people["labour_force"] = people["employed"] + people["unemployed"]
        people["working_age"] = people["labour_force"] + people["outside_labour_force"]
        people["age_youth"] = np.where(people["age_10"] == "15-24", "15-24", "25+")
        groups = iraq.variables["region"].groups
        people["region"] = people["governorate"].map({code: key for key, codes in groups.items() for code in codes})
        people["urban_rural"] = np.where(people["governorate"].isin(["baghdad", "basrah", "erbil"]), "urban", "rural")
        # Weights of many digits, as real ones: counts that agree to the last are taken for the same persons.
        people["weight"] = 1543 * np.random.default_rng(len(frames)).uniform(0.9, 1.1, len(people))
        frames.append(_estimate(iraq, name, people))
    return pd.concat(frames, ignore_index=True)


def _estimate(survey: Survey, round_name: str, people: pd.DataFrame) -> pd.DataFrame:
    frames = []
    for indicator, declared in survey.indicators.items():
        if {*declared.columns()} - {*people.columns} or declared.kind not in ("total", "ratio"):
            continue
        of = declared.denominator or declared.universe
        for breakdown, variables in survey.breakdowns.items():
            columns = list(dict.fromkeys([declared.numerator, of]))
            by = [people[name] for name in variables] or (lambda _: 0)
            counts = people.groupby(by)[columns].sum().reset_index()
            frame = pd.DataFrame(
                {"round": round_name, "standard": "icls19", "indicator": indicator, "breakdown": breakdown}
                | {name: counts[name] if name in variables else "total" for name in survey.breakdown_variables},
                index=counts.index,
            )
            n, cases = counts[of].astype(float), counts[declared.numerator].astype(float)
            weighted = people[columns].mul(people["weight"], axis=0).groupby(by)[columns].sum().reset_index(drop=True)
            value = weighted[declared.numerator]
            if declared.kind == "ratio":
                value = value / weighted[of].where(weighted[of] > 0)
            cv = 1.3 / np.sqrt(cases.where(cases > 0))
            frame["value"], frame["se"], frame["interval"] = value, value * cv, "logit"
            frame["lower"], frame["upper"] = (value * (1 - 1.96 * cv)).clip(lower=0), value * (1 + 1.96 * cv)
            frame["cv"], frame["deff"], frame["df"], frame["n"], frame["n_cases"] = cv, 1.7, 300.0, n, cases
            frame["flag"] = np.select([n == 0, cases < 15, cv > 0.15], ["no_cases", "few_cases", "moderate_cv"], "")
            frames.append(frame)
    rates = pd.concat(frames)
    return pd.concat([rates, *_gaps(survey, rates)])


def _gaps(survey: Survey, rates: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Differences of two rates, as of independent groups; their limits are two errors away."""
    for indicator, declared in survey.indicators.items():
        if declared.kind != "gap" or declared.relative:
            continue
        for breakdown, variables in survey.breakdowns.items():
            both = side_of(declared, breakdown, survey.breakdowns) if declared.variable not in variables else None
            sides = rates[(rates["indicator"] == declared.of) & (rates["breakdown"] == both)]
            if sides.empty:
                continue
            first, second = (
                sides[sides[declared.variable] == code].set_index(list(variables) or "round")
                for code in declared.categories
            )
            gap = first.reset_index().assign(indicator=indicator, breakdown=breakdown, **{declared.variable: "total"})
            other = second.reindex(first.index).reset_index()
            gap["value"] = gap["value"] - other["value"]
            gap["se"] = np.hypot(gap["se"], other["se"])
            gap["lower"], gap["upper"] = gap["value"] - 2 * gap["se"], gap["value"] + 2 * gap["se"]
            gap["n"], gap["n_cases"] = gap["n"] + other["n"], np.minimum(gap["n_cases"], other["n_cases"])
            yield gap.assign(interval="normal", cv=np.nan, deff=np.nan)[rates.columns]


@pytest.fixture(scope="session")
def quality(iraq: Survey, estimates: pd.DataFrame) -> pd.DataFrame:
    """What the steps told: the weighting and the generalised variances as the library makes them."""
    rows: list[tuple[object, ...]] = []
    frames = []
    for name in ROUNDS:
        for office in ("cso", "krso"):
            rows += [
                (name, office, "harmonise", "rows_read", "", "", 3100.0, ""),
                (name, office, "harmonise", "rows_dropped", "", "refused", 97.0, ""),
                (name, office, "harmonise", "rows_kept", "", "", 3003.0, ""),
                (name, office, "harmonise", "weight_sum", "weight", "", 6123456.7, ""),
                (name, office, "harmonise", "file_sha256", "", "", np.nan, "ab" * 32),
                (name, office, "harmonise", "synthetic", "", "", 1.0, ""),
                (name, office, "derive", "share_not_stated", "education_level", "", 0.0123, "of_persons"),
                (name, office, "derive", "share_not_stated", "farm_work_crops", "", 0.01, "of_persons"),
            ]
        rows += [
            (name, "all", "derive", "agreement", "labour_force_status", "employed|employed", 2100.0, ""),
            (name, "all", "derive", "agreement", "labour_force_status", "employed|unemployed", 2.0, ""),
            (name, "all", "derive", "agreement", "labour_force_status", "unemployed|employed", 41.0, ""),
            (name, "krso", "harmonise", "unavailable", "occupation", "", 3000.0, "not asked"),
            (name, "krso", "harmonise", "unavailable", "age_5_or_more", "", 3000.0, "a universe"),
        ]
        for topic, size in (("se_calibrated", 0.8), ("se_uncalibrated", 1.0)):
            rows += [
                (name, "all", "estimate", topic, "unemployment_rate", "icls19", 0.01 * size, ""),
                (name, "all", "estimate", topic, "unemployed", "icls19", 5000.0 * size, ""),
            ]
        frames.append(weighting_rows(iraq, name))
        modelled = pd.DataFrame(variance_rows(estimates[estimates["round"] == name], iraq), columns=QUALITY)
        whole = modelled.assign(round=name, office="all", step="estimate")
        frames.append(whole.fillna({"category": "", "detail": ""}))
    return pd.concat([pd.DataFrame(rows, columns=QUALITY), *frames], ignore_index=True)


@pytest.fixture(scope="session")
def protected(estimates: pd.DataFrame, quality: pd.DataFrame, iraq: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    return protect(estimates, quality, iraq)


@pytest.fixture(scope="session")
def labels() -> dict[str, object]:
    return read_labels(ROOT, "en")


@pytest.fixture(scope="session")
def made(protected, iraq, labels) -> tuple[bytes, bytes]:
    """Report and workbook."""
    made = publish(*protected, iraq, labels, language="en", files=BOTH, official=read_official(ROOT), version="0.0")
    return made["report.html"], made["tables.xlsx"]


@pytest.fixture(scope="session")
def pages(protected, iraq, tmp_path_factory) -> dict[str, str]:
    """The report of each language as a file: its address, by language."""
    addresses = {}
    for language in LANGUAGES:
        path = tmp_path_factory.mktemp("pages") / f"{language}.html"
        made = publish(
            *protected,
            iraq,
            read_labels(ROOT, language),
            language=language,
            files=["report.html"],
            official=read_official(ROOT),
            results=read_results_matrix(iraq),
            version="0.0",
        )
        path.write_bytes(made["report.html"])
        addresses[language] = path.as_uri()
    return addresses


@pytest.fixture(scope="module")
def chromium():
    """A real browser, for tests marked `full`; they fail where it is missing."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    assert found, "chromium is missing; on Debian and Ubuntu: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
