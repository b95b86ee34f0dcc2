"""What the offices would send, read by config/offices as any delivery is, gives the invented people back.

The codebooks and the office files are written separately; here each is the proof of the other.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lfs.harmonise import harmonise
from lfs.metadata import Survey, load_survey
from lfs.synthesise.dialects import cso, krso

ROUNDS = ("2021H2", "2022H2")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=ROUNDS)
def trip(
    request: pytest.FixtureRequest, every_answer: Callable, selected: Callable, tmp_path_factory: pytest.TempPathFactory
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The invented people of both offices, the answers read from their files, and the quality table."""
    folder = tmp_path_factory.mktemp("survey")
    shutil.copytree(ROOT / "config", folder / "config")
    survey = load_survey(folder)
    people = []
    for row in survey.rounds:
        if row.round == request.param:
            persons = every_answer(row.office, row.round)
            path = folder / row.file
            path.parent.mkdir(parents=True, exist_ok=True)
            {"cso": cso, "krso": krso}[row.office].write(persons, selected(persons), path)
            people.append(persons.sort_values(["stratum", "psu", "household_number", "line"], kind="stable"))
    answers, _, quality = harmonise(survey, request.param)
    return pd.concat(people, ignore_index=True), answers, quality


def words(values: pd.Series) -> list:
    return values.astype(object).where(values.notna(), None).tolist()


def test_every_answer_comes_back(trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], survey: Survey) -> None:
    people, answers, _ = trip
    assert len(answers) == len(people)
    for name, variable in survey.variables.items():
        if variable.kind != "asked":
            continue
        for column in [f"{name}_{option}" for option in variable.options] or [name]:
            if variable.type in ("integer", "number"):
                delivered = people[column].astype(float).where(people[column] != -1)
                pd.testing.assert_series_equal(
                    answers[column].astype(float), delivered, check_names=False, rtol=0, atol=1e-9
                )
            else:
                assert words(answers[column]) == words(people[column]), column


def test_every_category_was_among_them(trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], survey: Survey) -> None:
    people, _, _ = trip
    for office, part in people.groupby("office"):
        for name, variable in survey.variables.items():
            if variable.kind == "asked" and variable.type in ("category", "yes_no") and name != "governorate":
                categories = set(variable.categories or ("yes", "no"))
                answered = set(part[name].dropna().astype(str)) - {"not_stated"}
                assert answered == categories, f"{office} {name}"
    assert set(people["governorate"]) == set(survey.variables["governorate"].categories)


def test_weights_and_probabilities_come_back_exactly(
    trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    people, answers, _ = trip
    for column in ("weight", "probability_psu", "probability_household"):
        assert answers[column].tolist() == people[column].tolist()


def test_strata_psus_and_households_are_told_apart_as_before(
    trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    people, answers, _ = trip
    people = people.assign(household=people["psu"] + " " + people["household_number"].astype(str))
    for key in ("stratum", "psu", "household"):
        pairs = set(zip(people[key], answers[key], strict=True))
        assert len(pairs) == people[key].nunique() == answers[key].nunique(), key
    assert answers["line"].tolist() == people["line"].tolist()
    assert answers["person"].is_unique


def test_households_without_an_interview_are_counted_not_kept(
    trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    _, _, quality = trip
    dropped = quality[quality["topic"] == "rows_dropped"]
    assert set(zip(dropped["office"], dropped["category"], dropped["value"], strict=True)) == {
        (office, result, 1.0) for office in ("cso", "krso") for result in ("refused", "absent")
    }


def test_nothing_is_unavailable(trip: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    _, _, quality = trip
    assert "unavailable" not in set(quality["topic"])


def test_a_psu_keeps_its_name_from_round_to_round(people: Callable, selected: Callable, tmp_path: Path) -> None:
    """The rounds overlap by half: the same PSU must be the same key in both."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    survey = load_survey(tmp_path)
    for row in (each for each in survey.rounds if each.office in ("cso", "krso")):
        persons = people(row.office, row.round, 12, age=[30] * 12)
        (tmp_path / row.file).parent.mkdir(parents=True, exist_ok=True)
        {"cso": cso, "krso": krso}[row.office].write(persons, selected(persons), tmp_path / row.file)
    first, second = (harmonise(survey, round_)[0] for round_ in ROUNDS)
    assert first["psu"].tolist() == second["psu"].tolist()
    assert first["stratum"].tolist() == second["stratum"].tolist()
