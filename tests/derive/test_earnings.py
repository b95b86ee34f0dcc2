# ruff: noqa: E501 (case tables are as wide as they are)
"""Earnings of employees: 1,460 a day is 44,408.33 a month, by hand; zero and missing pay stay out."""

import numpy as np
import pandas as pd


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
