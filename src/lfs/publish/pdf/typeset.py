"""From data and a template to the bytes of a PDF: typeset by Typst, then finished for those who have it read out."""

import datetime
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from lfs.publish.content import CREATED
from lfs.publish.drawing import FONTS

TEMPLATES = Path(__file__).parents[1] / "templates"
STANDARDS = ["ua-1", "a-2a"]


@cache
def _fonts() -> typst.Fonts:
    """The font of the reports and no other, whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def typeset(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF that a template makes of the data and the pictures, by their names; nothing else is read.

    Rows are headed by their first cells, and pages are turned as the language is read: Typst does not tell the first,
    and knows the second of a few languages only.
    """
    files = {name: (TEMPLATES / name).read_bytes() for name in (template, "parts.typ")}
    files["main.typ"] = files.pop(template)
    files["document.json"] = json.dumps(data, ensure_ascii=False).encode("utf-8")
    stamp = int(CREATED.replace(tzinfo=datetime.UTC).timestamp())
    compiled: Any = typst.compile  # its declared types do not know of files held in memory
    made = compiled({**files, **pictures}, font_paths=_fonts(), pdf_standards=STANDARDS, timestamp=stamp)
    return _finished(made, data["direction"])


def pages(made: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def _finished(made: bytes, direction: str) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.Root.ViewerPreferences.Direction = pikepdf.Name.R2L if direction == "rtl" else pikepdf.Name.L2R
        for table in _tagged(pdf.Root.StructTreeRoot, "/Table"):
            _head_rows(table)
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def _head_rows(table: pikepdf.Object) -> None:
    """The cells of the stub head their rows: as many as there are heads that reach over all rows of heads, or one.

    A table in which heads would outnumber what they head (two columns of words) has heads of columns only.
    """
    parts = [(str(part.S), [_cells(row) for row in _children(part)]) for part in _children(table)]
    heads = [cell for tag, rows in parts if tag == "/THead" for row in rows for cell in row]
    stub = max(1, sum(1 for cell in heads if _span(cell, "/RowSpan") > 1))
    rows = [row for tag, rows in parts if tag == "/TBody" for row in rows if len(row) > stub]
    if len(heads) + stub * len(rows) > sum(len(row) - stub for row in rows):
        return
    for row in rows:
        for cell in (row[place] for place in range(stub)):
            cell.S = pikepdf.Name.TH
            cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _span(cell: pikepdf.Object, name: str) -> int:
    attributes: Any = cell.get("/A", [])
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return max((int(item.get(name, 1)) for item in listed if isinstance(item, pikepdf.Dictionary)), default=1)


def _cells(row: pikepdf.Object) -> Any:
    """The cells of a row of a table, which holds nothing else, as they are: there are very many."""
    cells: Any = row.K
    return cells if isinstance(cells, pikepdf.Array) else [cells]


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements directly under one of the structure tree; marks of content among them are left out."""
    below: Any = element.get("/K", [])
    for item in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item


def _tagged(element: pikepdf.Object, tag: str) -> Iterator[pikepdf.Object]:
    """All elements of one kind below an element; those inside such an element are not looked for."""
    for item in _children(element):
        if str(item.S) == tag:
            yield item
        else:
            yield from _tagged(item, tag)
