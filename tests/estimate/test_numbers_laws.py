"""What must hold for estimates of numbers and for estimates made from estimates, whatever the sample."""

import numpy as np
import pandas as pd
import pytest
from tests.reference.earners import earners

from lfs.design import survey_design, with_stages
from lfs.estimate import (
    Domains,
    combined,
    difference,
    domains,
    gini,
    mean,
    quantile,
    quotient,
    rate,
    ratio,
    shares,
    stacked,
    standardised,
    total,
    weighted_total,
)
from lfs.metadata import SurveyError

PEOPLE = earners().assign(employed=lambda table: table["employed"].astype("boolean"), everyone=True)
PEOPLE["everyone"] = PEOPLE["everyone"].astype("boolean")
KINDS = {
    "total": lambda within: weighted_total(within, "pay"),
    "mean": lambda within: mean(within, "pay"),
    "ratio": lambda within: ratio(within, "pay", "hours"),
    "median": lambda within: quantile(within, "pay"),
    "gini": lambda within: gini(within, "pay"),
}


def by_sex(people: pd.DataFrame = PEOPLE) -> Domains:
    return domains(people, "sex", design=survey_design(people))


def test_rates_and_counts_are_those_of_the_one_pass() -> None:
    """The two ways to an estimate meet, also with sampling fractions at two stages."""
    plain = survey_design(PEOPLE)
    for design in (plain, with_stages(plain, PEOPLE, ["fraction1", "fraction2"], ["household"])):
        within = domains(PEOPLE, ["sex", "age"], design=design)
        pairs = (
            (rate(PEOPLE, "employed", "everyone", ["sex", "age"], design=design), mean(within, "employed")),
            (total(PEOPLE, "employed", ["sex", "age"], design=design), weighted_total(within, "employed")),
        )
        for one_pass, one_by_one in pairs:
            ours = one_by_one.table(near_0_or_1=0.05)
            for name in ("sex", "age", "interval", "n", "n_cases", "df"):
                assert list(ours[name]) == list(one_pass[name])
            for name in ("value", "se", "lower", "upper", "deff"):
                np.testing.assert_allclose(ours[name], one_pass[name], rtol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_neither_order_nor_scale_nor_halved_persons_matter(kind: str) -> None:
    expected = KINDS[kind](by_sex()).table()
    shuffled = KINDS[kind](by_sex(PEOPLE.sample(frac=1, random_state=4))).table()
    halves = pd.concat([PEOPLE, PEOPLE], ignore_index=True).assign(weight=lambda table: table["weight"] / 2)
    halved = KINDS[kind](by_sex(halves)).table()
    scaled = KINDS[kind](by_sex(PEOPLE.assign(weight=PEOPLE["weight"] * 1000))).table()
    for name in ("value", "se", "lower", "upper", "df"):
        np.testing.assert_allclose(shuffled[name], expected[name], rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(halved[name], expected[name], rtol=1e-10, err_msg=name)
        factor = 1000 if kind == "total" and name != "df" else 1
        np.testing.assert_allclose(scaled[name], expected[name] * factor, rtol=1e-10, err_msg=name)


@pytest.mark.parametrize("kind", ["total", "mean", "ratio", "gini"])
def test_a_score_is_the_derivative_by_the_weights(kind: str) -> None:
    """A PSU's score is what the estimate changes by when the PSU's weights grow, to first order. A median does not move
    smoothly: its score is Woodruff's."""
    within = by_sex()
    found = KINDS[kind](within)
    for psu in (0, 5, 11):
        grown = PEOPLE["weight"] * np.where(within.design.psu == psu, 1 + 1e-6, 1)
        moved = KINDS[kind](by_sex(PEOPLE.assign(weight=grown))).value - found.value
        np.testing.assert_allclose(moved[:2] / 1e-6, found.score[:2, psu], rtol=1e-4, atol=1e-6)


def test_gini_is_laeken_s() -> None:
    """laeken 0.5.2: gini(pay, weights = weight)$value / 100, of all and of subsets, on tests/reference/earners.py."""
    assert gini(domains(PEOPLE), "pay").value[0] == pytest.approx(0.37391828724854157, rel=1e-12)
    male_female = gini(by_sex(), "pay").value[[1, 0]]
    np.testing.assert_allclose(male_female, [0.33649156466952633, 0.39961315511431891], rtol=1e-12)
    by_stratum = gini(domains(PEOPLE, "stratum"), "pay").value
    assert by_stratum[1] == pytest.approx(0.25730778435575740, rel=1e-12)
    assert by_stratum[8] == pytest.approx(0.40930678305066181, rel=1e-12)


def test_equal_pay_has_a_gini_of_zero_and_no_error() -> None:
    found = gini(by_sex(PEOPLE.assign(pay=250.0)), "pay")
    np.testing.assert_allclose(found.value[:2], 0, atol=1e-12)
    np.testing.assert_allclose(found.se[:2], 0, atol=1e-12)


def test_shares_add_up_to_one_without_error() -> None:
    found = shares(domains(PEOPLE, ["sex", "age"]), "pay", "age")
    assert len(found.value) == 6 + 3  # not_stated of sex holds nobody, and of age is left out
    women = found.row(sex="female")
    whole = combined(women, np.ones(3))
    assert whole.value[0] == pytest.approx(1)
    assert whole.se[0] == pytest.approx(0, abs=1e-12)


def test_an_estimate_against_itself_has_no_error() -> None:
    pay = mean(by_sex(), "pay").row(sex="male")
    assert (difference(pay, pay).value[0], difference(pay, pay).se[0]) == (0, 0)
    assert quotient(pay, pay).value[0] == 1
    assert quotient(pay, pay).se[0] == pytest.approx(0, abs=1e-12)


def test_a_difference_is_the_two_variances_less_twice_the_covariance() -> None:
    pay = mean(by_sex(), "pay")
    both = pay.covariance
    found = difference(pay.row(sex="male"), pay.row(sex="female"))
    assert found.se[0] ** 2 == pytest.approx(both[0, 0] + both[1, 1] - 2 * both[0, 1])
    np.testing.assert_allclose(np.sqrt(np.diag(both))[:2], pay.se[:2], rtol=1e-12)


def test_each_against_one_and_estimates_of_different_kinds() -> None:
    within = by_sex()
    pay, hours = weighted_total(within, "pay"), weighted_total(within, "hours")
    per_hour, direct = quotient(pay, hours), ratio(within, "pay", "hours")
    answered = PEOPLE.assign(hours=PEOPLE["hours"].where(PEOPLE["pay"].notna()))
    again = by_sex(answered)
    made = quotient(weighted_total(again, "pay"), weighted_total(again, "hours"))
    np.testing.assert_allclose(made.value[:2], direct.value[:2])
    np.testing.assert_allclose(made.se[:2], direct.se[:2], rtol=1e-10)
    assert (per_hour.value[:2] != direct.value[:2]).any()
    against_men = difference(pay, pay.row(sex="male"))
    assert against_men.value[1] == against_men.se[1] == 0
    assert list(stacked([pay, hours]).value[:2]) == list(pay.value[:2])


def test_a_standard_population_like_the_sample_s_gives_the_plain_rate() -> None:
    within = domains(PEOPLE, "age")
    rates = mean(within, "employed")
    weights = dict(zip(rates.cells["age"], rates.weight, strict=True))
    del weights["not_stated"]
    found = standardised(rates, "age", weights)
    plain = mean(domains(PEOPLE), "employed")
    assert found.value[0] == pytest.approx(plain.value[0])
    assert found.n[0] == plain.n[0]


def test_no_standard_population_fits_other_classes() -> None:
    rates = mean(domains(PEOPLE, "age"), "employed")
    with pytest.raises(SurveyError, match="differ in 50\\+, 65\\+"):
        standardised(rates, "age", {"15-29": 1, "30-49": 1, "65+": 1})
    with pytest.raises(SurveyError, match="not by 'sex', but by age"):
        standardised(rates, "sex", {"male": 1})
    with pytest.raises(SurveyError, match="zero or more"):
        standardised(rates, "age", {"15-29": -1, "30-49": 1, "50+": 1})


def test_why_there_are_no_limits() -> None:
    """No case, no degree of freedom, no variance: each its own reason."""
    people = PEOPLE.assign(
        area=np.select([PEOPLE["stratum"] == "s1", PEOPLE["stratum"] == "s2"], ["one psu", "all alike"], "else"),
        pay=PEOPLE["pay"].where(PEOPLE["stratum"] != "s2", 100),
    )
    found = mean(domains(people, ["area"], single_psu="certainty"), "pay").table().set_index("area")
    assert dict(found["refused"]) == {"all alike": "no_variance", "else": "", "one psu": "no_df"}
    nobody = mean(domains(people.assign(none=False), where="none"), "pay").table().iloc[0]
    assert (nobody["refused"], nobody["interval"], nobody["n"]) == ("no_figure", "none", 0)


def test_what_cannot_be_estimated_is_refused() -> None:
    within = by_sex()
    for problem, ask in {
        "there is no column 'wage'": lambda: mean(within, "wage"),
        "numbers or true and false": lambda: mean(within, "age"),
        "give a share above 0": lambda: quantile(within, "pay", 50),
        "3 numbers below zero": lambda: gini(by_sex(PEOPLE.assign(pay=[-1.0, -1.0, -1.0, *PEOPLE["pay"][3:]])), "pay"),
        "none of the variables of the breakdown": lambda: shares(within, "pay", "age"),
        "no estimate of sex third": lambda: mean(within, "pay").row(sex="third"),
        "two designs": lambda: difference(mean(within, "pay"), mean(by_sex(), "pay")),
    }.items():
        with pytest.raises(SurveyError, match=problem):
            ask()


def test_wilson_limits_solve_the_score_equation() -> None:
    found = rate(PEOPLE, "employed", "everyone", "age", proportions="wilson")
    assert set(found["interval"]) == {"wilson"}
    logit = rate(PEOPLE, "employed", "everyone", "age")
    for row, other in zip(found.itertuples(), logit.itertuples(), strict=True):
        effective = row.value * (1 - row.value) / row.se**2
        for limit in (row.lower, row.upper):
            t = (row.value - limit) / np.sqrt(limit * (1 - limit) / effective)
            assert abs(t) == pytest.approx(2.0738730679040249 if row.df == 22 else abs(t))
        assert 0 < row.lower < row.value < row.upper < 1
        assert row.lower == pytest.approx(other.lower, rel=0.2)


def test_a_difference_near_zero_has_limits_on_both_sides_of_it() -> None:
    """Never limits on the logarithmic scale, which a difference has not."""
    employed = mean(domains(PEOPLE, "age"), "employed")
    found = difference(employed, employed.row(age="50+")).table()[:2]
    assert list(found["interval"]) == ["normal", "normal"]
    assert ((found["lower"] < 0) & (found["upper"] > 0)).all()
