"""A draft of an office's file: what the data file says of itself; it loads once names are chosen and shows no value."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from lfs.__main__ import main
from lfs.harmonise import describe, harmonise
from lfs.metadata import SurveyError, read_source

TABLE = pd.DataFrame(
    {
        "STRATUM": [1.0, 1.0, 1.0, 1.0],
        "PSU": ["0011", "0011", "0012", "0012"],
        "HHID": [7.0, 7.0, 8.0, 8.0],
        "LINE": [1.0, 2.0, 1.0, 2.0],
        "WGT": [123.25, 123.25, 321.5, 321.5],
        "B04": [0.0, 1.0, 1.0, 9.0],
        "B05": [41.0, 37.0, 999.0, 12.0],
        "C01": [1.0, 2.0, 98.0, 3.0],
        "NO": ["Amal", "Hassan", "Zaynab", "Dilan"],
    }
)
LABELS = {"B04": "Sex", "B05": "Age in completed years", "C01": "دفع #1", "NO": "First name"}
CODES = {
    "B04": {0: "Female", 1: "Male", 9: "Not stated"},
    "B05": {999: "Refused"},
    "C01": {1: "Yes", 2: "No", 98: "Do not know", 99: "لا يعرف"},
}


@pytest.fixture(params=["sav", "zsav", "dta", "csv"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"a.{request.param}"
    labels = [LABELS.get(name, "") for name in TABLE]
    if request.param == "csv":
        TABLE.to_csv(path, index=False)
    elif request.param == "dta":
        pyreadstat.write_dta(TABLE, path, column_labels=labels, variable_value_labels=CODES)
    else:
        missing = {"C01": [{"lo": 98, "hi": 99}]}
        compress = request.param == "zsav"
        pyreadstat.write_sav(
            TABLE, path, column_labels=labels, variable_value_labels=CODES, missing_ranges=missing, compress=compress
        )
    return path


def test_every_column_stands_in_the_draft(file: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(describe(file), encoding="utf-8")
    draft = read_source(tmp_path / "draft.yaml").content
    assert list(draft["variables"]) == list(TABLE)
    assert draft["file"]["format"] == file.suffix[1:]
    assert set(draft["design"]) >= {"stratum", "psu", "household", "line", "weight"}


def test_nobodys_values_stand_in_the_draft(file: Path) -> None:
    text = describe(file)
    for value in ("0011", "0012", "123.25", "321.5", "41", "37", "12", *TABLE["NO"]):
        assert not re.search(rf"\b{re.escape(value)}\b", text), value


def test_labels_become_codes_and_declared_missing_values_not_stated(file: Path) -> None:
    text = describe(file)
    if file.suffix == ".csv":
        assert "(4 rows, 9 columns)" in text
        return
    assert "# B04: Sex (codes); perhaps sex" in text
    assert "      0: female  # Female\n      1: male  # Male\n" in text
    assert "not_stated: [9]  # 9 Not stated" in text
    assert "# B05: Age in completed years (number); perhaps age" in text
    assert "not_stated: [999]  # 999 Refused" in text
    assert "      3: CHOOSE  # without a label" in text
    if file.suffix == ".dta":
        assert "not_stated: [98, 99]  # 98 Do not know; 99 لا يعرف" in text
    else:
        assert "not_stated: [[98, 99]]  # declared missing; 98 Do not know; 99 لا يعرف" in text


def test_likely_columns_of_the_design_are_suggested(file: Path) -> None:
    text = describe(file)
    for line in ("stratum: {column: CHOOSE}  # perhaps STRATUM", "weight: {column: CHOOSE}  # perhaps WGT"):
        assert line in text


def test_a_draft_works_once_names_are_chosen(folder: Any) -> None:
    path = folder.deliver(None, "cso.sav")
    pyreadstat.write_sav(
        TABLE, path, variable_value_labels=CODES, column_labels=[LABELS.get(name, "") for name in TABLE]
    )
    draft = describe(path).replace("office: CHOOSE", "office: cso")
    columns = {"stratum": "STRATUM", "psu": "PSU", "household": "HHID", "line": "LINE", "weight": "WGT"}
    for key, column in columns.items():
        draft = draft.replace(f"  {key}: {{column: CHOOSE}}", f"  {key}: {{column: {column}}}")
    draft = re.sub(r"(probability_\w+): \{column: CHOOSE\}", r"\1: {unavailable: not delivered}", draft)
    head, _, rest = draft.partition("variables:\n")
    entries = dict(re.findall(r"^  \"?(B04|B05)\"?:\n((?:    .*\n)+)", rest, re.MULTILINE))
    absent = re.findall(r"^  # (\w+: \{unavailable: .*\})", rest, re.MULTILINE)
    head += f"variables:\n  sex:\n{entries['B04']}  age:\n{entries['B05']}"
    absent += ['governorate: {unavailable: "CHOOSE"}', 'worked_for_pay: {unavailable: "CHOOSE"}']
    lines = dict.fromkeys(line for line in absent if not line.startswith(("sex:", "age:")))
    (folder.path / "config/offices/cso.yaml").write_text(head + "".join(f"  {line}\n" for line in lines))
    answers, _, _ = harmonise(folder.survey(), "2021H2")
    assert answers["sex"].tolist() == ["female", "male", "male", "not_stated"]


def test_what_is_no_data_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04abc")
    with pytest.raises(SurveyError, match="begins like an Excel workbook"):
        describe(tmp_path / "a.xlsx")
    assert main(["describe", str(tmp_path / "none.sav")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_keys_that_other_readers_take_for_true_or_false_are_quoted(file: Path) -> None:
    assert '\n  "NO":\n    column: "NO"\n' in describe(file)
