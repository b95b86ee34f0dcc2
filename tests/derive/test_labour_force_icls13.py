# ruff: noqa: E501 (case tables are as wide as they are)
"""Labour force status by the 13th ICLS (1982), written from its paragraphs 8 to 11; the 19th stands beside it.

Par. 9(6): who produces goods for the own household is employed. Par. 10(3): who has arranged to start a job later need
not look for work. `employed` and `unemployed` are those of the 19th ICLS, for the same persons.
"""

from lfs.derive import make_people
from lfs.estimate.estimands import possible_estimands
from lfs.metadata.indicators import Indicator
from lfs.metadata.variables import column_of

NO_WORK = {"worked_for_pay": "no", "worked_own_business": "no", "helped_family_business": "no"}
NO_JOB = {**NO_WORK, "has_absent_job": "no", "farm_any": "none"}


def test_own_use_producers_on_farms_are_employed(derived, agree):
    """Par. 9(6): by the 19th ICLS work for own use is another form of work, by the 13th it is employment."""
    cases = derived(
        """
        case                              | worked_for_pay | worked_own_business | helped_family_business | has_absent_job | farm_work | farm_any | farm_output_use | farm_output_past_use | farm_hired_for_pay | employed | employed_icls13
        paid work                         | yes            |                     |                        |                |           |          |                 |                      |                    | yes      | yes
        farm that sells                   | no             | yes                 |                        |                | crops     |          | only_sale       |                      |                    | yes      | yes
        farm for own use                  | no             | yes                 |                        |                | crops     |          | only_own_use    |                      | no                 | no       | yes
        family farm for own use           | no             | no                  | yes                    |                | animals   |          | mainly_own_use  |                      | no                 | no       | yes
        hired on a farm for own use       | no             | yes                 |                        |                | crops     |          | only_own_use    |                      | yes                | yes      | yes
        no job, farm that sells           | no             | no                  | no                     | no             |           | crops    | mainly_sale     |                      |                    | yes      | yes
        no job, farm for own use          | no             | no                  | no                     | no             |           | crops    | only_own_use    |                      | no                 | no       | yes
        no job, fishing, hire not said    | no             | no                  | no                     | no             |           | fishing  | mainly_own_use  |                      | ?                  | no       | yes
        no job, farm, use not said        | no             | no                  | no                     | no             |           | animals  | ?               | ?                    |                    | no       | yes
        no job, no farm                   | no             | no                  | no                     | no             |           | none     |                 |                      |                    | no       | no
        no job, farm work not said        | no             | no                  | no                     | no             |           | ?        |                 |                      |                    | no       | no
        """,
        own_use_work="care",
    )
    agree(cases, "employed", "employed_icls13")


def test_producers_of_other_goods_for_the_household_are_employed_and_providers_of_services_are_not(derived, agree):
    """Par. 9(6) and 5-6: goods are inside the production boundary of the national accounts, housework and care are not."""
    cases = derived(
        """
        case                    | own_use_work         | employed | employed_icls13
        farming or gathering    | farming              | no       | yes
        builds the own dwelling | building             | no       | yes
        makes goods             | making_goods         | no       | yes
        fetches water           | water                | no       | yes
        collects firewood       | firewood             | no       | yes
        water and housework     | water+housework      | no       | yes
        housework               | housework            | no       | no
        care                    | care                 | no       | no
        housework and care      | housework+care       | no       | no
        no answer               | ?                    | no       | no
        """,
        **NO_JOB,
    )
    agree(cases, "employed", "employed_icls13")


def test_seekers_who_produce_for_own_use_are_not_unemployed(derived, agree):
    """Par. 10(1)(a): unemployed is who has no work; by the 13th ICLS the own-use producer has."""
    cases = derived(
        """
        case                    | own_use_work | sought_job | search_method | available_last_week | available_in_two_weeks | unemployed | unemployed_icls13 | labour_force_status_icls13
        seeks                   | housework    | yes        | asked_friends | yes                 |                        | yes        | yes               | unemployed
        seeks and fetches water | water        | yes        | asked_friends | yes                 |                        | yes        | no                | employed
        seeks, not available    | housework    | yes        | asked_friends | no                  | no                     | no         | no                | outside_labour_force
        seeks, nothing said     | housework    | yes        | asked_friends | ?                   | ?                      | no         | no                | outside_labour_force
        own use not said, seeks | ?            | yes        | asked_friends | yes                 |                        | yes        | yes               | unemployed
        """,
        **NO_JOB,
    )
    agree(cases, "unemployed", "unemployed_icls13", "labour_force_status_icls13")


def test_future_starters_have_no_limit_of_three_months(derived, agree):
    """Par. 10(3): without work, currently available, and a job arranged for any later date."""
    cases = derived(
        """
        case                      | reason_not_seeking | start_within  | could_have_started | available_last_week | available_in_two_weeks | unemployed | unemployed_icls13
        one month, could have     | waiting_to_start   | 1_month       | yes                |                     |                        | yes        | yes
        one month, in two weeks   | waiting_to_start   | 1_month       | no                 |                     | yes                    | yes        | yes
        one month, not available  | waiting_to_start   | 1_month       | no                 |                     | no                     | no         | no
        later, available          | waiting_to_start   | over_3_months |                    | yes                 |                        | no         | yes
        later, in two weeks       | waiting_to_start   | over_3_months |                    | no                  | yes                    | no         | yes
        later, not available      | waiting_to_start   | over_3_months |                    | no                  | no                     | no         | no
        no date, available        | waiting_to_start   | ?             |                    | yes                 |                        | no         | yes
        no job arranged           | tired_or_no_jobs   |               |                    | yes                 |                        | no         | no
        """,
        **NO_JOB,
        sought_job="no",
        sought_business="no",
        wants_work="yes",
    )
    agree(cases, "unemployed", "unemployed_icls13")


def test_a_late_starter_who_was_not_asked_about_availability_is_outside_the_labour_force(derived, agree):
    """By ABS_WHY 01 the form does not ask who wants to work, and so not whether he or she could start."""
    cases = derived(
        """
        case               | start_within  | sought_job | search_method | available_last_week | unemployed | unemployed_icls13 | outside_labour_force_icls13
        later              | over_3_months | no         |               |                     | no         | no                | yes
        later, and seeks   | over_3_months | yes        | asked_friends | yes                 | yes        | yes               | no
        """,
        **NO_WORK,
        has_absent_job="yes",
        absence_reason="waiting_to_start",
    )
    agree(cases, "unemployed", "unemployed_icls13", "outside_labour_force_icls13")


def test_three_statuses_for_everybody_of_working_age(derived, agree):
    """Par. 8 to 11: employed and unemployed are the currently active population, the rest of working age is not."""
    cases = derived("""
        case      | age | worked_for_pay | own_use_work | sought_job | available_last_week | employed_icls13 | unemployed_icls13 | labour_force_icls13 | outside_labour_force_icls13 | labour_force_status_icls13
        works     | 30  | yes            |              |            |                     | yes             | no                | yes                 | no                          | employed
        water     | 30  | no             | water        |            |                     | yes             | no                | yes                 | no                          | employed
        seeks     | 30  | no             |              | yes        | yes                 | no              | yes               | yes                 | no                          | unemployed
        neither   | 30  | no             |              | no         |                     | no              | no                | no                  | yes                         | outside_labour_force
        a child   | 14  |                |              |            |                     |                 |                   |                     |                             |
    """)
    agree(
        cases,
        "employed_icls13",
        "unemployed_icls13",
        "labour_force_icls13",
        "outside_labour_force_icls13",
        "labour_force_status_icls13",
    )


def test_a_survey_that_does_not_ask_about_own_use_still_has_the_farms(table, as_answers, variables, settings):
    """The approximation is then told to be made without these questions."""
    cells = table("""
        case     | round  | office | age | relationship | worked_for_pay | worked_own_business | farm_work | farm_output_use | farm_hired_for_pay
        own use  | 2021H2 | cso    | 30  | child        | no             | yes                 | crops     | only_own_use    | no
        nothing  | 2021H2 | cso    | 30  | child        | no             | no                  |           |                 |
    """)
    answers = as_answers(cells)
    answers = answers.drop(columns=[name for name in answers if name.startswith("own_use_work_")])
    people, quality = make_people(answers, variables, settings)
    assert people["employed_icls13"].tolist() == [True, False]
    told = quality[(quality["topic"] == "made_without") & (quality["variable"] == "employed_icls13")]
    goods = ["farming", "building", "making_goods", "water", "firewood"]
    assert told["detail"].tolist() == ["+".join(f"own_use_work_{each}" for each in goods)]


def test_both_statuses_stand_beside_each_other_and_figures_find_theirs(derived, variables):
    _, people, _ = derived("""
        case  | age | worked_for_pay
        works | 30  | yes
    """)
    columns = list(people.columns)
    for concept in ("employed", "unemployed", "labour_force", "outside_labour_force", "labour_force_status"):
        assert columns.index(f"{concept}_icls13") == columns.index(concept) + 1
        assert column_of(concept, "icls13", variables) == f"{concept}_icls13"
    assert column_of("working_age", "icls13", variables) == "working_age"


def test_a_rate_of_the_13th_reads_its_own_numerator_and_denominator(derived, variables):
    _, people, _ = derived("""
        case  | age | worked_for_pay
        works | 30  | yes
    """)
    rate = Indicator(
        kind="ratio",
        numerator="unemployed",
        denominator="labour_force",
        universe="working_age",
        unit="rate",
        standards=("icls19", "icls13"),
    )
    found, missing = possible_estimands(set(people.columns), {"unemployment_rate": rate}, variables)
    read = {each.standard: (each.numerator, each.denominator, each.universe) for each in found}
    assert read == {
        "icls13": ("unemployed_icls13", "labour_force_icls13", "working_age"),
        "icls19": ("unemployed", "labour_force", "working_age"),
    }
    assert missing == {}
