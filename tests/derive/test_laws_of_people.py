"""What holds for any answers at all of young people, children, displaced people and households, however mixed up."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.derive import lineage, make_people
from lfs.metadata import load_survey

VARIABLES = load_survey(Path(__file__).parents[2]).variables
SETTINGS = {"working_age": 15, "hours_threshold": 40}
PERSONS = 160
MODULES = ["children", "disability", "displacement", "households", "injury", "migration", "own_use", "youth"]
OURS = sorted(
    name
    for name, concept in lineage.concepts().items()
    if concept.function.__module__.rpartition(".")[2] in [*MODULES, "module_universes"]
)
OF_HOUSEHOLDS = ["household_size", "household_displacement", "in_workless_household"]
any_seed = pytest.mark.parametrize("seed", range(6))


def any_answers(seed: int) -> pd.DataFrame:
    """Answers to any question, concerned by it or not, of persons in households of one to eight, children half."""
    draw = np.random.default_rng(seed)
    household = np.sort(draw.integers(0, PERSONS // 3, PERSONS))
    columns: dict[str, object] = {
        "round": "2021H2",
        "office": "cso",
        "household": pd.Series(household.astype(str), dtype="str"),
        "line": pd.Series(household).groupby(household).cumcount() + 1,
    }
    for name, variable in VARIABLES.items():
        if variable.kind != "asked":
            continue
        empty = draw.random(PERSONS) < draw.choice([0, 0.1, 0.5])
        for column in lineage.columns_of(name, variable):
            if variable.type in ("integer", "number"):
                values = pd.Series(draw.integers(0, 60 if name != "age" else 35, PERSONS).astype(float))
            elif variable.type == "text":
                values = pd.Series(draw.choice(["0111", "4711", "7212", "9700", "4100"], PERSONS))
            else:
                values = pd.Series(draw.choice([*variable.codes(), "not_stated"], PERSONS))
            columns[column] = values.mask(empty)
    return pd.DataFrame(columns).assign(person=[str(number) for number in range(PERSONS)])


@cache
def any_people(seed: int) -> pd.DataFrame:
    people, _ = make_people(any_answers(seed), VARIABLES, SETTINGS)
    return people


def yes(column: pd.Series) -> pd.Series:
    return column.fillna(False).astype(bool)


@any_seed
def test_each_household_has_one_head_and_one_of_what_is_said_of_households(seed):
    people = any_people(seed)
    of = people.groupby("household")
    assert (of["household_head"].sum() == 1).all()
    for name in OF_HOUSEHOLDS:
        assert people[name].equals(of[name].transform("first")), name
    assert (of["person"].size() == of["household_size"].first()).all()
    for name in ("workless_household", "informal_main_earner"):
        if name in people:
            assert yes(people["household_head"])[people[name].notna()].all(), name
    workless = people["workless_household"].dropna()
    assert (workless == people.loc[workless.index, "in_workless_household"]).all()
    assert not (yes(people["earner_household_head"]) & yes(people["in_workless_household"])).any()


@any_seed
def test_neet_by_the_sdg_is_within_neet_by_attendance(seed):
    people = any_people(seed)
    for ages in ("15_24", "15_29"):
        neet, sdg, youth = (people[f"{name}_{ages}"] for name in ("neet", "neet_or_training", "youth"))
        assert not (yes(sdg) & ~yes(neet)).any()
        assert neet.notna().equals(yes(youth))
        assert not (yes(neet) & (yes(people["employed"]) | yes(people["in_school"]))).any()
        assert not (yes(sdg) & yes(people["in_education_or_training"])).any()


@any_seed
def test_hazardous_work_is_child_labour_and_child_labour_is_employment(seed):
    people = any_people(seed)
    names = ["hazardous_child_work", "child_labour", "child_labour_or_chores"]
    hazardous, labour, chores = (people[name] for name in names)
    assert not (yes(hazardous) & ~yes(labour)).any()
    assert not (yes(labour) & ~yes(people["child_in_employment"])).any()
    assert not (yes(labour) & ~yes(chores)).any()
    old = people["age"].between(15, 17)
    assert (yes(labour) == yes(hazardous))[old].all()


@any_seed
def test_displacement_of_persons_details_and_households_agree(seed):
    people = any_people(seed)
    status, detail = people["displacement"], people["displacement_detail"]
    assert (status.where(status != "returnee") == detail.where(status != "returnee"))[status != "returnee"].all()
    assert detail[status == "returnee"].isin(["returnee", "returnee_in_hardship", "not_stated"]).all()
    displaced = status.isin(["refugee", "idp_in_camp", "idp_out_of_camp", "returnee"])
    assert not (yes(people["displacement_related"]) & displaced).any()
    of_household = people["household_displacement"]
    assert not (displaced & of_household.isin(["not_displaced", "not_stated"])).any()


@any_seed
def test_the_order_of_persons_changes_nothing(seed):
    shuffled, _ = make_people(any_answers(seed).sample(frac=1, random_state=seed), VARIABLES, SETTINGS)
    pd.testing.assert_frame_equal(shuffled.sort_index(), any_people(seed))


@any_seed
def test_concepts_hold_a_value_for_everybody_of_their_universe_and_for_nobody_else(seed):
    people = any_people(seed)
    for name in OURS:
        variable = VARIABLES[name]
        if name not in people or variable.kind != "derived" or variable.type not in ("boolean", "category"):
            continue
        inside = yes(people[variable.universe]) if variable.universe else pd.Series(True, index=people.index)
        assert people[name].notna().equals(inside), name
        if variable.type == "category":
            assert set(people[name].dropna()) <= {*variable.codes(), "not_stated"}, name


def test_everything_is_made_where_all_questions_are_asked():
    """No universe, grouping or concept of these modules lacks anything, and none goes round in a circle."""
    questions = any_answers(1).columns
    missing = lineage.unavailable(VARIABLES, questions)
    assert {name: missing[name] for name in OURS if name in missing} == {}
    people = any_people(1)
    assert set(OURS) <= set(people)
    declared = {name for name, variable in VARIABLES.items() if variable.kind == "universe"}
    assert declared <= set(people)


def test_every_concept_of_these_modules_says_what_becomes_of_no_answer():
    lacking = [name for name in OURS if VARIABLES[name].kind == "derived" and VARIABLES[name].unanswered is None]
    assert lacking == []
