"""The files themselves, read back by pyreadstat alone: a dozen persons whose codes are written out here by hand."""

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from lfs.metadata import SurveyError
from lfs.synthesise.dialects import cso, krso
from lfs.synthesise.dialects.codebook import read_codebook
from lfs.synthesise.dialects.cso import user_missing
from lfs.synthesise.dialects.encode import columns, rows
from lfs.synthesise.dialects.header import fix_dta_date, fix_sav_date

ASKED = [None] * 9
PERSONS = {
    "sex": ["male", "female", "not_stated", *ASKED],
    "age": [0, 34, 101, *[20] * 9],
    "education_level": ["never", "never", "tertiary", *ASKED],
    "attends_school": ["yes", "no", "not_stated", *ASKED],
    "absence_reason": ["not_stated", "not_stated", "waiting_to_start", *ASKED],
    "farm_work_crops": ["yes", "no", "not_stated", *ASKED],
    "farm_work_animals": ["no", "no", "not_stated", *ASKED],
    "farm_work_fishing": ["yes", "no", "not_stated", *ASKED],
    "farm_work_other": ["yes", "yes", "not_stated", *ASKED],
    "occupation": ["0110", "9334", "not_stated", *ASKED],
    "place_of_work": ["other", "farm", "not_stated", *ASKED],
    "bookkeeping": ["none", "full_accounts", "not_stated", *ASKED],
    "pay_amount": [650250.0, -1.0, 30000.0, *[np.nan] * 9],
    "pay_period": ["month", "day", "not_stated", *ASKED],
    "usual_hours_main": [37.5, -1.0, 48.0, *[np.nan] * 9],
}


@pytest.fixture
def cso_2021(people: Callable, selected: Callable, tmp_path: Path) -> tuple[pd.DataFrame, object]:
    persons = people("cso", "2021H2", 12, **PERSONS)
    cso.write(persons, selected(persons), tmp_path / "cso.sav")
    return pyreadstat.read_sav(tmp_path / "cso.sav", user_missing=True)


def krso_round(people: Callable, selected: Callable, round_: str, path: Path) -> tuple[pd.DataFrame, object]:
    persons = people("krso", round_, 12, **PERSONS)
    krso.write(persons, selected(persons), path)
    return pyreadstat.read_dta(path)


def first(raw: pd.DataFrame, column: str, count: int = 3) -> list:
    return raw[column].astype(object).where(raw[column].notna(), None).head(count).tolist()


def test_cso_codes(cso_2021: tuple[pd.DataFrame, object]) -> None:
    raw, _ = cso_2021
    assert first(raw, "GOV", 5) == [12, 12, 12, 12, 12]
    assert raw.loc[6:, "GOV"].tolist() == [14] * 4 + [21] * 4  # Kirkuk, Diyala
    assert first(raw, "STRATUM", 1) == ["121"]
    assert raw["CLUSTER"].unique().tolist() == ["12100001", "14100002", "21100003"]
    assert first(raw, "HHNO", 6) == ["07", "07", "08", "08", "21", "22"]
    assert first(raw, "Q102") == [1, 2, 9]
    assert first(raw, "Q103") == [0, 34, 101]
    assert first(raw, "Q301") == [0, 0, 6]
    assert first(raw, "Q302") == [1, 2, 8]
    assert first(raw, "Q405") == [97, 98, 1]
    assert first(raw, "Q409", 4) == ["acd", "d", "z", ""]
    assert first(raw, "Q502", 4) == ["0110", "9334", "9999", ""]
    assert first(raw, "Q510") == [8, 3, 98]
    assert first(raw, "Q510_OTHER") == ["موقع مؤقت", "", ""]
    assert first(raw, "Q513") == [4, 1, 97]
    assert first(raw, "Q605", 4) == [650250, 999999997, 30000, None]
    assert first(raw, "Q606") == [3, 1, 9]
    assert first(raw, "Q701", 4) == [37.5, 997, 48, None]
    assert first(raw, "WEIGHT", 4) == [100, 100 + 1 / 3, 100 + 2 / 3, 101]


def test_krso_codes(people: Callable, selected: Callable, tmp_path: Path) -> None:
    raw, _ = krso_round(people, selected, "2021H2", tmp_path / "krso.dta")
    assert raw["gov"].tolist() == [23] * 6 + [21] * 4 + [22] * 4  # Duhok, Erbil, Sulaymaniyah
    assert first(raw, "hh", 4) == [7, 7, 8, 8]
    assert first(raw, "b04") == [1, 0, 9]
    assert first(raw, "d01") == [1, 1, 7]
    assert first(raw, "d02") == [1, 0, -8]
    assert first(raw, "e05") == [88, 99, 12]
    assert [first(raw, f"f01_{option}", 4) for option in range(1, 5)] == [
        [1, 0, -9, None],
        [0, 0, -9, None],
        [1, 0, -9, None],
        [1, 1, -9, None],
    ]
    assert first(raw, "g02", 4) == [110, 9334, -8, None]
    assert first(raw, "g13") == [0, 3, 88]
    assert first(raw, "h05_m", 4) == [650.25, None, None, None]
    assert first(raw, "h05_d", 4) == [None, -8, None, None]
    assert first(raw, "h05_x", 4) == [None, None, 30, None]
    assert first(raw, "i01", 4) == [375, -8, 480, None]


def test_krso_changes_with_the_second_round(people: Callable, selected: Callable, tmp_path: Path) -> None:
    raw, meta = krso_round(people, selected, "2022H2", tmp_path / "krso.dta")
    assert first(raw, "d02a") == [2, 1, 88]
    assert first(raw, "i01h", 4) == [37.5, -8, 48, None]
    assert not {"d02", "i01"} & set(raw.columns)
    assert meta.column_names_to_labels["d02a"] == "باری ئێستای خوێندن (5-29 ساڵ)"


def test_cso_changes_with_the_second_round(people: Callable, selected: Callable, tmp_path: Path) -> None:
    persons = people("cso", "2022H2", 12, **PERSONS)
    cso.write(persons, selected(persons), tmp_path / "cso.sav")
    raw, _ = pyreadstat.read_sav(tmp_path / "cso.sav", user_missing=True)
    assert first(raw, "Q301") == [10, 11, 70]
    assert first(raw, "Q513A") == [4, 1, 97]
    assert "Q513" not in raw.columns


def test_urban_rural_has_two_levels_at_the_cso_and_three_at_the_krso(
    people: Callable, selected: Callable, tmp_path: Path
) -> None:
    raw, _ = krso_round(people, selected, "2021H2", tmp_path / "krso.dta")
    assert sorted(raw["mil"].unique()) == [1, 2]
    assert sorted(read_codebook("krso").questions["urban_rural"].answers["rural"]) == [3]
    assert list(read_codebook("cso").questions["urban_rural"].answers) == ["urban", "rural"]


def test_households_without_an_interview_have_one_row_and_no_answers(cso_2021: tuple[pd.DataFrame, object]) -> None:
    raw, _ = cso_2021
    assert len(raw) == 12 + 2
    silent = raw[raw["RESULT"] != 1]
    assert silent["RESULT"].tolist() == [3, 4]
    assert silent[["CLUSTER", "HHNO"]].to_numpy().tolist() == [["12100001", "21"], ["12100001", "22"]]
    kept = ["GOV", "STRATUM", "CLUSTER", "HHNO", "ENV", "CAMP", "RESULT", "PROB1", "PROB2"]
    assert silent[kept].notna().all(axis=None)
    assert (silent.drop(columns=kept).isna() | (silent.drop(columns=kept) == "")).all(axis=None)


def test_the_same_numbers_are_other_places_in_the_other_office(
    people: Callable, selected: Callable, tmp_path: Path
) -> None:
    """Diyala is 21 at the CSO and Erbil at the KRSO: stacked as they are, their strata and PSUs would be one."""
    raw, _ = krso_round(people, selected, "2021H2", tmp_path / "krso.dta")
    theirs = people("cso", "2021H2", 12)
    ours = {column.name: column.values for column in columns(read_codebook("cso"), rows(theirs, selected(theirs)))}
    assert set(map(int, ours["STRATUM"])) & set(raw["strata"])


def test_no_answer_is_declared_missing_in_spss(cso_2021: tuple[pd.DataFrame, object]) -> None:
    _, meta = cso_2021
    declared = meta.missing_ranges
    assert declared["Q102"] == [{"lo": 9, "hi": 9}]
    assert declared["Q302"] == [{"lo": 8, "hi": 9}]
    assert declared["Q405"] == [{"lo": 97, "hi": 99}]
    assert declared["Q701"] == [{"lo": 997, "hi": 999}]
    assert declared["Q502"] == [{"lo": "9999", "hi": "9999"}]
    assert declared["Q507"] == [{"lo": "z", "hi": "z"}]
    for variable, question in read_codebook("cso").at("2021H2").items():
        if "not_stated" in (*question.answers, *question.letters) or question.not_stated:
            assert question.column in declared, variable


def test_user_missing_values_are_ranges_where_they_follow_each_other() -> None:
    assert user_missing([9]) == [9]
    assert user_missing([8, 9]) == [{"lo": 8, "hi": 9}]
    assert user_missing([99, 97, 98]) == [{"lo": 97, "hi": 99}]
    assert user_missing([88, 99]) == [88, 99]
    assert user_missing(["9999"]) == ["9999"]


@pytest.mark.parametrize("round_", ["2021H2", "2022H2"])
def test_every_code_in_the_files_has_a_label(
    round_: str, every_answer: Callable, selected: Callable, tmp_path: Path
) -> None:
    for office, writer, reader in (("cso", cso, pyreadstat.read_sav), ("krso", krso, pyreadstat.read_dta)):
        persons = every_answer(office, round_)
        writer.write(persons, selected(persons), tmp_path / office)
        raw, meta = reader(tmp_path / office, **({"user_missing": True} if office == "cso" else {}))
        assert all(meta.column_names_to_labels.values()), "a variable without a label"
        made = columns(read_codebook(office), rows(persons, selected(persons)))
        assert [column.name for column in made] == list(raw.columns)
        for column in made:
            labelled = meta.variable_value_labels.get(column.name, {})
            assert labelled == dict(column.value_labels), column.name
            assert set(column.no_answer) <= set(labelled), column.name
            if column.kind == "code":
                assert set(raw[column.name].dropna()) <= set(labelled), column.name


def test_all_nine_kinds_of_pay_fit_one_text(
    people: Callable, selected: Callable, survey: object, tmp_path: Path
) -> None:
    options = survey.variables["pay_type"].options
    persons = people("cso", "2021H2", 4, **{f"pay_type_{option}": ["yes"] * 3 + ["not_stated"] for option in options})
    cso.write(persons, selected(persons), tmp_path / "cso.sav")
    raw, meta = pyreadstat.read_sav(tmp_path / "cso.sav", user_missing=True)
    assert first(raw, "Q507", 4) == ["abcdefghi"] * 3 + ["z"]
    assert meta.missing_ranges["Q507"] == [{"lo": "z", "hi": "z"}]
    assert meta.variable_value_labels["Q507"]["i"] == "دون مقابل"


def test_the_files_say_that_they_are_invented(
    cso_2021: tuple[pd.DataFrame, object], people: Callable, selected: Callable, tmp_path: Path
) -> None:
    _, spss = cso_2021
    _, stata = krso_round(people, selected, "2021H2", tmp_path / "krso.dta")
    assert spss.file_label == "INVENTED DATA, NOT A SURVEY - بيانات مختلقة"
    assert spss.notes[0] == "INVENTED DATA, NOT A SURVEY."
    assert stata.file_label.startswith("INVENTED DATA, NOT A SURVEY")


@pytest.mark.parametrize(("office", "suffix"), [("cso", "sav"), ("krso", "dta")])
def test_the_same_people_give_the_same_bytes_whenever_they_are_written(
    office: str, suffix: str, people: Callable, selected: Callable, tmp_path: Path
) -> None:
    persons = people(office, "2021H2", 12, **PERSONS)
    written = []
    for name in ("first", "second"):
        {"cso": cso, "krso": krso}[office].write(persons, selected(persons), tmp_path / f"{name}.{suffix}")
        written.append((tmp_path / f"{name}.{suffix}").read_bytes())
    assert written[0] == written[1]
    assert b"01 Jan 22" in written[0][:320] or b"01 Jan 2022 00:00" in written[0][:320]


def test_the_creation_date_of_an_spss_file_is_fixed(people: Callable, selected: Callable, tmp_path: Path) -> None:
    path = tmp_path / "cso.sav"
    persons = people("cso", "2021H2", 4)
    cso.write(persons, selected(persons), path)
    fixed = path.read_bytes()
    path.write_bytes(fixed.replace(b"01 Jan 2200:00:00", b"22 Nov 2609:10:11", 1))
    fix_sav_date(path)
    assert path.read_bytes() == fixed
    assert pyreadstat.read_sav(path, metadataonly=True)[1].creation_time == datetime(2022, 1, 1)


def test_the_time_stamp_of_a_stata_file_is_fixed(people: Callable, selected: Callable, tmp_path: Path) -> None:
    path = tmp_path / "krso.dta"
    krso_round(people, selected, "2021H2", path)
    fixed = path.read_bytes()
    path.write_bytes(fixed.replace(b"01 Jan 2022 00:00", b"22 Nov 2026 00:10", 1))
    fix_dta_date(path)
    assert path.read_bytes() == fixed
    assert fixed.startswith(b"<stata_dta><header><release>118</release>")


def test_another_reader_finds_the_same_in_the_stata_file(people: Callable, selected: Callable, tmp_path: Path) -> None:
    raw, _ = krso_round(people, selected, "2021H2", tmp_path / "krso.dta")
    other = pd.read_stata(tmp_path / "krso.dta", convert_categoricals=False)
    assert list(other.columns) == list(raw.columns)
    pd.testing.assert_frame_equal(other.astype("Float64"), raw.astype("Float64"))


def test_an_answer_that_the_codebook_does_not_know_stops_the_writing(people: Callable, selected: Callable) -> None:
    persons = people("krso", "2021H2", 4, sex=["male", "female", "unknown", None])
    with pytest.raises(SurveyError, match=r"column b04 .* no code for unknown"):
        columns(read_codebook("krso"), rows(persons, selected(persons)))


def test_no_column_is_named_twice() -> None:
    for office, round_ in itertools.product(("cso", "krso"), ("2021H2", "2022H2")):
        names = [
            name
            for question in read_codebook(office).at(round_).values()
            for name in [question.column, *(name for pair in question.options.values() for name in pair)]
            if name
        ]
        assert len(names) == len(set(names))
