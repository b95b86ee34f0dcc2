# ruff: noqa: E501 (case tables are as wide as they are)
"""Migrants, written from the 20th ICLS guidelines: by the country of birth, and beside it by citizenship."""


def test_migrant_and_citizenship_group(derived, agree):
    cases = derived("""
        case                      | born_in_country | arrival_year | citizenship | arrival_reason | migrant      | citizenship_group
        born here, citizen        | yes             |              | national    |                | native_born  | citizen
        born here, foreign        | yes             |              | other       | family         | native_born  | not_citizen
        born abroad, citizen      | no              | 1991         | national    |                | foreign_born | citizen
        born abroad, foreign      | no              | 2015         | other       | work           | foreign_born | not_citizen
        born abroad, stateless    | no              | ?            | stateless   | family         | foreign_born | not_citizen
        birth open                | ?               |              | national    |                | ?            | citizen
        citizenship open          | no              | 2015         | ?           |                | foreign_born | ?
    """)
    agree(cases, "migrant", "citizenship_group")
