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


def test_returnees_in_hardship_are_told_apart(derived, agree):
    """IRIS 2020: back, and still with needs that the displacement caused; an open answer leaves the status as it is."""
    cases = derived("""
        case                       | in_camp | citizenship | arrival_reason       | forced_to_leave | returned_home | return_hardship | displacement    | displacement_detail
        back, needs left           | no      | national    |                      | yes             | yes           | yes             | returnee        | returnee_in_hardship
        back, no needs left        | no      | national    |                      | yes             | yes           | no              | returnee        | returnee
        back, open                 | no      | national    |                      | yes             | yes           | ?               | returnee        | ?
        away, camp                 | yes     | national    |                      | yes             | no            |                 | idp_in_camp     | idp_in_camp
        away, no camp              | no      | national    |                      | yes             | no            |                 | idp_out_of_camp | idp_out_of_camp
        never displaced            | no      | national    |                      | no              |               |                 | not_displaced   | not_displaced
        refugee who was back too   | no      | stateless   | conflict_or_disaster | yes             | yes           | yes             | refugee         | refugee
        foreign, fled              | no      | other       | conflict_or_disaster |                 |               |                 | refugee         | refugee
        return open                | no      | national    |                      | yes             | ?             |                 | ?               | ?
    """)
    agree(cases, "displacement", "displacement_detail")


def test_displacement_related_persons_are_kept_apart(derived, agree):
    """Born after the flight of the parents: told beside the status, never inside it."""
    cases = derived("""
        case                            | in_camp | citizenship | arrival_reason       | forced_to_leave | returned_home | parents_displaced | displacement    | displacement_related
        born after the flight           | no      | national    |                      | no              |               | yes               | not_displaced   | yes
        born after the flight, in camp  | yes     | national    |                      | no              |               | yes               | not_displaced   | yes
        parents not displaced           | no      | national    |                      | no              |               | no                | not_displaced   | no
        parents open                    | no      | national    |                      | no              |               | ?                 | not_displaced   | no
        displaced                       | no      | national    |                      | yes             | no            |                   | idp_out_of_camp | no
        refugee, born after the flight  | no      | stateless   | conflict_or_disaster | no              |               | yes               | refugee         | no
        forced open, parents displaced  | no      | national    |                      | ?               |               | yes               | ?               | yes
        foreign, came to work           | no      | other       | work                 |                 |               |                   | not_displaced   | no
    """)
    agree(cases, "displacement", "displacement_related")


def test_household_displacement(derived, agree):
    """The first in precedence that any member has; not stated where no member has one and one is open."""
    cases = derived("""
        case                | household | line | in_camp | citizenship | arrival_reason       | forced_to_leave | returned_home | parents_displaced | displacement    | household_displacement
        A, IDP              | A         | 1    | no      | national    |                      | yes             | no            |                   | idp_out_of_camp | idp_out_of_camp
        A, child born later | A         | 2    | no      | national    |                      | no              |               | yes               | not_displaced   | idp_out_of_camp
        B, refugee          | B         | 1    | no      | other       | conflict_or_disaster |                 |               |                   | refugee         | refugee
        B, returnee         | B         | 2    | no      | national    |                      | yes             | yes           |                   | returnee        | refugee
        C, returnee         | C         | 1    | yes     | national    |                      | yes             | yes           |                   | returnee        | idp_in_camp
        C, IDP in camp      | C         | 2    | yes     | national    |                      | yes             | no            |                   | idp_in_camp     | idp_in_camp
        D, returnee         | D         | 1    | no      | national    |                      | yes             | yes           |                   | returnee        | returnee
        D, open             | D         | 2    | no      | national    |                      | ?               |               | ?                 | ?               | returnee
        E, open             | E         | 1    | no      | national    |                      | ?               |               | ?                 | ?               | ?
        E, not displaced    | E         | 2    | no      | national    |                      | no              |               | no                | not_displaced   | ?
        F, alone            | F         | 1    | no      | national    |                      | no              |               | no                | not_displaced   | not_displaced
        F, born later       | F         | 2    | no      | national    |                      | no              |               | yes               | not_displaced   | not_displaced
    """)
    agree(cases, "displacement", "household_displacement")
