"""People for SPSS and Stata: read back, every answer is what it was, with its label and its kind of missing."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from lfs.__main__ import main
from lfs.export import exported, title_of, write_statistical
from lfs.metadata import SurveyError, load_survey
from lfs.metadata.labels import read_labels

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def survey():
    return load_survey(ROOT)


@pytest.fixture
def people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person": pd.array(["p1", "p2", "p3", "p4"], dtype="str"),
            "sex": pd.array(["male", "female", "not_stated", "female"], dtype="str"),
            "age": pd.array([30, 41, 12, 77], dtype="Int64"),
            "worked_for_pay": pd.array(["yes", "no", None, "not_stated"], dtype="str"),
            "employed": pd.array([True, False, None, False], dtype="boolean"),
            "displacement": pd.array(["returnee", "not_displaced", "idp_in_camp", None], dtype="str"),
            "weight": [100.5, 200.25, 300.0, 50.0],
        }
    )


@pytest.fixture
def made(people, survey):
    return exported(people, survey, read_labels(ROOT, "en"))


def test_spss_holds_numbers_labels_and_missing_values(made, people, tmp_path):
    path = tmp_path / "people.sav"
    write_statistical(made, path, ".sav", "Labour force survey")
    plain, _ = pyreadstat.read_sav(path)
    raw, told = pyreadstat.read_sav(path, user_missing=True)
    assert raw["sex"].tolist() == [1, 2, 9, 2]
    assert told.variable_value_labels["sex"] == {1: "Men", 2: "Women", 9: "Not stated"}
    assert np.isnan(plain["sex"][2]), "not stated is missing for SPSS"
    assert raw["worked_for_pay"].iloc[[0, 1, 3]].tolist() == [1, 0, 9]
    assert np.isnan(raw["worked_for_pay"][2]), "not asked"
    assert raw["employed"].iloc[[0, 1, 3]].tolist() == [1, 0, 0]
    assert raw["weight"].tolist() == people["weight"].tolist()
    assert told.column_names_to_labels["sex"] == "Sex"
    assert told.variable_value_labels["displacement"][4] == "Returnee"


def test_stata_has_a_labelled_number_for_no_answer(made, tmp_path):
    path = tmp_path / "people.dta"
    write_statistical(made, path, ".dta", "Labour force survey")
    raw, told = pyreadstat.read_dta(path)
    assert raw["sex"].tolist() == [1, 2, 9, 2]
    assert told.variable_value_labels["sex"][9] == "Not stated"
    assert raw["age"].tolist() == [30, 41, 12, 77]
    assert raw["person"].tolist() == ["p1", "p2", "p3", "p4"]


def test_long_names_stay_apart(survey, tmp_path):
    people = pd.DataFrame({f"{'a' * 40}_{number}": [1.0] for number in range(3)})
    write_statistical(exported(people, survey, {}), tmp_path / "people.dta", ".dta", "")
    raw, _ = pyreadstat.read_dta(tmp_path / "people.dta")
    assert len(set(raw.columns)) == 3
    assert max(map(len, raw.columns)) <= 32


def test_a_code_that_nobody_declared_is_refused_without_a_value_of_a_person(survey, people):
    people["sex"] = people["sex"].replace({"male": "unknown"})
    with pytest.raises(SurveyError, match="people: sex holds 'unknown', which the dictionary does not have"):
        exported(people, survey, {})


def test_another_format_is_refused(made, tmp_path):
    with pytest.raises(SurveyError, match=r"exported as \.sav or \.dta"):
        write_statistical(made, tmp_path / "people.sas", ".sas", "")


def test_a_file_of_microdata_says_what_it_is(people, survey, tmp_path):
    labels = read_labels(ROOT, "en")
    title = title_of(people.assign(round="2021H2"), survey, labels)
    assert title == "2021H2. Invented data. Not for publication. Labour Force Survey of Iraq"
    write_statistical(exported(people, survey, labels), tmp_path / "people.sav", ".sav", title)
    kept = pyreadstat.read_sav(tmp_path / "people.sav", metadataonly=True)[1].file_label
    assert kept.startswith("2021H2. Invented data. Not for publication")


def test_microdata_are_not_written_among_what_people_read(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert main(["export", "en", "data/processed/people/2021H2.parquet", "data/../reports/en/people.sav"]) == 2
    assert "reports/ is what people read" in capsys.readouterr().err
