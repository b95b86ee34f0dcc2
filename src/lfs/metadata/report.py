"""report.yaml: what the report shows, chapter by chapter. The words of it are in labels/<lang>/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lfs.metadata.declarations import STANDARD, declaration_files
from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import Declared, Source, nearest, read_source, validate


class Figure(Declared):
    """One cell of the published table: an indicator in the categories named in `where` (left out: in total)."""

    indicator: str
    where: dict[str, str] = Field(default_factory=dict)


class Sentence(Declared):
    """A sentence of labels/<lang>/ and the figures that its named values stand for.

    contrast: a gap, estimated with its own interval, between two of them; only with it does the report compare. Without
    values, the sentence tells the gap alone.
    """

    sentence: str
    values: dict[str, Figure] = Field(default_factory=dict)
    contrast: Figure | None = None

    @model_validator(mode="after")
    def _tells_something(self) -> "Sentence":
        if not self.figures:
            raise ValueError("has neither values nor a contrast; give it one")
        return self

    @property
    def figures(self) -> dict[str, Figure]:
        """All of them by name, the contrast as `contrast`."""
        return self.values | ({"contrast": self.contrast} if self.contrast else {})


class Chart(Declared):
    """A picture of one or more indicators by one breakdown.

    intervals  a dot and its interval for each category (and each round)
    bars       bars with intervals, grouped by the second variable or, without one, by round
    profile    a line along the categories of the last variable, with its interval, one line a category of the first
    trend      a line over all rounds, with its interval, one line a category; breaks are marked
    pyramid    numbers laid end to end, a side a category of the first variable, upward those of the last; latest round
    multiples  a small panel of dots and intervals a category of the last variable, on one scale; latest round
    tiles      a map of equal tiles an indicator, declared under `tiles`, shaded by the estimate; latest round
    """

    kind: Literal["intervals", "bars", "profile", "trend", "pyramid", "multiples", "tiles"]
    indicators: tuple[str, ...] = Field(min_length=1)
    breakdown: str


class TableOf(Declared):
    """A table of the tabulation plan by one breakdown, with its margins."""

    table: str
    by: str


class Chapter(Declared):
    """What a chapter holds; it is left out where the published table has nothing for it."""

    sentences: tuple[Sentence, ...] = ()
    charts: dict[str, Chart] = Field(default_factory=dict)
    tables: tuple[TableOf, ...] = ()


class Brief(Declared):
    """Two pages on one theme: its figures, its sentences, and one or two charts."""

    key_figures: tuple[Figure, ...] = Field(min_length=1, max_length=6)
    sentences: tuple[Sentence, ...] = Field(min_length=1)
    charts: dict[str, Chart] = Field(min_length=1, max_length=2)


class Report(Declared):
    """The figures of the front page, the chapters in their order, the briefs, and the tiles of maps.

    tiles: for a variable of places, row and column (from 0) of the tile of each category.
    """

    key_figures: tuple[Figure, ...] = Field(min_length=1)
    chapters: dict[str, Chapter]
    briefs: dict[str, Brief] = Field(default_factory=dict)
    tiles: dict[str, dict[str, tuple[int, int]]] = Field(default_factory=dict)

    @property
    def parts(self) -> tuple[Chapter | Brief, ...]:
        """Everything that has sentences and charts."""
        return (*self.chapters.values(), *self.briefs.values())

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that a front page or a sentence names."""
        named = [*self.key_figures, *(figure for brief in self.briefs.values() for figure in brief.key_figures)]
        return (*named, *(each for part in self.parts for said in part.sentences for each in said.figures.values()))

    @property
    def files(self) -> tuple[str, ...]:
        """What is written in every language."""
        return (*self.pages, *TABLES)

    @property
    def pages(self) -> tuple[str, ...]:
        """Those of them that are read, page by page."""
        return ("report.html", "report.pdf", "report.docx", *map(brief_file, self.briefs))


TABLES = ("tables.xlsx", "figures.csv", "figures.parquet", "dictionary.csv")
"""Those of them that are worked on."""


def brief_file(name: str) -> str:
    """The file of a brief."""
    return f"brief-{name}.pdf"


def read_report(folder: Path) -> Report:
    """The survey's config/report.yaml, or the library's where it has none.

    Raises SurveyError where it names an indicator, breakdown, variable or table that nobody declares. What is declared
    but unavailable in this survey may be named: publishing leaves it out.
    """
    own = Path(folder) / "config/report.yaml"
    source = read_source(own if own.exists() else STANDARD / "report.yaml")
    report = validate(source, Report)
    if problems := list(_undeclared(source, report, Path(folder))):
        raise SurveyError(*problems)
    return report


def _undeclared(source: Source, report: Report, folder: Path) -> Iterator[str]:
    names = {
        file: declared_names(folder, f"{file}.yaml") for file in ("indicators", "breakdowns", "variables", "tables")
    }
    used: list[tuple[tuple[object, ...], str, str]] = []
    for position, figure in enumerate(report.key_figures):
        used += _names(("key_figures", position), figure)
    for name, brief in report.briefs.items():
        here: tuple[object, ...] = ("briefs", name)
        for position, figure in enumerate(brief.key_figures):
            used += _names((*here, "key_figures", position), figure)
        used += _of_parts(here, brief)
    for name, chapter in report.chapters.items():
        here = ("chapters", name)
        used += _of_parts(here, chapter)
        for position, shown in enumerate(chapter.tables):
            used.append(((*here, "tables", position, "table"), "tables", shown.table))
            used.append(((*here, "tables", position, "by"), "breakdowns", shown.by))
    for place, file, item in used:
        if item not in names[file]:
            yield f"{source.at(*place)}: no {file[:-1]} is called '{item}'{nearest(item, names[file])}"


def _of_parts(here: tuple[object, ...], part: Chapter | Brief) -> Iterator[tuple[tuple[object, ...], str, str]]:
    """What the sentences and charts of a chapter or brief name."""
    for position, sentence in enumerate(part.sentences):
        for value, figure in sentence.values.items():
            yield from _names((*here, "sentences", position, "values", value), figure)
        if sentence.contrast:
            yield from _names((*here, "sentences", position, "contrast"), sentence.contrast)
    for key, chart in part.charts.items():
        for item in chart.indicators:
            yield (*here, "charts", key, "indicators"), "indicators", item
        yield (*here, "charts", key, "breakdown"), "breakdowns", chart.breakdown


def _names(place: tuple[object, ...], figure: Figure) -> list[tuple[tuple[object, ...], str, str]]:
    return [(place, "indicators", figure.indicator), *((place, "variables", variable) for variable in figure.where)]


def declared_names(folder: Path, file: str) -> frozenset[str]:
    """Every name in the library's file and in the survey's, available or not."""
    paths = [*declaration_files(STANDARD, file), *declaration_files(folder / "config", file)]
    return frozenset(name for path in paths for name in read_source(path).content)
