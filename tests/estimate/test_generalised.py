"""Generalised variance functions: exact where the direct errors follow one, near them on a sample."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.frame import random_people

from lfs.estimate import direct_and_modelled, estimate, function_table, look_up_tables, variance_functions
from lfs.estimate.generalised import direct_errors
from lfs.estimate.look_up import variance_rows
from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.generalised_variance import GeneralisedVariance

SIZES = np.array([2e3, 5e3, 1e4, 5e4, 2e5, 1e6])


def table(a: float, b: float, noise: float = 1.0) -> pd.DataFrame:
    """Totals of SIZES whose errors follow cv^2 = a + b / Y, and rates out of 2,000,000 with a b of 1,200."""
    se = SIZES * np.sqrt(a + b / SIZES) * noise
    totals = pd.DataFrame({"indicator": "unemployed", "sex": [f"c{i}" for i in range(6)], "value": SIZES, "se": se})
    bases = totals.assign(indicator="labour_force", value=2e6, se=1.0)
    rates = totals.assign(indicator="unemployment_rate", value=SIZES / 2e6)
    rates["se"] = np.sqrt(1200 / 2e6 * rates["value"] * (1 - rates["value"]))
    return pd.concat([totals, bases, rates], ignore_index=True).assign(
        round="2021H2", standard="icls19", breakdown="sex", n_cases=30
    )[["round", "standard", "indicator", "breakdown", "sex", "value", "se", "n_cases"]]


def test_errors_that_follow_a_function_give_it_back() -> None:
    (found,) = variance_functions(table(0.0004, 900), {"unemployment": ["unemployed"]})
    assert (found.a, found.b) == (pytest.approx(0.0004), pytest.approx(900))
    assert (found.n, found.median, found.low, found.high) == (6, pytest.approx(1), pytest.approx(1), pytest.approx(1))
    assert found.se_of_total(np.array([1e4]))[0] == pytest.approx(1e4 * np.sqrt(0.0004 + 0.09))
    # A rate of 10% out of 100,000: sqrt(900 / 100,000 * 0.09).
    assert found.se_of_rate(np.array([0.1]), np.array([1e5]))[0] == pytest.approx(np.sqrt(0.00081))


def test_weighted_least_squares_of_r() -> None:
    """x <- 1 / c(2e3, 5e3, 1e4, 5e4, 2e5, 1e6); y <- (0.0004 + 900 * x) * rep(c(1.21, .81), 3); w <- 1 / y^2;
    for (i in 1:300) {m <- lm(y ~ x, weights = w); w <- 1 / fitted(m)^2}; coef(m)"""
    noise = np.array([1.1, 0.9, 1.1, 0.9, 1.1, 0.9])
    (found,) = variance_functions(table(0.0004, 900, noise), {"unemployment": ["unemployed"]})
    assert (found.a, found.b) == (
        pytest.approx(1.3565503115931868e-04, rel=1e-8),
        pytest.approx(9.5449716234758364e02, rel=1e-8),
    )


def test_modelled_errors_stand_beside_the_direct_ones() -> None:
    (function,) = variance_functions(table(0, 900), {"unemployment": ["unemployed"]})
    found = direct_and_modelled(table(0, 900), function, {"unemployment_rate": "labour_force"})
    assert list(found["indicator"].unique()) == ["unemployed", "unemployment_rate"]
    np.testing.assert_allclose(found["ratio"][:6], 1)
    rate = SIZES[0] / 2e6
    assert found["modelled"][6] == pytest.approx(np.sqrt(900 / 2e6 * rate * (1 - rate)))


def test_tables_to_print() -> None:
    functions = variance_functions(table(0, 900), {"unemployment": ["unemployed"]})
    printed = look_up_tables(functions, [1e4, 1e5], rates=[0.1])
    assert list(printed["se"].round(6)) == [3000, round(np.sqrt(9e7), 6), round(0.09, 6), round(np.sqrt(0.00081), 6)]
    assert function_table(functions).loc[0, "indicators"] == "unemployed"


def test_on_a_sample_the_modelled_errors_are_near_the_direct_ones(survey: Survey) -> None:
    """18,000 persons in 300 PSUs."""
    estimates = estimate(random_people(survey, households=3000), survey)[0]
    (function,) = variance_functions(estimates, {"labour force": ["employed", "unemployed"]})
    assert function.n > 100
    assert 0.9 < function.median < 1.1
    assert 0.8 < function.low < function.high < 1.3
    checked = direct_and_modelled(estimates, function, {"unemployment_rate": "labour_force"})
    rates = checked[(checked["indicator"] == "unemployment_rate") & (checked["n"] >= 50)]
    assert 0.9 < rates["ratio"].median() < 1.1


def test_too_few_direct_errors_are_refused() -> None:
    with pytest.raises(SurveyError, match="'unemployment': 0 direct errors of unemployed rest on 31 cases"):
        variance_functions(table(0, 900), {"unemployment": ["unemployed"]}, least_cases=31)


def test_a_gamma_model_with_identity_link_of_r() -> None:
    """y <- c(2e3, 5e3, 1e4, 5e4, 2e5, 1e6, 3e6, 8e6)
    v <- (0.0002 + 500 / y) * c(1.6, 0.5, 1.3, 0.7, 1.5, 0.6, 1.2, 0.8)
    coef(glm(v ~ I(1 / y), family = Gamma("identity"), start = c(0, 500), control = glm.control(1e-14, 500)))"""
    y = np.array([2e3, 5e3, 1e4, 5e4, 2e5, 1e6, 3e6, 8e6])
    v = (0.0002 + 500 / y) * np.array([1.6, 0.5, 1.3, 0.7, 1.5, 0.6, 1.2, 0.8])
    rows = pd.DataFrame({"standard": "icls19", "indicator": "unemployed", "value": y, "se": y * np.sqrt(v)})
    (found,) = variance_functions(rows.assign(n_cases=30), {"unemployment": ["unemployed"]})
    assert (found.a, found.b) == (
        pytest.approx(1.6193321081982415e-04, rel=1e-9),
        pytest.approx(5.4139259932044149e02, rel=1e-9),
    )


def test_one_far_too_small_error_among_small_totals_does_not_turn_the_function() -> None:
    """Weights taken from the direct errors themselves ended at a negative b here: a large total with the larger cv."""
    sizes = np.geomspace(5e3, 5e6, 40)
    cv = np.sqrt(0.0002 + 550 / sizes)
    cv[0] /= 60
    rows = pd.DataFrame({"standard": "icls19", "indicator": "unemployed", "value": sizes, "se": sizes * cv})
    (found,) = variance_functions(rows.assign(n_cases=30), {"unemployment": ["unemployed"]})
    assert (found.a, found.b) == (pytest.approx(0.0002), pytest.approx(550))
    assert (found.n, found.held) == (39, 1)
    assert found.smallest == sizes[1]


def test_totals_that_controls_hold_are_left_out_and_counted() -> None:
    held = table(0.0004, 900).query("indicator == 'unemployed'").assign(se=1e-3, value=SIZES + 7)
    (found,) = variance_functions(pd.concat([table(0.0004, 900), held]), {"unemployment": ["unemployed"]})
    assert (found.a, found.b) == (pytest.approx(0.0004), pytest.approx(900))
    assert (found.n, found.held) == (6, 6)


def test_what_is_not_fitted_on() -> None:
    rows = table(0.0004, 900).query("indicator == 'unemployed'").assign(deff=1.2)
    rows["displacement"] = ["total", "total", "returnee", "total", "total", "total"]
    rows["deff"] = [np.nan, 1.2, 1.2, 1.2, 1.2, 1.2]
    assert list(direct_errors(rows, ["unemployed"], 10)["value"]) == list(SIZES[1:])
    assert list(direct_errors(rows, ["unemployed"], 10, ["displacement"])["value"]) == list(SIZES[[1, 3, 4, 5]])
    assert direct_errors(rows, ["unemployed"], 31).empty
    nearly_all = rows.assign(n=rows["n_cases"] + [0, 9, 10, 11, 500, 2])
    assert list(direct_errors(nearly_all.assign(deff=1.2), ["unemployed"], 10)["value"]) == list(SIZES[[0, 2, 3, 4]])


def declared(survey: Survey, **more: object) -> Survey:
    rule = {
        "groups": {"unemployment": ["unemployed"]},
        "sizes": [1e4, 1e5, 1e8],
        "rates": [0.1, 0.5],
        "not_by": ["sex"],
    }
    modelled = GeneralisedVariance.model_validate(rule | more)
    return replace(survey, config=survey.config.model_copy(update={"generalised_variance": modelled}))


def test_rows_of_the_quality_table(survey: Survey) -> None:
    estimates = table(0, 900).assign(n=1000.0)
    rows = pd.DataFrame(variance_rows(estimates, declared(survey, not_by=[])))
    found = rows.set_index("topic")["value"]
    assert (found["gvf_b"], found["gvf_n"], found["gvf_median"]) == (pytest.approx(900), 6, pytest.approx(1))
    # 100,000 persons: 100,000 * sqrt(900 / 100,000); 100,000,000 are more than the function was fitted on.
    totals = rows[rows["topic"] == "gvf_se_total"].set_index("category")["value"]
    assert totals.to_dict() == pytest.approx({"10000": 3000, "100000": np.sqrt(9e7)})
    assert (found["gvf_rate_b"], found["gvf_rate_median"]) == (pytest.approx(1200), pytest.approx(1))
    # Of 10,000, a tenth is 1,000, fewer than the smallest total fitted on.
    rates = rows[rows["topic"] == "gvf_se_rate"].set_index("category")["value"]
    half, tenth = np.sqrt(1200 / 1e4 * 0.25), np.sqrt(1200 / 1e5 * 0.09)
    assert rates.to_dict() == pytest.approx({"10000|0.5": half, "100000|0.1": tenth, "100000|0.5": half / np.sqrt(10)})


def test_without_a_rate_of_the_group_there_is_none_to_look_up(survey: Survey) -> None:
    totals = table(0, 900).query("indicator == 'unemployed'").assign(n=1000.0)
    rows = pd.DataFrame(variance_rows(totals, declared(survey, not_by=[])))
    assert {"gvf_b", "gvf_se_total"} <= set(rows["topic"])
    assert not rows["topic"].str.contains("rate").any()


def test_a_group_without_direct_errors_says_so_and_stops_nothing(survey: Survey) -> None:
    (row,) = variance_rows(table(0, 900), declared(survey, least_cases=31))
    assert row == {"variable": "unemployment", "detail": "unemployed", "topic": "gvf_unfitted", "value": 0}
    assert (
        variance_rows(
            table(0, 900), replace(survey, config=survey.config.model_copy(update={"generalised_variance": None}))
        )
        == []
    )


def test_the_step_writes_them(survey: Survey) -> None:
    quality = estimate(random_people(survey, households=300), survey)[1]
    fitted = quality[quality["topic"].isin(["gvf_n", "gvf_unfitted"])]
    assert set(fitted["variable"]) == set(survey.config.generalised_variance.groups)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[unemployed]", "[unemployd]", "no indicator is called 'unemployd'; did you mean 'unemployed'?"),
        ("[unemployed]", "[unemployment_rate]", "'unemployment_rate' is a rate; name the total in its numerator"),
        ("[unemployed]", "[working_age_population]", "'working_age_population' counts its whole universe"),
        ("[unemployed]", "[employed]", "'employed' is in group labour_force already"),
        ("not_by: [displacement]", "not_by: [displacment]", "no variable is called 'displacment'; did you mean"),
        ("rates: [0.01", "rates: [1.01", "'generalised_variance.rates.0' is 1.01; input should be less than 1"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_line(tmp_path, monkeypatch, old, new, problem) -> None:
    shutil.copytree(Path(__file__).parents[2] / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config/config.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if old in row)
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        load_survey(tmp_path)
    assert any(f"config/config.yaml, line {line}: " in row and problem in row for row in error.value.problems)
