# ruff: noqa: E501 (case tables are as wide as they are)
"""Labour force status, written from the 19th ICLS and the routing of the model questionnaire, not from the code."""

import pytest

from lfs.metadata import SurveyError

NO_WORK = {"worked_for_pay": "no", "worked_own_business": "no", "helped_family_business": "no"}
NO_JOB = {**NO_WORK, "has_absent_job": "no", "farm_any": "none"}


def test_at_work(derived, agree):
    """Par. 29(a). One hour for pay or profit in the reference week is enough, in any of the three ways."""
    cases = derived("""
        case                            | relationship    | worked_for_pay | worked_own_business | helped_family_business | farm_work    | at_work | labour_force_status
        worked for pay                  | child           | yes            |                     |                        |              | yes     | employed
        own business                    | child           | no             | yes                 |                        | other        | yes     | employed
        own business, pay unanswered    | child           | ?              | yes                 |                        | other        | yes     | employed
        family business                 | child           | no             | no                  | yes                    | other        | yes     | employed
        family business, rest open      | child           | ?              | ?                   | yes                    | other        | yes     | employed
        resident domestic worker        | domestic_worker |                |                     |                        |              | yes     | employed
        nothing                         | child           | no             | no                  | no                     |              | no      | outside_labour_force
        all three unanswered            | child           | ?              | ?                   | ?                      |              | no      | outside_labour_force
    """)
    agree(cases, "at_work", "labour_force_status")


def test_absent_from_job(derived, agree):
    """Par. 29(b)-31: the job goes on, by the reason, by some of its work, by the return, or by pay."""
    cases = derived(
        """
        case                           | has_absent_job | absence_reason       | absence_off_season_work | absence_returns_soon | absence_paid | farm_work | absent_from_job | employed
        no job                         | no             |                      |                         |                      |              |           | no              | no
        no answer about a job          | ?              |                      |                         |                      |              |           | no              | no
        01 waits for a job             | yes            | waiting_to_start     |                         |                      |              |           | no              | no
        02 low season, some work       | yes            | low_season           | yes                     |                      |              | other     | yes             | yes
        02 low season, no work         | yes            | low_season           | no                      |                      |              |           | no              | no
        02 low season, no answer       | yes            | low_season           | ?                       |                      |              |           | no              | no
        03 shift                       | yes            | shift_work           |                         |                      |              | other     | yes             | yes
        04 vacation                    | yes            | vacation             |                         |                      |              | other     | yes             | yes
        05 sickness                    | yes            | sickness             |                         |                      |              | other     | yes             | yes
        06 parental leave              | yes            | parental_leave       |                         |                      |              | other     | yes             | yes
        07 education, returns          | yes            | education_leave      |                         | yes                  |              | other     | yes             | yes
        07 education, late but paid    | yes            | education_leave      |                         | no                   | yes          | other     | yes             | yes
        07 education, late, not paid   | yes            | education_leave      |                         | no                   | no           |           | no              | no
        08 personal, returns           | yes            | personal_leave       |                         | yes                  |              | other     | yes             | yes
        08 personal, 97 but paid       | yes            | personal_leave       |                         | ?                    | yes          | other     | yes             | yes
        08 personal, 97, not paid      | yes            | personal_leave       |                         | ?                    | no           |           | no              | no
        08 personal, 97, no answer     | yes            | personal_leave       |                         | ?                    | ?            |           | no              | no
        09 lay-off, returns            | yes            | temporary_layoff     |                         | yes                  |              | other     | yes             | yes
        09 lay-off, late, not paid     | yes            | temporary_layoff     |                         | no                   | no           |           | no              | no
        10 weather, returns            | yes            | bad_weather          |                         | yes                  |              | other     | yes             | yes
        11 strike, returns             | yes            | strike               |                         | yes                  |              | other     | yes             | yes
        12 disability, late but paid   | yes            | long_term_disability |                         | no                   | yes          | other     | yes             | yes
        12 disability, late, not paid  | yes            | long_term_disability |                         | no                   | no           |           | no              | no
        13 other, returns              | yes            | other                |                         | yes                  |              | other     | yes             | yes
        13 other, late, not paid       | yes            | other                |                         | no                   | no           |           | no              | no
        no reason given                | yes            | ?                    |                         |                      |              |           | no              | no
        """,
        **NO_WORK,
    )
    agree(cases, "absent_from_job", "employed")


def test_farm_work_that_is_named_as_a_business(derived, agree):
    """Par. 22-25: farm work only, mainly for own use and not for hire, is not employment. `?` in the use asks the past."""
    cases = derived("""
        case                           | worked_for_pay | worked_own_business | helped_family_business | farm_work      | farm_output_use | farm_output_past_use | farm_hired_for_pay | own_use_farm_producer | employed
        not a farm                     | no             | yes                 |                        | other          |                 |                      |                    | no                    | yes
        farm and a shop                | no             | yes                 |                        | crops+other    |                 |                      |                    | no                    | yes
        crops, only sale               | no             | yes                 |                        | crops          | only_sale       |                      |                    | no                    | yes
        animals, mainly sale           | no             | no                  | yes                    | animals        | mainly_sale     |                      |                    | no                    | yes
        crops, own use, not hired      | no             | yes                 |                        | crops          | only_own_use    |                      | no                 | yes                   | no
        fishing, mainly own, not hired | no             | no                  | yes                    | fishing        | mainly_own_use  |                      | no                 | yes                   | no
        crops, own use, hired          | no             | yes                 |                        | crops          | only_own_use    |                      | yes                | no                    | yes
        crops, own use, hire open      | no             | yes                 |                        | crops          | only_own_use    |                      | ?                  | no                    | yes
        cannot say, past own use       | no             | yes                 |                        | crops+animals  | cannot_say      | mainly_own_use       | no                 | yes                   | no
        cannot say, past sale          | no             | yes                 |                        | crops+animals  | cannot_say      | mainly_sale          |                    | no                    | yes
        cannot say, past neither       | no             | yes                 |                        | crops          | cannot_say      | cannot_say           |                    | no                    | yes
        use open, past own use         | no             | yes                 |                        | crops          | ?               | only_own_use         | no                 | yes                   | no
        use and past open              | no             | yes                 |                        | crops          | ?               | ?                    |                    | no                    | yes
        kind of work open              | no             | yes                 |                        | ?              |                 |                      |                    | no                    | yes
        paid work is never asked       | yes            |                     |                        |                |                 |                      |                    | no                    | yes
    """)
    agree(cases, "own_use_farm_producer", "employed")


def test_absent_from_a_farm(derived, agree):
    """The test of own use also holds for who is absent from the farm."""
    cases = derived(
        """
        case                   | farm_work | farm_output_use | farm_hired_for_pay | absent_from_job | own_use_farm_producer | employed
        farm for sale          | animals   | only_sale       |                    | yes             | no                    | yes
        farm for own use       | animals   | only_own_use    | no                 | yes             | yes                   | no
        own use, but hired     | animals   | only_own_use    | yes                | yes             | no                    | yes
        """,
        **NO_WORK,
        has_absent_job="yes",
        absence_reason="sickness",
    )
    agree(cases, "absent_from_job", "own_use_farm_producer", "employed")


def test_farm_work_that_comes_out_on_the_second_question(derived, agree):
    """Par. 25: who named no job and farms for the market, or for hire, is employed; who farms for own use is not."""
    cases = derived(
        """
        case                          | farm_any      | farm_output_use | farm_output_past_use | farm_hired_for_pay | recovered_farm_worker | employed
        no farm work                  | none          |                 |                      |                    | no                    | no
        no answer                     | ?             |                 |                      |                    | no                    | no
        crops, only sale              | crops         | only_sale       |                      |                    | yes                   | yes
        animals, mainly sale          | animals       | mainly_sale     |                      |                    | yes                   | yes
        fishing, own use, hired       | fishing       | only_own_use    |                      | yes                | yes                   | yes
        crops, own use, not hired     | crops+animals | mainly_own_use  |                      | no                 | no                    | no
        crops, own use, hire open     | crops         | mainly_own_use  |                      | ?                  | no                    | no
        cannot say, past sale         | crops         | cannot_say      | only_sale            |                    | yes                   | yes
        cannot say, past own, hired   | crops         | cannot_say      | only_own_use         | yes                | yes                   | yes
        cannot say, past own          | crops         | cannot_say      | only_own_use         | no                 | no                    | no
        cannot say, past neither      | crops         | cannot_say      | cannot_say           |                    | no                    | no
        use open, past sale           | crops         | ?               | mainly_sale          |                    | yes                   | yes
        use and past open             | crops         | ?               | ?                    |                    | no                    | no
        """,
        **NO_WORK,
        has_absent_job="no",
    )
    agree(cases, "recovered_farm_worker", "employed")


def test_absence_that_does_not_hold_still_asks_about_farm_work(derived, agree):
    """A job that has ended is no job: the form goes on to farm work, except for who waits for a job to begin."""
    cases = derived(
        """
        case                        | absence_reason   | absence_off_season_work | farm_any | farm_output_use | recovered_farm_worker | employed
        low season, sells crops     | low_season       | no                      | crops    | mainly_sale     | yes                   | yes
        low season, nothing         | low_season       | no                      | none     |                 | no                    | no
        waits for a job             | waiting_to_start |                         |          |                 | no                    | no
        """,
        **NO_WORK,
        has_absent_job="yes",
    )
    agree(cases, "recovered_farm_worker", "employed")


def test_sought_work(derived, agree):
    """Par. 47(a)-(b): job or business, by more than reading adverts; SRH_MTD 03 alone is passive."""
    cases = derived(
        """
        case                           | sought_job | sought_business | search_method         | searched_actively | wants_work | available_last_week | sought_work | unemployed
        job                            | yes        |                 | applied_to_employers  |                   |            | yes                 | yes         | yes
        business                       | no         | yes             | looked_for_premises   |                   |            | yes                 | yes         | yes
        job open, business             | ?          | yes             | financial_help        |                   |            | yes                 | yes         | yes
        adverts only                   | yes        |                 | read_adverts          | no                |            | yes                 | no          | no
        adverts, and more              | yes        |                 | read_adverts          | yes               |            | yes                 | yes         | yes
        adverts, rest open             | yes        |                 | read_adverts          | ?                 |            | yes                 | no          | no
        method open                    | yes        |                 | ?                     |                   |            | yes                 | yes         | yes
        neither                        | no         | no              |                       |                   | yes        | yes                 | no          | no
        no answer                      | ?          | ?               |                       |                   | yes        | yes                 | no          | no
        """,
        **NO_JOB,
    )
    agree(cases, "sought_work", "unemployed")


def test_available(derived, agree):
    """Par. 47(c): last week, or within two weeks; who seeks and is not available is outside the labour force."""
    cases = derived(
        """
        case                        | available_last_week | available_in_two_weeks | available | labour_force_status
        last week                   | yes                 |                        | yes       | unemployed
        in two weeks                | no                  | yes                    | yes       | unemployed
        last week open, two weeks   | ?                   | yes                    | yes       | unemployed
        neither                     | no                  | no                     | no        | outside_labour_force
        no, then open               | no                  | ?                      | no        | outside_labour_force
        both open                   | ?                   | ?                      | no        | outside_labour_force
        """,
        **NO_JOB,
        sought_job="yes",
        search_method="asked_friends",
    )
    agree(cases, "available", "labour_force_status")


def test_future_starters_who_named_the_job_as_one_they_are_absent_from(derived, agree):
    """Par. 48(a), by ABS_WHY 01: begins within three months, and could have started or can within two weeks."""
    cases = derived(
        """
        case                          | start_within  | could_have_started | available_in_two_weeks | future_starter | labour_force_status
        one month, could have         | 1_month       | yes                |                        | yes            | unemployed
        one month, in two weeks       | 1_month       | no                 | yes                    | yes            | unemployed
        one month, not available      | 1_month       | no                 | no                     | no             | outside_labour_force
        one month, both open          | 1_month       | ?                  | ?                      | no             | outside_labour_force
        three months, could have      | 1_to_3_months | yes                |                        | yes            | unemployed
        three months, open, two weeks | 1_to_3_months | ?                  | yes                    | yes            | unemployed
        later                         | over_3_months |                    |                        | no             | outside_labour_force
        no time given                 | ?             |                    |                        | no             | outside_labour_force
        """,
        **NO_WORK,
        has_absent_job="yes",
        absence_reason="waiting_to_start",
        sought_job="no",
        sought_business="no",
    )
    agree(cases, "future_starter", "labour_force_status")


def test_future_starters_by_the_reason_for_not_looking(derived, agree):
    """Par. 48(a), by SRH_DWY 04; whoever gives another reason and does not look is outside the labour force."""
    cases = derived(
        """
        case                      | wants_work | reason_not_seeking | start_within  | could_have_started | available_last_week | available_in_two_weeks | future_starter | labour_force_status
        waits, could have         | yes        | waiting_to_start   | 1_month       | yes                |                     |                        | yes            | unemployed
        waits, in two weeks       | yes        | waiting_to_start   | 1_to_3_months | no                 |                     | yes                    | yes            | unemployed
        waits, starts later       | yes        | waiting_to_start   | over_3_months |                    | yes                 |                        | no             | outside_labour_force
        tired, available          | yes        | tired_or_no_jobs   |               |                    | yes                 |                        | no             | outside_labour_force
        studies, not available    | yes        | studies            |               |                    | no                  | no                     | no             | outside_labour_force
        reason open, available    | yes        | ?                  |               |                    | yes                 |                        | no             | outside_labour_force
        does not want work        | no         |                    |               |                    |                     |                        | no             | outside_labour_force
        want open                 | ?          |                    |               |                    |                     |                        | no             | outside_labour_force
        """,
        **NO_JOB,
        sought_job="no",
        sought_business="no",
    )
    agree(cases, "future_starter", "labour_force_status")


def test_a_starter_who_also_looks_for_work(derived, agree):
    """Two ways into unemployment do not exclude each other, and a job that begins later does not keep anybody out."""
    cases = derived(
        """
        case                          | start_within  | could_have_started | available_last_week | available_in_two_weeks | sought_work | future_starter | unemployed
        soon, could have              | 1_month       | yes                |                     |                        | yes         | yes            | yes
        soon, cannot                  | 1_month       | no                 |                     | no                     | yes         | no             | no
        later, available last week    | over_3_months |                    | yes                 |                        | yes         | no             | yes
        later, not available          | over_3_months |                    | no                  | no                     | yes         | no             | no
        """,
        **NO_WORK,
        has_absent_job="yes",
        absence_reason="waiting_to_start",
        sought_job="yes",
        search_method="placed_adverts",
    )
    agree(cases, "sought_work", "future_starter", "unemployed")


def test_own_use_producers_are_asked_about_the_search(derived, agree):
    """Work for own use does not shut out unemployment: such a person may seek paid work and be available (par. 22)."""
    cases = derived(
        """
        case                | sought_job | sought_business | search_method        | wants_work | available_last_week | employed | labour_force_status
        seeks               | yes        |                 | applied_to_employers |            | yes                 | no       | unemployed
        does not seek       | no         | no              |                      | no         |                     | no       | outside_labour_force
        """,
        worked_for_pay="no",
        worked_own_business="yes",
        farm_work="crops",
        farm_output_use="only_own_use",
        farm_hired_for_pay="no",
    )
    agree(cases, "employed", "labour_force_status")


def test_the_labour_force_is_the_employed_and_the_unemployed(derived, agree):
    """Par. 16: three statuses, of which two are the labour force."""
    cases = derived("""
        case        | age | worked_for_pay | sought_job | available_last_week | employed | unemployed | labour_force | outside_labour_force
        works       | 30  | yes            |            |                     | yes      | no         | yes          | no
        seeks       | 30  | no             | yes        | yes                 | no       | yes        | yes          | no
        neither     | 30  | no             | no         |                     | no       | no         | no           | yes
        a child     | 14  |                |            |                     |          |            |              |
    """)
    agree(cases, "employed", "unemployed", "labour_force", "outside_labour_force")


def test_working_age_is_the_surveys(derived, agree):
    """Par. 64-65: the limit is a setting; below it, and where age is not stated, there is no status."""
    cases = derived("""
        case       | age | worked_for_pay | working_age | labour_force_status
        a child    | 9   |                | no          |
        fourteen   | 14  |                | no          |
        fifteen    | 15  | yes            | yes         | employed
        sixty-five | 65  | yes            | yes         | employed
        no age     | ?   |                | no          |
    """)
    agree(cases, "working_age", "labour_force_status")
    quality = cases[2]
    assert quality.query("topic == 'age_not_stated' and office == 'all'")["value"].tolist() == [1]


def test_working_age_may_have_an_upper_limit(derived, agree):
    cases = derived(
        """
        case       | age | worked_for_pay | working_age | labour_force_status
        seventeen  | 17  |                | no          |
        eighteen   | 18  | yes            | yes         | employed
        sixty-four | 64  | yes            | yes         | employed
        sixty-five | 65  |                | no          |
        """,
        settings={"working_age": 18, "working_age_to": 64, "hours_threshold": 40},
    )
    agree(cases, "working_age", "labour_force_status")


def test_a_working_age_below_every_band_is_refused(derived):
    """The groupings begin at 15: the survey must then declare its own."""
    with pytest.raises(SurveyError, match=r"'age_5': 1 rows .* bands .* config/variables.yaml"):
        derived(
            """
            case     | age | worked_for_pay
            thirteen | 13  | yes
            fifteen  | 15  | yes
            """,
            settings={"working_age": 10, "hours_threshold": 40},
        )
