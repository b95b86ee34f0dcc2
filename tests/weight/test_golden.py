"""Weights of every method, and errors that know of the calibration, against R's survey package; see tests/reference."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from tests.reference.__main__ import CALIBRATION, changes, read, run_r
from tests.reference.household_frame import MARGINS, controls, household_frame

from lfs.calibrated import Calibration, calibration
from lfs.design import Design, survey_design
from lfs.metadata.controls import Controls, Margin
from lfs.metadata.weighting import CalibrationRule
from lfs.weight.auxiliaries import auxiliaries
from lfs.weight.calibration import calibrate
from lfs.weight.propensity import propensities

PEOPLE = household_frame()
GOLDEN = read(CALIBRATION)
WITHOUT = ("region x area",)
# Method of calibration.R, the rule that says the same, and the margins that it takes.
METHODS = {
    "person_linear": (CalibrationRule(method="linear", weight_of="person"), WITHOUT),
    "person_raking": (CalibrationRule(method="raking", weight_of="person"), WITHOUT),
    "person_truncated_linear": (
        CalibrationRule(method="truncated_linear", lower=0.7, upper=1.35, weight_of="person"),
        WITHOUT,
    ),
    "person_bounded_raking": (CalibrationRule(method="raking", lower=0.75, upper=1.4, weight_of="person"), WITHOUT),
    "person_logit": (CalibrationRule(method="logit", lower=0.7, upper=1.35, weight_of="person"), WITHOUT),
    "household_linear": (CalibrationRule(method="linear"), WITHOUT),
    "household_raking": (CalibrationRule(method="raking"), WITHOUT),
    "household_truncated_linear": (CalibrationRule(method="truncated_linear", lower=0.6, upper=1.4), WITHOUT),
    "household_logit": (CalibrationRule(method="logit", lower=0.6, upper=1.45), WITHOUT),
    "rake": (CalibrationRule(method="raking", weight_of="person"), (*WITHOUT, "camp")),
    "poststratification": (CalibrationRule(method="poststratification", weight_of="person"), (*WITHOUT, "camp", "age")),
}
DOMAINS = {
    "working_age <= 1": PEOPLE["sex"].notna(),
    'sex == "male"': PEOPLE["sex"] == "male",
    'area == "camp"': PEOPLE["area"] == "camp",
}


def reference_controls(without: tuple[str, ...] = ()) -> Controls:
    """The margins of controls() as the reader of config/controls would give them."""
    found = []
    for name, rows in controls().groupby("margin", sort=False):
        if name not in without:
            keys = [tuple(categories.split(" x ")) for categories in rows["categories"]]
            totals = dict(zip(keys, rows["total"], strict=True))
            found.append(
                Margin(str(name), MARGINS[str(name)], "persons", totals, dict(zip(keys, rows.index, strict=True)))
            )
    return Controls("controls.csv", tuple(found))


@cache
def calibrated(method: str) -> Calibration:
    rule, without = METHODS[method]
    weight = PEOPLE["weight"].to_numpy()
    auxiliary = auxiliaries(PEOPLE, reference_controls(without), weight, rule.weight_of)
    return calibrate(auxiliary, pd.Series(weight).groupby(auxiliary.unit).first().to_numpy(), rule)


def golden(method: str, statistic: str) -> pd.Series:
    rows = GOLDEN[(GOLDEN["design"] == method) & (GOLDEN["statistic"] == statistic)]
    assert len(rows)
    return rows.set_index("domain")["number"]


@pytest.mark.parametrize("method", METHODS)
def test_weights_are_those_of_r(method):
    weight = calibrated(method).weight_of_persons
    expected = golden(method, "weight")
    found = pd.Series(weight, index=PEOPLE["person"])[expected.index]
    np.testing.assert_allclose(found, expected, rtol=1e-7)
    np.testing.assert_allclose(np.square(weight).sum(), golden(method, "sum_of_squares"), rtol=1e-7)


def variance(scores: np.ndarray, design: Design) -> float:
    """Between PSUs of a stratum; one alone in its stratum adds its square, as with R's option adjust."""
    total = 0.0
    for stratum in range(len(design.stratum_names)):
        here = scores[design.stratum == stratum]
        n = len(here)
        total += n / (n - 1) * np.square(here - here.mean()).sum() if n > 1 else here[0] ** 2
    return total


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("method", METHODS)
def test_errors_know_of_the_calibration_in_and_outside_the_domain(method, domain):
    """Catches: zeros outside the domain, the calibrated weights in the regression, residuals taken person by person."""
    made = calibrated(method)
    if method == "rake":
        # R's rake regresses without weights; its calibrate, and we, with those before the calibration, as Deville and
        # Saerndal do. Told to do the same, our code gives rake's errors too.
        made = replace(made, scale=1 / made.base)
    design = survey_design(PEOPLE)
    inside = DOMAINS[domain].to_numpy()
    weight = made.weight_of_persons
    unemployed, labour_force = (PEOPLE[name].to_numpy() * inside for name in ("unemployed", "labour_force"))
    rate = weight @ unemployed / (weight @ labour_force)
    measures = {
        "svytotal(~unemployed, %s)": unemployed,
        "svytotal(~one, %s)": inside,
        "svyratio(~unemployed, ~labour_force, %s)": (unemployed - rate * labour_force) / (weight @ labour_force),
    }
    scores = made.residual_scores(np.column_stack([*measures.values()]), design.psu, len(design.stratum))
    for statistic, score in zip(measures, scores.T, strict=True):
        expected = golden(method, statistic)[domain]
        # A total that the calibration fixes has no error.
        size = 1e-7 * expected if expected > 1e-6 else 1e-6
        assert np.sqrt(variance(score, design)) == pytest.approx(expected, abs=size)


@pytest.mark.parametrize("method", ["household_linear", "person_linear"])
def test_calibration_written_as_a_table_is_the_same_calibration(method):
    made = calibrated(method)
    unit = PEOPLE["household" if method.startswith("household") else "person"]
    again = calibration(made.table(), unit, dict(zip(made.controls, made.totals, strict=True)))
    design = survey_design(PEOPLE)
    z = PEOPLE[["unemployed", "employed"]].to_numpy()
    np.testing.assert_array_equal(again.weight_of_persons, made.weight_of_persons)
    np.testing.assert_array_equal(
        again.residual_scores(z, design.psu, len(design.stratum)),
        made.residual_scores(z, design.psu, len(design.stratum)),
    )


def test_cross_products_by_domain_are_those_of_the_domain():
    made = calibrated("household_logit")
    codes, names = pd.factorize(PEOPLE["age"])
    found = made.cross_products_by(np.where(PEOPLE["unemployed"] == 1, codes, -1), len(names))
    unemployed = PEOPLE["unemployed"].to_numpy()[:, None] == 1
    alone = made.cross_products((codes[:, None] == range(len(names))) & unemployed)
    np.testing.assert_allclose(found, alone, rtol=1e-12)


def test_propensities_are_those_of_a_logit_model():
    expected = golden("propensity", "propensity")
    found = propensities(PEOPLE, PEOPLE["answered"].to_numpy() == 1, ["sex", "region"])
    np.testing.assert_allclose(pd.Series(found, index=PEOPLE["person"])[expected.index], expected, rtol=1e-7)


def test_every_golden_number_is_compared():
    """Of each method a sum of squares, 30 weights, and three errors in three domains; and 30 propensities."""
    assert set(GOLDEN["design"]) == {*METHODS, "propensity"}
    of_method = GOLDEN[GOLDEN["design"] != "propensity"]
    counts = of_method.groupby("design")["statistic"].agg(lambda names: names.value_counts().tolist())
    assert all(each == [30, 3, 3, 3, 1] for each in counts)
    assert set(of_method.loc[of_method["statistic"].str.startswith("svy"), "domain"]) == set(DOMAINS)


@pytest.mark.full
def test_r_still_gives_these_numbers():
    assert changes(GOLDEN, run_r(CALIBRATION)).empty
