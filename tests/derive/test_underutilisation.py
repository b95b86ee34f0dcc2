# ruff: noqa: E501 (case tables are as wide as they are)
"""Attachment to the labour market and LU1 to LU4, written from the 19th ICLS par. 40-51 and 73 and the form's routing."""

import pytest

from lfs.derive import make_people
from lfs.metadata import SurveyError

NO_WORK = {"worked_for_pay": "no", "worked_own_business": "no", "helped_family_business": "no"}
NO_JOB = {**NO_WORK, "has_absent_job": "no", "farm_any": "none"}
PARTS = ("unavailable_jobseeker", "available_potential_jobseeker", "potential_labour_force", "extended_labour_force")


def test_seekers(derived, agree):
    """Par. 51(a): seeks and is not available. A seeker who is available is unemployed, and in no group."""
    cases = derived(
        """
        case                        | search_method | searched_actively | available_last_week | available_in_two_weeks | attachment                    | unavailable_jobseeker | available_potential_jobseeker | potential_labour_force | extended_labour_force
        available last week         | asked_friends |                   | yes                 |                        |                               | no                    | no                            | no                     | yes
        available in two weeks      | asked_friends |                   | no                  | yes                    |                               | no                    | no                            | no                     | yes
        not available               | asked_friends |                   | no                  | no                     | unavailable_jobseeker         | yes                   | no                            | yes                    | yes
        availability not said       | asked_friends |                   | ?                   | ?                      | unavailable_jobseeker         | yes                   | no                            | yes                    | yes
        method not said             | ?             |                   | no                  | no                     | unavailable_jobseeker         | yes                   | no                            | yes                    | yes
        reads adverts, available    | read_adverts  | no                | yes                 |                        | available_potential_jobseeker | no                    | yes                           | yes                    | yes
        reads adverts, two weeks    | read_adverts  | ?                 | no                  | yes                    | available_potential_jobseeker | no                    | yes                           | yes                    | yes
        reads adverts, cannot start | read_adverts  | no                | no                  | no                     | willing_non_jobseeker         | no                    | no                            | no                     | no
        """,
        **NO_JOB,
        sought_job="yes",
    )
    agree(cases, "attachment", *PARTS)


def test_who_does_not_seek(derived, agree):
    """Par. 51(b): wants work and is available; SRH_DWY 05 to 07 are reasons of the labour market (discouraged)."""
    cases = derived(
        """
        case                     | wants_work | reason_not_seeking      | available_last_week | available_in_two_weeks | attachment                    | potential_labour_force | discouraged
        01 awaits results        | yes        | awaiting_results        | yes                 |                        | available_potential_jobseeker | yes                    | no
        02 awaits a recall       | yes        | awaiting_recall         | yes                 |                        | available_potential_jobseeker | yes                    | no
        03 awaits the season     | yes        | awaiting_season         | yes                 |                        | available_potential_jobseeker | yes                    | no
        05 tired, or no jobs     | yes        | tired_or_no_jobs        | yes                 |                        | available_potential_jobseeker | yes                    | yes
        06 no matching skills    | yes        | no_matching_skills      | no                  | yes                    | available_potential_jobseeker | yes                    | yes
        07 too young or too old  | yes        | too_young_or_old        | ?                   | yes                    | available_potential_jobseeker | yes                    | yes
        08 studies               | yes        | studies                 | no                  | yes                    | available_potential_jobseeker | yes                    | no
        09 family                | yes        | family                  | yes                 |                        | available_potential_jobseeker | yes                    | no
        10 own-use farming       | yes        | own_use_farming         | yes                 |                        | available_potential_jobseeker | yes                    | no
        11 disability            | yes        | disability              | yes                 |                        | available_potential_jobseeker | yes                    | no
        12 retired               | yes        | retired_or_other_income | yes                 |                        | available_potential_jobseeker | yes                    | no
        13 other                 | yes        | other                   | yes                 |                        | available_potential_jobseeker | yes                    | no
        reason not said          | yes        | ?                       | yes                 |                        | available_potential_jobseeker | yes                    | no
        05, cannot start         | yes        | tired_or_no_jobs        | no                  | no                     | willing_non_jobseeker         | no                     | no
        05, start not said       | yes        | tired_or_no_jobs        | ?                   | ?                      | willing_non_jobseeker         | no                     | no
        does not want work       | no         |                         |                     |                        | not_willing                   | no                     | no
        wants not said           | ?          |                         |                     |                        | not_classified                | no                     | no
        """,
        **NO_JOB,
        sought_job="no",
        sought_business="no",
    )
    agree(cases, "attachment", "potential_labour_force", "discouraged")


def test_starters_who_are_not_unemployed_want_work(derived, agree):
    """A job arranged for later than three months, or that cannot be started in time, is no unemployment (par. 48)."""
    cases = derived(
        """
        case                               | has_absent_job | absence_reason   | farm_any | wants_work | reason_not_seeking | start_within  | could_have_started | available_last_week | available_in_two_weeks | unemployed | attachment
        DWY 04, soon, could have           | no             |                  | none     | yes        | waiting_to_start   | 1_month       | yes                |                     |                        | yes        |
        DWY 04, soon, cannot               | no             |                  | none     | yes        | waiting_to_start   | 1_month       | no                 |                     | no                     | no         | willing_non_jobseeker
        DWY 04, later, available           | no             |                  | none     | yes        | waiting_to_start   | over_3_months |                    | yes                 |                        | no         | available_potential_jobseeker
        DWY 04, later, cannot              | no             |                  | none     | yes        | waiting_to_start   | over_3_months |                    | no                  | no                     | no         | willing_non_jobseeker
        ABS 01, soon, in two weeks         | yes            | waiting_to_start |          |            |                    | 1_to_3_months | ?                  |                     | yes                    | yes        |
        ABS 01, soon, cannot               | yes            | waiting_to_start |          |            |                    | 1_to_3_months | no                 |                     | no                     | no         | willing_non_jobseeker
        ABS 01, later, not asked           | yes            | waiting_to_start |          |            |                    | over_3_months |                    |                     |                        | no         | willing_non_jobseeker
        ABS 01, no date                    | yes            | waiting_to_start |          |            |                    | ?             |                    |                     |                        | no         | willing_non_jobseeker
        """,
        **NO_WORK,
        sought_job="no",
        sought_business="no",
    )
    agree(cases, "unemployed", "attachment")


def test_nobody_in_the_labour_force_or_below_working_age_is_attached(derived, agree):
    """Groups are of persons outside the labour force; the booleans are of everybody of working age."""
    cases = derived("""
        case      | age | worked_for_pay | sought_job | sought_business | wants_work | available_last_week | attachment  | potential_labour_force | extended_labour_force | labour_force_or_discouraged | unemployed_or_discouraged
        employed  | 30  | yes            |            |                 |            |                     |             | no                     | yes                   | yes                         | no
        seeks     | 30  | no             | yes        |                 |            | yes                 |             | no                     | yes                   | yes                         | yes
        neither   | 30  | no             | no         | no              | no         |                     | not_willing | no                     | no                    | no                          | no
        a child   | 14  |                |            |                 |            |                     |             |                        |                       |                             |
    """)
    agree(
        cases,
        "attachment",
        "potential_labour_force",
        "extended_labour_force",
        "labour_force_or_discouraged",
        "unemployed_or_discouraged",
    )


def test_time_related_underemployment_by_usual_hours(derived, agree):
    """Par. 43: hours in all jobs below the threshold (40), wants more, available for more. The form asks below it only."""
    cases = derived(
        """
        case                      | worked_for_pay | usual_hours_main | job_count | usual_hours_other | wants_more_hours | available_more_hours | time_related_underemployed
        short, wants, available   | yes            | 20               | one       |                   | yes              | yes                  | yes
        just below                | yes            | 39               | one       |                   | yes              | yes                  | yes
        at the threshold          | yes            | 40               | one       |                   |                  |                      | no
        zero hours                | yes            | 0                | one       |                   | yes              | yes                  | yes
        does not want more        | yes            | 20               | one       |                   | no               |                      | no
        wants, not available      | yes            | 20               | one       |                   | yes              | no                   | no
        wants not said            | yes            | 20               | one       |                   | ?                |                      | no
        availability not said     | yes            | 20               | one       |                   | yes              | ?                    | no
        hours not said            | yes            | ?                | one       |                   |                  |                      | no
        two jobs, short together  | yes            | 20               | more      | 10                | yes              | yes                  | yes
        two jobs, long together   | yes            | 20               | more      | 20                |                  |                      | no
        second hours not said     | yes            | 20               | more      | ?                 |                  |                      | no
        not employed              | no             |                  |           |                   |                  |                      |
        """
    )
    agree(cases, "time_related_underemployed")


def test_time_related_underemployment_by_actual_hours(derived, agree):
    """The hours of the reference week instead: one short week is not enough where usual hours were never short."""
    cases = derived(
        """
        case                         | usual_hours_main | actual_hours_main | wants_more_hours | available_more_hours | time_related_underemployed
        both short                   | 20               | 20                | yes              | yes                  | yes
        one long week                | 20               | 50                | yes              | yes                  | no
        one short week, not asked    | 50               | 20                |                  |                      | no
        actual hours not said        | 20               | ?                 | yes              | yes                  | no
        absent all week              | 20               | 0                 | yes              | yes                  | yes
        """,
        settings={"working_age": 15, "hours_threshold": 40, "hours_basis": "actual"},
        worked_for_pay="yes",
        job_count="one",
    )
    agree(cases, "time_related_underemployed")


def test_another_threshold(derived, agree):
    """IHSES 2012: full time in Iraq from 36 hours."""
    cases = derived(
        """
        case     | usual_hours_main | wants_more_hours | available_more_hours | time_related_underemployed
        35 hours | 35               | yes              | yes                  | yes
        36 hours | 36               |                  |                      | no
        """,
        settings={"working_age": 15, "hours_threshold": 36},
        worked_for_pay="yes",
        job_count="one",
    )
    agree(cases, "time_related_underemployed")


@pytest.mark.parametrize("basis", ["usual", "actual"])
def test_a_survey_that_asks_for_one_kind_of_hours_is_measured_by_it(basis, table, as_answers, variables):
    cells = table("""
        case  | round  | office | age | relationship | worked_for_pay | actual_hours_main | job_count | wants_more_hours | available_more_hours
        short | 2021H2 | cso    | 30  | child        | yes            | 20                | one       | yes              | yes
        long  | 2021H2 | cso    | 30  | child        | yes            | 50                | one       | yes              | yes
    """)
    settings = {"working_age": 15, "hours_threshold": 40, "hours_basis": basis}
    answers = as_answers(cells)
    only_actual = answers.drop(columns=["usual_hours_main", "usual_hours_other"])
    people, _ = make_people(only_actual, variables, settings)
    assert people["time_related_underemployed"].tolist() == [True, False]
    neither = only_actual.drop(columns=["actual_hours_main", "actual_hours_other"])
    with pytest.raises(SurveyError, match=r"'time_related_underemployed': .* declare wants_more_hours unavailable"):
        make_people(neither, variables, settings)


def test_the_four_measures(derived, agree):
    """Par. 73(c). LU1 = U/LF, LU2 = (U+TRU)/LF, LU3 = (U+PLF)/(LF+PLF), LU4 = (U+TRU+PLF)/(LF+PLF).

    Of six persons: LF 3, of them U 1 and TRU 1; PLF 2. LU1 1/3, LU2 2/3, LU3 3/5, LU4 4/5.
    """
    cases = derived("""
        case            | worked_for_pay | usual_hours_main | wants_more_hours | available_more_hours | sought_job | sought_business | search_method | wants_work | reason_not_seeking | available_last_week | available_in_two_weeks | unemployed | labour_force | unemployed_or_underemployed | extended_labour_force | unemployed_or_potential | underutilised
        full time       | yes            | 45               |                  |                      |            |                 |               |            |                    |                     |                        | no         | yes          | no                          | yes                   | no                      | no
        underemployed   | yes            | 10               | yes              | yes                  |            |                 |               |            |                    |                     |                        | no         | yes          | yes                         | yes                   | no                      | yes
        unemployed      | no             |                  |                  |                      | yes        |                 | asked_friends |            |                    | yes                 |                        | yes        | yes          | yes                         | yes                   | yes                     | yes
        unavailable     | no             |                  |                  |                      | yes        |                 | asked_friends |            |                    | no                  | no                     | no         | no           |                             | yes                   | yes                     | yes
        discouraged     | no             |                  |                  |                      | no         | no              |               | yes        | tired_or_no_jobs   | yes                 |                        | no         | no           |                             | yes                   | yes                     | yes
        does not want   | no             |                  |                  |                      | no         | no              |               | no         |                    |                     |                        | no         | no           |                             | no                    |                         |
    """)
    agree(
        cases,
        "unemployed",
        "labour_force",
        "unemployed_or_underemployed",
        "extended_labour_force",
        "unemployed_or_potential",
        "underutilised",
    )
    people = cases[1]
    rates = {
        "LU1": ("unemployed", "labour_force"),
        "LU2": ("unemployed_or_underemployed", "labour_force"),
        "LU3": ("unemployed_or_potential", "extended_labour_force"),
        "LU4": ("underutilised", "extended_labour_force"),
    }
    made = {name: people[above].sum() / people[below].sum() for name, (above, below) in rates.items()}
    assert made == {"LU1": 1 / 3, "LU2": 2 / 3, "LU3": 3 / 5, "LU4": 4 / 5}
