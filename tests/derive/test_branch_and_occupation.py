# ruff: noqa: E501 (case tables are as wide as they are)
"""Branch, occupation, management and institutional sector, written from ISIC rev. 4, ISCO-08 and SDG 5.5.2."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from lfs.derive.branch_and_occupation import (
    BRANCHES,
    OCCUPATIONS,
    SECTION_OF,
    industry_division,
    industry_section,
    occupation_major,
    occupation_sub_major,
)

CLASSIFICATIONS = Path(__file__).parents[2] / "src/lfs/standard/classifications"


def listed(name: str, level: str) -> dict[str, str]:
    with (CLASSIFICATIONS / name).open(encoding="utf-8") as file:
        return {row["code"]: row["parent"] for row in csv.DictReader(file) if row["level"] == level}


def test_divisions_are_in_the_sections_of_the_standard():
    assert listed("isic_4.csv", "division") == SECTION_OF


def test_every_listed_code_has_itself_and_its_parent(variables):
    divisions = pd.Series(list(SECTION_OF), dtype="str")
    assert industry_division(divisions + "11").tolist() == list(variables["industry_division"].categories)
    assert industry_section(divisions + "11").tolist() == list(SECTION_OF.values())
    sub_majors = listed("isco_08.csv", "sub_major")
    codes = pd.Series(list(sub_majors), dtype="str")
    assert occupation_sub_major(codes + "11").tolist() == list(sub_majors)
    assert occupation_major(codes + "11").tolist() == list(sub_majors.values())
    assert set(sub_majors) == set(variables["occupation_sub_major"].categories)


def test_aggregates_are_those_of_the_dictionary(variables):
    assert {name: tuple(sections) for name, sections in BRANCHES.items()} == variables["industry_group"].groups
    assert {name: tuple(majors) for name, majors in OCCUPATIONS.items()} == variables["occupation_group"].groups
    for name in ("previous_industry_group", "second_industry_group"):
        assert variables[name].categories == tuple(BRANCHES)
    assert variables["previous_occupation_group"].categories == tuple(OCCUPATIONS)


def test_a_code_says_as_much_as_it_has_digits(derived, agree):
    """Four digits, two, or the letter of a section; groups come from the section, so that they need no more than it."""
    cases = derived(
        """
        case                     | industry | occupation | industry_section | industry_division | industry_group       | industry_broad | in_manufacturing | occupation_major | occupation_sub_major | occupation_group                  | skill_level
        wheat farmer             | 0111     | 6111       | A                | 01                | agriculture          | agriculture    | no               | 6                | 61                   | skilled_agricultural_trades       | 2
        oil worker               | 0610     | 8113       | B                | 06                | mining_and_utilities | industry       | no               | 8                | 81                   | plant_machine_operators           | 2
        baker, two digits        | 10       | 75         | C                | 10                | manufacturing        | industry       | yes              | 7                | 75                   | skilled_agricultural_trades       | 2
        last of manufacturing    | 3320     | 7233       | C                | 33                | manufacturing        | industry       | yes              | 7                | 72                   | skilled_agricultural_trades       | 2
        power plant              | 3510     | 3131       | D                | 35                | mining_and_utilities | industry       | no               | 3                | 31                   | managers_professionals_technicians | 3-4
        waste                    | 3811     | 9611       | E                | 38                | mining_and_utilities | industry       | no               | 9                | 96                   | elementary                        | 1
        builder, one letter      | F        | 7          | F                | ?                 | construction         | industry       | no               | 7                | ?                    | skilled_agricultural_trades       | 2
        shop                     | 4711     | 5221       | G                | 47                | market_services      | services       | no               | 5                | 52                   | clerical_service_sales            | 2
        office services          | 8219     | 4110       | N                | 82                | market_services      | services       | no               | 4                | 41                   | clerical_service_sales            | 2
        soldier                  | 8422     | 0310       | O                | 84                | public_services      | services       | no               | 0                | 03                   | armed_forces                      | armed_forces
        teacher                  | 8510     | 2341       | P                | 85                | public_services      | services       | no               | 2                | 23                   | managers_professionals_technicians | 3-4
        domestic worker          | 9700     | 9111       | T                | 97                | public_services      | services       | no               | 9                | 91                   | elementary                        | 1
        embassy                  | 9900     | 4120       | U                | 99                | public_services      | services       | no               | 4                | 41                   | clerical_service_sales            | 2
        neither stated           | ?        | ?          | ?                | ?                 | ?                    | ?              | no               | ?                | ?                    | ?                                 | ?
        division left open       | C        | 2000       | C                | ?                 | manufacturing        | industry       | yes              | 2                | ?                    | managers_professionals_technicians | 3-4
        """,
        worked_for_pay="yes",
    )
    agree(cases, "industry_section", "industry_division", "industry_group", "industry_broad", "in_manufacturing")
    agree(cases, "occupation_major", "occupation_sub_major", "occupation_group", "skill_level")


@pytest.mark.parametrize("code", ["04", "34", "0", "4", "Z", "00", "9X", ""])
def test_a_beginning_that_is_in_no_list_is_not_stated(code):
    one = pd.Series([code], dtype="str")
    assert industry_section(one).tolist() == ["not_stated"]
    assert industry_division(one).tolist() == ["not_stated"]


def test_management(derived, agree):
    """SDG 5.5.2: total management is major group 1; senior and middle management is 11, 12 and 13, without 14."""
    cases = derived(
        """
        case                           | sex    | occupation | manager | woman_manager | senior_manager | woman_senior_manager
        minister                       | female | 1111       | yes     | yes           | yes            | yes
        managing director              | male   | 1120       | yes     | no            | yes            | no
        finance manager                | female | 1211       | yes     | yes           | yes            | yes
        production manager             | male   | 1321       | yes     | no            | yes            | no
        restaurant manager             | female | 1412       | yes     | yes           | no             |
        manager of what is not told    | female | 1          | yes     | yes           | no             |
        sex of a manager open          | ?      | 1211       | yes     | no            | yes            | no
        teacher                        | female | 2341       | no      |               | no             |
        occupation open                | female | ?          | no      |               | no             |
        """,
        worked_for_pay="yes",
    )
    agree(cases, "manager", "woman_manager", "senior_manager", "woman_senior_manager")


def test_institutional_sector(derived, agree):
    """Who works in an own business is not asked for whom; households are told by the employer, the roster or ISIC 97."""
    cases = derived(
        """
        case                             | relationship    | worked_for_pay | employment_relationship | decision_maker | employer_type    | industry | institutional_sector | public_sector
        ministry                         | child           | yes            | employee                |                | government       | 8411     | public               | yes
        state oil company                | child           | yes            | employee                |                | government       | 0610     | public               | yes
        apprentice in a ministry         | child           | yes            | apprentice              |                | government       | 8411     | public               | yes
        company                          | child           | yes            | employee                |                | private_business | 4711     | private              | no
        farm                             | child           | yes            | employee                |                | farm             | 0111     | private              | no
        NGO                              | child           | yes            | employee                |                | ngo              | 8890     | private              | no
        embassy                          | child           | yes            | employee                |                | international    | 9900     | private              | no
        own shop                         | child           | yes            | own_business            |                |                  | 4711     | private              | no
        helps in the family's shop       | child           | yes            | helping_family_business | other_family   |                  | 4711     | private              | no
        helps an employee of a ministry  | child           | yes            | helping_family_employee |                | government       | 8411     | public               | yes
        cleans for a family              | child           | yes            | employee                |                | household        | 9700     | household            | no
        lives in                         | domestic_worker |                | employee                |                | ?                | 9700     | household            | no
        lives in, says private business  | domestic_worker |                | employee                |                | private_business | 8121     | household            | no
        lives in an embassy              | domestic_worker |                | employee                |                | international    | 9900     | private              | no
        ISIC 97, employer open           | child           | yes            | employee                |                | ?                | 9700     | household            | no
        ISIC 97 on own account           | child           | yes            | own_business            |                |                  | 9700     | household            | no
        government overrules ISIC 97     | child           | yes            | employee                |                | government       | 9700     | public               | yes
        employer open                    | child           | yes            | employee                |                | ?                | 4711     | ?                    | no
        relationship open                | child           | yes            | ?                       |                |                  | 4711     | ?                    | no
        branch open                      | child           | yes            | employee                |                | private_business | ?        | private              | no
        """
    )
    agree(cases, "institutional_sector", "public_sector")


def test_previous_and_second_jobs(derived, agree):
    """In the aggregates only, each in its own universe."""
    cases = derived(
        """
        case                    | worked_for_pay | worked_before | previous_industry | previous_occupation | job_count | second_industry | previous_industry_group | previous_occupation_group          | second_industry_group
        two jobs                | yes            |               |                   |                     | more      | 0111            |                         |                                    | agriculture
        two jobs, branch open   | yes            |               |                   |                     | more      | ?               |                         |                                    | ?
        one job                 | yes            |               |                   |                     | one       |                 |                         |                                    |
        number of jobs open     | yes            |               |                   |                     | ?         |                 |                         |                                    |
        was a builder           | no             | yes           | 4100              | 7112                |           |                 | construction            | skilled_agricultural_trades        |
        was a teacher           | no             | yes           | P                 | 2                   |           |                 | public_services         | managers_professionals_technicians |
        was a soldier           | no             | yes           | 8422              | 0310                |           |                 | public_services         | armed_forces                       |
        last job open           | no             | yes           | ?                 | ?                   |           |                 | ?                       | ?                                  |
        never worked            | no             | no            |                   |                     |           |                 |                         |                                    |
        """,
        worked_own_business="",
    )
    agree(cases, "previous_industry_group", "previous_occupation_group", "second_industry_group")
