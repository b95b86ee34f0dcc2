"""The national report, printed: cover with the key figures, contents with page numbers, chapters, annexes."""

from collections.abc import Iterator
from typing import Any

from lfs.publish.bidi import harmless, has_rtl_letters
from lfs.publish.content import Chapter, Chart, Document, KeyFigure, PlainTable, Table
from lfs.publish.drawing import Pictures
from lfs.publish.pdf.tables import estimates, plain_tables
from lfs.publish.pdf.texts import WHOLE, plainly, said
from lfs.publish.pdf.typeset import typeset
from lfs.publish.words import Words

SHORT = 240.0
"""Points of a table that can stand on a page on its side though it is narrow."""
PAGE, PAGES = "\ue000", "\ue001"
"""Where the templates set the number of the page and of all pages."""


def render_printed_report(document: Document, words: Words, pictures: Pictures) -> bytes:
    """The report as PDF; the same document gives the same bytes.

    Raises SurveyError where the font lacks a letter, or a table is wider than any page.
    """
    chapters = (*document.chapters, *document.annexes)
    charts = [chart for chapter in chapters for chart in chapter.charts]
    data = {
        **front(document, words),
        "subtitle": said(document.subtitle),
        "remarks": [said(remark) for remark in document.remarks],
        "key_figures": [key_figure(item, words) for item in document.key_figures],
        "reading": [said(text) for text in document.reading],
        "marks": [[said(mark), said(meaning)] for mark, meaning in document.marks],
        "mark_rules": [said(rule) for rule in document.mark_rules],
        "chapters": [_chapter(chapter, document, words) for chapter in chapters],
        "has_charts": bool(charts),
        "says": {
            "key_figures": said(words("front", "key_figures")),
            "key_columns": said(words("front", "key_columns", level=document.level)),
            "contents": said(words("contents", "chapters")),
            "tables": said(words("contents", "tables")),
            "charts": said(words("pdf", "charts")),
            "how_to_read": said(words("front", "how_to_read")),
            "marks": said(words("workbook", "marks")),
        },
    }
    return typeset("report.typ", data, {name_of(chart): pictures.svg(chart) for chart in charts})


def front(document: Document, words: Words) -> dict[str, Any]:
    """What every printed edition says of itself: language, title, publisher, period, whether its data are invented."""
    page = harmless(words("pdf", "page", page=PAGE, pages=PAGES))
    return {
        "language": words.locale.language,
        "region": words.locale.territory,
        "direction": document.direction,
        "number_direction": words.number_direction,
        "plain_title": plainly(document.title),
        "title": said(document.title),
        "period": said(document.period),
        "publisher": said(document.publisher),
        "plain_publisher": plainly(document.publisher),
        "invented": said(document.invented),
        "invented_mark": said(words("invented", "mark")) if document.invented else "",
        "unedited": said(document.unedited),
        "page": page,
        "digits": words.numerals("1"),
    }


def key_figure(item: KeyFigure, words: Words) -> dict[str, Any]:
    """A card: the name, and for each period the value, its mark and its limits."""
    rounds = []
    for period, figure in item.figures:
        if not figure.shown or figure.value is None:
            rounds.append({"period": said(period), "value": said(words.beside_figure(figure))})
            continue
        shown = {"period": said(period), "value": _apart(words.quantity(figure.value, figure.unit), words)}
        if figure.beside:
            shown["mark"] = said(words.beside_figure(figure))
        if figure.lower is not None and figure.upper is not None:
            shown["limits"] = _apart(words.limits(figure.lower, figure.upper, figure.unit), words)
        rounds.append(shown)
    return {"name": said(item.name), "rounds": rounds}


def _apart(text: str, words: Words) -> Any:
    """A number or range that stands alone, read in its own direction whatever stands beside it."""
    if has_rtl_letters(text):
        return said(text)
    return [[plainly(text), words.direction_of(text), "whole" if len(text) <= WHOLE else ""]]


def _chapter(chapter: Chapter, document: Document, words: Words) -> dict[str, Any]:
    return {
        "title": said(chapter.title),
        "paragraphs": [said(text) for text in chapter.texts],
        "charts": [chart_data(chart, words) for chart in chapter.charts],
        "tables": list(_tables(chapter, document, words)),
        "definitions": [[said(item.term), said(item.text)] for item in chapter.definitions],
    }


def _tables(chapter: Chapter, document: Document, words: Words) -> Iterator[dict[str, Any]]:
    """The tables of a chapter. A short one that comes after a page on its side stands there too, not on its own."""
    lying = False
    tables: list[Table | PlainTable] = [*chapter.tables, *chapter.plain]
    for table in tables:
        parts = _table(table, document, words)
        if lying and not parts[0]["lying"] and sum(part["height"] for part in parts) <= SHORT:
            parts = _table(table, document, words, turned=True)
        yield from parts
        lying = parts[-1]["lying"]


def _table(
    table: Table | PlainTable, document: Document, words: Words, *, turned: bool = False
) -> list[dict[str, Any]]:
    if isinstance(table, Table):
        return [estimates(table, words, document.level, turned=turned)]
    return list(plain_tables(table, words, turned=turned))


def chart_data(chart: Chart, words: Words) -> dict[str, Any]:
    """A chart's caption, notes and what is read out for it; the drawing is a file of its own."""
    return {
        "file": name_of(chart),
        "caption": said(words("contents", "captioned", label=chart.label, title=chart.title)),
        "alt": plainly(chart.alt),
        "notes": said(" ".join(chart.notes)),
    }


def name_of(chart: Chart) -> str:
    """The name of a chart's drawing among the files of a template."""
    return f"{chart.key}.svg"
