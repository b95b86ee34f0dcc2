# ruff: noqa: E501 (case tables are as wide as they are)
"""Status in employment (ICSE-93), written from its groups; who is asked about contract and benefits is group 1."""


def test_status_in_employment(derived, agree):
    cases = derived(
        """
        case                          | employment_relationship | decision_maker | hires_workers | pay_type           | employee | status_in_employment
        employee                      | employee                |                |               | wage               | yes      | employee
        employee, pay open            | employee                |                |               | ?                  | yes      | employee
        employee, paid in meals       | employee                |                |               | meals              | yes      | employee
        apprentice                    | apprentice              |                |               | unpaid             | yes      | employee
        own business, hires           | own_business            |                | yes           |                    | no       | employer
        own business, alone           | own_business            |                | no            |                    | no       | own_account
        own business, hiring open     | own_business            |                | ?             |                    | no       | not_classifiable
        family, decides, hires        | helping_family_business | self           | yes           |                    | no       | employer
        family, decides together      | helping_family_business | together       | no            |                    | no       | own_account
        family, others decide, unpaid | helping_family_business | other_family   |               | unpaid             | no       | family_worker
        family, others, in kind       | helping_family_business | non_relatives  |               | meals+products     | no       | family_worker
        family, others, by wage       | helping_family_business | other_family   |               | wage+meals         | yes      | employee
        family, others, by piece      | helping_family_business | other_family   |               | piece              | yes      | employee
        family, others, commission    | helping_family_business | other_family   |               | commission         | yes      | employee
        family, others, by fees       | helping_family_business | other_family   |               | fees               | yes      | employee
        family, others, other cash    | helping_family_business | other_family   |               | other_cash         | yes      | employee
        family, others, tips only     | helping_family_business | other_family   |               | tips               | no       | not_classifiable
        family, others, pay open      | helping_family_business | other_family   |               | ?                  | no       | not_classifiable
        family, decision open, unpaid | helping_family_business | ?              |               | unpaid             | no       | family_worker
        family, decision open, wage   | helping_family_business | ?              |               | wage               | yes      | employee
        helps an employee, unpaid     | helping_family_employee |                |               | unpaid             | no       | family_worker
        helps an employee, by wage    | helping_family_employee |                |               | wage               | yes      | employee
        relationship open             | ?                       |                |               | wage               | no       | not_classifiable
        relationship open, unpaid     | ?                       |                |               | unpaid             | no       | not_classifiable
        """,
        worked_for_pay="yes",
    )
    agree(cases, "employee", "status_in_employment")


def test_nobody_without_employment_has_a_status(derived, agree):
    cases = derived("""
        case       | age | worked_for_pay | employment_relationship | pay_type | employee | status_in_employment
        employed   | 30  | yes            | employee                | wage     | yes      | employee
        a child    | 14  |                |                         |          |          |
        at home    | 30  | no             |                         |          |          |
    """)
    agree(cases, "employee", "status_in_employment")


def test_multiple_jobs(derived, agree):
    """MJJ_MULT: one job, or more; no answer counts as one."""
    cases = derived("""
        case          | worked_for_pay | job_count | multiple_jobs
        one           | yes            | one       | no
        more          | yes            | more      | yes
        not said      | yes            | ?         | no
        not employed  | no             |           |
    """)
    agree(cases, "multiple_jobs")
