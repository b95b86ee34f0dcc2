"""The further modules: plausible levels, answers that agree with each other, and what does not change in a year."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey
from lfs.synthesise import Sample
from lfs.synthesise.answers import fill_in
from lfs.synthesise.answers.disability import answer_disability
from lfs.synthesise.answers.people import NO_ANSWER
from lfs.synthesise.population import Country, Population
from lfs.synthesise.survey import blank_forms

DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
KEYS = ["psu", "household_number", "line"]


@pytest.fixture(scope="module")
def first(samples: dict[str, Sample]) -> pd.DataFrame:
    return pd.concat([samples["2021H2"].persons, samples["2021H2"].truth], axis=1)


@pytest.fixture(scope="module")
def twice(samples: dict[str, Sample]) -> pd.DataFrame:
    """People met in both rounds, a year older, in one row: the second answer ends in _later."""
    before, after = (samples[name].persons for name in ("2021H2", "2022H2"))
    met = before.merge(after, on=KEYS, suffixes=("", "_later"))
    return met[(met["age_later"] == met["age"] + 1) & (met["sex"] == met["sex_later"])]


def percent(people: pd.DataFrame, what: pd.Series, of: pd.Series) -> float:
    return 100 * people["weight"][what & of].sum() / people["weight"][of].sum()


def disabled(people: pd.DataFrame) -> pd.Series:
    answers = people[[f"difficulty_{domain}" for domain in DOMAINS]].astype(object)
    return answers.isin(["a_lot", "cannot"]).any(axis=1)


def test_disability_rises_with_age(first: pd.DataFrame) -> None:
    share = [percent(first, disabled(first), first["age"].between(*ages)) for ages in ((15, 34), (35, 54), (55, 120))]
    assert share == sorted(share)
    assert percent(first, disabled(first), first["age"] >= 15) == pytest.approx(5.5, abs=1.0)
    assert percent(first, disabled(first), first["age"] >= 65) > 15


def test_disabled_people_work_less(population: Population, country: Country) -> None:
    """Of 60,000 people of 25 to 54, whoever has a lot of difficulty is less often in the labour force."""
    prime = np.flatnonzero((population.members.age >= 25) & (population.members.age < 55))
    people = blank_forms(country.chance, population, prime[:60_000], 40, "2021H2", 2021)
    answer_disability(people)
    hard = np.isin(np.array([people.text(f"difficulty_{domain}") for domain in DOMAINS]), ["a_lot", "cannot"]).any(
        axis=0
    )
    assert (~people.outside)[hard].mean() < (~people.outside)[~hard].mean() - 0.05


def test_children_who_work_are_few_and_more_of_them_rural(first: pd.DataFrame) -> None:
    child, works = first["age"].between(5, 14), first["child_worked"] == "yes"
    assert 2 < percent(first, works, child) < 5
    rural, urban = (percent(first, works, child & (first["urban_rural"] == place)) for place in ("rural", "urban"))
    assert rural > 1.5 * urban
    assert percent(first, works, child & (first["sex"] == "male")) > percent(
        first, works, child & (first["sex"] == "female")
    )


def test_injuries_are_about_two_in_a_hundred_and_more_in_construction(samples: dict[str, Sample]) -> None:
    people = pd.concat([samples[name].persons for name in samples], ignore_index=True)
    employed, injured = people["injured_at_work"].notna(), people["injured_at_work"] == "yes"
    assert percent(people, injured, employed) == pytest.approx(2.2, abs=0.6)
    building = employed & people["industry"].astype("str").str[:2].isin(["41", "42", "43"])
    assert percent(people, injured, building) > 1.4 * percent(people, injured, employed & ~building)


def test_own_use_services_are_mostly_done_by_women(first: pd.DataFrame) -> None:
    adult = first["age"] >= 15
    did = first["own_use_services_hours"].notna()
    hours = first["own_use_services_hours"].clip(lower=0)
    women, men = (adult & (first["sex"] == sex) for sex in ("female", "male"))
    assert percent(first, did, women) > 85
    assert 25 < percent(first, did, men) < 55
    assert hours[women & did].mean() > 3 * hours[men & did].mean()


def test_jobs_with_government_last(first: pd.DataFrame) -> None:
    permanent, asked = first["contract_duration"] == "permanent", first["contract_duration"].notna()
    public = asked & (first["employer_type"] == "government")
    assert percent(first, permanent, public) > 55
    assert percent(first, permanent, asked & ~public) < 25


@pytest.mark.parametrize("name", ["born_in_country", "arrival_year", "left_school_age", "first_job_age"])
def test_what_lies_in_the_past_does_not_change(twice: pd.DataFrame, name: str) -> None:
    before, after = twice[name], twice[f"{name}_later"]
    known = before.notna() & after.notna() & ~before.isin([NO_ANSWER, -1]) & ~after.isin([NO_ANSWER, -1])
    same = before[known].astype(object) == after[known].astype(object)
    assert known.sum() > 100
    assert same.mean() > (0.93 if name == "left_school_age" else 0.999)  # a level completed since moves the age


def test_whoever_lost_a_job_within_the_year_says_so(samples: dict[str, Sample], twice: pd.DataFrame) -> None:
    employed_then = twice["injured_at_work"].notna()
    asked_now = twice["worked_before_later"].notna()
    lost = twice[employed_then & asked_now]
    assert len(lost) > 50
    assert (lost["worked_before_later"] == "yes").all()
    assert set(lost["last_job_ended_later"]) <= {"under_6_months", "6_to_12_months", NO_ANSWER}


@pytest.mark.parametrize(("name", "year"), [("2021H2", 2021), ("2022H2", 2022)])
def test_years_and_ages_are_possible(samples: dict[str, Sample], name: str, year: int) -> None:
    persons = samples[name].persons
    arrival = persons["arrival_year"]
    told = arrival > 0
    assert (arrival[told] <= year).all()
    assert (arrival[told] >= year - persons["age"][told]).all()
    for question in ("left_school_age", "first_job_age"):
        told = persons[question] > 0
        assert (persons[question][told] <= persons["age"][told]).all(), question
    assert persons["injury_days_lost"].dropna().between(-1, 365).all()
    wanted = persons["extra_hours_wanted"].clip(lower=0) + persons["usual_hours_main"]
    assert wanted.dropna().max() <= 168


@pytest.mark.parametrize("name", ["2021H2", "2022H2"])
def test_answers_of_one_person_agree(samples: dict[str, Sample], name: str) -> None:
    persons = samples[name].persons
    own = ["mainly_own_use", "only_own_use"]
    farms = persons["farm_output_use"].isin(own) & (persons["farm_hired_for_pay"] != "yes")
    assert (persons["own_use_work_farming"][farms] == "yes").all()
    young = persons["age"].between(15, 17)
    services = persons["own_use_services_hours"].fillna(0)
    assert (persons["child_chores_hours"][young] == services[young]).all()
    assert not (persons["parents_displaced"].eq("yes") & persons["forced_to_leave"].eq("yes")).any()
    long = persons["search_duration"].isin(["1_to_2_years", "2_years_or_more"])
    assert not (long & persons["last_job_ended"].isin(["under_6_months", "6_to_12_months"])).any()


@pytest.mark.parametrize("name", ["2021H2", "2022H2"])
def test_a_question_with_several_answers_has_one_for_those_to_whom_none_applies(
    samples: dict[str, Sample], survey: Survey, name: str
) -> None:
    """Else a file with one letter an answer is empty both for them and for those who did not answer."""
    persons = samples[name].persons
    for question, variable in survey.variables.items():
        if variable.kind == "asked" and variable.options:
            given = persons[[f"{question}_{option}" for option in variable.options]].dropna(how="all")
            answered = given.isin(["yes", "not_stated"]).any(axis=1)
            assert answered.all(), f"{question}: {(~answered).sum()} persons"
            if "none" in variable.options:
                others = given.drop(columns=f"{question}_none")
                assert not ((given[f"{question}_none"] == "yes") & (others == "yes").any(axis=1)).any(), question


def test_no_answer_comes_to_every_module(samples: dict[str, Sample], survey: Survey) -> None:
    """Every question of the modules has some who do not answer in the two rounds, and never more than one in twenty."""
    persons = pd.concat([samples[name].persons for name in samples])
    rare = {
        "second_employment_relationship",
        "second_occupation",
        "second_industry",
        "injury_days_lost",
        "price_setter",
    }
    rare |= {"child_work_hours", "child_occupation", "child_industry", "tax_payer", "return_hardship", "arrival_year"}
    rare |= {"parents_displaced", "child_hazards", "extra_hours_wanted"}
    names = list(survey.variables)
    modules = names[names.index("difficulty_seeing") : names.index("injury_days_lost") + 1]
    assert len([name for name in modules if survey.variables[name].kind == "asked"]) == 37
    for name in modules:
        options = survey.variables[name].options
        given = persons[f"{name}_{options[0]}" if options else name].dropna()
        silent = (given == (-1 if given.dtype == float else NO_ANSWER)).mean()
        assert silent < 0.05, name
        assert silent > 0 or name in rare, name


def test_filling_in_prints_nothing(population: Population, country: Country, capfd: pytest.CaptureFixture[str]) -> None:
    people = blank_forms(country.chance, population, np.arange(400), 40, "2021H2", 2021)
    fill_in(people)
    assert capfd.readouterr() == ("", "")
    again = replace(people, answers={})
    fill_in(again)
    assert all((people.answers[name] == values)[values == values].all() for name, values in again.answers.items())
