# ruff: noqa: E501 (case tables are as wide as they are)
"""Routing of the further modules: which of their questions are put to a person. Column `asked` names them all."""

from collections.abc import Callable

import pytest

DISABILITY = ["difficulty_seeing", "difficulty_communicating"]
ORIGIN = ["born_in_country", "arrival_year"]
DISPLACEMENT = ["return_hardship", "parents_displaced"]
SCHOOL = ["left_school_age", "first_job_age"]
CONTRACT = ["contract_duration", "contract_length", "tax_payer", "sets_price", "price_setter"]
LAST_JOB = ["worked_before", "last_job_ended", "previous_occupation", "previous_industry"]
SECOND_JOB = ["second_employment_relationship", "second_occupation", "second_industry", "sought_other_job"]
OWN_USE = ["own_use_work", "own_use_goods_hours", "own_use_services_hours"]
CHILD = [
    "child_worked",
    "child_work_hours",
    "child_occupation",
    "child_industry",
    "child_hazards",
    "child_chores_hours",
]
INJURY = ["injured_at_work", "injury_days_lost"]


@pytest.fixture(scope="session")
def routes(derived, variables) -> Callable[..., None]:
    """Compare the questions put to each person, among `questions`, with those the case table names."""

    def compare(questions: list[str], text: str, **all_say: str) -> None:
        cells, people, _ = derived(text, **all_say)
        for case in cells.index:
            universes = {name: variables[name].universe for name in questions}
            put = [name for name, who in universes.items() if who is None or people[who].fillna(False)[case]]
            assert put == cells["asked"][case].split(), case

    return compare


def test_disability_is_asked_from_five(routes):
    routes(
        DISABILITY,
        """
        case   | age | asked
        four   | 4   |
        five   | 5   | difficulty_seeing difficulty_communicating
        ninety | 90  | difficulty_seeing difficulty_communicating
        no age | ?   |
        """,
    )


def test_migration_and_displacement(routes):
    routes(
        [*ORIGIN, *DISPLACEMENT],
        """
        case              | born_in_country | citizenship | forced_to_leave | returned_home | asked
        never forced      | yes             | national    | no              |               | born_in_country parents_displaced
        forced open       | yes             | national    | ?               |               | born_in_country parents_displaced
        forced, away      | yes             | national    | yes             | no            | born_in_country
        forced, back      | yes             | national    | yes             | yes           | born_in_country return_hardship
        forced, open      | yes             | national    | yes             | ?             | born_in_country
        foreign           | no              | other       |                 |               | born_in_country arrival_year
        birth open        | ?               | national    | no              |               | born_in_country parents_displaced
        stateless         | no              | stateless   | no              |               | born_in_country arrival_year parents_displaced
        """,
    )


def test_from_school_to_work(routes):
    routes(
        SCHOOL,
        """
        case                    | age | education_level | attends_school | worked_for_pay | worked_before | asked
        fourteen                | 14  | primary         | no             |                |               |
        left school, works      | 15  | primary         | no             | yes            |               | left_school_age first_job_age
        at school, works        | 29  | primary         | yes            | yes            |               | first_job_age
        never at school, works  | 29  | never           | no             | yes            |               | first_job_age
        left, worked before     | 20  | primary         | no             | no             | yes           | left_school_age first_job_age
        left, never worked      | 20  | primary         | no             | no             | no            | left_school_age
        left, work before open  | 20  | primary         | no             | no             | ?             | left_school_age
        all open                | 20  | ?               | ?              | no             | ?             | left_school_age
        thirty                  | 30  | primary         |                | yes            |               |
        """,
    )


def test_contract_and_dependence(routes):
    """The tax is asked of who is called an employee but paid by results; the price of who works without employees."""
    routes(
        CONTRACT,
        """
        case                      | worked_for_pay | worked_own_business | employment_relationship | hires_workers | pay_type        | contract_duration | sets_price | asked
        permanent, wage           | yes            |                     | employee                |               | wage            | permanent         |            | contract_duration
        fixed period              | yes            |                     | employee                |               | wage            | fixed_period      |            | contract_duration contract_length
        until done                | yes            |                     | employee                |               | wage            | until_task_done   |            | contract_duration contract_length
        duration open             | yes            |                     | employee                |               | wage            | ?                 |            | contract_duration
        by the piece              | yes            |                     | employee                |               | piece           | ongoing           |            | contract_duration tax_payer
        wage and commission       | yes            |                     | employee                |               | wage+commission | ongoing           |            | contract_duration
        fees                      | yes            |                     | employee                |               | fees            | ongoing           |            | contract_duration tax_payer
        meals only                | yes            |                     | employee                |               | meals           | ongoing           |            | contract_duration
        pay open                  | yes            |                     | employee                |               | ?               | ongoing           |            | contract_duration
        apprentice, by the piece  | yes            |                     | apprentice              |               | piece           | ongoing           |            | contract_duration
        own business, alone       | no             | yes                 | own_business            | no            |                 |                   | yes        | sets_price
        own business, price set   | no             | yes                 | own_business            | no            |                 |                   | no         | sets_price price_setter
        own business, hires open  | no             | yes                 | own_business            | ?             |                 |                   | ?          | sets_price
        own business, employer    | no             | yes                 | own_business            | yes           |                 |                   |            |
        """,
    )


def test_other_jobs_and_last_job(routes):
    routes(
        [*SECOND_JOB, *LAST_JOB],
        """
        case             | age | worked_for_pay | job_count | worked_before | asked
        one job          | 30  | yes            | one       |               | sought_other_job
        two jobs         | 30  | yes            | more      |               | second_employment_relationship second_occupation second_industry sought_other_job
        worked before    | 30  | no             |           | yes           | worked_before last_job_ended previous_occupation previous_industry
        never worked     | 30  | no             |           | no            | worked_before
        open             | 30  | no             |           | ?             | worked_before
        a child          | 14  |                |           |               |
        """,
    )


def test_own_use_work(routes):
    routes(
        OWN_USE,
        """
        case      | age | own_use_work   | asked
        none      | 30  | +              | own_use_work
        says none | 30  | none           | own_use_work
        goods     | 30  | firewood       | own_use_work own_use_goods_hours
        services  | 30  | housework      | own_use_work own_use_services_hours
        both      | 30  | building+care  | own_use_work own_use_goods_hours own_use_services_hours
        open      | 30  | ?              | own_use_work
        a child   | 14  |                |
        """,
    )


def test_work_of_children(routes):
    """Below the working age by the module, from 15 to 17 by the main form; hazards and chores of both."""
    routes(
        CHILD,
        """
        case                | age | child_worked | worked_for_pay | asked
        four                | 4   |              |                |
        five, works         | 5   | yes          |                | child_worked child_work_hours child_occupation child_industry child_hazards child_chores_hours
        fourteen, does not  | 14  | no           |                | child_worked child_chores_hours
        fourteen, open      | 14  | ?            |                | child_worked child_chores_hours
        fifteen, works      | 15  |              | yes            | child_hazards child_chores_hours
        seventeen, does not | 17  |              | no             | child_chores_hours
        eighteen, works     | 18  |              | yes            |
        """,
    )


def test_injury(routes):
    routes(
        INJURY,
        """
        case         | worked_for_pay | injured_at_work | asked
        injured      | yes            | yes             | injured_at_work injury_days_lost
        not injured  | yes            | no              | injured_at_work
        open         | yes            | ?               | injured_at_work
        not employed | no             |                 |
        """,
    )


def test_ages_of_young_people_and_adults(derived, agree):
    cases = derived("""
        case   | age | age_5_to_17 | youth_15_24 | youth_15_29 | age_15_to_64
        4      | 4   | no          | no          | no          | no
        5      | 5   | yes         | no          | no          | no
        14     | 14  | yes         | no          | no          | no
        15     | 15  | yes         | yes         | yes         | yes
        17     | 17  | yes         | yes         | yes         | yes
        18     | 18  | no          | yes         | yes         | yes
        24     | 24  | no          | yes         | yes         | yes
        25     | 25  | no          | no          | yes         | yes
        29     | 29  | no          | no          | yes         | yes
        30     | 30  | no          | no          | no          | yes
        64     | 64  | no          | no          | no          | yes
        65     | 65  | no          | no          | no          | no
        no age | ?   | no          | no          | no          | no
    """)
    agree(cases, "age_5_to_17", "youth_15_24", "youth_15_29", "age_15_to_64")
