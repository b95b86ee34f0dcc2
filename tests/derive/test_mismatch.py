# ruff: noqa: E501 (case tables are as wide as they are)
"""Education against occupation, written from the mapping of ISCO-08 skill levels to ISCED and decision 0011."""

import csv
from pathlib import Path

from lfs.derive.mismatch import ASKED, LEVELS

ISCED = Path(__file__).parents[2] / "src/lfs/standard/classifications/isced_11.csv"


def test_levels_are_those_of_the_questionnaire_and_every_major_group_but_the_armed_forces_asks_for_some(variables):
    assert variables["education_level"].categories == LEVELS
    assert sorted([*ASKED, "0"]) == sorted(variables["occupation_major"].categories)


def test_isced_lists_attainment_below_its_nine_levels():
    """Two digits of educational attainment (ISCED-A): the first is the level."""
    with ISCED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    levels = [row["code"] for row in rows if row["level"] == "level"]
    assert levels == [str(level) for level in range(9)]
    assert all(row["code"][0] == row["parent"] for row in rows if row["level"] == "category")
    assert {row["parent"] for row in rows if row["level"] == "category"} == set(levels)


def test_education_mismatch(derived, agree):
    """ISCO-08: skill levels 3 and 4 ask for tertiary, level 2 for ISCED 2 to 4, level 1 for ISCED 1."""
    cases = derived(
        """
        case                            | occupation | education_level | education_mismatch | over_educated | under_educated
        manager with a degree           | 1120       | tertiary        | matched            | no            | no
        shop manager, upper secondary   | 1420       | upper_secondary | under_educated     | no            | yes
        doctor                          | 2211       | tertiary        | matched            | no            | no
        teacher, post-secondary         | 2341       | post_secondary  | under_educated     | no            | yes
        technician, post-secondary      | 3115       | post_secondary  | under_educated     | no            | yes
        technician with a diploma       | 3115       | tertiary        | matched            | no            | no
        clerk, lower secondary          | 4110       | lower_secondary | matched            | no            | no
        clerk, post-secondary           | 4110       | post_secondary  | matched            | no            | no
        clerk with a degree             | 4110       | tertiary        | over_educated      | yes           | no
        farmer, primary                 | 6111       | primary         | under_educated     | no            | yes
        driver, never at school         | 8322       | never           | under_educated     | no            | yes
        labourer, primary               | 9313       | primary         | matched            | no            | no
        labourer, lower secondary       | 9313       | lower_secondary | over_educated      | yes           | no
        labourer, below primary         | 9313       | below_primary   | under_educated     | no            | yes
        soldier                         | 0310       | upper_secondary | not_classifiable   | no            | no
        soldier, education open         | 0310       | ?               | ?                  | no            | no
        education open                  | 2211       | ?               | ?                  | no            | no
        occupation open                 | ?          | tertiary        | ?                  | no            | no
        occupation by one digit         | 5          | tertiary        | over_educated      | yes           | no
        """,
        worked_for_pay="yes",
    )
    agree(cases, "education_mismatch", "over_educated", "under_educated")
