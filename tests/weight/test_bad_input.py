"""Weights and controls that cannot be right: one plain message each, and no number."""

import numpy as np
import pytest
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.metadata.controls import read_controls
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Trimming, Weighting
from lfs.weight import base_weights, check_weights, weight

REGION = "region,region,north,1000\nregion,region,south,2000\n"
SEX = "sex,sex,male,1400\nsex,sex,female,1600\n"


def problem(call) -> str:
    with pytest.raises(SurveyError) as raised:
        call()
    return str(raised.value)


def test_controls_that_are_right_are_read(write_controls, variables):
    folder = write_controls(REGION + SEX + "camps,in_camp,yes,50\n")
    found = read_controls(folder, "2021H2", variables, incomplete=["camps"])
    assert [(each.name, each.total) for each in found.margins] == [("region", 3000), ("sex", 3000), ("camps", 50)]
    assert found.margins[0].lines == {("north",): 2, ("south",): 3}


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        (REGION.replace("south", "suoth"), 3, "'suoth' is no category of region; did you mean 'south'?"),
        (REGION.replace("region,south", "regoin,south"), 3, "margin 'region' has other variables"),
        ("age,age,30,10\n", 2, "no category variable is called 'age'; did you mean 'age_band'?"),
        ("region,region,north,1000\n", 2, "margin 'region' lacks south"),
        (REGION + "region,region,north,1000\n", 4, "north stands already in line 2"),
        ("region,region,north,1 000\n", 2, "'1 000' is no number"),
        ("region,region,north,-5\n", 2, "-5 is negative"),
        ("region,region,north,nan\n", 2, "'nan' is no number"),
        ("region,region,,5\n", 2, "categories is empty"),
        ("region,region,north,1,000\n", 2, "no thousands separator"),
        ("region,region,north,0\nregion,region,south,0\n", 2, "margin 'region' is empty"),
        ("r,region x sex,north,10\n", 2, "1 categories for 2 variables"),
        (REGION + SEX.replace("1600", "1700"), 2, "adds up to 3,000 but margin 'sex' to 3,100"),
        (REGION + "sex,sex,male,1.4\nsex,sex,female,1.6\n", 2, "one is in thousands"),
    ],
)
def test_controls_that_are_wrong_are_refused_with_file_and_line(write_controls, variables, rows, line, said):
    message = problem(lambda: read_controls(write_controls(rows), "2021H2", variables))
    assert f"config/controls/2021H2.csv, line {line}" in message
    assert said in message


PLACE = "".join(
    f"place,region x in_camp,{region} x {camp},{total}\n"
    for region, camp, total in [("north", "yes", 5), ("north", "no", 10), ("south", "yes", 1), ("south", "no", 20)]
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (PLACE.replace("north x no,10", "north x no,1O"), ["line 3, total: '1O' is no number"]),
        (PLACE.replace("north x no,10", "north x no,1,000"), ["line 3: more values than the header has"]),
        (PLACE.replace("north x no", "north x nod"), ["line 3: 'nod' is no category of in_camp; did you mean 'no'?"]),
        (
            PLACE.replace("place,region x in_camp,north x no", ",region x in_camp,north x no"),
            ["line 3: margin is empty"],
        ),
        (PLACE.replace("region x", "regoin x"), ["lines 2-5: no category variable is called 'regoin'"]),
        (SEX + PLACE.replace("region x", "regoin x"), ["lines 4-7: no category variable is called 'regoin'"]),
        (PLACE.replace("region x", "regoin x", 1), ["line 2: margin 'place' has other variables or counts in line 3"]),
        ("camps,in_camp,yess,10\n", ["line 2: 'yess' is no category of in_camp"]),
    ],
)
def test_a_mistake_has_one_message_and_no_second_that_is_false(write_controls, variables, rows, said):
    with pytest.raises(SurveyError) as raised:
        read_controls(write_controls(rows), "2021H2", variables, ["camps"] if "camps" in rows else ())
    assert len(raised.value.problems) == len(said)
    for problem, start in zip(raised.value.problems, said, strict=True):
        assert f"config/controls/2021H2.csv, {start}" in problem


def test_margins_must_agree_on_every_category_that_they_share(write_controls, variables):
    rows = "a,region,north,1000\na,region,south,2000\n" + "".join(
        f"b,region x sex,{region} x {sex},{total}\n"
        for region, sex, total in [
            ("north", "male", 600),
            ("north", "female", 500),
            ("south", "male", 900),
            ("south", "female", 1000),
        ]
    )
    message = problem(lambda: read_controls(write_controls(rows), "2021H2", variables))
    assert "1,000 of north but margin 'b' to 1,100" in message
    assert "2,000 of south but margin 'b' to 1,900" in message


def test_margins_of_different_people_may_differ(write_controls, variables):
    rows = REGION + "age,age_band,15-24,700\nage,age_band,25+,1300\n"
    assert len(read_controls(write_controls(rows), "2021H2", variables).margins) == 2


def test_an_unknown_column_and_a_missing_file_are_named(write_controls, variables, tmp_path):
    message = problem(lambda: read_controls(tmp_path, "2021H2", variables))
    assert "config/controls/2021H2.csv does not exist" in message
    assert "write it (CONTRIBUTING, Weights), or take calibration: out of config.yaml" in message
    folder = write_controls(REGION, "margin,variable,categories,total\n")
    message = problem(lambda: read_controls(folder, "2021H2", variables))
    assert "column variables is missing" in message
    assert "unknown column 'variable'; did you mean 'variables'?" in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda w: np.where(np.arange(len(w)) < 3, np.nan, w), "3 rows have a missing or infinite weight"),
        (lambda w: np.where(np.arange(len(w)) < 2, 0.0, w), "2 rows have a zero weight"),
        (lambda w: np.where(np.arange(len(w)) < 1, -w, w), "1 rows have a negative weight"),
        (np.ones_like, "have the same weight, as if none had been given"),
        (lambda w: w * np.where(np.arange(len(w)) == 0, 1.5, 1), "the persons of 1 households carry different weights"),
    ],
)
def test_weights_that_cannot_be_right(people, change, said):
    big = people[people.groupby("household")["person"].transform("size") > 1].reset_index(drop=True)
    weights = change(big["weight"].to_numpy(copy=True))
    message = problem(lambda: check_weights(big, weights, household="household"))
    assert said in message
    assert message.startswith("round 2021H2, one, variable 'weight'")


def test_a_self_weighting_design_may_be_declared(people):
    check_weights(people, np.ones(len(people)), tolerate=["constant_weight"])


@pytest.mark.parametrize(
    ("value", "said"), [(np.nan, "empty in 1 of"), (0.0, "not above 0"), (1.5, "not above 0 and up to 1")]
)
def test_probabilities_that_cannot_be_right(people, value, said):
    people = people.copy()
    people.loc[0, "probability_psu"] = value
    message = problem(lambda: base_weights(people))
    assert "variable 'probability_psu'" in message
    assert said in message


def test_a_psu_is_drawn_once(people):
    people = people.copy()
    people.loc[people["household"] == people["household"].iloc[0], "probability_psu"] *= 0.9
    message = problem(lambda: base_weights(people))
    assert "round 2021H2, one, variable 'probability_psu': it differs inside 1 PSUs" in message


def total(people, share=1.0, **more):
    """Region totals as the weights give them, times `share`, but where named otherwise."""
    sums = people.groupby("region")["weight"].sum() * share
    return controls(margin("region", ("region",), {(name,): more.get(name, float(sums[name])) for name in sums.index}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda people: total(people, 0.001), "about a thousandth of what the weights add up to"),
        (lambda people: total(people, 1000), "about a thousand times what the weights add up to"),
        (lambda people: total(people, south=0.0), "margin 'region', south: the total is 0 but the sample has"),
        (
            lambda people: controls(margin("region", ("region",), {("north",): 9e3, ("south",): 9e3, ("west",): 5.0})),
            "margin 'region', west: the total is 5 and nobody in the sample counts there",
        ),
        (
            lambda people: controls(
                margin(
                    "sex", ("region", "sex"), {("north", "male"): 5e3, ("north", "female"): 5.0, ("south", "male"): 5e3}
                )
            ),
            "margin 'sex', north x female: the total of 5 is about a thousandth of",
        ),
        (
            lambda people: controls(margin("town", ("town",), {("a",): 5.0})),
            "margin 'town' needs town, which no office of this round gives",
        ),
    ],
)
def test_controls_that_do_not_fit_the_sample(people, given, said):
    rule = Weighting(calibration=CalibrationRule(method="raking"))
    message = problem(lambda: weight(people, rule, given(people)))
    assert said in message


def test_one_margin_in_thousands_is_the_one_that_is_named(people):
    """Two margins of other people, so that nothing at the door compares them."""
    sums = people.groupby("sex")["weight"].sum()
    region = total(people).margins[0]
    sex = margin("sex", ("sex",), {(name,): float(sums[name]) / 1000 for name in sums.index})
    rule = Weighting(calibration=CalibrationRule(method="raking"))
    message = problem(lambda: weight(people, rule, controls(region, sex)))
    assert (
        "margin 'sex': its totals are about a thousandth of what the weights add up to, those of the other" in message
    )
    assert "region" not in message


def test_persons_not_stated_are_refused_unless_declared(people, population):
    some = people.assign(sex=people["sex"].where(people.index > 2, "not_stated"))
    rule = Weighting(calibration=CalibrationRule(method="raking"))
    assert "3 persons are not stated on region or sex" in problem(lambda: weight(some, rule, population))


def test_negative_weights_need_to_be_allowed(people):
    sums = people.groupby("region")["weight"].sum()
    skewed = controls(
        margin("region", ("region",), {(name,): float(sums[name]) for name in sums.index}),
        margin("camps", ("in_camp",), {("yes",): 4 * float(people.loc[people["in_camp"] == "yes", "weight"].sum())}),
        margin("age", ("age_band",), {("15-24",): 0.02 * float(sums.sum()), ("25+",): 0.7 * float(sums.sum())}),
    )
    rule = CalibrationRule(method="linear")
    message = problem(lambda: weight(people, Weighting(calibration=rule), skewed))
    assert "weights negative" in message
    allowed = Weighting(calibration=rule.model_copy(update={"allow_negative": True}))
    assert (weight(people, allowed, skewed).people["weight"] < 0).any()


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"method": "logit"}, "needs lower and upper"),
        ({"method": "logit", "lower": 1.1, "upper": 2}, "lower must be below 1"),
        ({"method": "linear", "upper": 2}, "takes no bounds"),
        ({"method": "raking", "allow_negative": True}, "allow_negative stands with method linear only"),
    ],
)
def test_declarations_that_contradict_themselves(declared, said):
    with pytest.raises(ValueError, match=said):
        CalibrationRule(**declared)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.assign(result="gone"), "480 selected households have no known result; known: complete"),
        (lambda table: table.assign(result="refused"), "households have persons, and their interview is not complete"),
        (lambda table: table.assign(result="complete"), "households have a complete interview and no persons"),
        (lambda table: table.drop(columns="result"), "there is no result of the interview; map it under design:"),
    ],
)
def test_results_and_persons_that_do_not_agree_are_refused(people, selected, change, said):
    """A weight would vanish without a word, and the calibration would hide it."""
    with pytest.raises(SurveyError, match=said):
        weight(people, Weighting(nonresponse=Nonresponse(by="stratum")), selected=change(selected))


def test_trimming_within_what_nobody_gives_is_refused(people):
    with pytest.raises(SurveyError, match="round 2021H2: trimming within 'foo', which no office of the round gives"):
        weight(people, Weighting(trimming=Trimming(upper=3, within="foo")))
