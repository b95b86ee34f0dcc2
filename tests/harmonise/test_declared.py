"""Office files and rounds.csv: what is wrong is refused with file, line and the nearest known name."""

from typing import Any

import pytest

from lfs.metadata import SurveyError


def refused(folder: Any) -> tuple[str, ...]:
    with pytest.raises(SurveyError) as error:
        _ = folder.survey().offices
    return error.value.problems


@pytest.mark.parametrize(
    ("variable", "entry", "said"),
    [
        ("sex", "{colum: SEX}", "unknown key 'colum'; did you mean 'column'?"),
        ("sex", "{column: SEX, codes: {1: male, 1: female}}", "'1' stands here a second time"),
        ("sex", "{column: SEX, codes: {1: male, no: female}}", "no as a key must be quoted"),
        ("sex", "{column: SEX, codes: {1: male, on: female}}", "on as a key must be quoted"),
        ("sex", "{column: SEX, codes: {1: mal, 2: female}}", "'mal' is not in the dictionary; did you mean 'male'?"),
        ("sex", "{column: SEX, codes: {1: male, 2: female}, not_stated: [2]}", "code 2 is listed twice"),
        ("sex", "{column: SEX, codes: {1: male, '01': female}}", "code 1 is listed twice"),
        ("sex", "{column: SEX, codes: {1: male, 98: female}, not_stated: [[97, 99]]}", "code 98 is listed twice"),
        ("sex", "{column: SEX}", "codes are needed"),
        ("sex", "{codes: {1: male}}", "say exactly one of column, columns, value, unavailable"),
        ("sex", "{column: SEX, value: male}", "it says column and value"),
        ("sex", "{value: mael}", "value 'mael' is not in the dictionary; did you mean 'male'?"),
        ("sex", '{unavailable: ""}', "unavailable needs a reason"),
        ("sex", "{unavailable: no question, not_stated: [9]}", "unavailable stands alone, without not_stated"),
        ("sex", "{column: SEX, codes: {true: male}}", "true as a key must be quoted"),
        ("sex", "{column: SEX, codes: {1: male, 2: female}, not_stated: [[9, 8]]}", "begins above its end"),
        (
            "sex",
            "{column: SEX, codes: {1: male, 2: female}, since: {2023H1: {column: Q}}}",
            "rounds.csv has no round '2023H1'",
        ),
        ("sxe", "{column: SEX}", "no asked or derived variable 'sxe'; did you mean 'sex'?"),
        ("age", "{column: AGE, codes: {1: young}}", "'young' is not a number"),
        ("age", "{column: AGE, scale: 0}", "greater than 0"),
        ("age", "{columns: [A, B]}", "columns cannot be joined to a number"),
        ("occupation", "{column: A, scale: 2}", "scale is for numbers"),
        ("occupation", "{column: A, characters: [4, 1]}", "characters is [first, last]"),
        ("farm_work", "{column: A, codes: {1: yes}}", "options are for, and needed by"),
        ("farm_work", "{column: A, options: {crops: a, animals: b, fishing: c}}", "option 'other' is not answered for"),
        ("farm_work", "{options: {crops: A, animals: B, fishing: C, other: D}}", "a column each with codes"),
        ("farm_work", "{column: A, options: {crop: a, animals: b, fishing: c, other: d}}", "did you mean 'crops'?"),
        ("establishment_size", '{column: A, bands: {"1": [0, 1], "2-4": [1, 4]}}', "two bands share a value"),
        ("establishment_size", '{column: A, bands: {"1": [0]}}', "a range is [first, last]"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(folder: Any, variable: str, entry: str, said: str) -> None:
    path = folder.office(variables={variable: entry})
    folder.deliver()
    number = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.startswith(f"  {variable}:"))
    problems = refused(folder)
    assert [problem for problem in problems if said in problem], problems
    assert all(problem.startswith(f"config/offices/cso.yaml, line {number}: ") for problem in problems), problems


def test_every_asked_variable_must_be_answered_for(folder: Any) -> None:
    path = folder.office()
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("  in_camp:")))
    folder.deliver()
    assert "variable 'in_camp' is not answered for" in refused(folder)[0]


def test_every_key_of_the_design_must_be_answered_for(folder: Any) -> None:
    path = folder.office()
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("  psu:")))
    folder.deliver()
    assert "'design.psu' is missing" in refused(folder)[0]


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ({"weight": "{unavailable: none}"}, "every row needs a weight"),
        ({"psu": "{column: PSU, not_stated: [9]}"}, "cannot be not stated"),
        ({"result": "{column: RES, codes: {1: completed}}"}, "did you mean 'complete'?"),
    ],
)
def test_a_design_that_cannot_be_is_refused(folder: Any, design: dict[str, str], said: str) -> None:
    folder.office(design=design)
    folder.deliver()
    assert [problem for problem in refused(folder) if said in problem]


def test_the_file_of_an_office_bears_its_name(folder: Any) -> None:
    folder.office().rename(folder.path / "config/offices/krso.yaml")
    folder.deliver(office="krso")
    assert "office is 'cso', but the file is named krso.yaml" in refused(folder)[0]


def test_a_function_named_after_no_variable_is_refused(folder: Any) -> None:
    folder.office()
    (folder.path / "config/offices/cso.py").write_text("def sexx(raw):\n    return raw\n")
    folder.deliver()
    assert "function 'sexx' is named after no variable; did you mean 'sex'?" in refused(folder)[0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "2021H2,csso,2021-07-01,2021-12-31,data/raw/b.csv,,false",
            "office 'csso' has no file in config/offices; did you mean",
        ),
        ("2021H2,cso,2021-07-01,2021-12-31,data/raw/b.csv,,false", "2021H2, cso stands already in line 2"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/cso.csv,,false", "data/raw/cso.csv stands already in line 2"),
        ("2022H1,cso,2022-01-01,2021-06-30,data/raw/b.csv,,false", "ends (2021-06-30) before it starts"),
        ("2022H1,cso,01.01.2022,2022-06-30,data/raw/b.csv,,false", "must be a date written as 2021-07-01"),
        ("2022H1,cso,2022-13-01,2022-06-30,data/raw/b.csv,,false", "start: input should be a valid date"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/b.csv,abc,false", "must be empty or 64 hexadecimal digits"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/b.csv,,maybe", "must be true or false"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/b.csv,,true", "must lie under data/raw/synthetic/"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/synthetic/b.csv,,false", "must lie under data/raw/synthetic/"),
        ("2022H1,cso,2022-01-01,2022-06-30,/data/b.csv,,false", "must be a path inside the survey folder"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/../../b.csv,,false", "must be a path inside the survey folder"),
        ("2020H1,cso,2020-01-01,2020-06-30,data/raw/b.csv,,false", "the oldest round stands first"),
        ("../x,cso,2022-01-01,2022-06-30,data/raw/b.csv,,false", "must be made of letters, digits"),
        ("2022H1,cso,2022-01-01,2022-06-30,data/raw/b.csv,", "6 values where the header has 7"),
    ],
)
def test_a_wrong_round_is_refused_with_its_line(folder: Any, row: str, said: str) -> None:
    folder.office()
    folder.deliver()
    path = folder.path / "config/rounds.csv"
    path.write_text(path.read_text() + row + "\n")
    (problem,) = refused(folder)
    assert problem.startswith("config/rounds.csv, line 3")
    assert said.lower() in problem.lower()


def test_a_header_that_is_not_that_of_rounds_is_refused(folder: Any) -> None:
    folder.office()
    folder.deliver()
    path = folder.path / "config/rounds.csv"
    path.write_text(path.read_text().replace("sha256", "sha"))
    problems = refused(folder)
    assert "unknown column 'sha'; did you mean 'sha256'?" in problems[0]
    assert "column sha256 is missing" in problems[1]
