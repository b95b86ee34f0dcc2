"""In the invented survey, what the country is told in the first place is never the price of something small."""

import pandas as pd
import pytest

from lfs.metadata import load_survey

FIRST = ("total", "sex", "region")
FEW, FEW_RESPONDENTS = 5, 10


@pytest.fixture(scope="module")
def rows(finished) -> pd.DataFrame:
    """Estimates in total, by sex and by region, with what became of each; gaps are told by their sides."""
    processed = finished / "data/processed"
    estimates, published = (pd.read_parquet(processed / f"{name}.parquet") for name in ("estimates", "published"))
    keys = ["round", "standard", "indicator", "breakdown", *load_survey(finished).breakdown_variables]
    assert estimates[keys].astype(str).equals(published[keys].astype(str))
    found = estimates.assign(status=published["status"])
    gaps = [name for name, each in load_survey(finished).indicators.items() if each.kind == "gap"]
    return found[found["breakdown"].isin(FIRST) & ~found["indicator"].isin(gaps) & (found["n"] > 0)]


def lost(rows: pd.DataFrame) -> list[list[str]]:
    """What is suppressed without being small itself."""
    gone = rows[(rows["status"] == "suppressed") & rows["value"].notna()]
    small = (gone["n_cases"] < FEW) | (gone["n"] < FEW_RESPONDENTS) | (gone["n"] - gone["n_cases"] < FEW)
    return gone.loc[~small, ["round", "standard", "indicator", "breakdown"]].to_numpy().tolist()


def test_no_figure_of_the_country_is_lost_for_others(rows):
    national = rows[rows["breakdown"] == "total"]
    assert (national["status"] != "suppressed").any()
    assert lost(national) == []


@pytest.mark.parametrize("indicator", ["participation_rate", "employment_to_population_ratio", "unemployment_rate"])
def test_no_headline_rate_by_sex_or_region_is_lost_for_others(rows, indicator):
    # Of the round that both offices delivered: one office of 400 households has small sides by sex everywhere.
    headline = rows[(rows["indicator"] == indicator) & (rows["round"] == "2021H2")]
    assert (headline["status"] != "suppressed").any()
    assert lost(headline) == []
