"""Official figures beside estimates: the difference, its size in standard errors, and the gate."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lfs.compare import compare, drifting, standard_compared
from lfs.metadata import load_survey
from lfs.metadata.comparison import Comparison

ROOT = Path(__file__).parents[2]
RULE = Comparison(tolerance={"national": 3, "ilostat": 3}, invented_within=0.005)


@pytest.fixture(scope="module")
def survey():
    survey = load_survey(ROOT)
    return replace(survey, config=survey.config.model_copy(update={"comparison": RULE}))


def real(survey):
    """The same survey, all its rounds delivered by offices."""
    rows = tuple(row.model_copy(update={"synthetic": False}) for row in survey.rounds)
    survey.__dict__.pop("rounds", None)
    made = replace(survey)
    made.__dict__["rounds"] = rows
    return made


def published(survey, value, se=0.002, standard="icls19", status="published"):
    row = {"round": "2021H2", "standard": standard, "indicator": "unemployment_rate", "breakdown": "sex"}
    row |= dict.fromkeys(survey.breakdown_variables, "total")
    return pd.DataFrame([row | {"sex": "male", "value": value, "se": se, "status": status}])


def official(value=0.147, decimals="3", standard="national", target="yes"):
    row = {"round": "2021H2", "indicator": "unemployment_rate", "breakdown": "sex", "sex": "male", "value": value}
    return row | {
        "decimals": decimals, "standard": standard, "source": "a report", "vintage": "2022", "target": target
    }  # fmt: skip


@pytest.mark.parametrize(
    ("estimate", "verdict", "beyond"),
    [
        (0.1472, "agrees", 0.0),  # within the rounding of 14.7
        (0.1475, "agrees", 0.0),  # at its end
        (0.1515, "agrees", 2.0),  # 0.0045 less 0.0005, in errors of 0.002
        (0.1555, "drifts", 4.0),
        (0.1385, "drifts", 4.0),
    ],
)
def test_a_delivered_round_is_held_to_the_tolerance_beyond_rounding(survey, estimate, verdict, beyond):
    table = compare(published(survey, estimate), [official()], real(survey))
    assert table["verdict"].tolist() == [verdict]
    assert table["beyond"][0] == pytest.approx(beyond, abs=1e-9)
    assert table["difference"][0] == pytest.approx(estimate - 0.147), "without rounding"
    assert table["in_se"][0] == pytest.approx((estimate - 0.147) / 0.002)
    assert len(drifting(table)) == (verdict == "drifts")


@pytest.mark.parametrize(
    ("target", "synthetic", "verdict"),
    [
        ("yes", False, "drifts"),
        ("no", False, "drifts"),
        ("never", False, "told"),  # contradicts other figures, such as the 30.2 outside the labour force
        ("yes", True, "drifts"),
        ("no", True, "told"),  # the invented population was not made from it
        ("never", True, "told"),
    ],
)
def test_what_is_held(survey, target, synthetic, verdict):
    chosen = survey if synthetic else real(survey)
    assert compare(published(survey, 0.17), [official(target=target)], chosen)["verdict"].tolist() == [verdict]


def test_an_invented_round_is_held_to_what_its_population_comes_near_to(survey):
    table = compare(published(survey, 0.157), [official()], survey)
    assert table["beyond"][0] == pytest.approx((0.010 - 0.005) / 0.002)
    assert table["verdict"].tolist() == ["agrees"]


def test_what_is_not_shown_is_not_compared(survey):
    assert compare(published(survey, 0.17, status="suppressed"), [official()], survey)["verdict"].tolist() == [
        "not_compared"
    ]


def test_a_standard_without_tolerance_and_a_survey_without_rule_hold_nobody(survey):
    none = replace(survey, config=survey.config.model_copy(update={"comparison": None}))
    assert compare(published(survey, 0.3), [official()], none)["verdict"].tolist() == ["told"]
    assert Comparison(tolerance={"national": 3}).of("ilostat") == float("inf")
    assert Comparison(tolerance=2).of("ilostat") == 2


@pytest.mark.parametrize(
    ("theirs", "ours", "chosen"),
    [
        ("ilostat", ["national", "icls13", "icls19"], "icls13"),
        ("ilostat", ["icls19"], "icls19"),
        ("national", ["national", "icls13", "icls19"], "national"),
        ("national", ["icls13", "icls19"], "icls19"),
        ("icls13", ["icls13", "icls19"], "icls13"),
    ],
)
def test_ilostat_stands_beside_the_13th_icls(theirs, ours, chosen):
    assert standard_compared(theirs, ours) == chosen


def test_every_official_figure_says_why_it_is_no_benchmark():
    from lfs.metadata.official import read_official

    rows = read_official(ROOT)
    assert all(row["reason"] for row in rows if row["target"] in ("no", "never"))
    wrong = [row for row in rows if row["indicator"] == "outside_labour_force_rate" and row["value"] == 0.302]
    assert [row["target"] for row in wrong] == ["never"]
