"""The form's routing: nobody answers what it skips, nobody misses what it asks; and the answers tell the truth."""

import numpy as np
import pandas as pd
import pytest

from lfs.derive import derive
from lfs.metadata import Survey
from lfs.synthesise import Sample
from lfs.synthesise.answers.people import NO_ANSWER

ROUNDS = ("2021H2", "2022H2")


def as_harmonised(sample: Sample) -> pd.DataFrame:
    """The persons as harmonise hands them on: words as text, numbers without answer empty, keys that cannot collide."""
    persons = sample.persons.copy()
    for name, values in persons.items():
        if isinstance(values.dtype, pd.CategoricalDtype):
            persons[name] = values.astype("str")
        elif values.dtype == float:
            persons[name] = values.where(values != -1)
    household = persons["psu"] + "." + persons["household_number"].astype(str)
    return persons.assign(household=household, person=household + "." + persons["line"].astype(str))


@pytest.fixture(scope="module")
def derived(survey: Survey, samples: dict[str, Sample]) -> dict[str, pd.DataFrame]:
    return {name: derive(as_harmonised(samples[name]), survey)[0] for name in ROUNDS}


@pytest.mark.parametrize("name", ROUNDS)
def test_a_question_is_answered_by_those_it_concerns_and_nobody_else(
    survey: Survey, samples: dict[str, Sample], derived: dict[str, pd.DataFrame], name: str
) -> None:
    """The universes are those of the derivation, written apart from the generator; no answer counts as asked."""
    persons, people = samples[name].persons, derived[name]
    wrong = {}
    for variable, declared in survey.variables.items():
        if declared.kind != "asked":
            continue
        columns = [f"{variable}_{option}" for option in declared.options] if declared.type == "multiple" else [variable]
        concerned = (
            people[declared.universe].fillna(False).astype(bool) if declared.universe else pd.Series(True, people.index)
        )
        for column in columns:
            different = int((persons[column].notna().to_numpy() != concerned.to_numpy()).sum())
            if different:
                wrong[column] = different
    assert wrong == {}


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("concept", ["labour_force_status", "informal_employment", "informal_sector", "displacement"])
def test_concepts_derived_from_the_answers_are_the_truth(
    samples: dict[str, Sample], derived: dict[str, pd.DataFrame], name: str, concept: str
) -> None:
    """Every person, in the published concepts; only displacement may be not stated, by those who were not displaced."""
    found = derived[name][concept].astype(object)
    truth = samples[name].truth[f"true_{concept}"].astype(object)
    found = found.where(found.notna(), "none")
    truth = truth.where(truth.notna(), "none")
    if concept == "displacement":
        assert (truth[found == NO_ANSWER] == "not_displaced").all()
        truth = truth.where(found != NO_ANSWER, NO_ANSWER)
    assert pd.crosstab(found, truth).to_numpy().sum() == len(found)
    assert found.to_numpy().tolist() == truth.to_numpy().tolist()


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("concept", ["industry_group", "public_sector", "in_school"])
def test_whoever_answers_tells_the_truth(
    samples: dict[str, Sample], derived: dict[str, pd.DataFrame], name: str, concept: str
) -> None:
    """Branch, employer and school: the answers may be missing, but where they are given they are the population's."""
    question = {"industry_group": "industry", "public_sector": "employer_type", "in_school": "attends_school"}[concept]
    asked = derived[name][question].fillna(NO_ANSWER) != NO_ANSWER
    found = derived[name].loc[asked, concept].astype(object)
    assert asked.sum() > 1000
    assert found.tolist() == samples[name].truth.loc[asked, f"true_{concept}"].astype(object).tolist()


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_occupations_go_to_those_with_the_education_that_they_ask_for(
    derived: dict[str, pd.DataFrame], name: str, sex: str
) -> None:
    """By the normative rule between one in ten and two in five are under-educated, and fewer are over-educated."""
    people = derived[name]
    jobs = people[(people["employed"] == True) & (people["sex"] == sex)]  # noqa: E712 - a nullable column
    mismatch = jobs["education_mismatch"].value_counts(normalize=True)
    assert 0.10 < mismatch["under_educated"] < 0.40
    assert 0.03 < mismatch["over_educated"] < 0.20
    tertiary = (jobs["education_level"] == "tertiary").groupby(jobs["occupation_major"]).mean()
    assert tertiary["2"] > 0.5 > 0.2 > tertiary["9"]
    asks = jobs["occupation_major"].map({**dict.fromkeys("123", "tertiary"), **dict.fromkeys("45678", "less")})
    share = (jobs["education_level"] == "tertiary").groupby(asks).mean()
    assert share["tertiary"] > 2 * share["less"]


def test_who_has_left_school_has_the_same_education_a_year_later(samples: dict[str, Sample]) -> None:
    key = ["psu", "household_number", "line", "sex"]
    first, second = (
        persons[(persons["attends_school"] != "yes") & (persons["age"] >= 25)]
        for persons in (samples[name].persons for name in ROUNDS)
    )
    both = first.merge(second.assign(age=second["age"] - 1), on=[*key, "age"])
    both = both[(both["education_level_x"] != NO_ANSWER) & (both["education_level_y"] != NO_ANSWER)]
    assert len(both) > 1000
    assert (both["education_level_x"].astype(str) == both["education_level_y"].astype(str)).mean() > 0.99


def test_every_branch_of_the_form_is_taken(derived: dict[str, pd.DataFrame], samples: dict[str, Sample]) -> None:
    """Every code of every question that decides a concept is given by somebody in the two rounds together."""
    persons = pd.concat([samples[name].persons for name in ROUNDS])
    may_be_missing = {
        "absence_reason": {"strike", "education_leave", "long_term_disability"},
        "search_method": {"looked_for_land", "permits", "private_agency"},
        "farm_output_past_use": {"only_sale", "cannot_say"},
    }
    deciding = """
        worked_for_pay absence_reason absence_off_season_work absence_returns_soon absence_paid farm_output_use
        farm_output_past_use farm_hired_for_pay employment_relationship decision_maker employer_type incorporated
        registered bookkeeping search_method searched_actively start_within could_have_started available_in_two_weeks
        citizenship
    """
    for name in deciding.split():
        given = set(persons[name].dropna().unique())
        missing = set(persons[name].cat.categories) - given - {NO_ANSWER}
        assert missing <= may_be_missing.get(name, set()), name
    people = pd.concat(derived.values())
    for concept in ("at_work", "absent_from_job", "recovered_farm_worker", "own_use_farm_producer", "future_starter"):
        assert (people[concept] == True).sum() >= 5, concept  # noqa: E712 - a nullable column


def test_no_answer_is_rare_and_differs_by_question(survey: Survey, samples: dict[str, Sample]) -> None:
    persons = samples["2021H2"].persons
    asked = {name: persons[name].dropna() for name in persons if name in survey.variables}
    silent = {
        name: (values == (-1 if values.dtype == float else NO_ANSWER)).mean()
        for name, values in asked.items()
        if len(values)
    }
    for name in ("sex", "age", "governorate", "urban_rural", "sought_job", "hires_workers"):
        assert silent[name] == 0
    assert silent["pay_amount"] == pytest.approx(0.06, abs=0.02)
    assert 0.005 < silent["search_duration"] < 0.02
    assert max(silent.values()) < 0.15
    assert np.mean(list(silent.values())) < 0.02


def test_employment_by_the_13th_icls_is_a_little_more(derived: dict[str, pd.DataFrame]) -> None:
    """ILOSTAT's 8,675 thousand and unemployment of 16.2% beside the national 8,613 thousand and 16.5%."""
    people = derived["2021H2"]
    weight = people["weight"]
    employed, by_13th, unemployed = (
        weight[people[name].fillna(False).astype(bool)].sum()
        for name in ("employed", "employed_icls13", "unemployed_icls13")
    )
    assert 1.003 < by_13th / employed < 1.016
    assert unemployed / (unemployed + by_13th) == pytest.approx(0.162, abs=0.02)


def test_answers_resemble_the_population(derived: dict[str, pd.DataFrame]) -> None:
    """A quarter of the usual sample, so within a few points: young people idle, public employment."""
    people = derived["2021H2"]
    weight = people["weight"]
    youth = people["age_youth"] == "15-24"
    idle = youth & (people["employed"] == False) & (people["attends_school"] == "no")  # noqa: E712 - a nullable column
    assert weight[idle].sum() / weight[youth].sum() == pytest.approx(0.369, abs=0.02)
    employed = people["employed"].fillna(False).astype(bool)
    public = employed & (people["employer_type"] == "government")
    assert weight[public].sum() / weight[employed].sum() == pytest.approx(0.374, abs=0.03)
    women = employed & (people["sex"] == "female")
    assert weight[public & women].sum() / weight[women].sum() == pytest.approx(0.697, abs=0.08)
