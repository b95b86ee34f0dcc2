"""Strata, PSUs and weights of a round, and what is said or refused where they are missing or wrong."""

import numpy as np
import pandas as pd
import pytest

from lfs.design import survey_design
from lfs.estimate import total
from lfs.metadata import SurveyError

PEOPLE = pd.DataFrame(
    {
        "round": "2021H2",
        "office": ["cso", "cso", "cso", "krso", "krso", "krso"],
        "household": ["h1", "h1", "h2", "h3", "h4", "h5"],
        "person": ["p1", "p2", "p3", "p4", "p5", "p6"],
        "stratum": ["n", "n", "n", "s", "s", "s"],
        "psu": ["b", "b", "a", "d", "c", "c"],
        "weight": [1.0, 2, 3, 4, 5, 6],
    }
)


def test_psus_are_numbered_by_stratum_and_name() -> None:
    design = survey_design(PEOPLE)
    assert list(design.psu_names) == ["a", "b", "c", "d"]
    assert list(design.psu) == [1, 1, 0, 3, 2, 2]
    assert list(design.stratum) == [0, 0, 1, 1]
    assert list(design.psus_in_stratum) == [2, 2]
    assert not design.notes


def test_an_office_without_strata_is_one_stratum_and_says_so() -> None:
    design = survey_design(PEOPLE.assign(stratum=["n", "n", "n", None, None, None]))
    assert sorted(design.stratum_names) == ["krso", "n"]
    assert [(note.topic, note.office, note.value) for note in design.notes] == [("no_stratum", "krso", 3)]
    everywhere = survey_design(PEOPLE.drop(columns="stratum"))
    assert sorted(everywhere.stratum_names) == ["cso", "krso"]


def test_an_office_without_psus_has_its_households_for_psus_and_says_so() -> None:
    design = survey_design(PEOPLE.assign(psu=["b", "b", "a", None, None, None]))
    assert sorted(design.psu_names) == ["a", "b", "h3", "h4", "h5"]
    assert [(note.topic, note.office, note.detail) for note in design.notes] == [("no_psu", "krso", "household")]
    persons = survey_design(PEOPLE.drop(columns=["psu", "household"]))
    assert len(persons.psu_names) == 6
    assert {note.detail for note in persons.notes} == {"person"}


def test_a_psu_in_two_strata_is_one_in_each_and_is_counted() -> None:
    design = survey_design(PEOPLE.assign(psu=["b", "b", "a", "a", "c", "c"]))
    assert list(design.psu_names) == ["a", "b", "a", "c"]
    assert list(design.stratum) == [0, 0, 1, 1]
    assert list(design.psu) == [1, 1, 0, 2, 3, 3]
    assert [(note.topic, note.value) for note in design.notes] == [("psu_in_two_strata", 1)]


def test_a_weight_of_zero_stands_for_nobody_and_is_counted() -> None:
    people = PEOPLE.assign(weight=[0.0, 2, 3, 4, 5, 6], employed=True)
    assert [(note.topic, note.value) for note in survey_design(people).notes] == [("zero_weight", 1)]
    assert total(people, "employed")["n"].iloc[0] == 5


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weight": [1.0, np.nan, 3, 4, 5, 6]}, "variable 'weight': 1 rows have a missing or infinite weight"),
        ({"weight": [1.0, np.inf, np.inf, 4, 5, 6]}, "2 rows have a missing or infinite weight"),
        ({"weight": [1.0, -2, 3, 4, 5, 6]}, "1 rows have a negative weight"),
        ({"weight": 0.0}, "every weight is zero"),
        ({"stratum": ["n", None, "n", "s", "s", "s"]}, "cso, variable 'stratum': empty in 1 of 3 rows"),
        ({"psu": ["b", "b", None, "d", "c", "c"]}, "cso, variable 'psu': empty in 1 of 3 rows"),
    ],
)
def test_refused(changed: dict, message: str) -> None:
    with pytest.raises(SurveyError, match=message) as refused:
        survey_design(PEOPLE.assign(**changed))
    assert str(refused.value).startswith("round 2021H2")


def test_no_people_and_no_weight_are_refused() -> None:
    with pytest.raises(SurveyError, match="no person"):
        survey_design(PEOPLE[:0])
    with pytest.raises(SurveyError, match="no column 'weight'"):
        survey_design(PEOPLE.drop(columns="weight"))
