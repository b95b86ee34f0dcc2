"""Replicate weights that an office delivers: read as declared, and refused where they do not fit."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.harmonise.small import problems_of

from lfs.derive import derive
from lfs.harmonise import harmonise

REPLICATES = "replicates: {method: delivered, count: 2, scale: 0.5}\n"
HEADER = "STR,PSU,HH,LN,W,SEX,AGE,GOV,RW01,RW02\n"
ROWS = "1,11,1,1,10,1,40,1,0,20\n1,12,1,1,20,2,50,1,40,0.5\n"


def declare(folder: Any, more: str = "replicate_weights: {prefix: RW, digits: 2}", declared: str = REPLICATES) -> None:
    config = folder.path / "config/config.yaml"
    config.write_text(config.read_text() + declared)
    folder.office(more=more)


def test_they_go_with_the_persons_to_the_step_that_weights(folder: Any, values: Callable) -> None:
    declare(folder)
    folder.deliver(HEADER + ROWS)
    survey = folder.survey()
    answers, _, _ = harmonise(survey, "2021H2")
    derived, _ = derive(answers, survey)
    for table in (answers, derived):
        assert values(table["replicate_1"]) == [0, 40]
        assert values(table["replicate_2"]) == [20, 0.5]


def test_they_are_not_read_where_none_are_declared(folder: Any) -> None:
    declare(folder, declared="")
    folder.deliver(HEADER + ROWS)
    assert not [name for name in harmonise(folder.survey(), "2021H2")[0] if name.startswith("replicate")]


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        (
            HEADER.replace(",RW02", ",RW02,RW03"),
            ROWS.replace("20\n", "20,1\n").replace("0.5\n", "0.5,1\n"),
            "3 columns of",
        ),
        (
            HEADER.replace("RW02", "XX"),
            ROWS,
            "1 columns of replicate weights (prefix 'RW') where config.yaml declares 2",
        ),
        (HEADER, ROWS.replace("20\n", "-20\n"), "replicate weight RW02 is missing, negative or no number in 1 rows"),
        (
            HEADER,
            ROWS.replace(",0,20\n", ",,20\n"),
            "replicate weight RW01 is missing, negative or no number in 1 rows",
        ),
    ],
)
def test_what_does_not_fit_is_one_plain_line(folder: Any, header: str, rows: str, said: str) -> None:
    declare(folder)
    folder.deliver(header + rows)
    (problem,) = problems_of(folder)
    assert said in problem
    assert "data/raw/cso.csv" in problem


def test_an_office_that_names_none_is_told_how(folder: Any) -> None:
    declare(folder, more="")
    folder.deliver()
    (problem,) = problems_of(folder)
    assert (
        "config/offices/cso.yaml: replicates: in config.yaml are to be delivered, and this office names none" in problem
    )
