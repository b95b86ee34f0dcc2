"""Generalised variance functions: exact where the direct errors follow one, near them on a sample."""

import numpy as np
import pandas as pd
import pytest
from benchmarks.frame import random_people

from lfs.estimate import direct_and_modelled, estimate, function_table, look_up_tables, variance_functions
from lfs.metadata import Survey, SurveyError

SIZES = np.array([2e3, 5e3, 1e4, 5e4, 2e5, 1e6])


def table(a: float, b: float, noise: float = 1.0) -> pd.DataFrame:
    """Totals of SIZES whose errors follow cv^2 = a + b / Y, and rates out of 1,000,000."""
    se = SIZES * np.sqrt(a + b / SIZES) * noise
    totals = pd.DataFrame({"indicator": "unemployed", "sex": [f"c{i}" for i in range(6)], "value": SIZES, "se": se})
    bases = totals.assign(indicator="labour_force", value=2e6, se=1.0)
    rates = totals.assign(indicator="unemployment_rate", value=SIZES / 2e6, se=0.01)
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
