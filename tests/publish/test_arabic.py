"""The Arabic edition: its letters, months and digits, nothing lacking, and sentences as they are printed."""

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
from lfs.metadata.labels import label_files, read_labels
from lfs.publish import Words
from lfs.publish.bidi import LRI, PDI, has_rtl_letters
from lfs.publish.figures import Figure

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "src/lfs/standard/labels", ROOT / "config/labels")
MONTHS = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
# Presentation forms, tatweel, marks of direction, vowel signs other than that of the adverb (ً), digits not declared.
FORBIDDEN = re.compile(
    "[\ufb50-\ufdff\ufe70-\ufeff\u0640\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u064c-\u065f٠-٩۰-۹]"
)
# Persian and Sorani look-alikes, and letters that Arabic does not have.
FOREIGN = re.compile("[یکھەێۆڕڵڤپچژگ]")
RANGE = re.compile(r"\d ?[-–] ?\d")
LATIN_MARKS = re.compile('[ء-ي] ?[,;?]|["“”]')
# Texts without a letter of the language: signs, marks, templates of numbers, names of groups of digits.
BARE = re.compile(r"[\W\d_]*|\[[a-z]\]|ILOSTAT|SHA-256|b|ar_IQ|latn|MMMM|d MMMM y|no")


@pytest.fixture(scope="module")
def arabic() -> dict[str, Any]:
    return read_labels(ROOT, "ar")


@pytest.fixture(scope="module")
def words(arabic) -> Words:
    return Words(arabic, "ar", "IQD")


def _texts(labels: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every text and its place, the English of the assumptions left out."""
    for key, value in labels.items():
        if isinstance(value, dict):
            yield from _texts(value, (*place, key))
        elif (place[:1], key) != (("assumptions",), "english"):
            yield ".".join((*place, key)), value


def _faults(arabic: dict[str, Any], wrong: re.Pattern[str]) -> dict[str, str]:
    """The texts, their named values taken out, in which something that the pattern names occurs."""
    texts = {place: re.sub(r"\{\w+\}", "", text) for place, text in _texts(arabic)}
    return {place: text for place, text in texts.items() if wrong.search(text)}


def test_nothing_lacks():
    assert missing_words(load_survey(ROOT), "ar") == []


def test_assumptions_stand_beside_the_english_that_they_translate(arabic):
    stated = {each.key: each.text for each in read_assumptions(ROOT)}
    written = {key: entry["english"] for key, entry in arabic["assumptions"].items()}
    assert written == stated


def test_every_text_is_arabic(arabic):
    texts = {place: re.sub(r"\{\w+\}", "", text) for place, text in _texts(arabic)}
    assert {p: t for p, t in texts.items() if not has_rtl_letters(t) and not BARE.fullmatch(t)} == {}


def test_letters_are_plain_arabic_ones(arabic):
    assert {p: t for p, t in _texts(arabic) if unicodedata.normalize("NFC", t) != t} == {}
    assert _faults(arabic, FORBIDDEN) == {}
    assert _faults(arabic, FOREIGN) == {}


def test_punctuation_is_arabic_and_ranges_in_sentences_are_words(arabic):
    assert _faults(arabic, LATIN_MARKS) == {}
    ranges = _faults(arabic, RANGE)
    assert {p: t for p, t in ranges.items() if not re.fullmatch(r"\d+–\d+|.*\((ICSE-93|ICSE-18|ISCO-08)\)", t)} == {}
    assert {p for p in _faults(arabic, re.compile("%")) if p != "numbers.percent"} == set(), "read as %95 in Arabic"


def test_every_file_says_that_it_awaits_an_editor():
    files = [path for folder in FOLDERS for path in label_files(folder, "ar")]
    names = [[path.name for path in label_files(folder, "ar")] for folder in FOLDERS]
    assert set(names[0]) - {"assumptions.yaml"} == {path.name for path in label_files(FOLDERS[0], "en")}
    assert set(names[1]) == {path.name for path in label_files(FOLDERS[1], "en")}
    assert [path for path in files if "awaits an editor" not in path.read_text(encoding="utf-8").splitlines()[0]] == []


def test_direction_digits_and_editing(words):
    assert (words.direction, words.digits, words.number_direction, words.edited) == ("rtl", "latn", "ltr", False)
    assert words.number(8604123.4) == f"{LRI}8,604,123{PDI}"
    assert words.number(-1.25, 1) == f"{LRI}\u22121.2{PDI}"
    assert words.percent(0.16504) == f"{LRI}16.5%{PDI}"
    assert words.range(words.percent(0.112), words.percent(0.136)) == f"{LRI}11.2%–13.6%{PDI}"


def test_months_are_those_of_iraq(words):
    day = datetime.date
    assert [words.period(day(2022, m, 1), day(2022, m, 2)) for m in range(1, 13)] == [
        f"{month} {LRI}2022{PDI}" for month in MONTHS
    ]
    assert words.period(day(2021, 7, 1), day(2021, 12, 31)) == f"من تموز إلى كانون الأول {LRI}2021{PDI}"
    assert words.period(day(2006, 11, 1), day(2007, 10, 31), short=True) == (
        f"تشرين الثاني {LRI}2006{PDI} إلى تشرين الأول {LRI}2007{PDI}"
    )
    assert words.date(day(2026, 11, 28)) == "28 تشرين الثاني 2026"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("rate", "", 0.165, 0.005, 0.155, 0.175), "<16.5%> (من <15.5%> إلى <17.5%>)"),
        (Figure("rate", "e", 0.165, 0.005, 0.155, 0.175), "نحو <16.5%> (من <15.5%> إلى <17.5%>)"),
        (Figure("rate", "u", 0.165, 0.005, 0.155, 0.175), "نحو <16.5%> (من <15.5%> إلى <17.5%>، تقدير غير موثوق)"),
        (Figure("rate", "c"), "غير معروض (حفاظاً على خصوصية المستجيبين)"),
        (Figure("rate", "z"), "غير معروض (لا يوجد أحد من هذه الفئة في العينة)"),
        (Figure("persons", "", 8.6e6, 1e5, 8.4e6, 8.8e6), "<8.60> مليون (من <8.40> مليون إلى <8.80> مليون)"),
        (Figure("persons", "", 45_300, 1e3, 43e3, 47e3), "<45.3> ألف (من <43.0> ألف إلى <47.0> ألف)"),
        (
            Figure("currency", "", 650_000, 5e3, 640_000, 660_000),
            "<650,000> دينار عراقي (من <640,000> إلى <660,000>)",
        ),
    ],
)
def test_a_figure_in_a_sentence(words, figure, text):
    assert words.estimate(figure) == text.replace("<", LRI).replace(">", PDI)


def test_sentences_with_figures(words):
    day = datetime.date
    period = words.period(day(2021, 7, 1), day(2021, 12, 31))
    rate = words.estimate(Figure("rate", "", 0.165, 0.005, 0.155, 0.175))
    points = words.estimate(Figure("points", "", 0.574, 0.005, 0.565, 0.583))
    printed = {
        "total": words(
            *("sentences", "labour_force_total"), round=period, participation=rate, employment=rate, unemployment=rate
        ),
        "sex": words(
            "sentences", "unemployment_by_sex", round=period, men=rate, women=words.estimate(Figure("rate", "c"))
        ),
        "region": words("sentences", "unemployment_by_region", round=period, federal=rate, kri=rate),
        "difference": words("contrasts", "participation_by_sex", "first_higher", difference=points),
        "open": words("contrasts", "participation_by_sex", "cannot_be_told", difference=points),
    }
    one = "<16.5%> (من <15.5%> إلى <17.5%>)"
    when = "في الفترة من تموز إلى كانون الأول <2021>، "
    gap = "<57.4> نقطة مئوية (من <56.5> إلى <58.3>)"
    expected = {
        "total": f"{when}كان معدل المشاركة في القوى العاملة {one} من السكان في سن العمل، "
        f"وكانت نسبة العمالة إلى السكان {one}. وكان معدل البطالة {one}.",
        "sex": f"{when}كان معدل البطالة للذكور {one}، وللإناث غير معروض (حفاظاً على خصوصية المستجيبين).",
        "region": f"{when}كان معدل البطالة {one} في العراق الاتحادي و{one} في إقليم كوردستان.",
        "difference": f"وكان معدل الذكور أعلى بمقدار {gap}.",
        "open": f"ولا يمكن الجزم من هذه العينة باختلاف القيمتين؛ والفرق بينهما {gap}.",
    }
    assert printed == {name: text.replace("<", LRI).replace(">", PDI) for name, text in expected.items()}


def test_titles_notes_and_names(words):
    titled = words("table_title", group=words("tables", "rates"), breakdown=words.by(("sex", "age_10")))
    assert titled == "معدلات المشاركة في القوى العاملة والعمالة والبطالة حسب الجنس والفئة العمرية العشرية"
    assert words.category("age_10", "15-24") == f"{LRI}15–24{PDI}"
    assert words.category("age_10", "65+") == "65 فأكثر"
    assert words.category("governorate", "dhi_qar") == "ذي قار"
    assert words.variable("labour_force_icls13") == "في القوى العاملة (معايير المؤتمر الدولي الثالث عشر (تقريب))"
    assert words("notes", "source", source=words("survey", "source"), rounds="الفترة") == (
        "المصدر: مسح القوى العاملة في العراق، الفترة."
    )
    assert words.office("krso") == "هيئة إحصاء إقليم كوردستان"
    heard = [words("marks_rules", "n_below", value=words.number(10)), words("marks_rules", "n_cases_below", value="5")]
    assert words("marks_rules", "u", mark="[u]", conditions=words.listed_or(heard)) == (
        f"توضع العلامة [u] بجانب كل رقم فيه عدد مستجيبين أقل من {LRI}10{PDI} أو عدد حالات أقل من 5"
        " (أو عدد أقل من 5 ممن ليسوا حالات في فئته)."
    )
