"""The explorer in Chromium: chosen by keyboard and by mouse, in both directions of reading, on a phone, and saved."""

import csv
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest
from tests.publish.explorer_pages import in_three_languages

from lfs.publish.bidi import bare
from lfs.publish.explorer import explorer
from lfs.publish.figures import Published
from lfs.publish.words import Words

pytestmark = pytest.mark.full

WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
LANGUAGES = ("en", "ar", "ckb")
VIEWS = (
    "indicator=unemployment_rate&by=sex_x_age_10&rounds=2012,2021H2,2022H2&chart=dots",
    "indicator=unemployment_rate&by=region&rounds=2021H2,2022H2&chart=bars",
    "indicator=employed&by=displacement&rounds=2022H2&chart=dots",
    "indicator=unemployed&by=sex_x_displacement&rounds=2012,2021H2,2022H2&chart=trend",
    "indicator=participation_rate&by=total&rounds=2012,2021H2,2022H2&chart=trend",
    "indicator=informal_employment_rate&by=sex_x_age_youth&rounds=2012,2021H2,2022H2&chart=bars",
)


@pytest.fixture(scope="module")
def published(protected) -> pd.DataFrame:
    """Three rounds, between the first and the second of which the series break."""
    table = protected[0]
    earlier = table[table["round"] == "2021H2"].assign(round="2012")
    return pd.concat([earlier, table], ignore_index=True)


@pytest.fixture(scope="module")
def editions(labels) -> dict:
    return in_three_languages(labels)


@pytest.fixture(scope="module")
def address(published, protected, iraq, editions, tmp_path_factory) -> str:
    return _written(explorer(published, protected[1], iraq, editions), tmp_path_factory.mktemp("explorer"))


def _written(page: bytes, folder: Path) -> str:
    path = folder / "explorer.html"
    path.write_bytes(page)
    return path.as_uri()


@pytest.fixture
def opened(chromium, address) -> Iterator:
    """Opens the page at a view; afterwards: nothing was asked of any other address, and no error was told."""
    contexts, asked, told = [], [], []

    def open_page(view: str = "", at: str = address, **settings):
        context = chromium.new_context(**{"viewport": WIDE, "locale": "en-GB", "accept_downloads": True, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(f"dialog {dialog.message}"))
        page.goto(f"{at}#{view}" if view else at)
        page.wait_for_selector("#chart svg, #chart p")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.split("#")[0] for url in asked if not url.startswith(("blob:", "data:"))} <= {address, *_elsewhere}
    assert told == []


_elsewhere: set[str] = set()
"""Addresses of pages that a test made itself."""


def chosen(page) -> dict[str, str]:
    """What the address says is shown."""
    return dict(part.split("=") for part in unquote(page.evaluate("location.hash"))[1:].split("&") if "=" in part)


def rows(page) -> list[list[str]]:
    return page.evaluate(
        "[...document.querySelector('table').tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))"
    )


def test_everything_can_be_chosen_by_keyboard_alone(opened):
    page = opened(reduced_motion="reduce")
    press = page.keyboard.press
    focused = lambda: page.evaluate("document.activeElement.id || document.activeElement.value")  # noqa: E731
    press("Tab")
    assert focused() == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, "the skip link shows itself"
    press("Enter")
    assert focused() == "shown"
    page.reload()
    page.wait_for_selector("#chart svg")
    press("Tab")
    for language in LANGUAGES:
        press("Tab")
        assert page.evaluate("document.activeElement.lang") == language
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", "the focus is seen"
    press("Enter")
    assert page.evaluate("document.documentElement.lang + document.documentElement.dir") == "ckbrtl"
    assert page.evaluate("document.activeElement.lang") == "ckb", "and is kept"
    press("Tab")
    assert focused() == "indicator"
    before = chosen(page)["indicator"]
    press("ArrowDown")
    assert chosen(page)["indicator"] != before
    assert focused() == "indicator"
    press("Tab")
    assert focused() == "breakdown"
    before = chosen(page)["by"]
    press("ArrowDown")
    assert chosen(page)["by"] != before
    press("Tab")
    rounds = chosen(page)["rounds"].split(",")
    press("Space")
    assert len(chosen(page)["rounds"].split(",")) != len(rounds)
    for _ in range(3):
        press("Tab")
    assert focused() == "all-rounds"
    press("Enter")
    assert chosen(page)["rounds"] == "2012,2021H2,2022H2"
    press("Tab")
    press("ArrowDown")
    assert chosen(page)["chart"] == "bars"
    press("ArrowDown")
    assert chosen(page)["chart"] == "trend"
    press("Tab")
    assert page.evaluate("document.activeElement.className") == "scroll"
    press("Tab")
    assert focused() == "save-table"
    with page.expect_download() as download:
        press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    assert page.evaluate("document.getElementById('status').textContent").startswith("ڕێژەی")


def test_everything_can_be_chosen_by_mouse(opened):
    page = opened()
    page.select_option("#indicator", label="Unemployed")
    page.select_option(
        "#breakdown",
        label="Age (ten-year groups)" if page.query_selector("option:text-is('Age (ten-year groups)')") else "Sex",
    )
    assert chosen(page)["indicator"] == "unemployed"
    assert "Unemployed" in page.text_content("h2#shown-title")
    page.click("#kinds label:has(input[value=trend])")
    assert chosen(page)["chart"] == "trend"
    for box in page.query_selector_all("#rounds input:checked")[:-1]:
        box.click()
    page.query_selector("#rounds input:checked").click()
    assert page.query_selector("#rounds input:checked"), "one period stays"
    assert page.text_content("#status") == "One period at least has to be shown."
    page.click("#languages [lang=ar]")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.get_attribute("#languages [lang=ar]", "aria-pressed") == "true"


def test_only_breakdowns_that_the_indicator_has_can_be_chosen(opened, published, iraq):
    page = opened()
    shown = published[published["status"] != "suppressed"]
    by_label = page.evaluate("[...document.querySelectorAll('#indicator option')].map(o => o.value)")
    assert len(by_label) == shown["indicator"].nunique()
    for value in by_label:
        page.select_option("#indicator", value)
        expected = shown[shown["indicator"] == chosen(page)["indicator"]]["breakdown"].nunique()
        assert page.evaluate("document.querySelectorAll('#breakdown option').length") == expected


def test_a_link_restores_what_is_shown_and_back_goes_back(opened):
    page = opened()
    page.select_option("#indicator", label="Unemployed")
    page.click("#kinds label:has(input[value=bars])")
    page.click("#languages [lang=ckb]")
    link, table, title = page.get_attribute("#link", "href"), rows(page), page.text_content("h2#shown-title")
    assert link == page.evaluate("location.hash")
    other = opened(link[1:])
    assert (rows(other), other.text_content("h2#shown-title")) == (table, title)
    assert other.evaluate("document.documentElement.lang") == "ckb"
    assert other.query_selector("#chart .bar")
    page.go_back()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.query_selector("#chart .bar")
    page.go_back()
    page.wait_for_function("!document.querySelector('#chart .bar')")
    page.go_forward()
    page.wait_for_function("document.querySelector('#chart .bar')")


@pytest.mark.parametrize(
    "view", ["indicator=nothing&by=sex&rounds=1999&chart=pie&language=xx", "indicator=%00&by=<b>", "="]
)
def test_a_link_that_names_what_does_not_exist_shows_the_nearest(opened, view):
    page = opened(view)
    assert len(rows(page)) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_table_is_that_of_the_report_digit_by_digit(opened, published, iraq, editions, language, view):
    page = opened(f"language={language}&{view}")
    words, data, shown = Words(editions[language], language, "IQD"), Published(published, iraq), chosen(page)
    variables = iraq.breakdowns[shown["by"]]
    standard = data.main_standard(shown["indicator"])
    expected = []
    for cell in data.cells(variables):
        labels = [words.category(name, cell.get(name, "total")) for name in variables]
        figures = [data.figure(name, standard, shown["indicator"], cell) for name in shown["rounds"].split(",")]
        if all(figure.mark == "x" for figure in figures):
            continue
        for figure in figures:
            printed = [words.cell(figure, column) for column in ("value", "se", "interval", "n")]
            if figure.shown and figure.mark:
                printed[0] += " " + words("marks", figure.mark, "short")
            expected.append([*labels, *printed])
    found = [[*row[: len(variables)], *row[len(variables) + 1 :]] for row in rows(page)]
    assert found == expected


MARKERS = """[...document.querySelectorAll('#chart svg [data-series]')].map(m => {
    const box = m.getBBox(); return [box.x + box.width / 2, box.y + box.height / 2]; })"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_dots_stand_where_their_values_say_in_the_direction_of_reading(opened, published, language):
    page = opened(f"language={language}&indicator=unemployment_rate&by=sex_x_age_10&rounds=2021H2,2022H2&chart=dots")
    markers = page.evaluate(MARKERS)
    values = _numbers(page)
    assert len(markers) == len(values) > 10
    (x1, v1), (x2, v2) = ((markers[values.index(pick(values))][0], pick(values)) for pick in (min, max))
    slope = (x2 - x1) / (v2 - v1)
    assert (slope > 0) == (language == "en")
    assert all(abs(x - x1 - slope * (value - v1)) < 0.6 for (x, _), value in zip(markers, values, strict=True))


def _numbers(page) -> list[float]:
    """The estimates of the table that is shown, as numbers."""
    with page.expect_download() as download:
        page.click("#save-table")
    table = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    column = next(place for place, name in enumerate(table[0]) if name.endswith("Estimate"))
    return [float(row[column]) for row in table[1:] if row[column]]


def test_charts_are_mirrored_where_reading_is(opened):
    """Figures grow and labels begin from the left in English, from the right in Arabic and Sorani."""
    shell = "(b => [b.left, b.right])(document.querySelector('#chart svg').getBoundingClientRect())"
    for view in VIEWS:
        english = opened(f"language=en&{view}")
        left = english.evaluate(MARKERS)
        assert abs(min(start for start, *_ in english.evaluate(TEXTS)) - english.evaluate(shell)[0]) < 3
        for language in ("ar", "ckb"):
            page = opened(f"language={language}&{view}")
            width = page.evaluate("document.querySelector('#chart svg').viewBox.baseVal.width")
            assert abs(max(end for _, _, end, *_ in page.evaluate(TEXTS)) - page.evaluate(shell)[1]) < 3
            right = page.evaluate(MARKERS)
            assert len(left) == len(right) > 0
            assert _order(left) == _order([(width - x, y) for x, y in right]) != []
            assert _order(left) != _order(right)


def _order(places: list[tuple[float, float]]) -> list[int]:
    """How each marker stands to the one before: further on (1), further back (-1)."""
    return [1 if b[0] > a[0] else -1 for a, b in itertools.pairwise(places) if abs(a[0] - b[0]) > 2]


TEXTS = """[...document.querySelectorAll('svg text')].map(t => {
    const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, t.textContent]; })"""
SHELL = "(b => [b.left, b.top, b.right, b.bottom])(document.querySelector('svg').getBoundingClientRect())"


def _clear(page) -> None:
    """No text of the picture is cut off, and none covers another."""
    boxes, shell = page.evaluate(TEXTS), page.evaluate(SHELL)
    assert len(boxes) > 5
    for left, top, right, bottom, text in boxes:
        assert left >= shell[0] - 1, text
        assert right <= shell[2] + 1, text
        assert top >= shell[1] - 2, text
        assert bottom <= shell[3] + 2, text
    for a, b in itertools.combinations(boxes, 2):
        across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        # The box of a line of text is higher than its letters.
        assert across < 1 or down < 5, (a[4], b[4])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_text_of_a_chart_is_cut_or_covers_another(opened, viewport, language):
    page = opened(f"language={language}", viewport=viewport)
    for view in VIEWS:
        _go(page, f"language={language}&{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], "it scrolls one way only"
        _clear(page)


def _go(page, view: str) -> None:
    page.evaluate("view => { location.hash = view; }", view)
    page.wait_for_function("view => document.getElementById('link').hash.includes(view)", arg=view.split("&")[1])
    page.wait_for_function("at => document.getElementById('link').hash.endsWith(at)", arg=view.split("&")[-1])


def test_controls_of_a_phone_can_be_touched(opened):
    page = opened("language=ckb", viewport=PHONE, has_touch=True)
    for element in page.query_selector_all("main select, main button, .languages button, fieldset label"):
        if element.is_visible():
            box = element.bounding_box()
            assert box["height"] >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360


def test_series_break_where_the_survey_says(opened):
    page = opened("language=en&indicator=unemployment_rate&by=sex&rounds=2012,2021H2,2022H2&chart=trend")
    panels = 3
    assert page.evaluate("document.querySelectorAll('#chart [data-break]').length") == panels
    assert page.evaluate("document.querySelectorAll('#chart [data-line]').length") == panels, (
        "one of two gaps is joined"
    )
    assert "Break in the series" in page.text_content("#notes")
    assert "[b]" in page.text_content("table")
    apart = opened("language=en&indicator=unemployment_rate&by=sex&rounds=2012,2022H2&chart=trend")
    assert apart.evaluate("document.querySelectorAll('#chart [data-line]').length") == 0, "a break between them is told"
    assert "Break in the series" in apart.text_content("#notes")
    after = opened("language=en&indicator=unemployment_rate&by=sex&rounds=2021H2,2022H2&chart=trend")
    assert "Break in the series" not in after.text_content("#notes")


def test_the_table_is_saved_as_csv(opened, labels):
    page = opened("language=en&indicator=unemployment_rate&by=sex_x_displacement&rounds=2021H2,2022H2&chart=dots")
    with page.expect_download() as download:
        page.click("#save-table")
    assert download.value.suggested_filename == "unemployment_rate_by_sex_x_displacement.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[0][:4] == ["Indicator", "Sex", "Displacement status", "Period"]
    assert len(table) == 1 + len(rows(page))
    assert all(len(row) == len(table[0]) for row in table)
    for row, shown in zip(table[1:], rows(page), strict=True):
        estimate = shown[3].split(" ")[0]
        assert row[4] == ("" if estimate.startswith("[") else estimate)
        assert "Invented data" in row[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_saved_as_a_picture_that_stands_alone(opened, language, chromium):
    page = opened(f"language={language}", color_scheme="dark")
    alone = chromium.new_page(viewport=WIDE)
    for view in VIEWS:
        _go(page, f"language={language}&{view}")
        with page.expect_download() as download:
            page.click("#save-chart")
        content = Path(download.value.path()).read_text("utf-8")
        root = ElementTree.fromstring(content)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib["direction"] == ("ltr" if language == "en" else "rtl")
        texts = " ".join(bare("".join(text.itertext())) for text in root.iter("{http://www.w3.org/2000/svg}text"))
        assert "Invented data" in texts
        assert "Source" in texts
        assert "var(" not in content, "its colours are its own"
        assert not re.search(r"<script|<foreignObject|href=|https?://(?!www.w3.org/2000/svg)", content)
        alone.set_content(content.split("\n", 1)[1])
        alone.evaluate("document.fonts.ready")
        _clear(alone)
    alone.close()


def test_labels_of_others_do_nothing(opened, published, protected, iraq, labels, tmp_path):
    evil = "=1+1<img src=x onerror=alert(1)></script><script>alert(2)</script>&amp;\u202e"
    made = {**labels, "survey": {**labels["survey"], "title": evil, "source": evil}}
    sex = {
        **labels["variables"]["sex"],
        "name": evil,
        "total": "+" + evil,
        "categories": {"male": "-" + evil, "female": "@" + evil},
    }
    made["variables"] = {**labels["variables"], "sex": sex}
    at = _written(explorer(published, protected[1], iraq, {"en": made}), tmp_path)
    _elsewhere.add(at)
    page = opened("indicator=unemployment_rate&by=sex&rounds=2022H2", at=at)
    plain = evil.replace("\u202e", "")
    assert [row[0] for row in rows(page)][:3] == ["+" + plain, "-" + plain, "@" + plain]
    assert page.evaluate("document.images.length + document.querySelectorAll('script').length") == 3
    with page.expect_download() as download:
        page.click("#save-table")
    table = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert table[0][1] == "'" + plain
    assert [row[1] for row in table[1:4]] == ["'+" + plain, "'-" + plain, "'@" + plain]
    with page.expect_download() as download:
        page.click("#save-chart")
    ElementTree.fromstring(Path(download.value.path()).read_text("utf-8"))


def test_the_policy_shuts_out_every_address(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    violated = page.evaluate("""() => new Promise(done => {
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
        const picture = new Image(); picture.src = 'https://example.org/x.png'; document.body.append(picture);
        setTimeout(() => done('nothing'), 5000); })""")
    page.close()
    assert violated == "img-src"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(opened, scheme, language, viewport):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(f"language={language}&{VIEWS[0]}", color_scheme=scheme, viewport=viewport, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")
    ] == []


def test_it_prints_light_and_without_controls(opened):
    page = opened(f"language=ar&{VIEWS[1]}", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.is_visible("#choice")
    assert page.is_visible("#chart svg")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_moves_for_those_who_asked_for_it(opened):
    page = opened(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.getElementById('skip')).transitionDuration") == "0s"


def test_without_script_the_page_says_where_the_figures_are(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "JavaScript" in page.inner_text("body")
    context.close()
