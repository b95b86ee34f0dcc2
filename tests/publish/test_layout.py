"""Where things stand: on a screen, on a phone and on paper, in both directions of reading, by position."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.full

LANGUAGES = ("en", "ar", "ckb")
RTL = ("ar", "ckb")
POINTS, MARGIN = 72 / 25.4, 15.0
"""Points of a millimetre, and the margin of the printed page at its sides in millimetres."""
PIECES = """(pattern) => {
  // Where the named groups of a pattern stand in the texts of the page: one object of boxes a match.
  const found = [], all = new RegExp(pattern, 'dgu');
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('details')) continue;
    for (const match of node.data.matchAll(all)) {
      const boxes = {};
      for (const [name, ends] of Object.entries(match.indices.groups)) {
        if (!ends) continue;
        const range = document.createRange();
        range.setStart(node, ends[0]); range.setEnd(node, ends[1]);
        const rects = [...range.getClientRects()].filter(r => r.width > 0);
        if (rects.length !== 1) { boxes[name] = null; continue; }
        boxes[name] = [rects[0].left, rects[0].right, rects[0].top];
      }
      found.push([match[0], boxes, !!node.parentElement.closest('table')]);
    }
  }
  return found;
}"""
NUMBERS = {"en": "[0-9][0-9.,]*", "ar": "[0-9][0-9.,]*", "ckb": "[\u0660-\u0669][\u0660-\u0669\u066b\u066c]*"}
"""A number as each language writes it; those in English names of sources are not of the language."""


@pytest.fixture(scope="module")
def opened(chromium, pages) -> dict[str, Any]:
    """Each language's page on a wide screen."""
    found = {}
    for language in LANGUAGES:
        found[language] = chromium.new_page(viewport={"width": 1280, "height": 900})
        found[language].goto(pages[language])
    return found


def _boxes(page, pattern: str, names: tuple[str, ...]) -> list[tuple[str, dict[str, list[float]], bool]]:
    """What matches and stands on one line, with the box of each named group."""
    found = [
        (text, boxes, in_table)
        for text, boxes, in_table in page.evaluate(PIECES, pattern)
        if all(boxes.get(name) for name in names) and len({round(boxes[name][2]) for name in names}) == 1
    ]
    assert len(found) > 8, f"nothing to look at: {pattern}"
    return found


def _in_order(boxes: dict[str, list[float]], first: str, second: str, direction: str) -> bool:
    """Whether the second stands after the first, as the direction is read."""
    left, right = (first, second) if direction == "ltr" else (second, first)
    return boxes[left][1] <= boxes[right][0] + 0.5


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "ltr"), ("ckb", "rtl")])
def test_the_lower_limit_stands_before_the_upper(opened, language, direction):
    number = NUMBERS[language]
    found = _boxes(opened[language], f"(?<lower>{number})\u2013(?<upper>{number})", ("lower", "upper"))
    assert any(in_table for *_, in_table in found)
    assert [text for text, boxes, _ in found if not _in_order(boxes, "lower", "upper", direction)] == []


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "ltr"), ("ckb", "rtl")])
def test_a_minus_stands_before_its_number_and_a_percent_sign_after(opened, language, direction):
    number = NUMBERS[language]
    minus = _boxes(opened[language], f"(?<sign>\u2212)(?<number>{number})", ("sign", "number"))
    assert [text for text, boxes, _ in minus if not _in_order(boxes, "sign", "number", direction)] == []
    per_cent = _boxes(opened[language], f"(?<number>{number})(?<sign>[%\u066a])", ("sign", "number"))
    assert any(not in_table for *_, in_table in per_cent), "in sentences too"
    assert [text for text, boxes, _ in per_cent if not _in_order(boxes, "number", "sign", direction)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_of_a_number_run_from_left_to_right(opened, language):
    digit = "[0-9\u0660-\u0669]"
    found = _boxes(opened[language], f"(?<high>{digit})(?<low>{digit})", ("high", "low"))
    assert [text for text, boxes, _ in found if not _in_order(boxes, "high", "low", "ltr")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_latin_names_with_numbers_keep_their_order(opened, language):
    """Names such as ISCO-08 and SDG 8.5.2, inside text of either direction."""
    found = _boxes(opened[language], "(?<name>[A-Z]{2,})[-_ \u00a0](?<number>[0-9]{2})", ("name", "number"))
    assert [text for text, boxes, _ in found if not _in_order(boxes, "name", "number", "ltr")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_run_as_the_language_is_read(opened, language):
    tables = opened[language].evaluate(
        """() => [...document.querySelectorAll('main table')].filter(t => t.tBodies[0].rows.length).map(t =>
          [...t.tBodies[0].rows].at(-1)).map(r => [...r.cells].map(c => c.getBoundingClientRect().left))"""
    )
    assert len(tables) > 8
    for lefts in tables:
        assert lefts == sorted(lefts, reverse=language in RTL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_decimals_line_up(opened, language):
    """The numbers of a column end at the same place on the right, in both directions and whatever marks they have."""
    columns = opened[language].evaluate(
        """() => [...document.querySelectorAll('table.estimates')].flatMap(table => {
          const ends = {};
          for (const row of table.querySelectorAll('tbody tr:not(.heading)'))
            [...row.cells].forEach((cell, place) => {
              if (cell.matches('td.number')) {
                const range = document.createRange();
                range.selectNodeContents(cell.querySelector('bdi'));
                (ends[place] ??= []).push(range.getBoundingClientRect().right);
              }
            });
          return Object.values(ends);
        })"""
    )
    assert len(columns) > 30
    assert max(max(ends) - min(ends) for ends in columns) < 0.6


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(chromium, pages, language, scheme):
    page = chromium.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.goto(pages[language])
    wide = page.evaluate(
        """() => [...document.body.querySelectorAll('*')].filter(e => !e.closest('.skip, .unseen')
            && !e.parentElement.closest('.scroll'))
          .map(e => [e, e.getBoundingClientRect()]).filter(([e, b]) => b.width && (b.right > 360.5 || b.left < -0.5))
          .map(([e, b]) => [e.tagName, e.className, e.textContent.slice(0, 60), b.left, b.right])"""
    )
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide == []
    assert across <= 360


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_texts_overlap_in_the_cards(chromium, pages, language, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(pages[language])
    cards = page.evaluate(
        """() => [...document.querySelectorAll('.card')].map(card => {
          const range = document.createRange(), inside = card.getBoundingClientRect();
          const texts = [...card.querySelectorAll('h3, .when, .value, .limits')].map(e => {
            range.selectNodeContents(e); const b = range.getBoundingClientRect();
            return [b.left, b.top, b.right, b.bottom, e.textContent.trim()]; });
          return [[inside.left, inside.top, inside.right, inside.bottom], texts]; })"""
    )
    page.close()
    assert len(cards) >= 3
    for (left, top, right, bottom), texts in cards:
        for number, one in enumerate(texts):
            assert max(one[2] - right, one[3] - bottom, left - one[0], top - one[1]) <= 0, one[4]
            for other in texts[number + 1 :]:
                # Boxes of text are as high as the font's tallest letters: they may touch by two pixels.
                over = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
                assert min(over) < 2, (one[4], other[4])


@pytest.fixture(scope="module")
def printed(chromium, pages, tmp_path_factory) -> dict[str, Path]:
    """Each language's page as printed by the browser."""
    folder = tmp_path_factory.mktemp("printed")
    for language in LANGUAGES:
        page = chromium.new_page()
        page.goto(pages[language])
        (folder / f"{language}.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
        page.close()
    return {language: folder / f"{language}.pdf" for language in LANGUAGES}


def _poppler(tool: str, *arguments: object) -> bytes:
    found = shutil.which(tool)
    assert found, f"{tool} is missing; on Debian and Ubuntu: apt install poppler-utils"
    return subprocess.run([found, *map(str, arguments)], check=True, capture_output=True).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_printed_page_is_empty(printed, opened, language, tmp_path):
    """Between the running heads a page holds more than a heading and a line, or the whole of so short a chapter.

    A heading alone, whose table went to the next page, or the last line of a list, is an empty page too.
    """
    short = opened[language].evaluate("[...document.querySelectorAll('.sentences h2')].map(e => e.textContent)")
    texts = _poppler("pdftotext", printed[language], "-").decode("utf-8").split("\f")
    _poppler("pdftoppm", "-r", 24, "-gray", printed[language], tmp_path / "page")
    pictures = sorted(tmp_path.glob("page-*.pgm"))
    assert len(pictures) > 8
    empty = []
    for number, path in enumerate(pictures, 1):
        _, size, _, pixels = path.read_bytes().split(b"\n", 3)
        wide, high = map(int, size.split())
        picture = np.frombuffer(pixels, np.uint8).reshape(high, wide)
        within = picture[round(high * 0.07) : round(high * 0.93)]
        rows_with_ink = ((within < 200).sum(axis=1) > 0).mean()
        whole = any(_letters(title) in _letters(texts[number - 1]) for title in short)
        if rows_with_ink < (0.02 if whole else 0.12):
            empty.append((number, round(float(rows_with_ink), 3)))
    assert empty == []


def _letters(text: str) -> str:
    """Without spaces and signs, which a reader of PDF files sets as it sees them."""
    return "".join(letter for letter in text if letter.isalpha())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_printed_text_is_cut_at_the_margin(printed, language):
    boxes = _poppler("pdftotext", "-bbox", printed[language], "-").decode("utf-8")
    words = 0
    for page in boxes.split("<page ")[1:]:
        wide, high = (float(number) for number in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        for word in re.finditer(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page):
            left, top, right, bottom = (float(number) for number in word.groups()[:4])
            words += 1
            assert left >= MARGIN * POINTS - 2, word[0]
            assert right <= wide - MARGIN * POINTS + 2, word[0]
            assert top >= 0, word[0]
            assert bottom <= high, word[0]
    assert words > 3000


@pytest.mark.parametrize(("language", "digits"), [("en", "0-9"), ("ar", "0-9"), ("ckb", "\u0660-\u0669")])
def test_printed_pages_are_numbered_in_the_digits_of_the_language(printed, language, digits):
    pages = _poppler("pdftotext", printed[language], "-").decode("utf-8").removesuffix("\f").split("\f")
    assert all(re.search(f"[{digits}]+ / [{digits}]+", page) for page in pages)
