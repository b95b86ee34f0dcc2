"""The report as data: what it says and shows, in which order. Renderers turn it into files and know no statistics.

Texts are whole and in the report's language; figures stay numbers until a renderer writes them. In a language that is
read from right to left, texts hold isolates around numbers (lfs.publish.bidi).
"""

import datetime
from dataclasses import dataclass, field

from lfs.publish.figures import Figure

CREATED = datetime.datetime(2000, 1, 1)
"""The date in the properties of every file: the same content gives the same bytes."""


@dataclass(frozen=True)
class Quoted:
    """A figure that a text quotes, and where it stands in the published table."""

    round: str
    standard: str
    indicator: str
    where: tuple[tuple[str, str], ...]
    figure: Figure


@dataclass(frozen=True)
class Paragraph:
    """A text, and the figures that it quotes; a table of the workbook shows each of them."""

    text: str
    figures: tuple[Quoted, ...] = ()


@dataclass(frozen=True)
class TableRow:
    """The words of the stub, one a stub column, and one figure a round; `margin`: all of the last stub column."""

    labels: tuple[str, ...]
    figures: tuple[Figure, ...]
    margin: bool


@dataclass(frozen=True)
class TableGroup:
    """The rows of one indicator by one standard."""

    title: str
    indicator: str
    standard: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Table:
    """Estimates of a group of indicators by a breakdown, every round side by side.

    `unit` is one of lfs.publish.units; `subject` is where the contents list it; `codes` are the ILO's codes of the
    tables that it covers; `marks` those that stand in the table; `invented` says so where a figure is made from
    invented data.
    """

    key: str
    label: str
    subject: str
    codes: tuple[str, ...]
    title: str
    unit: str
    stub: tuple[str, ...]
    rounds: tuple[str, ...]
    groups: tuple[TableGroup, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    invented: str


@dataclass(frozen=True)
class Series:
    """Points of one line or one set of bars: a label and a figure each."""

    label: str
    points: tuple[tuple[str, Figure], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for _, figure in self.points)


@dataclass(frozen=True)
class Panel:
    title: str
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Chart:
    """A picture: `kind` as in report.yaml; panels stand side by side on one scale.

    breaks: the points of a trend (by number, from 0) from which on figures cannot be compared with those before them;
    places: row and column of each point of a map of tiles.
    """

    key: str
    label: str
    title: str
    kind: str
    axis: str
    panels: tuple[Panel, ...]
    alt: str
    notes: tuple[str, ...]
    source: str
    invented: str
    breaks: tuple[int, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Number:
    """A number as a page writes it; a spreadsheet holds `value` and shows it by the format `code`."""

    text: str
    value: float
    code: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PlainTable:
    """Words and numbers, for the annexes; `numeric` columns are set right; `invented` and `label` as above."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Number, ...], ...]
    numeric: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    invented: str = ""
    label: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the front page: its name, and for each round the period and the figure."""

    name: str
    figures: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class Definition:
    term: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter or annex."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    plain: tuple[PlainTable, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs without the figures that they quote."""
        return tuple(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Brief:
    """Two pages on one theme for those who decide: `source` and `reading` stand small at its end."""

    key: str
    title: str
    lead: str
    key_figures: tuple[KeyFigure, ...]
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[Chart, ...]
    reading: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Document:
    """The whole report; `level` is that of the intervals, `invented` is empty where offices delivered every round.

    `unedited` says so where a machine translated the words and no editor has gone through them.
    """

    language: str
    direction: str
    title: str
    subtitle: str
    publisher: str
    period: str
    level: str
    invented: str
    unedited: str
    remarks: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    reading: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    mark_rules: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    annexes: tuple[Chapter, ...]
    briefs: tuple[Brief, ...]
    workbook_tables: tuple[Table, ...] = field(repr=False)
    workbook_annexes: tuple[PlainTable, ...] = field(repr=False)
