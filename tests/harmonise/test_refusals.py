"""What stops a round: bad values, duplicate persons, codes in no list; and what is counted and gone on with."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.harmonise.small import GOVERNORATE, HEADER, problems_of, quality_of

from lfs.__main__ import main
from lfs.harmonise import check, harmonise


@pytest.mark.parametrize(
    ("row", "said", "line"),
    [
        ("1,11,1,1,10,3,40,1", "cso 2021H2, variable 'sex': code 3 (1 row) in column SEX is in no list", "sex"),
        ("1,11,1,1,10,1,140,1", "cso 2021H2, variable 'age': 1 row outside 0 to 120", "age"),
        ("1,11,1,1,10,1,4x,1", "cso 2021H2, variable 'age': a value in column AGE (1 row) is neither", "age"),
        ("1,11,1,1,0,1,40,1", "cso 2021H2, variable 'weight': 1 row with a zero weight", "weight"),
        ("1,11,1,1,,1,40,1", "cso 2021H2, variable 'weight': 1 row with a missing weight", "weight"),
        ("1,11,1,1,-2,1,40,1", "cso 2021H2, variable 'weight': 1 row with a negative weight", "weight"),
        ("1,,1,1,10,1,40,1", "cso 2021H2, variable 'psu': 1 row without a value", "psu"),
        ("1,11,1,,10,1,40,1", "cso 2021H2, variable 'line': 1 row without a value", "line"),
    ],
)
def test_bad_values_stop_the_run_and_name_the_line_to_touch(folder: Any, row: str, said: str, line: str) -> None:
    declared = folder.office().read_text().splitlines()
    folder.deliver(HEADER + "1,99,1,1,10,1,33,1\n" + row + "\n")
    (problem,) = problems_of(folder)
    number = next(place for place, text in enumerate(declared, 1) if text.startswith(f"  {line}:"))
    assert said in problem
    assert f"config/offices/cso.yaml, line {number}" in problem


def test_duplicate_persons_stop_the_run(folder: Any) -> None:
    folder.office()
    folder.deliver(HEADER + "1,11,1,1,10,1,40,1\n1,11,1,1,10,2,33,1\n1,11,1,2,10,2,33,1\n")
    (problem,) = problems_of(folder)
    assert "variable 'household': 2 rows share household and line" in problem


def test_a_psu_in_two_strata_stops_the_run_unless_declared(folder: Any) -> None:
    folder.office()
    folder.deliver(HEADER + "1,11,1,1,10,1,40,1\n2,11,1,2,10,2,33,1\n")
    (problem,) = problems_of(folder)
    assert "variable 'psu': 1 of the PSUs (2 rows) stand in two strata" in problem
    folder.office(more="tolerate: [psu_in_two_strata]")
    assert quality_of(harmonise(folder.survey(), "2021H2")[2], "psu_in_two_strata") == {"": 1}


def test_a_column_that_was_renamed_is_named_with_the_nearest(folder: Any) -> None:
    folder.office(variables={"age": "{column: AGE1}", "sex": "{columns: [SEX, ZZ], codes: {1-: male}}"})
    folder.deliver()
    problems = problems_of(folder)
    assert len(problems) == 2
    assert "variable 'sex': data/raw/cso.csv has no column ZZ" in problems[0]
    assert "has no column AGE1; did you mean 'AGE'?" in problems[1]


def test_a_governorate_of_two_offices_stops_the_run_unless_declared(folder: Any) -> None:
    for name in ("cso", "krso"):
        folder.office(name, {"governorate": GOVERNORATE})
        folder.deliver(name=f"{name}.csv", office=name)
    problems = problems_of(folder)
    assert "2021H2: governorate 'baghdad' is delivered by cso (3 rows) and krso (3 rows)" in problems[0]
    for name in ("cso", "krso"):
        folder.office(name, {"governorate": GOVERNORATE}, more="tolerate: [shared_governorate]")
    assert len(harmonise(folder.survey(), "2021H2")[0]) == 8


def test_what_is_tolerated_is_counted(folder: Any, values: Callable) -> None:
    folder.office(more="tolerate: [zero_weight, missing_weight, out_of_range, unknown_code]")
    folder.deliver(
        HEADER + "1,1,1,1,0,1,40,1\n1,1,1,2,,1,40,1\n1,1,1,3,10,7,40,1\n1,1,1,4,10,1,333,1\n1,1,1,5,10,9,999,1\n"
    )
    answers, _, quality = harmonise(folder.survey(), "2021H2")
    assert values(answers["sex"]) == ["not_stated", "male", "not_stated"]
    assert values(answers["age"]) == [40, None, None]
    assert quality_of(quality, "rows_dropped") == {"zero_weight": 1, "missing_weight": 1}
    assert quality_of(quality, "unknown_code", by="variable") == {"sex": 1}
    assert quality_of(quality, "out_of_range", by="variable") == {"age": 1}
    assert quality_of(quality, "not_stated", by="variable") == {"sex": 1, "age": 1}


@pytest.mark.parametrize(
    "texts", [["Person 1", "Person 2"], ["Ali"], ["07701234567890"], [f"{n}" for n in range(100, 200)]]
)
def test_values_that_may_be_a_persons_are_not_printed(folder: Any, texts: list[str]) -> None:
    folder.office(variables={"sex": "{column: NAME, codes: {1: male, 2: female}}"})
    rows = [f"1,1,{number},1,10,30,{text}\n" for number, text in enumerate(texts, 1)]
    folder.deliver("STR,PSU,HH,LN,W,AGE,NAME\n" + "".join(rows))
    (problem,) = problems_of(folder)
    assert "in column NAME" in problem
    assert "is it the right column?" in problem
    assert not [text for text in texts if text in problem.replace(f"{len(texts)} ", "")]


def test_check_names_every_problem_of_every_file_at_once(folder: Any) -> None:
    folder.office(variables={"governorate": GOVERNORATE})
    folder.office("krso")
    folder.deliver(HEADER + "1,11,1,1,10,3,140,8\n1,11,1,2,-1,1,40,1\n")
    folder.deliver(None, "krso.csv", office="krso")
    folder.deliver(b"PK\x03\x04", "cso22.csv", round="2022H2")
    found = check(folder.survey())
    assert [problem.split(":")[0] for problem in found] == [
        "cso 2021H2, variable 'weight'",
        "cso 2021H2, variable 'sex'",
        "cso 2021H2, variable 'age'",
        "cso 2021H2, variable 'governorate'",
        "data/raw/krso.csv does not exist. Put the delivered file there, or mend its row in config/rounds.csv.",
        "data/raw/cso22.csv",
    ]


def test_the_verbs_end_with_status_2_and_no_traceback(folder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder.office()
    folder.deliver(HEADER + "1,11,1,1,10,3,40,1\n")
    assert main(["check"]) == 2
    assert "code 3 (1 row)" in capsys.readouterr().out
    made = folder.path / "answers.parquet"
    made.write_bytes(b"made before")
    assert main(["harmonise", "2021H2", str(made), "selected.parquet", "quality.parquet"]) == 2
    assert "Traceback" not in (message := capsys.readouterr().err)
    assert "code 3 (1 row)" in message
    assert made.read_bytes() == b"made before"
