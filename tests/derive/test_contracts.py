# ruff: noqa: E501 (case tables are as wide as they are)
"""Contracts, dependent contractors and ICSE-18, written from the 20th ICLS (2018, resolution I) and the form's routing."""

from lfs.derive import make_people

EMPLOYEE = {"worked_for_pay": "yes", "employment_relationship": "employee", "pay_type": "wage"}


def test_contract_type(derived, agree):
    """Permanent: no end. Fixed-term: ends after three months or more. Casual and short-term: ends earlier."""
    cases = derived(
        """
        case                        | contract_duration | contract_length | contract_type | temporary_employee
        permanent                   | permanent         |                 | permanent     | no
        ongoing                     | ongoing           |                 | permanent     | no
        period under a month        | fixed_period      | under_1_month   | casual        | yes
        period of 1 to 3 months     | fixed_period      | 1_to_3_months   | casual        | yes
        period of 3 to 6 months     | fixed_period      | 3_to_6_months   | fixed_term    | yes
        period of 6 to 12 months    | fixed_period      | 6_to_12_months  | fixed_term    | yes
        period of 1 to 2 years      | fixed_period      | 1_to_2_years    | fixed_term    | yes
        period of 2 years or more   | fixed_period      | 2_years_or_more | fixed_term    | yes
        period, length not said     | fixed_period      | ?               | fixed_term    | yes
        task under a month          | until_task_done   | under_1_month   | casual        | yes
        task of 3 to 6 months       | until_task_done   | 3_to_6_months   | fixed_term    | yes
        task, length not said       | until_task_done   | ?               | casual        | yes
        not said                    | ?                 |                 | ?             | no
        """,
        **EMPLOYEE,
    )
    agree(cases, "contract_type", "temporary_employee")


def test_a_survey_that_does_not_ask_for_the_length_goes_by_the_kind(table, as_answers, variables, settings):
    cells = table("""
        case   | round  | office | age | relationship | worked_for_pay | employment_relationship | pay_type | contract_duration
        period | 2021H2 | cso    | 30  | child        | yes            | employee                | wage     | fixed_period
        task   | 2021H2 | cso    | 30  | child        | yes            | employee                | wage     | until_task_done
        none   | 2021H2 | cso    | 30  | child        | yes            | employee                | wage     | permanent
    """)
    people, _ = make_people(as_answers(cells).drop(columns="contract_length"), variables, settings)
    assert people["contract_type"].tolist() == ["fixed_term", "casual", "permanent"]


def test_written_contract(derived, agree):
    """MJC_CONTRA: written or oral; do not know is no written contract. It concerns employees."""
    cases = derived("""
        case          | worked_for_pay | employment_relationship | pay_type | hires_workers | contract | written_contract
        written       | yes            | employee                | wage     |               | written  | yes
        oral          | yes            | employee                | wage     |               | oral     | no
        not known     | yes            | employee                | wage     |               | ?        | no
        own business  | yes            | own_business            |          | no            |          |
        not employed  | no             |                         |          |               |          |
    """)
    agree(cases, "written_contract")


def test_dependent_contractors_who_call_themselves_employees(derived, agree):
    """Par. 35-42: paid by result and not by time, and pays the taxes alone. Who has a wage is not asked."""
    cases = derived(
        """
        case                      | employment_relationship | pay_type        | tax_payer      | dependent_contractor | status_in_employment
        wage                      | employee                | wage            |                | no                   | employee
        wage and commission       | employee                | wage+commission |                | no                   | employee
        by piece, pays taxes      | employee                | piece           | self           | yes                  | employee
        commission, pays taxes    | employee                | commission      | self           | yes                  | employee
        fees, pays taxes          | employee                | fees            | self           | yes                  | employee
        other cash, pays taxes    | employee                | other_cash      | self           | yes                  | employee
        by piece, employer does   | employee                | piece           | employer       | no                   | employee
        by piece, nobody does     | employee                | piece           | nobody         | no                   | employee
        by piece, not said        | employee                | piece           | ?              | no                   | employee
        meals only                | employee                | meals           |                | no                   | employee
        apprentice by piece       | apprentice              | piece           |                | no                   | employee
        """,
        worked_for_pay="yes",
    )
    agree(cases, "dependent_contractor", "status_in_employment")


def test_dependent_contractors_with_a_business_of_their_own(derived, agree):
    """Par. 35-42: no employees, not a corporation, and another unit controls the price."""
    cases = derived(
        """
        case                         | employment_relationship | decision_maker | hires_workers | incorporated | sets_price | price_setter     | dependent_contractor | status_in_employment
        sets the price               | own_business            |                | no            | no           | yes        |                  | no                   | own_account
        1 another enterprise does    | own_business            |                | no            | no           | no         | other_enterprise | yes                  | own_account
        2 the customer does          | own_business            |                | no            | no           | no         | customer         | yes                  | own_account
        3 the government does        | own_business            |                | no            | no           | no         | government       | no                   | own_account
        4 it is negotiated           | own_business            |                | no            | no           | no         | negotiated       | no                   | own_account
        5 the market does            | own_business            |                | no            | no           | no         | market           | no                   | own_account
        6 other                      | own_business            |                | no            | no           | no         | other            | no                   | own_account
        who, not said                | own_business            |                | no            | no           | no         | ?                | no                   | own_account
        price not said               | own_business            |                | no            | no           | ?          |                  | no                   | own_account
        a corporation                | own_business            |                | no            | yes          | no         | customer         | no                   | own_account
        corporation not known        | own_business            |                | no            | ?            | no         | customer         | yes                  | own_account
        has employees                | own_business            |                | yes           | no           |            |                  | no                   | employer
        employees not said           | own_business            |                | ?             | no           | no         | customer         | no                   | not_classifiable
        family business, decides     | helping_family_business | self           | no            | no           | no         | other_enterprise | yes                  | own_account
        """,
        worked_for_pay="yes",
    )
    agree(cases, "dependent_contractor", "status_in_employment")


def test_icse_18(derived, agree):
    """ICSE-18-A: ten groups by authority; dependent contractors are told apart before anything else."""
    cases = derived(
        """
        case                         | employment_relationship | decision_maker | pay_type | hires_workers | incorporated | price_setter     | sets_price | tax_payer | contract_duration | contract_length | icse_18
        11 employer, corporation     | own_business            |                |          | yes           | yes          |                  |            |           |                   |                 | employer_in_corporation
        12 employer, household       | own_business            |                |          | yes           | no           |                  |            |           |                   |                 | employer_in_household_enterprise
        12 employer, not known       | own_business            |                |          | yes           | ?            |                  |            |           |                   |                 | employer_in_household_enterprise
        21 owner of a corporation    | own_business            |                |          | no            | yes          |                  | yes        |           |                   |                 | owner_of_corporation
        22 own account               | own_business            |                |          | no            | no           |                  | yes        |           |                   |                 | own_account_in_household_enterprise
        22 decides in the family's   | helping_family_business | together       |          | no            | no           |                  | yes        |           |                   |                 | own_account_in_household_enterprise
        30 dependent, own business   | own_business            |                |          | no            | no           | other_enterprise | no         |           |                   |                 | dependent_contractor
        30 dependent, by piece       | employee                |                | piece    |               | no           |                  |            | self      | permanent         |                 | dependent_contractor
        41 permanent                 | employee                |                | wage     |               | no           |                  |            |           | permanent         |                 | permanent_employee
        42 fixed term                | employee                |                | wage     |               | no           |                  |            |           | fixed_period      | 1_to_2_years    | fixed_term_employee
        43 short term                | employee                |                | wage     |               | no           |                  |            |           | fixed_period      | under_1_month   | casual_employee
        43 a task                    | employee                |                | wage     |               | no           |                  |            |           | until_task_done   | ?               | casual_employee
        44 apprentice, fixed         | apprentice              |                | wage     |               | no           |                  |            |           | fixed_period      | 1_to_2_years    | apprentice
        44 apprentice, rest open     | apprentice              |                | ?        |               | no           |                  |            |           | ?                 |                 | apprentice
        51 helps the family          | helping_family_business | other_family   | unpaid   |               | no           |                  |            |           |                   |                 | family_worker
        41 helps the family for pay  | helping_family_business | other_family   | wage     |               | no           |                  |            |           | ongoing           |                 | permanent_employee
        employee, contract not said  | employee                |                | wage     |               | no           |                  |            |           | ?                 |                 | not_classifiable
        hires, not said              | own_business            |                |          | ?             | no           |                  | yes        |           |                   |                 | not_classifiable
        relationship not said        | ?                       |                | wage     |               | no           |                  |            |           |                   |                 | not_classifiable
        """,
        worked_for_pay="yes",
    )
    agree(cases, "icse_18")


def test_nobody_without_employment_has_an_icse_18_status(derived, agree):
    cases = derived("""
        case      | age | worked_for_pay | dependent_contractor | icse_18 | contract_type
        at home   | 30  | no             |                      |         |
        a child   | 14  |                |                      |         |
    """)
    agree(cases, "dependent_contractor", "icse_18", "contract_type")
