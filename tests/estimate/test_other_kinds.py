"""Means, medians, shares and gaps as the estimate step makes them: against R survey, and by laws.

The numbers of R are those of tests/reference/earners.R, each with the line that made it in golden_earners.csv.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from tests.reference.__main__ import EARNERS, read
from tests.reference.earners import earners

from lfs.calibrated import Calibration
from lfs.design import jackknife, survey_design
from lfs.estimate import difference, domains, estimate, mean, quantile, quotient, replicate_se
from lfs.metadata import Survey
from lfs.metadata.indicators import Indicator
from lfs.metadata.tables import Table
from lfs.metadata.variables import Variable

GOLDEN = read(EARNERS)
RATE = {"unit": "rate", "standards": ["icls19"]}
PAY = {"unit": "currency", "standards": ["icls19"], "number": "pay", "universe": "employed"}
OF_SEXES = {"variable": "sex", "categories": ["male", "female"], "standards": ["icls19"]}
INDICATORS = {
    "employment_rate": {"kind": "ratio", "numerator": "employed", "denominator": "everybody", **RATE},
    "mean_pay": {"kind": "mean", **PAY},
    "median_pay": {"kind": "quantile", **PAY},
    "low_pay": {"kind": "quantile", "share": 0.2, **PAY},
    "share_of_age": {"kind": "share", "numerator": "employed", "over": "age", **RATE},
    "pay_gap": {"kind": "gap", "of": "mean_pay", "unit": "currency", **OF_SEXES},
    "relative_pay_gap": {"kind": "gap", "of": "mean_pay", "relative": True, "unit": "rate", **OF_SEXES},
    "median_gap": {"kind": "gap", "of": "median_pay", "unit": "currency", **OF_SEXES},
    "rate_gap": {"kind": "gap", "of": "employment_rate", "unit": "points", **OF_SEXES},
    "share_gap": {"kind": "gap", "of": "share_of_age", "unit": "points", **OF_SEXES},
    "employed": {"kind": "total", "numerator": "employed", "unit": "persons", "standards": ["icls19"]},
    "employed_old": {"kind": "ratio", "numerator": "employed_old", "denominator": "employed", **RATE},
}
BREAKDOWNS = {"total": (), "sex": ("sex",), "age": ("age",), "sex_x_age": ("sex", "age")}


def variable(kind: str, **more: object) -> Variable:
    return Variable(kind="asked", type=kind, meaning="for this test", **more)


@pytest.fixture(scope="module")
def small(survey: Survey) -> Survey:
    """A survey of earners: sex, age, who is employed, and pay."""
    variables = {
        "sex": variable("category", categories=["male", "female"]),
        "age": variable("category", categories=["15-29", "30-49", "50+"]),
        "pay": variable("number"),
        **{name: variable("boolean") for name in ("employed", "employed_old", "everybody")},
    }
    config = survey.config.model_copy(update={"weighting": None, "generalised_variance": None, "confidence": 0.95})
    return replace(
        survey,
        config=config,
        variables=variables,
        indicators={name: Indicator(**declared) for name, declared in INDICATORS.items()},
        breakdowns=BREAKDOWNS,
        relations={},
        tables={},
    )


@cache
def people() -> pd.DataFrame:
    table = earners()
    return table.assign(
        round="2021H2",
        office="office",
        employed=table["employed"].astype("boolean"),
        employed_old=pd.array((table["employed"] == 1) & (table["age"] == "50+"), dtype="boolean"),
        everybody=pd.array(np.ones(len(table), dtype=bool), dtype="boolean"),
    )


def calibrated_people() -> tuple[pd.DataFrame, Calibration]:
    """The linear calibration of earners.R to ~ sex + age: g = 1 + x'(X'DX)^-1 (totals - X'd)."""
    persons = people()
    sex, age = persons["sex"], persons["age"]
    x = np.column_stack([sex.notna(), sex == "male", age == "30-49", age == "50+"]).astype(float)
    base = persons["weight"].to_numpy()
    totals = x.T @ (base * np.where(sex == "female", 1.2, 0.9))
    ratio = 1 + x @ np.linalg.solve(x.T @ (x * base[:, None]), totals - x.T @ base)
    number = np.arange(len(base))
    names = np.array([str(each) for each in number], dtype=object)
    made = Calibration(
        number, names, sparse.csr_array(x), base, ratio, np.ones(len(base)), ("all", "male", "mid", "old"), totals
    )
    return persons.assign(weight=made.weight), made


def row_of(table: pd.DataFrame, indicator: str, sex: str = "total", age: str = "total") -> pd.Series:
    chosen = table[(table["indicator"] == indicator) & (table["sex"] == sex) & (table["age"] == age)]
    assert len(chosen) == 1
    return chosen.iloc[0]


@pytest.fixture(scope="module")
def plain(small: Survey) -> pd.DataFrame:
    return estimate(people(), small)[0]


@pytest.fixture(scope="module")
def calibrated(small: Survey) -> pd.DataFrame:
    persons, made = calibrated_people()
    return estimate(persons, small, made)[0]


def golden(design: str, domain: str, estimand: str) -> dict[str, float]:
    rows = GOLDEN[(GOLDEN["design"] == design) & (GOLDEN["domain"] == domain) & (GOLDEN["estimand"] == estimand)]
    assert len(rows)
    return dict(zip(rows["statistic"], rows["number"], strict=True))


DOMAINS = {"total": {}, "male": {"sex": "male"}, "female": {"sex": "female"}, "old": {"age": "50+"}}


@pytest.mark.parametrize("domain", DOMAINS)
def test_means_and_medians_are_those_of_r(plain: pd.DataFrame, calibrated: pd.DataFrame, domain: str) -> None:
    """Catches: the design cut down with the domain, n of other persons, Woodruff's limits around another share.

    R: svymean(~pay, subset(design, !is.na(pay) & sex == "male")); woodruff(), limits around the share, of earners.R;
    degf(); with calibrate(design, ~ sex + age, known) the same of the calibrated design.
    """
    expected = golden("replacement", domain, "mean_pay")
    found = row_of(plain, "mean_pay", **DOMAINS[domain])
    for name in ("value", "se", "deff", "df"):
        assert found[name] == pytest.approx(expected[name], rel=1e-9), name
    median = row_of(plain, "median_pay", **DOMAINS[domain])
    for name, number in golden("replacement", domain, "around_share_0.5").items():
        assert median[name] == pytest.approx(number, rel=1e-9), name
    assert median["interval"] == "woodruff"
    known = row_of(calibrated, "mean_pay", **DOMAINS[domain])
    for name, number in golden("calibrated", domain, "mean_pay").items():
        assert known[name] == pytest.approx(number, rel=1e-9), name
    # R has limits of a calibrated median around the estimate only: the value alone can be compared.
    value = golden("calibrated", domain, "quantile_0.5")["value"]
    assert row_of(calibrated, "median_pay", **DOMAINS[domain])["value"] == pytest.approx(value)


def test_counts_of_a_mean_are_those_with_a_number(plain: pd.DataFrame) -> None:
    persons = people()
    with_pay = persons["pay"].notna() & persons["employed"].fillna(False)
    for indicator in ("mean_pay", "median_pay"):
        found = row_of(plain, indicator, sex="male")
        assert found["n"] == found["n_cases"] == (with_pay & (persons["sex"] == "male")).sum()


def test_gaps_are_those_of_r(plain: pd.DataFrame, calibrated: pd.DataFrame) -> None:
    """Catches: the covariance of the sexes, who share PSUs, left out; residuals taken in one side only.

    R: svycontrast(svyby(~pay, ~sex, subset(design, !is.na(pay)), svymean, covmat = TRUE), c(male = 1, female = -1));
    svycontrast(..., quote(male / female)); calibrated: svycontrast(svytotal(~male_pay + female_pay + male_earner +
    female_earner, design), quote(male_pay / male_earner - female_pay / female_earner)).
    """
    expected, found = golden("replacement", "male:female", "difference"), row_of(plain, "pay_gap")
    assert found["value"] == pytest.approx(expected["value"], rel=1e-9)
    assert found["se"] == pytest.approx(expected["se"], rel=1e-9)
    with_calibration = golden("calibrated", "male:female", "difference")["se"]
    assert row_of(calibrated, "pay_gap")["se"] == pytest.approx(with_calibration, rel=1e-9)
    # (male - female) / male = 1 - 1 / (male / female), whose error by the delta method is that over its square.
    ratio = golden("replacement", "male:female", "quotient")
    relative = row_of(plain, "relative_pay_gap")
    assert relative["value"] == pytest.approx(1 - 1 / ratio["value"], rel=1e-9)
    assert relative["se"] == pytest.approx(ratio["se"] / ratio["value"] ** 2, rel=1e-9)


def test_shares_are_those_of_r(plain: pd.DataFrame) -> None:
    """R: svymean(~age, subset(design, employed == 1))."""
    expected = golden("replacement", "total", "share_of_age")
    for age in ("15-29", "30-49", "50+"):
        found = row_of(plain, "share_of_age", age=age)
        assert found["value"] == pytest.approx(expected[f"value {age}"], rel=1e-9)
        assert found["se"] == pytest.approx(expected[f"se {age}"], rel=1e-9)


@pytest.mark.parametrize("with_calibration", [False, True])
def test_a_share_is_the_ratio_of_its_category_to_all(
    plain: pd.DataFrame, calibrated: pd.DataFrame, with_calibration: bool
) -> None:
    """A law: the same value, error, limits, counts and design effect as the ratio says, in total and by sex."""
    table = calibrated if with_calibration else plain
    for sex in ("total", "male", "female"):
        share, same = row_of(table, "share_of_age", sex, "50+"), row_of(table, "employed_old", sex)
        for name in ("value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases"):
            assert share[name] == pytest.approx(same[name], rel=1e-7), name
        assert share["interval"] == same["interval"]
        all_ages = table[(table["indicator"] == "share_of_age") & (table["sex"] == sex)]
        assert all_ages["value"].sum() == pytest.approx(1)


@pytest.mark.parametrize("with_calibration", [False, True])
def test_a_gap_is_the_difference_of_its_sides(
    plain: pd.DataFrame, calibrated: pd.DataFrame, small: Survey, with_calibration: bool
) -> None:
    """Value: by subtraction of rows; error: of the library's contrasts; n: the fewer; no cv; normal limits."""
    table = calibrated if with_calibration else plain
    for gap, of in (("pay_gap", "mean_pay"), ("median_gap", "median_pay"), ("rate_gap", "employment_rate")):
        for age in ("total", "50+"):
            found, one, other = (
                row_of(table, gap, age=age),
                row_of(table, of, "male", age),
                row_of(table, of, "female", age),
            )
            assert found["value"] == pytest.approx(one["value"] - other["value"])
            assert found["n"] == min(one["n"], other["n"])
            assert found["n_cases"] == min(one["n_cases"], other["n_cases"])
            assert np.isnan(found["cv"])
            assert found["interval"] == "normal"
    persons, made = calibrated_people() if with_calibration else (people(), None)
    within = domains(persons, "sex", None, survey_design(persons), "centre", made)
    rates = mean(within, "employed")
    contrast = difference(rates.row(sex="male"), rates.row(sex="female"))
    assert row_of(table, "rate_gap")["se"] == pytest.approx(contrast.se[0], rel=1e-7)
    medians = quantile(within, "pay")
    apart = difference(medians.row(sex="male"), medians.row(sex="female"))
    assert row_of(table, "median_gap")["se"] == pytest.approx(apart.se[0], rel=1e-7)
    shares = table[table["indicator"] == "share_gap"]
    assert shares["value"].sum() == pytest.approx(0, abs=1e-12)
    assert list(shares["age"]) == ["15-29", "30-49", "50+"]


def test_replicates_of_other_kinds_are_those_of_the_library(small: Survey) -> None:
    persons = people().assign(stratum=people()["collapsed"])
    design = survey_design(persons)
    replicates = jackknife(design)
    table, _ = estimate(persons, small, replicates=replicates)
    within = domains(persons, "sex", "employed", design)
    value, se = replicate_se(lambda each: mean(each, "pay"), within, replicates)
    for number, sex in enumerate(("female", "male")):
        assert row_of(table, "mean_pay", sex)["value"] == pytest.approx(value[number])
        assert row_of(table, "mean_pay", sex)["se"] == pytest.approx(se[number], rel=1e-9)
    # R: SE(svymean(~pay, subset(as.svrepdesign(collapsed, type = "JKn", mse = TRUE), !is.na(pay) & sex == "male")))
    assert row_of(table, "mean_pay", "male")["se"] == pytest.approx(golden("jackknife", "male", "mean_pay")["se"])
    gap = replicate_se(
        lambda each: difference((m := mean(each, "pay")).row(sex="male"), m.row(sex="female")), within, replicates
    )
    assert row_of(table, "pay_gap")["se"] == pytest.approx(gap[1][0], rel=1e-9)
    relative = replicate_se(
        lambda each: quotient((m := mean(each, "pay")).row(sex="female"), m.row(sex="male")), within, replicates
    )
    assert row_of(table, "relative_pay_gap")["se"] == pytest.approx(relative[1][0], rel=1e-9)
    share, same = row_of(table, "share_of_age", "male", "50+"), row_of(table, "employed_old", "male")
    assert share["se"] == pytest.approx(same["se"], rel=1e-9)
    median = row_of(table, "median_pay", "male")
    assert median["lower"] <= median["value"] <= median["upper"]
    assert median["se"] > 0


def test_the_order_of_rows_changes_nothing(small: Survey, plain: pd.DataFrame) -> None:
    shuffled = people().sample(frac=1, random_state=5).reset_index(drop=True)
    pd.testing.assert_frame_equal(estimate(shuffled, small)[0], plain, rtol=1e-9)


def test_who_has_no_number_is_counted_openly(small: Survey) -> None:
    _, quality = estimate(people(), small)
    rows = quality[(quality["topic"] == "left_out") & (quality["variable"] == "mean_pay")]
    without = people()["pay"].isna() & people()["employed"].fillna(False)
    assert rows["value"].tolist() == [without.sum()]
    empty, quality = estimate(people().assign(pay=np.nan), small)
    assert "mean_pay" not in set(empty["indicator"])
    assert {"mean_pay", "median_pay", "pay_gap"} <= set(quality[quality["topic"] == "unavailable"]["variable"])


def test_only_what_the_plan_asks_for_is_made(small: Survey) -> None:
    chosen = replace(
        small,
        tables={
            "counts": Table(indicators=["employed"], breakdowns=["sex"]),
            "pay": Table(indicators=["mean_pay", "pay_gap"], breakdowns=["age"]),
        },
        indicators={name: small.indicators[name] for name in ("employed", "mean_pay", "pay_gap")},
    )
    assert chosen.plan == {
        "employed": ("total", "sex"),
        # The sides of the gap stand in sex_x_age, whose margins are made with it.
        "mean_pay": ("total", "sex", "age", "sex_x_age"),
        "pay_gap": ("total", "age"),
    }
    table, _ = estimate(people(), chosen)
    made = table[["indicator", "breakdown"]].drop_duplicates().itertuples(index=False, name=None)
    assert {*made} == {(name, breakdown) for name, names in chosen.plan.items() for breakdown in names}
