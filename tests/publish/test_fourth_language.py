"""Another language needs one folder of labels: one written from left to right and one from right to left are tried."""

import io
import json
import zipfile

import pytest

from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.labels import read_labels
from lfs.publish import Words, publish

FILES = ["report.html", "report.pdf", "report.docx", "tables.xlsx", "brief-women.pdf", "figures.csv"]
FRENCH = {"name": "français", "locale": "fr", "date": "d MMMM y"}
URDU = {"name": "اردو", "locale": "ur_PK", "digits": "arabext", "date": "d MMMM y"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, labels, iraq):
    """A survey's folder with the words of two languages: the English ones, in the way of writing of the other."""
    survey = tmp_path_factory.mktemp("survey")
    stated = {each.key: {"english": each.text, "text": each.text} for each in read_assumptions(iraq.folder)}
    for code, language in (("fr", FRENCH), ("ur", URDU)):
        place = survey / "config/labels" / code
        place.mkdir(parents=True)
        words = {**labels, "language": {**labels["language"], **language}, "assumptions": stated}
        # JSON is YAML whose keys are all quoted.
        (place / "words.yaml").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return survey


@pytest.mark.parametrize(
    ("code", "direction", "number", "share"),
    [("fr", "ltr", "1\u202f234,5", "16,5%"), ("ur", "rtl", "\u2067۱٬۲۳۴٫۵\u2069", "\u2067۱۶٫۵%\u2069")],
)
def test_every_product_comes_out_in_its_way_of_writing(protected, iraq, folder, code, direction, number, share):
    labels = read_labels(folder, code)
    words = Words(labels, code)
    assert (words.direction, words.number(1234.5, 1), words.percent(0.165)) == (direction, number, share)
    made = publish(*protected, iraq, labels, language=code, files=FILES)
    page = made["report.html"].decode("utf-8")
    assert f'<html lang="{code}" dir="{direction}">' in page
    assert made["report.pdf"].startswith(b"%PDF")
    assert made["brief-women.pdf"].startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(made["report.docx"])) as archive:
        assert ("<w:bidi/>" in archive.read("word/document.xml").decode("utf-8")) == (direction == "rtl")
    with zipfile.ZipFile(io.BytesIO(made["tables.xlsx"])) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
        assert ('rightToLeft="1"' in first) == (direction == "rtl")
