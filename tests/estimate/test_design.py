"""Strata, PSUs and weights of a round, and what is said or refused where they are missing or wrong."""

import numpy as np
import pandas as pd
import pytest

from lfs.design import Design, collapse, open_certainty_psus, survey_design, with_stages
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


def two_stages(**columns: list[float]) -> Design:
    people = PEOPLE.assign(**({"f1": [0.5] * 6, "f2": [0.2] * 6} | columns))
    return with_stages(survey_design(people), people, ["f1", "f2"], ["household"])


def test_stages_are_numbered_inside_the_unit_above() -> None:
    design = two_stages()
    assert list(design.unit) == [1, 1, 0, 4, 2, 3]  # a h2, b h1, c h4, c h5, d h3
    assert list(design.psu_of_unit) == [0, 1, 2, 2, 3]


def test_sampling_fractions_shrink_the_variance() -> None:
    """Totals by PSU a 3, b 3; c 11, d 4: between PSUs 49 (1 - 1/2); households of c 5 and 6: 1 (1 - 1/5) 1/2."""
    people = PEOPLE.assign(counted=True, f1=0.5, f2=0.2)
    design = with_stages(survey_design(people), people, ["f1", "f2"], ["household"])
    assert total(people, "counted", single_psu="certainty", design=design)["se"][0] ** 2 == pytest.approx(24.5 + 0.4)


def test_counts_of_units_are_fractions_of_what_was_drawn() -> None:
    people = PEOPLE.assign(size=[4.0, 4, 4, 8, 8, 8])
    assert list(with_stages(survey_design(people), people, ["size"]).stages[0].fraction) == [0.5, 0.25]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"f1": [0.5, 0.5, 0.4, 0.5, 0.5, 0.5]}, "'f1': the sampling fraction differs inside 1 groups"),
        ({"f2": [0.2, 0.2, 0.2, 0.0, 0.2, np.nan]}, "'f2': 2 rows have no sampling fraction above zero"),
        ({"f1": [1.5] * 6}, "'f1': 2 groups hold fewer units than were drawn"),
    ],
)
def test_impossible_sampling_fractions_are_refused(columns: dict[str, list[float]], problem: str) -> None:
    with pytest.raises(SurveyError, match=problem) as refused:
        two_stages(**columns)
    assert_says_where_and_what_to_do(refused.value, "config.yaml")


def assert_says_where_and_what_to_do(problem: SurveyError, *files: str) -> None:
    assert str(problem).startswith("round 2021H2")
    assert "mend its entry" in str(problem)
    assert all(file in str(problem) for file in ("office file", *files))


def test_every_stage_needs_its_fraction() -> None:
    said = "round 2021H2: 2 stages need as many columns of sampling fractions, not 1; name one for the PSUs"
    with pytest.raises(SurveyError, match=said):
        with_stages(survey_design(PEOPLE), PEOPLE.assign(f1=0.5), ["f1"], ["household"])
    people = PEOPLE.assign(f1=0.5, f2=0.5, household=["h1", None, "h2", "h3", "h4", "h5"])
    with pytest.raises(SurveyError, match="variable 'household': empty in 1 rows") as refused:
        with_stages(survey_design(PEOPLE), people, ["f1", "f2"], ["household"])
    assert_says_where_and_what_to_do(refused.value, "config.yaml")


def test_a_stratum_joined_to_its_neighbour() -> None:
    people = PEOPLE.assign(stratum=["n", "n", "m", "s", "s", "s"], size=[3.0, 3, 1, 8, 8, 8])
    design = collapse(with_stages(survey_design(people), people, ["size"]), {"m": "n"})
    assert list(design.stratum_names) == ["n", "s"]
    assert [design.psu_names[number] for number in design.psu] == list(people["psu"])
    assert [design.stratum_names[design.stratum[number]] for number in design.psu] == ["n"] * 3 + ["s"] * 3
    assert list(design.stages[0].fraction) == [2 / 4, 2 / 8]
    assert [(note.topic, note.value) for note in design.notes] == [("collapsed_stratum", 1)]
    with pytest.raises(SurveyError, match="design: neighbours: there is no stratum 'nn'; did you mean 'n'"):
        collapse(design, {"s": "nn"})


def test_a_certainty_psu_is_a_stratum_of_its_households() -> None:
    people = PEOPLE.assign(sure=[True, True, False, False, False, False])
    opened = open_certainty_psus(people, "sure")
    assert list(opened["stratum"]) == ["certainty|n|b"] * 2 + ["n"] + ["s"] * 3
    assert list(opened["psu"]) == ["b|h1", "b|h1", "a", "d", "c", "c"]
    for changed, said in (
        ({"sure": [True, False, False, False, False, False]}, "'sure': 1 PSUs are certain for some of their persons"),
        ({"sure": [True, True, None, False, False, False]}, "'sure': empty in 1 rows"),
        ({"household": ["h1", None, "h2", "h3", "h4", "h5"]}, "'household': empty in 1 rows"),
    ):
        with pytest.raises(SurveyError, match=said) as refused:
            open_certainty_psus(people.assign(**changed), "sure")
        assert_says_where_and_what_to_do(refused.value)
