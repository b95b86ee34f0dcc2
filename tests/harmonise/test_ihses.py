"""The two forms of the household socio-economic survey come to the ILO's own rule for them.

The rule (iloMicro, IRQ_HSES 2007 and 2012): employed is who worked more than 0 hours, or 0 hours and was temporarily
absent; unemployed is who sought work in the last week or month and is available, or worked 0 hours since a contract
begins soon; everybody else of working age is outside the labour force.
"""

import shutil
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from lfs.derive import derive
from lfs.harmonise import harmonise
from lfs.metadata import load_survey

ROOT = Path(__file__).parents[2]
NOTHING = None
EMPLOYED, UNEMPLOYED, OUTSIDE = "employed", "unemployed", "outside_labour_force"
# age, hours, reason for 0 hours (9 absent, 4 contract), sought (1 week, 2 month, 3 no), available: status by the rule
CASES = [
    (30, 40, NOTHING, NOTHING, NOTHING, EMPLOYED),
    (30, 1, NOTHING, NOTHING, NOTHING, EMPLOYED),
    (30, 0, 9, NOTHING, NOTHING, EMPLOYED),
    (30, 0, 9, 1, 1, EMPLOYED),
    (30, 0, 6, 1, 1, UNEMPLOYED),
    (30, 0, 6, 2, 1, UNEMPLOYED),
    (30, 0, 6, 1, 2, OUTSIDE),
    (30, 0, 6, 1, NOTHING, OUTSIDE),
    (30, 0, 2, 3, 1, OUTSIDE),
    (30, 0, 2, 3, 2, OUTSIDE),
    (30, 0, 4, 3, 2, UNEMPLOYED),
    (30, 0, 4, 3, NOTHING, UNEMPLOYED),
    (30, 0, 4, NOTHING, NOTHING, UNEMPLOYED),
    (30, 0, 4, 1, 1, UNEMPLOYED),
    (30, 0, 1, NOTHING, NOTHING, OUTSIDE),
    (30, NOTHING, NOTHING, 1, 1, UNEMPLOYED),
    (30, NOTHING, NOTHING, NOTHING, NOTHING, OUTSIDE),
    (15, 0, 6, 1, 1, UNEMPLOYED),
    (14, 40, NOTHING, NOTHING, NOTHING, NOTHING),
]
COLUMNS = {
    "2007": {
        "age": "q0103", "relationship": "q0104", "hours": "q0701", "reason": "q0702", "sought": "q0705",
        "available": "q0707", "attends": "q0402", "wage": "q1202a_1", "sector": "q1303_1",
    },
    "2012": {
        "age": "q0104", "relationship": "q0103", "hours": "q0801", "reason": "q0802", "sought": "q0805",
        "available": "q0808", "attends": "q0502", "wage": "q1302_1_1", "sector": "q1403_1",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ihses")
    shutil.copytree(ROOT / "config", folder / "config")
    return folder


def people(folder: Path, round: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The people made of the answers in `rows`; every other column of the file is empty."""
    survey = load_survey(folder)
    office = survey.offices["ihses"]
    entries = [*office.design.entries().values(), *office.variables.values()]
    needed = dict.fromkeys(name for entry in entries for name in entry.at(round, survey.round_names).needed())
    raw = pd.DataFrame(index=rows.index, columns=list(needed), dtype="float64")
    raw[["governorate", "qadha", "q0102", "weight"]] = [23, 2301, 1, 1000.0]
    raw["cluster"] = raw["household"] = raw["line"] = range(1, len(rows) + 1)
    raw[COLUMNS[round]["relationship"]] = 1
    if "q00_16" in raw:
        raw["q00_16"] = 1
    for name, values in rows.items():
        raw[str(name)] = values.astype("float64")
    file = next(Path(row.file) for row in survey.rounds if row.round == round)
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    pyreadstat.write_dta(raw, folder / file)
    answers, _, _ = harmonise(survey, round)
    return derive(answers, survey)[0]


@pytest.mark.parametrize("round", ["2007", "2012"])
def test_every_answer_comes_to_the_status_of_the_rule(folder, round):
    names = COLUMNS[round]
    rows = pd.DataFrame(CASES, columns=["age", "hours", "reason", "sought", "available", "status"])
    reason = rows["reason"].astype("float64").replace(9, 10 if round == "2012" else 9)
    given = {names[name]: rows[name] for name in ("age", "hours", "sought", "available")} | {names["reason"]: reason}
    made = people(folder, round, pd.DataFrame(given))
    assert made["labour_force_status"].where(made["labour_force_status"].notna(), None).tolist() == [*rows["status"]]


@pytest.mark.parametrize(("round", "attending"), [("2007", 2), ("2012", 3)])
def test_who_attends_school_has_another_code_in_each_round(folder, round, attending):
    rows = pd.DataFrame({COLUMNS[round]["age"]: [20.0] * 3, COLUMNS[round]["attends"]: [1.0, 2.0, 3.0]})
    made = people(folder, round, rows)
    assert made["attends_school"].tolist() == ["yes" if code == attending else "no" for code in (1, 2, 3)]


@pytest.mark.parametrize("round", ["2007", "2012"])
def test_government_and_public_enterprises_are_the_public_sector(folder, round):
    names = COLUMNS[round]
    rows = pd.DataFrame({names["age"]: [30.0] * 4, names["hours"]: [40.0] * 4, names["wage"]: [1.0, 1, 1, 2]})
    rows[names["sector"]] = [1.0, 2, 3, None]
    rows["q1202b2_1" if round == "2007" else "q1302_4_1"] = [2.0, 2, 2, 1]
    made = people(folder, round, rows)
    assert made["employment_relationship"].tolist() == ["employee", "employee", "employee", "own_business"]
    assert made["employer_type"].fillna("").tolist() == ["government", "government", "private_business", ""]
    assert made["institutional_sector"].tolist() == ["public", "public", "private", "private"]


def test_occupation_is_isco_08_in_2012_only_and_keeps_its_zeros(folder):
    rows = pd.DataFrame({"q0104": [30.0] * 3, "q0801": [40.0] * 3, "q1301_occ_1": [234101.0, 31001.0, None]})
    assert people(folder, "2012", rows)["occupation"].tolist() == ["2341", "0310", "not_stated"]
    rows = pd.DataFrame({"q0103": [30.0], "q0701": [40.0]})
    assert "occupation" not in people(folder, "2007", rows)


def test_hours_are_those_of_the_seven_days_in_each_job(folder):
    days = {f"q1204_0{day}_1": [6.0, None] for day in range(1, 7)} | {f"q1204_0{day}_2": [1.0, None] for day in (1, 2)}
    rows = pd.DataFrame({"q0103": [30.0] * 2, "q0701": [38.0, 38.0], **days})
    rows["q1202a_1"], rows["q1200_sn_2"] = [1.0, 1.0], [2.0, None]
    made = people(folder, "2007", rows)
    assert made["job_count"].tolist() == ["more", "one"]
    assert made["actual_hours_main"].fillna(-1).tolist() == [36, -1]
    assert made["actual_hours_other"].fillna(-1).tolist() == [2, -1]


@pytest.mark.parametrize("round", ["2007", "2012"])
def test_what_the_form_does_not_ask_is_not_there_and_is_never_no(folder, round):
    rows = pd.DataFrame({COLUMNS[round]["age"]: [30.0], COLUMNS[round]["hours"]: [40.0]})
    made = people(folder, round, rows)
    lacking = ["informal_employment", "displacement", "time_related_underemployed", "disability", "industry_section"]
    assert not set(lacking) & set(made)
    assert ("urban_rural" in made) == (round == "2012")
