"""Files that nobody here made: other countries' surveys, read from beside the clone."""

import re
from pathlib import Path

import pandas as pd
import pytest

from lfs.harmonise import describe
from lfs.harmonise.crosswalk import read_variable
from lfs.harmonise.readers import read_delivery
from lfs.metadata.crosswalk import Reading
from lfs.metadata.offices import FileFormat
from lfs.metadata.variables import Variable

pytestmark = pytest.mark.full


def test_brazil_of_fixed_width(reference_data: Path, tmp_path: Path) -> None:
    program = (reference_data / "brazil_pnadc/input_example.txt").read_text(encoding="latin-1")
    places = re.findall(r"^\s*@(\d+)\s+(\w+)\s+\$?\s*(\d+)\.", program, re.MULTILINE)
    layout = "column,start,width\n" + "".join(f"{name},{start},{width}\n" for start, name, width in places)
    (tmp_path / "layout.csv").write_text(layout)
    path = reference_data / "brazil_pnadc/exampledata.txt"
    delivery = read_delivery(
        path, FileFormat(format="fixed"), ["Estrato", "UPA", "V1028"], layout=tmp_path / "layout.csv"
    )
    assert len(delivery.rows) == 1379
    persons = delivery.rows.groupby("Estrato").size()
    assert (len(persons), (persons == 1).sum()) == (465, 130)
    assert delivery.rows["UPA"].str.len().unique().tolist() == [9]


def test_argentina_where_minus_one_is_under_one_year(reference_data: Path) -> None:
    path = reference_data / "argentina_eph/toybase_individual_2016_04.csv"
    rows = read_delivery(path, FileFormat(format="csv"), ["CH04", "CH06", "PONDERA"]).rows
    age = Variable(kind="asked", type="integer", range=(0, 120), meaning="age")
    read = read_variable("age", Reading(column="CH06", codes={-1: 0}), age, rows, {})
    assert not read.unknown
    assert read.outside_range == 0
    assert (read.columns["age"] == 0).sum() == (rows["CH06"].isin(["-1", "0"])).sum() > 0
    weight = Variable(kind="design", type="number", meaning="weight")
    weights = read_variable("w", Reading(column="PONDERA"), weight, rows, {}).columns["w"]
    # Documented with the data: weighted persons by sex.
    assert weights.groupby(rows["CH04"]).sum().to_dict() == {"1": 455956, "2": 473798}


def test_paraguay_is_described(reference_data: Path) -> None:
    draft = describe(reference_data / "paraguay_ephc/Paraguay_T22019.SAV")
    assert "(11896 rows, 148 columns)" in draft
    assert "weight: {column: CHOOSE}  # perhaps FEX" in draft
    assert "  P02:\n    column: P02\n    not_stated: [999]  # 999 NR\n" in draft
    assert pd.Series(draft.splitlines()).str.startswith("  # P06: Sexo (codes); perhaps sex").any()
