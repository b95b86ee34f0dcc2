"""Calibrations on the edge of what can be done: met all the same, within the bounds; and what cannot be is said so."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.metadata.weighting import CalibrationRule
from lfs.weight import auxiliaries, calibrate, certificate
from lfs.weight.distances import DISTANCES
from lfs.weight.proportional import proportional_fit
from lfs.weight.solver import approach, equations, solve

BOUNDS = [(0.5, 2.0), (0.9, 1.1), (0.2, 1.02), (0.99, 5.0)]


def hard(seed: int, lower: float, upper: float) -> tuple[sparse.csr_array, np.ndarray, np.ndarray, np.ndarray]:
    """x, base, scale and totals: weights over up to ten orders of magnitude, up to 95% of them at a bound in those that
    make the totals, some of zero, controls that repeat others, counts of one to eight or fractions of them."""
    random = np.random.default_rng(seed)
    units, categories = int(random.integers(20, 300)), int(random.integers(2, 9))
    codes = random.integers(-1, categories, (3, units))
    x = np.column_stack([*(codes[:, :, None] == np.arange(categories)), np.ones(units)]).astype(float)
    x *= random.integers(1, 9, units)[:, None]
    if seed % 3 == 0:
        x *= random.uniform(0, 1, x.shape)
    if seed % 2 == 0:
        x = np.column_stack([x, x[:, :2]])
    base = np.exp(random.normal(5, random.choice([0.1, 1, 3, 5]), units))
    base[random.random(units) < 0.05] = 0
    at_bound = random.random(units) < random.choice([0.02, 0.5, 0.95])
    ratio = np.where(at_bound, random.choice([lower, upper], units), random.uniform(lower, upper, units))
    scale = 1 / random.integers(1, 9, units)
    return sparse.csr_array(x), base, scale, np.asarray(x.T @ (base * ratio))


@pytest.mark.parametrize("bounds", BOUNDS, ids=str)
@pytest.mark.parametrize("method", ["truncated_linear", "raking", "logit"])
def test_whatever_weights_within_the_bounds_can_meet_is_met(method: str, bounds: tuple[float, float]) -> None:
    """Catches: steps that end where units at their bounds leave no curvature, which refuses every ninth of these."""
    lower, upper = bounds
    from_afar = 0
    for seed in range(30):
        x, base, scale, totals = hard(seed, lower, upper)
        problem = (equations(base, x, scale), base, totals, DISTANCES[method], lower, upper)
        found = solve(*problem)
        from_afar += found.found
        found = found if found.found else approach(*problem)
        assert found.found, seed
        size = np.maximum(abs(x).T @ base, np.abs(totals))
        assert np.max(np.abs(x.T @ (base * found.ratio) - totals) / np.where(size > 0, size, 1)) < 1e-9
        assert found.ratio.min() >= lower
        assert found.ratio.max() <= upper
    assert from_afar > 10


@pytest.mark.parametrize("method", ["truncated_linear", "raking", "logit"])
def test_both_ways_to_the_solution_lead_to_the_same_weights(method: str) -> None:
    x, base, scale, totals = hard(1, 0.5, 2.0)
    problem = (equations(base, x, scale), base, totals, DISTANCES[method], 0.5, 2.0)
    straight, stepwise = solve(*problem), approach(*problem)
    assert straight.found
    np.testing.assert_allclose(straight.ratio[base > 0], stepwise.ratio[base > 0], rtol=1e-7)


def person(**columns: list) -> pd.DataFrame:
    length = len(next(iter(columns.values())))
    return pd.DataFrame({"person": [f"p{number:05d}" for number in range(length)], **columns})


def test_bounds_that_are_just_wide_enough_are_met_and_just_too_narrow_ones_refused() -> None:
    """All persons of the north must go up by exactly a fifth."""
    people = person(region=["north"] * 50 + ["south"] * 50)
    base = np.full(100, 10.0)
    given = controls(margin("region", ("region",), {("north",): 600.0, ("south",): 500.0}))
    auxiliary = auxiliaries(people, given, base, "person")
    rule = CalibrationRule(method="truncated_linear", lower=0.5, upper=1.2, weight_of="person")
    assert calibrate(auxiliary, base, rule).ratio[:50] == pytest.approx(1.2)
    narrow = rule.model_copy(update={"upper": 1.19})
    with pytest.raises(SurveyError) as raised:
        calibrate(auxiliary, base, narrow)
    assert "'region: north' is 595.0, -5.0 from its total of 600.0" in str(raised.value)
    assert "upper: 1.2" in str(raised.value)


@pytest.mark.parametrize("method", ["linear", "raking", "truncated_linear", "logit"])
def test_totals_of_billions_and_weights_of_every_size(method: str) -> None:
    random = np.random.default_rng(3)
    people = person(region=random.choice(["north", "south"], 2000), sex=random.choice(["male", "female"], 2000))
    base = 10.0 ** random.uniform(0, 7, 2000)
    true = base * random.uniform(0.8, 1.3, 2000)
    given = controls(
        *(
            margin(name, (name,), {(str(key),): float(total) for key, total in sums.items()})
            for name in ("region", "sex")
            if len(sums := pd.Series(true).groupby(people[name]).sum())
        )
    )
    assert sum(given.margins[0].totals.values()) > 1e9
    bounds = {"lower": 0.5, "upper": 2.0} if method in ("truncated_linear", "logit") else {}
    auxiliary = auxiliaries(people, given, base, "person")
    found = calibrate(auxiliary, base, CalibrationRule(method=method, weight_of="person", **bounds))
    np.testing.assert_allclose(auxiliary.x.T @ found.weight, auxiliary.totals, rtol=1e-10)


def test_a_category_that_holds_nobody_and_has_a_total_of_zero_is_no_obstacle() -> None:
    people = person(region=["north", "north", "south", "south"])
    given = controls(margin("region", ("region",), {("north",): 30.0, ("south",): 16.0, ("west",): 0.0}))
    base = np.full(4, 10.0)
    for method in ("linear", "raking", "poststratification"):
        rule = CalibrationRule(method=method, weight_of="person")
        assert calibrate(auxiliaries(people, given, base, "person"), base, rule).weight == pytest.approx([15, 15, 8, 8])


def test_proportional_fitting_gives_the_weights_of_newton_s_method() -> None:
    random = np.random.default_rng(5)
    codes = [random.integers(0, categories, 5000) for categories in (4, 7, 3)]
    x = sparse.csr_array(
        np.column_stack([each[:, None] == np.arange(each.max() + 1) for each in codes]).astype(np.float64)
    )
    base = random.gamma(4, 25, 5000)
    totals = np.asarray(x.T @ (base * random.uniform(0.5, 2, 5000)))
    fitted = proportional_fit(x, [4, 7, 3], base, totals)
    newton = solve(equations(base, x, np.ones(5000)), base, totals, DISTANCES["raking"], 0.0, np.inf)
    assert fitted is not None
    np.testing.assert_allclose(fitted, newton.ratio, rtol=1e-9)


def test_proportional_fitting_knows_what_it_is_not_for() -> None:
    """Margins nearly the same, totals that do not agree, and units that count more than once, or nowhere."""
    random = np.random.default_rng(6)
    one = random.integers(0, 3, 600)
    other = np.where(random.random(600) < 0.02, random.integers(0, 3, 600), one)
    x = sparse.csr_array(np.column_stack([each[:, None] == np.arange(3) for each in (one, other)]).astype(float))
    base = np.ones(600)
    totals = np.asarray(x.T @ random.uniform(0.5, 2, 600))
    assert proportional_fit(x, [3, 3], base, totals) is None
    assert proportional_fit(x, [3, 3], base, totals + np.r_[5.0, 0, 0, 0, 0, 0]) is None
    assert proportional_fit(sparse.csr_array(x * 2), [3, 3], base, totals) is None
    assert proportional_fit(sparse.csr_array(np.eye(4)[:, :3]), [3], np.ones(4), np.ones(3)) is None
    assert proportional_fit(x, [2, 4], base, totals) is None


@pytest.mark.parametrize("seed", range(6))
def test_a_certificate_is_right_about_the_bounds_it_names(seed: int) -> None:
    """With the bounds that it names all is met; a hair narrower, it is not."""
    x, base, _, totals = hard(seed, 0.2, 4.0)
    names = tuple(str(number) for number in range(len(totals)))
    given = (np.full(len(base), 0.98), np.full(len(base), 1.02))
    found = certificate(base, x, totals, names, given)
    assert found is not None
    assert found.bounds is not None
    lower, upper = found.bounds
    assert certificate(base, x, totals, names, (np.full(len(base), lower), np.full(len(base), upper))) is None
    nearer = 1 - 0.99 * (1 - lower), 1 + 0.99 * (upper - 1)
    assert certificate(base, x, totals, names, tuple(np.full(len(base), each) for each in nearer)) is not None
