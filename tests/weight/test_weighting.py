"""The declared steps together: base weights, non-response, calibration, trimming, replicates and the story."""

import re

import numpy as np
import pandas as pd
import pytest
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.metadata.indicators import Indicator
from lfs.metadata.schema import check_quality
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Trimming, Weighting
from lfs.weight import base_weights, replicate_weights, trim, weight
from lfs.weight.story import strata_of_many_psus
from lfs.weight.trimming import Limits, trim_limits

RATE = Indicator(
    kind="ratio",
    numerator="unemployed",
    denominator="labour_force",
    unit="rate",
    standards=("icls19",),
    reference="made up",
)
FULL = Weighting(
    nonresponse=Nonresponse(by="psu", smallest_cell=5),
    calibration=CalibrationRule(method="logit", lower=0.3, upper=4),
    trimming=Trimming(upper=2.0, lower=0.2),
    headline=("unemployment_rate",),
)


def figure(quality: pd.DataFrame, topic: str, variable: str, category: str) -> float:
    rows = quality[(quality["topic"] == topic) & (quality["variable"] == variable) & (quality["category"] == category)]
    assert len(rows) == 1
    return rows["value"].iloc[0]


def test_every_step_is_done_and_told(people, selected, population):
    made = weight(people, FULL, population, selected, {"unemployment_rate": RATE})
    assert [step.name for step in made.steps] == ["base", "nonresponse", "calibration", "trimming"]
    check_quality(made.quality)
    final = made.people["weight"].to_numpy()
    assert figure(made.quality, "weight_story", "trimming", "sum") == pytest.approx(final.sum())
    assert figure(made.quality, "weight_story", "base", "n") == len(people)
    kish = len(final) * np.square(final).sum() / final.sum() ** 2
    assert figure(made.quality, "weight_story", "trimming", "kish") == pytest.approx(kish)
    rate = final @ made.people["unemployed"].fillna(False) / (final @ made.people["labour_force"].fillna(False))
    assert figure(made.quality, "weight_headline", "trimming", "unemployment_rate") == pytest.approx(rate)
    assert figure(made.quality, "control_total", "camps", "yes") == population.margins[2].totals[("yes",)]
    assert set(made.quality.loc[made.quality["topic"] == "base_weight", "detail"]) == {"probabilities"}


def test_trimming_keeps_the_calibration_the_bounds_and_the_limits(people, selected, population):
    made = weight(people, FULL, population, selected)
    before, final = (step.weight for step in made.steps[-2:])
    assert (np.abs(final / before - 1) > 0.01).any()
    for each in population.margins[:3]:
        for categories, total in each.totals.items():
            pairs = zip(each.variables, categories, strict=True)
            here = np.logical_and.reduce([people[name] == code for name, code in pairs])
            assert final[here].sum() == pytest.approx(total, rel=1e-9)
    households = people.assign(before=before, final=final).drop_duplicates("household")
    median = households.groupby("stratum")["before"].transform("median")
    assert (households["final"] <= 2 * median * (1 + 1e-12)).all()
    assert (households["final"] >= 0.2 * median * (1 - 1e-12)).all()
    ratio = made.calibration.ratio
    assert ratio.min() >= 0.3 * (1 - 1e-12)
    assert ratio.max() <= 4 * (1 + 1e-12)


@pytest.mark.parametrize(
    ("trimming", "bounds", "said"),
    [
        (
            {"lower": 0, "upper": 1.2},
            (0.3, 100.0),
            "no weights within 0 and 1.2 times the median of their stratum meet all controls",
        ),
        (
            {"lower": 0, "upper": 1.001},
            (0.6, 2.5),
            "weights cannot lie within 0 and 1.001 times the median of their stratum and within the bounds",
        ),
        ({"lower": 0.95, "upper": 20}, (0.0, 1.8), "within 0.95 and 20 times the median"),
    ],
    ids=["controls", "bounds", "lower"],
)
def test_trimming_that_cannot_keep_the_calibration_names_strata_and_what_would_do(
    people, population, trimming, bounds, said
):
    """With the multiple that it names the weights are made; a hundredth nearer to the median, they are not."""
    lower, upper = bounds
    calibration = CalibrationRule(method="raking", lower=lower, upper=upper)

    def refused(**changed: float) -> str:
        rule = Weighting(calibration=calibration, trimming=Trimming(**{**trimming, **changed}))
        try:
            weight(people, rule, population)
        except SurveyError as error:
            return error.problems[0]
        return ""

    message = refused()
    assert message.startswith("weighting: trimming: ")
    assert said in message
    named = re.search(r"\(what stands against it is in stratum (s\d)", message)
    assert named is not None
    assert named.group(1) in set(people["stratum"])
    if trimming["lower"]:
        would_do = float(re.search(r"without upper none above ([\d.]+)", message).group(1))
        assert refused(lower=would_do, upper=100) == ""
        assert refused(lower=would_do + 0.01, upper=100) != ""
    else:
        would_do = float(re.search(r"the least upper that would do is ([\d.]+)", message).group(1))
        assert refused(upper=would_do) == ""
        assert refused(upper=would_do - 0.01) != ""


def test_a_stratum_that_cannot_keep_its_sum_is_named_with_what_would_do():
    """Of weights 10, 10 and 100 the mean is four medians: cut at 2 medians they are 60 and not 120."""
    base, group = np.array([10.0, 10, 100, 5, 6]), np.array([0, 0, 0, 1, 1])
    rule = Trimming(upper=2)
    with pytest.raises(SurveyError) as refused:
        trim(base, trim_limits(base, group, rule, ("north", "south")), group)
    assert str(refused.value) == (
        "weighting: trimming: the weights of stratum north cannot keep their sum within 0 and 2 times the median of "
        "their stratum; declare upper of 4.001 or more under trimming: in config.yaml"
    )
    enough = trim_limits(base, group, Trimming(upper=4.001), ("north", "south"))
    assert trim(base, enough, group)[:3].sum() == pytest.approx(120)
    many, groups = np.tile(base[:3], 7), np.repeat(np.arange(7), 3)
    limits = trim_limits(many, groups, rule, tuple(f"s{number}" for number in range(7)))
    with pytest.raises(SurveyError, match=r"weights of stratum s0, s1, s2, s3, s4 and 2 more cannot keep"):
        trim(many, limits, groups)


def test_trimming_without_calibration_keeps_the_sum_of_each_group():
    """The 90 is cut to 40; its 50 go to the 10 and the 20 in proportion, until the 20 is at 40 as well."""
    limits = Limits(np.zeros(4), np.array([40.0, 40.0, 40.0, 5.0]))
    found = trim(np.array([10.0, 20.0, 50.0, 5.0]), limits, np.array([0, 0, 0, 1]))
    assert found == pytest.approx([40 / 3, 80 / 3, 40, 5])
    with pytest.raises(SurveyError, match="cannot keep their sum"):
        trim(np.array([90.0, 90.0]), Limits(np.zeros(2), np.full(2, 40.0)), np.zeros(2, dtype=int))


def test_an_office_without_probabilities_keeps_its_delivered_weight_and_its_own_adjustment(people, selected):
    """Only office one's households are made up for; office two's weights stand, and the notes say so."""
    two = people["office"] == "two"
    people = people.assign(
        probability_household=people["probability_household"].mask(two), weight=people["weight"].mask(two, 123.0)
    )
    delivered = people.drop_duplicates("household").set_index("household")["weight"]
    selected = selected.assign(
        probability_household=selected["probability_household"].mask(selected["office"] == "two"),
        weight=selected["household"].map(delivered),
    )
    rule = Weighting(nonresponse=Nonresponse(by="stratum"), tolerate=("constant_weight",))
    made = weight(people, rule, selected=selected)
    assert (made.people.loc[two, "weight"] == 123).all()
    assert (made.people.loc[~two, "weight"] > people.loc[~two, "weight"]).any()
    told = made.quality[made.quality["topic"] == "base_weight"].set_index("office")["detail"]
    assert told.to_dict() == {"one": "probabilities", "two": "delivered"}


def test_delivered_weights_alone_stay_as_they_are(people):
    made = weight(people, Weighting(base="delivered"))
    pd.testing.assert_frame_equal(made.people, people)
    assert made.calibration is None
    assert "trimming" not in set(made.quality["variable"])


def test_base_weights_are_the_inverse_of_all_stages(selected):
    base, notes = base_weights(selected)
    expected = 1 / (selected["probability_psu"] * selected["probability_household"])
    np.testing.assert_allclose(base, expected, rtol=1e-15)
    assert [(note.office, note.detail) for note in notes] == [("one", "probabilities"), ("two", "probabilities")]


def test_the_full_sample_as_a_replicate_has_the_weights_themselves(people, selected, population):
    factors = np.ones((len(selected), 2))
    factors[:, 1] = np.random.default_rng(4).uniform(0.7, 1.3, len(selected))
    found = replicate_weights(people, factors, FULL, population, selected)
    made = weight(people, FULL, population, selected)
    np.testing.assert_allclose(found[:, 0], made.people["weight"], rtol=1e-9)
    camps = (people["in_camp"] == "yes").to_numpy()
    assert found[camps].sum(axis=0) == pytest.approx(population.margins[2].total, rel=1e-9)


def test_a_replicate_that_leaves_psus_out_is_calibrated_all_the_same(people, population):
    rule = Weighting(calibration=CalibrationRule(method="raking"))
    kept = np.where(people["psu"].isin(["u01", "u21"]), 0.0, 1.1)
    found = replicate_weights(people, kept[:, None], rule, population)[:, 0]
    assert (found[kept == 0] == 0).all()
    assert found[(people["in_camp"] == "yes").to_numpy()].sum() == pytest.approx(population.margins[2].total, rel=1e-9)


def test_a_replicate_that_cannot_be_calibrated_is_named(people):
    rule = Weighting(calibration=CalibrationRule(method="raking"))
    north = controls(margin("region", ("region",), {("north",): 9000.0, ("south",): 9000.0}))
    factors = np.ones((len(people), 3))
    factors[people["region"] == "north", 1] = 0.0
    with pytest.raises(SurveyError, match="replicate 2:"):
        replicate_weights(people, factors, rule, north)
    with pytest.raises(SurveyError, match="rows of replicate factors"):
        replicate_weights(people, factors[1:], rule, north)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Weighting(nonresponse=Nonresponse(by="psu")), "one row for each selected household"),
        (
            Weighting(calibration=CalibrationRule(method="raking")),
            "round 2021H2: weighting: calibration needs the population totals",
        ),
    ],
)
def test_what_a_step_needs_is_asked_for(people, rule, said):
    with pytest.raises(SurveyError, match=said):
        weight(people, rule)


def test_every_household_of_the_people_is_among_the_selected(people, selected):
    rule = Weighting(nonresponse=Nonresponse(by="psu"))
    with pytest.raises(SurveyError, match="1 households of persons are not among"):
        weight(people, rule, selected=selected[selected["household"] != people["household"].iloc[0]])
    with pytest.raises(SurveyError, match="480 households stand twice"):
        weight(people, rule, selected=pd.concat([selected, selected]))


def test_the_story_names_no_stratum_of_few_psus(people):
    """Two PSUs of a camp tell by how much their weights moved how many households answered."""
    assert strata_of_many_psus(people).isna().all()
    one = people.assign(stratum=np.where(people["office"] == "one", "s0", people["stratum"]))
    assert set(strata_of_many_psus(one).dropna()) == {"s0"}
    assert strata_of_many_psus(people.drop(columns="stratum")) is None
