"""How the cells of the workbook look."""

import xlsxwriter
from xlsxwriter.format import Format


class Styles:
    """The formats of a workbook, in the direction that the language is read; one for each format of numbers."""

    def __init__(self, book: xlsxwriter.Workbook, direction: str) -> None:
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        if direction == "rtl":
            base["reading_order"] = 2
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.heading = book.add_format({**base, "bold": True, "font_size": 11})
        self.text = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.warning = book.add_format({**base, "bold": True, "font_color": "#9A2B00"})
        self.wrapped_warning = book.add_format({**base, "bold": True, "font_color": "#9A2B00", "text_wrap": True})
        self.link = book.add_format({**base, "font_color": "#0B4F79", "underline": 1})
        self.head = book.add_format({**base, "bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"})
        self._figure = {**base, "align": "right", "reading_order": 1}
        above = {**self._figure, "bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        self.head_number = book.add_format(above)
        self.mark = book.add_format({**self._figure, "font_color": "#4D4D4D"})
        self._book = book
        self._numbers: dict[str, Format] = {}

    def number(self, code: str) -> Format:
        """The format of numbers shown by `code`."""
        if code not in self._numbers:
            self._numbers[code] = self._book.add_format({**self._figure, "num_format": code})
        return self._numbers[code]
