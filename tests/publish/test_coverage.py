"""Figures say which survey they come from, and whom they do not cover, wherever they are read alone."""

from dataclasses import replace

import pandas as pd
import pytest
from tests.publish.conftest import ROOT

from lfs.metadata import load_survey
from lfs.publish import Words
from lfs.publish.briefs import briefs
from lfs.publish.figures import Published
from lfs.publish.publication import periods_of
from lfs.publish.tables import source_line


@pytest.fixture(scope="module")
def words(labels) -> Words:
    return Words(labels, "en", "IQD")


def test_rounds_of_another_survey_are_not_called_this_survey(words, quality):
    periods = periods_of(load_survey(ROOT), quality, words)
    assert source_line(["2012", "2021H2", "2022H2"], words, periods) == (
        "Source: Household Socio-Economic Survey of Iraq, January to December 2012. "
        "Source: Labour Force Survey of Iraq, July to December 2021 and July to December 2022."
    )


def test_a_brief_says_that_an_office_has_not_delivered(protected, iraq, words):
    published, quality = protected
    alone = replace(iraq)
    alone.__dict__["rounds"] = tuple(row for row in iraq.rounds if (row.round, row.office) != ("2022H2", "krso"))
    for survey, told in ((iraq, False), (alone, True)):
        periods = periods_of(survey, quality, words)
        made = list(briefs(Published(published, survey), quality, words, periods, ("2021H2", "2022H2")))
        remark = "July to December 2022: data of Central Statistical Organization only."
        assert [brief.paragraphs[0].text.startswith(remark) for brief in made] == [told] * len(made)
        assert [remark in picture.source for brief in made for picture in brief.charts].count(told) >= len(made)
        assert (remark in source_line(["2022H2"], words, periods)) == told
        assert remark not in source_line(["2021H2"], words, periods)


def test_a_brief_says_what_its_office_did_not_ask_and_what_its_marks_mean(protected, iraq, words):
    published, quality = protected
    lacking = {"round": "2022H2", "office": "krso", "step": "estimate", "topic": "left_out", "category": "icls19"}
    rows = [
        {**lacking, "variable": "unemployment_rate", "value": 400.0, "detail": ""},
        {**lacking, "variable": "injury_rate", "value": 400.0, "detail": ""},
    ]
    periods = periods_of(iraq, quality, words)
    more = pd.concat([quality, pd.DataFrame(rows)], ignore_index=True)
    table = published.assign(
        status=published["status"].where(published["status"] == "suppressed", "unreliable"), flag="few_cases"
    )
    made = {brief.key: brief for brief in briefs(Published(table, iraq), more, words, periods, ("2022H2",))}
    first = made["women"].paragraphs[0].text
    assert "Kurdistan Region Statistics Office did not ask what these need" in first
    assert "Unemployment rate" in first
    assert "Occupational injuries" not in first, "the brief does not tell of it"
    assert words.explained("u") in made["women"].reading
