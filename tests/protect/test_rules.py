"""What is suppressed and what is marked, cell by cell, by the limits in config.yaml: 5 cases, 10 respondents."""

import numpy as np
import pandas as pd
import pytest

from lfs.protect import FIGURES, protect


@pytest.fixture
def rows(iraq) -> pd.DataFrame:
    """Five categories of displacement with the rate's respondents and cases, all else harmless."""
    counts = {"refugee": (40, 4), "idp_in_camp": (40, 5), "idp_out_of_camp": (400, 14), "returnee": (9, 9)}
    counts |= {"not_displaced": (5000, 700)}
    return pd.DataFrame(
        {"round": "2021H2", "standard": "icls19", "indicator": "unemployment_rate", "breakdown": "displacement"}
        | dict.fromkeys(iraq.breakdown_variables, "total")
        | {"displacement": code, "value": cases / n, "se": 0.01, "interval": "logit", "lower": 0.1, "upper": 0.2}
        | {"cv": 0.1, "deff": 1.5, "df": 200.0, "n": float(n), "n_cases": float(cases), "flag": ""}
        for code, (n, cases) in counts.items()
    )


def status(published: pd.DataFrame) -> dict[str, str]:
    return dict(zip(published["displacement"], published["status"], strict=True))


def test_few_cases_and_few_respondents_are_suppressed_and_the_next_are_marked(rows, no_quality, iraq):
    found = status(protect(rows, no_quality, iraq)[0])
    assert found["refugee"] == "suppressed", "4 cases"
    assert found["returnee"] == "suppressed", "9 respondents"
    assert found["idp_out_of_camp"] == "unreliable", "14 cases"
    assert found["not_displaced"] == "published"


def test_a_large_coefficient_of_variation_marks(rows, no_quality, iraq):
    rows.loc[4, "cv"] = 0.31
    assert status(protect(rows, no_quality, iraq)[0])["not_displaced"] == "unreliable"


def test_a_suppressed_row_holds_no_figure_and_a_published_one_all(rows, no_quality, iraq):
    published, _ = protect(rows, no_quality, iraq)
    gone = published["status"] == "suppressed"
    assert published.loc[gone, list(FIGURES)].isna().all(axis=None)
    assert published.loc[~gone, list(FIGURES)].notna().all(axis=None)
    assert list(published.columns) == [*rows.columns, "status"]


def test_a_suppressed_row_does_not_tell_by_its_flag_why(rows, no_quality, iraq):
    rows["flag"] = "few_cases"
    published, _ = protect(rows, no_quality, iraq)
    gone = published["status"] == "suppressed"
    assert set(published.loc[gone, "flag"]) == {""}
    assert published.loc[gone, "interval"].isna().all(), "korn_graubard would say: near 0 or 1"


def test_a_group_without_respondents_says_so_and_needs_no_complement(rows, no_quality, iraq):
    rows.loc[0, ["value", "se", "lower", "upper", "cv", "deff"]] = np.nan
    rows.loc[0, ["n", "n_cases"]] = 0
    rows = rows.drop(index=3)
    published, _ = protect(rows, no_quality, iraq)
    assert status(published) == {
        "refugee": "suppressed",
        "idp_in_camp": "unreliable",
        "idp_out_of_camp": "unreliable",
        "not_displaced": "published",
    }
    assert published["flag"].tolist()[0] == "no_cases"


def test_withheld_breakdowns_keep_their_rows_and_lose_every_figure(rows, no_quality, iraq):
    rows["breakdown"], rows["governorate"] = "governorate_x_displacement", "erbil"
    published, quality = protect(rows, no_quality, iraq)
    assert set(published["status"]) == {"suppressed"}
    assert published[list(FIGURES)].isna().all(axis=None)
    assert quality.set_index("topic").loc["withheld", "value"] == len(rows)


def test_few_others_are_as_telling_as_few_cases(rows, no_quality, iraq):
    # 36 of 40 in camps are unemployed: the 4 employed ones could be named.
    rows.loc[1, ["n", "n_cases", "value"]] = [40, 36, 0.9]
    rows.loc[2, ["n", "n_cases", "value"]] = [400, 395, 0.9875]
    found = status(protect(rows, no_quality, iraq)[0])
    assert found["idp_in_camp"] == "suppressed", "4 others"
    assert found["idp_out_of_camp"] == "unreliable", "5 others"


def test_a_count_of_everybody_has_no_others(rows, no_quality, iraq):
    rows["indicator"], rows["n_cases"] = "working_age_population", rows["n"]
    found = status(protect(rows, no_quality, iraq)[0])
    assert {name for name, each in found.items() if each == "suppressed"} == {"returnee"}, "9 respondents"
