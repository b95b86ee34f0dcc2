"""Concepts are functions named after the column they make: the dictionary and the functions say the same."""

import inspect

import pytest

from lfs.derive import concepts, make_people, order, unavailable
from lfs.derive.lineage import columns_of, owners, with_standards
from lfs.metadata import SurveyError


def test_every_universe_and_derived_variable_has_a_function_or_a_grouping_and_no_function_is_left_over(variables):
    whole = with_standards(variables)
    made = {name for name, variable in whole.items() if variable.kind in ("universe", "derived")}
    grouped = {name for name in made if whole[name].of}
    assert made - grouped == set(concepts())


def test_every_concept_says_what_becomes_of_who_did_not_answer(variables):
    made = {name: variable for name, variable in variables.items() if variable.kind == "derived"}
    assert [name for name, variable in made.items() if variable.unanswered is None] == []
    wrong = [name for name, each in made.items() if each.unanswered == "own_category" and each.type != "category"]
    assert wrong == [], "only a category has one of its own for them"


def test_functions_read_columns_of_the_dictionary_and_settings_of_the_survey(variables):
    columns = owners(with_standards(variables))
    for name, concept in concepts().items():
        unknown = [column for column in (*concept.needs, *concept.reads_if_any) if column not in columns]
        assert not unknown, name
        assert inspect.getdoc(concept.function), name
    wanted = {setting for concept in concepts().values() for setting in concept.settings}
    assert wanted == {"working_age", "hours_threshold"}


def test_every_column_stands_behind_what_it_is_made_from(variables):
    variables = with_standards(variables)
    place = {name: position for position, name in enumerate(order(variables))}
    assert set(place) == set(variables)
    owner = owners(variables)
    for name, concept in concepts().items():
        assert all(place[owner[column]] < place[name] for column in (*concept.needs, *concept.reads_if_any)), name
    for name, variable in variables.items():
        assert not variable.universe or place[variable.universe] < place[name], name


def all_columns(variables, *without):
    given = {name: variable for name, variable in variables.items() if variable.kind in ("key", "asked")}
    return {column for name in given if name not in without for column in columns_of(name, given[name])}


def test_with_every_question_everything_can_be_made(variables):
    assert unavailable(variables, all_columns(variables)) == {}


def test_a_missing_question_takes_away_what_rests_on_it_with_the_chain_of_reasons(variables):
    missing = unavailable(variables, all_columns(variables, "farm_any"))
    assert missing["employed"] == ("recovered_farm_worker", "farm_any")
    assert missing["labour_force_status"] == ("employed", "recovered_farm_worker", "farm_any")
    assert missing["asked_bookkeeping"][-1] == "farm_any"
    assert not {"at_work", "absent_from_job", "displacement", "age_5", "asked_farm_any"} & set(missing)


def test_without_age_only_what_needs_no_age_is_left(variables):
    missing = unavailable(variables, all_columns(variables, "age"))
    assert {"age_5", "working_age", "employed", "unemployed", "labour_force_status", "informal_sector"} <= set(missing)
    assert not {"displacement", "region", "education"} & set(missing), "a grouping does without its universe"


def test_informality_can_do_without_some_questions(variables):
    lacking = ("social_insurance", "registered", "bookkeeping", "incorporated", "industry", "occupation")
    missing = unavailable(variables, all_columns(variables, *lacking))
    assert not {"unit_of_production", "informal_sector", "informal_employment"} & set(missing)


def test_what_the_survey_lacks_is_told_and_has_no_column(derived, as_answers, table, variables, settings):
    cells = table("""
        case  | round  | office | age | worked_for_pay | social_insurance | usual_hours_main
        first | 2021H2 | cso    | 30  | yes            |                  | 40
    """)
    answers = as_answers(cells).drop(
        columns=["farm_any_none", "farm_any_crops", "farm_any_animals", "farm_any_fishing"]
    )
    people, quality = make_people(answers, variables, settings)
    assert not {"employed", "labour_force_status", "informal_sector", "asked_search"} & set(people.columns)
    told = quality.set_index(["topic", "variable"])["detail"]
    assert told["unavailable", "labour_force_status"] == "employed>recovered_farm_worker>farm_any"
    assert told["universe_unavailable", "usual_hours_main"] == "employed"
    assert people["usual_hours_main"].tolist() == [40], "kept as answered"
    assert people["social_insurance"].isna().all(), "nobody knows whether it was to be asked"
    assert ("share_not_stated", "social_insurance") not in told


def test_concepts_made_without_a_question_they_would_read_say_so(as_answers, table, variables, settings):
    cells = table("""
        case  | round  | office | age | worked_for_pay | employment_relationship | paid_annual_leave | paid_sick_leave
        first | 2021H2 | cso    | 30  | yes            | employee                | yes               | yes
    """)
    people, quality = make_people(as_answers(cells).drop(columns="social_insurance"), variables, settings)
    assert people["informal_employment"].tolist() == [False]
    told = quality[quality["topic"] == "made_without"].set_index("variable")["detail"]
    assert {told["unit_of_production"], told["informal_employment"]} == {"social_insurance"}


def test_a_question_that_one_office_lacks_takes_the_concept_from_its_rows_only(as_answers, table, variables, settings):
    cells = table("""
        case  | round  | office | relationship | age | worked_for_pay
        north | 2021H2 | krso   | child        | 30  | yes
        south | 2021H2 | cso    | child        | 30  | yes
        child | 2021H2 | cso    | child        | 3   |
    """)
    people, quality = make_people(as_answers(cells), variables, settings, {"krso": ["farm_any"]})
    assert people["employed"].astype(object).fillna("").tolist() == ["", True, ""]
    assert people["at_work"].astype(object).fillna("").tolist() == [True, True, ""]
    assert people["person"].tolist() == ["north", "south", "child"], "in the order they came"
    lacking = quality[(quality["topic"] == "unavailable") & (quality["variable"] == "employed")]
    assert lacking[["office", "detail"]].to_numpy().tolist() == [["krso", "recovered_farm_worker>farm_any"]]


def test_a_setting_that_is_missing_is_named(as_answers, table, variables):
    cells = table("""
        case  | round  | office | age
        first | 2021H2 | cso    | 30
    """)
    with pytest.raises(SurveyError, match="'hours_threshold' is not set, and 'asked_more_hours' needs it"):
        make_people(as_answers(cells), variables, {"working_age": 15})


def test_universes_that_go_round_in_a_circle_are_refused(variables):
    worked = variables["worked_for_pay"].model_copy(update={"universe": "employed"})
    with pytest.raises(SurveyError, match=r"in a circle: .*worked_for_pay"):
        order({**variables, "worked_for_pay": worked})
