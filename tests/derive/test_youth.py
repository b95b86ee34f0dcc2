# ruff: noqa: E501 (case tables are as wide as they are)
"""Young people, written from SDG 8.6.1, the ILO's own NEET and ILOSTAT's stages of transition from school to work."""


def test_attendance_and_training(derived, agree):
    """DEM_EDC is put from 5 to 29, DEM_TRN and DEM_APP from 15 to 29; training is education for the SDG only."""
    cases = derived("""
        case                      | age | attends_school | in_training | in_apprenticeship | in_school | in_education_or_training
        four                      | 4   |                |             |                   |           |
        five, at school           | 5   | yes            |             |                   | yes       |
        fourteen, not at school   | 14  | no             |             |                   | no        |
        fifteen, at school        | 15  | yes            | no          | no                | yes       | yes
        twenty, in training       | 20  | no             | yes         | no                | no        | yes
        twenty, apprentice        | 20  | no             | no          | yes               | no        | yes
        29, nothing               | 29  | no             | no          | no                | no        | no
        29, nothing stated        | 29  | ?              | ?           | ?                 | no        | no
        29, only training stated  | 29  | ?              | yes         | ?                 | no        | yes
        thirty                    | 30  |                |             |                   |           |
        no age                    | ?   |                |             |                   |           |
    """)
    agree(cases, "in_school", "in_education_or_training")


def test_neet(derived, agree):
    """Not employed and not in education (and training); unknown attendance: out of the numerator, in the denominator."""
    cases = derived("""
        case                           | age | worked_for_pay | attends_school | in_training | in_apprenticeship | neet_15_24 | neet_or_training_15_24 | neet_15_29 | neet_or_training_15_29
        fourteen                       | 14  |                | no             |             |                   |            |                        |            |
        works, not at school           | 20  | yes            | no             | no          | no                | no         | no                     | no         | no
        works and at school            | 20  | yes            | yes            | no          | no                | no         | no                     | no         | no
        at school                      | 15  | no             | yes            | no          | no                | no         | no                     | no         | no
        neither                        | 15  | no             | no             | no          | no                | yes        | yes                    | yes        | yes
        in training only               | 24  | no             | no             | yes         | no                | yes        | no                     | yes        | no
        unpaid apprentice only         | 24  | no             | no             | no          | yes               | yes        | no                     | yes        | no
        25, neither                    | 25  | no             | no             | no          | no                |            |                        | yes        | yes
        29, in training                | 29  | no             | no             | yes         | no                |            |                        | yes        | no
        thirty                         | 30  | no             |                |             |                   |            |                        |            |
        attendance open                | 20  | no             | ?              | no          | no                | no         | no                     | no         | no
        attendance open, works         | 20  | yes            | ?              | no          | no                | no         | no                     | no         | no
        training open                  | 20  | no             | no             | ?           | no                | yes        | no                     | yes        | no
        apprenticeship open            | 20  | no             | no             | no          | ?                 | yes        | no                     | yes        | no
        work open, neither             | 20  | ?              | no             | no          | no                | yes        | yes                    | yes        | yes
    """)
    agree(cases, "neet_15_24", "neet_or_training_15_24", "neet_15_29", "neet_or_training_15_29")


def test_the_unemployed_may_be_neet(derived, agree):
    """NEET rests on employment, not on the labour force: who looks for work is NEET like who does not."""
    cases = derived(
        """
        case              | sought_job | sought_business | search_method        | available_last_week | wants_work | labour_force_status  | neet_15_24
        unemployed        | yes        |                 | applied_to_employers | yes                 |            | unemployed           | yes
        does not look     | no         | no              |                      |                     | no         | outside_labour_force | yes
        """,
        age="20",
        worked_for_pay="no",
        attends_school="no",
        in_training="no",
        in_apprenticeship="no",
    )
    agree(cases, "labour_force_status", "neet_15_24")


def test_stages_of_those_who_work(derived, agree):
    """Transited: not at school, and in a stable job or in self-employment. In school and in the labour force: not yet."""
    cases = derived(
        """
        case                             | age | attends_school | worked_for_pay | worked_own_business | helped_family_business | employment_relationship | hires_workers | decision_maker | pay_type | contract_duration | contract_length | transition_stage
        permanent                        | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | permanent         |                 | transited
        ongoing                          | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | ongoing           |                 | transited
        fixed, two years                 | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | fixed_period      | 2_years_or_more | transited
        fixed, just a year               | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | fixed_period      | 1_to_2_years    | transited
        fixed, under a year              | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | fixed_period      | 6_to_12_months  | in_transition
        until a task is done             | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | until_task_done   | under_1_month   | in_transition
        fixed, length open               | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | fixed_period      | ?               | ?
        contract open                    | 22  | no             | yes            |                     |                        | employee                |               |                | wage     | ?                 |                 | ?
        own account                      | 22  | no             | no             | yes                 |                        | own_business            | no            |                |          |                   |                 | transited
        employer                         | 22  | no             | no             | yes                 |                        | own_business            | yes           |                |          |                   |                 | transited
        helps the family                 | 22  | no             | no             | no                  | yes                    | helping_family_business |               | other_family   | unpaid   |                   |                 | in_transition
        status not classifiable          | 22  | no             | no             | yes                 |                        | own_business            | ?             |                |          |                   |                 | ?
        permanent, at school             | 22  | yes            | yes            |                     |                        | employee                |               |                | wage     | permanent         |                 | in_transition
        contract open, at school         | 22  | yes            | yes            |                     |                        | employee                |               |                | wage     | ?                 |                 | in_transition
        permanent, attendance open       | 22  | ?              | yes            |                     |                        | employee                |               |                | wage     | permanent         |                 | ?
        under a year, attendance open    | 22  | ?              | yes            |                     |                        | employee                |               |                | wage     | fixed_period      | under_1_month   | in_transition
        thirty                           | 30  |                | yes            |                     |                        | employee                |               |                | wage     | permanent         |                 |
        """
    )
    agree(cases, "transition_stage")


def test_stages_of_those_who_do_not_work(derived, agree):
    """Unemployed, or out of school and wanting work: in transition. Outside, and at school or not wanting: not begun."""
    cases = derived(
        """
        case                          | attends_school | sought_job | sought_business | search_method        | available_last_week | available_in_two_weeks | wants_work | transition_stage
        unemployed                    | no             | yes        |                 | applied_to_employers | yes                 |                        |            | in_transition
        unemployed student            | yes            | yes        |                 | applied_to_employers | yes                 |                        |            | in_transition
        unemployed, attendance open   | ?              | yes        |                 | applied_to_employers | yes                 |                        |            | in_transition
        looks, not available          | no             | yes        |                 | applied_to_employers | no                  | no                     |            | in_transition
        student looks, not available  | yes            | yes        |                 | applied_to_employers | no                  | no                     |            | not_begun
        wants work                    | no             | no         | no              |                      | no                  | no                     | yes        | in_transition
        student wants work            | yes            | no         | no              |                      | no                  | no                     | yes        | not_begun
        does not want                 | no             | no         | no              |                      |                     |                        | no         | not_begun
        does not want, school open    | ?              | no         | no              |                      |                     |                        | no         | not_begun
        wants, school open            | ?              | no         | no              |                      | no                  | no                     | yes        | ?
        wish open                     | no             | no         | no              |                      |                     |                        | ?          | ?
        student, wish open            | yes            | no         | no              |                      |                     |                        | ?          | not_begun
        """,
        age="22",
        worked_for_pay="no",
    )
    agree(cases, "transition_stage")


def test_years_to_the_first_job(derived, agree):
    """Age at the first job that lasted three months less age on leaving school for the last time."""
    cases = derived("""
        case                     | age | worked_for_pay | worked_before | education_level | attends_school | left_school_age | first_job_age | years_to_first_job
        three years              | 25  | yes            |               | upper_secondary | no             | 18              | 21            | 3
        at once                  | 25  | yes            |               | upper_secondary | no             | 18              | 18            | 0
        began at school          | 25  | yes            |               | tertiary        | no             | 22              | 20            | 0
        worked before            | 25  | no             | yes           | upper_secondary | no             | 18              | 20            | 2
        never worked             | 25  | no             | no            | upper_secondary | no             | 18              |               |
        still at school          | 25  | yes            |               | upper_secondary | yes            |                 | 20            |
        never at school          | 25  | yes            |               | never           | no             |                 | 12            |
        age of leaving open      | 25  | yes            |               | upper_secondary | no             | ?               | 20            |
        age of the job open      | 25  | yes            |               | upper_secondary | no             | 18              | ?             |
        thirty                   | 30  | yes            |               | upper_secondary |                |                 |               |
    """)
    agree(cases, "years_to_first_job")
