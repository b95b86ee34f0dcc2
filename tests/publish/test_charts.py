"""Charts: the same bytes, readable without colour, marked, and told in words."""

import re

import pytest

from lfs.metadata.report import Chart as Declared
from lfs.publish import Words
from lfs.publish.charts import chart
from lfs.publish.drawing import draw
from lfs.publish.drawing.places import edges_of_shades
from lfs.publish.figures import Published
from lfs.publish.tables import Periods

PERIODS = Periods(
    {"2021H2": "Jul–Dec 2021", "2022H2": "Jul–Dec 2022"},
    {"2021H2": "July to December 2021", "2022H2": "July to December 2022"},
    frozenset({"2021H2"}),
)


@pytest.fixture(scope="module")
def published(protected, iraq) -> Published:
    return Published(protected[0], iraq)


@pytest.fixture(scope="module")
def words(labels) -> Words:
    return Words(labels, "en")


def made(published, words, kind, breakdown, rounds=("2021H2", "2022H2"), indicators=("unemployment_rate",)):
    declared = Declared(kind=kind, indicators=indicators, breakdown=breakdown)
    return chart(published, "a_chart", declared, "Figure 1", words, PERIODS, rounds)


@pytest.mark.parametrize(
    ("kind", "breakdown"), [("intervals", "displacement"), ("bars", "sex"), ("profile", "sex_x_age_10")]
)
def test_a_chart_is_drawn_the_same_every_time_as_paths(published, words, kind, breakdown):
    content = made(published, words, kind, breakdown)
    first, second = draw(content, words), draw(content, words)
    assert first == second
    assert b"<text" not in first, "letters are paths"
    assert not re.search(rb"<dc:date>", first)


def test_alternative_text_tells_in_words_what_is_shown(published, words):
    content = made(published, words, "profile", "sex_x_age_10")
    assert content.alt.startswith(
        "Line chart with confidence intervals: Unemployment rate, by sex and ten-year age group."
    )
    assert "It shows 15–24, 25–34" in content.alt
    for panel in content.panels:
        for series in panel.series:
            reliable = [figure for _, figure in series.points if figure.shown and figure.mark != "u"]
            low, high = (end(reliable, key=lambda figure: figure.value) for end in (min, max))
            low, high = (words.quantity(figure.value, figure.unit) for figure in (low, high))
            assert f"{panel.title}, {series.label}: reliable estimates from {low} to {high}" in content.alt
    assert sum(letter.isalpha() for letter in content.alt) > 0.5 * len(content.alt), "words, not a list of numbers"


def test_alternative_text_holds_the_only_figure_of_a_series(published, words):
    content = made(published, words, "bars", "sex")
    points = [figure for panel in content.panels for series in panel.series for _, figure in series.points]
    assert len(points) == 4
    assert content.alt.startswith("Bar chart with confidence intervals: Unemployment rate, by sex.")
    assert all(words.estimate(figure) in content.alt for figure in points)


def test_source_respondents_and_invented_data_are_named(published, words):
    content = made(published, words, "intervals", "sex")
    assert content.invented == "Invented data"
    assert content.source.startswith("Source: Labour Force Survey of Iraq, July to December 2021 and")
    n = published.figure("2021H2", "icls19", "unemployment_rate", {}).n
    assert f"{n:,.0f} in Jul–Dec 2021" in content.source
    assert made(published, words, "intervals", "sex", rounds=("2022H2",)).invented == ""


def test_respondents_of_indicators_of_different_people_are_told_apart(published, words):
    names = ("participation_rate", "employment_to_population_ratio", "unemployment_rate")
    source = made(published, words, "bars", "sex", indicators=names, rounds=("2021H2",)).source
    of_all, of_labour_force = (published.figure("2021H2", "icls19", name, {}).n for name in (names[0], names[2]))
    assert of_all > of_labour_force
    first, second = "Labour force participation rate and Employment-to-population ratio", "Unemployment rate"
    assert f"Respondents ({first}): {of_all:,.0f} in Jul–Dec 2021." in source
    assert f"Respondents ({second}): {of_labour_force:,.0f} in Jul–Dec 2021." in source


def test_what_is_not_shown_is_a_mark_and_explained(published, words):
    content = made(published, words, "intervals", "displacement", indicators=("unemployment_rate",))
    hidden = [figure for series in content.panels[0].series for _, figure in series.points if not figure.shown]
    assert hidden, "this country has too few refugees"
    assert any(note.startswith("[c]") for note in content.notes)
    assert draw(content, words)


def test_series_differ_in_more_than_colour(published, words):
    """Bars by hatching, lines by dashes and markers."""
    bars = draw(made(published, words, "bars", "sex", rounds=("2021H2",)), words).decode()
    assert "<pattern" in bars
    lines = draw(made(published, words, "profile", "sex_x_age_10", rounds=("2021H2",)), words).decode()
    assert "stroke-dasharray" in lines


@pytest.mark.parametrize(
    ("known", "edges", "decimals"),
    [
        ([22.4, 38.46, 60.2], [22, 30, 38, 45, 53, 61], 0),
        ([2.41, 4.0], [2.4, 2.7, 3.0, 3.4, 3.7, 4.0], 1),
        ([-0.1, 0.33], [-0.1, -0.01, 0.07, 0.16, 0.24, 0.33], 2),
    ],
)
def test_shades_end_at_the_numbers_that_the_key_prints(known, edges, decimals):
    assert edges_of_shades(known)[0].tolist() == edges
    assert edges_of_shades(known)[1] == decimals
