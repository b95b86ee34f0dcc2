"""Further stages, replicates and estimates of numbers against R's survey package; see tests/reference/earners.R."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from tests.reference.__main__ import EARNERS, changes, read, run_r
from tests.reference.earners import REPLICATES, earners, halves

from lfs.design import (
    Design,
    Replicates,
    balanced,
    collapse,
    delivered,
    jackknife,
    open_certainty_psus,
    survey_design,
    with_stages,
)
from lfs.estimate import (
    Domains,
    Linearised,
    difference,
    domains,
    gini,
    mean,
    quantile,
    quotient,
    ratio,
    replicate_se,
    shares,
    standardised,
    weighted_total,
)
from lfs.estimate.variance import SinglePsu

GOLDEN = read(EARNERS)
STANDARD = {"15-29": 50, "30-49": 30, "50+": 20}
COLUMNS = [f"replicate{number:02d}" for number in range(REPLICATES)]
FIRST, BOTH = ["size1"], ["fraction1", "fraction2"]


def people(table: pd.DataFrame) -> pd.DataFrame:
    flags = {"employed": table["employed"].astype("boolean"), "certainty": table["certainty"].astype("boolean")}
    domain = {"total": table["hours"] >= 0, "male": table["sex"] == "male", "female": table["sex"] == "female"}
    return table.assign(**flags, **domain, old=table["age"] == "50+")


PEOPLE, HALVES = people(earners()), people(halves())
OPENED = open_certainty_psus(PEOPLE, "certainty")


def sizes(persons: pd.DataFrame, fractions: list[str], units: tuple[str, ...] = ()) -> Design:
    return with_stages(survey_design(persons), persons, fractions, units)


DESIGNS: dict[str, tuple[Callable[[], Design], SinglePsu]] = {
    "replacement": (lambda: survey_design(PEOPLE), "centre"),
    "sizes_1": (lambda: sizes(PEOPLE, FIRST), "centre"),
    "sizes_2": (lambda: sizes(PEOPLE, ["size1", "size2"], ("household",)), "centre"),
    "fractions_2": (lambda: sizes(PEOPLE, BOTH, ("household",)), "certainty"),
    "average_2": (lambda: sizes(PEOPLE, BOTH, ("household",)), "average"),
    "collapsed": (lambda: collapse(survey_design(PEOPLE), {"s1": "s2"}), "fail"),
    "opened": (lambda: survey_design(OPENED), "centre"),
}
DOMAINS = ("total", "male", "female", "old")


@cache
def within(name: str, by: tuple[str, ...] = (), where: str | None = None) -> Domains:
    return domains(PEOPLE, by, where, _design(name), DESIGNS[name][1])


@cache
def _design(name: str) -> Design:
    return DESIGNS[name][0]()


def of_domain(cell: Domains, estimand: str) -> Linearised:
    if estimand.startswith("quantile_"):
        return quantile(cell, "pay", float(estimand.removeprefix("quantile_")), around="estimate")
    if estimand.startswith("around_share_"):
        return quantile(cell, "pay", float(estimand.removeprefix("around_share_")))
    if estimand == "pay_by_hours":
        return ratio(cell, "pay", "hours")
    return {"total_pay": weighted_total, "mean_pay": mean}[estimand](cell, "pay")


def assert_equal(ours: float, row: object, tolerance: float = 1e-10) -> None:
    assert ours == pytest.approx(row.number, rel=tolerance, abs=1e-14, nan_ok=True), f"{row.statistic}: {row.line}"


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("name", DESIGNS)
def test_estimates_of_numbers_are_those_of_r(name: str, domain: str) -> None:
    """Catches: a stage or fraction forgotten, certainty, a collapsed stratum, a score, a quantile's rule or limits."""
    golden = GOLDEN[(GOLDEN["design"] == name) & (GOLDEN["domain"] == domain)]
    golden = golden[~golden["estimand"].isin(["standardised", "share_of_age"])]
    assert len(golden) == 35
    for estimand, rows in golden.groupby("estimand"):
        table = of_domain(within(name, where=domain), str(estimand)).table().iloc[0]
        for row in rows.itertuples():
            assert_equal(table[row.statistic], row)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_breakdown_gives_each_cell_the_figures_of_its_domain(name: str) -> None:
    by_sex = {
        kind: of_domain(within(name, ("sex",)), kind).table().set_index("sex")
        for kind in ("mean_pay", "total_pay", "quantile_0.5", "pay_by_hours")
    }
    golden = GOLDEN[
        (GOLDEN["design"] == name) & GOLDEN["domain"].isin(["male", "female"]) & GOLDEN["estimand"].isin(list(by_sex))
    ]
    assert len(golden) == 30
    for row in golden.itertuples():
        assert_equal(by_sex[row.estimand].loc[row.domain, row.statistic], row)


@pytest.mark.parametrize("name", DESIGNS)
def test_contrasts_shares_and_standardised_rates_are_those_of_r(name: str) -> None:
    """Catches: a covariance between domains that share PSUs left out."""
    pay = mean(within(name, ("sex",)), "pay")
    found = {
        "difference": difference(pay.row(sex="male"), pay.row(sex="female")),
        "quotient": quotient(pay.row(sex="male"), pay.row(sex="female")),
    }
    rates = standardised(mean(within(name, ("sex", "age")), "employed"), "age", STANDARD)
    ages = shares(within(name, ("age",), "total"), "employed", "age").table().set_index("age")
    golden = GOLDEN[(GOLDEN["design"] == name)]
    contrasts = golden[golden["domain"] == "male:female"]
    assert len(contrasts) == 4
    for row in contrasts.itertuples():
        assert_equal(found[row.estimand].table()[row.statistic][0], row)
    for row in golden[golden["estimand"] == "standardised"].itertuples():
        assert_equal(rates.row(sex=row.domain).table()[row.statistic][0], row)
    for row in golden[golden["estimand"] == "share_of_age"].itertuples():
        statistic, age = row.statistic.split(" ")
        assert_equal(ages.loc[age, statistic], row)


@dataclass(frozen=True)
class Linear:
    """Linear calibration, written out: w = d g with g = 1 + x'(X'DX)^-1 (totals - X'd); it explains g d x'B of z."""

    x: np.ndarray
    base: np.ndarray
    totals: np.ndarray

    @property
    def weight(self) -> np.ndarray:
        gram = self.x.T @ (self.x * self.base[:, None])
        return self.base * (1 + self.x @ np.linalg.solve(gram, self.totals - self.x.T @ self.base))

    def explained_scores(self, z: np.ndarray, psu: np.ndarray, psus: int) -> np.ndarray:
        root = np.sqrt(self.base)[:, None]
        slope = np.linalg.lstsq(self.x * root, z * root, rcond=None)[0]
        scores = np.zeros((psus, z.shape[1]))
        np.add.at(scores, psu, self.weight[:, None] * (self.x @ slope))
        return scores


def linear_calibration() -> Linear:
    sex, age = PEOPLE["sex"], PEOPLE["age"]
    columns = [sex.notna(), sex == "male", age == "30-49", age == "50+"]
    x, base = np.column_stack(columns).astype(float), PEOPLE["weight"].to_numpy()
    return Linear(x, base, x.T @ (base * np.where(sex == "female", 1.2, 0.9)))


@pytest.mark.parametrize(("name", "before"), [("calibrated", "replacement"), ("calibrated_2", "fractions_2")])
def test_errors_with_calibrated_weights_are_those_of_r(name: str, before: str) -> None:
    """Catches: residuals left out, or taken in the domain only."""
    made = linear_calibration()
    design = replace(_design(before), weight=made.weight)
    golden = GOLDEN[GOLDEN["design"] == name]
    assert len(golden) == 4 * 9 + 1
    for row in golden[golden["domain"] != "male:female"].itertuples():
        cell = domains(PEOPLE, (), row.domain, design, "centre", made)
        assert_equal(of_domain(cell, row.estimand).table()[row.statistic][0], row)
    pay = mean(domains(PEOPLE, "sex", None, design, "centre", made), "pay")
    contrast = difference(pay.row(sex="male"), pay.row(sex="female"))
    assert_equal(contrast.se[0], next(golden[golden["domain"] == "male:female"].itertuples()))


def test_what_was_calibrated_on_has_no_error() -> None:
    made = linear_calibration()
    design = replace(_design("replacement"), weight=made.weight)
    counts = weighted_total(domains(PEOPLE, "sex", None, design, "centre", made), "total")
    assert counts.value[1] == pytest.approx(made.totals[1])
    np.testing.assert_allclose(counts.se[:2], 0, atol=1e-6)


def half_design() -> Design:
    return survey_design(HALVES.assign(psu=HALVES["half"]))


REPLICATED: dict[str, Callable[[], tuple[pd.DataFrame, Design, Replicates]]] = {
    "jackknife": lambda: (PEOPLE, (d := _design("collapsed")), jackknife(d)),
    "jackknife_fpc": lambda: (HALVES, (d := sizes(HALVES, FIRST)), jackknife(d)),
    "jackknife_1": lambda: (PEOPLE, (d := survey_design(PEOPLE.drop(columns="stratum"))), jackknife(d)),
    "balanced": lambda: (HALVES, (d := half_design()), balanced(d)),
    "fay": lambda: (HALVES, (d := half_design()), balanced(d, fay=0.3)),
    "delivered": lambda: (PEOPLE, survey_design(PEOPLE), delivered(PEOPLE, COLUMNS, 1 / 11)),
    "around_mean": lambda: (PEOPLE, survey_design(PEOPLE), delivered(PEOPLE, COLUMNS, 1 / 11, around_mean=True)),
    "successive": lambda: (PEOPLE, survey_design(PEOPLE), delivered(PEOPLE, COLUMNS, 4 / 12)),
    "rscales": lambda: (
        PEOPLE,
        survey_design(PEOPLE),
        delivered(PEOPLE, COLUMNS, 0.5, [number / 12 for number in range(1, 13)]),
    ),
}


@pytest.mark.parametrize("name", REPLICATED)
def test_replicates_are_those_of_r(name: str) -> None:
    """Catches: factors, scale, rscales, the centre of the deviations, strata taken whole."""
    persons, design, replicates = REPLICATED[name]()
    golden = GOLDEN[GOLDEN["design"] == name]
    assert len(golden) == 24
    for domain in DOMAINS:
        cell = domains(persons, (), domain, design, "certainty")
        found = {
            "total_pay": replicate_se(lambda each: weighted_total(each, "pay"), cell, replicates),
            "mean_pay": replicate_se(lambda each: mean(each, "pay"), cell, replicates),
            "pay_by_hours": replicate_se(lambda each: ratio(each, "pay", "hours"), cell, replicates),
            "gini_pay": replicate_se(lambda each: gini(each, "pay"), cell, replicates),
            "employment_rate": replicate_se(lambda each: mean(each, "employed"), cell, replicates),
        }
        for row in golden[golden["domain"] == domain].itertuples():
            assert_equal(found[row.estimand][row.statistic == "se"][0], row)


def test_every_golden_number_is_compared() -> None:
    """By the tests above: of each design 35 numbers in each domain, contrasts, standardised rates of two sexes and
    shares of three ages; and those of the calibrated and of the replicated ones."""
    assert set(GOLDEN["design"]) == {*DESIGNS, "calibrated", "calibrated_2", *REPLICATED}
    assert len(GOLDEN) == len(DESIGNS) * (35 * len(DOMAINS) + 4 + 2 * 2 + 2 * 3) + 2 * 37 + 24 * len(REPLICATED)


@pytest.mark.full
def test_r_still_gives_the_golden_numbers_of_earners() -> None:
    changed = changes(GOLDEN, run_r(EARNERS))
    assert changed.empty, changed.to_string()
