"""Numbers, periods and figures as English writes them; a missing word names its key and is never printed."""

import datetime

import pytest

from lfs.metadata import SurveyError
from lfs.publish import Words
from lfs.publish.figures import Figure


@pytest.fixture(scope="module")
def words(labels) -> Words:
    return Words(labels, "en")


def test_numbers(words):
    assert words.number(8604123.4) == "8,604,123"
    assert words.number(-1.25, 1) == "\u22121.2"
    assert words.number(-0.01, 1) == "0.0", "no minus before nothing"
    assert words.percent(0.16504) == "16.5%"
    assert words.level(0.95) == "95%"
    assert words.level(0.975) == "97.5%"


def test_a_range_below_zero_is_told_in_words(words):
    assert words.range("27.4", "37.5") == "27.4–37.5"
    below = [words.number(value, 1) for value in (-37.5, -27.4)]
    assert words.range(*below) == "\u221237.5 to \u221227.4"
    assert words.range(below[0], "27.4") == "\u221237.5 to 27.4"


def test_periods(words):
    day = datetime.date
    assert words.period(day(2021, 7, 1), day(2021, 12, 31)) == "July to December 2021"
    assert words.period(day(2021, 7, 1), day(2021, 12, 31), short=True) == "Jul–Dec 2021"
    assert words.period(day(2021, 11, 1), day(2022, 2, 28)) == "November 2021 to February 2022"
    assert words.period(day(2021, 7, 1), day(2021, 7, 31)) == "July 2021"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("rate", "", 0.165, 0.005, 0.155, 0.175), "16.5% (15.5% to 17.5%)"),
        (Figure("rate", "e", 0.165, 0.005, 0.155, 0.175), "about 16.5% (15.5% to 17.5%)"),
        (Figure("rate", "u", 0.165, 0.005, 0.155, 0.175), "about 16.5% (15.5% to 17.5%, not reliable)"),
        (Figure("rate", "c"), "not shown (to protect those interviewed)"),
        (Figure("persons", "", 8.6e6, 1e5, 8.4e6, 8.8e6), "8.60 million (8.40 million to 8.80 million)"),
        (Figure("persons", "", 45_300, 1e3, 43e3, 47e3), "45.3 thousand (43.0 thousand to 47.0 thousand)"),
    ],
)
def test_a_figure_in_a_sentence_is_hedged_by_rule(words, figure, text):
    assert words.estimate(figure) == text


def test_a_missing_word_names_its_key(labels):
    with pytest.raises(SurveyError, match=r"labels/en: 'indicators\.no_such\.name' has no text"):
        Words(labels, "en")("indicators", "no_such", "name")


def test_a_template_that_wants_another_value_is_refused():
    words = Words({"sentences": {"one": "In {round}, {rate}."}}, "en")
    with pytest.raises(SurveyError, match=r"uses \{rate\}, but only round is given"):
        words("sentences", "one", round="2021")


def test_a_value_is_never_read_as_a_template():
    words = Words({"sentences": {"one": "In {round}."}}, "en")
    assert words("sentences", "one", round="{braces}") == "In {braces}."


def test_directions_of_reading():
    assert Words({}, "en").direction == "ltr"
    assert Words({}, "ar").direction == Words({}, "ckb").direction == "rtl"
    with pytest.raises(SurveyError, match="'xx-nowhere' is not known"):
        Words({}, "xx-nowhere")


def test_options_and_supplied_concepts_have_names(words):
    assert words.variable("farm_work_crops") == "Kind of work of the family business: crops"
    assert words.variable("employed_national") == "In employment (as supplied by the office)"


def test_every_breakdown_indicator_and_variable_has_its_words(words, iraq):
    from lfs.metadata import load_survey

    survey = load_survey(iraq.folder)
    for name in survey.breakdown_variables:
        assert words.category(name, "total")
        assert words.by((name,))
        assert all(words.category(name, code) for code in survey.variables[name].codes())
    for name in survey.indicators:
        assert all(words("indicators", name, part) for part in ("name", "universe", "definition"))
    for name, declared in survey.variables.items():
        if declared.kind in ("asked", "derived"):
            assert words.variable(name)


def test_a_figure_without_limits_says_so_unless_it_is_a_population_total(words):
    assert words.estimate(Figure("rate", "", 0.153)) == "about 15.3% (no interval can be given)"
    assert words.estimate(Figure("rate", "u", 0.153)) == "about 15.3% (no interval can be given, not reliable)"
    assert words.estimate(Figure("persons", "k", 26_101_580.0)) == "26.10 million"
