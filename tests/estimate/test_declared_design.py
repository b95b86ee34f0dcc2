"""`design:` and `lonely_psu:` of config.yaml: what they make of a round's strata and PSUs, and what they refuse."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from lfs.design import Design, collapse, declared_design, open_certainty_psus, survey_design, with_stages
from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.config import Config
from lfs.metadata.sampling import DesignRule

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def survey() -> Survey:
    return load_survey(ROOT)


@pytest.fixture
def config(survey: Survey) -> Callable[..., Config]:
    def declared(lonely_psu: str = "fail", **design: object) -> Config:
        return survey.config.model_copy(update={"lonely_psu": lonely_psu, "design": DesignRule(**design)})

    return declared


@pytest.fixture
def people() -> pd.DataFrame:
    """Four strata of three, three, one and two PSUs, each of two households of two persons."""
    psu = np.repeat(np.arange(9), 4)
    stratum = np.array(["a", "a", "a", "b", "b", "b", "c", "d", "d"])[psu]
    return pd.DataFrame(
        {
            "round": "2021H2",
            "office": "cso",
            "stratum": stratum,
            "psu": [f"u{number}" for number in psu],
            "household": [f"h{number:02d}" for number in np.arange(36) // 2],
            "person": [f"p{number:02d}" for number in range(36)],
            "weight": np.arange(1.0, 37.0),
            "sure": np.where(psu == 0, "yes", "no"),
            "psus_in_frame": pd.Series(stratum).map({"a": 30, "b": 12, "c": 1, "d": 4}),
            "households_in_psu": 10,
        }
    )


def notes(design: Design) -> dict[str, tuple[float, str]]:
    return {note.topic: (note.value, note.detail) for note in design.notes}


def same(one: Design, other: Design) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("psu", "stratum", "weight"))


def test_without_a_declaration_it_is_what_the_columns_say(people, config):
    assert same(declared_design(people, config()), survey_design(people))


def test_psus_sure_to_be_drawn_are_strata_and_are_counted(people, config):
    made = declared_design(people, config(certainty="sure"))
    opened = open_certainty_psus(people.assign(sure=people["sure"] == "yes"), "sure")
    assert same(made, survey_design(opened))
    assert notes(made) == {"certainty_psu": (1, "")}


def test_a_mark_that_is_neither_yes_nor_no_is_refused(people, config):
    people.loc[[0, 1], "sure"] = "not_stated"
    with pytest.raises(SurveyError, match="round 2021H2, variable 'sure': 2 rows say neither yes nor no"):
        declared_design(people, config(certainty="sure"))


def test_sampling_fractions_of_two_stages_are_declared_by_their_columns(people, config):
    made = declared_design(people, config(fractions=["psus_in_frame", "households_in_psu"], units=["household"]))
    by_hand = with_stages(survey_design(people), people, ["psus_in_frame", "households_in_psu"], ["household"])
    for one, other in zip(made.stages, by_hand.stages, strict=True):
        assert np.array_equal(one.fraction, other.fraction)
        assert np.array_equal(one.unit, other.unit)
    assert made.stages[0].fraction.tolist() == [3 / 30, 3 / 12, 1, 2 / 4]
    assert set(made.stages[1].fraction) == {2 / 10}
    assert notes(made) == {"sampling_fractions": (2, "psu+household")}


@pytest.mark.parametrize("key", ["certainty", "fractions"])
def test_a_column_that_the_round_lacks_is_named(people, config, key):
    rule = config(certainty="gone") if key == "certainty" else config(fractions=["gone"])
    with pytest.raises(SurveyError, match="round 2021H2: design: names gone, which no office of the round gives"):
        declared_design(people, rule)


def test_a_stratum_of_one_psu_is_joined_to_its_neighbour_and_the_others_stay(people, config):
    made = declared_design(people, config("collapse", neighbours={"c": "d", "a": "b"}))
    assert same(made, collapse(survey_design(people), {"c": "d"}))
    assert notes(made) == {"collapsed_stratum": (1, "")}
    assert made.psus_in_stratum.tolist() == [3, 3, 3]


def test_a_stratum_of_one_psu_without_a_neighbour_is_named(people, config):
    with pytest.raises(SurveyError, match="stratum c holds one PSU and lonely_psu is collapse; name its neighbour"):
        declared_design(people, config("collapse", neighbours={"a": "b"}))
    with pytest.raises(SurveyError, match="stratum c is to be joined to e, which is not in this round"):
        declared_design(people, config("collapse", neighbours={"c": "e"}))


def test_neighbours_of_one_psu_each_can_be_joined_to_each_other(people, config):
    people = people[people["psu"] != "u8"]
    made = declared_design(people, config("collapse", neighbours={"c": "d", "d": "c"}))
    assert sorted(made.psus_in_stratum) == [2, 3, 3]


def test_declarations_that_contradict_themselves_are_refused():
    with pytest.raises(ValidationError, match="one more than units has"):
        DesignRule(fractions=["psus_in_frame"], units=["household"])
    with pytest.raises(ValidationError, match="say the same twice"):
        DesignRule(certainty="sure", fractions=["psus_in_frame"])
    with pytest.raises(ValidationError, match="stratum 'a' cannot be its own neighbour"):
        DesignRule(neighbours={"a": "a"})


def test_an_unknown_column_is_named_with_the_nearest(tmp_path):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    path = tmp_path / "config/config.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "design: {certainty: in_campp}\n", encoding="utf-8")
    with pytest.raises(SurveyError, match="no variable is called 'in_campp'; did you mean 'in_camp'"):
        load_survey(tmp_path)
