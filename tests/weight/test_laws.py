"""What holds for every method: totals are met, bounds are kept, and no order matters."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.metadata.controls import Controls, read_controls
from lfs.metadata.weighting import CalibrationRule
from lfs.weight.auxiliaries import auxiliaries
from lfs.weight.calibration import calibrate, calibrate_replicates
from lfs.weight.distances import DISTANCES
from lfs.weight.solver import equations, solve

RULES = [
    CalibrationRule(method="linear"),
    CalibrationRule(method="raking"),
    CalibrationRule(method="truncated_linear", lower=0.5, upper=2),
    CalibrationRule(method="logit", lower=0.5, upper=2),
    CalibrationRule(method="raking", lower=0.5, upper=2),
]
NAMES = ["linear", "raking", "truncated_linear", "logit", "bounded_raking"]
rules = pytest.mark.parametrize("rule", RULES, ids=NAMES)


def weights(people: pd.DataFrame, population: Controls, rule: CalibrationRule) -> pd.Series:
    """Calibrated weight of each person, by person."""
    base = people["weight"].to_numpy()
    auxiliary = auxiliaries(people, population, base, rule.weight_of)
    first = pd.Series(base).groupby(auxiliary.unit).first().to_numpy()
    return pd.Series(calibrate(auxiliary, first, rule).weight_of_persons, index=people["person"])


@rules
def test_every_total_is_met_and_a_household_carries_one_weight(people, population, rule):
    found = people.assign(weight=weights(people, population, rule).to_numpy())
    for each in population.margins:
        rows = found.drop_duplicates("household") if each.counts == "households" else found
        for categories, total in each.totals.items():
            here = np.logical_and.reduce(
                [rows[name] == code for name, code in zip(each.variables, categories, strict=True)]
            )
            assert rows.loc[here, "weight"].sum() == pytest.approx(total, rel=1e-10)
    assert len(found[["household", "weight"]].drop_duplicates()) == found["household"].nunique()


@rules
def test_no_weight_leaves_the_bounds_and_none_is_negative(people, population, rule):
    ratio = weights(people, population, rule).to_numpy() / people["weight"].to_numpy()
    lower, upper = rule.bounds
    assert ratio.min() >= max(lower, 0) * (1 - 1e-15)
    assert ratio.max() <= upper * (1 + 1e-15)


@rules
def test_the_order_of_rows_is_immaterial_to_the_last_bit(people, population, rule):
    shuffled = people.sample(frac=1, random_state=3)
    expected = weights(people, population, rule)
    pd.testing.assert_series_equal(weights(shuffled, population, rule)[expected.index], expected, check_exact=True)


@rules
def test_the_order_of_margins_is_immaterial(people, population, rule):
    turned = Controls(population.file, population.margins[::-1])
    expected = weights(people, population, rule)
    pd.testing.assert_series_equal(weights(people, turned, rule), expected, rtol=1e-9)


@rules
def test_totals_that_are_met_already_change_nothing(people, population, rule):
    once = people.assign(weight=weights(people, population, rule).to_numpy())
    again = weights(once, population, rule)
    np.testing.assert_allclose(again.to_numpy(), once["weight"].to_numpy(), rtol=1e-9)


@rules
def test_a_margin_that_repeats_another_changes_nothing(people, population, rule):
    whole = population.margins[0]
    by_sex = {sex: total for (sex,), total in whole.sums([1]).items()}
    more = margin("sex", ("sex",), {(sex,): total for sex, total in by_sex.items()})
    expected = weights(people, population, rule)
    found = weights(people, Controls(population.file, (more, *population.margins)), rule)
    pd.testing.assert_series_equal(found, expected, rtol=1e-9)


@rules
def test_weights_and_totals_scaled_together_keep_the_ratios(people, population, rule):
    tenfold = controls(
        *(
            margin(each.name, each.variables, {key: 10 * total for key, total in each.totals.items()}, each.counts)
            for each in population.margins
        )
    )
    found = weights(people.assign(weight=people["weight"] * 10), tenfold, rule)
    pd.testing.assert_series_equal(found / 10, weights(people, population, rule), rtol=1e-9)


def test_totals_rounded_to_persons_are_reconciled(people, population):
    rounded = controls(
        *(
            margin(
                each.name, each.variables, {key: float(round(total)) for key, total in each.totals.items()}, each.counts
            )
            for each in population.margins
        )
    )
    rule = CalibrationRule(method="raking")
    expected = weights(people, population, rule)
    np.testing.assert_allclose(weights(people, rounded, rule), expected, rtol=2e-3)


def six_totals(people: pd.DataFrame, gap: int) -> dict[tuple[str, ...], dict[tuple[str, ...], float]]:
    """Whole numbers by region and by sex and camp, `gap` persons more by region."""
    sums = people.groupby(["sex", "in_camp"])["weight"].sum().round()
    regions = people.groupby("region")["weight"].sum().round()
    regions["south"] += sums.sum() + gap - regions.sum()
    return {("region",): {(str(key),): total for key, total in regions.items()}, ("sex", "in_camp"): dict(sums.items())}


@pytest.mark.parametrize("method", ["linear", "raking", "logit"])
@pytest.mark.parametrize("gap", [1, 3])
def test_margins_that_are_let_in_are_reconciled(people, write_controls, variables, gap, method):
    """Three persons are what rounding six totals can leave at most."""
    rows = "".join(
        f"{' and '.join(names)},{' x '.join(names)},{' x '.join(key)},{total:.0f}\n"
        for names, totals in six_totals(people, gap).items()
        for key, total in totals.items()
    )
    let_in = read_controls(write_controls(rows), "2021H2", variables)
    assert let_in.margins[0].total - let_in.margins[1].total == gap
    bounds = {"lower": 0.5, "upper": 2.0} if method == "logit" else {}
    found = weights(people, let_in, CalibrationRule(method=method, **bounds)).to_numpy()
    for each in let_in.margins:
        for categories, total in each.totals.items():
            pairs = zip(each.variables, categories, strict=True)
            here = np.logical_and.reduce([people[name] == code for name, code in pairs])
            assert found[here].sum() == pytest.approx(total, abs=gap)


def test_margins_further_apart_than_rounding_are_neither_let_in_nor_reconciled(people, write_controls, variables):
    totals = six_totals(people, 4)
    rows = "".join(
        f"{' and '.join(names)},{' x '.join(names)},{' x '.join(key)},{total:.0f}\n"
        for names, each in totals.items()
        for key, total in each.items()
    )
    with pytest.raises(SurveyError, match="both speak of the same people"):
        read_controls(write_controls(rows), "2021H2", variables)
    made = controls(*(margin(" ".join(names), names, each) for names, each in totals.items()))
    with pytest.raises(SurveyError, match="cannot be met together"):
        weights(people, made, CalibrationRule(method="raking"))


@pytest.mark.parametrize("rule", RULES[:4], ids=NAMES[:4])
def test_replicates_are_calibrated_as_the_weights_are(people, population, rule):
    base = people["weight"].to_numpy()
    auxiliary = auxiliaries(people, population, base)
    first = pd.Series(base).groupby(auxiliary.unit).first().to_numpy()
    factor = np.random.default_rng(1).uniform(0.8, 1.2, (len(first), 3))
    found = calibrate_replicates(auxiliary, first, first[:, None] * factor, rule)
    for number in range(3):
        alone = calibrate(auxiliary, first * factor[:, number], rule).weight
        np.testing.assert_allclose(found[:, number], alone, rtol=1e-9)


def test_poststratification_is_raking_to_one_margin(people):
    by_region = controls(margin("region", ("region",), {("north",): 9000.0, ("south",): 7000.0}))
    one, other = (weights(people, by_region, CalibrationRule(method=name)) for name in ("poststratification", "raking"))
    pd.testing.assert_series_equal(one, other, rtol=1e-10)


def test_persons_not_stated_are_shared_out_like_those_alike(people):
    """Two not stated on sex in the north count there, in the shares of the north's men and women by weight."""
    some = people.copy()
    north = some["region"] == "north"
    some.loc[some.index[north][:2], "sex"] = "not_stated"
    both = controls(
        margin(
            "region x sex",
            ("region", "sex"),
            dict.fromkeys([("north", "male"), ("north", "female"), ("south", "male"), ("south", "female")], 1000.0),
        )
    )
    weight = some["weight"].to_numpy()
    auxiliary = auxiliaries(some, both, weight, "person", "share")
    x = pd.DataFrame(auxiliary.x.toarray(), columns=auxiliary.labels)
    spread = x[(x > 0).sum(axis=1) == 2]
    stated = some[north & (some["sex"] != "not_stated")]
    share = stated.groupby("sex")["weight"].sum() / stated["weight"].sum()
    assert len(spread) == 2
    np.testing.assert_allclose(spread["north x male"], share["male"], rtol=1e-12)
    np.testing.assert_allclose(spread["north x female"], share["female"], rtol=1e-12)
    assert x.sum(axis=1).to_numpy() == pytest.approx(1)


@given(st.integers(0, 10_000), st.sampled_from(["linear", "raking", "truncated_linear", "logit"]))
@settings(max_examples=40, deadline=None)
def test_any_controls_that_can_be_met_are_met(seed, method):
    """Controls of weights within the bounds, on margins that overlap, repeat each other and leave some units out."""
    random = np.random.default_rng(seed)
    units = 120
    codes = random.integers(-1, 4, (3, units))
    x = np.column_stack([code == each for code in codes for each in range(4)] + [codes[0] >= 0, np.ones(units)])
    x = sparse.csr_array(x.astype(float) * random.integers(1, 5, units)[:, None])
    base = random.gamma(4, 25, units)
    totals = np.asarray(x.T @ (base * random.uniform(0.7, 1.6, units)))
    lower, upper = (0.5, 2.0) if method in ("truncated_linear", "logit") else (-np.inf, np.inf)
    found = solve(equations(base, x, np.ones(units)), base, totals, DISTANCES[method], lower, upper)
    assert found.found
    np.testing.assert_allclose(x.T @ (base * found.ratio), totals, rtol=1e-10, atol=1e-9)
    assert found.ratio.min() >= lower
    assert found.ratio.max() <= upper


@pytest.mark.parametrize("method", sorted(set(DISTANCES)))
def test_slope_and_area_are_those_of_the_ratio(method):
    u = np.linspace(-2.5, 2.5, 4001)
    ratio, slope, area = DISTANCES[method](u, 0.4, 2.2)
    step = u[1] - u[0]
    corner = np.abs(np.gradient(slope)) > 0.1  # where a function is cut it has no slope
    smooth = ~np.convolve(corner, np.ones(5), "same").astype(bool)
    np.testing.assert_allclose(np.gradient(ratio, step)[smooth][2:-2], slope[smooth][2:-2], atol=2e-3)
    np.testing.assert_allclose(np.gradient(area, step)[2:-2], ratio[2:-2], atol=2e-3)
    assert DISTANCES[method](np.zeros(1), 0.4, 2.2) == (pytest.approx([1]), pytest.approx([1]), pytest.approx([0]))
