"""Bands and groups that the dictionary declares."""

import pandas as pd
import pytest

from lfs.derive.groupings import grouping
from lfs.metadata import SurveyError


def test_age_groups_hold_both_their_ends(derived, agree):
    cases = derived("""
        case       | age | age_5 | age_10 | age_ilo | age_youth
        fourteen   | 14  |       |        |         |
        fifteen    | 15  | 15-19 | 15-24  | 15-24   | 15-24
        twenty     | 20  | 20-24 | 15-24  | 15-24   | 15-24
        24         | 24  | 20-24 | 15-24  | 15-24   | 15-24
        25         | 25  | 25-29 | 25-34  | 25-54   | 25+
        54         | 54  | 50-54 | 45-54  | 25-54   | 25+
        55         | 55  | 55-59 | 55-64  | 55-64   | 25+
        64         | 64  | 60-64 | 55-64  | 55-64   | 25+
        65         | 65  | 65+   | 65+    | 65+     | 25+
        120        | 120 | 65+   | 65+    | 65+     | 25+
        no age     | ?   |       |        |         |
    """)
    agree(cases, "age_5", "age_10", "age_ilo", "age_youth")


def test_groups_of_codes(derived, agree):
    cases = derived("""
        case         | age | education_level | education       | governorate | region
        never        | 30  | never           | less_than_basic | baghdad     | federal
        lower        | 30  | lower_secondary | basic           | erbil       | kri
        upper        | 30  | upper_secondary | intermediate    | duhok       | kri
        tertiary     | 30  | tertiary        | advanced        | basrah      | federal
        not stated   | 30  | ?               | ?               | ?           | ?
        empty        | 30  |                 | ?               | sulaymaniyah | kri
        too young    | 4   |                 |                 | nineveh     | federal
    """)
    agree(cases, "education", "region")


def test_marital_status_in_three_groups(derived, agree):
    cases = derived("""
        case       | age | marital_status | marital_group
        single     | 30  | single         | single
        married    | 30  | married        | married
        together   | 30  | cohabiting     | married
        separated  | 30  | separated      | formerly_married
        divorced   | 30  | divorced       | formerly_married
        widowed    | 70  | widowed        | formerly_married
        not stated | 30  | ?              | ?
        too young  | 11  |                |
    """)
    agree(cases, "marital_group")


def test_a_code_in_no_group_is_refused_with_the_line_to_touch(variables):
    region = variables["region"].model_copy(update={"groups": {"federal": ("baghdad",)}})
    with pytest.raises(
        SurveyError, match=r"'region': 2 rows have a value of 'governorate' .* under 'region' in config"
    ):
        grouping("region", region, pd.Series(["baghdad", "erbil", "duhok"]), None)
