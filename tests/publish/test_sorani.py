"""The Sorani edition: letters, digits, months and lists, nothing lacking, and whole sentences with their figures."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lfs.metadata import load_survey
from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.check import missing_words
from lfs.metadata.labels import read_labels
from lfs.publish import Words
from lfs.publish.bidi import RLI, bare
from lfs.publish.figures import Figure

ROOT = Path(__file__).parents[2]
LETTERS = set("ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهەوۆیێ")
DIGITS = set("٠١٢٣٤٥٦٧٨٩")
SIGNS = set("٪٫٬،؛؟«»()[]:.–−+*/-_ ")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .+/_-]*")
"""Names of standards, of settings, of signs and marks: with their digits they stay as they are."""
NAMES = {
    *{"average", "centre", "disclosure", "interval"},  # settings in config.yaml, of which assumptions speak
    *{"figures", "dictionary", "csv", "parquet", "value", "se", "lower", "upper"},  # files for machines, and columns
    *{"rev", "raking", "survey", "svyciprop"},  # ISIC rev. 4, a method, and what R calls them
}


@pytest.fixture(scope="module")
def labels() -> dict[str, Any]:
    return read_labels(ROOT, "ckb")


@pytest.fixture(scope="module")
def words(labels) -> Words:
    return Words(labels, "ckb", currency="IQD")


def _texts(labels: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in labels.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{place}", text) for place, text in _texts(value))
        else:
            yield str(key), value


def _read(labels: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is printed: without the ways of writing and the English of assumptions, named values taken out."""
    for place, text in _texts(labels):
        if not (place.startswith("language.") or (place.startswith("assumptions.") and place.endswith(".english"))):
            yield place, re.sub(r"\{\w*\}", "", text)


def test_nothing_is_lacking():
    assert missing_words(load_survey(ROOT), "ckb") == []


def test_only_sorani_letters_in_their_one_form(labels):
    odd = {
        f"{place}: {unicodedata.name(sign, hex(ord(sign)))}"
        for place, text in _read(labels)
        for sign in set(LATIN.sub("", text)) - LETTERS - DIGITS - SIGNS
    }
    assert odd == set(), "no ي ى ك ة ھ, no tatweel, no joiners, no marks of direction, no Latin digits or commas"


def test_texts_are_composed_and_no_word_begins_with_the_weak_r(labels):
    for place, text in _read(labels):
        assert unicodedata.is_normalized("NFC", text), place
        assert not re.search(r"(?<![\wئ])ر", text), f"{place}: no word begins with ر, only with ڕ"


def test_no_english_word_is_left(labels):
    found = {word for _, text in _read(labels) for word in re.findall(r"\b[a-z]{2,}\b", text)}
    assert found <= NAMES


def test_it_says_that_nobody_has_edited_it(words):
    assert not words.edited
    assert "وەریگێڕاون" in words("unedited")


def test_digits_are_arabic_and_read_from_the_right(words):
    assert (words.digits, words.direction, words.number_direction) == ("arab", "rtl", "rtl")
    assert words.number(-1234567.8, 1) == f"{RLI}−١٬٢٣٤٬٥٦٧٫٨\u2069"
    assert bare(words.percent(0.165)) == "١٦٫٥٪"
    assert bare(words.range(words.number(15.5, 1), words.number(17.5, 1))) == "١٥٫٥–١٧٫٥"
    assert bare(words.category("age_10", "15-24")) == "١٥–٢٤"


def test_months_are_those_used_in_iraq(words):
    day = datetime.date
    months = [words.period(day(2021, month, 1), day(2021, month, 1)).split("ی \u2067")[0] for month in range(1, 13)]
    assert months == [
        *("کانوونی دووەم", "شوبات", "ئازار", "نیسان", "ئایار", "حوزەیران"),
        *("تەمووز", "ئاب", "ئەیلوول", "تشرینی یەکەم", "تشرینی دووەم", "کانونی یەکەم"),
    ]


def test_periods_and_dates(words):
    day = datetime.date
    assert bare(words.period(day(2021, 7, 1), day(2021, 12, 31))) == "تەمووز تا کانونی یەکەمی ٢٠٢١"
    assert bare(words.period(day(2021, 11, 1), day(2022, 2, 28))) == "تشرینی دووەمی ٢٠٢١ تا شوباتی ٢٠٢٢"
    assert bare(words.date(day(2026, 11, 28))) == "٢٨ی تشرینی دووەمی ٢٠٢٦"


def test_lists_hold_no_english(words):
    assert words.listed(["شار"]) == "شار"
    assert words.listed(["شار", "لادێ", "کەمپ"]) == "شار، لادێ و کەمپ"
    assert words.listed_or(["شار", "لادێ"]) == "شار یان لادێ"
    assert words.beside(["ژنان", "شار"]) == "ژنان، شار"
    assert words.in_turn(["ژنان", "شار"]) == "ژنان؛ شار"
    assert words.by(("sex", "age_10")) == "ڕەگەز و گرووپی تەمەنی دەساڵە"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("rate", "", 0.165, 0.005, 0.155, 0.175), "١٦٫٥٪ (لە ١٥٫٥٪ تا ١٧٫٥٪)"),
        (Figure("rate", "e", 0.165, 0.005, 0.155, 0.175), "نزیکەی ١٦٫٥٪ (لە ١٥٫٥٪ تا ١٧٫٥٪)"),
        (Figure("rate", "u", 0.165, 0.005, 0.155, 0.175), "نزیکەی ١٦٫٥٪ (لە ١٥٫٥٪ تا ١٧٫٥٪، جێی متمانە نییە)"),
        (Figure("rate", "c"), "پیشاننەدراو (بۆ پاراستنی ئەوانەی چاوپێکەوتنیان لەگەڵ کراوە)"),
        (Figure("persons", "", 8.6e6, 1e5, 8.4e6, 8.8e6), "٨٫٦٠ ملیۆن (لە ٨٫٤٠ ملیۆن تا ٨٫٨٠ ملیۆن)"),
        (Figure("persons", "", 45_300, 1e3, 43e3, 47e3), "٤٥٫٣ هەزار (لە ٤٣٫٠ هەزار تا ٤٧٫٠ هەزار)"),
        (Figure("points", "", 0.574, 0.007, 0.567, 0.581), "٥٧٫٤ خاڵی سەدی (لە ٥٦٫٧ تا ٥٨٫١)"),
        (Figure("currency", "", 567_615, 3e3, 561_090, 574_140), "٥٦٧٬٦١٥ دیناری عێراقی (لە ٥٦١٬٠٩٠ تا ٥٧٤٬١٤٠)"),
    ],
)
def test_a_figure_in_a_sentence(words, figure, text):
    assert bare(words.estimate(figure)) == text


@pytest.fixture(scope="module")
def values(words) -> dict[str, str]:
    """A period and the figures of a sentence."""
    day = datetime.date
    return {
        "round": words.period(day(2021, 7, 1), day(2021, 12, 31)),
        "rate": words.estimate(Figure("rate", "", 0.165, 0.005, 0.155, 0.175)),
        "other": words.estimate(Figure("rate", "", 0.283, 0.011, 0.261, 0.306)),
        "withheld": words.estimate(Figure("rate", "c")),
    }


@pytest.mark.parametrize(
    ("place", "named", "text"),
    [
        (
            ("sentences", "unemployment_by_sex"),
            {"men": "rate", "women": "other"},
            "لە ماوەی تەمووز تا کانونی یەکەمی ٢٠٢١دا، ڕێژەی بێکاری لەنێو پیاواندا "
            "١٦٫٥٪ (لە ١٥٫٥٪ تا ١٧٫٥٪) و لەنێو ژناندا ٢٨٫٣٪ (لە ٢٦٫١٪ تا ٣٠٫٦٪) بوو.",
        ),
        (
            ("sentences", "unemployment_by_region"),
            {"federal": "rate", "kri": "withheld"},
            "لە ماوەی تەمووز تا کانونی یەکەمی ٢٠٢١دا، ڕێژەی بێکاری لە عێراقی فیدراڵ "
            "١٦٫٥٪ (لە ١٥٫٥٪ تا ١٧٫٥٪) و لە هەرێمی کوردستان "
            "پیشاننەدراو (بۆ پاراستنی ئەوانەی چاوپێکەوتنیان لەگەڵ کراوە) بوو.",
        ),
        (
            ("sentences", "youth_neet"),
            {"neet": "other"},
            "لە ماوەی تەمووز تا کانونی یەکەمی ٢٠٢١دا، پشکی ئەوانەی نە لە کاردا بوون و نە لە خوێندن یان ڕاهێناندا "
            "لەنێو کەسانی تەمەن ١٥ بۆ ٢٤ ساڵدا ٢٨٫٣٪ (لە ٢٦٫١٪ تا ٣٠٫٦٪) بوو.",
        ),
    ],
)
def test_a_sentence_with_its_figures(words, values, place, named, text):
    filled = {name: values[value] for name, value in named.items()}
    assert bare(words(*place, round=values["round"], **filled)) == text


def test_titles_notes_and_marks(words):
    assert (
        words("table_title", group=words("tables", "rates"), breakdown=words.by(("sex",)))
        == "ڕێژەکانی بەشداری لە هێزی کاردا و کارکردن و بێکاری، بەپێی ڕەگەز"
    )
    assert bare(words("columns", "interval", level=words.level(0.95))) == "ماوەی متمانەی ٩٥٪"
    assert words.unit_note("currency") == "یەکەی خەمڵاندنەکان و هەڵە پێوانەییەکان: دیناری عێراقی."
    assert words.variable("employed_national") == "کارکەر (وەک دەزگاکە داویەتی)"
    assert words.office("cso") == "دەزگای ناوەندیی ئامار"
    assert words("marks", "c", "short") == "[c]"


def test_every_assumption_is_put_beside_its_own_english(labels):
    stated = {each.key: each.text for each in read_assumptions(ROOT)}
    filed = labels["assumptions"]
    assert {key: entry["english"] for key, entry in filed.items() if key in stated} == stated
