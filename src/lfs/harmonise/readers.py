"""Delivered files into plain columns: SPSS, Stata, csv and fixed width. Texts stay texts and numbers numbers."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pyarrow
import pyarrow.csv

from lfs.harmonise.delivery import Delivery, chosen_names, folded_names
from lfs.harmonise.encodings import text_of
from lfs.harmonise.formats import checked_sha256
from lfs.harmonise.statistical import read_statistical
from lfs.metadata import SurveyError
from lfs.metadata.offices import FileFormat
from lfs.metadata.yaml import shown


def read_delivery(
    path: Path, how: FileFormat, needed: Collection[str] | None = None, sha256: str = "", layout: Path | None = None
) -> Delivery:
    """The `needed` columns (by default all) of a delivered file, every row of it.

    A column that the file lacks is left out. `sha256` is the declared checksum, or empty; `layout` the table of columns
    of a file of fixed width. Raises SurveyError, one line, where the file is missing, empty, cut short, or of another
    format, encoding or checksum than declared.
    """
    found = checked_sha256(path, how, sha256)
    match how.format:
        case "sav" | "zsav" | "dta":
            delivery = read_statistical(path, how, needed, found)
        case "csv":
            delivery = _read_csv(path, how, needed, found)
        case "fixed":
            delivery = _read_fixed(path, how, needed, layout, found)
    if not len(delivery.rows):
        raise SurveyError(f"{shown(path)}: holds no rows.")
    return delivery


def _read_csv(path: Path, how: FileFormat, needed: Collection[str] | None, sha256: str) -> Delivery:
    text, encoding = text_of(path, path.read_bytes(), how.encoding)
    delimiter = how.delimiter or ","
    header = [name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=delimiter), [])]
    folded = folded_names(path, header, how)
    chosen = chosen_names(folded, needed)
    irregular: list[int] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        irregular.append(row.actual_columns)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(text.encode()),
            pyarrow.csv.ReadOptions(use_threads=False, column_names=header, skip_rows=1),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
            pyarrow.csv.ConvertOptions(
                include_columns=list(chosen.values()) or header[:1],
                column_types=dict.fromkeys(header, pyarrow.string()),
                strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowInvalid:
        raise SurveyError(f"{shown(path)}: is no table of {len(header)} columns separated by '{delimiter}'.") from None
    if irregular:
        raise SurveyError(
            f"{shown(path)}: {len(irregular)} rows have {min(irregular)} to {max(irregular)} values and the header "
            f"{len(header)} columns. The file is cut short, or `file: delimiter:` is wrong."
        )
    given = table.to_pandas()
    rows = pd.DataFrame({name: given[column].astype("str") for name, column in chosen.items()}, index=given.index)
    return Delivery(path, tuple(folded), rows, encoding, sha256)


def _read_fixed(
    path: Path, how: FileFormat, needed: Collection[str] | None, layout: Path | None, sha256: str
) -> Delivery:
    places = _layout(path, layout)
    text, encoding = text_of(path, path.read_bytes(), how.encoding)
    # Only line ends end a line: splitlines() would also break at characters that some encodings hold.
    lines = pd.Series([line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")], dtype="str")
    folded = folded_names(path, places, how)
    end = max(start + width for start, width in places.values())
    cut = int((lines.str.len() < end).sum())
    if cut and layout is not None:
        raise SurveyError(f"{shown(path)}: {cut} lines are shorter than the {end} characters of {shown(layout)}.")
    columns = {}
    for name, column in chosen_names(folded, needed).items():
        start, width = places[column]
        columns[name] = lines.str.slice(start, start + width)
    return Delivery(path, tuple(folded), pd.DataFrame(columns, index=lines.index), encoding, sha256)


def _layout(path: Path, layout: Path | None) -> dict[str, tuple[int, int]]:
    """Start (from 0) and width of each column of a fixed-width file."""
    if layout is None:
        raise SurveyError(
            f"{shown(path)}: a file of fixed width needs `layout:` below `file:`, a csv with column, start, width."
        )
    if not layout.is_file():
        raise SurveyError(f"{shown(layout)} does not exist; it is the layout of {shown(path)}.")
    with layout.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    places: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows, start=2):
        name, start, width = (str(row.get(key) or "").strip() for key in ("column", "start", "width"))
        if not (name and start.isdigit() and width.isdigit() and int(start) and int(width)):
            raise SurveyError(f"{shown(layout)}, line {number}: needs column, start (counted from 1) and width.")
        if name in places:
            raise SurveyError(f"{shown(layout)}, line {number}: column {name} stands twice.")
        places[name] = (int(start) - 1, int(width))
    if not places:
        raise SurveyError(f"{shown(layout)}: names no column.")
    return places
