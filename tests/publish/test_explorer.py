"""The explorer without a browser: what is in the page, what is not, and how large it is."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from tests.publish.explorer_pages import Decoded, content_of, decoded, in_three_languages, vocabulary_of

from lfs.metadata import SurveyError
from lfs.protect import FIGURES
from lfs.publish.bidi import bare
from lfs.publish.explorer import explorer
from lfs.publish.explorer.figures import written
from lfs.publish.figures import Published
from lfs.publish.words import Words

EVIL = "<script>alert(1)</script>&amp; \"quoted\" 'both' \u202eturned"


@pytest.fixture(scope="module")
def page(protected, iraq, labels) -> bytes:
    return explorer(*protected, iraq, in_three_languages(labels))


@pytest.fixture(scope="module")
def data(page) -> Decoded:
    return decoded(page)


def test_every_figure_prints_as_in_the_tables_of_the_report(data, protected, iraq, labels):
    published, words = Published(protected[0], iraq), Words(labels, "en")
    shown = 0
    for (indicator, standard, breakdown, cell, round_name), found in data.figures.items():
        where = dict(zip(iraq.breakdowns[breakdown], cell, strict=True))
        figure = published.figure(round_name, standard, indicator, where)
        assert found["mark"] == figure.mark
        if not figure.shown:
            assert found.keys() == {"mark"}
            continue
        shown += 1
        decimals, error_decimals = data.index["units"][figure.unit]
        for column in ("value", "se", "lower", "upper", "n"):
            if getattr(figure, column) is None:
                assert found[column] is None
                continue
            places = {"se": error_decimals, "n": 0}.get(column, decimals)
            printed = words.number(found[column] / 10**places, places)
            assert printed == words.cell(figure, column), (indicator, where, column)
    assert shown == (protected[0]["status"] != "suppressed").sum(), "nothing that is shown is missing from the page"


def test_rounding_is_that_of_printed_numbers(labels):
    words = Words(labels, "en")
    for number in (0.05, 0.15, 0.25, 2.5, 1.005, 12345.65, -0.04, -0.05, -7.35, 1e7 + 0.05, 0.0):
        for decimals in (0, 1, 2):
            assert words.number(written(number, decimals) / 10**decimals, decimals) == words.number(number, decimals)


def test_what_is_withheld_altogether_cannot_be_chosen(data, iraq):
    names = [name for name, _, _ in data.index["breakdowns"]]
    assert "governorate_x_displacement" in iraq.breakdowns
    assert "governorate_x_displacement" not in names
    shown = {breakdown for (_, _, breakdown, _, _), found in data.figures.items() if "value" in found}
    assert shown == set(names)


def test_suppressed_figures_are_nowhere_in_the_page(page, protected, iraq, labels):
    """Also where a table held them in spite of their mark: the page is the same to the last byte."""
    published, quality = protected
    gone = published.index[published["status"] == "suppressed"]
    assert len(gone) > 100
    leaking = published.copy()
    for column in FIGURES:
        if leaking[column].dtype.kind == "f":
            leaking.loc[gone, column] = 7.7e12 + np.arange(len(gone))
    assert explorer(leaking, quality, iraq, in_three_languages(labels)) == page
    place = gone[published.loc[gone, "breakdown"] == "sex_x_age_10"][0]
    leaking.loc[place, "status"] = "published"
    assert explorer(leaking, quality, iraq, in_three_languages(labels)) != page, "the canary sings where it is let out"


def test_the_same_input_gives_the_same_bytes(page, protected, iraq, labels):
    assert explorer(*protected, iraq, in_three_languages(labels)) == page


def test_nothing_is_fetched_and_only_what_is_inside_may_run(page):
    text = page.decode("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;") or policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), "the name of SVG is no address to fetch from"
    assert not re.search(r"@import|url\((?!data:font/woff2;base64,)|<link|<img|<iframe|import\(", text)
    assert "innerHTML" not in text, "labels enter the page as text"
    assert text.count("</script>") == 3


class _Elements(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_controls_have_labels_and_the_page_has_landmarks(page):
    elements = _Elements(page).found
    labelled = {attributes["for"] for tag, attributes in elements if tag == "label"}
    assert {attributes["id"] for tag, attributes in elements if tag == "select"} <= labelled
    tags = [tag for tag, _ in elements]
    assert {"header", "main", "h1", "h2", "table", "caption", "noscript"} <= {*tags}
    html = next(attributes for tag, attributes in elements if tag == "html")
    assert html == {"lang": "en", "dir": "ltr"}


def test_labels_of_others_come_through_harmless(protected, iraq, labels):
    evil = {**labels, "survey": {**labels["survey"], "title": EVIL}}
    evil["variables"] = {**labels["variables"], "sex": {**labels["variables"]["sex"], "name": EVIL}}
    page = explorer(*protected, iraq, {"en": evil})
    assert b"<script>alert" not in page
    assert "\u202e" not in page.decode("utf-8")
    assert "\u202e" not in content_of(page, "vocabulary").decode("utf-8")
    assert page.count(b"</script>") == 3
    place = [name for name, *_ in decoded(page).index["variables"]].index("sex")
    name = vocabulary_of(page)["languages"][0]["variables"][place][0]
    assert name == EVIL.replace("\u202e", ""), "and nothing else of it is lost"


def test_a_missing_word_stops_the_page(protected, iraq, labels):
    lacking = {**labels, "explorer": {key: text for key, text in labels["explorer"].items() if key != "skip"}}
    with pytest.raises(SurveyError, match=r"labels/en: 'explorer\.skip' has no text"):
        explorer(*protected, iraq, {"en": lacking})


def test_each_language_says_everything_and_writes_its_own_numbers(page):
    english, arabic, sorani = vocabulary_of(page)["languages"]
    assert english.keys() == arabic.keys() == sorani.keys()
    assert english["text"].keys() == arabic["text"].keys()
    assert (english["direction"], arabic["direction"], sorani["direction"]) == ("ltr", "rtl", "rtl")
    assert (english["digits"][1], arabic["digits"][1], sorani["digits"][1]) == ("1", "1", "١")
    assert (english["isolate"], arabic["isolate"], sorani["isolate"]) == ("", "\u2066", "\u2067")
    assert english["unedited"] == ""
    assert "machine" in arabic["unedited"]
    assert [bare(text) for text in english["lists"]] == ["{0}", "{0} and {1}"]
    assert all(edition["banner"] for edition in (english, arabic, sorani))


def test_every_template_is_filled_with_what_the_page_has(page):
    given = {
        "kind",
        "title",
        "rounds",
        "indicator",
        "breakdown",
        "standard",
        "round",
        "mark",
        "reason",
        "column",
        "unit",
        "source",
    }
    for edition in vocabulary_of(page)["languages"]:
        for text in edition["text"].values():
            assert {*re.findall(r"\{(\w+)\}", text)} <= given


def test_the_page_is_small(page, protected):
    shown = int((protected[0]["status"] != "suppressed").sum())
    figures = len(content_of(page, "figures"))
    assert figures < 2500 + 14 * shown, "bytes before deflating: five numbers of a figure take less than fourteen"
    assert len(page) < 300_000


def test_a_survey_of_one_language_and_one_round(protected, iraq, labels):
    published, quality = protected
    one = published[published["round"] == "2022H2"].reset_index(drop=True)
    found = decoded(explorer(one, quality, iraq, {"en": labels}))
    assert found.index["rounds"] == ["2022H2"]
    assert pd.notna(found.figures["unemployment_rate", "icls19", "total", (), "2022H2"]["value"])
