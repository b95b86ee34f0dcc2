# ruff: noqa: E501 (case tables are as wide as they are)
"""Routing: which questions the model form puts to a person, by the answers so far. Column `asked` names them all."""

from collections.abc import Callable

import pytest

ROSTER = ["marital_status", "education_level", "attends_school", "in_training", "in_apprenticeship"]
DISPLACEMENT = ["arrival_reason", "forced_to_leave", "returned_home"]
WORK = ["worked_for_pay", "worked_own_business", "helped_family_business"]
ABSENCE = ["has_absent_job", "absence_reason", "absence_off_season_work", "absence_returns_soon", "absence_paid"]
FARM = ["farm_work", "farm_any", "farm_output_use", "farm_output_past_use", "farm_hired_for_pay"]
JOB = ["job_count", "employment_relationship", "decision_maker", "hires_workers", "pay_type", "employer_type"]
UNIT = ["employer_type", "incorporated", "registered", "bookkeeping", "place_of_work", "establishment_size"]
BENEFITS = ["contract", "social_insurance", "paid_annual_leave", "paid_sick_leave", "pay_amount", "pay_period"]
HOURS = ["usual_hours_main", "usual_hours_other", "actual_hours_other", "wants_more_hours", "available_more_hours"]
SEARCH = ["sought_job", "sought_business", "search_method", "search_duration", "searched_actively", "wants_work"]
START = ["reason_not_seeking", "start_within", "could_have_started"]
AVAILABLE = ["available_last_week", "available_in_two_weeks"]
NO_JOB = {
    "worked_for_pay": "no",
    "worked_own_business": "no",
    "helped_family_business": "no",
    "has_absent_job": "no",
    "farm_any": "none",
}


@pytest.fixture(scope="session")
def routes(derived, variables) -> Callable[..., None]:
    """Compare the questions put to each person, among `questions`, with those the case table names."""

    def compare(questions: list[str], text: str, **all_say: str) -> None:
        cells, people, _ = derived(text, **all_say)
        for case in cells.index:
            put = [name for name in questions if people[variables[name].universe].fillna(False)[case]]
            assert put == cells["asked"][case].split(), case

    return compare


def test_roster(routes):
    routes(
        ROSTER,
        """
        case       | age | asked
        four       | 4   |
        five       | 5   | education_level attends_school
        eleven     | 11  | education_level attends_school
        twelve     | 12  | marital_status education_level attends_school
        fourteen   | 14  | marital_status education_level attends_school
        fifteen    | 15  | marital_status education_level attends_school in_training in_apprenticeship
        29         | 29  | marital_status education_level attends_school in_training in_apprenticeship
        30         | 30  | marital_status education_level
        no age     | ?   |
        """,
    )


def test_displacement(routes):
    routes(
        DISPLACEMENT,
        """
        case              | citizenship | forced_to_leave | asked
        citizen           | national    | no              | forced_to_leave
        citizen, forced   | national    | yes             | forced_to_leave returned_home
        citizen, open     | national    | ?               | forced_to_leave
        foreign           | other       |                 | arrival_reason
        stateless         | stateless   | no              | arrival_reason forced_to_leave
        citizenship open  | ?           | yes             | forced_to_leave returned_home
        """,
    )


def test_at_work_and_absence(routes):
    routes(
        [*WORK, *ABSENCE],
        """
        case                 | relationship    | worked_for_pay | worked_own_business | helped_family_business | has_absent_job | absence_reason   | absence_returns_soon | asked
        lives in             | domestic_worker |                |                     |                        |                |                  |                      |
        paid                 | child           | yes            |                     |                        |                |                  |                      | worked_for_pay
        own business         | child           | no             | yes                 |                        |                |                  |                      | worked_for_pay worked_own_business
        family               | child           | ?              | ?                   | yes                    |                |                  |                      | worked_for_pay worked_own_business helped_family_business
        no job               | child           | no             | no                  | no                     | no             |                  |                      | worked_for_pay worked_own_business helped_family_business has_absent_job
        nothing said         | child           | ?              | ?                   | ?                      | ?              |                  |                      | worked_for_pay worked_own_business helped_family_business has_absent_job
        sick                 | child           | no             | no                  | no                     | yes            | sickness         |                      | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason
        season               | child           | no             | no                  | no                     | yes            | low_season       |                      | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason absence_off_season_work
        strike, returns      | child           | no             | no                  | no                     | yes            | strike           | yes                  | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason absence_returns_soon
        strike, does not     | child           | no             | no                  | no                     | yes            | strike           | no                   | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason absence_returns_soon absence_paid
        strike, 97           | child           | no             | no                  | no                     | yes            | strike           | ?                    | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason absence_returns_soon absence_paid
        waits for a job      | child           | no             | no                  | no                     | yes            | waiting_to_start |                      | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason
        reason open          | child           | no             | no                  | no                     | yes            | ?                |                      | worked_for_pay worked_own_business helped_family_business has_absent_job absence_reason
        """,
    )


def test_farm_work(routes):
    routes(
        FARM,
        """
        case                     | worked_for_pay | worked_own_business | helped_family_business | has_absent_job | absence_reason   | farm_work   | farm_any | farm_output_use | farm_output_past_use | asked
        paid                     | yes            |                     |                        |                |                  |             |          |                 |                      |
        shop                     | no             | yes                 |                        |                |                  | other       |          |                 |                      | farm_work
        shop and farm            | no             | yes                 |                        |                |                  | crops+other |          |                 |                      | farm_work
        kind of business open    | no             | yes                 |                        |                |                  | ?           |          |                 |                      | farm_work
        farm for sale            | no             | yes                 |                        |                |                  | crops       |          | mainly_sale     |                      | farm_work farm_output_use
        family farm, own use     | no             | no                  | yes                    |                |                  | animals     |          | only_own_use    |                      | farm_work farm_output_use farm_hired_for_pay
        farm, cannot say         | no             | yes                 |                        |                |                  | fishing     |          | cannot_say      | only_sale            | farm_work farm_output_use farm_output_past_use
        farm, cannot say, own    | no             | yes                 |                        |                |                  | fishing     |          | cannot_say      | mainly_own_use       | farm_work farm_output_use farm_output_past_use farm_hired_for_pay
        farm, use open           | no             | yes                 |                        |                |                  | crops       |          | ?               | ?                    | farm_work farm_output_use farm_output_past_use
        sick                     | no             | no                  | no                     | yes            | sickness         | other       |          |                 |                      | farm_work
        out of season            | no             | no                  | no                     | yes            | low_season       |             | none     |                 |                      | farm_any
        reason of absence open   | no             | no                  | no                     | yes            | ?                |             | none     |                 |                      | farm_any
        waits for a job          | no             | no                  | no                     | yes            | waiting_to_start |             |          |                 |                      |
        no job, no farm          | no             | no                  | no                     | no             |                  |             | none     |                 |                      | farm_any
        no job, farm for sale    | no             | no                  | no                     | no             |                  |             | crops    | only_sale       |                      | farm_any farm_output_use
        no job, farm, own use    | no             | no                  | no                     | no             |                  |             | crops    | only_own_use    |                      | farm_any farm_output_use farm_hired_for_pay
        """,
    )


def test_the_job(routes):
    routes(
        JOB,
        """
        case                    | worked_for_pay | employment_relationship | decision_maker | asked
        not employed            | no             |                         |                |
        employee                | yes            | employee                |                | job_count employment_relationship pay_type employer_type
        apprentice              | yes            | apprentice              |                | job_count employment_relationship pay_type employer_type
        helps an employee       | yes            | helping_family_employee |                | job_count employment_relationship pay_type employer_type
        own business            | yes            | own_business            |                | job_count employment_relationship hires_workers
        family, decides         | yes            | helping_family_business | self           | job_count employment_relationship decision_maker hires_workers
        family, together        | yes            | helping_family_business | together       | job_count employment_relationship decision_maker hires_workers
        family, others decide   | yes            | helping_family_business | non_relatives  | job_count employment_relationship decision_maker pay_type
        family, open            | yes            | helping_family_business | ?              | job_count employment_relationship decision_maker pay_type
        relationship open       | yes            | ?                       |                | job_count employment_relationship pay_type
        """,
    )


def test_the_unit_and_benefits(routes):
    routes(
        [*UNIT, *BENEFITS],
        """
        case                  | worked_for_pay | employment_relationship | employer_type    | incorporated | registered | asked
        not employed          | no             |                         |                  |              |            |
        government            | yes            | employee                | government       |              |            | employer_type place_of_work establishment_size contract social_insurance paid_annual_leave paid_sick_leave pay_amount pay_period
        household             | yes            | employee                | household        |              |            | employer_type place_of_work establishment_size contract social_insurance paid_annual_leave paid_sick_leave pay_amount pay_period
        firm, incorporated    | yes            | employee                | private_business | yes          |            | employer_type incorporated place_of_work establishment_size contract social_insurance paid_annual_leave paid_sick_leave pay_amount pay_period
        farm, registered      | yes            | employee                | farm             | no           | yes        | employer_type incorporated registered place_of_work establishment_size contract social_insurance paid_annual_leave paid_sick_leave pay_amount pay_period
        own, unregistered     | yes            | own_business            |                  | no           | no         | incorporated registered bookkeeping place_of_work establishment_size
        own, 97 and 97        | yes            | own_business            |                  | ?            | ?          | incorporated registered bookkeeping place_of_work establishment_size
        """,
    )


def test_hours(routes):
    """The threshold is on usual hours in all jobs; hours that are not stated ask nobody."""
    routes(
        HOURS,
        """
        case                    | job_count | usual_hours_main | usual_hours_other | wants_more_hours | asked
        39                      | one       | 39               |                   | no               | usual_hours_main wants_more_hours
        39, wants more          | one       | 39               |                   | yes              | usual_hours_main wants_more_hours available_more_hours
        40                      | one       | 40               |                   |                  | usual_hours_main
        20 and 19               | more      | 20               | 19                | no               | usual_hours_main usual_hours_other actual_hours_other wants_more_hours
        20 and 20               | more      | 20               | 20                |                  | usual_hours_main usual_hours_other actual_hours_other
        20 and open             | more      | 20               | ?                 |                  | usual_hours_main usual_hours_other actual_hours_other
        open                    | one       | ?                |                   |                  | usual_hours_main
        20, number of jobs open | ?         | 20               |                   | no               | usual_hours_main wants_more_hours
        """,
        worked_for_pay="yes",
    )


def test_search(routes):
    routes(
        [*SEARCH, *START, *AVAILABLE],
        """
        case                   | sought_job | sought_business | search_method | wants_work | reason_not_seeking | start_within  | could_have_started | available_last_week | asked
        job                    | yes        |                 | took_test     |            |                    |               |                    | yes                 | sought_job search_method search_duration available_last_week
        business, adverts      | no         | yes             | read_adverts  |            |                    |               |                    | no                  | sought_job sought_business search_method search_duration searched_actively available_last_week available_in_two_weeks
        no wish                | no         | no              |               | no         |                    |               |                    |                     | sought_job sought_business wants_work
        all open               | ?          | ?               |               | ?          |                    |               |                    |                     | sought_job sought_business wants_work
        wishes                 | no         | no              |               | yes        | family             |               |                    | ?                   | sought_job sought_business wants_work reason_not_seeking available_last_week available_in_two_weeks
        waits, soon            | no         | no              |               | yes        | waiting_to_start   | 1_month       | yes                |                     | sought_job sought_business wants_work reason_not_seeking start_within could_have_started
        waits, soon, not yet   | no         | no              |               | yes        | waiting_to_start   | 1_to_3_months | ?                  |                     | sought_job sought_business wants_work reason_not_seeking start_within could_have_started available_in_two_weeks
        waits, later           | no         | no              |               | yes        | waiting_to_start   | over_3_months |                    | yes                 | sought_job sought_business wants_work reason_not_seeking start_within available_last_week
        """,
        **NO_JOB,
    )


def test_search_of_who_waits_for_a_job_named_before(routes):
    routes(
        [*SEARCH, *START, *AVAILABLE],
        """
        case            | sought_job | sought_business | search_method | start_within  | asked
        does not look   | no         | no              |               | 1_month       | sought_job sought_business start_within could_have_started available_in_two_weeks
        later           | no         | no              |               | over_3_months | sought_job sought_business start_within
        looks, later    | yes        |                 | permits       | over_3_months | sought_job search_method search_duration start_within available_last_week available_in_two_weeks
        """,
        **dict.fromkeys(WORK, "no"),
        has_absent_job="yes",
        absence_reason="waiting_to_start",
    )


def test_nobody_employed_is_asked_about_the_search(routes):
    routes(
        [*SEARCH, *START, *AVAILABLE],
        """
        case       | age | worked_for_pay | asked
        at work    | 30  | yes            |
        a child    | 14  |                |
        """,
    )
