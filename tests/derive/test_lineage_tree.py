"""The lineage of a column can be printed: every input, down to the questions."""

import pytest

from lfs.__main__ import main
from lfs.derive import as_dot, as_text, lineage_of
from lfs.metadata import SurveyError


def test_a_concept_is_followed_down_to_the_questions_with_kind_universe_and_reference(variables):
    assert as_text(lineage_of("available", variables)).splitlines() == [
        "available: derived, of asked_search; 19th ICLS par. 47(c)",
        "  available_last_week: asked, of asked_available_last_week; SRH_AVN",
        "  available_in_two_weeks: asked, of asked_available_in_two_weeks; SRH_AVL",
    ]


def test_what_was_printed_before_is_only_named(variables):
    lines = as_text(lineage_of("outside_labour_force", variables)).splitlines()
    assert lines[:2] == [
        "outside_labour_force: derived, of working_age; 19th ICLS par. 16; 13th ICLS 1982 par. 11",
        "  employed: derived, of working_age; 19th ICLS par. 27-31; 13th ICLS 1982 par. 9",
    ]
    assert "    employed (as above)" in lines
    assert "      worked_for_pay: asked, of asked_work; ATW_PAY" in lines


def test_settings_and_groupings_are_told(variables):
    hours = as_text(lineage_of("time_related_underemployed", variables)).splitlines()
    assert hours[0].endswith("; settings hours_threshold, hours_basis")
    assert lineage_of("education", variables)["education"].inputs == ("education_level",)


def test_every_variable_has_a_lineage_that_ends_in_questions_or_keys(variables):
    for name in variables:
        found = lineage_of(name, variables)
        ends = {origin.kind for origin in found.values() if not origin.inputs}
        assert ends <= {"asked", "key", "design"}, name


def test_columns_of_another_standard_and_options_of_a_question_have_one_too(variables):
    found = lineage_of("employed_icls13", variables)
    assert {"employed", "own_use_farm_producer", "farm_any", "own_use_work"} == set(found["employed_icls13"].inputs)
    assert found["employed_icls13"].where_asked == ("own_use_farm_producer", "farm_any", "own_use_work")
    assert list(lineage_of("farm_any_crops", variables)) == ["farm_any"]


def test_the_graph_goes_from_the_questions_to_the_column(variables):
    lines = as_dot(lineage_of("long_term_unemployed", variables)).splitlines()
    assert lines[0] == 'digraph "long_term_unemployed" {'
    assert '  "search_duration" -> "unemployment_duration";' in lines
    assert '  "unemployment_duration" -> "long_term_unemployed";' in lines
    assert '  "search_duration" [label="search_duration\\nasked, of asked_search_method\\nSRH_DUR 1-6"];' in lines
    assert lines[-1] == "}"
    dashed = as_dot(lineage_of("employed_icls13", variables))
    assert '  "own_use_work" -> "employed_icls13" [style="dashed"];' in dashed


def test_a_name_that_nothing_has_is_refused(variables):
    with pytest.raises(SurveyError, match="'unemploid' is no column of the dictionary"):
        lineage_of("unemploid", variables)


def test_the_verb_prints_the_tree_or_the_graph(capsys):
    assert main(["lineage", "available"]) == 0
    assert capsys.readouterr().out.startswith("available: derived")
    assert main(["lineage", "available", "--dot"]) == 0
    assert capsys.readouterr().out.startswith('digraph "available"')
