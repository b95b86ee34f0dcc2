# ruff: noqa: E501 (case tables are as wide as they are)
"""Households, written from the definitions: one reference person each, dependants, work of the members, main earner."""


def test_household_head_is_one_for_each_household(derived, agree):
    """The lowest line that says reference person; the lowest line where none does."""
    cases = derived("""
        case                | household | line | relationship     | household_size | household_head
        A, first            | A         | 1    | reference_person | 3              | yes
        A, second           | A         | 2    | spouse           | 3              | no
        A, third            | A         | 3    | child            | 3              | no
        B, named on line 2  | B         | 2    | reference_person | 2              | yes
        B, mother           | B         | 1    | parent           | 2              | no
        C, two named        | C         | 4    | reference_person | 2              | no
        C, the lower line   | C         | 3    | reference_person | 2              | yes
        D, none named       | D         | 2    | child            | 2              | no
        D, none named, 1    | D         | 1    | spouse           | 2              | yes
        E, relation open    | E         | 1    | ?                | 1              | yes
    """)
    agree(cases, "household_size", "household_head")


def test_dependants(derived, agree):
    """Age dependency: 0-14 and 65 and over, on those of 15 to 64. Economic dependency: whoever is not employed."""
    cases = derived("""
        case          | age | worked_for_pay | dependent_age | age_15_to_64 | not_employed
        an infant     | 0   |                | yes           | no           | yes
        fourteen      | 14  |                | yes           | no           | yes
        fifteen       | 15  | no             | no            | yes          | yes
        sixty-four    | 64  | yes            | no            | yes          | no
        sixty-five    | 65  | yes            | yes           | no           | no
        no age        | ?   |                | no            | no           | yes
    """)
    agree(cases, "dependent_age", "age_15_to_64", "not_employed")


def test_workless_households(derived, agree):
    """No member employed; of households with a member of working age; persons in them of every age and household."""
    cases = derived("""
        case                    | household | line | relationship     | age | worked_for_pay | child_worked | working_age_household_head | workless_household | in_workless_household
        A, father, works        | A         | 1    | reference_person | 40  | yes            |              | yes                        | no                 | no
        A, mother               | A         | 2    | spouse           | 38  | no             |              | no                         |                    | no
        A, child                | A         | 3    | child            | 9   |                | no           | no                         |                    | no
        B, widow                | B         | 1    | reference_person | 50  | no             |              | yes                        | yes                | yes
        B, works, not stated    | B         | 2    | child            | 20  | ?              |              | no                         |                    | yes
        B, a child who works    | B         | 3    | child            | 12  |                | yes          | no                         |                    | yes
        C, child on its own     | C         | 1    | reference_person | 13  |                | no           | no                         |                    | yes
        D, no age               | D         | 1    | reference_person | ?   |                |              | yes                        | no                 | no
        D, grandmother, works   | D         | 2    | parent           | 70  | yes            |              | no                         |                    | no
    """)
    agree(cases, "working_age_household_head", "workless_household", "in_workless_household")


def test_informal_main_earner(derived, agree):
    """The highest pay where the pay of all who are employed is known; else the longest hours; then the lowest line."""
    cases = derived("""
        case                        | household | line | relationship     | worked_for_pay | worked_own_business | employment_relationship | hires_workers | employer_type    | social_insurance | pay_type | pay_amount | pay_period | job_count | usual_hours_main | earner_household_head | informal_main_earner
        A, formal, paid more        | A         | 1    | reference_person | yes            |                     | employee                |               | government       | yes              | wage     | 900        | month      | one       | 35               | yes                   | no
        A, informal, paid less      | A         | 2    | child            | yes            |                     | employee                |               | household        | no               | wage     | 500        | month      | one       | 60               | no                    |
        B, formal, paid less        | B         | 1    | reference_person | yes            |                     | employee                |               | government       | yes              | wage     | 400        | month      | one       | 60               | yes                   | yes
        B, informal, paid more      | B         | 2    | child            | yes            |                     | employee                |               | household        | no               | wage     | 500        | month      | one       | 20               | no                    |
        C, formal, shorter hours    | C         | 1    | reference_person | yes            |                     | employee                |               | government       | yes              | wage     | 900        | month      | one       | 35               | yes                   | yes
        C, own business, longer     | C         | 2    | child            | no             | yes                 | own_business            | no            |                  |                  |          |            |            | one       | 50               | no                    |
        D, pay open, longer hours   | D         | 1    | reference_person | yes            |                     | employee                |               | government       | yes              | wage     | ?          | month      | one       | 48               | yes                   | no
        D, informal, pay known      | D         | 2    | child            | yes            |                     | employee                |               | household        | no               | wage     | 500        | month      | one       | 20               | no                    |
        E, equal, line 1            | E         | 1    | reference_person | yes            |                     | employee                |               | government       | yes              | wage     | 500        | month      | one       | 40               | yes                   | no
        E, equal, line 2            | E         | 2    | child            | yes            |                     | employee                |               | household        | no               | wage     | 500        | month      | one       | 40               | no                    |
        F, not employed             | F         | 1    | reference_person | no             | no                  |                         |               |                  |                  |          |            |            |           |                  | yes                   | yes
        F, hours open               | F         | 2    | child            | no             | yes                 | own_business            | no            |                  |                  |          |            |            | one       | ?                | no                    |
        G, nobody employed          | G         | 1    | reference_person | no             | no                  |                         |               |                  |                  |          |            |            |           |                  | no                    |
    """)
    agree(cases, "earner_household_head", "informal_main_earner")
