"""Figures of real surveys reproduced straight with the estimator; the pipeline's own path is in tests/examples.

Sources: Statistics South Africa, QLFS 2016Q4 and 2017Q1; Office for National Statistics, QLFS January-March 2015,
teaching file; INE Paraguay, EPHC 2019 second quarter. The numbers are those of the folder's README.
"""

import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from lfs.estimate import rate, total

pytestmark = pytest.mark.full

SOUTH_AFRICA = {
    "2017Q1": {
        "employed": (16_212_250, 179_254),
        "unemployed": (6_214_112, 118_708),
        "unemployment_rate": (0.2770896, 0.004098562),
        "participation_rate": (0.6051259, 0.003603947),
        "employment_to_population_ratio": (0.4374518, 0.003312622),
        "informal_share": (0.2910633, 0.004366648),
        "unemployment_rate_men": (0.2595263, 0.004889241),
        "unemployment_rate_women": (0.2980222, 0.005397348),
    },
    "2016Q4": {
        "employed": (16_068_612, 177_422),
        "unemployed": (5_780_796, 111_618),
        "unemployment_rate": (0.2645745, 0.004057428),
    },
}
FILES = {
    "2017Q1": ("qlfs_2017_q1.zip", "QLFS-2017-01_F1.dta"),
    "2016Q4": ("qlfs_2016_q4.zip", "QLFS_2016_04_F1.dta"),
}


def south_africa(folder: Path, quarter: str, unzipped: Path) -> pd.DataFrame:
    """All persons of the quarter, concepts true within age 15-64 only: the whole design stays."""
    archive, name = FILES[quarter]
    with zipfile.ZipFile(folder / "south_africa_qlfs" / archive) as opened:
        opened.extract(name, unzipped)
    raw, _ = pyreadstat.read_dta(unzipped / name, encoding="latin1")
    raw.columns = [column.lower() for column in raw]
    aged = raw["q14age"].between(15, 64)
    return pd.DataFrame(
        {
            "round": quarter,
            "office": "stats_sa",
            "stratum": raw["stratum"].astype("int64"),
            "psu": raw["uqno"].astype(str).str[:8],
            "weight": raw["weight"],
            "sex": raw["q13gender"].map({1: "male", 2: "female"}),
            "working_age": aged,
            "employed": aged & raw["status"].eq(1),
            "unemployed": aged & raw["status"].eq(2),
            "labour_force": aged & raw["status"].isin([1, 2]),
            "informal": aged & raw["status"].eq(1) & raw["infempl"].eq(2),
        }
    )


@pytest.mark.parametrize("quarter", SOUTH_AFRICA)
def test_south_africa(reference_data: Path, quarter: str, tmp_path: Path) -> None:
    people = south_africa(reference_data, quarter, tmp_path)
    by_sex = rate(people, "unemployed", "labour_force", ["sex"]).set_index("sex")
    found = {
        "employed": total(people, "employed").iloc[0],
        "unemployed": total(people, "unemployed").iloc[0],
        "unemployment_rate": rate(people, "unemployed", "labour_force").iloc[0],
        "participation_rate": rate(people, "labour_force", "working_age").iloc[0],
        "employment_to_population_ratio": rate(people, "employed", "working_age").iloc[0],
        "informal_share": rate(people, "informal", "employed").iloc[0],
        "unemployment_rate_men": by_sex.loc["male"],
        "unemployment_rate_women": by_sex.loc["female"],
    }
    for name, (value, se) in SOUTH_AFRICA[quarter].items():
        digits = 0 if value > 1 else 7
        assert round(found[name]["value"], digits) == value, name
        assert float(f"{found[name]['se']:.{6 if value > 1 else 7}g}") == se, name


def test_united_kingdom_has_neither_strata_nor_psus(reference_data: Path) -> None:
    """Weights alone, 487 of them zero: those persons are counted nowhere."""
    raw = pd.read_csv(reference_data / "uk_qlfs_teaching/dataset.txt")
    people = pd.DataFrame(
        {"weight": raw["PWT14"], "unemployed": raw["ILODEFR"].eq(2), "labour_force": raw["ILODEFR"].isin([1, 2])}
    )
    found = rate(people, "unemployed", "labour_force").iloc[0]
    assert round(found["value"], 4) == 0.0554
    assert found["n"] == (people["labour_force"] & (people["weight"] > 0)).sum()
    assert found["df"] == found["n"] - 1


def test_paraguay_has_psus_and_no_strata(reference_data: Path) -> None:
    raw, _ = pyreadstat.read_sav(reference_data / "paraguay_ephc/Paraguay_T22019.SAV", encoding="windows-1252")
    aged = raw["P02"] >= 15
    people = pd.DataFrame(
        {
            "psu": raw["UPM"].astype("int64"),
            "weight": raw["FEX"],
            "unemployed": aged & raw["PEAA"].eq(2),
            "labour_force": aged & raw["PEAA"].isin([1, 2]),
        }
    )
    found = total(people, "unemployed", where="labour_force").iloc[0]
    assert round(found["value"]) == 264_683
    assert found["df"] == people.loc[people["labour_force"], "psu"].nunique() - 1
