"""What must hold for any sample: nothing of it depends on order, names or scale."""

import numpy as np
import pandas as pd
import pytest

from lfs.estimate import estimate, rate, total
from lfs.metadata import Survey

KEYS = ["standard", "indicator", "breakdown"]
FIGURES = ["value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases"]


def kind(table: pd.DataFrame, survey: Survey) -> pd.Series:
    return table["indicator"].map({name: each.kind for name, each in survey.indicators.items()})


@pytest.fixture(scope="module")
def estimates(people: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    return estimate(people, survey)[0]


def assert_same_figures(found: pd.DataFrame, expected: pd.DataFrame, *names: str) -> None:
    assert len(found) == len(expected)
    for name in names or FIGURES:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-10, atol=1e-12, err_msg=name)


def test_shuffled_rows_give_the_same_bytes(people: pd.DataFrame, survey: Survey, estimates: pd.DataFrame) -> None:
    shuffled = people.sample(frac=1, random_state=1)
    found, quality = estimate(shuffled, survey)
    pd.testing.assert_frame_equal(found, estimates, check_exact=True)
    pd.testing.assert_frame_equal(quality, estimate(people, survey)[1], check_exact=True)


def test_names_of_strata_and_psus_do_not_matter(people: pd.DataFrame, survey: Survey, estimates: pd.DataFrame) -> None:
    renamed = people.assign(
        psu=people["psu"].map({name: f"z{999 - number}" for number, name in enumerate(people["psu"].unique())}),
        stratum=people["stratum"].map({name: f"q{-number}" for number, name in enumerate(people["stratum"].unique())}),
    )
    assert_same_figures(estimate(renamed, survey)[0], estimates)


def test_scaled_weights_change_totals_and_nothing_else(
    people: pd.DataFrame, survey: Survey, estimates: pd.DataFrame
) -> None:
    found = estimate(people.assign(weight=people["weight"] * 1000), survey)[0]
    assert_same_figures(found, estimates, "cv", "deff", "df", "n", "n_cases")
    rates = kind(estimates, survey) != "total"
    assert_same_figures(found[rates], estimates[rates])
    counts = estimates[~rates].assign(**{name: estimates[name] * 1000 for name in ("value", "se", "lower", "upper")})
    assert_same_figures(found[~rates], counts, "value", "se", "lower", "upper")


def test_persons_split_into_halves_change_neither_value_nor_error(
    people: pd.DataFrame, survey: Survey, estimates: pd.DataFrame
) -> None:
    halves = pd.concat([people, people.assign(person=people["person"] + "b")], ignore_index=True)
    halves["weight"] /= 2
    found = estimate(halves, survey)[0]
    assert_same_figures(found, estimates, "value", "se", "df")
    np.testing.assert_array_equal(found["n"], 2 * estimates["n"])


def test_a_cell_is_the_same_domain_asked_for_alone(people: pd.DataFrame) -> None:
    by = rate(people, "unemployed", "labour_force", ["sex", "age_10"]).set_index(["sex", "age_10"])
    for sex, age in (("male", "15-24"), ("female", "65+")):
        here = (people["sex"] == sex) & (people["age_10"] == age)
        alone = rate(people.assign(here=here), "unemployed", "labour_force", where="here").iloc[0]
        for name in ("value", "se", "lower", "upper", "deff", "df", "n", "n_cases"):
            assert by.loc[(sex, age), name] == pytest.approx(alone[name], rel=1e-12)


def test_categories_add_up_to_the_total(estimates: pd.DataFrame, survey: Survey) -> None:
    counts = estimates[kind(estimates, survey) == "total"]
    sums = counts.groupby(["indicator", "breakdown"])[["value", "n", "n_cases"]].sum()
    for name in sums:
        total = sums[name].xs("total", level="breakdown")
        np.testing.assert_allclose(sums[name], total.reindex(sums.index, level="indicator"), rtol=1e-10)


def test_filtering_rows_first_would_be_wrong(people: pd.DataFrame) -> None:
    """The reason for `where`: with rows left out, PSUs without a case are forgotten."""
    here = (people["age_5"] == "15-19") & (people["displacement"] == "returnee")
    right = total(people.assign(here=here), "working_age", where="here", single_psu="certainty").iloc[0]
    wrong = total(people[here], "working_age", single_psu="certainty").iloc[0]
    assert right["value"] == pytest.approx(wrong["value"])
    assert right["se"] != pytest.approx(wrong["se"], rel=1e-3)


def test_a_full_domain_is_the_total_and_an_empty_one_has_no_figure(people: pd.DataFrame, survey: Survey) -> None:
    people = people.assign(sex="male")
    found = estimate(people, survey)[0].set_index(["indicator", "breakdown", "sex"])
    for indicator in ("unemployed", "unemployment_rate"):
        for name in FIGURES:
            assert found.loc[(indicator, "sex", "male"), name] == pytest.approx(
                found.loc[(indicator, "total", "total"), name], nan_ok=True
            )
        empty = found.loc[(indicator, "sex", "female")]
        assert empty["n"] == empty["n_cases"] == 0
        assert empty["flag"] == "no_cases"
        assert empty[["value", "se", "lower", "upper", "cv", "deff"]].isna().all()
