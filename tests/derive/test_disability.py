# ruff: noqa: E501 (case tables are as wide as they are)
"""Disability, written from the Washington Group's short set: a lot of difficulty, or cannot, in one domain at least."""


def test_disability(derived, agree):
    cases = derived("""
        case                      | age | difficulty_seeing | difficulty_hearing | difficulty_walking | difficulty_remembering | difficulty_self_care | difficulty_communicating | disability
        none                      | 30  | none              | none               | none               | none                   | none                 | none                     | without_disability
        some, in all six          | 30  | some              | some               | some               | some                   | some                 | some                     | without_disability
        a lot, once               | 30  | a_lot             | none               | none               | none                   | none                 | none                     | with_disability
        cannot, once              | 30  | none              | none               | none               | none                   | none                 | cannot                   | with_disability
        several                   | 30  | none              | a_lot              | cannot             | none                   | a_lot                | none                     | with_disability
        one open, none severe     | 30  | some              | none               | ?                  | none                   | none                 | none                     | ?
        one open, one severe      | 30  | ?                 | none               | none               | a_lot                  | none                 | none                     | with_disability
        all open but one severe   | 30  | ?                 | ?                  | ?                  | ?                      | cannot               | ?                        | with_disability
        nothing stated            | 30  | ?                 | ?                  | ?                  | ?                      | ?                    | ?                        | ?
        five                      | 5   | none              | none               | a_lot              | none                   | none                 | none                     | with_disability
        four: not asked           | 4   |                   |                    |                    |                        |                      |                          |
        no age                    | ?   |                   |                    |                    |                        |                      |                          |
    """)
    agree(cases, "disability")
