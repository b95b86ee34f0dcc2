"""What files say of themselves is kept, and a file that is not what was declared ends in one line."""

import hashlib
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from lfs.harmonise.delivery import Missing
from lfs.harmonise.readers import read_delivery
from lfs.metadata import SurveyError
from lfs.metadata.offices import FileFormat

TABLE = pd.DataFrame(
    {"Q1": [1.0, 2.0, 98.0, 99.0, float("nan")], "NAME": ["ا", "ب", "", "zz", "پ"], "V": [1.5, 2, 3, -1, 5]}
)
CODES = "المحافظة;الرمز\nبغداد;01\nالبصرة;10\n"


@pytest.fixture
def sav(tmp_path: Path) -> Path:
    path = tmp_path / "a.sav"
    missing = {"Q1": [{"lo": 98, "hi": 99}], "V": [-1], "NAME": ["zz"]}
    pyreadstat.write_sav(TABLE, path, missing_ranges=missing, column_labels=["سؤال", "اسم", "v"])
    return path


def refusal(path: Path, how: FileFormat, **more: object) -> str:
    with pytest.raises(SurveyError) as error:
        read_delivery(path, how, **more)  # type: ignore[arg-type]
    assert len(error.value.problems) == 1
    assert "\n" not in str(error.value)
    return str(error.value)


def test_declared_missing_values_and_ranges_of_spss_stay_visible(sav: Path) -> None:
    delivery = read_delivery(sav, FileFormat(format="sav"))
    assert delivery.rows["Q1"].tolist()[:4] == [1, 2, 98, 99]
    assert delivery.missing["Q1"] == Missing(ranges=((98.0, 99.0),))
    assert delivery.missing["V"] == Missing(codes=frozenset({"-1"}))
    assert delivery.missing["NAME"] == Missing(codes=frozenset({"zz"}))
    assert delivery.rows["NAME"].tolist() == ["ا", "ب", "", "zz", "پ"]


def test_only_the_needed_columns_are_read_and_all_are_named(sav: Path) -> None:
    delivery = read_delivery(sav, FileFormat(format="sav", columns="lower"), ["v", "absent"])
    assert list(delivery.rows) == ["v"]
    assert delivery.columns == ("q1", "name", "v")


def test_zsav_is_read_as_sav_is(tmp_path: Path) -> None:
    pyreadstat.write_sav(TABLE, tmp_path / "a.zsav", compress=True, missing_ranges={"V": [-1]})
    delivery = read_delivery(tmp_path / "a.zsav", FileFormat(format="zsav"))
    assert delivery.rows["V"].tolist() == [1.5, 2, 3, -1, 5]
    assert delivery.missing["V"].codes == {"-1"}


def test_extended_missing_values_of_stata_are_codes(tmp_path: Path) -> None:
    table = pd.DataFrame({"q": [1, 2, None, "a"], "t": ["01", "", "3", "4"]})
    pyreadstat.write_dta(table, tmp_path / "a.dta", missing_user_values={"q": ["a"]})
    delivery = read_delivery(tmp_path / "a.dta", FileFormat(format="dta"))
    assert delivery.rows["q"].tolist()[3] == ".a"
    assert delivery.missing["q"].codes == {".a"}
    assert delivery.rows["t"].tolist()[0] == "01"


def test_whole_numbers_beside_empty_cells_are_numbers(tmp_path: Path) -> None:
    pyreadstat.write_dta(pd.DataFrame({"q": pd.array([110, None], dtype="Int64")}), tmp_path / "a.dta")
    assert read_delivery(tmp_path / "a.dta", FileFormat(format="dta")).rows["q"].dtype == "float64"


def test_an_old_stata_file_does_not_state_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    # The writer has no windows-1256: as Latin letters these two bytes are Í and å, in windows-1256 ح and ه.
    text = "بغداد حه".encode("windows-1256").decode("latin-1")
    pyreadstat.write_dta(pd.DataFrame({"t": ["PLACEHOLDER!"[: len(text)]]}), path, version=12)
    path.write_bytes(path.read_bytes().replace(b"PLACEHOLDER!"[: len(text)], text.encode("latin-1")))
    assert "does not state its encoding" in refusal(path, FileFormat(format="dta"))
    assert read_delivery(path, FileFormat(format="dta", encoding="windows-1256")).rows["t"].tolist() == ["بغداد حه"]
    detected = read_delivery(path, FileFormat(format="dta", encoding="detect"))
    assert detected.encoding == "windows-1256"
    assert detected.rows["t"].tolist() == ["بغداد حه"]


def test_csv_in_windows_1256_with_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CODES.encode("windows-1256"))
    how = FileFormat(format="csv", encoding="windows-1256", delimiter=";")
    assert read_delivery(path, how).rows["الرمز"].tolist() == ["01", "10"]
    assert "is not UTF-8" in refusal(path, FileFormat(format="csv", delimiter=";"))
    detected = read_delivery(path, FileFormat(format="csv", encoding="detect", delimiter=";"))
    assert (detected.encoding, detected.columns) == ("windows-1256", ("المحافظة", "الرمز"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("a,b\nقضاء,ن\n", "utf-8"), ("a,b\nñandú,São José\n", "windows-1252"), ("a,b\nقضاء الموصل,2\n", "windows-1256")],
)
def test_encodings_are_detected(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    delivery = read_delivery(tmp_path / "a.csv", FileFormat(format="csv", encoding="detect"))
    assert delivery.encoding == encoding
    assert delivery.rows["a"].tolist() == [text.splitlines()[1].split(",")[0]]


def test_fixed_width_follows_its_layout(tmp_path: Path) -> None:
    (tmp_path / "layout.csv").write_text("column,start,width\nPSU,1,3\nSEX,4,1\nW,5,4\n")
    (tmp_path / "a.txt").write_text("001110.5\n0022 9.0\n")
    delivery = read_delivery(tmp_path / "a.txt", FileFormat(format="fixed"), layout=tmp_path / "layout.csv")
    assert delivery.rows.to_dict("list") == {"PSU": ["001", "002"], "SEX": ["1", "2"], "W": ["10.5", " 9.0"]}
    (tmp_path / "a.txt").write_text("001110.5\n0022 9\n")
    assert "1 lines are shorter than the 8 characters" in refusal(
        tmp_path / "a.txt", FileFormat(format="fixed"), layout=tmp_path / "layout.csv"
    )


def test_the_checksum_is_computed_and_compared(sav: Path) -> None:
    found = hashlib.sha256(sav.read_bytes()).hexdigest()
    assert read_delivery(sav, FileFormat(format="sav"), sha256=found).sha256 == found
    assert "is not the file that was declared" in refusal(sav, FileFormat(format="sav"), sha256="0" * 64)


@pytest.mark.parametrize("kept", [4, 100, 0.5, -5, -1])
@pytest.mark.parametrize("format", ["sav", "zsav", "dta"])
def test_a_truncated_file_is_refused(tmp_path: Path, format: str, kept: float) -> None:
    path = tmp_path / f"a.{format}"
    if format == "dta":
        pyreadstat.write_dta(TABLE, path)
    else:
        pyreadstat.write_sav(TABLE, path, compress=format == "zsav")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])
    message = refusal(path, FileFormat(format=format))
    assert "cut short or damaged" in message or "is declared as" in message


@pytest.mark.parametrize(
    ("content", "declared", "found"),
    [
        (b"a,b\n1,2\n", "sav", "begins like a text file"),
        (b"a,b\n1,2\n", "dta", "begins like a text file"),
        (b"PK\x03\x04xxxx\x00", "csv", "begins like an Excel workbook or another zip archive"),
        (b"$FL2@(#) SPSS DATA FILE", "csv", "begins like an SPSS .sav file"),
        (b"$FL2@(#) SPSS DATA FILE", "zsav", "begins like an SPSS .sav file"),
        (b"\x72\x02\x01\x00", "sav", "begins like a Stata .dta file"),
        (b"<stata_dta><header>", "sav", "begins like a Stata .dta file"),
        (b"\x00\x01\x02\x03", "fixed", "is no text"),
    ],
)
def test_a_misnamed_file_is_refused(tmp_path: Path, content: bytes, declared: str, found: str) -> None:
    path = tmp_path / f"a.{declared}"
    path.write_bytes(content)
    assert found in refusal(path, FileFormat(format=declared))


def test_empty_and_absent_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sav").write_bytes(b"")
    assert "is empty" in refusal(tmp_path / "a.sav", FileFormat(format="sav"))
    assert "does not exist" in refusal(tmp_path / "b.sav", FileFormat(format="sav"))
    (tmp_path / "a.csv").write_text("a,b\n")
    assert "holds no rows" in refusal(tmp_path / "a.csv", FileFormat(format="csv"))


def test_a_wrong_declared_encoding_is_refused(sav: Path) -> None:
    assert "states that it is UTF-8" in refusal(sav, FileFormat(format="sav", encoding="windows-1256"))
    assert "there is no encoding 'arabic-1'" in refusal(sav, FileFormat(format="sav", encoding="arabic-1"))


@pytest.mark.parametrize("rows", ["1,2\n3,4,5\n", "1,2,3,4\n1,2,3,4\n", "1,2,3\n1,2,3,4\n", "1,2,3\n1\n"])
def test_a_csv_whose_rows_differ_in_length_is_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n" + rows)
    assert "the header 3 columns" in refusal(tmp_path / "a.csv", FileFormat(format="csv"), needed=["a"])


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Sex,SEX\n1,2\n")
    assert read_delivery(tmp_path / "a.csv", FileFormat(format="csv")).columns == ("Sex", "SEX")
    assert "two columns are called sex" in refusal(tmp_path / "a.csv", FileFormat(format="csv", columns="lower"))
