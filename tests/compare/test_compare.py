"""Official figures beside estimates: the difference, its size in standard errors, and the gate."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lfs.compare import account, compare, drifting, standard_compared, uncompared
from lfs.metadata import SurveyError, load_survey
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


@pytest.mark.parametrize(
    ("published_as", "lacking", "words"),
    [
        ({"value": 0.147, "status": "suppressed"}, "withheld", "the estimate is withheld"),
        ({"value": 0.147, "se": float("nan")}, "no_error", "the estimate has no standard error"),
        ({"value": 0.147, "standard": "icls13"}, "not_estimated", "nothing is estimated by this name"),
    ],
)
def test_a_benchmark_that_nothing_was_compared_with_stops_the_round(survey, published_as, lacking, words):
    table = compare(published(survey, **published_as), [official()], real(survey))
    assert table["verdict"].tolist() == ["not_compared"]
    assert table["lacking"].tolist() == [lacking]
    assert drifting(table) == []
    (line,) = uncompared(table)
    assert line.startswith("2021H2: unemployment_rate sex=male: the official figure 0.147 (national, a report)")
    assert words in line
    assert "column may_lack" in line, "what to do"


def test_a_figure_whose_row_says_why_it_may_lack_an_estimate_stops_nothing(survey):
    row = official() | {"may_lack": "two persons in the sample"}
    table = compare(published(survey, 0.147, status="suppressed"), [row], real(survey))
    assert table[["verdict", "lacking", "may_lack"]].to_numpy().tolist() == [
        ["not_compared", "withheld", "two persons in the sample"]
    ]
    assert uncompared(table) == []
    drifts = compare(published(survey, 0.3), [row], real(survey))
    assert len(drifting(drifts)) == 1, "it excuses no figure that there is"


@pytest.mark.parametrize(
    ("target", "synthetic", "stops"),
    [("yes", False, 1), ("no", False, 1), ("never", False, 0), ("yes", True, 1), ("no", True, 0), ("never", True, 0)],
)
def test_only_a_benchmark_stops_the_round(survey, target, synthetic, stops):
    chosen = survey if synthetic else real(survey)
    table = compare(published(survey, 0.17, status="suppressed"), [official(target=target)], chosen)
    assert table["verdict"].tolist() == ["not_compared"]
    assert len(uncompared(table)) == stops


def test_a_standard_that_is_held_to_nothing_stops_nothing(survey):
    rule = Comparison(tolerance={"ilostat": 5})
    loose = replace(real(survey), config=survey.config.model_copy(update={"comparison": rule}))
    loose.__dict__["rounds"] = real(survey).rounds
    table = compare(published(survey, 0.17, status="suppressed"), [official()], loose)
    assert table["tolerance"].tolist() == [float("inf")]
    assert uncompared(table) == []


@pytest.mark.parametrize(("estimate", "verdict"), [(0.1474, "agrees"), (0.1476, "drifts")])
def test_what_the_weights_are_calibrated_to_has_no_error_and_is_compared(survey, estimate, verdict):
    table = compare(published(survey, estimate, se=0.0), [official()], real(survey))
    assert table["verdict"].tolist() == [verdict], "0.0005 is the rounding of the official figure"
    assert all("the estimate has no sampling error" in line for line in drifting(table))


def test_the_account_says_what_was_compared_and_what_was_not(survey):
    rows = [official(), official(value=0.3), official(target="never"), official() | {"sex": "female"}]
    lines = account(compare(published(survey, 0.147), rows, real(survey)), ["2021H2", "2022H2"])
    assert lines == [
        "2021H2: 4 official figures: 1 agree, 1 drift, 1 are told and held to nothing, 1 are not compared "
        "(1 because nothing is estimated by this name, breakdown and category)",
        "2022H2: config/published holds no official figure of this round; nothing was compared",
    ]


def test_a_figure_of_a_round_that_there_is_not_stops_with_the_nearest(survey):
    with pytest.raises(SurveyError, match=r"no round '2021H3'; did you mean '2021H2'\?"):
        compare(published(survey, 0.147), [official() | {"round": "2021H3"}], survey)


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


def test_the_figures_that_may_lack_an_estimate():
    """Formal jobs in agriculture, of which ILOSTAT's own figures say none for women; and what is no indicator here."""
    from lfs.metadata.official import read_official

    excused = [row for row in read_official(ROOT) if row.get("may_lack")]
    assert [(row["round"], row["indicator"], row["sex"]) for row in excused] == [
        *(("2007", "private_sector_employment", sex) for sex in ("total", "male", "female")),
        *(("2012", "private_sector_employment", sex) for sex in ("total", "male", "female")),
        *(("2021H2", "informal_employment_rate", sex) for sex in ("male", "female") * 2),
    ]
