"""What holds for any answers at all, however mixed up: the concepts partition, nest and do not depend on the order."""

from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lfs.derive import make_people
from lfs.derive.lineage import columns_of
from lfs.metadata import load_survey

VARIABLES = load_survey(Path(__file__).parents[2]).variables
SETTINGS = {"working_age": 15, "hours_threshold": 40}
PERSONS = 60


def any_answers(seed: int) -> pd.DataFrame:
    """Answers of persons who say anything, or nothing, to any question, whether it concerns them or not."""
    draw = np.random.default_rng(seed)
    columns: dict[str, object] = {"round": "2021H2", "office": draw.choice(["cso", "krso"], PERSONS)}
    for name, variable in VARIABLES.items():
        if variable.kind != "asked":
            continue
        empty = draw.random(PERSONS) < draw.choice([0, 0.1, 0.5])
        for column in columns_of(name, variable):
            if variable.type in ("integer", "number"):
                values = pd.Series(draw.integers(0, 90, PERSONS).astype(float))
            elif variable.type == "text":
                values = pd.Series(draw.choice(["0111", "4711", "6310", "9700"], PERSONS))
            else:
                values = pd.Series(draw.choice([*variable.codes(), "not_stated"], PERSONS))
            columns[column] = values.mask(empty)
    return pd.DataFrame(columns).assign(person=[str(number) for number in range(PERSONS)])


seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=25, deadline=None)


@few
@given(seed=seeds)
def test_everybody_of_working_age_has_exactly_one_status_and_nobody_else_has_one(seed):
    people, _ = make_people(any_answers(seed), VARIABLES, SETTINGS)
    inside = people["working_age"]
    three = people[["employed", "unemployed", "outside_labour_force"]]
    assert (three[inside].sum(axis=1) == 1).all()
    assert three[~inside].isna().all().all()
    assert people["labour_force_status"].notna().equals(inside.astype(bool))
    for status in three:
        assert (people["labour_force_status"] == status).equals(three[status].fillna(False).astype(bool))


@few
@given(seed=seeds)
def test_concepts_nest(seed):
    people, _ = make_people(any_answers(seed), VARIABLES, SETTINGS)
    employed = people["employed"].fillna(False).astype(bool)
    assert people["labour_force"].equals(people["employed"] | people["unemployed"])
    for name in ("employee", "informal_sector", "informal_employment", "status_in_employment", "unit_of_production"):
        assert people[name].notna().equals(employed), name
    assert (people["employee"].dropna() == (people["status_in_employment"][employed] == "employee")).all()
    assert (people["informal_sector"].dropna() == (people["unit_of_production"][employed] == "informal")).all()
    family = people["status_in_employment"] == "family_worker"
    assert people.loc[family, "informal_employment"].all()
    for name in ("sought_work", "available", "future_starter"):
        assert people[name].notna().equals(people["asked_search"].astype(bool)), name
    paid = people["worked_for_pay"] == "yes"
    assert people.loc[paid, "employed"].all(), "no wage worker is taken out of employment"


@few
@given(seed=seeds)
def test_every_question_is_settled_by_its_universe(seed):
    people, _ = make_people(any_answers(seed), VARIABLES, SETTINGS)
    for name, variable in VARIABLES.items():
        if variable.kind != "asked" or variable.type in ("integer", "number"):
            continue
        inside = pd.Series(True, index=people.index)
        if variable.universe:
            inside = people[variable.universe].fillna(False).astype(bool)
        for column in columns_of(name, variable):
            assert people[column].notna().equals(inside), column


@few
@given(seed=seeds)
def test_the_order_of_persons_changes_nothing(seed):
    answers = any_answers(seed)
    people, quality = make_people(answers, VARIABLES, SETTINGS)
    shuffled, again = make_people(answers.sample(frac=1, random_state=seed % 2**31), VARIABLES, SETTINGS)
    pd.testing.assert_frame_equal(shuffled.sort_index(), people)
    keys = ["topic", "variable", "office", "category", "value"]
    pd.testing.assert_frame_equal(
        again.sort_values(keys, ignore_index=True), quality.sort_values(keys, ignore_index=True)
    )


@few
@given(seed=seeds)
def test_deriving_a_second_time_from_what_was_settled_changes_nothing(seed):
    answers = any_answers(seed)
    people, _ = make_people(answers, VARIABLES, SETTINGS)
    again, quality = make_people(people[[name for name in answers if name in people]], VARIABLES, SETTINGS)
    pd.testing.assert_frame_equal(again, people)
    assert "answered_outside_universe" not in set(quality["topic"])
