"""The document's tables as an Excel workbook: one table a sheet, laid out so that a screen reader can read it aloud.

Title in A1, no merged cells, one header row, a named table, numbers as numbers. A mark stands in a column of its own
beside the figure, and instead of it where the figure is not shown.
"""

from lfs.publish.workbook.book import render_workbook

__all__ = ["render_workbook"]
