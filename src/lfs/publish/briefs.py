"""Policy briefs: two pages a theme, from the same figures and words as the report."""

from collections.abc import Iterator, Sequence

import pandas as pd

from lfs.metadata.report import Brief as Declared
from lfs.publish.charts import chart, has_chart
from lfs.publish.content import Brief, KeyFigure, Paragraph
from lfs.publish.coverage import left_out, partial_rounds
from lfs.publish.figures import MARKS, Published
from lfs.publish.prose import key_figures, prose
from lfs.publish.tables import Periods, source_line
from lfs.publish.words import Words


def briefs(
    published: Published, quality: pd.DataFrame, words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[Brief]:
    """The declared briefs for the latest round of the report; what the survey cannot say is left out of each.

    A brief is read without the report: it says itself whom its figures do not cover, and what its marks mean.
    """
    survey, latest = published.survey, rounds[-1:]
    level = words.level(survey.config.confidence)
    for name, declared in survey.report.briefs.items():
        charts = [
            chart(published, f"{name}_{key}", picture, _label(number, words), words, periods, latest)
            for number, (key, picture) in enumerate(declared.charts.items(), 1)
            if has_chart(published, picture)
        ]
        told = quality[quality["round"].isin(latest) & quality["variable"].isin(_indicators(declared))]
        remarks = (
            *partial_rounds(survey, latest, words, periods),
            *left_out(survey, told, words, periods),
        )
        shown = key_figures(published, declared.key_figures, words, periods, latest)
        yield Brief(
            key=name,
            title=words("briefs", name, "title"),
            lead=words("briefs", name, "lead"),
            key_figures=shown,
            paragraphs=(*map(Paragraph, remarks), *prose(published, declared.sentences, words, periods, latest)),
            charts=tuple(charts),
            reading=(*words.texts("front", "brief_reading", level=level), *_explained(shown, words)),
            source=source_line(latest, words, periods),
        )


def _indicators(declared: Declared) -> set[str]:
    """Every indicator of which the brief tells or shows anything."""
    named = {item.indicator for item in declared.key_figures}
    for sentence in declared.sentences:
        named |= {item.indicator for item in sentence.figures.values()}
    return named | {name for picture in declared.charts.values() for name in picture.indicators}


def _explained(shown: Sequence[KeyFigure], words: Words) -> Iterator[str]:
    """The meaning of the marks beside or instead of key figures."""
    found = {mark for item in shown for _, figure in item.figures for mark in figure.beside}
    yield from (words.explained(mark) for mark in MARKS if mark in found)


def _label(number: int, words: Words) -> str:
    return words("contents", "chart", number=words.number(number))
