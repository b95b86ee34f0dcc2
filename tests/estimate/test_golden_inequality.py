"""Gini and quantiles against the package laeken, and Gini's errors three ways; see tests/reference/inequality.R."""

import pandas as pd
import pytest
from tests.estimate.test_golden_earners import DOMAINS, within
from tests.reference.__main__ import INEQUALITY, changes, read, run_r

from lfs.design import jackknife
from lfs.estimate import gini, quantile, replicate_se

GOLDEN = read(INEQUALITY)
LINEARISED = ("replacement", "sizes_2", "opened")


def golden(design: str, domain: str) -> pd.Series:
    rows = GOLDEN[(GOLDEN["design"] == design) & (GOLDEN["domain"] == domain)]
    return rows.set_index(["estimand", "statistic"])["number"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_gini_and_quantiles_are_those_of_laeken(domain: str) -> None:
    """Catches: weights left out of the ranks, the last weight counted twice, a quantile between two numbers."""
    cell = within("replacement", where=domain)
    expected = golden("weights", domain)
    assert len(expected) == 6
    assert gini(cell, "pay").value[0] == pytest.approx(expected["gini", "value"], rel=1e-9)
    for share in (0.1, 0.25, 0.5, 0.8):
        assert quantile(cell, "pay", share).value[0] == expected[f"quantile_{share}", "value"]
    assert quantile(cell, "pay").value[0] == expected["quantile_0.5", "incMedian"]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("name", LINEARISED)
def test_gini_s_error_is_that_of_its_derivative(name: str, domain: str) -> None:
    """R takes the derivative of the definition, over all pairs of earners; ours is of the sorted sum."""
    found = gini(within(name, where=domain), "pay")
    assert found.se[0] == pytest.approx(golden(name, domain)["gini", "se"], rel=1e-9)


@pytest.mark.parametrize("domain", DOMAINS)
def test_gini_s_error_by_replicates_of_laeken_s_function(domain: str) -> None:
    cell = within("collapsed", where=domain)
    value, se = replicate_se(lambda each: gini(each, "pay"), cell, jackknife(cell.design))
    expected = golden("jackknife", domain)
    assert value[0] == pytest.approx(expected["gini", "value"], rel=1e-9)
    assert se[0] == pytest.approx(expected["gini", "se"], rel=1e-9)
    # The two ways to the error come near each other, as they must.
    assert se[0] == pytest.approx(gini(cell, "pay").se[0], rel=0.1)


def test_every_golden_number_is_compared() -> None:
    keys = {(design, domain) for design in ("weights", *LINEARISED, "jackknife") for domain in DOMAINS}
    assert set(zip(GOLDEN["design"], GOLDEN["domain"], strict=True)) == keys
    assert GOLDEN["design"].value_counts().to_dict() == {"weights": 24, "jackknife": 8, **dict.fromkeys(LINEARISED, 4)}


@pytest.mark.full
def test_r_still_gives_the_golden_numbers_of_inequality() -> None:
    changed = changes(GOLDEN, run_r(INEQUALITY))
    assert changed.empty, changed.to_string()
