"""Files in formats that no example has: Argentina's csv, and Brazil's fixed width with its SAS program in Latin-1."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lfs.__main__ import main
from lfs.metadata import read_source
from lfs.metadata.declarations import standard_variables
from lfs.metadata.variables import Variable

pytestmark = pytest.mark.full

ROOT = Path(__file__).parents[2]
WEIGHTED = ("people.parquet", "calibration.parquet")
ARGENTINA = """
office: indec
file: {format: csv, encoding: utf-8}
design:
  stratum: {unavailable: not in the public file}
  psu: {unavailable: not in the public file}
  household: {columns: [CODUSU, NRO_HOGAR]}
  line: {column: COMPONENTE}
  weight: {column: PONDERA}
  probability_psu: {unavailable: not in the public file}
  probability_household: {unavailable: not in the public file}
variables:
  sex: {column: CH04, codes: {1: male, 2: female}}
  age: {column: CH06, codes: {-1: 0}}   # -1 is less than a year
  labour_force_status:
    column: ESTADO
    codes: {1: employed, 2: unemployed, 3: outside_labour_force, 4: not_applicable}   # 4 is under ten years
    not_stated: [0]
"""
BRAZIL = """
office: ibge
file: {format: fixed, encoding: latin-1, layout: config/layout.csv}
design:
  stratum: {column: Estrato}
  psu: {column: UPA}
  household: {columns: [UPA, V1008, V1014]}
  line: {column: V2003}
  weight: {column: V1028}
  probability_psu: {unavailable: not in the public file}
  probability_household: {unavailable: not in the public file}
variables:
  sex: {column: V2007, codes: {1: male, 2: female}}
  age: {column: V2009}
  labour_force_status:
    columns: [VD4001, VD4002]
    codes: {"1-1": employed, "1-2": unemployed, "2-": outside_labour_force}
"""


@pytest.fixture
def survey(tmp_path: Path, reference_data: Path) -> Callable[..., Path]:
    """A survey of one office and one round: what its crosswalk does not map is unavailable."""

    def declare(office: str, round: tuple[str, str, str], crosswalk: str, data: str) -> Path:
        config = tmp_path / "config"
        (config / "offices").mkdir(parents=True)
        shutil.copy(ROOT / "examples/paraguay_ephc/config/config.yaml", config)
        (config / "variables.yaml").write_text("displacement: unavailable\n", encoding="utf-8")
        shutil.copy(reference_data / data, tmp_path / "data.txt")
        row = ",".join([round[0], office, *round[1:], "data.txt", "", "false"])
        (config / "rounds.csv").write_text(f"round,office,start,end,file,sha256,synthetic\n{row}\n", encoding="utf-8")
        path = config / f"offices/{office}.yaml"
        path.write_text(crosswalk, encoding="utf-8")
        mapped = read_source(path).content["variables"]
        rest = [name for name, entry in dictionary().items() if entry.kind == "asked" and name not in mapped]
        path.write_text(
            crosswalk + "".join(f"  {name}: {{unavailable: not mapped}}\n" for name in rest), encoding="utf-8"
        )
        return tmp_path

    return declare


def dictionary() -> dict[str, Variable]:
    return standard_variables()


def test_argentina_weighted_persons_by_sex(survey, verb):
    folder = survey(
        "indec",
        ("2016Q4", "2016-10-01", "2016-12-31"),
        ARGENTINA,
        "argentina_eph/toybase_individual_2016_04.csv",
    )
    verb(folder, "harmonise", "2016Q4", "answers.parquet", "selected.parquet", "quality.parquet")
    answers = pd.read_parquet(folder / "answers.parquet")
    # documented by the package that ships the file
    assert answers.groupby("sex")["weight"].sum().to_dict() == {"male": 455_956, "female": 473_798}
    assert answers["age"].min() == 0


def test_brazil_fixed_width_and_single_psu_strata(survey, verb, reference_data, monkeypatch, capsys):
    folder = survey(
        "ibge",
        ("2017Q4", "2017-10-01", "2017-12-31"),
        BRAZIL,
        "brazil_pnadc/exampledata.txt",
    )
    write_layout(reference_data / "brazil_pnadc/input_example.txt", folder / "config/layout.csv")
    verb(folder, "harmonise", "2017Q4", "answers.parquet", "selected.parquet", "quality.parquet")
    verb(folder, "derive", "answers.parquet", "derived.parquet", "quality.parquet")
    verb(folder, "weight", "derived.parquet", "selected.parquet", *WEIGHTED, "quality.parquet")
    answers = pd.read_parquet(folder / "answers.parquet")
    assert (len(answers), answers["stratum"].nunique()) == (1379, 465)
    assert (answers.groupby("stratum").size() == 1).sum() == 130
    single = 134  # four strata more hold several persons, of one PSU

    monkeypatch.chdir(folder)
    assert main(["estimate", *WEIGHTED, "estimates.parquet", "quality.parquet"]) == 2  # lonely_psu: fail
    message = capsys.readouterr().err
    assert str(single) in message
    assert "lonely_psu" in message

    settings = folder / "config/config.yaml"
    settings.write_text(settings.read_text("utf-8").replace("lonely_psu: fail", "lonely_psu: centre"), "utf-8")
    verb(folder, "estimate", *WEIGHTED, "estimates.parquet", "quality.parquet")
    quality = pd.read_parquet(folder / "quality.parquet").query("topic == 'single_psu_stratum'")
    assert quality["value"].sum() == single
    estimates = pd.read_parquet(folder / "estimates.parquet")
    unemployed = estimates.query("indicator == 'unemployed' and breakdown == 'total'").iloc[0]
    assert unemployed["value"] == pytest.approx(answers.query(UNEMPLOYED)["weight"].sum())
    assert unemployed["se"] > 0


UNEMPLOYED = "age >= 15 and labour_force_status_national == 'unemployed'"


def write_layout(program: Path, layout: Path) -> None:
    """Name, start and width of every column that the SAS program reads, as `@0012 UPA $9.`."""
    text = program.read_text(encoding="latin-1")
    columns = re.findall(r"^@(\d+)\s+(\w+)\s+\$?(\d+)\.", text, re.MULTILINE)
    assert len(columns) == 217
    with layout.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["column", "start", "width"])
        rows.writerows([name, int(start), int(width)] for start, name, width in columns)
