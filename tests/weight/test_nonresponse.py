"""Non-response made up for: within cells the weights of all are carried by those who answered."""

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import SurveyError
from lfs.metadata.weighting import Nonresponse
from lfs.weight import adjust_eligibility, adjust_nonresponse, base_weights
from lfs.weight.cells import adjustment_cells
from lfs.weight.propensity import propensities, propensity_classes

# Two cells; in the first one of two answers, in the second all but a vacant dwelling and one of unknown eligibility.
SMALL = pd.DataFrame(
    {
        "stratum": ["a", "a", "b", "b", "b", "b"],
        "result": ["complete", "refused", "complete", "complete", "vacant", "absent"],
    }
)
WEIGHT = np.array([10.0, 20.0, 10.0, 30.0, 40.0, 20.0])
BY_STRATUM = Nonresponse(by="stratum", smallest_cell=1)


def test_a_small_table_by_hand():
    """In a 10 stands for 30; in b the eligible are 10, 30 and 20, of which 40 answered."""
    found = adjust_nonresponse(SMALL, WEIGHT, BY_STRATUM)
    assert found.factor == pytest.approx([3, 0, 1.5, 1.5, 0, 0])
    assert found.weight == pytest.approx([30, 0, 15, 45, 0, 0])
    assert found.joined == ()


def test_unknown_eligibility_is_shared_by_all_whose_eligibility_is_known():
    """In b the 20 of unknown eligibility go to 80 of known: 100 / 80; the vacant dwelling takes its part of them."""
    rule = BY_STRATUM.model_copy(update={"unknown_eligibility": ("absent",)})
    first = adjust_eligibility(SMALL, WEIGHT, rule)
    assert first.weight == pytest.approx([10, 20, 12.5, 37.5, 50, 0])
    assert adjust_nonresponse(SMALL, first.weight, rule).weight == pytest.approx([30, 0, 12.5, 37.5, 0, 0])


@pytest.mark.parametrize(
    "rule",
    [
        Nonresponse(by="psu", smallest_cell=5),
        Nonresponse(by="stratum"),
        Nonresponse(by=("region", "in_camp")),
        Nonresponse(propensity=("region", "listed_size"), classes=5),
        Nonresponse(by="psu", smallest_cell=5, unknown_eligibility=("absent",)),
    ],
    ids=["psu", "stratum", "classes", "propensity_classes", "unknown_eligibility"],
)
def test_the_weight_of_the_eligible_is_kept_and_only_those_who_answered_carry_it(selected, rule):
    base, _ = base_weights(selected)
    known = adjust_eligibility(selected, base, rule)
    assert known.weight.sum() == pytest.approx(base.sum())
    found = adjust_nonresponse(selected, known.weight, rule)
    eligible = ~selected["result"].isin(["vacant", *rule.unknown_eligibility])
    assert found.weight.sum() == pytest.approx(known.weight[eligible].sum())
    assert ((found.weight > 0) == (selected["result"] == "complete")).all()
    assert found.factor[found.weight > 0].min() >= 1


def test_the_order_of_rows_is_immaterial(selected):
    base, _ = base_weights(selected)
    rule = Nonresponse(by="psu", smallest_cell=9)
    order = np.random.default_rng(1).permutation(len(selected))
    found = adjust_nonresponse(selected.iloc[order].reset_index(drop=True), base[order], rule)
    whole = adjust_nonresponse(selected, base, rule)
    np.testing.assert_allclose(found.weight, whole.weight[order], rtol=1e-12)
    assert found.joined == whole.joined


def test_small_cells_are_joined_with_the_nearest_of_their_parent_and_told():
    """x1 has one respondent of two, x3 two of four, x2 three of three; y1 is alone in y, and goes to its like."""
    rows = pd.DataFrame({"parent": ["x"] * 9 + ["y"] * 2, "cell": ["1"] * 2 + ["2"] * 3 + ["3"] * 4 + ["1"] * 2})
    answered = np.array([1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1], dtype=bool)
    cell, joined = adjustment_cells(rows, ["parent", "cell"], np.ones(11), answered, 2)
    assert [(each.cell, each.into, each.respondents, each.level) for each in joined] == [("x|1", "x|3", 1, "parent")]
    assert len(set(cell)) == 3
    assert set(cell[:2]) == set(cell[5:9])
    cell, joined = adjustment_cells(rows, ["parent", "cell"], np.ones(11), answered, 3)
    assert [(each.cell, each.into, each.level) for each in joined] == [("x|1", "x|3", "parent"), ("y|1", "x|2", "all")]
    assert np.bincount(cell, weights=answered)[np.unique(cell)].min() >= 3


def test_a_sample_below_the_floor_is_one_cell():
    rows = pd.DataFrame({"cell": ["a", "b", "c"]})
    cell, joined = adjustment_cells(rows, ["cell"], np.ones(3), np.array([True, False, True]), 100)
    assert len(set(cell)) == 1
    assert len(joined) == 2


def test_propensities_weight_up_by_their_inverse(selected):
    base, _ = base_weights(selected)
    found = adjust_nonresponse(selected, base, Nonresponse(propensity=("region",)))
    eligible = (selected["result"] != "vacant").to_numpy()
    answered = (selected["result"] == "complete").to_numpy()
    for region in ("north", "south"):
        here = (selected["region"] == region).to_numpy()
        rate = answered[here & eligible].mean()
        np.testing.assert_allclose(found.factor[here & answered], 1 / rate, rtol=1e-9)


def test_classes_of_propensity_are_of_like_size():
    classes = propensity_classes(np.linspace(0.5, 0.9, 100), 5)
    assert np.bincount(classes)[1:].tolist() == [20] * 5
    assert set(propensity_classes(np.full(10, 0.8), 5)) == {1}


def test_a_variable_that_decides_who_answers_is_refused(selected):
    answered = (selected["region"] == "north").to_numpy()
    with pytest.raises(SurveyError, match="decides by itself who answers"):
        propensities(selected, answered, ["region"])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Nonresponse(by=("town",)), "no column town"),
        (Nonresponse(propensity=("town",)), "town is not known of every selected household"),
    ],
)
def test_variables_must_be_known_of_all(selected, rule, said):
    with pytest.raises(SurveyError, match=said):
        adjust_nonresponse(selected, np.ones(len(selected)), rule)


def test_a_result_is_needed(selected):
    with pytest.raises(SurveyError, match="no result of the interview"):
        adjust_nonresponse(selected.drop(columns="result"), np.ones(len(selected)), BY_STRATUM)
