"""Concepts that an office supplies: columns of their own, and a table of agreement with those derived."""

import pandas as pd
import pytest

from lfs.derive import make_people
from lfs.metadata import SurveyError

ONLY_STATUS = """
    case         | age | labour_force_status_national | informal_employment_national | employed_national | unemployed_national | labour_force_national | outside_labour_force_national
    works        | 30  | employed                     | yes                          | yes               | no                  | yes                   | no
    works too    | 40  | employed                     | no                           | yes               | no                  | yes                   | no
    seeks        | 20  | unemployed                   |                              | no                | yes                 | yes                   | no
    at home      | 70  | outside_labour_force         |                              | no                | no                  | no                    | yes
    not stated   | 30  | ?                            |                              | no                | no                  | no                    | no
    empty        | 30  |                              |                              | no                | no                  | no                    | no
    a child      | 10  |                              |                              |                   |                     |                       |
"""  # noqa: E501
MADE = ["employed_national", "unemployed_national", "labour_force_national", "outside_labour_force_national"]


@pytest.fixture
def supplied(table, as_answers, variables, settings, agree):
    """People and quality of a table in which only age and the office's own concepts are known."""

    def make(text, *, keep=("age",), drop_from_table=()):
        cells = table(text)
        answers = as_answers(cells.assign(round="2017Q1", office="stats"))
        for name in (name for name in cells if name.endswith("_national")):
            answers[name] = cells[name].mask(cells[name] == "?", "not_stated").mask(cells[name] == "")
        columns = ["round", "office", "person", *keep, *(name for name in answers if name.endswith("_national"))]
        answers = answers[columns].drop(columns=list(drop_from_table))
        people, quality = make_people(answers, variables, settings)
        people.index = cells.index
        return cells, people, quality

    return make


def test_a_status_that_is_supplied_makes_the_national_concepts(supplied, agree):
    cases = supplied(ONLY_STATUS, drop_from_table=MADE)
    agree(cases, *MADE)
    _, people, quality = cases
    assert people["informal_employment_national"].astype(object).fillna("").tolist() == [True, False, *[""] * 5]
    assert "employed" not in people, "ours cannot be made"
    told = quality[quality["office"] == "all"].set_index(["topic", "variable"])["value"]
    assert told["share_not_stated", "labour_force_status_national"] == 2 / 6
    assert told["share_not_stated", "informal_employment_national"] == 0
    assert "agreement" not in told.index.get_level_values("topic")


def test_a_status_supplied_outside_the_working_age_is_taken_away_and_counted(supplied):
    _, people, quality = supplied("""
        case     | age | labour_force_status_national
        fourteen | 14  | outside_labour_force
        fifteen  | 15  | employed
    """)
    assert people["labour_force_status_national"].isna().tolist() == [True, False]
    outside = quality[(quality["topic"] == "answered_outside_universe") & (quality["office"] == "all")]
    assert outside[["variable", "value"]].to_numpy().tolist() == [["labour_force_status_national", 1]]


def test_agreement_is_a_table_of_persons(derived, table, as_answers, variables, settings):
    cells = table("""
        case   | age | worked_for_pay | labour_force_status_national
        one    | 30  | yes            | employed
        two    | 31  | yes            | employed
        three  | 32  | yes            | outside_labour_force
        four   | 33  | no             | outside_labour_force
        five   | 34  | no             | unemployed
        six    | 10  |                |
    """)
    answers = as_answers(cells.assign(round="2017Q1", office="stats"))
    answers["labour_force_status_national"] = cells["labour_force_status_national"].mask(cells["age"] == "10")
    _, quality = make_people(answers, variables, settings)
    rows = quality[quality["topic"] == "agreement"]
    assert dict(zip(rows["category"], rows["value"], strict=True)) == {
        "employed|employed": 2,
        "employed|outside_labour_force": 1,
        "outside_labour_force|outside_labour_force": 1,
        "outside_labour_force|unemployed": 1,
    }
    assert quality[quality["topic"] == "agreement_share"]["value"].tolist() == [3 / 5]


def test_a_classification_under_its_own_name_stands_in_for_the_question(table, variables, settings):
    """The file has age groups and no age: the groups are taken as they are, and the working age as supplied."""
    answers = table("""
        case  | round  | office | working_age | age_10 | labour_force_status_national
        one   | 2015Q1 | ons    | yes         | 25-34  | employed
        two   | 2015Q1 | ons    | yes         | 65+    | outside_labour_force
        three | 2015Q1 | ons    | no          |        |
    """)
    people, quality = make_people(answers.mask(answers == ""), variables, settings)
    assert people["working_age"].tolist() == [True, True, False]
    assert people["age_10"].fillna("").tolist() == ["25-34", "65+", ""]
    assert people["employed_national"].astype(object).fillna("").tolist() == [True, False, ""]
    assert "age_10" not in set(quality[quality["topic"] == "unavailable"]["variable"])


def test_a_grouping_that_is_also_supplied_is_ours_and_compared(table, variables, settings):
    answers = table("""
        case  | round  | office | age | age_youth
        one   | 2015Q1 | ons    | 20  | 15-24
        two   | 2015Q1 | ons    | 25  | 15-24
    """).astype({"age": int})
    people, quality = make_people(answers, variables, settings)
    assert people["age_youth"].tolist() == ["15-24", "25+"]
    rows = quality[quality["topic"] == "agreement"]
    assert rows["category"].tolist() == ["15-24|15-24", "25+|15-24"]


def test_an_office_that_supplies_nothing_is_not_taken_for_one_that_left_it_open(table, variables, settings):
    """Two offices, one with a labour force status of its own: the other's persons have no national concept at all."""
    answers = table("""
        case  | round  | office | age | age_youth | labour_force_status_national
        one   | 2015Q1 | north  | 20  | 15-24     | employed
        two   | 2015Q1 | south  | 25  |           |
        three | 2015Q1 | east   | 30  | 15-24     | unemployed
    """).astype({"age": int})
    not_asked = {"south": ["labour_force_status", "age_youth"]}
    people, quality = make_people(answers.mask(answers == ""), variables, settings, not_asked)
    assert people["employed_national"].astype(object).fillna("").tolist() == [True, "", False]
    assert people["labour_force_status_national"].isna().tolist() == [False, True, False]
    shares = quality[(quality["topic"] == "share_not_stated") & quality["variable"].str.endswith("_national")]
    assert shares["value"].tolist() == [0, 0, 0], "of two offices and of both together"
    rows = quality[quality["topic"] == "agreement_share"].set_index("office")["value"]
    assert rows.to_dict() == {"all": 1 / 2, "north": 1, "east": 0}


def test_a_concept_whose_universe_nobody_knows_stays_as_it_was_supplied(table, variables, settings):
    answers = table("""
        case  | round  | office | age | informal_employment_national
        one   | 2015Q1 | north  | 20  | yes
        two   | 2015Q1 | north  | 25  |
    """).astype({"age": int})
    people, quality = make_people(answers.mask(answers == ""), variables, settings)
    assert people["informal_employment_national"].astype(object).fillna("").tolist() == [True, ""]
    told = quality[quality["topic"] == "universe_unavailable"]
    assert told[["variable", "detail"]].to_numpy().tolist() == [["informal_employment_national", "employed"]]


def test_answers_without_persons_are_refused(variables, settings):
    with pytest.raises(SurveyError, match="hold no person"):
        make_people(pd.DataFrame({"round": [], "office": []}), variables, settings)
