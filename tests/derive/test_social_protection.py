# ruff: noqa: E501 (case tables are as wide as they are)
"""Social insurance, paid leave and contract of employees."""


def test_social_protection_of_employees(derived, agree):
    """No answer is not protection; whoever is not an employee is not asked and has none of the four."""
    cases = derived(
        """
        case                 | employment_relationship | hires_workers | pay_type | contract | social_insurance | paid_annual_leave | paid_sick_leave | has_social_insurance | has_paid_annual_leave | has_paid_sick_leave | protected_employee
        all four             | employee                |               | wage     | written  | yes              | yes               | yes             | yes                  | yes                   | yes                 | yes
        oral contract        | employee                |               | wage     | oral     | yes              | yes               | yes             | yes                  | yes                   | yes                 | no
        contract open        | employee                |               | wage     | ?        | yes              | yes               | yes             | yes                  | yes                   | yes                 | no
        not insured          | employee                |               | wage     | written  | no               | yes               | yes             | no                   | yes                   | yes                 | no
        insurance open       | employee                |               | wage     | written  | ?                | yes               | yes             | no                   | yes                   | yes                 | no
        no annual leave      | employee                |               | wage     | written  | yes              | no                | yes             | yes                  | no                    | yes                 | no
        sick leave open      | employee                |               | wage     | written  | yes              | yes               | ?               | yes                  | yes                   | no                  | no
        nothing              | apprentice              |               | unpaid   | oral     | no               | no                | no              | no                   | no                    | no                  | no
        own business         | own_business            | yes           |          |          |                  |                   |                 |                      |                       |                     |
        """,
        worked_for_pay="yes",
    )
    agree(cases, "has_social_insurance", "has_paid_annual_leave", "has_paid_sick_leave", "protected_employee")
