"""The step of the workflow: what a survey declares of weighting, for a round as its offices delivered it."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.calibrated import calibration_of
from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.delivered import controls_of_round
from lfs.metadata.weighting import CalibrationRule, Weighting
from lfs.weight import weight_round

ROOT = Path(__file__).parents[2]
ROUND = "2021H2"
HEADER = "margin,variables,categories,total\n"
REGIONS = "region,region,federal,2000\nregion,region,kri,1000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path


def survey_of(
    folder: Path, rule: Weighting | None, totals: str = HEADER + REGIONS, offices: str = "cso krso"
) -> Survey:
    """Iraq's survey with these weighting rules, totals and delivering offices."""
    (folder / f"config/controls/{ROUND}.csv").write_text(totals, encoding="utf-8")
    rounds = (folder / "config/rounds.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rounds if not row.startswith(ROUND) or row.split(",")[1] in offices.split()]
    (folder / "config/rounds.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    survey = load_survey(folder)
    return replace(survey, config=survey.config.model_copy(update={"weighting": rule}))


@pytest.fixture
def people() -> pd.DataFrame:
    """Twenty households of two persons in two regions and offices."""
    household = np.repeat(np.arange(20), 2)
    federal = household < 12
    return pd.DataFrame(
        {
            "round": ROUND,
            "office": np.where(federal, "cso", "krso"),
            "stratum": np.where(federal, "cso:1", "krso:1"),
            "psu": [f"u{number // 2}" for number in household],
            "household": [f"h{number:02d}" for number in household],
            "person": [f"p{number:02d}" for number in range(40)],
            "weight": np.linspace(40, 60, 20)[household],
            "region": np.where(federal, "federal", "kri"),
            "sex": np.tile(["male", "female"], 20),
        }
    )


NOBODY = pd.DataFrame()
RAKING = Weighting(base="delivered", calibration=CalibrationRule(method="raking"))


def quality_of(quality: pd.DataFrame, topic: str, by: str = "category") -> dict[str, float]:
    rows = quality[quality["topic"] == topic]
    return dict(zip(rows[by], rows["value"], strict=True))


def test_without_a_declaration_the_delivered_weights_stay_and_it_is_said(folder, people):
    survey = survey_of(folder, None)
    made = weight_round(people, NOBODY, survey)
    pd.testing.assert_frame_equal(made.people, people)
    assert made.calibration.empty
    assert made.replicates is None
    assert calibration_of(made.people, made.calibration, survey) is None
    quality = made.quality
    base = quality[quality["topic"] == "base_weight"]
    assert set(base["detail"]) == {"delivered"}
    assert base["value"].sum() == pytest.approx(people["weight"].sum())
    assert set(quality[quality["topic"] == "weight_story"]["variable"]) == {"base"}


def test_persons_of_a_household_may_differ_where_nothing_is_declared(folder, people):
    people["weight"] += np.tile([0.0, 1.0], 20)
    weighted = weight_round(people, NOBODY, survey_of(folder, None)).people
    assert (weighted["weight"] == people["weight"]).all()
    with pytest.raises(SurveyError, match="persons of 12 households carry different weights where a household carries"):
        weight_round(people, NOBODY, survey_of(folder, RAKING))


def test_calibrated_weights_meet_the_totals_of_the_file(folder, people):
    survey = survey_of(folder, RAKING)
    made = weight_round(people, NOBODY, survey)
    assert made.people.groupby("region")["weight"].sum().to_dict() == pytest.approx({"federal": 2000, "kri": 1000})
    assert quality_of(made.quality, "control_total") == {"federal": 2000, "kri": 1000}
    found = calibration_of(made.people, made.calibration, survey)
    assert found.weight_of_persons == pytest.approx(made.people["weight"].to_numpy())
    assert found.controls == ("region: federal", "region: kri")


def test_the_order_of_rows_means_nothing(folder, people):
    survey = survey_of(folder, RAKING)
    shuffled = people.sample(frac=1, random_state=3)
    made, again = weight_round(people, NOBODY, survey), weight_round(shuffled, NOBODY, survey)
    pd.testing.assert_frame_equal(again.people.sort_index(), made.people)
    pd.testing.assert_frame_equal(again.calibration, made.calibration)
    pd.testing.assert_frame_equal(again.quality, made.quality)


def test_a_round_without_its_totals_says_which_file_to_write(folder, people):
    survey = survey_of(folder, RAKING)
    (folder / f"config/controls/{ROUND}.csv").unlink()
    with pytest.raises(SurveyError, match=r"config/controls/2021H2.csv does not exist; it lists margin, variables"):
        weight_round(people, NOBODY, survey)


def test_totals_of_an_office_that_did_not_deliver_are_left_out_and_told(folder, people):
    survey = survey_of(folder, RAKING, offices="cso")
    federal = people[people["office"] == "cso"]
    made = weight_round(federal, NOBODY, survey)
    assert made.people["weight"].sum() == pytest.approx(2000)
    assert quality_of(made.quality, "control_left_out", by="variable") == {"region": 1}


def test_governorates_are_known_by_the_office_that_can_give_them(folder):
    totals = {"erbil": 5, "duhok": 6, "sulaymaniyah": 7, "baghdad": 8}
    rows = "".join(f"place,governorate,{name},{total}\n" for name, total in totals.items())
    survey = survey_of(folder, RAKING, HEADER + rows, offices="krso")
    found = controls_of_round(survey, ROUND)
    assert found.left_out == ("place: baghdad",)
    assert set(found.controls.margins[0].totals) == {("erbil",), ("duhok",), ("sulaymaniyah",)}
    (folder / f"config/controls/{ROUND}.csv").write_text(HEADER + rows.replace("erbil", "basrah"), encoding="utf-8")
    with pytest.raises(SurveyError, match="margin 'place' lacks erbil; add the totals"):
        controls_of_round(survey, ROUND)


def test_national_totals_are_refused_where_an_office_is_missing(folder, people):
    """Met by the others alone, they would make the people of one region stand for the whole country."""
    totals = HEADER + "sex,sex,male,1500\nsex,sex,female,1500\n"
    survey = survey_of(folder, RAKING, totals, offices="cso")
    with pytest.raises(SurveyError) as error:
        weight_round(people[people["office"] == "cso"], NOBODY, survey)
    (problem,) = error.value.problems
    assert "margin 'sex': female, male count people of krso too, which has not delivered round 2021H2" in problem
    assert "`first_round:` in config/offices/krso.yaml" in problem


@pytest.mark.parametrize("due", ["first_round: 2022H2", "last_round: 2012"])
def test_an_office_is_due_from_its_first_round_to_its_last(folder, people, due):
    """Before and after, its people were no part of the totals, or nobody was missing."""
    totals = HEADER + "sex,sex,male,1000\nsex,sex,female,1000\n"
    office = folder / "config/offices/krso.yaml"
    text = office.read_text(encoding="utf-8")
    assert "first_round: 2021H2\n" in text
    office.write_text(text.replace("first_round: 2021H2", due), encoding="utf-8")
    survey = survey_of(folder, RAKING, totals, offices="cso")
    federal = people[people["office"] == "cso"]
    assert weight_round(federal, NOBODY, survey).people["weight"].sum() == pytest.approx(2000)


def test_the_last_round_of_an_office_is_one_of_rounds_and_not_before_its_first(folder):
    office = folder / "config/offices/krso.yaml"
    text = office.read_text(encoding="utf-8")
    for wrong, said in (("2013", "rounds.csv has no round '2013'"), ("2012", "last round stands before its first")):
        office.write_text(f"{text}last_round: {wrong}\n", encoding="utf-8")
        with pytest.raises(SurveyError, match=said):
            _ = load_survey(folder).offices


def test_an_excepted_round_keeps_its_delivered_weights_and_says_so(folder, people):
    """Neither selected households nor population totals are asked for, though the other rounds are calibrated."""
    given = {"base": "delivered", "calibration": CalibrationRule(method="raking"), "except": {"2012": "delivered"}}
    survey = survey_of(folder, Weighting.model_validate(given))
    made = weight_round(people.assign(round="2012"), NOBODY, survey)
    assert made.people["weight"].tolist() == people["weight"].tolist()
    assert made.calibration.empty
    assert set(made.quality.loc[made.quality["topic"] == "base_weight", "detail"]) == {"delivered"}
    assert set(made.quality.loc[made.quality["topic"] == "weight_story", "variable"]) == {"base"}
    assert weight_round(people, NOBODY, survey).people["weight"].sum() == pytest.approx(3000)


def test_all_weights_the_same_are_refused_unless_the_design_is_declared_so(folder, people):
    people["weight"] = 1.0
    with pytest.raises(SurveyError, match="all 24 rows have the same weight, as if none had been given"):
        weight_round(people, NOBODY, survey_of(folder, None))
    rule = Weighting(base="delivered", tolerate=("constant_weight",))
    assert weight_round(people, NOBODY, survey_of(folder, rule)).people["weight"].eq(1).all()
