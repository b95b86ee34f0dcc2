"""What protection makes of means, quantiles, shares and gaps: small tables to be read by eye."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey
from lfs.metadata.indicators import Indicator
from lfs.protect import protect

STANDARD = {"standards": ["icls19"]}
PAY = {"number": "monthly_earnings", "universe": "employed", "unit": "currency", **STANDARD}
INDICATORS = {
    "mean_pay": {"kind": "mean", **PAY},
    "median_pay": {"kind": "quantile", **PAY},
    "gap": {
        "kind": "gap",
        "of": "mean_pay",
        "variable": "sex",
        "categories": ["male", "female"],
        "unit": "currency",
        **STANDARD,
    },
    "share": {"kind": "share", "numerator": "employed", "over": "urban_rural", "unit": "rate", **STANDARD},
}
BREAKDOWNS = {
    "total": (),
    "sex": ("sex",),
    "urban_rural": ("urban_rural",),
    "sex_x_urban_rural": ("sex", "urban_rural"),
}
FIGURES = ("value", "se", "lower", "upper", "cv", "deff", "df")


@pytest.fixture(scope="module")
def survey(iraq: Survey) -> Survey:
    made = {name: Indicator(**declared) for name, declared in INDICATORS.items()}
    return replace(iraq, indicators=made, breakdowns=BREAKDOWNS, relations={}, tables={})


def row(indicator: str, n: int, n_cases: int | None = None, sex: str = "total", urban_rural: str = "total") -> dict:
    names = [name for name, code in (("sex", sex), ("urban_rural", urban_rural)) if code != "total"]
    keys = {"round": "2021H2", "standard": "icls19", "indicator": indicator, "breakdown": "_x_".join(names) or "total"}
    figures = dict.fromkeys(FIGURES, 1.0) | {"cv": 0.05, "df": 100.0, "interval": "normal", "flag": ""}
    cases = n if n_cases is None else n_cases
    return keys | {"sex": sex, "urban_rural": urban_rural} | figures | {"n": float(n), "n_cases": float(cases)}


def statuses(survey: Survey, rows: list[dict], no_quality: pd.DataFrame) -> list[str]:
    published, _ = protect(pd.DataFrame(rows), no_quality, survey)
    gone = published["status"] == "suppressed"
    assert published.loc[gone, "value"].isna().all()
    return published["status"].tolist()


@pytest.mark.parametrize("indicator", ["mean_pay", "median_pay"])
def test_a_mean_of_few_takes_another_with_it(survey: Survey, no_quality: pd.DataFrame, indicator: str) -> None:
    """Six women earn: from the mean of all, that of men and the counts theirs would follow."""
    rows = [row(indicator, 100), row(indicator, 94, sex="male"), row(indicator, 6, sex="female")]
    assert statuses(survey, rows, no_quality) == ["published", "suppressed", "suppressed"]
    enough = [row(indicator, 100), row(indicator, 60, sex="male"), row(indicator, 40, sex="female")]
    assert statuses(survey, enough, no_quality) == ["published"] * 3


def test_a_gap_goes_with_either_of_its_sides(survey: Survey, no_quality: pd.DataFrame) -> None:
    """Few rural women: their mean goes, a second one with it in each sum, and the gap of rural people."""
    counts = {("male", "urban"): 60, ("male", "rural"): 60, ("female", "urban"): 60, ("female", "rural"): 6}
    rows = [row("mean_pay", 186), row("mean_pay", 120, sex="male"), row("mean_pay", 66, sex="female")]
    rows += [row("mean_pay", 120, urban_rural="urban"), row("mean_pay", 66, urban_rural="rural")]
    rows += [row("mean_pay", n, sex=sex, urban_rural=area) for (sex, area), n in counts.items()]
    rows += [row("gap", 66), row("gap", 60, urban_rural="urban"), row("gap", 6, urban_rural="rural")]
    # All four means within sex and area are needed to hide the one; so no gap by area can be shown, that of all can.
    expected = ["published"] * 5 + ["suppressed"] * 4 + ["published", "suppressed", "suppressed"]
    assert statuses(survey, rows, no_quality) == expected


def test_a_gap_is_marked_where_a_side_is(survey: Survey, no_quality: pd.DataFrame) -> None:
    rows = [row("mean_pay", 100), row("mean_pay", 80, sex="male"), row("mean_pay", 20, sex="female"), row("gap", 20)]
    rows[3] |= {"n": 80.0, "n_cases": 80.0, "cv": np.nan}
    assert statuses(survey, rows, no_quality) == ["published", "published", "unreliable", "unreliable"]


def test_a_share_of_few_takes_another_with_it(survey: Survey, no_quality: pd.DataFrame) -> None:
    """Three of a hundred employed live in the country: so the share of those in towns is known, and goes too."""
    rows = [row("share", 100, 97, urban_rural="urban"), row("share", 100, 3, urban_rural="rural")]
    assert statuses(survey, rows, no_quality) == ["suppressed", "suppressed"]
    rows = [row("share", 100, 60, urban_rural="urban"), row("share", 100, 40, urban_rural="rural")]
    assert statuses(survey, rows, no_quality) == ["published", "published"]


def test_a_tenth_of_which_few_persons_earn_less_is_withheld_and_takes_nothing_with_it(survey, no_quality):
    tenth = Indicator(kind="quantile", share=0.1, **PAY)
    with_tenth = replace(survey, indicators={**survey.indicators, "tenth": tenth})
    rows = [row("tenth", 49), row("median_pay", 49), row("mean_pay", 49), row("tenth", 50, sex="male")]
    found = statuses(with_tenth, rows, no_quality)
    assert found == ["suppressed", "published", "published", "published"], "4.9 persons earn less than a tenth of 49"
