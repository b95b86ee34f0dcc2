"""The page: what a reader, a screen reader and a printer find in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from lfs.metadata import SurveyError
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.publish import publish
from lfs.publish.bidi import bare
from lfs.publish.drawing import FONTS
from lfs.publish.report import WEIGHTS

ROOT = Path(__file__).parents[2]


class Page(HTMLParser):
    """Tags with their attributes and the text, in order."""

    VOID = frozenset({"meta", "img", "br", "link", "col"})

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.feed(content.decode("utf-8"))
        assert not self.open, "a tag stays open"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pieces))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


BOTH = ("report.html", "tables.xlsx")


@pytest.fixture(scope="module")
def page(made) -> Page:
    return Page(made[0])


def test_nothing_is_fetched_from_anywhere(made, page):
    addresses = [attributes.get("src") or attributes.get("href") for _, attributes in page.tags]
    assert all(address.startswith(("data:", "#")) for address in addresses if address)
    assert not re.search(rb"url\((?!data:)|@import|<script", made[0])
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    assert "default-src 'none'" in policy


def test_landmarks_captions_and_scopes(page):
    names = [tag for tag, _ in page.tags]
    assert all(names.count(landmark) == 1 for landmark in ("main", "header", "nav", "footer", "h1"))
    assert page.all("html")[0] == {"lang": "en", "dir": "ltr"}
    assert names.count("caption") == names.count("table") > 10
    assert all(head.get("scope") for head in page.all("th"))
    assert all(
        picture["alt"] and picture["src"].startswith("data:image/svg+xml;base64,") for picture in page.all("img")
    )
    identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    targets = {link["href"].removeprefix("#") for link in page.all("a")}
    assert targets <= set(identifiers)


def test_invented_data_are_marked_wherever_figures_are(made, page):
    text = page.text
    assert text.count("Invented data") > 2 * len(page.all("figure"))
    assert b"Invented data. Every figure here was made" in made[0]
    tables = re.findall(rb"<table class=\"estimates[ \"].*?</caption>", made[0], re.DOTALL)
    assert len(tables) > 8
    assert all(b"Invented data" in table for table in tables)
    assert all(b"Invented data" in part for part in re.findall(rb"<figcaption>.*?</figcaption>", made[0], re.DOTALL))
    assert b'@top-right { content: "Invented data"' in made[0], "on every printed page"


def test_delivered_data_are_not_called_invented(protected, iraq, labels):
    published, quality = protected
    rounds = tuple(row.model_copy(update={"synthetic": False}) for row in iraq.rounds)
    survey = replace(iraq)
    survey.__dict__["rounds"] = rounds
    report = publish(
        published, quality[quality["topic"] != "synthetic"], survey, labels, language="en", files=["report.html"]
    )["report.html"]
    assert "nvented" not in Page(report).text
    report = publish(published, quality, survey, labels, language="en", files=["report.html"])["report.html"]
    assert b"Invented data" in report, "any step that says so is believed"


def test_a_round_of_one_office_says_so(protected, iraq, labels):
    survey = replace(iraq)
    survey.__dict__["rounds"] = tuple(row for row in iraq.rounds if (row.round, row.office) != ("2022H2", "krso"))
    report = publish(*protected, survey, labels, language="en", files=["report.html"])["report.html"]
    assert "July to December 2022: data of Central Statistical Organization only." in Page(report).text


def test_every_figure_of_the_prose_is_a_figure_of_a_table(protected, page):
    """Percentages in sentences, interval and all, are those of published cells."""
    published, _ = protected
    rates = published[(published["status"] != "suppressed") & (published["indicator"].str.contains("rat"))]
    columns = rates[["value", "lower", "upper"]].itertuples(index=False)
    known = {tuple(f"{100 * number:.1f}%" for number in row) for row in columns}
    prose = re.findall(r"(\d+\.\d%) \((\d+\.\d%) to (\d+\.\d%)", page.text)
    assert len(prose) > 10
    assert set(prose) <= known


def test_sentences_never_compare(page):
    paragraphs = page.text.split("Who is in the labour force")[2].split("Beside the published figures")[0]
    assert not re.search(r"\b(more|less|fewer|higher|lower|rose|fell|increased|decreased) (than|from)\b", paragraphs)


def test_suppressed_figures_are_marks(protected, page):
    published, _ = protected
    assert (published["status"] == "suppressed").any()
    assert "[c]" in page.text
    assert "nan" not in page.text.lower().replace("covenant", "").replace("finance", "").split()


def test_official_figures_stand_beside_ours(page):
    assert "Beside the published figures" in page.text
    assert "ILO release of 5 July 2022" in page.text


def test_the_same_input_gives_the_same_bytes(made, protected, iraq, labels):
    again = publish(
        *protected, iraq, labels, language="en", files=BOTH, official=read_official(iraq.folder), version="0.0"
    )
    assert tuple(again.values()) == made


def test_a_missing_word_stops_the_page(protected, iraq, labels):
    lacking = {**labels, "chapters": {name: text for name, text in labels["chapters"].items() if name != "regions"}}
    with pytest.raises(SurveyError, match=r"'chapters\.regions\.title' has no text"):
        publish(*protected, iraq, lacking, language="en")


def test_an_unknown_topic_stops_the_page_and_is_not_printed(protected, iraq, labels):
    published, quality = protected
    more = pd.concat([quality, quality.head(1).assign(topic="never_heard_of", detail="", value=7.0)])
    with pytest.raises(SurveyError, match=r"'topics\.never_heard_of' has no text"):
        publish(published, more, iraq, labels, language="en")


def test_hostile_words_stay_text(protected, iraq, labels):
    """Tags, quotes and marks stay text; what would turn round the direction of reading is gone."""
    evil = '<script>alert("x")</script> & "quotes" \u202e=1+1 ' + "Ministry" * 60
    hostile = {**labels, "survey": {**labels["survey"], "title": evil, "source": evil}}
    report = publish(*protected, iraq, hostile, language="en", files=["report.html"])["report.html"]
    assert b"<script" not in report
    assert "\u202e" not in report.decode("utf-8")
    assert evil.replace("\u202e", "") in Page(report).text
    style = report.split(b"<style>")[1].split(b"</style>")[0]
    assert b"<script" not in style
    assert b"alert(" not in style


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_every_letter_of_the_words_is_in_the_font(language):
    """A letter that it lacks would come from some other font, or as a box; isolates are not drawn."""
    drawn = set.intersection(*({*TTFont(next(FONTS.glob(f"*-{name}.ttf"))).getBestCmap()} for name in WEIGHTS.values()))
    lacking = {}
    for place, text in _texts(read_labels(ROOT, language)):
        for letter in bare(text):
            if ord(letter) not in drawn and not letter.isspace():
                lacking.setdefault(letter, place)
    assert lacking == {}


def _texts(labels: dict[str, Any], place: str = "") -> Iterator[tuple[str, str]]:
    for key, value in labels.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{place}.{key}")
        elif not place.startswith(".assumptions") or key != "english":
            yield f"{place}.{key}", str(value)


def test_pages_of_a_right_to_left_language_mirror_their_running_heads(protected, iraq):
    labels = read_labels(ROOT, "ckb")
    report = publish(*protected, iraq, labels, language="ckb", files=["report.html"])["report.html"].decode("utf-8")
    assert '<html lang="ckb" dir="rtl">' in report
    assert re.search(r"@bottom-left { content: .*counter\(page, arabic-indic\)", report)
    assert "@top-left { content:" in report


def test_what_is_given_in_english_is_read_from_left_to_right(protected, iraq):
    labels, official = read_labels(ROOT, "ar"), read_official(ROOT)
    made = publish(*protected, iraq, labels, language="ar", files=["report.html"], official=official)
    cell = "\u2066ILO release of 5 July 2022"
    assert cell in Page(made["report.html"]).text
