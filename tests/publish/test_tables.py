"""The tabulation plan becomes tables: margins come along, withheld breakdowns never do."""

from dataclasses import replace

import pytest

from lfs.metadata.variables import Variable
from lfs.publish import Words
from lfs.publish.figures import Published
from lfs.publish.tables import Periods, planned, table

PERIODS = Periods({"2021H2": "A", "2022H2": "B"}, {"2021H2": "A", "2022H2": "B"}, frozenset())


@pytest.fixture(scope="module")
def published(protected, iraq) -> Published:
    return Published(protected[0], iraq)


def test_every_breakdown_that_is_no_margin_has_a_table_for_every_group(published):
    pairs = planned(published)
    for group in ("rates", "counts"):
        found = {by for name, by in pairs if name == group}
        assert {"sex_x_age_10", "sex_x_age_youth", "sex_x_displacement"} <= found
        assert "governorate_x_displacement" not in found, "withheld"
        assert "age_10" not in found, "the margin of a table"
    assert pairs[0] == ("rates", "sex_x_age_10"), "the report's first table is the workbook's first"


def test_a_table_shows_margins_first_and_rounds_side_by_side(published, labels):
    found = table(published, "rates", "sex_x_age_youth", "Table 1", Words(labels, "en"), PERIODS, published.rounds)
    labels_of_rows = [row.labels for row in found.groups[0].rows]
    youth, adults = "Young people, 15–24", "Adults, 25 and over"
    assert labels_of_rows == [
        (sex, age) for sex in ("Both sexes", "Men", "Women") for age in ("All ages", youth, adults)
    ]
    assert [row.margin for row in found.groups[0].rows] == [True, False, False] * 3
    assert all(len(row.figures) == 2 for row in found.groups[0].rows)
    assert found.stub == ("Sex", "Age")
    assert found.title.endswith("by sex and young people and adults")


def test_both_standards_stand_below_each_other(protected, iraq, labels):
    frame = protected[0]
    supplied = frame[frame["indicator"] == "unemployment_rate"].assign(standard="national")
    import pandas as pd

    both = Published(pd.concat([supplied, frame], ignore_index=True), iraq)
    found = table(both, "rates", "sex", "Table 1", Words(labels, "en"), PERIODS, both.rounds)
    titles = [group.title for group in found.groups]
    assert titles[-2:] == ["Unemployment rate (as supplied)", "Unemployment rate (19th ICLS)"]
    assert any("own supplied concept" in note for note in found.notes)


def test_a_new_breakdown_needs_its_line_and_its_words_only(protected, iraq, labels):
    frame = protected[0]
    survey = replace(
        iraq,
        variables=iraq.variables
        | {"camp_size": Variable(kind="asked", type="category", categories=("s", "l"), meaning="x")},
        breakdowns=iraq.breakdowns | {"camp_size": ("camp_size",)},
    )
    import pandas as pd

    sexes = frame[frame["breakdown"] == "sex"]
    added = sexes.assign(breakdown="camp_size", camp_size=sexes["sex"].map({"male": "s", "female": "l"}), sex="total")
    whole = pd.concat([frame.assign(camp_size="total"), added], ignore_index=True)
    names = {"name": "Camp", "by": "size of camp", "total": "All", "categories": {"s": "Small", "l": "Large"}}
    words = Words({**labels, "variables": {**labels["variables"], "camp_size": names}}, "en")
    new = Published(whole, survey)
    assert ("rates", "camp_size") in planned(new)
    found = table(new, "rates", "camp_size", "Table 1", words, PERIODS, new.rounds)
    assert [row.labels for row in found.groups[0].rows] == [("All",), ("Small",), ("Large",)]
