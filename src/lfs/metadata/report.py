"""report.yaml: what the report shows, chapter by chapter. The words of it are in labels/<lang>/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from lfs.metadata.declarations import STANDARD, declaration_files
from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import Declared, Source, nearest, read_source, validate


class Figure(Declared):
    """One cell of the published table: an indicator in the categories named in `where` (left out: in total)."""

    indicator: str
    where: dict[str, str] = Field(default_factory=dict)


class Sentence(Declared):
    """A sentence of labels/<lang>/ and the figures that its named values stand for."""

    sentence: str
    values: dict[str, Figure]


class Chart(Declared):
    """A picture of one or more indicators by one breakdown.

    intervals  a dot and its interval for each category (and each round)
    bars       bars with intervals, grouped by the second variable or, without one, by round
    profile    a line along the categories of the last variable, with its interval, one line a category of the first
    """

    kind: Literal["intervals", "bars", "profile"]
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


class Report(Declared):
    """The figures of the front page and the chapters, in their order."""

    key_figures: tuple[Figure, ...] = Field(min_length=1)
    chapters: dict[str, Chapter]

    @property
    def files(self) -> tuple[str, ...]:
        """What is written in every language."""
        return ("report.html", "tables.xlsx")


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
    for name, chapter in report.chapters.items():
        here = ("chapters", name)
        for position, sentence in enumerate(chapter.sentences):
            for value, figure in sentence.values.items():
                used += _names((*here, "sentences", position, "values", value), figure)
        for key, chart in chapter.charts.items():
            used += [((*here, "charts", key, "indicators"), "indicators", item) for item in chart.indicators]
            used.append(((*here, "charts", key, "breakdown"), "breakdowns", chart.breakdown))
        for position, shown in enumerate(chapter.tables):
            used.append(((*here, "tables", position, "table"), "tables", shown.table))
            used.append(((*here, "tables", position, "by"), "breakdowns", shown.by))
    for place, file, item in used:
        if item not in names[file]:
            yield f"{source.at(*place)}: no {file[:-1]} is called '{item}'{nearest(item, names[file])}"


def _names(place: tuple[object, ...], figure: Figure) -> list[tuple[tuple[object, ...], str, str]]:
    return [(place, "indicators", figure.indicator), *((place, "variables", variable) for variable in figure.where)]


def declared_names(folder: Path, file: str) -> frozenset[str]:
    """Every name in the library's file and in the survey's, available or not."""
    paths = [*declaration_files(STANDARD, file), *declaration_files(folder / "config", file)]
    return frozenset(name for path in paths for name in read_source(path).content)
