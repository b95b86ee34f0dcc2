"""The document put together: front page, chapters, annexes, and the tables of the workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.assumptions import Assumption
from lfs.metadata.config import Rule
from lfs.metadata.report import Chapter as Declared
from lfs.metadata.results_matrix import Result
from lfs.publish.annexes import (
    definitions_annex,
    errors_annex,
    findings_of,
    methods_annex,
    quality_annex,
    run_annex,
    sources_annex,
    weights_annex,
)
from lfs.publish.briefs import briefs
from lfs.publish.charts import chart, has_chart
from lfs.publish.comparison import comparison_chapter
from lfs.publish.content import Chapter, Document, Paragraph
from lfs.publish.coverage import left_out, partial_rounds
from lfs.publish.figures import MARKS, Published
from lfs.publish.prose import key_figures, prose
from lfs.publish.results import results_chapter
from lfs.publish.tables import Periods, has_table, planned, table
from lfs.publish.words import Words

ROUNDS_SHOWN = 2
"""So many of the latest rounds stand side by side in the report; the workbook has all."""

IN_WORKBOOK = ("quality", "weights", "errors")
"""The annexes whose tables the workbook has too."""


@dataclass(frozen=True)
class Material:
    """Everything the document is made from: published tables, declarations, words, and the run's identity."""

    published: Published
    quality: pd.DataFrame
    words: Words
    periods: Periods
    official: Sequence[Mapping[str, Any]]
    results: Sequence[Result]
    assumptions: Sequence[Assumption]
    version: str


def document(material: Material) -> Document:
    """The report of a survey in one language, without the workbook's tables, which are many."""
    published, words, periods = material.published, material.words, material.periods
    survey = published.survey
    rounds = published.rounds[-ROUNDS_SHOWN:]
    chapters = _Chapters(material, rounds, _numbers(published))
    body = [chapters.build(name, declared) for name, declared in survey.report.chapters.items()]
    matrix = results_chapter(published, material.results, words, periods)
    body.append(matrix)
    body.append(comparison_chapter(published, material.official, words, periods, rounds))
    return Document(
        language=words.language,
        direction=words.direction,
        title=words("survey", "title"),
        subtitle=words("survey", "subtitle"),
        publisher=words("survey", "publisher"),
        period=words.listed([periods.long[name] for name in rounds]),
        level=words.level(survey.config.confidence),
        invented=invented_banner(periods, published.rounds, words),
        unedited="" if words.edited else words("unedited"),
        remarks=(
            *partial_rounds(survey, published.rounds, words, periods),
            *left_out(survey, material.quality, words, periods),
        ),
        key_figures=key_figures(published, survey.report.key_figures, words, periods, rounds),
        reading=tuple(words.texts("how_to_read", level=words.level(survey.config.confidence))),
        marks=tuple((words("marks", mark, "short"), words("marks", mark, "meaning")) for mark in MARKS),
        mark_rules=tuple(mark_rules(survey, words)),
        chapters=tuple(chapter for chapter in body if chapter),
        annexes=_annexes(material, rounds, rounds[-1:]),
        briefs=tuple(briefs(published, material.quality, words, periods, rounds)),
        workbook_tables=(),
        workbook_annexes=(
            *(matrix.plain if matrix else ()),
            *(
                item
                for annex in _annexes(material, published.rounds, published.rounds)
                if annex.key in IN_WORKBOOK
                for item in annex.plain
            ),
        ),
    )


def with_tables(made: Document, material: Material) -> Document:
    """The document with every table of the plan, as the workbook shows them: all rounds that a table has."""
    published, words, periods = material.published, material.words, material.periods
    tables = (
        table(published, group, by, _label("table", number, words), words, periods, published.rounds, narrowed=True)
        for (group, by), number in _numbers(published).items()
    )
    return replace(made, workbook_tables=tuple(tables))


def _numbers(published: Published) -> dict[tuple[str, str], int]:
    """The number of each table of the plan: report and workbook call it the same."""
    return {pair: number for number, pair in enumerate(planned(published), 1)}


def _annexes(material: Material, rounds: Sequence[str], looked_up: Sequence[str]) -> tuple[Chapter, ...]:
    """The annexes with their letters, their tables with the numbers that the workbook has too.

    rounds: those of the tables on weights and errors; looked_up: those of the tables to look errors up in.
    """
    published, words, periods = material.published, material.words, material.periods
    survey, findings = published.survey, findings_of(material.quality)
    annexes = (
        quality_annex(findings, survey, words, periods),
        weights_annex(findings, survey, words, periods, rounds),
        errors_annex(findings, published, words, periods, rounds, looked_up),
        methods_annex(material.assumptions, findings, survey, words),
        definitions_annex(published, words),
        sources_annex(material.official, words, periods),
        run_annex(findings, survey, material.version, words, periods),
    )
    return tuple(
        replace(
            annex,
            title=words("contents", "annex", letter=letter, title=annex.title),
            plain=tuple(
                replace(item, label=words("contents", "table", number=f"{letter}{words.number(number)}"))
                for number, item in enumerate(annex.plain, 1)
            ),
        )
        for letter, annex in zip(words("contents", "letters"), annexes, strict=False)
    )


@dataclass
class _Chapters:
    """Chapters in their order; tables have the numbers of the workbook's sheets, charts are numbered through."""

    material: Material
    rounds: Sequence[str]
    numbers: Mapping[tuple[str, str], int]
    charts: int = 0

    def build(self, name: str, declared: Declared) -> Chapter | None:
        """The chapter, or nothing where the survey has no table and no chart for it."""
        published, words, periods = self.material.published, self.material.words, self.material.periods
        charts, tables = [], []
        for key, picture in declared.charts.items():
            if has_chart(published, picture):
                self.charts += 1
                label = _label("chart", self.charts, words)
                charts.append(chart(published, key, picture, label, words, periods, self.rounds))
        for item in declared.tables:
            if has_table(published, item.table, item.by):
                label = _label("table", self.numbers[item.table, item.by], words)
                tables.append(table(published, item.table, item.by, label, words, periods, self.rounds))
        title = words("chapters", name, "title")
        if not charts and not tables:
            return Chapter(name, title, (Paragraph(_why_left_out(published, declared, title, words)),))
        paragraphs = tuple(prose(published, declared.sentences, words, periods, self.rounds))
        return Chapter(name, title, paragraphs, tuple(charts), tuple(tables))


def _why_left_out(published: Published, declared: Declared, title: str, words: Words) -> str:
    """That a chapter is left out, and which indicators it would have needed."""
    tables = published.survey.tables
    needed = [name for item in declared.tables if item.table in tables for name in tables[item.table].indicators]
    needed += [name for picture in declared.charts.values() for name in picture.indicators]
    named = [words("indicators", name, "name") for name in dict.fromkeys(needed) if words.has("indicators", name)]
    return words("sentences", "left_out", chapter=title, indicators=words.listed(named))


def invented_banner(periods: Periods, rounds: Sequence[str], words: Words) -> str:
    """The banner: empty, for all rounds, or for some."""
    invented = [name for name in rounds if name in periods.invented]
    if not invented:
        return ""
    if len(invented) == len(rounds):
        return words("invented", "banner")
    return words("invented", "rounds", rounds=words.listed([periods.long[name] for name in invented]))


def mark_rules(survey: Survey, words: Words) -> Iterable[str]:
    """The declared limits, in words."""
    suppress, quality = survey.config.disclosure.suppress, survey.config.quality
    for mark, rule in (("c", suppress), ("u", quality.unreliable), ("e", quality.caution)):
        if conditions := list(_conditions(rule, words)):
            joined = words.listed_or(conditions)
            yield words("marks_rules", mark, mark=words("marks", mark, "short"), conditions=joined)


def _conditions(rule: Rule, words: Words) -> Iterable[str]:
    for key in ("n_cases_below", "n_below", "df_below"):
        if (limit := getattr(rule, key)) is not None:
            yield words("marks_rules", key, value=words.number(limit))
    if rule.cv_above is not None:
        yield words("marks_rules", "cv_above", value=words.percent(rule.cv_above, 0))


def _label(kind: str, number: int, words: Words) -> str:
    return words("contents", kind, number=words.number(number))
