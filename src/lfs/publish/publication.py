"""The step as a whole: from the published tables and the words of a language to files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from lfs.metadata import Survey, SurveyError
from lfs.metadata.assumptions import Assumption
from lfs.metadata.report import brief_file
from lfs.metadata.results_matrix import Result
from lfs.publish.content import Document
from lfs.publish.coverage import partial_rounds
from lfs.publish.document import Material, document, with_tables
from lfs.publish.drawing import Pictures
from lfs.publish.exchange import as_csv, as_parquet, dictionary, tidy_figures
from lfs.publish.figures import Published
from lfs.publish.pdf import render_brief, render_printed_report
from lfs.publish.report import render_report
from lfs.publish.tables import Periods
from lfs.publish.word import render_word
from lfs.publish.words import Words
from lfs.publish.workbook import render_workbook


def publish(
    published: pd.DataFrame,
    quality: pd.DataFrame,
    survey: Survey,
    labels: Mapping[str, Any],
    *,
    language: str,
    files: Collection[str] = (),
    official: Sequence[Mapping[str, Any]] = (),
    results: Sequence[Result] = (),
    assumptions: Sequence[Assumption] = (),
    version: str = "",
) -> dict[str, bytes]:
    """What people read of a survey in one language, by the names of its files; all of them where none is named.

    `published` and `quality` are what protection let through, `labels` the words of the language, `official` figures
    of others to be set beside ours, `results` the rows of the results matrix, `assumptions` what the program states
    about its method. The same input gives the same bytes. Raises SurveyError naming the word that the language lacks,
    or the file that nobody makes.
    """
    edition = _Edition(
        material_of(
            published,
            quality,
            survey,
            Words(labels, language, survey.config.currency),
            official=official,
            results=results,
            assumptions=assumptions,
            version=version,
        )
    )
    return {name: edition.render(name) for name in files or survey.report.files}


def material_of(
    published: pd.DataFrame,
    quality: pd.DataFrame,
    survey: Survey,
    words: Words,
    *,
    official: Sequence[Mapping[str, Any]] = (),
    results: Sequence[Result] = (),
    assumptions: Sequence[Assumption] = (),
    version: str = "",
) -> Material:
    """What the document of one language is made from; the arguments are those of `publish`."""
    return Material(
        published=Published(published, survey),
        quality=quality,
        words=words,
        periods=periods_of(survey, quality, words),
        official=official,
        results=results,
        assumptions=assumptions,
        version=version,
    )


@dataclass(frozen=True)
class _Edition:
    """What one language's files are made from, each part made once."""

    material: Material

    @cached_property
    def document(self) -> Document:
        return document(self.material)

    @cached_property
    def whole(self) -> Document:
        return with_tables(self.document, self.material)

    @cached_property
    def figures(self) -> pd.DataFrame:
        return tidy_figures(self.material.published, self.material.words, self.material.periods)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.material.words)

    def render(self, name: str) -> bytes:
        words = self.material.words
        match name:
            case "report.html":
                return render_report(self.document, words, self.pictures)
            case "report.pdf":
                return render_printed_report(self.document, words, self.pictures)
            case "report.docx":
                return render_word(self.document, words, self.pictures)
            case "tables.xlsx":
                return render_workbook(self.whole, words, self.figures)
            case "figures.csv":
                return as_csv(self.figures)
            case "figures.parquet":
                return as_parquet(self.figures)
            case "dictionary.csv":
                return as_csv(dictionary(self.material.published.survey, self.figures, words))
        for brief in self.document.briefs:
            if name == brief_file(brief.key):
                return render_brief(brief, self.document, words, self.pictures)
        made = ", ".join(self.material.published.survey.report.files)
        raise SurveyError(f"nobody makes a file '{name}'; these are made: {made}")


def periods_of(survey: Survey, quality: pd.DataFrame, words: Words) -> Periods:
    """The rounds' names, and which are invented: declared so, or found so by any step."""
    found = quality[(quality["topic"] == "synthetic") & (quality["value"] != 0)]["round"]
    invented = {row.round for row in survey.rounds if row.synthetic} | set(found)
    short = {row.round: words.period(row.start, row.end, short=True) for row in survey.rounds}
    long = {row.round: words.period(row.start, row.end) for row in survey.rounds}
    periods = Periods(short, long, frozenset(invented), _sources(survey, words))
    partial = {name: told for name in long for told in partial_rounds(survey, [name], words, periods)}
    return replace(periods, partial=partial)


def _sources(survey: Survey, words: Words) -> dict[str, str]:
    """By round the survey that its offices' files are from: an office whose files are of another survey than the rest
    says so in the labels (`offices.<office>.source`)."""
    found: dict[str, dict[str, None]] = {}
    for row in survey.rounds:
        place = ("offices", row.office, "source")
        found.setdefault(row.round, {})[words(*place) if words.has(*place) else words("survey", "source")] = None
    return {name: words.listed([*named]) for name, named in found.items()}
