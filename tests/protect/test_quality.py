"""Small counts of persons in the quality table are masked; sums and checksums are not."""

import pandas as pd
import pytest

from lfs.protect.quality import mask_small_counts

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
