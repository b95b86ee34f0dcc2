"""The workbook as a statistician opens it, read again with openpyxl."""

import io
import re
import zipfile
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest

from lfs.metadata.labels import read_labels
from lfs.publish import Words, publish
from lfs.publish.bidi import bare

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made[1]))


def test_cover_contents_notes_then_one_table_a_sheet(book):
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for sheet in book.worksheets[3:]:
        assert sheet["A1"].value.startswith(("Table ", "Results matrix", "All figures"))
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes
        table = next(iter(sheet.tables.values()))
        top = openpyxl.utils.range_boundaries(table.ref)[1]
        heads = [cell.value for cell in sheet[top]]
        assert all(heads), "one header row without gaps"
        assert len(set(heads)) == len(heads)
        assert sheet.print_title_rows == f"${top}:${top}"


def test_contents_lead_to_every_sheet(book):
    links = [cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{sheet.title}'!A1" for sheet in book.worksheets[3:]]
    assert len(links) > 10


def test_every_sheet_says_that_the_data_are_invented(book):
    for sheet in book.worksheets:
        words = [cell.value for row in sheet.iter_rows(max_row=6) for cell in row if isinstance(cell.value, str)]
        assert any("Invented data" in text for text in words), sheet.title
        assert sheet.oddHeader.right.text == "Invented data"


def test_numbers_are_numbers_and_unrounded(book, protected):
    published, _ = protected
    chosen = published[(published["indicator"] == "unemployment_rate") & (published["breakdown"] == "sex")]
    first = chosen[(chosen["round"] == "2021H2") & (chosen["sex"] == "male")].iloc[0]
    sheet = next(sheet for sheet in book.worksheets[3:] if sheet["A1"].value.endswith("by sex and ten-year age group"))
    rows = {tuple(cell.value for cell in row[:3]): row for row in sheet.iter_rows(min_row=5)}
    estimate, error = rows["Unemployment rate", "Men", "All ages"][3:5]
    assert estimate.value == pytest.approx(100 * first["value"], rel=1e-12)
    assert estimate.number_format == "0.0"
    assert error.value == pytest.approx(100 * first["se"], rel=1e-12)


def test_a_figure_that_is_not_shown_is_its_mark(book):
    marked = [cell for sheet in book.worksheets[3:] for row in sheet.iter_rows() for cell in row if cell.value == "[c]"]
    assert len(marked) > 8
    assert all(cell.data_type == "s" for cell in marked)


def test_text_is_never_a_formula(protected, iraq, labels):
    names = {
        name: {**text, "name": f"{sign}{text['name']}"}
        for (name, text), sign in zip(labels["indicators"].items(), cycle("=+-@"), strict=False)
    }
    hostile = {**labels, "indicators": names, "survey": {**labels["survey"], "title": "=1+1", "publisher": "@SUM(A1)"}}
    content = publish(*protected, iraq, hostile, language="en", files=["tables.xlsx"])["tables.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert book["Cover"]["A1"].value == "=1+1"
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


@pytest.fixture(scope="module")
def sorani(protected, iraq) -> openpyxl.Workbook:
    """The workbook in Sorani, where one round has nothing by area."""
    published, quality = protected
    kept = published[(published["round"] != "2021H2") | ~published["breakdown"].str.contains("urban_rural")]
    made = publish(kept, quality, iraq, read_labels(ROOT, "ckb"), language="ckb", files=["tables.xlsx"])
    return openpyxl.load_workbook(io.BytesIO(made["tables.xlsx"]))


def test_no_cell_and_no_sheet_name_holds_isolates(sorani):
    cells = [cell.value for sheet in sorani.worksheets for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 1000
    marks = re.compile("[\u2066-\u2069]")
    assert not [text for text in cells if isinstance(text, str) and marks.search(text)]
    assert not [name for name in sorani.sheetnames if marks.search(name)]
    assert all(sheet.sheet_view.rightToLeft for sheet in sorani.worksheets)


def test_a_round_for_which_a_table_has_nothing_is_left_out_of_it(sorani, iraq):
    words = Words(read_labels(ROOT, "ckb"), "ckb")
    told = bare(words("notes", "left_out", rounds="2021")).split("2021")[0]
    narrow, wide = [], []
    for sheet in sorani.worksheets[3:]:
        name = next(iter(sheet.tables))
        texts = [str(row[0].value) for row in sheet.iter_rows(max_row=12)]
        if "_by_" in name:
            (narrow if any(text.startswith(told) for text in texts) else wide).append(name)
    assert narrow
    assert all("urban_rural" in name for name in narrow)
    assert not [name for name in wide if "urban_rural" in name]


def test_numbers_of_annexes_have_a_format(book):
    """A number is held as it is, 6.529999999999999 among them, and shown with its decimals."""
    cells = [
        cell
        for sheet in book.worksheets[3:-1]
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert len(cells) > 100
    assert not [cell.coordinate for cell in cells if cell.number_format == "General"]


def test_native_charts_show_complete_tables_only_and_are_told_in_words(made):
    with zipfile.ZipFile(io.BytesIO(made[1])) as archive:
        charts = [
            archive.read(name).decode("utf-8") for name in archive.namelist() if name.startswith("xl/charts/chart")
        ]
        drawings = [archive.read(name).decode("utf-8") for name in archive.namelist() if "/drawings/drawing" in name]
    assert charts
    assert all("<c:errBars>" in chart and "<c:plus>" in chart for chart in charts)
    for chart in charts:
        # Left to itself a spreadsheet may cut the bars off at the foot.
        below = any(float(value) < 0 for value in re.findall(r"<c:v>(-[\d.e-]+)</c:v>", chart))
        values = chart[chart.index("<c:valAx>") :]
        assert below or '<c:min val="0"/>' in values
    assert all('descr="Bar chart with confidence intervals: ' in drawing for drawing in drawings)
