"""Small counts of persons in the quality table are masked; sums and checksums are not."""

import pandas as pd
import pytest

from lfs.protect.quality import mask_small_counts, published_quality

COLUMNS = ["round", "office", "step", "topic", "variable", "category", "value", "detail"]


def masked(iraq, rows):
    table = pd.DataFrame([("2021H2", "cso", "any", *row) for row in rows], columns=COLUMNS)
    found = mask_small_counts(table, iraq)
    return [
        detail == "masked" and pd.isna(value) for value, detail in zip(found["value"], found["detail"], strict=True)
    ]


def test_counts_from_one_to_four_are_masked(iraq):
    rows = [
        ("answered_outside_universe", name, "", value, "") for name, value in zip("abcd", (0, 1, 4, 5), strict=True)
    ]
    assert masked(iraq, rows) == [False, True, True, False]


def test_one_masked_category_takes_the_next_smallest_with_it(iraq):
    pairs = {"employed|employed": 900, "employed|unemployed": 2, "unemployed|employed": 30}
    rows = [("agreement", "labour_force_status", pair, value, "") for pair, value in pairs.items()]
    assert masked(iraq, rows) == [False, True, True]


def test_a_share_is_masked_where_it_stands_for_few_persons(iraq):
    rows = [("asked", name, "", 1000.0, "") for name in ("sex", "age", "psu")]
    rows += [("share_not_stated", name, "", share, "") for name, share in (("sex", 0.002), ("age", 0.02), ("psu", 0.0))]
    assert masked(iraq, rows) == [False, False, False, True, False, False]


def test_the_share_of_persons_who_agree_is_no_count(iraq):
    rows = [("persons", "", "", 43_539.0, ""), ("agreement_share", "labour_force_status", "", 0.9996, "")]
    assert masked(iraq, rows) == [False, False]


@pytest.mark.parametrize("topic", ["psus", "weight_sum", "single_psu_stratum", "synthetic"])
def test_what_counts_no_persons_is_not_masked(iraq, topic):
    assert masked(iraq, [(topic, "", "", 1.0, "")]) == [False]


def of_offices(iraq, rows):
    found = mask_small_counts(pd.DataFrame([("2021H2", *row) for row in rows], columns=COLUMNS), iraq)
    return dict(zip(found["office"] + "." + found["topic"], found["value"].isna(), strict=True))


def test_one_office_cannot_be_had_from_all_less_the_other(iraq):
    counts = {"cso": 41, "krso": 2, "all": 43}
    rows = [(office, "derive", "answered_outside_universe", "sex", "", n, "") for office, n in counts.items()]
    assert of_offices(iraq, rows) == {
        "cso.answered_outside_universe": True,
        "krso.answered_outside_universe": True,
        "all.answered_outside_universe": False,
    }


def test_a_masked_count_not_stated_masks_its_share_and_the_other_way_round(iraq):
    # krso: 3 answers declared not given, 6 persons without an answer in all; the share is of 1,000 asked.
    rows = [
        ("krso", "derive", "asked", "sex", "", 1000, ""),
        ("krso", "derive", "share_not_stated", "sex", "", 0.006, ""),
    ]
    rows += [("krso", "harmonise", "not_stated", "sex", "", 3, "")]
    assert of_offices(iraq, rows) == {"krso.asked": False, "krso.share_not_stated": True, "krso.not_stated": True}


def weighting(rows, persons=1000.0):
    rows = [("all", "estimate", "persons", "", "", persons, ""), *rows]
    return pd.DataFrame([("2021H2", *row) for row in rows], columns=COLUMNS)


def nothing_suppressed(iraq):
    columns = {"round": "2021H2", "breakdown": "total", "indicator": list(iraq.indicators), "status": "published"}
    return pd.DataFrame(columns)


def story(category, value):
    return ("all", "weight", "weight_story", "base", category, value, "")


@pytest.mark.parametrize(
    ("topic", "category", "value"),
    [
        ("weight_story", "kish", 1.31),
        ("weight_story", "sum", 3.0),
        ("weight_story", "mean_change", 1.07),
        ("weight_change", "cso:121", 1.2),
        ("weight_headline", "unemployment_rate", 1.0),
        ("control_before", "male", 1.04),
        ("control_total", "camp", 3.0),
        ("base_weight", "", 2.0),
        ("gvf_n", "", 3.0),
        ("gvf_b", "", 2.5),
        ("gvf_se_rate", "100000|0.1", 0.01),
        ("se_calibrated", "icls19", 1.5),
    ],
)
def test_weights_rates_and_errors_are_no_counts_of_persons(iraq, topic, category, value):
    assert masked(iraq, [(topic, "x", category, value, "")]) == [False]


def test_the_persons_of_the_weight_story_are_a_count(iraq):
    assert masked(iraq, [("weight_story", "base", "n", 4.0, ""), ("weight_story", "base", "sum", 4.0, "")]) == [
        True,
        False,
    ]


@pytest.mark.parametrize(("n", "gone"), [(1000.0, False), (997.0, True), (995.0, False)])
def test_persons_of_weight_zero_cannot_be_had_from_the_story(iraq, n, gone):
    """Three persons of weight zero are masked where they are counted; 1,000 less 997 would tell."""
    found = mask_small_counts(weighting([story("n", n)]), iraq)
    assert pd.isna(found["value"]).tolist() == [False, gone]


def test_the_weight_of_one_household_has_two_digits(iraq):
    rows = [story("highest", 1056.861538), story("lowest", 52.03448), story("least_change", 0.98439)]
    rows += [story("median", 342.476), story("sum", 37312104.4), story("mean_change", 1.072266), story("kish", 1.31284)]
    found = published_quality(weighting(rows), nothing_suppressed(iraq), iraq)
    values = found[found["topic"] == "weight_story"]["value"].tolist()
    assert values == [1100.0, 52.0, 0.98, 340.0, 37312104.4, 1.072266, 1.31284]


def test_what_is_made_of_few_weights_or_of_withheld_figures_cannot_be_solved_for_them(iraq):
    """With all digits a camp of two PSUs told how many of its households answered, and a fit its only hidden row."""
    rows = [
        ("all", "weight", "weight_change", "nonresponse", "cso:123", 1.1713372664700106, ""),
        ("all", "weight", "control_before", "camps", "federal x yes", 1.062676647235471, ""),
        ("all", "estimate", "gvf_a", "informality", "", 1.680123456e-05, "informal_employment"),
        ("all", "estimate", "gvf_rate_median", "informality", "", 1.00123456, "informal_employment"),
        ("all", "estimate", "gvf_n", "informality", "", 1282.0, "informal_employment"),
    ]
    found = published_quality(weighting(rows), nothing_suppressed(iraq), iraq)
    assert found["value"].tolist()[1:] == [1.17, 1.06, 1.68e-05, 1.0, 1282.0]


def test_joined_cells_are_counted_and_their_names_go(iraq):
    cells = [("cso:12300002|a", "cso:12300007|a", 3), ("cso:12300009|b", "cso:12300001|b", 9)]
    rows = [("all", "weight", "cell_joined", cell, into, n, "stratum") for cell, into, n in cells]
    rows.append(("all", "weight", "cell_joined", "krso:1", "krso:2", 1, "all"))
    found = published_quality(weighting(rows), nothing_suppressed(iraq), iraq)
    assert not found.astype("str").apply(lambda column: column.str.contains("123000|krso")).any(axis=None)
    joined = found[found["topic"] == "cells_joined"]
    assert dict(zip(joined["variable"], joined["value"], strict=True)) == {"stratum": 2.0, "all": 1.0}
    assert not joined["detail"].eq("masked").any()


def test_what_tells_of_a_suppressed_national_figure_goes(iraq):
    rows = [("all", "weight", "weight_headline", "base", name, 0.2, "") for name in ("unemployment_rate", "employed")]
    rows += [("all", "estimate", "se_calibrated", "unemployment_rate", "icls19", 0.01, "")]
    published = nothing_suppressed(iraq)
    published.loc[published["indicator"] == "unemployment_rate", "status"] = "suppressed"
    found = published_quality(weighting(rows), published, iraq)
    assert found["topic"].tolist() == ["persons", "weight_headline"]
    assert found["category"].tolist()[1] == "employed"
