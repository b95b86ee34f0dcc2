# ruff: noqa: E501 (case tables are as wide as they are)
"""The 21st ICLS beside the 17th, written from docs/decisions/0008-informality-icls21.md."""

import pandas as pd

from lfs.derive.informality_icls21 import informal_employment_icls21, unit_of_production_icls21


def test_units_of_employees(derived, agree):
    """What is said about the unit decides, then the household, then a formal job in it; never its size."""
    cases = derived(
        """
        case                            | relationship    | worked_for_pay | employer_type    | incorporated | registered | bookkeeping   | social_insurance | paid_annual_leave | paid_sick_leave | industry | occupation | place_of_work  | establishment_size | unit_of_production | unit_of_production_icls21 | informal_employment | informal_employment_icls21
        government                      | child           | yes            | government       |              |            |               | no               | no                | no              | 8411     | 4110       | street         | 1                  | formal             | formal                    | yes                 | yes
        NGO, insured                    | child           | yes            | ngo              |              |            |               | yes              | no                | no              | 8411     | 4110       | street         | 1                  | formal             | formal                    | no                  | no
        incorporated                    | child           | yes            | private_business | yes          |            |               | no               | no                | no              | 4711     | 5221       | street         | 1                  | formal             | formal                    | yes                 | yes
        registered                      | child           | yes            | private_business | no           | yes        |               | no               | no                | no              | 4711     | 5221       | street         | 1                  | formal             | formal                    | yes                 | yes
        complete accounts               | child           | yes            | private_business | no           | no         | full_accounts | no               | no                | no              | 4711     | 5221       | street         | 1                  | formal             | formal                    | yes                 | yes
        simplified accounts             | child           | yes            | private_business | no           | no         | simplified    | no               | no                | no              | 4711     | 5221       | street         | 1                  | informal           | informal                  | yes                 | yes
        unregistered, insured           | child           | yes            | private_business | no           | no         | none          | yes              | no                | no              | 4711     | 5221       | street         | 1                  | informal           | formal                    | no                  | no
        unregistered, on leave, no ins. | child           | yes            | private_business | no           | no         | none          | no               | yes               | yes             | 4711     | 5221       | street         | 1                  | informal           | informal                  | yes                 | yes
        unregistered, ins. open, leave  | child           | yes            | private_business | no           | no         | none          | ?                | yes               | yes             | 4711     | 5221       | street         | 1                  | informal           | formal                    | yes                 | no
        incorporated, ins. open, leave  | child           | yes            | private_business | yes          |            |               | ?                | yes               | yes             | 4711     | 5221       | street         | 1                  | formal             | formal                    | yes                 | no
        ins. open, one kind of leave    | child           | yes            | private_business | yes          |            |               | ?                | yes               | no              | 4711     | 5221       | street         | 1                  | formal             | formal                    | yes                 | yes
        everything open, but large      | child           | yes            | private_business | ?            | ?          | ?             | ?                | ?                 | ?               | 4711     | 5221       | fixed_premises | 50+                | formal             | informal                  | yes                 | yes
        register open, insured          | child           | yes            | private_business | ?            | ?          | ?             | yes              | no                | no              | 4711     | 5221       | street         | 1                  | formal             | formal                    | no                  | no
        household                       | child           | yes            | household        |              |            |               | no               | no                | no              | 9700     | 9111       | client_home    | 1                  | household          | household                 | yes                 | yes
        household, insured              | child           | yes            | household        |              |            |               | yes              | no                | no              | 9700     | 9111       | client_home    | 1                  | household          | household                 | no                  | no
        lives in                        | domestic_worker |                | ?                | ?            | ?          | ?             | no               | no                | no              | 9700     | 9111       | client_home    | 1                  | household          | household                 | yes                 | yes
        lives in, agency incorporated   | domestic_worker |                | private_business | yes          |            |               | yes              | no                | no              | 8121     | 9111       | client_home    | 1                  | formal             | formal                    | no                  | no
        """,
        employment_relationship="employee",
        pay_type="wage",
        contract_duration="permanent",
    )
    agree(cases, "unit_of_production", "unit_of_production_icls21")
    agree(cases, "informal_employment", "informal_employment_icls21")


def test_units_and_jobs_of_those_who_are_not_employees(derived, agree):
    """Independent workers have the formality of their unit; the family is not asked about insurance, and stays informal."""
    cases = derived(
        """
        case                          | employment_relationship | decision_maker | hires_workers | pay_type | incorporated | registered | bookkeeping   | place_of_work  | establishment_size | unit_of_production_icls21 | informal_sector_icls21 | informal_employment_icls21
        employer, incorporated        | own_business            |                | yes           |          | yes          |            |               | street         | 1                  | formal                    | no                     | no
        employer, registered          | own_business            |                | yes           |          | no           | yes        |               | street         | 1                  | formal                    | no                     | no
        own account, accounts         | own_business            |                | no            |          | no           | no         | full_accounts | street         | 1                  | formal                    | no                     | no
        own account, nothing          | own_business            |                | no            |          | no           | no         | none          | street         | 1                  | informal                  | yes                    | yes
        employer, ten, all open       | own_business            |                | yes           |          | ?            | ?          | ?             | fixed_premises | 10-19              | informal                  | yes                    | yes
        family worker, registered     | helping_family_business | other_family   |               | unpaid   | no           | yes        |               | street         | 2-4                | formal                    | no                     | yes
        family worker, not registered | helping_family_business | other_family   |               | unpaid   | no           | no         | none          | street         | 2-4                | informal                  | yes                    | yes
        hiring open, incorporated     | own_business            |                | ?             |          | yes          |            |               | street         | 1                  | formal                    | no                     | yes
        """,
        worked_for_pay="yes",
        industry="4711",
        occupation="5221",
    )
    agree(cases, "unit_of_production_icls21", "informal_sector_icls21", "informal_employment_icls21")


def test_dependent_contractors_who_describe_themselves_as_employees():
    """The unit they name is their client's: only insurance makes their job formal, paid leave does not."""
    terms = pd.DataFrame(
        {
            "social_insurance": ["yes", "no", "not_stated", "not_stated"],
            "paid_annual_leave": ["no", "no", "yes", "yes"],
            "paid_sick_leave": ["no", "no", "yes", "yes"],
        }
    )
    made = informal_employment_icls21(
        status_in_employment=pd.Series(["employee"] * 4),
        unit_of_production_icls21=pd.Series(["formal"] * 4),
        dependent_contractor=pd.Series([True, True, True, False], dtype="boolean"),
        **{name: terms[name] for name in terms},
    )
    assert made.tolist() == [False, True, True, False]


def test_contributing_family_workers_may_be_formal_where_the_survey_asks_them():
    """In a formal unit and insured; in an informal unit the insurance is not enough."""
    made = informal_employment_icls21(
        status_in_employment=pd.Series(["family_worker"] * 3),
        unit_of_production_icls21=pd.Series(["formal", "formal", "informal"]),
        social_insurance=pd.Series(["yes", "no", "yes"]),
    )
    assert made.tolist() == [False, True, True]


def test_a_survey_that_asks_nothing_about_units_goes_by_employer_and_job():
    employees = pd.Series([True, True, False], dtype="boolean")
    made = unit_of_production_icls21(
        employee=employees,
        employer_type=pd.Series(["private_business", "government", None], dtype="str"),
        social_insurance=pd.Series(["yes", "no", None], dtype="str"),
    )
    assert made.tolist() == ["formal", "formal", "informal"]
