"""A third office joins Iraq's survey by the recipe of CONTRIBUTING.md: a file in data/raw, the rest in config/ only."""

import csv
import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lfs.metadata import load_survey, read_source

ROOT = Path(__file__).parents[2]
ROUND = "2022H2"
FILE = "data/raw/2022H2/halabja.csv"
CROSSWALK = """
office: halabja
file: {format: csv, encoding: windows-1256, delimiter: ";"}
tolerate: [zero_weight]
design:
  stratum: {column: AREA}
  psu: {column: CLUSTER}
  household: {column: HH}
  line: {column: NR}
  weight: {column: WT, scale: 0.01}
  probability_psu: {unavailable: the office does not deliver it}
  probability_household: {unavailable: the office does not deliver it}
variables:
  governorate: {value: halabja}
  urban_rural: {column: AREA, codes: {U: urban, R: rural}}
  in_camp: {value: "no"}
  relationship: {column: REL, codes: {1: reference_person, 2: spouse, 3: child, 9: other_relative}}
  sex: {column: SEX, codes: {m: male, f: female}}
  age: {column: AGE}
  worked_for_pay: {column: W1, codes: {1: yes, 5: no}}
  worked_own_business: {column: W2, codes: {1: yes, 5: no}}
  helped_family_business: {value: "no"}
  has_absent_job: {column: W3, codes: {1: yes, 5: no}, not_stated: [8]}
  absence_reason: {column: W4, codes: {1: vacation, 2: sickness, 3: waiting_to_start}}
  absence_off_season_work: {value: not_stated}
  absence_returns_soon: {value: not_stated}
  absence_paid: {value: not_stated}
  farm_work: {value: other}
  farm_any: {value: none}
  farm_output_use: {value: not_stated}
  farm_output_past_use: {value: not_stated}
  farm_hired_for_pay: {value: not_stated}
  sought_job: {column: S1, codes: {1: yes, 5: no}}
  sought_business: {value: "no"}
  search_method: {value: applied_to_employers}
  searched_actively: {value: not_stated}
  wants_work: {column: S2, codes: {1: yes, 5: no}}
  reason_not_seeking: {value: family}
  start_within: {value: not_stated}
  could_have_started: {value: not_stated}
  available_last_week: {column: S3, codes: {1: yes, 5: no}}
  available_in_two_weeks: {value: not_stated}
"""

POPULATION = {"urban": 34_000, "rural": 16_000}
WORDS = """
offices:
  halabja: {name: Statistics of Halabja}
variables:
  governorate: {categories: {halabja: Halabja}}
"""


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory, verb: Callable[..., None]) -> Path:
    """Iraq's survey, small, with the third office's file placed but not yet declared."""
    folder = tmp_path_factory.mktemp("iraq")
    shutil.copytree(ROOT / "config", folder / "config")
    settings = folder / "config/config.yaml"
    settings.write_text(settings.read_text("utf-8").replace("households: 16400", "households: 400"), "utf-8")
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(delivered(), encoding="windows-1256")
    for row in (row for row in load_survey(folder).rounds if row.round == ROUND):
        verb(folder, "synthesise", row.round, row.file)
    return folder


def people_of_halabja() -> list[dict[str, object]]:
    """Invented, the same each time: 16 clusters of 6 households of 4; answers only where the form would ask."""
    chance = random.Random(20240101)
    people = []
    for cluster in range(1, 17):
        for household in range(1, 7):
            weight = chance.randint(9000, 16000)
            for line in range(1, 5):
                person = {"AREA": "U" if cluster <= 10 else "R", "CLUSTER": f"H{cluster:03d}", "HH": household}
                person |= {"NR": line, "WT": weight, "REL": min(line, 3)}
                person |= {
                    "SEX": chance.choice("mf"),
                    "AGE": chance.randint(25, 60) if line < 3 else chance.randint(0, 24),
                }
                people.append(person | (answers(chance) if person["AGE"] >= 15 else {}))
    return people


def answers(chance: random.Random) -> dict[str, int]:
    if chance.random() < 0.4:
        return {"W1": 1}
    if chance.random() < 0.15:
        return {"W1": 5, "W2": 1}
    if chance.random() < 0.05:
        return {"W1": 5, "W2": 5, "W3": 1, "W4": 1}
    given = {"W1": 5, "W2": 5, "W3": 5, "S1": 1 if chance.random() < 0.3 else 5}
    if given["S1"] == 5:
        given["S2"] = 1 if chance.random() < 0.2 else 5
    if 1 in (given["S1"], given.get("S2")):
        given["S3"] = 1 if chance.random() < 0.8 else 5
    return given


def delivered() -> str:
    names = ["AREA", "CLUSTER", "HH", "NR", "WT", "REL", "SEX", "AGE", "W1", "W2", "W3", "W4", "S1", "S2", "S3"]
    text = io.StringIO()
    rows = csv.DictWriter(text, names, delimiter=";")
    rows.writeheader()
    rows.writerows(people_of_halabja())
    return text.getvalue()


def declare(folder: Path) -> None:
    """Steps 2 and 3 of the recipe, and the codes of an area that no other office has."""
    office = folder / "config/offices/halabja.yaml"
    office.write_text(CROSSWALK, encoding="utf-8")
    answered = read_source(office).content["variables"]
    with office.open("a", encoding="utf-8") as lines:
        for name, variable in load_survey(folder).variables.items():
            if variable.kind == "asked" and name not in answered:
                lines.write(f"  {name}: {{unavailable: the form does not ask}}\n")
    with (folder / "config/rounds.csv").open("a", encoding="utf-8") as lines:
        lines.write(f"{ROUND},halabja,2022-07-01,2022-12-31,{FILE},,false\n")
    variables = folder / "config/variables.yaml"
    text = variables.read_text("utf-8")
    assert text.count("sulaymaniyah]") == 2
    variables.write_text(text.replace("sulaymaniyah]", "sulaymaniyah, halabja]"), encoding="utf-8")
    (folder / "config/labels/en/halabja.yaml").write_text(WORDS, encoding="utf-8")
    # Nobody lives in its area in 2021, when it had no survey; from 2022 on it has totals of its own.
    office.write_text(f"first_round: {ROUND}\n" + office.read_text("utf-8"), encoding="utf-8")
    totals = folder / f"config/controls/{ROUND}.csv"
    with totals.open("a", encoding="utf-8") as lines:
        for settlement, total in POPULATION.items():
            lines.write(
                f"governorate and settlement,governorate x urban_rural,halabja x {settlement},{total},persons\n"
            )


def test_describe_drafts_every_column(survey: Path, verb: Callable, capsys: pytest.CaptureFixture):
    verb(survey, "describe", FILE)
    draft = capsys.readouterr().out
    assert 'delimiter: ";"' in draft
    assert all(f"column: {column}\n" in draft for column in ("REL", "SEX", "AGE", "W1", "S3"))


def test_third_office_joins_by_config_alone(survey: Path, verb: Callable[..., None], run: Callable):
    declare(survey)
    line = run(survey, ROUND)

    people = line.table(f"people/{ROUND}")
    assert set(people["office"]) == {"cso", "krso", "halabja"}
    assert people["person"].is_unique
    final = people.set_index("person")["weight"]
    expected = [
        (
            final[f"halabja:{person['CLUSTER']}:{person['HH']}:{person['NR']}"],
            "W1" in person and 1 in (person["W1"], person.get("W2"), person.get("W3")),
            person,
        )
        for person in people_of_halabja()
    ]
    assert sum(weight for weight, _, _ in expected) == pytest.approx(sum(POPULATION.values()))
    employed = sum(weight for weight, works, _ in expected if works)
    unemployed = sum(weight for weight, _, person in expected if (person.get("S1"), person.get("S3")) == (1, 1))
    there = {"standard": "icls19", "governorate": "halabja"}
    assert line.estimate(ROUND, "employed", **there)["value"] == pytest.approx(employed)
    assert line.estimate(ROUND, "unemployed", **there)["value"] == pytest.approx(unemployed)
    rate = line.estimate(ROUND, "unemployment_rate", **there)
    assert rate["value"] == pytest.approx(unemployed / (employed + unemployed))
    assert rate["df"] == 14  # 16 PSUs, 2 strata
    region = people[people["region"] == "kri"]
    whole = line.estimate(ROUND, "employed", standard="icls19", region="kri")["value"]
    assert whole == pytest.approx(region.loc[region["employed"].fillna(False), "weight"].sum())

    page = (survey / "reports/en/report.html").read_text(encoding="utf-8")
    assert "Halabja" in page
    assert "Statistics of Halabja" in page
    assert "Invented data" in page
