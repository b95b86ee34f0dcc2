# ruff: noqa: E501 (case tables are as wide as they are)
"""Not applicable and not stated are never mixed up, and both are counted."""

import pandas as pd

from lfs.derive.settle import settle

UNIVERSE = pd.Series([True, True, True, False, False, False])


def test_text_is_not_stated_inside_and_empty_outside():
    found = settle({"contract": pd.Series(["oral", None, "not_stated", "oral", None, "not_stated"])}, UNIVERSE)
    settled = found.columns["contract"]
    assert settled[:3].tolist() == ["oral", "not_stated", "not_stated"]
    assert settled[3:].isna().all()
    assert found.not_stated.tolist() == [False, True, True, False, False, False]
    assert found.outside.tolist() == [False, False, False, True, False, False], "a code for no answer is no answer"


def test_numbers_stay_empty_inside():
    found = settle({"pay_amount": pd.Series([5.0, None, 0.0, 7.0, None, 0.0])}, UNIVERSE)
    assert found.columns["pay_amount"].fillna(-1).tolist() == [5.0, -1, 0.0, -1, -1, -1]
    assert found.not_stated.tolist() == [False, True, False, False, False, False]
    assert found.outside.tolist() == [False, False, False, True, False, True]


def test_a_question_with_several_options_counts_a_person_once():
    options = {
        "farm_any_crops": pd.Series(["yes", None, "not_stated", "yes", None, None]),
        "farm_any_none": pd.Series(["no", None, "no", "yes", None, None]),
    }
    found = settle(options, UNIVERSE)
    assert found.columns["farm_any_none"][:3].tolist() == ["no", "not_stated", "no"]
    assert found.not_stated.sum() == 2
    assert found.outside.sum() == 1


def test_without_a_universe_the_question_concerns_everybody():
    found = settle({"sex": pd.Series(["male", None])}, None)
    assert found.columns["sex"].tolist() == ["male", "not_stated"]


def test_what_is_taken_away_and_not_stated_is_in_the_quality_table(derived):
    """Two of three employed say nothing of the contract; a person who is not at work names an employer."""
    _, people, quality = derived(
        """
        case      | worked_for_pay | employment_relationship | employer_type | contract | pay_type
        first     | yes            | employee                | government    | written  | wage
        second    | yes            | employee                | government    |          | wage
        third     | yes            | employee                | government    | ?        | wage
        fourth    | no             |                         | government    |          |
        """,
        as_routed=False,
    )
    assert people["employer_type"].isna().tolist() == [False, False, False, True]
    everybody = quality[quality["office"] == "all"].set_index(["topic", "variable"])["value"]
    assert everybody["share_not_stated", "contract"] == 2 / 3
    assert everybody["answered_outside_universe", "employer_type"] == 1
    assert ("share_not_stated", "bookkeeping") not in everybody, "nobody was to be asked"


def test_the_share_of_a_concepts_universe_that_left_open_what_it_rests_on_is_in_the_quality_table(derived):
    """Of four employed in two offices one leaves the contract open, who does not count as having a written one."""
    _, people, quality = derived(
        """
        case      | office | worked_for_pay | employment_relationship | contract | usual_hours_main | written_contract | usual_hours
        first     | cso    | yes            | employee                | written  | 40               | yes              | 40
        second    | cso    | yes            | employee                | oral     | ?                | no               |
        third     | krso   | yes            | employee                | oral     | 40               | no               | 40
        fourth    | krso   | yes            | employee                | ?        | 40               | no               | 40
        fifth     | krso   | no             |                         |          |                  |                  |
        """,
        pay_type="",
        as_routed=False,
    )
    assert people["written_contract"].sum() == 1
    told = quality[quality["topic"] == "undetermined"].set_index(["variable", "office"])["value"]
    assert told["written_contract", "krso"] == 1 / 2
    assert told["written_contract", "all"] == 1 / 4
    assert ("written_contract", "cso") not in told, "nobody left it open"
    assert told["usual_hours", "all"] == 1 / 4, "an empty number is an open answer"
    asked = quality[quality["topic"] == "asked"].set_index(["variable", "office"])["value"]
    assert asked["written_contract", "all"] == 4
    detail = quality.loc[quality["topic"] == "undetermined", "detail"]
    assert set(detail) == {"of_persons"}
    assert "unemployed" not in told.index.get_level_values("variable"), "it reads concepts, not questions"
