# ruff: noqa: E501 (case tables are as wide as they are)
"""Earnings of employees: 1,460 a day is 44,408.33 a month, by hand; zero and missing pay stay out."""

import numpy as np
import pandas as pd

from lfs.derive.earnings import pay_answer


def test_earnings(derived, agree):
    """A month has 365/12 days and 52/12 weeks. Hours a month are usual hours in the main job by 52/12."""
    cases = derived(
        """
        case                        | worked_for_pay | employment_relationship | hires_workers | pay_type | pay_amount | pay_period | usual_hours_main | job_count | usual_hours_other | monthly_earnings | hourly_earnings
        by the month                | yes            | employee                |               | wage     | 520000     | month      | 40               | one       |                   | 520000.0         | 3000.0
        by the week                 | yes            | employee                |               | wage     | 120000     | week       | 40               | one       |                   | 520000.0         | 3000.0
        by the day                  | yes            | employee                |               | wage     | 12000      | day        | 40               | one       |                   | 365000.0         | 2105.7692
        by the year                 | yes            | employee                |               | wage     | 6240000    | year       | 40               | one       |                   | 520000.0         | 3000.0
        half the hours              | yes            | employee                |               | wage     | 520000     | month      | 20               | one       |                   | 520000.0         | 6000.0
        other jobs do not matter    | yes            | employee                |               | wage     | 520000     | month      | 20               | more      | 20                | 520000.0         | 6000.0
        hours open                  | yes            | employee                |               | wage     | 520000     | month      | ?                | one       |                   | 520000.0         |
        hours of zero               | yes            | employee                |               | wage     | 520000     | month      | 0                | one       |                   | 520000.0         |
        pay of zero                 | yes            | apprentice              |               | unpaid   | 0          | month      | 40               | one       |                   |                  |
        paid in meals               | yes            | employee                |               | meals    | 0          | day        | 40               | one       |                   |                  |
        amount open                 | yes            | employee                |               | wage     | ?          | month      | 40               | one       |                   |                  |
        period open                 | yes            | employee                |               | wage     | 520000     | ?          | 40               | one       |                   |                  |
        both open                   | yes            | employee                |               | wage     | ?          | ?          | 40               | one       |                   |                  |
        own business                | yes            | own_business            | no            |          |            |            | 40               | one       |                   |                  |
        """
    )
    cells, people, _ = cases
    for name in ("monthly_earnings", "hourly_earnings"):
        expected = pd.to_numeric(cells[name].replace("", np.nan))
        np.testing.assert_allclose(people[name].astype(float), expected, atol=5e-5, err_msg=name)


def test_what_employees_say_of_their_pay(derived, agree):
    """Earnings are made of what is given, and of nothing else; the three other answers are told apart."""
    cases = derived(
        """
        case                        | employment_relationship | pay_type       | pay_amount | pay_period | pay_answer   | pay_given
        amount and period           | employee                | wage           | 520000     | month      | given        | yes
        in cash and in kind         | employee                | wage+meals     | 400000     | month      | given        | yes
        in kind, and an amount      | employee                | meals          | 400000     | month      | given        | yes
        apprentice                  | apprentice              | wage           | 9000       | day        | given        | yes
        pay in arrears              | employee                | wage           | 0          | month      | zero         | no
        zero, period open           | employee                | wage           | 0          | ?          | zero         | no
        not paid                    | apprentice              | unpaid         | 0          | month      | zero         | no
        meals only                  | employee                | meals          | 0          | day        | in_kind_only | no
        meals and products          | employee                | meals+products | 0          | day        | in_kind_only | no
        products, amount open       | employee                | products       | ?          | ?          | in_kind_only | no
        meals and tips, zero        | employee                | meals+tips     | 0          | day        | zero         | no
        amount refused              | employee                | wage           | ?          | month      | ?            | no
        both refused                | employee                | wage           | ?          | ?          | ?            | no
        period not known            | employee                | wage           | 520000     | ?          | ?            | no
        unpaid, amount open         | apprentice              | unpaid         | ?          | ?          | ?            | no
        kind of pay open            | employee                | ?              | 0          | month      | zero         | no
        all open                    | employee                | ?              | ?          | ?          | ?            | no
        """,
        worked_for_pay="yes",
    )
    agree(cases, "pay_answer", "pay_given")
    people = cases[1]
    assert (people["monthly_earnings"].notna() == people["pay_given"]).all()


def test_who_is_no_employee_has_no_answer_on_pay(derived, agree):
    cases = derived(
        """
        case           | worked_for_pay | worked_own_business | employment_relationship | hires_workers | pay_answer | pay_given
        own business   | no             | yes                 | own_business            | no            |            |
        """
    )
    agree(cases, "pay_answer", "pay_given")


def test_where_the_kind_of_pay_is_not_asked_nobody_is_paid_in_kind_only():
    answers = pay_answer(pd.Series([0.0, np.nan, 5.0]), pd.Series(["month", None, "week"]))
    assert answers.tolist() == ["zero", "not_stated", "given"]


def test_hourly_earnings_by_the_hours_of_a_month_are_monthly_earnings(derived):
    _, people, _ = derived(
        """
        case   | pay_amount | pay_period | usual_hours_main
        first  | 15000      | day        | 36
        second | 90000      | week       | 61.5
        third  | 1           | month      | 168
        """,
        worked_for_pay="yes",
        employment_relationship="employee",
        pay_type="wage",
    )
    back = people["hourly_earnings"] * people["usual_hours_main"] * 52 / 12
    np.testing.assert_allclose(back, people["monthly_earnings"])
