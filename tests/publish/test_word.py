"""The Word document: real styles, tables and texts of pictures, in both directions of reading."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from lfs.publish import Words, publish

HOSTILE = '<b>&"quoted"\u202e=1+1'


def labelled(labels, **language):
    """The English words, as if they were of another language."""
    return {**labels, "language": {**labels["language"], **language}}


@pytest.fixture(scope="module")
def report(protected, iraq, labels) -> bytes:
    return publish(*protected, iraq, labels, language="en", files=["report.docx"])["report.docx"]


@pytest.fixture(scope="module")
def mirrored(protected, iraq, labels) -> bytes:
    words = labelled(labels, locale="ckb", digits="arab")
    return publish(*protected, iraq, words, language="en", files=["report.docx"])["report.docx"]


def read(content: bytes):
    return docx.Document(io.BytesIO(content))


def test_the_same_document_gives_the_same_bytes(report, protected, iraq, labels):
    assert publish(*protected, iraq, labels, language="en", files=["report.docx"])["report.docx"] == report


def test_headings_captions_and_header_rows(report, labels):
    book = read(report)
    styles = [paragraph.style.name for paragraph in book.paragraphs]
    assert styles.count("Heading 1") > 8
    words = Words(labels, "en")
    assert words("chapters", "labour_force", "title") in [text.text for text in book.paragraphs]
    assert len(book.tables) > 10
    for table in book.tables:
        rows = table._tbl.tr_lst
        assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert styles.count("Caption") >= len(book.tables) - 2 + len(book.inline_shapes)


def test_pictures_are_told_in_words(report):
    shapes = read(report).inline_shapes
    assert len(shapes) > 3
    assert all(len(shape._inline.docPr.get("descr")) > 40 for shape in shapes)


def test_every_table_fits_between_the_margins(report):
    for table in read(report).tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) == pytest.approx(9866, abs=30)
        assert min(widths) > 300


def test_right_to_left_paragraphs_tables_and_page(mirrored):
    book = read(mirrored)
    body = [text for text in book.paragraphs if text.style.name == "Body Text" and text.text]
    assert all(text._p.pPr.find(qn("w:bidi")) is not None for text in body)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in book.tables)
    assert book.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert "\u2066" not in zipfile.ZipFile(io.BytesIO(mirrored)).read("word/document.xml").decode("utf-8")


def test_numbers_stand_right_in_both_directions(report, mirrored):
    for content in (report, mirrored):
        table = read(content).tables[3]
        last = table._tbl.tr_lst[-1].tc_lst[-1].p_lst[0]
        assert last.pPr.find(qn("w:jc")).get(qn("w:val")) == "right"
        assert last.pPr.find(qn("w:bidi")) is None


def test_hostile_labels_are_text(protected, iraq, labels):
    hostile = {**labels, "survey": {**labels["survey"], "title": HOSTILE, "source": HOSTILE * 20}}
    book = read(publish(*protected, iraq, hostile, language="en", files=["report.docx"])["report.docx"])
    title = next(text for text in book.paragraphs if text.style.name == "Title")
    assert title.text == HOSTILE.replace("\u202e", "")
