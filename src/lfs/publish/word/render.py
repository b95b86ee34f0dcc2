"""The document's parts in their order, as Word markup in a package of fixed dates."""

import io
import zipfile
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document as Package
from docx.oxml import parse_xml
from docx.shared import Cm

from lfs.publish.bidi import bare
from lfs.publish.content import Chapter, Chart, Document, KeyFigure, PlainTable, Table, TableGroup
from lfs.publish.drawing import Pictures
from lfs.publish.figures import Figure
from lfs.publish.word.markup import NAMESPACE, Cell, Markup
from lfs.publish.word.styles import prepare
from lfs.publish.words import Words

ZIPPED = (1980, 1, 1, 0, 0, 0)
ACROSS, LABEL, BESIDE = 136.0, 14.0, 1.2
"""Letters of a table in a line between the margins, those of the narrowest labels, and room beside a column."""
COLUMNS = ("value", "se", "interval", "n")


def render_word(document: Document, words: Words, pictures: Pictures) -> bytes:
    """The report as .docx; the same document gives the same bytes."""
    package = docx.Document()
    prepare(package, document, words)
    _Report(package, document, words, pictures).write()
    file = io.BytesIO()
    package.save(file)
    return _dated(file.getvalue())


class _Report:
    """The report being written."""

    def __init__(self, package: Package, document: Document, words: Words, pictures: Pictures) -> None:
        self.package, self.document, self.words, self.pictures = package, document, words, pictures
        self.markup = Markup(document.language, words.direction == "rtl")

    def write(self) -> None:
        """Front page, contents, how to read, chapters, annexes."""
        document, words = self.document, self.words
        self._add(self.markup.paragraph(document.publisher, "LfsSmall"))
        self._add(self.markup.paragraph(document.title, "Title"))
        self._add(self.markup.paragraph(document.period, "Subtitle"))
        self._add(self.markup.paragraph(document.subtitle, "BodyText"))
        for warning in filter(None, (document.invented, document.unedited)):
            self._add(self.markup.paragraph(warning, "LfsWarning"))
        for remark in document.remarks:
            self._add(self.markup.paragraph(remark, "BodyText"))
        self._heading(words("front", "key_figures"), "key_figures")
        self._key_figures(document.key_figures)
        chapters = (*document.chapters, *document.annexes)
        self._heading(words("contents", "chapters"), "contents", page=True)
        for key, title in (("reading", words("front", "how_to_read")), *((part.key, part.title) for part in chapters)):
            self._add(self.markup.link(title, _bookmark(key), "LfsContents"))
        self._reading()
        for chapter in chapters:
            self._chapter(chapter)

    def _add(self, xml: str) -> None:
        element = parse_xml(xml.replace(">", f' xmlns:w="{NAMESPACE}">', 1))
        self.package.element.body.insert_element_before(element, "w:sectPr")

    def _heading(self, text: str, key: str, *, page: bool = False) -> None:
        style = "Heading1" if page else "Heading2"
        self._add(self.markup.paragraph(text, style, bookmark=_bookmark(key)))

    def _key_figures(self, figures: Sequence[KeyFigure]) -> None:
        words = self.words
        periods = [period for period, _ in figures[0].figures] if figures else []
        head = [Cell(words("columns", "indicator")), *(Cell(period, number=True) for period in periods)]
        rows = [
            [Cell(item.name, bold=True), *(Cell(self._with_limits(at), number=True) for _, at in item.figures)]
            for item in figures
        ]
        title = words("front", "key_figures")
        self._add(self.markup.table(title, head, rows, [2, *(1.4 for _ in periods)]))
        self._add(self.markup.paragraph(words("front", "key_columns", level=self.document.level), "LfsSmall"))

    def _with_limits(self, figure: Figure) -> str:
        words = self.words
        if figure.value is None:
            return words.beside_figure(figure)
        value = words.quantity(figure.value, figure.unit)
        mark = f" {words.beside_figure(figure)}" if figure.beside else ""
        if figure.lower is None or figure.upper is None:
            return value + mark
        return f"{value}{mark} ({words.limits(figure.lower, figure.upper, figure.unit)})"

    def _reading(self) -> None:
        words, document = self.words, self.document
        self._heading(words("front", "how_to_read"), "reading", page=True)
        for text in document.reading:
            self._add(self.markup.paragraph(text, "BodyText"))
        rows = [[Cell(mark, bold=True), Cell(meaning)] for mark, meaning in document.marks]
        head = [Cell(words("columns", "mark")), Cell(words("workbook", "marks"))]
        self._add(self.markup.table(words("workbook", "marks"), head, rows, [1, 9]))
        for rule in document.mark_rules:
            self._add(self.markup.paragraph(rule, "LfsSmall"))

    def _chapter(self, chapter: Chapter) -> None:
        self._heading(chapter.title, chapter.key, page=True)
        for paragraph in chapter.paragraphs:
            self._add(self.markup.paragraph(paragraph.text, "BodyText"))
        for chart in chapter.charts:
            self._chart(chart)
        for table in chapter.tables:
            self._table(table)
        for plain in chapter.plain:
            self._plain(plain)
        for item in chapter.definitions:
            self._add(self.markup.paragraph(item.term, "LfsTerm"))
            self._add(self.markup.paragraph(item.text, "BodyText"))

    def _chart(self, chart: Chart) -> None:
        self._caption(chart.label, chart.title, chart.invented)
        self.package.add_picture(io.BytesIO(self.pictures.png(chart)), width=Cm(17))
        picture = self.package.inline_shapes[-1]
        picture._inline.docPr.set("descr", chart.alt)
        picture._inline.docPr.set("name", chart.label)
        self._add(self.markup.paragraph(" ".join(chart.notes), "LfsNote"))

    def _caption(self, label: str, title: str, invented: str) -> None:
        text = self.words("contents", "captioned", label=label, title=title) if label else title
        self._add(self.markup.paragraph(" – ".join(filter(None, [text, invented])), "Caption"))

    def _table(self, table: Table) -> None:
        words = self.words
        self._caption(table.label, table.title, table.invented)
        several = len(table.rounds) > 1
        head = [Cell(name) for name in table.stub]
        for period in table.rounds:
            for name in COLUMNS:
                column = words("columns", {"value": "estimate"}.get(name, name), level=self.document.level)
                told = words("in_period", column=column, round=period) if several else column
                head.append(Cell(told, number=True))
        rows = [line for group in table.groups for line in self._group(group, len(head))]
        widths = _estimate_widths(head, [row for row in rows if len(row) == len(head)], len(table.stub))
        self._add(self.markup.table(table.title, head, rows, widths))
        self._add(self.markup.paragraph(" ".join([*map(words.explained, table.marks), *table.notes]), "LfsNote"))

    def _group(self, group: TableGroup, columns: int) -> Iterator[list[Cell]]:
        words = self.words
        yield [Cell(group.title, bold=True, columns=columns)]
        for row in group.rows:
            cells = [Cell(label, bold=row.margin) for label in row.labels]
            for figure in row.figures:
                for name in COLUMNS:
                    mark = (
                        words("marks", figure.mark, "short") if name == "value" and figure.shown and figure.mark else ""
                    )
                    cells.append(Cell(" ".join(filter(None, [words.cell(figure, name), mark])), number=True))
            yield cells

    def _plain(self, table: PlainTable) -> None:
        self._caption(table.label, table.title, table.invented)
        head = [Cell(text, number=place in table.numeric) for place, text in enumerate(table.head)]
        rows = [
            [Cell(str(cell), number=place in table.numeric) for place, cell in enumerate(row)] for row in table.rows
        ]
        self._add(self.markup.table(table.title, head, rows, _widths(table)))
        for note in table.notes:
            self._add(self.markup.paragraph(note, "LfsNote"))


def _estimate_widths(head: Sequence[Cell], rows: Sequence[Sequence[Cell]], stub: int) -> list[float]:
    """In letters: numbers and the words above them are not broken; the last labels get what is left, if need be."""
    widths = []
    for place, above in enumerate(head):
        longest = max((len(bare(row[place].text)) for row in rows), default=0)
        word = max((len(part) for part in bare(above.text).split()), default=0)
        # The words of heads are bold, and some labels are.
        widths.append(max(1.15 * word, longest if above.number else 1.1 * longest) + BESIDE)
    rest = sum(widths) - widths[stub - 1]
    widths[stub - 1] = min(widths[stub - 1], max(LABEL, ACROSS - rest))
    return widths


def _widths(table: PlainTable) -> list[float]:
    """By the longest words and the length of what stands in each column: long texts get more, none gets nothing."""
    found = []
    for place, head in enumerate(table.head):
        texts = [str(row[place]) for row in table.rows] or [""]
        word = max(len(part) for text in (head, *texts) for part in (text.split() or [""]))
        length = sum(map(len, texts)) / len(texts)
        found.append(min(max(4.0, 0.8 * min(word, 24), length**0.8), 40.0))
    return found


def _bookmark(key: str) -> str:
    return f"lfs_{key}"


def _dated(content: bytes) -> bytes:
    """The same package with one fixed date for every part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            told = zipfile.ZipInfo(name, ZIPPED)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, old.read(name))
    return file.getvalue()
