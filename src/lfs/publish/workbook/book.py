"""The workbook's sheets in their order: cover, contents, notes, tables, annexes, and the figures for machines."""

import io

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lfs.publish.bidi import bare
from lfs.publish.content import CREATED, Document, Number, PlainTable, Table
from lfs.publish.words import Words
from lfs.publish.workbook.native_charts import native_chart, told
from lfs.publish.workbook.sheets import COLUMNS, Sheets

ON_PAPER = 20
"""Columns that can be read side by side on a page of paper."""
HEAD_LINES, WIDEST, LISTED = 4, 70, 140
"""Lines of a heading in the tables of the annexes, and letters of their widest column; of one that holds long lists."""


def render_workbook(document: Document, words: Words, figures: pd.DataFrame) -> bytes:
    """Cover, contents with links, notes, the document's workbook tables, and `figures` (tidy) for machines."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": bare(document.title), "author": bare(document.publisher), "created": CREATED})
    Book(book, document, words).write(figures)
    book.close()
    return file.getvalue()


class Book(Sheets):
    """Every sheet, written once."""

    def write(self, figures: pd.DataFrame) -> None:
        contents = self.words("workbook", "contents")
        cover = self._sheet(self.words("workbook", "cover"))
        listing = self._sheet(contents)
        notes = self._sheet(self.words("workbook", "notes"))
        self._cover(cover)
        self._contents(listing)
        self._notes(notes)
        for number, table in enumerate(self.document.workbook_tables, 1):
            self._table(self._sheet(str(number), landscape=True), table)
        for number, plain in enumerate(self.document.workbook_annexes, 1):
            self._plain(self._sheet(plain.label, landscape=True), f"annex_{number}", plain)
        self._data(self._sheet(self.words("exchange", "sheet"), landscape=True), figures)

    def _data(self, sheet: Worksheet, figures: pd.DataFrame) -> None:
        """Every figure, one a row, for machines: numbers as numbers, and nothing where there is none."""
        start = self._top(sheet, self.words("exchange", "title"))
        self._text(sheet, start, 0, self.words("exchange", "about"), self.styles.text)
        columns: list[dict[str, object]] = [{"header": name, "header_format": self.styles.head} for name in figures]
        self._named(sheet, start + 1, len(figures), "figures", columns)
        for place, name in enumerate(figures):
            column = figures[name]
            if pd.api.types.is_numeric_dtype(column):
                for line, value in enumerate(column.tolist(), start + 2):
                    if value == value and value is not None:
                        sheet.write_number(line, place, value)
            else:
                texts = {text: bare(text) for text in column.dropna().unique() if text}
                for line, text in enumerate(column.tolist(), start + 2):
                    if text in texts:
                        sheet.write_string(line, place, texts[text])
        sheet.set_column(0, len(figures.columns) - 1, 14)
        sheet.freeze_panes(start + 2, 0)
        sheet.repeat_rows(start + 1)

    def _cover(self, sheet: Worksheet) -> None:
        document = self.document
        sheet.set_column(0, 0, 100)
        lines = [
            (document.title, self.styles.title),
            (document.period, self.styles.heading),
            (document.subtitle, self.styles.wrapped),
            (document.publisher, self.styles.wrapped),
            (document.invented, self.styles.wrapped_warning),
            (document.unedited, self.styles.wrapped_warning),
            *((remark, self.styles.wrapped) for remark in document.remarks),
            (self.words("workbook", "about"), self.styles.wrapped),
            *(
                (paragraph.text, self.styles.wrapped)
                for annex in document.annexes
                if annex.key == "run"
                for paragraph in annex.paragraphs
            ),
        ]
        for row, (text, style) in enumerate(line for line in lines if line[0]):
            self._text(sheet, row, 0, text, style)
            self._fit(sheet, row, text, style)

    def _contents(self, sheet: Worksheet) -> None:
        for column, width in enumerate((12, 34, 90, 60)):
            sheet.set_column(column, column, width)
        start = self._top(sheet, self.words("workbook", "contents"))
        heads = [self.words("contents", name) for name in ("sheet", "subject", "title", "codes")]
        columns = [{"header": head, "header_format": self.styles.head} for head in heads]
        tables, annexes = self.document.workbook_tables, self.document.workbook_annexes
        data = self.words("exchange", "sheet")
        listed: list[tuple[str, Table | PlainTable]] = [(str(number), table) for number, table in enumerate(tables, 1)]
        listed += [(plain.label, plain) for plain in annexes]
        self._named(sheet, start, len(listed), "contents", columns)
        for row, (name, table) in enumerate(listed, start + 1):
            self._link(sheet, row, 0, f"internal:'{name}'!A1", self.styles.link, table.label)
            subject = table.subject if isinstance(table, Table) else self.words("contents", "annexes")
            self._text(sheet, row, 1, subject, self.styles.text)
            self._text(sheet, row, 2, table.title, self.styles.text)
            self._text(sheet, row, 3, ", ".join(table.codes) if isinstance(table, Table) else "", self.styles.text)
        last = start + len(listed) + 1
        self._link(sheet, last, 0, f"internal:'{data}'!A1", self.styles.link, data)
        self._text(sheet, last, 2, self.words("exchange", "title"), self.styles.text)
        sheet.freeze_panes(start + 1, 0)

    def _notes(self, sheet: Worksheet) -> None:
        words, document = self.words, self.document
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 110)
        row = self._top(sheet, words("workbook", "notes"))
        self._text(sheet, row, 0, words("workbook", "marks"), self.styles.heading)
        for mark, meaning in document.marks:
            row += 1
            self._text(sheet, row, 0, mark, self.styles.text)
            self._text(sheet, row, 1, meaning, self.styles.wrapped)
        definitions = [item for annex in document.annexes for item in annex.definitions]
        texts = [*document.mark_rules, *document.reading, *(f"{item.term}. {item.text}" for item in definitions)]
        row += 1
        self._text(sheet, row, 0, words("workbook", "reading"), self.styles.heading)
        for text in texts:
            row += 1
            self._text(sheet, row, 1, text, self.styles.wrapped)
            self._fit(sheet, row, text, self.styles.wrapped)

    def _table(self, sheet: Worksheet, table: Table) -> None:
        """The sheet's number may change from edition to edition; the name of the table in it is the plan's."""
        words = self.words
        start = self._above(sheet, table, self._unit_and_notes(table))
        several = len({group.standard for group in table.groups}) > 1
        stub = [words("columns", "indicator"), *([words("columns", "standard")] if several else []), *table.stub]
        columns = [{"header": name, "header_format": self.styles.head} for name in stub]
        for period in table.rounds:
            columns += [{"header": self._heading(name, period, table.unit), "header_format": self.styles.head_number}
                        for name in (*COLUMNS, "mark")]  # fmt: skip
        rows = [(group, row) for group in table.groups for row in group.rows]
        self._named(sheet, start, len(rows), table.key, columns)
        for line, (group, row) in enumerate(rows, start + 1):
            names = [words("indicators", group.indicator, "name")]
            names += [words("standards", group.standard, "name")] if several else []
            for column, label in enumerate((*names, *row.labels)):
                self._text(sheet, line, column, label, self.styles.text)
            for place, figure in enumerate(row.figures):
                self._figure(sheet, line, len(stub) + place * (len(COLUMNS) + 1), figure)
        latest = len(stub) + (len(table.rounds) - 1) * (len(COLUMNS) + 1)
        cells = {"first_row": start + 1, "labels": len(stub) - 1, "values": latest}
        if chart := native_chart(self.book, table, words, sheet=sheet.name, **cells):
            sheet.insert_chart(start, len(columns) + 1, chart, {"description": told(table, words)})
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(stub) - 1, 16)
        sheet.set_column(len(stub), len(columns) - 1, 11)
        sheet.set_row(start, 68)
        if len(columns) > ON_PAPER:
            sheet.fit_to_pages(-(-len(columns) // ON_PAPER), 0)
            sheet.repeat_columns(0, len(stub) - 1)
        sheet.freeze_panes(start + 1, len(stub))
        sheet.repeat_rows(start)

    def _plain(self, sheet: Worksheet, name: str, table: PlainTable) -> None:
        """A table of an annex: numbers as numbers, shown as the report writes them; all else as text."""
        start = self._above(sheet, table, table.notes)
        styles = [
            self.styles.head_number if place in table.numeric else self.styles.head for place in range(len(table.head))
        ]
        columns = [{"header": text, "header_format": style} for text, style in zip(table.head, styles, strict=True)]
        self._named(sheet, start, len(table.rows), name, columns)
        longest = [max((len(str(row[place])) for row in table.rows), default=0) for place in range(len(table.head))]
        for line, row in enumerate(table.rows, start + 1):
            for place, cell in enumerate(row):
                if isinstance(cell, Number):
                    sheet.write_number(line, place, cell.value, self.styles.number(cell.code))
                else:
                    words = self.styles.wrapped if longest[place] > WIDEST else self.styles.text
                    self._text(sheet, line, place, cell, self.styles.mark if place in table.numeric else words)
        for place, head in enumerate(table.head):
            needed = max(longest[place], *(len(text) for text in head.split()))
            widest = LISTED if longest[place] > LISTED else WIDEST
            sheet.set_column(place, place, min(max(needed + 3, len(head) // HEAD_LINES + 5), widest))
        sheet.set_row(start, 56)
        sheet.freeze_panes(start + 1, 1)
        sheet.repeat_rows(start)

    def _unit_and_notes(self, table: Table) -> list[str]:
        unit = self.words.unit_note(table.unit)
        notes = [self.words.unit_note(table.unit, workbook=True), *(note for note in table.notes if note != unit)]
        if table.codes:
            notes.append(self.words("notes", "codes", codes=", ".join(table.codes)))
        return [*notes, *map(self.words.explained, table.marks)]
