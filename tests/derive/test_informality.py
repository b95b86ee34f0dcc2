# ruff: noqa: E501 (case tables are as wide as they are)
"""Informal sector and informal employment, written from the order of tests of docs/decisions/0002-informality-order.md."""

import pandas as pd
import pytest

from lfs.derive.informality import informal_employment, unit_of_production


def test_the_unit_of_employees(derived, agree):
    """The first test that decides; the last one only where registration is not known."""
    cases = derived(
        """
        case                            | employer_type    | incorporated | registered | bookkeeping      | social_insurance | place_of_work  | establishment_size | unit_of_production | informal_sector
        government                      | government       |              |            |                  | no               | street         | 1                  | formal             | no
        NGO                             | ngo              |              |            |                  | no               | street         | 1                  | formal             | no
        international organisation      | international    |              |            |                  | no               | street         | 1                  | formal             | no
        private household               | household        |              |            |                  | yes              | fixed_premises | 10-19              | household          | no
        incorporated                    | private_business | yes          |            |                  | no               | street         | 1                  | formal             | no
        registered                      | private_business | no           | yes        |                  | no               | street         | 1                  | formal             | no
        registered, incorporation open  | private_business | ?            | yes        |                  | no               | street         | 1                  | formal             | no
        full accounts, not registered   | private_business | no           | no         | full_accounts    | no               | street         | 1                  | formal             | no
        full accounts, register open    | private_business | no           | ?          | full_accounts    | no               | street         | 1                  | formal             | no
        not registered                  | private_business | no           | no         | none             | no               | street         | 1                  | informal           | yes
        not registered, insured, large  | private_business | no           | no         | simplified       | yes              | fixed_premises | 50+                | informal           | yes
        not registered, accounts open   | farm             | no           | no         | ?                | no               | farm           | 20-49              | informal           | yes
        register open, insured          | private_business | no           | ?          | none             | yes              | street         | 1                  | formal             | no
        register open, premises, five   | private_business | ?            | ?          | ?                | no               | fixed_premises | 5-9                | formal             | no
        register open, premises, four   | private_business | ?            | ?          | informal_records | no               | fixed_premises | 2-4                | informal           | yes
        register open, large, street    | private_business | ?            | ?          | ?                | no               | street         | 50+                | informal           | yes
        register open, premises, size ? | private_business | ?            | ?          | ?                | ?                | fixed_premises | ?                  | informal           | yes
        register open, place ?, large   | private_business | ?            | ?          | ?                | ?                | ?              | 50+                | informal           | yes
        everything open                 | ?                | ?            | ?          | ?                | ?                | ?              | ?                  | informal           | yes
        """,
        worked_for_pay="yes",
        employment_relationship="employee",
        pay_type="wage",
        industry="4711",
        occupation="5221",
    )
    agree(cases, "unit_of_production", "informal_sector")


def test_households_by_other_signs_and_the_fixed_order(derived, agree):
    """Household after formal and before informal: a statement about the unit wins over what is inferred."""
    cases = derived(
        """
        case                              | relationship    | worked_for_pay | employer_type    | incorporated | registered | bookkeeping | industry | occupation | unit_of_production
        lives in, employer open           | domestic_worker |                | ?                | ?            | ?          | ?           | 8121     | 9111       | household
        lives in, unregistered            | domestic_worker |                | private_business | no           | no         | none        | 8121     | 9111       | household
        lives in, incorporated agency     | domestic_worker |                | private_business | yes          |            |             | 8121     | 9111       | formal
        lives in, works for an embassy    | domestic_worker |                | international    |              |            |             | 9900     | 9111       | formal
        ISIC 97, unregistered             | child           | yes            | private_business | no           | no         | none        | 9700     | 9111       | household
        ISIC 97, registered               | child           | yes            | private_business | no           | yes        |             | 9700     | 9111       | formal
        ISCO 63, unregistered             | child           | yes            | farm             | no           | no         | none        | 0111     | 6310       | household
        ISCO 62 is not subsistence        | child           | yes            | farm             | no           | no         | none        | 0111     | 6210       | informal
        industry and occupation open      | child           | yes            | farm             | no           | no         | none        | ?        | ?          | informal
        """,
        employment_relationship="employee",
        pay_type="wage",
        social_insurance="no",
        place_of_work="farm",
        establishment_size="1",
    )
    agree(cases, "unit_of_production")


def test_the_unit_of_the_self_employed(derived, agree):
    """They are not asked for whom they work; the question about incorporation is put to them directly."""
    cases = derived(
        """
        case                        | incorporated | registered | bookkeeping   | place_of_work  | establishment_size | unit_of_production | informal_sector | informal_employment
        incorporated                | yes          |            |               | street         | 1                  | formal             | no              | no
        registered                  | no           | yes        |               | street         | 1                  | formal             | no              | no
        accounts                    | no           | no         | full_accounts | street         | 1                  | formal             | no              | no
        not registered              | no           | no         | none          | fixed_premises | 10-19              | informal           | yes             | yes
        open, shop with six         | ?            | ?          | ?             | fixed_premises | 5-9                | formal             | no              | no
        open, alone                 | ?            | ?          | ?             | fixed_premises | 1                  | informal           | yes             | yes
        """,
        worked_for_pay="no",
        worked_own_business="yes",
        farm_work="other",
        employment_relationship="own_business",
        hires_workers="no",
        industry="4711",
        occupation="5221",
    )
    agree(cases, "unit_of_production", "informal_sector", "informal_employment")


def test_informal_employment(derived, agree):
    """17th ICLS par. 3: the job, not the unit, decides for employees; the unit for the independent; never for the family."""
    cases = derived(
        """
        case                                | employment_relationship | decision_maker | hires_workers | pay_type | employer_type    | incorporated | registered | bookkeeping | social_insurance | paid_annual_leave | paid_sick_leave | industry | unit_of_production | informal_employment
        insured in government               | employee                |                |               | wage     | government       |              |            |             | yes              | no                | no              | 8411     | formal             | no
        uninsured in government             | employee                |                |               | wage     | government       |              |            |             | no               | yes               | yes             | 8411     | formal             | yes
        insured in an informal unit         | employee                |                |               | wage     | private_business | no           | no         | none        | yes              | no                | no              | 4711     | informal           | no
        insured in a household              | employee                |                |               | wage     | household        |              |            |             | yes              | no                | no              | 9700     | household          | no
        does not know                       | employee                |                |               | wage     | private_business | yes          |            |             | ?                | no                | no              | 4711     | formal             | yes
        does not know, both kinds of leave  | employee                |                |               | wage     | private_business | yes          |            |             | ?                | yes               | yes             | 4711     | formal             | yes
        employer, formal unit               | own_business            |                | yes           |          |                  | yes          |            |             |                  |                   |                 | 4711     | formal             | no
        employer, informal unit             | own_business            |                | yes           |          |                  | no           | no         | none        |                  |                   |                 | 4711     | informal           | yes
        own account in a household          | own_business            |                | no            |          |                  | no           | no         | none        |                  |                   |                 | 9700     | household          | yes
        family worker in a formal unit      | helping_family_business | other_family   |               | unpaid   |                  | yes          |            |             |                  |                   |                 | 4711     | formal             | yes
        not classifiable, formal unit       | ?                       |                |               | wage     |                  | yes          |            |             |                  |                   |                 | 4711     | formal             | yes
        """,
        worked_for_pay="yes",
        occupation="5221",
        place_of_work="fixed_premises",
        establishment_size="1",
    )
    agree(cases, "unit_of_production", "informal_employment")


@pytest.mark.parametrize(("size_threshold", "unit"), [(2, "formal"), (5, "informal"), (10, "informal")])
def test_the_size_threshold_is_a_setting(size_threshold, unit):
    """Two to four persons at fixed premises, registration not known: above a threshold of two, below one of five."""
    one = pd.Series(["x"])
    made = unit_of_production(
        employee=pd.Series([False], dtype="boolean"),
        employer_type=one.replace("x", "private_business"),
        place_of_work=one.replace("x", "fixed_premises"),
        establishment_size=one.replace("x", "2-4"),
        size_threshold=size_threshold,
    )
    assert made.tolist() == [unit]


def test_a_survey_without_the_question_on_social_insurance_goes_by_leave():
    """17th ICLS guidelines; ILO practice: formal only if annual and sick leave are both paid."""
    leave = pd.DataFrame({"annual": ["yes", "yes", "no", "not_stated"], "sick": ["yes", "no", "yes", "yes"]})
    made = informal_employment(
        status_in_employment=pd.Series(["employee"] * 4),
        unit_of_production=pd.Series(["formal"] * 4),
        paid_annual_leave=leave["annual"],
        paid_sick_leave=leave["sick"],
    )
    assert made.tolist() == [False, True, True, True]


def test_job_and_unit_together(derived, agree):
    """17th ICLS par. 3, the matrix: informal jobs in the formal sector and in households stand beside the informal sector."""
    cases = derived(
        """
        case                          | employment_relationship | decision_maker | hires_workers | pay_type | employer_type    | incorporated | registered | bookkeeping | social_insurance | informality_of_job           | informal_sector | informal_employment | informal_outside_informal_sector
        insured in government         | employee                |                |               | wage     | government       |              |            |             | yes              | formal_in_formal_sector      | no              | no                  | no
        uninsured in government       | employee                |                |               | wage     | government       |              |            |             | no               | informal_in_formal_sector    | no              | yes                 | yes
        insured in an informal unit   | employee                |                |               | wage     | private_business | no           | no         | none        | yes              | formal_in_informal_sector    | yes             | no                  | no
        uninsured in an informal unit | employee                |                |               | wage     | private_business | no           | no         | none        | no               | informal_in_informal_sector  | yes             | yes                 | no
        insured in a household        | employee                |                |               | wage     | household        |              |            |             | yes              | formal_in_household          | no              | no                  | no
        uninsured in a household      | employee                |                |               | wage     | household        |              |            |             | no               | informal_in_household        | no              | yes                 | yes
        family worker in a company    | helping_family_business | other_family   |               | unpaid   |                  | yes          |            |             |                  | informal_in_formal_sector    | no              | yes                 | yes
        own company                   | own_business            |                | yes           |          |                  | yes          |            |             |                  | formal_in_formal_sector      | no              | no                  | no
        own stall                     | own_business            |                | no            |          |                  | no           | no         | none        |                  | informal_in_informal_sector  | yes             | yes                 | no
        nothing is known              | ?                       |                |               | ?        |                  | ?            | ?          | ?           |                  | informal_in_informal_sector  | yes             | yes                 | no
        """,
        worked_for_pay="yes",
        industry="4711",
        occupation="5221",
    )
    agree(cases, "informality_of_job", "informal_sector", "informal_employment", "informal_outside_informal_sector")
