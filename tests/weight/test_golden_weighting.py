"""Non-response, trimming, calibrated replicates and comparisons under calibrated weights, against R.

By its packages survey and sampling; see tests/reference/weighting.R.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from tests.reference.__main__ import WEIGHTING, changes, read, run_r
from tests.reference.household_frame import household_frame
from tests.weight.test_golden import METHODS, WITHOUT, calibrated, reference_controls

from lfs.design import collapse, delivered, jackknife, survey_design, with_stages
from lfs.estimate import Linearised, difference, domains, quotient, ratio, replicate_se, weighted_total
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Trimming
from lfs.weight import (
    adjust_eligibility,
    adjust_nonresponse,
    auxiliaries,
    calibrate,
    calibrate_replicates,
    trim,
    trim_calibrated,
    trim_limits,
)
from lfs.weight.propensity import propensities
from lfs.weight.trimming import Limits

PEOPLE = household_frame().rename(columns={"size": "listed"})
WEIGHT = PEOPLE["weight"].to_numpy()
GOLDEN = read(WEIGHTING)
MODEL = ("sex", "region", "listed")


def nonresponse(**rule: object) -> np.ndarray:
    return adjust_nonresponse(PEOPLE, WEIGHT, Nonresponse(smallest_cell=1, **rule)).weight


def trimmed() -> np.ndarray:
    """R's trimWeights has upper and lower for all; what is cut goes to the others equally, and they are alike here."""
    even = np.where(WEIGHT > 500, WEIGHT, 200.0)
    return trim(even, Limits(np.zeros(len(even)), np.full(len(even), 500.0)), np.zeros(len(even), dtype=np.intp))


def trimmed_and_calibrated() -> np.ndarray:
    raked = calibrated("household_raking")
    low, high = limits_of_trimming()
    limits = Limits(np.full(len(raked.base), low), np.full(len(raked.base), high))
    return trim_calibrated(raked, limits, METHODS["household_raking"][0]).weight_of_persons


def limits_of_trimming() -> tuple[float, float]:
    """As trim_limits makes them of persons: 0.4 and 2 times the median."""
    weight = calibrated("household_raking").weight_of_persons
    found = trim_limits(weight, np.zeros(len(weight), dtype=np.intp), Trimming(lower=0.4, upper=2))
    return float(found.lower[0]), float(found.upper[0])


WEIGHTS: dict[str, Callable[[], np.ndarray]] = {
    "cell_stratum": lambda: nonresponse(by="stratum", unknown_eligibility=()),
    "cell_classes": lambda: nonresponse(by=("region", "sex")),
    "eligibility": lambda: (
        adjust_eligibility(
            PEOPLE, WEIGHT, Nonresponse(by="stratum", smallest_cell=1, unknown_eligibility=("absent",))
        ).weight
    ),
    "propensity": lambda: nonresponse(propensity=MODEL),
    "propensity_classes": lambda: nonresponse(propensity=MODEL, classes=5),
    "trim": trimmed,
    "trim_calibrated": trimmed_and_calibrated,
    "sampling_linear": lambda: calibrated("person_linear").weight_of_persons,
    "sampling_raking": lambda: calibrated("person_raking").weight_of_persons,
    "sampling_truncated_linear": lambda: calibrated("person_truncated_linear").weight_of_persons,
    "sampling_logit": lambda: calibrated("person_logit").weight_of_persons,
    "sampling_household_linear": lambda: calibrated("household_linear").weight_of_persons,
    "sampling_household_raking": lambda: calibrated("household_raking").weight_of_persons,
}
COMPARED = ("household_raking", "person_logit", "person_linear")
REPLICATED = {
    "replicates_linear": CalibrationRule(method="linear", weight_of="person"),
    "replicates_raking": CalibrationRule(method="raking", weight_of="person"),
    "replicates_logit": CalibrationRule(method="logit", lower=0.3, upper=3, weight_of="person"),
    "replicates_household": CalibrationRule(method="raking"),
}


def golden(design: str, estimand: str) -> pd.DataFrame:
    return GOLDEN[(GOLDEN["design"] == design) & (GOLDEN["estimand"] == estimand)]


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_are_those_of_r(name: str) -> None:
    """Catches: a wrong base of a factor, respondents who take part in it, classes cut elsewhere, limits not kept."""
    weight = WEIGHTS[name]()
    expected = golden(name, "weights").set_index("domain")["number"]
    assert np.square(weight).sum() == pytest.approx(expected.pop("total"), rel=1e-7)
    assert len(expected) == 40
    np.testing.assert_allclose(pd.Series(weight, index=PEOPLE["person"])[expected.index], expected, rtol=1e-7)


def test_what_is_cut_goes_in_proportion_and_not_equally() -> None:
    """The difference to R's trimWeights where the others are not alike: the same sum, the same limit, other weights."""
    weight = trim(WEIGHT, Limits(np.zeros(len(WEIGHT)), np.full(len(WEIGHT), 400.0)), np.zeros(len(WEIGHT), dtype=int))
    below = weight < 400
    assert weight.sum() == pytest.approx(WEIGHT.sum())
    np.testing.assert_allclose(weight[below] / WEIGHT[below], (weight[below] / WEIGHT[below])[0], rtol=1e-12)


def test_limits_and_propensities_are_those_of_r() -> None:
    assert limits_of_trimming() == pytest.approx(tuple(golden("trim_calibrated", "limits")["number"]), rel=1e-7)
    eligible = (PEOPLE["result"] != "vacant").to_numpy()
    found = pd.Series(1.0, index=PEOPLE["person"])
    found[eligible] = propensities(PEOPLE[eligible], (PEOPLE["result"] == "complete").to_numpy()[eligible], MODEL)
    expected = golden("propensity", "propensity").set_index("domain")["number"]
    np.testing.assert_allclose(found[expected.index], expected, rtol=1e-9)


def test_a_ratio_and_a_total_of_the_package_sampling() -> None:
    """vartaylor_ratio of 60 of 240 drawn at random: sampling fractions, and a stratum for all."""
    taken = PEOPLE[PEOPLE["labour_force"] == 1][:60].assign(fraction=60 / 240, weight=4.0)
    taken = taken.drop(columns=["stratum", "psu", "household"])
    design = with_stages(survey_design(taken), taken, ["fraction"])
    rate = ratio(domains(taken, design=design), "unemployed", "labour_force")
    assert rate.se[0] == pytest.approx(golden("simple", "unemployment_rate")["number"].iloc[0], rel=1e-9)
    labour_force = weighted_total(domains(PEOPLE), "labour_force")
    assert labour_force.value[0] == pytest.approx(golden("as_drawn", "labour_force")["number"].iloc[0], rel=1e-9)


@pytest.mark.parametrize("name", COMPARED)
def test_rates_of_men_and_women_compared_under_calibrated_weights(name: str) -> None:
    """Catches: the covariance of two domains left out, or residuals taken in one of them only."""
    made = calibrated(name)
    design = replace(survey_design(PEOPLE), weight=made.weight_of_persons)
    rates = ratio(domains(PEOPLE, "sex", None, design, "centre", made), "unemployed", "labour_force")
    male, female = rates.row(sex="male"), rates.row(sex="female")
    for estimand, found in (("difference", difference(male, female)), ("quotient", quotient(male, female))):
        expected = golden(name, estimand).set_index("statistic")["number"]
        assert found.value[0] == pytest.approx(expected["value"], rel=1e-7)
        assert found.se[0] == pytest.approx(expected["se"], rel=1e-7)


@cache
def replicates(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Calibrated weight, calibrated replicates of the jackknife, and its rscales, of the persons."""
    rule = REPLICATED[name]
    design = collapse(survey_design(PEOPLE), {"s11": "s10"})
    made = jackknife(design)
    whole = np.column_stack([*made.weights(design)])
    auxiliary = auxiliaries(PEOPLE, reference_controls(WITHOUT), WEIGHT, rule.weight_of)
    first = np.unique(auxiliary.unit, return_index=True)[1]
    found = calibrate_replicates(auxiliary, WEIGHT[first], whole[first], rule)[auxiliary.unit]
    return calibrate(auxiliary, WEIGHT[first], rule).weight_of_persons, found, made.rscales


@pytest.mark.parametrize("name", REPLICATED)
def test_every_replicate_is_calibrated(name: str) -> None:
    """Catches: replicates that keep the calibration factor of the whole sample, whose controls would vary."""
    weight, columns, rscales = replicates(name)
    table = pd.DataFrame(columns, columns=[f"r{number}" for number in range(columns.shape[1])])
    people = pd.concat([PEOPLE.assign(weight=weight, control=_first_control()), table], axis=1)
    within = domains(people, design=survey_design(people))
    given = delivered(people, list(table), 1.0, list(rscales))
    estimators: dict[str, Callable[..., Linearised]] = {
        "unemployed": lambda each: weighted_total(each, "unemployed"),
        "unemployment_rate": lambda each: ratio(each, "unemployed", "labour_force"),
        "control": lambda each: weighted_total(each, "control"),
    }
    for estimand, estimator in estimators.items():
        value, se = replicate_se(estimator, within, given)
        expected = golden(name, estimand).set_index("statistic")["number"]
        assert value[0] == pytest.approx(expected["value"], rel=1e-7)
        # A control has no error, here and in R, but for what the last step leaves.
        assert se[0] == pytest.approx(expected["se"], rel=1e-7, abs=1e-6)


def _first_control() -> pd.Series:
    return ((PEOPLE["region"] == "centre") & (PEOPLE["sex"] == "female")).astype(float)


def test_every_golden_number_is_compared() -> None:
    keys = {
        *((name, "weights") for name in WEIGHTS),
        *((name, estimand) for name in COMPARED for estimand in ("difference", "quotient")),
        *((name, each) for name in REPLICATED for each in ("unemployed", "unemployment_rate", "control")),
        *[("trim_calibrated", "limits"), ("propensity", "propensity")],
        *[("simple", "unemployment_rate"), ("as_drawn", "labour_force")],
    }
    assert set(zip(GOLDEN["design"], GOLDEN["estimand"], strict=True)) == keys


@pytest.mark.full
def test_r_still_gives_these_numbers() -> None:
    assert changes(GOLDEN, run_r(WEIGHTING)).empty
