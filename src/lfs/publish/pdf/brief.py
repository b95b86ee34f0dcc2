"""A policy brief: two pages on one theme, from the same content as the report."""

from typing import Any

from lfs.metadata import SurveyError
from lfs.publish.content import Brief, Document
from lfs.publish.drawing import Pictures
from lfs.publish.pdf.report import chart_data, front, key_figure, name_of
from lfs.publish.pdf.texts import plainly, said
from lfs.publish.pdf.typeset import pages, typeset
from lfs.publish.words import Words

PAGES = 2
SCALES = (1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8)
"""How much larger letters, or smaller letters and charts, may become so that a brief fills its pages."""


def render_brief(brief: Brief, document: Document, words: Words, pictures: Pictures) -> bytes:
    """A brief as PDF of two pages. Raises SurveyError where its text does not fit them at the smallest size."""
    drawn = {name_of(chart): pictures.svg(chart) for chart in brief.charts}
    data = {
        **front(document, words),
        "report": said(document.title),
        "title": said(brief.title),
        "period": said(
            words.listed(list(dict.fromkeys(when for item in brief.key_figures for when, _ in item.figures)))
        ),
        "plain_title": plainly(brief.title),
        "lead": said(brief.lead),
        "key_figures": [key_figure(item, words) for item in brief.key_figures],
        "paragraphs": [said(paragraph.text) for paragraph in brief.paragraphs],
        "charts": [chart_data(chart, words) for chart in brief.charts],
        "reading": [said(text) for text in brief.reading],
        "source": said(brief.source),
        "says": {"key_columns": said(words("front", "key_columns", level=document.level))},
    }
    made = _in_two_pages(data, drawn)
    if made is None:
        raise SurveyError(f"the brief '{brief.key}' does not fit two pages; shorten its texts or show fewer figures")
    return made


def _in_two_pages(data: dict[str, Any], drawn: dict[str, bytes]) -> bytes | None:
    """The largest letters with which the text fills no more than two pages; what fits one is spread over two."""
    for scale in SCALES:
        for spread in (False, True):
            made = typeset("brief.typ", {**data, "scale": scale, "spread": spread}, drawn)
            count = pages(made)
            if count == PAGES:
                return made
            if count > PAGES:
                break
    return None
