"""Sentences: every figure that they quote stands in a table, and they compare only where a contrast allows it."""

import pytest

from lfs.metadata.labels import languages_with_labels, read_labels
from lfs.metadata.official import read_official
from lfs.metadata.report import Figure as Item
from lfs.metadata.report import Sentence
from lfs.publish import Words
from lfs.publish.document import Material, document, with_tables
from lfs.publish.figures import Figure, Published
from lfs.publish.prose import prose, verdict
from lfs.publish.publication import material_of

ROUND = "2022H2"


def material(protected, iraq, language) -> Material:
    words = Words(read_labels(iraq.folder, language), language, iraq.config.currency)
    return material_of(*protected, iraq, words, official=read_official(iraq.folder), version="0")


@pytest.fixture(scope="module", params=languages_with_labels("."))
def edition(request, protected, iraq):
    """The report of the small survey in each language that has labels."""
    made = material(protected, iraq, request.param)
    return with_tables(document(made), made), made.words, made.published.rounds


def test_every_quoted_figure_stands_in_a_table_and_in_the_sentence(edition):
    made, words, rounds = edition
    paragraphs = [text for part in (*made.chapters, *made.briefs) for text in part.paragraphs if text.figures]
    assert len(paragraphs) > 20
    shown = {
        (group.indicator, group.standard, name, figure)
        for table in made.workbook_tables
        for group in table.groups
        for row in group.rows
        for name, figure in zip(rounds, row.figures, strict=True)
    }
    for paragraph in paragraphs:
        for quoted in paragraph.figures:
            assert (quoted.indicator, quoted.standard, quoted.round, quoted.figure) in shown, quoted.indicator
            size = quoted.figure.value
            told = words.quantity(size, quoted.figure.unit) if size is not None else words.estimate(quoted.figure)
            turned = words.quantity(-size, quoted.figure.unit) if size is not None else told
            assert told in paragraph.text or turned in paragraph.text


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0.01, 0.05, "first_higher"),
        (-0.05, -0.01, "second_higher"),
        (-0.01, 0.02, "cannot_be_told"),
        (0.0, 0.02, "cannot_be_told"),
        (None, None, "cannot_be_told"),
    ],
)
def test_a_difference_is_said_only_where_its_interval_leaves_zero_out(lower, upper, said):
    assert verdict(Figure("points", "", 0.02, 0.01, lower, upper)) == said


def test_without_a_contrast_levels_stand_alone(protected, iraq):
    made = material(protected, iraq, "en")
    values = {
        "men": Item(indicator="participation_rate", where={"sex": "male"}),
        "women": Item(indicator="participation_rate", where={"sex": "female"}),
    }
    alone = Sentence(sentence="participation_by_sex", values=values)
    beside = alone.model_copy(update={"contrast": Item(indicator="participation_gap")})
    (level,) = prose(made.published, [alone], made.words, made.periods, [ROUND])
    (compared,) = prose(made.published, [beside], made.words, made.periods, [ROUND])
    assert "higher" not in level.text
    assert compared.text.startswith(level.text)
    assert "That of men was higher by" in compared.text
    assert len(compared.figures) == 3


def test_a_difference_the_other_way_round_is_told_as_a_positive_number(protected, iraq):
    made = material(protected, iraq, "en")
    values = {
        "men": Item(indicator="unemployment_rate", where={"sex": "male"}),
        "women": Item(indicator="unemployment_rate", where={"sex": "female"}),
    }
    said = Sentence(sentence="unemployment_by_sex", values=values, contrast=Item(indicator="unemployment_gap"))
    (told,) = prose(made.published, [said], made.words, made.periods, [ROUND])
    assert "That of women was higher by" in told.text
    assert "\u2212" not in told.text


def test_rounds_of_a_sentence_share_a_paragraph_in_their_order(protected, iraq):
    made = material(protected, iraq, "en")
    values = {key: Item(indicator="participation_rate", where={"sex": key[:-1] + "ale"}) for key in ("mx", "femx")}
    said = Sentence(sentence="participation_by_sex", values={"men": values["mx"], "women": values["femx"]})
    (told,) = prose(made.published, [said], made.words, made.periods, made.published.rounds)
    quoted = list(dict.fromkeys(each.round for each in told.figures))
    assert quoted == [name for name in made.published.rounds if name in quoted]
    places = [told.text.index(made.periods.long[name]) for name in quoted]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("value", "lower", "upper", "said"),
    [
        (0.1, 0.05, 0.15, "were below those of men by 10.0% (5.0% to 15.0%)"),
        (-0.1, -0.15, -0.05, "were above those of men by 10.0% (5.0% to 15.0%)"),
        (0.01, -0.05, 0.07, "cannot be told from this sample"),
    ],
)
def test_the_pay_of_women_is_told_by_the_sign_of_the_gap(protected, iraq, monkeypatch, value, lower, upper, said):
    made = material(protected, iraq, "en")
    gap = Figure("rate", "", value, 0.02, lower, upper)
    monkeypatch.setattr(Published, "figure", lambda *_: gap)
    told = Sentence(sentence="women_pay", contrast=Item(indicator="hourly_pay_gap"))
    (paragraph,) = prose(made.published, [told], made.words, made.periods, [ROUND])
    assert said in paragraph.text
    assert [each.figure for each in paragraph.figures] == [gap]
