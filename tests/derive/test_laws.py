"""What holds for any answers at all, however mixed up: the concepts partition, nest and do not depend on the order."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lfs.derive import make_people
from lfs.derive.lineage import columns_of
from lfs.metadata import load_survey

VARIABLES = load_survey(Path(__file__).parents[2]).variables
SETTINGS = {"working_age": 15, "hours_threshold": 40}
PERSONS = 250
"""Many in each draw, since what takes time is the number of concepts and not that of persons."""
any_seed = pytest.mark.parametrize("seed", range(6))


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


@cache
def made_of(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    return make_people(any_answers(seed), VARIABLES, SETTINGS)


@any_seed
def test_everybody_of_working_age_has_exactly_one_status_and_nobody_else_has_one(seed):
    people, _ = made_of(seed)
    inside = people["working_age"]
    three = people[["employed", "unemployed", "outside_labour_force"]]
    assert (three[inside].sum(axis=1) == 1).all()
    assert three[~inside].isna().all().all()
    assert people["labour_force_status"].notna().equals(inside.astype(bool))
    for status in three:
        assert (people["labour_force_status"] == status).equals(three[status].fillna(False).astype(bool))


@any_seed
def test_concepts_nest(seed):
    people, _ = made_of(seed)
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


@any_seed
def test_every_question_is_settled_by_its_universe(seed):
    people, _ = made_of(seed)
    for name, variable in VARIABLES.items():
        if variable.kind != "asked" or variable.type in ("integer", "number"):
            continue
        inside = pd.Series(True, index=people.index)
        if variable.universe:
            inside = people[variable.universe].fillna(False).astype(bool)
        for column in columns_of(name, variable):
            assert people[column].notna().equals(inside), column


@any_seed
def test_the_order_of_persons_changes_nothing(seed):
    answers = any_answers(seed)
    people, quality = made_of(seed)
    shuffled, again = make_people(answers.sample(frac=1, random_state=seed), VARIABLES, SETTINGS)
    pd.testing.assert_frame_equal(shuffled.sort_index(), people)
    keys = ["topic", "variable", "office", "category", "value"]
    pd.testing.assert_frame_equal(
        again.sort_values(keys, ignore_index=True), quality.sort_values(keys, ignore_index=True)
    )


@any_seed
def test_deriving_a_second_time_from_what_was_settled_changes_nothing(seed):
    answers = any_answers(seed)
    people, _ = made_of(seed)
    again, quality = make_people(people[[name for name in answers if name in people]], VARIABLES, SETTINGS)
    pd.testing.assert_frame_equal(again, people)
    assert "answered_outside_universe" not in set(quality["topic"])


def _true(people: pd.DataFrame, name: str) -> pd.Series:
    return people[name].fillna(False).astype(bool)


@any_seed
def test_both_standards_partition_the_same_persons_and_the_13th_holds_the_19th(seed):
    people, _ = made_of(seed)
    inside = people["working_age"].astype(bool)
    three = people[["employed_icls13", "unemployed_icls13", "outside_labour_force_icls13"]]
    assert (three[inside].sum(axis=1) == 1).all()
    assert three[~inside].isna().all().all()
    for name in three:
        status = people["labour_force_status_icls13"] == name.removesuffix("_icls13")
        assert status.equals(_true(people, name))
    assert people["labour_force_icls13"].equals(people["employed_icls13"] | people["unemployed_icls13"])
    assert _true(people, "employed_icls13")[_true(people, "employed")].all()
    assert _true(people, "labour_force_icls13")[_true(people, "labour_force")].all()


@any_seed
def test_underutilisation_nests(seed):
    """LU1 within LU2 and LU3, both within LU4; the parts of the potential labour force and the three statuses apart."""
    people, _ = made_of(seed)
    unemployed, potential = _true(people, "unemployed"), _true(people, "potential_labour_force")
    underemployed, outside = _true(people, "time_related_underemployed"), _true(people, "outside_labour_force")
    assert not (unemployed & (potential | underemployed)).any()
    assert _true(people, "employed")[underemployed].all()
    assert _true(people, "unemployed_or_underemployed").equals(unemployed | underemployed)
    assert _true(people, "unemployed_or_potential").equals(unemployed | potential)
    assert _true(people, "underutilised").equals(unemployed | underemployed | potential)
    extended = _true(people, "extended_labour_force")
    assert extended.equals(_true(people, "labour_force") | potential)
    assert people["underutilised"].notna().equals(extended)
    assert people["unemployed_or_underemployed"].notna().equals(_true(people, "labour_force"))

    assert people["attachment"].notna().equals(outside)
    parts = [_true(people, name) for name in ("unavailable_jobseeker", "available_potential_jobseeker")]
    assert not (parts[0] & parts[1]).any()
    assert (parts[0] | parts[1]).equals(potential)
    assert outside[potential].all()
    discouraged = _true(people, "discouraged")
    assert parts[1][discouraged].all()
    assert _true(people, "unemployed_or_discouraged").equals(unemployed | discouraged)
    assert _true(people, "labour_force_or_discouraged").equals(_true(people, "labour_force") | discouraged)


@any_seed
def test_what_is_said_of_the_unemployed_and_of_employees_is_said_of_nobody_else(seed):
    people, _ = made_of(seed)
    for name in ("unemployment_duration", "long_term_unemployed", "previous_work"):
        assert people[name].notna().equals(_true(people, "unemployed")), name
    for name in ("contract_type", "temporary_employee", "written_contract"):
        assert people[name].notna().equals(_true(people, "employee")), name
    long = people["unemployment_duration"] == "12_months_or_more"
    assert long.equals(_true(people, "long_term_unemployed"))
    dependent = people["icse_18"] == "dependent_contractor"
    assert dependent.equals(_true(people, "dependent_contractor"))
    for new, old in {"employer_in_": "employer", "own_account_in_": "own_account", "family_": "family_worker"}.items():
        assert (people.loc[people["icse_18"].str.startswith(new, na=False), "status_in_employment"] == old).all(), new
