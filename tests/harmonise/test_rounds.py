"""A round of small offices: keys, response, design, and what changes from round to round."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pyreadstat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harmonise.small import GOVERNORATE, HEADER, RESULT, problems_of, quality_of

from lfs.harmonise import harmonise
from lfs.metadata.schema import check_quality


def test_answers_hold_keys_design_and_what_was_asked(folder: Any, values: Callable) -> None:
    folder.office(variables={"governorate": GOVERNORATE})
    folder.deliver()
    answers, _, quality = harmonise(folder.survey(), "2021H2")
    assert list(answers) == (
        ["round", "office", "household", "person", "line", "stratum", "psu", "weight", "sex", "age", "governorate"]
    )
    assert values(answers["person"]) == ["cso:11:1:1", "cso:11:1:2", "cso:12:1:1", "cso:21:1:1"]
    assert values(answers["household"]) == ["cso:11:1", "cso:11:1", "cso:12:1", "cso:21:1"]
    assert values(answers["stratum"]) == ["cso:1", "cso:1", "cso:1", "cso:2"]
    assert values(answers["psu"]) == ["cso:11", "cso:11", "cso:12", "cso:21"]
    assert values(answers["sex"]) == ["male", "female", "male", "female"]
    assert values(answers["age"]) == [40, 38, 61, 17]
    check_quality(quality)
    for topic, value in {"rows_read": 4, "rows_kept": 4, "households": 3, "psus": 3, "weight_sum": 371.0}.items():
        assert quality_of(quality, topic) == {"": value}
    assert "farm_work" in quality_of(quality, "unavailable", by="variable")
    assert len(quality_of(quality, "file_sha256", by="detail").popitem()[0]) == 64


def test_offices_are_stacked_with_keys_that_cannot_collide(folder: Any, values: Callable) -> None:
    folder.office(variables={"governorate": GOVERNORATE})
    folder.office(
        "krso",
        {
            "governorate": "{value: erbil}",
            "sex": "{column: B4, codes: {0: female, 1: male}}",
            "age": "{unavailable: no}",
        },
    )
    folder.deliver()
    folder.deliver("STR,PSU,HH,LN,W,B4\n1,11,1,1,50,0\n", "krso.csv", office="krso")
    answers, _, quality = harmonise(folder.survey(), "2021H2")
    assert values(answers["office"]) == ["cso"] * 4 + ["krso"]
    assert answers["person"].is_unique
    assert set(answers["psu"]) == {"cso:11", "cso:12", "cso:21", "krso:11"}
    assert values(answers["age"]) == [40, 38, 61, 17, None]
    assert answers["age"].dtype == "Int64"
    rows = quality[(quality["topic"] == "unavailable") & (quality["variable"] == "age")]
    assert values(rows["office"]) == ["krso"]


def test_a_round_that_only_one_office_delivered_is_what_it_is(folder: Any) -> None:
    folder.office()
    folder.office("krso")
    folder.deliver()
    folder.deliver(office="krso", name="krso.csv")
    folder.deliver(round="2022H2", name="cso22.csv")
    answers, _, quality = harmonise(folder.survey(), "2022H2")
    assert set(answers["office"]) == {"cso"}
    assert set(quality["office"]) == {"cso"}


def test_a_psu_has_the_same_key_in_every_round(folder: Any) -> None:
    folder.office()
    folder.deliver()
    folder.deliver(round="2022H2", name="cso22.csv")
    survey = folder.survey()
    assert set(harmonise(survey, "2021H2")[0]["psu"]) == set(harmonise(survey, "2022H2")[0]["psu"])


def test_a_question_that_changed_is_read_as_it_is_since_then(folder: Any, values: Callable) -> None:
    sex = "{column: SEX, codes: {1: male, 2: female}, since: {2022H2: {column: Q2, codes: {1: female, 2: male}}}}"
    folder.office(variables={"sex": sex})
    folder.deliver()
    folder.deliver("STR,PSU,HH,LN,W,Q2,AGE\n1,1,1,1,10,1,30\n", round="2022H2", name="cso22.csv")
    assert values(harmonise(folder.survey(), "2021H2")[0]["sex"])[0] == "male"
    assert values(harmonise(folder.survey(), "2022H2")[0]["sex"]) == ["female"]


def test_design_that_is_not_delivered_has_a_declared_treatment(folder: Any, values: Callable) -> None:
    design = dict.fromkeys(["stratum", "psu", "line"], "{unavailable: not delivered}")
    folder.office(design=design | {"household": "{columns: [PSU, HH]}"})
    folder.deliver()
    answers, _, quality = harmonise(folder.survey(), "2021H2")
    assert set(answers["stratum"]) == {"cso"}
    assert values(answers["psu"]) == values(answers["household"]) == ["cso:11-1", "cso:11-1", "cso:12-1", "cso:21-1"]
    assert values(answers["line"]) == [1, 2, 1, 1]
    assert {"stratum", "psu", "line"} <= set(quality_of(quality, "unavailable", by="variable"))
    folder.office(design=dict.fromkeys(["stratum", "psu", "line", "household"], "{unavailable: not delivered}"))
    assert values(harmonise(folder.survey(), "2021H2")[0]["person"]) == ["cso:1:1", "cso:2:1", "cso:3:1", "cso:4:1"]


def test_households_without_a_complete_interview_are_counted_and_dropped(folder: Any, values: Callable) -> None:
    folder.office(design=RESULT)
    folder.deliver(
        "STR,PSU,HH,LN,W,SEX,AGE,RES\n"
        "1,11,1,1,10,1,40,1\n1,11,1,2,10,2,30,1\n1,11,2,,,,,2\n1,11,3,,,,,3\n1,12,2,,,,,2\n1,12,1,1,20,2,50,1\n"
    )
    answers, _, quality = harmonise(folder.survey(), "2021H2")
    assert values(answers["household"]) == ["cso:11:1", "cso:11:1", "cso:12:1"]
    assert quality_of(quality, "response") == {"complete": 2, "refused": 2, "absent": 1}
    assert quality_of(quality, "rows_dropped") == {"refused": 2, "absent": 1}
    assert quality_of(quality, "rows_kept") == {"": 3}


@given(order=st.permutations(range(4)))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_rows_means_nothing(folder: Any, order: list[int]) -> None:
    lines = ["1,11,1,1,100.5,1,40,1", "1,11,1,2,100.5,2,38,1", "1,12,1,1,90,1,61,1", "2,21,1,1,80,9,17,2"]
    folder.rounds = folder.rounds[:1]
    folder.office()
    folder.deliver(HEADER + "\n".join(lines) + "\n")
    plain, _, quality = harmonise(folder.survey(), "2021H2")
    folder.rounds = folder.rounds[:1]
    folder.deliver(HEADER + "\n".join(lines[place] for place in order) + "\n")
    shuffled, _, shuffled_quality = harmonise(folder.survey(), "2021H2")
    pd.testing.assert_frame_equal(
        plain.sort_values("person", ignore_index=True), shuffled.sort_values("person", ignore_index=True)
    )
    same = quality["topic"] != "file_sha256"
    pd.testing.assert_frame_equal(quality[same], shuffled_quality[same])


def test_supplied_concepts_stand_under_the_name_of_the_national_standard(folder: Any, values: Callable) -> None:
    status = "{column: AGE, codes: {1: employed, 2: unemployed, 3: outside_labour_force}}"
    informal = "{column: SEX, codes: {1: yes, 2: no}}"
    folder.office(
        variables={"age": "{unavailable: no}", "labour_force_status": status, "informal_employment": informal}
    )
    folder.deliver("STR,PSU,HH,LN,W,SEX,AGE\n1,1,1,1,10,1,3\n")
    answers, _, _ = harmonise(folder.survey(), "2021H2")
    assert values(answers["labour_force_status_national"]) == ["outside_labour_force"]
    assert values(answers["informal_employment_national"]) == ["yes"]


def test_text_labels_that_stand_twice_do_not_matter(folder: Any, values: Callable) -> None:
    folder.office(
        file="{format: sav, columns: upper}",
        design={"psu": "{column: UQNO, characters: [1, 8]}", "household": "{column: UQNO}"},
    )
    table = pd.DataFrame(
        {"STR": [1.0], "uqno": ["123456789012345678"], "ln": [1.0], "W": [3.5], "SEX": [2.0], "AGE": [31.0]}
    )
    path = folder.deliver(None, "cso.sav")
    pyreadstat.write_sav(table, path, variable_value_labels={"SEX": {1: "same", 2: "same"}})
    answers, _, _ = harmonise(folder.survey(), "2021H2")
    assert values(answers["psu"]) == ["cso:12345678"]
    assert values(answers["household"]) == ["cso:12345678:123456789012345678"]
    assert values(answers["sex"]) == ["female"]


def test_a_function_of_the_office_is_used_and_its_failure_is_named(folder: Any, values: Callable) -> None:
    folder.office(variables={"sex": "{columns: [SEX, AGE]}"})
    folder.deliver()
    code = folder.path / "config/offices/cso.py"
    code.write_text("def sex(raw):\n    return raw['SEX'].map({'1': 'male', '2': 'female'})\n")
    assert values(harmonise(folder.survey(), "2021H2")[0]["sex"]) == ["male", "female", "male", "female"]
    code.write_text("def sex(raw):\n    return raw['SEX ']\n")
    assert "its function `sex` in config/offices/cso.py, line 2, fails: KeyError" in problems_of(folder)[0]
    code.write_text("def sex(raw):\n    return [int(value + 'x') for value in raw['AGE']]\n")
    (problem,) = problems_of(folder)
    assert "fails: ValueError. Columns of a CSV file are text" in problem
    assert "40x" not in problem


def test_a_failing_function_does_not_hide_other_problems(folder: Any) -> None:
    folder.office(variables={"sex": "{columns: [SEX, AGE]}"})
    (folder.path / "config/offices/cso.py").write_text("def sex(raw):\n    return raw['SEX'].head(1)\n")
    folder.deliver(HEADER + "1,11,1,1,10,1,400,1\n1,11,1,2,10,1,40,1\n")
    problems = problems_of(folder)
    assert "its function `sex` in config/offices/cso.py fails: ValueError" in problems[0]
    assert "variable 'age': 1 row outside 0 to 120" in problems[1]


def test_a_file_may_change_its_form_between_rounds(folder: Any, values: Callable) -> None:
    folder.office(file='{format: csv, since: {2022H2: {delimiter: ";", columns: upper, encoding: windows-1252}}}')
    folder.deliver()
    folder.deliver("str;psu;hh;ln;w;sex;age;é\n1;1;1;1;10;2;30;1\n".encode("windows-1252"), "b.csv", round="2022H2")
    survey = folder.survey()
    assert len(harmonise(survey, "2021H2")[0]) == 4
    answers, _, quality = harmonise(survey, "2022H2")
    assert values(answers["sex"]) == ["female"]
    assert quality_of(quality, "encoding", by="detail").keys() == {"windows-1252"}


def test_values_that_spss_declares_missing_stop_the_run_until_they_are_listed(folder: Any, values: Callable) -> None:
    table = pd.DataFrame(
        {
            "STR": [1.0] * 3,
            "PSU": ["07"] * 3,
            "HH": [1.0] * 3,
            "LN": [1.0, 2, 3],
            "W": [2.5] * 3,
            "SEX": [1, 98, 2.0],
            "AGE": [5, 6, 7.0],
        }
    )
    path = folder.deliver(None, "cso.sav")
    pyreadstat.write_sav(table, path, missing_ranges={"SEX": [{"lo": 97, "hi": 99}]})
    folder.office(file="{format: sav}")
    assert "code 98 (1 row) in column SEX is in no list" in problems_of(folder)[0]
    folder.office(
        file="{format: sav}", variables={"sex": "{column: SEX, codes: {1: male, 2: female}, not_stated: [declared]}"}
    )
    answers, _, _ = harmonise(folder.survey(), "2021H2")
    assert values(answers["sex"]) == ["male", "not_stated", "female"]
    assert values(answers["psu"]) == ["cso:07"] * 3


@given(codes=st.permutations(["1", "2", "9"]), form=st.sampled_from(["{}", "0{}", "{}.0", " {} "]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_how_codes_are_numbered_and_written_means_nothing(
    folder: Any, values: Callable, codes: list[str], form: str
) -> None:
    male, female, none = codes
    folder.rounds = folder.rounds[:1]
    folder.office(
        variables={"sex": f"{{column: SEX, codes: {{{male}: male, {female}: female}}, not_stated: [{none}]}}"}
    )
    given_codes = [form.format(code) for code in (male, female, female, none)]
    folder.deliver(HEADER + "".join(f"1,1,1,{line},10,{code},30,1\n" for line, code in enumerate(given_codes, 1)))
    answers, _, _ = harmonise(folder.survey(), "2021H2")
    assert values(answers["sex"]) == ["male", "female", "female", "not_stated"]


def test_an_unknown_round_is_refused_with_the_nearest(folder: Any) -> None:
    folder.office()
    folder.deliver()
    assert "did you mean '2021H2'" in problems_of(folder, "2021H1")[0]
