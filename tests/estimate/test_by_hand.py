"""Tables small enough to work out on paper."""

import math

import pandas as pd
import pytest

from lfs.estimate import rate, total


def table(*rows: str) -> pd.DataFrame:
    """stratum psu weight sex labour_force unemployed, one person a line; T and F are true and false, - is empty."""
    names = ["stratum", "psu", "weight", "sex", "labour_force", "unemployed"]
    people = pd.DataFrame([row.split() for row in rows], columns=names).astype({"weight": "float64"})
    for name in ("labour_force", "unemployed"):
        people[name] = people[name].map({"T": True, "F": False, "-": None}).astype("boolean")
    return people


TWO_STRATA = table(
    "north a 10 male   T T",
    "north a 10 female T F",
    "north b 10 male   T F",
    "north b 10 female F -",
    "south c 20 male   T T",
    "south c 20 female T T",
    "south d 20 male   F -",
    "south d 20 female T F",
)


def test_total() -> None:
    """PSU totals of the unemployed: 10, 0 in the north; 40, 0 in the south. v = 2 (5^2 + 5^2) + 2 (20^2 + 20^2)."""
    found = total(TWO_STRATA, "unemployed").iloc[0]
    assert found["value"] == 50
    assert found["se"] == pytest.approx(math.sqrt(100 + 1600))
    assert (found["df"], found["n"], found["n_cases"]) == (2, 8, 3)


def test_limits_of_a_total_that_would_go_below_zero() -> None:
    """At 80% 50 exp(-+ 1.8856 * 41.23 / 50) = 10.6 and 236.7; at 95% they would be 1.4 and 1,737: none."""
    found = total(TWO_STRATA, "unemployed", confidence=0.8).iloc[0]
    assert found["interval"] == "log"
    assert found["lower"] == pytest.approx(50 * math.exp(-1.8856180831641267 * math.sqrt(1700) / 50))
    assert found["upper"] == pytest.approx(50**2 / found["lower"])
    found = total(TWO_STRATA, "unemployed").iloc[0]
    assert (found["interval"], found["se"]) == ("none", pytest.approx(math.sqrt(1700)))
    assert math.isnan(found["lower"])
    assert math.isnan(found["upper"])


def test_rate() -> None:
    """R = 50 / 90. Scores y - R x: 10 - 200/18, -100/18; 40 - 400/18, -200/18, over 90."""
    found = rate(TWO_STRATA, "unemployed", "labour_force").iloc[0]
    assert found["value"] == pytest.approx(5 / 9)
    north = (10 - 200 / 18) - (-100 / 18)
    south = (40 - 400 / 18) - (-200 / 18)
    # Of two PSUs, 2 ((d/2)^2 + (d/2)^2) = d^2.
    assert found["se"] == pytest.approx(math.sqrt(north**2 + south**2) / 90)
    assert (found["df"], found["n"], found["n_cases"]) == (2, 6, 3)
    assert found["deff"] == pytest.approx(found["se"] ** 2 / ((5 / 9) * (4 / 9) / 5))


def test_a_psu_without_a_case_counts_as_zero() -> None:
    """Men of the labour force are in a, b, c; d has none and still makes the south a stratum of two PSUs."""
    men = rate(TWO_STRATA, "unemployed", "labour_force", "sex").set_index("sex").loc["male"]
    assert men["value"] == pytest.approx(30 / 40)
    north = (10 - 7.5) - (0 - 7.5)
    south = (20 - 15) - 0
    assert men["se"] == pytest.approx(math.sqrt(north**2 + south**2) / 40)
    # Degrees of freedom count only what holds a case: 3 PSUs less 2 strata.
    assert men["df"] == 1


SINGLE = table(
    "north a 10 male T T",
    "north a 10 male T F",
    "north b 10 male T F",
    "north b 10 male T F",
    "alone c 20 male T T",
    "alone c 20 male T F",
)


@pytest.mark.parametrize(
    ("treatment", "total_variance"),
    # North: PSU totals 10 and 0, v = 100. The PSU alone has 20: nothing, its square, or as much as the north.
    [("certainty", 100), ("centre", 100 + 400), ("average", 100 * 2 / 1)],
)
def test_a_psu_alone_in_its_stratum(treatment: str, total_variance: float) -> None:
    assert total(SINGLE, "unemployed", single_psu=treatment)["se"].iloc[0] == pytest.approx(math.sqrt(total_variance))


def test_without_strata_all_psus_are_one_stratum() -> None:
    """Totals 10, 0, 40, 0: mean 12.5, squares 6.25 + 156.25 + 756.25 + 156.25, times 4/3."""
    found = total(TWO_STRATA.drop(columns="stratum"), "unemployed").iloc[0]
    assert found["se"] == pytest.approx(math.sqrt(1075 * 4 / 3))
    assert found["df"] == 3


def test_without_psus_each_person_is_one() -> None:
    found = total(TWO_STRATA.drop(columns=["stratum", "psu"]), "unemployed").iloc[0]
    squares = 3 * (50 / 8) ** 2 + 2 * (50 / 8) ** 2 + (10 - 50 / 8) ** 2 + 2 * (20 - 50 / 8) ** 2
    assert found["se"] == pytest.approx(math.sqrt(squares * 8 / 7))
    assert found["df"] == 7


def test_a_rate_of_zero_or_one_has_limits_that_are_not_zero_wide() -> None:
    """Nobody of six is unemployed in four PSUs of two strata: Clopper-Pearson of 0 in 6 (t5 / t2)^2."""
    people = TWO_STRATA.assign(unemployed=TWO_STRATA["labour_force"] & False)
    found = rate(people, "unemployed", "labour_force").iloc[0]
    assert (found["value"], found["se"], found["interval"], found["lower"]) == (0, 0, "korn_graubard", 0)
    effective = 6 * (2.570581835636314 / 4.302652729749464) ** 2
    assert found["upper"] == pytest.approx(1 - 0.025 ** (1 / effective))
    everyone = rate(people.assign(unemployed=people["labour_force"]), "unemployed", "labour_force").iloc[0]
    assert everyone["upper"] == 1
    assert everyone["lower"] == pytest.approx(1 - found["upper"])


def test_no_limits_without_degrees_of_freedom() -> None:
    found = rate(TWO_STRATA[:4], "unemployed", "labour_force", where="unemployed").iloc[0]
    assert found["df"] == 0
    assert found["interval"] == "none"
    assert math.isnan(found["lower"])
    assert math.isnan(found["upper"])


def test_a_ratio_whose_numerator_is_no_part_of_the_denominator_is_no_proportion() -> None:
    """Unemployed per person outside the labour force: 50 / 30, of all eight; limits normal or log, never logit."""
    outside = ~TWO_STRATA["labour_force"]
    found = rate(TWO_STRATA.assign(outside=outside), "unemployed", "outside", confidence=0.6).iloc[0]
    assert found["value"] == pytest.approx(50 / 30)
    assert (found["n"], found["n_cases"]) == (5, 3)
    assert found["interval"] in ("normal", "log")
