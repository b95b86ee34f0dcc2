"""Charts that belong to the workbook's own tables: they change with its cells, and who copies one has the numbers."""

import xlsxwriter
from xlsxwriter.chart import Chart

from lfs.publish.bidi import bare
from lfs.publish.charts import in_words
from lfs.publish.content import Panel, Series, Table, TableGroup
from lfs.publish.drawing.style import COLOURS
from lfs.publish.figures import Figure
from lfs.publish.units import UNITS
from lfs.publish.words import Words

MOST_ROWS = 20
"""Above it bars are too thin to read."""


def native_chart(
    book: xlsxwriter.Workbook, table: Table, words: Words, *, sheet: str, first_row: int, labels: int, values: int
) -> Chart | None:
    """Bars with intervals of the table's first indicator in its latest period; none where it would mislead.

    That is where a figure or its limits are not shown (a spreadsheet draws a text as zero), where the table is broken
    down by more than one variable, or where there are too many rows. first_row: of the indicator's first figure;
    labels, values: the columns of the categories and of the latest period's estimates, all counted from 0.
    """
    group = table.groups[0]
    figures = [row.figures[-1] for row in group.rows]
    if len(table.stub) != 1 or not 2 <= len(figures) <= MOST_ROWS or not all(map(_complete, figures)):
        return None
    last = first_row + len(figures) - 1
    scale = UNITS[table.unit].book_scale
    chart: Chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": bare(words("in_period", column=group.title, round=table.rounds[-1])),
            "categories": [sheet, first_row, labels, last, labels],
            "values": [sheet, first_row, values, last, values],
            "fill": {"color": COLOURS[0]},
            "gap": 60,
            "y_error_bars": {
                "type": "custom",
                "plus_values": [scale * ((figure.upper or 0) - (figure.value or 0)) for figure in figures],
                "minus_values": [scale * ((figure.value or 0) - (figure.lower or 0)) for figure in figures],
            },
        }
    )
    rtl = words.direction == "rtl"
    # A spreadsheet that chooses for itself lets the axis begin where bars nearly as long as each other begin to differ.
    lowest = {} if any((figure.lower or 0) < 0 for figure in figures) else {"min": 0}
    chart.set_title({"name": bare(_title(table, group, words)), "name_font": {"size": 10}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    named = {"name": bare(words.unit(table.unit, "workbook")), "name_font": {"size": 9}}
    chart.set_x_axis({"reverse": rtl, **lowest, **named})
    chart.set_size({"width": 620, "height": 120 + 26 * len(figures)})
    return chart


def told(table: Table, words: Words) -> str:
    """What the chart shows, for those who cannot see it."""
    group = table.groups[0]
    series = Series(group.title, tuple((row.labels[-1], row.figures[-1]) for row in group.rows))
    return bare(in_words("bars", _title(table, group, words), [Panel("", (series,))], words))


def _title(table: Table, group: TableGroup, words: Words) -> str:
    return words("in_period", column=words.beside([group.title, table.stub[0]]), round=table.rounds[-1])


def _complete(figure: Figure) -> bool:
    return None not in (figure.value, figure.lower, figure.upper)
