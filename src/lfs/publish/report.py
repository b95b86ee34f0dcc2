"""The document as one HTML page that needs nothing else: no network, no script, fonts and charts inside."""

import base64
import io
from functools import cache
from typing import Literal

from fontTools.ttLib import TTFont
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lfs.publish.bidi import OPEN, PDI
from lfs.publish.content import Chapter, Document
from lfs.publish.drawing import FONTS, Pictures
from lfs.publish.figures import Figure
from lfs.publish.words import Words

WEIGHTS = {400: "Regular", 600: "SemiBold"}
COUNTERS = {"latn": "decimal", "arab": "arabic-indic", "arabext": "persian"}
"""CSS's names of the systems of digits."""
WIDEST = 9
"""Columns of a table of words that a page printed upright has room for."""


def render_report(document: Document, words: Words, pictures: Pictures) -> bytes:
    """The report; the same document gives the same bytes. Every word in it is escaped, whatever it holds."""
    page = (
        templates()
        .get_template("report.html")
        .render(
            document=document,
            words=words,
            level=document.level,
            pictures=pictures,
            fonts=[(weight, Markup(font_address(name, "woff"))) for weight, name in WEIGHTS.items()],
            css_text=_css_text,
            page_number=_page_number(words),
            is_wide=_is_wide,
        )
    )
    return page.encode("utf-8")


def templates() -> Environment:
    """Where the pages' templates are read: every value is escaped, a missing one stops the page."""
    made = Environment(
        loader=PackageLoader("lfs.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"number": _number, "cells": _cells}
    return made


def _cells(figure: Figure, words: Words) -> list[Markup]:
    """What a table of estimates says of a figure: value, error, limits and cases."""
    return [_number(words.cell(figure, column), words) for column in ("value", "se", "interval", "n")]


def _number(text: str, words: Words) -> Markup:
    """A number, a range or a mark, read in one direction whatever stands around it."""
    return Markup(f'<bdi dir="{words.direction_of(text)}">{escape(text)}</bdi>')


@cache
def font_address(name: str, form: Literal["woff", "woff2"]) -> str:
    """A whole font file in a data address (its licence forbids cutting letters out under its own name).

    WOFF2 is 30 KB smaller than WOFF and takes a second to make.
    """
    font = TTFont(next(FONTS.glob(f"*-{name}.ttf")), recalcTimestamp=False)
    font.flavor = form
    file = io.BytesIO()
    font.save(file)
    return _data(f"font/{form}", file.getvalue())


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _page_number(words: Words) -> Markup:
    """Page and pages for the foot of printed pages, as CSS: in the language's digits and in their direction."""
    style = COUNTERS[words.digits]
    begin, end = (OPEN[words.number_direction], PDI) if words.direction == "rtl" else ("", "")
    return Markup(f'"{begin}" counter(page, {style}) " / " counter(pages, {style}) "{end}"')


def _is_wide(chapter: Chapter) -> bool:
    """Whether a table of the chapter has so many columns that it is printed across the long side of the paper."""
    return any(len(table.head) > WIDEST for table in chapter.plain)


def _css_text(text: str) -> Markup:
    """A text as a CSS string: every character that could end it is written as its number."""
    return Markup(
        '"' + "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text) + '"'
    )
