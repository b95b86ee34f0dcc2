"""Figures that are so by definition, in tables to be read by eye: limits of 5 cases, 5 others and 10 respondents."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lfs.metadata import SurveyError, load_survey
from lfs.protect import protect

ROOT = Path(__file__).parents[2]


@pytest.fixture
def row(iraq):
    """One row of estimates: a rate or a count by one variable, with respondents and cases."""

    def make(indicator: str, variable: str, category: str, n: int, n_cases: int, standard: str = "icls19") -> dict:
        keys = {"round": "2021H2", "standard": standard, "indicator": indicator, "breakdown": variable}
        figures = {"se": 1.0, "lower": 1.0, "upper": 1.0, "cv": 0.05, "deff": 1.0, "df": 100.0}
        others = dict.fromkeys(iraq.breakdown_variables, "total")
        counts = {"n": float(n), "n_cases": float(n_cases), "value": 1000.0 * n_cases}
        return keys | others | {variable: category} | figures | counts | {"interval": "normal", "flag": ""}

    return make


@pytest.fixture
def status(iraq, no_quality):
    def found(*rows: dict) -> list[str]:
        return protect(pd.DataFrame(rows), no_quality, iraq)[0]["status"].tolist()

    return found


@pytest.mark.parametrize(
    ("indicator", "variable", "category", "n", "n_cases", "expected"),
    [
        # Contributing family workers are informal: 17th ICLS par. 3(3). Employees need not be.
        ("informal_employment_rate", "status_in_employment", "family_worker", 40, 40, "published"),
        ("informal_employment_rate", "status_in_employment", "employee", 40, 40, "suppressed"),
        # One of them is said to be otherwise: then it is no definition, and the one could be named.
        ("informal_employment_rate", "status_in_employment", "family_worker", 40, 39, "suppressed"),
        # Few remain few.
        ("informal_employment_rate", "status_in_employment", "family_worker", 9, 9, "suppressed"),
        # The duration of unemployment is asked of the unemployed; few of them are few.
        ("unemployed", "unemployment_duration", "under_6_months", 40, 40, "published"),
        ("unemployed", "unemployment_duration", "not_stated", 40, 40, "published"),
        ("unemployed", "unemployment_duration", "under_6_months", 4, 4, "suppressed"),
        # No own-account worker is an employee; of an establishment of one person somebody may be.
        ("employees", "status_in_employment", "own_account", 40, 0, "published"),
        ("employees", "status_in_employment", "own_account", 9, 0, "suppressed"),
        ("employees", "establishment_size", "1", 40, 0, "suppressed"),
    ],
)
def test_all_and_none_by_definition_are_no_secret(row, status, indicator, variable, category, n, n_cases, expected):
    assert status(row(indicator, variable, category, n, n_cases)) == [expected]


def test_the_standard_that_does_not_say_so_is_another_matter(row, status):
    """By the 21st ICLS a contributing family worker may have a formal job."""
    assert status(row("informal_employment_rate", "status_in_employment", "family_worker", 40, 40, "icls21")) == [
        "suppressed"
    ]


def test_a_concept_by_what_is_asked_of_another_standards_is_withheld(row, status):
    rows = [row("unemployed", "unemployment_duration", "under_6_months", 40, 40)]
    rows += [row("unemployed", "unemployment_duration", "under_6_months", 40, 38, "icls13")]
    rows += [row("unemployed", "sex", "male", 400, 38, "icls13")]
    assert status(*rows) == ["published", "suppressed", "published"]


def test_who_is_all_by_definition_is_known_as_soon_as_the_class_is(row, status):
    """Nine informal family workers of nine are hidden; the class would give them away, were it counted elsewhere."""
    counts = {"employee": (60, 30), "own_account": (60, 40), "family_worker": (9, 9)}
    rows = [row("informal_employment", "status_in_employment", name, *each) for name, each in counts.items()]
    rows += [row("employed_by_job", "status_in_employment", name, n, n) for name, (n, _) in counts.items()]
    found = dict(zip([(each["indicator"], each["status_in_employment"]) for each in rows], status(*rows), strict=True))
    assert found["informal_employment", "family_worker"] == found["employed_by_job", "family_worker"] == "suppressed"


def test_a_class_that_does_not_exist_is_named(tmp_path):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    declared = "employee:\n  status_in_employment: {all: [employe]}\nemploye:\n  sex: {none: [male]}\n"
    (tmp_path / "config/by_definition.yaml").write_text(declared, encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        load_survey(tmp_path)
    text = str(error.value)
    assert "line 2: no code of status_in_employment is called 'employe'; did you mean 'employer'?" in text
    assert "line 3: no boolean variable is called 'employe'; did you mean 'employee'?" in text
