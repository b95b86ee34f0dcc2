# ruff: noqa: E501 (case tables are as wide as they are)
"""Displacement status, written from IRRS 2018 and IRIS 2020 and the declared order of precedence."""


def test_displacement(derived, agree):
    cases = derived("""
        case                                 | in_camp | citizenship | arrival_reason       | forced_to_leave | returned_home | displacement
        never displaced                      | no      | national    |                      | no              |               | not_displaced
        forced, away, camp                   | yes     | national    |                      | yes             | no            | idp_in_camp
        forced, away, no camp                | no      | national    |                      | yes             | no            | idp_out_of_camp
        forced, away, camp not in the frame  | ?       | national    |                      | yes             | no            | idp_out_of_camp
        forced, back                         | no      | national    |                      | yes             | yes           | returnee
        forced, back, dwelling in a camp     | yes     | national    |                      | yes             | yes           | returnee
        born in a camp, never forced         | yes     | national    |                      | no              |               | not_displaced
        foreign, fled                        | no      | other       | conflict_or_disaster |                 |               | refugee
        foreign, fled, in a camp             | yes     | other       | conflict_or_disaster |                 |               | refugee
        foreign, came to work                | no      | other       | work                 |                 |               | not_displaced
        stateless, fled                      | no      | stateless   | conflict_or_disaster | no              |               | refugee
        stateless, fled, forced, in a camp   | yes     | stateless   | conflict_or_disaster | yes             | no            | refugee
        stateless, family, forced            | no      | stateless   | family               | yes             | no            | idp_out_of_camp
        stateless, reason open, forced       | no      | stateless   | ?                    | yes             | no            | idp_out_of_camp
        stateless, reason open, never forced | no      | stateless   | ?                    | no              |               | ?
        foreign, reason open                 | no      | other       | ?                    |                 |               | ?
        forced, return open, camp            | yes     | national    |                      | yes             | ?             | idp_in_camp
        forced, return open, no camp         | no      | national    |                      | yes             | ?             | ?
        forced open                          | no      | national    |                      | ?               |               | ?
        citizenship open, never forced       | no      | ?           |                      | no              |               | ?
        citizenship open, forced, away       | no      | ?           |                      | yes             | no            | idp_out_of_camp
    """)
    agree(cases, "displacement")


def test_displacement_is_of_every_age(derived, agree):
    cases = derived("""
        case          | age | forced_to_leave | returned_home | displacement
        an infant     | 0   | no              |               | not_displaced
        a child       | 9   | yes             | no            | idp_out_of_camp
        no age        | ?   | yes             | yes           | returnee
    """)
    agree(cases, "displacement")
