"""The figures for machines: what the published table says, nothing of what it does not, and no formulas."""

import io

import pandas as pd
import pytest

from lfs.publish import publish

FILES = ("figures.csv", "figures.parquet", "dictionary.csv")


@pytest.fixture(scope="module")
def files(protected, iraq, labels) -> dict[str, bytes]:
    return publish(*protected, iraq, labels, language="en", files=FILES)


@pytest.fixture(scope="module")
def figures(files) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(files["figures.parquet"]))


def test_every_figure_is_there_unrounded_in_the_order_of_the_published_table(figures, protected):
    published, _ = protected
    assert len(figures) == len(published)
    for name in ("value", "se", "lower", "upper", "n"):
        pd.testing.assert_series_equal(figures[name], published[name].reset_index(drop=True), check_dtype=False)
    assert (figures["status"].to_numpy() == published["status"].to_numpy()).all()


def test_codes_and_words_of_the_crossing_stand_side_by_side(figures, protected):
    published, _ = protected
    row = figures[(figures["breakdown"] == "sex_x_age_youth") & (figures["round"] == "2022H2")].iloc[0]
    assert (row["variable_1"], row["variable_2"]) == ("sex", "age_youth")
    told = published[(published["breakdown"] == "sex_x_age_youth") & (published["round"] == "2022H2")].iloc[0]
    assert (row["category_1"], row["category_2"]) == (told["sex"], told["age_youth"])
    assert row["category_1_name"] in ("Men", "Women")


def test_a_suppressed_figure_holds_no_number(figures):
    gone = figures[figures["status"] == "suppressed"]
    assert len(gone) > 8
    assert gone[["value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases"]].isna().all(axis=None)


def test_csv_holds_the_same_and_the_dictionary_every_column_and_code(files, figures):
    again = pd.read_csv(io.BytesIO(files["figures.csv"]), keep_default_na=False, na_values={"value": [""]})
    assert again["indicator"].tolist() == figures["indicator"].tolist()
    assert again["value"].to_numpy() == pytest.approx(figures["value"].to_numpy(), rel=1e-12, nan_ok=True)
    explained = pd.read_csv(io.BytesIO(files["dictionary.csv"]), keep_default_na=False)
    assert set(figures.columns) <= set(explained["column"])
    assert set(figures["indicator"]) <= set(explained.loc[explained["column"] == "indicator", "code"])
    assert explained["meaning"].ne("").all()
    codes = {code for joined in figures["flag"] for code in joined.split("+") if code}
    assert codes == set(explained.loc[explained["column"] == "flag", "code"]) - {""}
    assert set(figures["interval"].dropna()) - {""} == set(explained.loc[explained["column"] == "interval", "code"]) - {
        ""
    }


def test_no_text_begins_a_formula(protected, iraq, labels):
    indicators = {**labels["indicators"]}
    indicators["unemployed"] = {**indicators["unemployed"], "name": '=HYPERLINK("x")'}
    hostile = {**labels, "indicators": indicators}
    content = publish(*protected, iraq, hostile, language="en", files=["figures.csv"])["figures.csv"].decode(
        "utf-8-sig"
    )
    assert "=HYPERLINK" in content
    assert not [line for line in content.splitlines() for part in line.split(",") if part.strip('"').startswith("=")]


def test_the_same_input_gives_the_same_bytes(files, protected, iraq, labels):
    assert publish(*protected, iraq, labels, language="en", files=FILES) == files
