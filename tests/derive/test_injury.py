"""Occupational injury, written from SDG 8.8.1 and the 16th ICLS."""


def test_injured_and_days_lost(derived, agree):
    """Of the employed; days lost only of the injured, zero days included, an answer left open left out."""
    cases = derived("""
        case                    | age | worked_for_pay | injured_at_work | injury_days_lost | injured | days_lost
        no injury               | 30  | yes            | no              |                  | no      |
        injured                 | 30  | yes            | yes             | 12               | yes     | 12
        injured, no day lost    | 30  | yes            | yes             | 0                | yes     | 0
        injured, days open      | 30  | yes            | yes             | ?                | yes     |
        injury open             | 30  | yes            | ?               |                  | no      |
        not employed            | 30  | no             |                 |                  |         |
        a child                 | 14  |                |                 |                  |         |
    """)
    agree(cases, "injured", "days_lost")
