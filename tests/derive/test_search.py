# ruff: noqa: E501 (case tables are as wide as they are)
"""Duration of unemployment, previous work and the way of looking, written from the 19th ICLS and the ILO's table set."""

NO_JOB = {
    "worked_for_pay": "no",
    "worked_own_business": "no",
    "helped_family_business": "no",
    "has_absent_job": "no",
    "farm_any": "none",
}
UNEMPLOYED = {**NO_JOB, "sought_job": "yes", "search_method": "asked_friends", "available_last_week": "yes"}


def test_duration(derived, agree):
    """Par. 48(c): long-term unemployment is a search of twelve months or more (SRH_DUR 5 and 6)."""
    cases = derived(
        """
        case               | search_duration | unemployment_duration | long_term_unemployed
        under a month      | under_1_month   | under_6_months        | no
        1 to 3 months      | 1_to_3_months   | under_6_months        | no
        3 to 6 months      | 3_to_6_months   | under_6_months        | no
        6 to 12 months     | 6_to_12_months  | 6_to_12_months        | no
        1 to 2 years       | 1_to_2_years    | 12_months_or_more     | yes
        2 years or more    | 2_years_or_more | 12_months_or_more     | yes
        no answer          | ?               | ?                     | no
        """,
        **UNEMPLOYED,
    )
    agree(cases, "unemployment_duration", "long_term_unemployed")


def test_only_the_unemployed_have_a_duration(derived, agree):
    """Who looks without being available is not unemployed; who waits for a job to begin is, and never looked."""
    cases = derived(
        """
        case                       | sought_job | sought_business | search_method | search_duration | wants_work | reason_not_seeking | start_within | could_have_started | available_last_week | available_in_two_weeks | worked_before | unemployed | unemployment_duration | long_term_unemployed | previous_work
        seeks and is available     | yes        |                 | asked_friends | 2_years_or_more |            |                    |              |                    | yes                 |                        | yes           | yes        | 12_months_or_more     | yes                  | worked_before
        seeks, is not available    | yes        |                 | asked_friends | 2_years_or_more |            |                    |              |                    | no                  | no                     | yes           | no         |                       |                      |
        waits for a job            | no         | no              |               |                 | yes        | waiting_to_start   | 1_month      | yes                |                     |                        | no            | yes        | ?                     | no                   | first_job
        does not want work         | no         | no              |               |                 | no         |                    |              |                    |                     |                        | no            | no         |                       |                      |
        """,
        **NO_JOB,
    )
    agree(cases, "unemployed", "unemployment_duration", "long_term_unemployed", "previous_work")


def test_previous_work(derived, agree):
    """Table set C.4: the unemployed who have worked before, and those who look for a first job."""
    cases = derived(
        """
        case          | worked_before | previous_work
        has worked    | yes           | worked_before
        has not       | no            | first_job
        no answer     | ?             | ?
        """,
        **UNEMPLOYED,
    )
    agree(cases, "previous_work")


def test_public_employment_service(derived, agree):
    """Par. 47(b): registration with an employment service is a way of looking; SRH_MTD names the main one."""
    cases = derived(
        """
        case                     | sought_job | search_method             | searched_actively | available_last_week | sought_work | used_public_employment_service | search_method_group
        public service           | yes        | public_employment_service |                   | yes                 | yes         | yes                            | public_employment_service
        public, not available    | yes        | public_employment_service |                   | ?                   | yes         | yes                            | public_employment_service
        private agency           | yes        | private_agency            |                   | yes                 | yes         | no                             | private_agency
        friends                  | yes        | asked_friends             |                   | yes                 | yes         | no                             | friends
        adverts, actively        | yes        | read_adverts              | yes               | yes                 | yes         | no                             | adverts
        adverts only             | yes        | read_adverts              | no                | yes                 | no          |                                |
        method not said          | yes        | ?                         |                   | yes                 | yes         | no                             | ?
        does not look            | no         |                           |                   |                     | no          |                                |
        """,
        **NO_JOB,
    )
    agree(cases, "sought_work", "used_public_employment_service", "search_method_group")
