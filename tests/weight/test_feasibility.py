"""Controls that cannot be met come with a certificate."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.metadata.weighting import CalibrationRule
from lfs.weight import auxiliaries, calibrate, certificate

# Four persons of weight 10: two men and two women, one of each in each region.
PEOPLE = pd.DataFrame(
    {
        "household": ["a", "b", "c", "d"],
        "person": ["a", "b", "c", "d"],
        "region": ["north", "north", "south", "south"],
        "sex": ["male", "female", "male", "female"],
    }
)
BASE = np.full(4, 10.0)


def refused(given, rule) -> str:
    with pytest.raises(SurveyError) as raised:
        calibrate(auxiliaries(PEOPLE, given, BASE), BASE, rule)
    return str(raised.value)


def test_margins_that_contradict_each_other_are_named_with_the_gap():
    """Men and women add up to 44, the regions to 40."""
    given = controls(
        margin("region", ("region",), {("north",): 20.0, ("south",): 20.0}),
        margin("sex", ("sex",), {("male",): 22.0, ("female",): 22.0}),
    )
    for method in ("linear", "raking"):
        message = refused(given, CalibrationRule(method=method))
        assert "cannot be met together" in message
        assert "all of 'region', all of 'sex'" in message
        assert "no bounds can meet them" in message
        assert "from its total" in message


def test_the_gap_is_the_least_there_is():
    x = sparse.csr_array(np.array([[1.0, 1.0], [1.0, 1.0]]))
    found = certificate(
        np.array([10.0, 10.0]), x, np.array([20.0, 26.0]), ("one", "two"), (np.zeros(2), np.full(2, np.inf))
    )
    assert found is not None
    assert found.conflict == ("one", "two")
    assert sum(abs(each.reached - each.total) for each in found.shortfalls) == pytest.approx(6)
    assert found.bounds is None


def test_bounds_that_are_too_narrow_are_met_by_the_nearest_that_are_not():
    """The north needs a ratio of 1.5, the south of 0.8: bounds of 0.9 and 1.2 have to go 2.5 times as far from 1."""
    given = controls(margin("region", ("region",), {("north",): 30.0, ("south",): 16.0}))
    rule = CalibrationRule(method="truncated_linear", lower=0.9, upper=1.2)
    message = refused(given, rule)
    assert "with ratios of weights between 0.9 and 1.2" in message
    assert "nearest to 'region: north' is 24.0, -6.0 from its total of 30.0" in message
    assert "lower: 0.75, upper: 1.5" in message
    wide = rule.model_copy(update={"lower": 0.75, "upper": 1.5})
    found = calibrate(auxiliaries(PEOPLE, given, BASE), BASE, wide)
    assert found.weight == pytest.approx([15, 15, 8, 8])


def test_controls_that_can_be_met_have_no_certificate():
    x = sparse.csr_array(np.eye(2))
    assert certificate(np.ones(2), x, np.array([1.5, 0.5]), ("one", "two"), (np.full(2, 0.4), np.full(2, 2.0))) is None


def test_logit_comes_as_near_to_its_bounds_as_it_has_to():
    given = controls(margin("region", ("region",), {("north",): 30.0, ("south",): 16.0}))
    found = calibrate(auxiliaries(PEOPLE, given, BASE), BASE, CalibrationRule(method="logit", lower=0.5, upper=1.5))
    assert found.weight == pytest.approx([15, 15, 8, 8])
    assert found.ratio.max() <= 1.5
