"""People in pieces give the tables of people in memory, wherever the pieces end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from benchmarks.frame import random_people
from tests.reference.frame import people as golden_people

from lfs.estimate import estimate, estimate_file, estimate_pieces
from lfs.estimate.pieces import run
from lfs.metadata import Survey, SurveyError

COUNTS = ["df", "n", "n_cases"]


@pytest.fixture(scope="module")
def plain(survey: Survey) -> Survey:
    """The survey's counts and ratios, which are all that pieces can make, with weights as drawn."""
    return counts_of(replace(survey, config=survey.config.model_copy(update={"weighting": None})))


def counts_of(survey: Survey) -> Survey:
    counts = {name: each for name, each in survey.indicators.items() if each.kind in ("total", "ratio")}
    assert {"employed", "unemployment_rate"} <= {*counts} < {*survey.indicators}
    return replace(survey, indicators=counts)


@pytest.fixture(scope="module")
def ordered(people: pd.DataFrame) -> pd.DataFrame:
    return in_order(people)


def in_order(people: pd.DataFrame) -> pd.DataFrame:
    return people.sort_values(["stratum", "psu"], kind="stable", ignore_index=True)


def cut(people: pd.DataFrame, rows: int) -> Iterator[pa.RecordBatch]:
    """Pieces of so many rows, each with dictionaries of its own, as the pieces of a file have."""
    for first in range(0, len(people), rows):
        piece = people.iloc[first : first + rows]
        words = {name: piece[name].astype("category") for name in piece if piece[name].dtype == "str"}
        yield pa.RecordBatch.from_pandas(piece.assign(**words), preserve_index=False)


def assert_same(found: tuple[pd.DataFrame, ...], expected: tuple[pd.DataFrame, ...]) -> None:
    """Counts and words are equal; figures are to 1e-12, errors that are next to nothing to the value's last digit."""
    table, whole = found[0], expected[0]
    assert list(table) == list(whole)
    for name in whole:
        if not pd.api.types.is_float_dtype(whole[name]):
            pd.testing.assert_series_equal(table[name], whole[name])
    np.testing.assert_allclose(table["value"], whole["value"], rtol=1e-12)
    assert (table[["se", "cv", "deff"]].isna() == whole[["se", "cv", "deff"]].isna()).all(axis=None)
    last_digit = 4 * np.finfo(float).eps
    apart = {name: (table[name] - whole[name]).abs().fillna(0) for name in ("se", "cv", "deff")}
    assert (apart["se"] <= (1e-12 * whole["se"] + last_digit * whole["value"].abs()).fillna(0)).all()
    assert (apart["cv"] <= (1e-12 * whole["cv"] + last_digit).fillna(0)).all()
    # Where every PSU has the same rate, deff is 1e-30, rounding only.
    assert (apart["deff"] <= (1e-11 * whole["deff"] + 1e-25).fillna(0)).all()
    for name in ("lower", "upper"):
        np.testing.assert_allclose(table[name] / whole["value"], whole[name] / whole["value"], atol=1e-12, err_msg=name)
    pd.testing.assert_frame_equal(found[1], expected[1], rtol=1e-12)


@pytest.mark.parametrize("rows", [1, 7, 60, 61, 500, 10_000])
def test_pieces_of_any_size_give_the_tables_of_the_whole(ordered: pd.DataFrame, plain: Survey, rows: int) -> None:
    """One row a piece cuts every PSU; the first and last stratum of a piece go on in others."""
    some = ordered.iloc[:400] if rows == 1 else ordered
    assert_same(estimate_pieces(cut(some, rows), plain), estimate(some, plain))


def test_pieces_of_several_parts_each_with_its_own_dictionaries(ordered: pd.DataFrame, plain: Survey) -> None:
    tables = [pa.Table.from_batches([batch]) for batch in cut(ordered, 100)]
    half = len(tables) // 2
    pieces = [pa.concat_tables(some, promote_options="permissive") for some in (tables[:half], tables[half:])]
    assert_same(estimate_pieces(pieces, plain), estimate(ordered, plain))


def test_a_large_sample_agrees_to_the_last_digits(plain: Survey) -> None:
    people = in_order(random_people(plain, households=4000))
    assert_same(estimate_pieces(cut(people, 3000), plain), estimate(people, plain))


def test_pieces_give_the_same_bytes_whatever_the_threads(
    ordered: pd.DataFrame, plain: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = estimate_pieces(cut(ordered, 500), plain)
    executor = run.ThreadPoolExecutor
    monkeypatch.setattr(run, "ThreadPoolExecutor", lambda: executor(1))
    one = estimate_pieces(cut(ordered, 500), plain)
    for found, expected in zip(several, one, strict=True):
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


@pytest.mark.parametrize("rule", ["certainty", "centre", "average"])
def test_a_psu_alone_in_its_stratum_counts_by_the_declared_rule(
    ordered: pd.DataFrame, plain: Survey, rule: str
) -> None:
    declared = replace(plain, config=plain.config.model_copy(update={"lonely_psu": rule}))
    assert_same(estimate_pieces(cut(ordered, 200), declared), estimate(ordered, declared))


def test_the_file_is_read_in_pieces(ordered: pd.DataFrame, plain: Survey, tmp_path: Path) -> None:
    """Groups of rows that end inside PSUs; text and dictionaries; columns that nothing reads."""
    expected = estimate(ordered, plain)
    ordered.assign(note="unread").to_parquet(tmp_path / "text.parquet", row_group_size=333)
    words = {name: ordered[name].astype("category") for name in ("psu", "stratum", "sex", "age_5")}
    ordered.assign(**words).to_parquet(tmp_path / "categories.parquet", row_group_size=1000)
    for name in ("text", "categories"):
        assert_same(estimate_file(tmp_path / f"{name}.parquet", plain), expected)


def odd(people: pd.DataFrame, case: str) -> pd.DataFrame:
    """People whose design or answers are unusual, in order."""
    office = people["office"].where(people.index < 900, "other")
    rows = np.arange(len(people))
    lacking = people["region"] == "kri"
    strangers = people["outside_labour_force"] & (rows % 50 < 3)
    changed = {
        "zero weights": {"weight": people["weight"].where(rows % 5 > 0, 0.0)},
        "weightless psu": {"weight": people["weight"].where(people["psu"] != people["psu"].iloc[0], 0.0)},
        "not stated": {"sex": people["sex"].where(rows % 7 > 0, "not_stated")},
        "outside": {"education": people["education"].where(rows % 3 > 0)},
        "governorates inside a stratum": {"governorate": people["governorate"].to_numpy()[::-1]},
        "numerator outside": {"unemployed": people["unemployed"].mask(strangers, True)},
        "an office lacks a concept": {
            "office": office.where(~lacking, "third"), "employed": people["employed"].mask(lacking)
        },
        "constant rate": {"unemployed": people["labour_force"], "employed": people["labour_force"] & False},
        "two strata": {"psu": people["psu"].where(rows > 100, people["psu"].iloc[-1])},
        "numbered psus": {"psu": people["psu"].astype(int)},
        "no psu in one office": {"office": office, "psu": people["psu"].where(office == "office")},
        "no stratum in one office": {"office": office, "stratum": people["stratum"].where(office == "office")},
    }  # fmt: skip
    if case in changed:
        changed_people = people.assign(**changed[case])
        return (
            changed_people.groupby(["office", "stratum", "psu"], sort=False, dropna=False)
            .ngroup()
            .pipe(lambda place: changed_people.iloc[np.argsort(place, kind="stable")].reset_index(drop=True))
        )
    return people.drop(columns=case.removeprefix("without ").split(" and "))


@pytest.mark.parametrize(
    "case",
    [
        "zero weights", "weightless psu", "not stated", "outside", "governorates inside a stratum", "numerator outside",
        "an office lacks a concept", "constant rate", "two strata", "numbered psus", "no psu in one office",
        "no stratum in one office", "without stratum", "without psu", "without psu and household",
        "without psu and household and person", "without stratum and psu", "without education",
        "without informal_sector and informal_employment",
    ],
)  # fmt: skip
def test_designs_and_answers_of_every_kind(ordered: pd.DataFrame, plain: Survey, case: str, tmp_path: Path) -> None:
    people = odd(ordered, case)
    expected = estimate(people, plain)
    assert_same(estimate_pieces(cut(people, 217), plain), expected)
    people.to_parquet(tmp_path / "people.parquet", row_group_size=500)
    assert_same(estimate_file(tmp_path / "people.parquet", plain), expected)


def test_a_variable_that_nobody_has_is_one_that_the_round_lacks(ordered: pd.DataFrame, plain: Survey) -> None:
    people = ordered.assign(education=pd.Series([None] * len(ordered), dtype="str"))
    assert_same(estimate_pieces(cut(people, 500), plain), estimate(people, plain))


def test_more_concepts_than_one_code_holds(ordered: pd.DataFrame, plain: Survey) -> None:
    """With the office's own concepts there are 13 columns of true, false and empty."""
    names = ["employed", "unemployed", "labour_force", "outside_labour_force", "informal_employment", "informal_sector"]
    own = {f"{name}_national": ordered[name].where(np.arange(len(ordered)) % 11 > 0, False) for name in names}
    people = ordered.assign(**own)
    assert_same(estimate_pieces(cut(people, 300), plain), estimate(people, plain))


def test_a_sample_that_r_has_estimated(survey: Survey) -> None:
    """The frame of the golden numbers: strata that begin and end inside pieces, a domain in few of them."""
    people = golden_people()
    people["outside_labour_force"] = people["outside"]
    people = in_order(people.assign(weight=people["weight_some_zero"]))
    counted = {name: each for name, each in survey.indicators.items() if each.kind in ("total", "ratio")}
    indicators = {name: each for name, each in counted.items() if "informal" not in name}
    few = replace(
        survey, indicators=indicators, breakdowns={"total": (), "sex": ("sex",)},
        config=survey.config.model_copy(update={"weighting": None}),
    )  # fmt: skip
    assert_same(estimate_pieces(cut(people, 50), few), estimate(people, few))


def test_what_is_not_in_order_is_refused(ordered: pd.DataFrame, plain: Survey) -> None:
    sort = "sort the file by stratum and psu"
    shuffled = ordered.sample(frac=1, random_state=1)
    with pytest.raises(SurveyError, match=f"stratum s.. comes back after another; {sort}"):
        estimate_pieces(cut(shuffled, 500), plain)
    torn = ordered.assign(stratum="one")
    estimate_pieces(cut(torn, 500), plain)
    first = torn["psu"] == torn["psu"].iloc[0]
    back = torn.iloc[np.r_[5 : len(torn), 0:5]]
    assert first.sum() > 5
    with pytest.raises(SurveyError, match=f"stratum one: 1 times a PSU comes back after another; {sort}"):
        estimate_pieces(cut(back, 500), plain)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"weight": np.nan}, r"variable 'weight': 3 of the rows 1001 to 1500 have a missing or infinite weight"),
        ({"weight": -1.0}, r"variable 'weight': 3 of the rows 1001 to 1500 have a negative weight"),
        ({"round": "2022H2"}, "people holds the rounds 2021H2, 2022H2; estimate one round at a time"),
        ({"sex": "boy"}, r"variable 'sex': code boy \(3 rows of the first piece that has it\) is none of its categ"),
        ({"stratum": None}, r"office, variable 'stratum': empty in 3 of the 1500 rows read so far"),
    ],
)
def test_bad_rows_are_refused_by_name(
    ordered: pd.DataFrame, plain: Survey, change: dict[str, object], problem: str
) -> None:
    (name, value), here = next(iter(change.items())), ordered.index.isin([1200, 1201, 1202])
    wrong = ordered.assign(**{name: ordered[name].mask(here, value)})
    with pytest.raises(SurveyError, match=problem):
        estimate_pieces(cut(wrong, 500), plain)


@pytest.mark.parametrize("name", ["stratum", "psu"])
def test_an_identifier_is_given_for_all_rows_of_an_office_or_for_none(
    ordered: pd.DataFrame, plain: Survey, name: str
) -> None:
    """Also where whole pieces lack it."""
    partly = ordered.assign(**{name: ordered[name].where(ordered.index >= 500)})
    with pytest.raises(SurveyError, match=f"office, variable '{name}': empty in 500 of the 1000 rows read so far"):
        estimate_pieces(cut(partly, 500), plain)


def test_files_that_are_no_people_are_refused(ordered: pd.DataFrame, plain: Survey, tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="no person to estimate from"):
        estimate_pieces([], plain)
    with pytest.raises(SurveyError, match="no person to estimate from"):
        estimate_pieces(cut(ordered.iloc[:0], 1), plain)
    with pytest.raises(SurveyError, match="every weight is zero"):
        estimate_pieces(cut(ordered.assign(weight=0.0), 500), plain)
    with pytest.raises(SurveyError, match="there is no column weight"):
        estimate_pieces(cut(ordered.drop(columns="weight"), 500), plain)
    with pytest.raises(SurveyError, match="variable 'weight': a weight is a number"):
        estimate_pieces(cut(ordered.assign(weight="1"), 500), plain)
    with pytest.raises(SurveyError, match="variable 'employed': an indicator needs a column of true and false"):
        estimate_pieces(cut(ordered.assign(employed="yes"), 500), plain)
    with pytest.raises(SurveyError, match="no indicator by any breakdown can be made"):
        estimate_pieces(cut(ordered[["round", "weight"]], 500), plain)
    with pytest.raises(SurveyError, match="the pieces do not all hold the same columns"):
        estimate_pieces([*cut(ordered, 1000), *cut(ordered.drop(columns="sex"), 1000)], plain)
    with pytest.raises(SurveyError, match=r"nowhere\.parquet does not exist"):
        estimate_file(tmp_path / "nowhere.parquet", plain)
    (tmp_path / "damaged.parquet").write_text("no table")
    with pytest.raises(SurveyError, match=r"damaged\.parquet is damaged"):
        estimate_file(tmp_path / "damaged.parquet", plain)


def test_what_needs_all_people_at_once_is_refused(ordered: pd.DataFrame, survey: Survey, plain: Survey) -> None:
    """No error is given in silence that leaves out what was declared."""
    assert survey.config.weighting is not None
    with pytest.raises(SurveyError, match=r"under weighting: calibration: of config\.yaml need all people at once"):
        estimate_pieces(cut(ordered, 500), survey)
    counts = counts_of(survey)
    found = estimate_pieces(cut(ordered, 500), counts, ignoring_calibration=True)
    assert_same(found, estimate(ordered, counts))
    assert (found[1]["topic"] == "calibration_ignored").sum() == 1
    told = estimate_pieces(cut(ordered, 500), survey, ignoring_calibration=True)[1]
    left_out = told.loc[told["topic"] == "needs_people_whole", "variable"]
    assert {survey.indicators[name].kind for name in left_out} == {"share", "gap"}
    design = plain.config.design
    for change in (
        {"design": design.model_copy(update={"certainty": "sure"})},
        {"design": design.model_copy(update={"fractions": ("fraction",)})},
        {"lonely_psu": "collapse"},
    ):
        declared = replace(plain, config=plain.config.model_copy(update=change))
        with pytest.raises(SurveyError, match="all people at once"):
            estimate_pieces(cut(ordered, 500), declared)
    failing = replace(plain, config=plain.config.model_copy(update={"lonely_psu": "fail"}))
    with pytest.raises(SurveyError, match="strata hold one PSU only and lonely_psu is fail"):
        estimate_pieces(cut(ordered, 500), failing)
