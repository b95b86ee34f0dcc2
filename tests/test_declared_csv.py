"""Declared CSV files: what cannot be read or compared is one plain line with its place, never a traceback."""

import shutil
from pathlib import Path

import pytest

from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.csv_rows import read_csv_rows
from lfs.metadata.official import official_problems, read_official
from lfs.metadata.results_matrix import read_results_matrix

ROOT = Path(__file__).parents[1]
HEAD = "round,indicator,breakdown,sex,value,decimals,standard,source,vintage,target,reason"
GOOD = "2021H2,unemployment_rate,sex,male,0.145,3,national,Ministry,2022,yes,"
MATRIX = "indicator,breakdown,sex,baseline,baseline_round,target,direction,due,source"


@pytest.fixture
def survey(tmp_path) -> Survey:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    for path in (tmp_path / "config/published").glob("*.csv"):
        path.unlink()
    return load_survey(tmp_path)


def problems(survey: Survey, *rows: str) -> list[str]:
    (survey.folder / "config/published/2021H2.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return official_problems(survey)


def test_the_official_figures_of_iraq_can_all_be_compared_or_say_why_not():
    assert official_problems(load_survey(ROOT)) == []


def test_a_row_without_fault_is_none(survey):
    assert problems(survey, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unemployment_rate", "unemployment_rat", "indicator: no indicator is called 'unemployment_rat'; did you mean"),
        ("sex,male", "sexx,total", "breakdown: no breakdown is called 'sexx'; did you mean 'sex'?"),
        ("2021H2", "2021H3", "round: rounds.csv has no round '2021H3'; did you mean '2021H2'?"),
        ("male", "mal", "sex: 'mal' is no category; did you mean 'male'?"),
        ("sex,male", "total,male", "sex: 'male', but the breakdown 'total' has no sex; write total"),
        ("national", "ilo", "standard: 'ilo' is none of ilostat, icls19"),
        ("yes", "maybe", "target: 'maybe' is none of yes, no, never"),
        (",3,", ",three,", "decimals: 'three' is no whole number"),
        ("0.145", "14.5", "value: 14.5 is no fraction; write a rate of 39.5 per cent as 0.395"),
    ],
)
def test_what_nothing_could_be_compared_with_is_named_with_its_line(survey, old, new, said):
    (found,) = problems(survey, GOOD, GOOD.replace(old, new))
    assert f"2021H2.csv, line 3, {said}" in found


def test_an_indicator_that_does_not_exist_for_a_reason_is_told_by_that(survey):
    assert problems(survey, GOOD.replace("unemployment_rate", "other") + "no such indicator") == []


@pytest.mark.parametrize("value", ["", "n/a", "nan", "inf"])
def test_a_value_that_is_no_number_is_refused(survey, value):
    with pytest.raises(SurveyError, match=rf"line 2, value: '{value}' is no number"):
        problems(survey, GOOD.replace("0.145", value))


def test_a_row_with_other_than_as_many_values_as_columns_is_refused_with_its_line(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n\n1\n1,2,3\n", encoding="utf-8")
    with pytest.raises(SurveyError) as raised:
        read_csv_rows(path)
    short, long = raised.value.problems
    assert "rows.csv, line 4: 1 values for 2 columns" in short
    assert "rows.csv, line 5: 3 values for 2 columns" in long


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-16")
    with pytest.raises(SurveyError, match=r"rows.csv: byte 0 is not UTF-8 text; save the file as UTF-8"):
        read_csv_rows(path)


@pytest.mark.parametrize(
    ("target", "said"), [("12", "target: 12 is no fraction"), ("nan", "target: 'nan' is no number")]
)
def test_a_target_in_per_cent_or_without_a_number_is_refused(survey, target, said):
    row = f"unemployment_rate,total,total,0.16,2021H2,{target},down,2027-12-31,policy"
    (survey.folder / "config/results_matrix.csv").write_text(f"{MATRIX}\n{row}\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=said):
        read_results_matrix(survey)


def test_read_official_gives_numbers(survey):
    problems(survey, GOOD)
    (row,) = read_official(survey.folder)
    assert (row["value"], row["decimals"]) == (0.145, "3")
