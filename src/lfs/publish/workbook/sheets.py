"""What sheets are made of: page set-up, texts, links, named tables, figures with their marks."""

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lfs.publish.bidi import bare
from lfs.publish.content import Document, PlainTable, Table
from lfs.publish.figures import MARKS, Figure
from lfs.publish.units import UNITS
from lfs.publish.words import Words
from lfs.publish.workbook.styles import Styles

COLUMNS = ("value", "se", "lower", "upper", "cv", "n", "n_cases")
HEADINGS = {"value": "estimate"}
PERSONS = {"n", "n_cases"}
WRAPPED, WRAPPED_BOLD = 105, 90
"""Letters on a line of a wide column, fewer than fit."""


class Sheets:
    """The sheets of a workbook that is being written."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document, words: Words) -> None:
        self.book, self.document, self.words = book, document, words
        self.styles = Styles(book, words.direction)
        self.marks = {"": "", **{mark: bare(words("marks", mark, "short")) for mark in MARKS}}

    def _sheet(self, name: str, *, landscape: bool = False) -> Worksheet:
        sheet = self.book.add_worksheet(bare(name))
        if self.words.direction == "rtl":
            sheet.right_to_left()
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        invented = self.words("invented", "mark") if self.document.invented else ""
        sheet.set_header(f"&L{_escaped(bare(self.document.title))}&R{_escaped(bare(invented))}")
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _fit(self, sheet: Worksheet, row: int, text: str, style: Format) -> None:
        """A row as high as its wrapped text needs, which not every program works out by itself."""
        if style in (self.styles.wrapped, self.styles.wrapped_warning):
            bold = style is self.styles.wrapped_warning
            sheet.set_row(row, 14 * (1 + len(text) // (WRAPPED_BOLD if bold else WRAPPED)))

    def _top(self, sheet: Worksheet, title: str) -> int:
        """Title in A1, below it whether the data are invented; the number of the next row."""
        self._text(sheet, 0, 0, title, self.styles.title)
        if self.document.invented:
            self._text(sheet, 1, 0, self.document.invented, self.styles.warning)
            return 2
        return 1

    def _above(self, sheet: Worksheet, table: Table | PlainTable, notes: Sequence[str]) -> int:
        """Title in A1, then whether the data are invented, the notes, and the way back; the number of the next row."""
        words = self.words
        self._text(sheet, 0, 0, words("contents", "captioned", label=table.label, title=table.title), self.styles.title)
        lines = [*([(self.document.invented, self.styles.warning)] if table.invented else [])]
        lines += [(note, self.styles.text) for note in notes]
        for place, (text, style) in enumerate(lines, 1):
            self._text(sheet, place, 0, text, style)
        back = len(lines) + 1
        contents = f"internal:'{words('workbook', 'contents')}'!A1"
        self._link(sheet, back, 0, contents, self.styles.link, words("contents", "back"))
        return back + 1

    def _text(self, sheet: Worksheet, line: int, place: int, text: str, style: Format | None = None) -> None:
        """A text in a cell, without the isolates that a page needs: a cell has one direction, that of its format."""
        sheet.write_string(line, place, bare(text), style)

    def _link(self, sheet: Worksheet, line: int, place: int, to: str, style: Format, text: str) -> None:
        """A link to a place in the workbook."""
        sheet.write_url(line, place, bare(to), style, bare(text))

    def _named(self, sheet: Worksheet, start: int, count: int, name: str, columns: list[dict[str, object]]) -> None:
        """A named table of `count` rows whose header is in row `start`."""
        area = (start, 0, start + max(count, 1), len(columns) - 1)
        filtered = name == "contents"
        columns = [{**column, "header": bare(str(column["header"]))} for column in columns]
        sheet.add_table(*area, {"name": name, "autofilter": filtered, "style": None, "columns": columns})

    def _heading(self, name: str, period: str, unit: str) -> str:
        words = self.words
        column = words("columns", HEADINGS.get(name, name))
        if name == "cv":
            column = words("with_unit", column=column, unit=words("per_cent"))
        elif UNITS[unit].named and name not in {*PERSONS, "mark"}:
            column = words("with_unit", column=column, unit=words.unit(unit, "error" if name == "se" else "workbook"))
        return words("in_period", column=column, round=period)

    def _figure(self, sheet: Worksheet, line: int, first: int, figure: Figure) -> None:
        """Numbers in the unit of the heading, unrounded; the mark where one is not shown."""
        for offset, name in enumerate(COLUMNS):
            number = getattr(figure, name)
            if name == "cv" and number is None and figure.lower is not None:
                # A gap may be near zero, and its coefficient of variation says nothing.
                self._text(sheet, line, first + offset, self.words("numbers", "none"), self.styles.mark)
            elif number is None:
                sheet.write_string(line, first + offset, self.marks[figure.instead], self.styles.mark)
            else:
                scale, code = self._scale(figure, name)
                sheet.write_number(line, first + offset, number * scale, self.styles.number(code))
        sheet.write_string(line, first + len(COLUMNS), self.marks[figure.mark], self.styles.mark)

    def _scale(self, figure: Figure, name: str) -> tuple[float, str]:
        if name in PERSONS:
            return 1, "#,##0"
        if name == "cv":
            return 100, "0.0"
        form = UNITS[figure.unit]
        return form.book_scale, form.book_code(error=name == "se")


def _escaped(text: str) -> str:
    """Text for a page header, where & begins a command."""
    return text.replace("&", "&&")
