"""The printed report and briefs: what a reader, a screen reader and an archive find in them."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lfs.metadata import SurveyError
from lfs.metadata.official import read_official
from lfs.publish import Words, publication
from lfs.publish.content import Brief, Chapter, Document, Paragraph, PlainTable
from lfs.publish.document import document
from lfs.publish.drawing import Pictures
from lfs.publish.pdf import render_brief, render_printed_report
from lfs.publish.pdf.texts import letters, said
from lfs.publish.pdf.typeset import pages

ARABIC = "نسبة المشاركة في سوق العمل حسب الجنس والعمر ومستوى التعليم للأسر والأفراد"
SORANI = "ڕێژەی بێکاری لە هەرێمی کوردستان بەپێی ڕەگەز و گرووپی تەمەن ئاستی خوێندن ھەموو ژنان چاوپێکەوتن ڤیزا پێشەنگ"
LANGUAGES = {"ar": ("ar_IQ", "latn", ARABIC.split()), "ckb": ("ckb_IQ", "arab", SORANI.split())}


def pretended(labels: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The English labels with words of another language in place of the English ones; names in capitals stay."""
    locale, digits, vocabulary = LANGUAGES[language]

    def word(found: re.Match[str]) -> str:
        text = found[0]
        return text if text.startswith("{") or text.isupper() else vocabulary[sum(map(ord, text)) % len(vocabulary)]

    def told(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: told(item) for key, item in value.items()}
        return re.sub(r"\{[^}]*\}|[A-Za-z]+", word, value) if isinstance(value, str) else value

    own = {"locale": locale, "digits": digits, "edited": "no"}
    kept = {name: labels[name] for name in ("language", "contents")}
    made = {**told(labels), "language": {**kept["language"], **own}}
    made["contents"] = {**made["contents"], "letters": kept["contents"]["letters"]}
    made["marks"] = {name: {**told(mark), "short": mark["short"]} for name, mark in labels["marks"].items()}
    made["assumptions"] = {}
    return made


TOOLS = Path(sys.executable).parent
OUTLOUD, PDFUA = [TOOLS / "outloud"], [TOOLS / "pdfua"]
Made = tuple[Document, Words, Pictures]


@pytest.fixture(scope="module")
def content(protected, iraq, labels) -> dict[str, Made]:
    """The document of the small invented country, by language, with few chapters and charts."""
    published, quality = protected

    def made(language: str, told: Mapping[str, Any]) -> Made:
        words = Words(told, language, iraq.config.currency)
        official = read_official(iraq.folder) if language == "en" else ()
        material = publication.material_of(published, quality, iraq, words, official=official, version="0.0")
        whole = document(material)
        few = [replace(chapter, charts=chapter.charts[:2]) for chapter in whole.chapters if chapter.charts][:2]
        return replace(whole, chapters=(*few, whole.chapters[-1])), words, Pictures(words)

    return {"en": made("en", labels), **{name: made(name, pretended(labels, name)) for name in LANGUAGES}}


@pytest.fixture(scope="module")
def printed(content) -> dict[str, bytes]:
    return {name: render_printed_report(*made) for name, made in content.items()}


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def elements(pdf: pikepdf.Pdf, *tags: str) -> list[pikepdf.Object]:
    """The elements of the structure tree with one of the tags, in the order of reading."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        kids: Any = element.get("/K", [])
        for item in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(item, pikepdf.Dictionary) and "/S" in item:
                yield item
                yield from below(item)

    return [item for item in below(pdf.Root.StructTreeRoot) if str(item.S) in tags]


def brief_of(made: Document, paragraphs: int = 1, text: str = "") -> Brief:
    """A brief from the report's own figures and charts."""
    chapter = next(item for item in made.chapters if item.charts)
    return Brief(
        key="women",
        title=chapter.title,
        lead=chapter.texts[0],
        key_figures=made.key_figures[:3],
        paragraphs=chapter.paragraphs * paragraphs + ((Paragraph(text),) if text else ()),
        charts=chapter.charts[:2],
        reading=made.reading[:2],
        source=chapter.charts[0].source,
    )


def test_the_same_content_gives_the_same_bytes(content, printed):
    assert render_printed_report(*content["en"]) == printed["en"]


@pytest.mark.parametrize(
    ("language", "code", "direction"), [("en", "en", "/L2R"), ("ar", "ar-IQ", "/R2L"), ("ckb", "ckb-IQ", "/R2L")]
)
def test_it_says_in_which_language_and_direction_it_is_read(printed, content, language, code, direction):
    with opened(printed[language]) as pdf:
        assert str(pdf.Root.Lang) == code
        assert pdf.Root.ViewerPreferences.Direction == direction
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == content[language][0].title
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_bookmarks_lead_to_every_chapter_and_annex(printed, content, language):
    made, words, _ = content[language]
    with opened(printed[language]) as pdf, pdf.open_outline() as outline:
        named = [item.title for item in outline.root]
        numbers = [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]
    chapters = [item.title for item in (*made.chapters, *made.annexes)]
    assert named[-len(chapters) :] == [re.sub("[\u2066-\u2069]", "", title) for title in chapters]
    assert words("front", "key_figures") in named
    assert numbers == sorted(numbers)
    assert len(set(numbers[-len(chapters) :])) == len(chapters), "each begins a page"


def test_rows_and_columns_are_headed_and_pictures_are_told(printed, content):
    made, _, _ = content["en"]
    chapters = (*made.chapters, *made.annexes)
    with opened(printed["en"]) as pdf:
        scopes = {scope for cell in elements(pdf, "/TH") for scope in re.findall(r"/Scope\W+(\w+)", repr(cell.A))}
        assert scopes == {"Row", "Column"}
        told = [str(item.Alt) for item in elements(pdf, "/Figure")]
        assert told == [chart.alt for chapter in chapters for chart in chapter.charts]
        captions = len(elements(pdf, "/Caption"))
        assert captions == sum(len(item.charts) + len(item.tables) + len(item.plain) for item in chapters)
        first = next(item for item in elements(pdf, "/Table") if len(elements_of(item, "/TBody")) == 1)
        for row in elements_of(elements_of(first, "/TBody")[0], "/TR")[1:]:
            cells = [str(cell.S) for cell in row.K]
            assert cells[0] == "/TH"
            assert cells[-8:] == ["/TD"] * 8


def elements_of(element: pikepdf.Object, tag: str) -> list[pikepdf.Object]:
    return [item for item in element.K if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag]


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_all_fonts_are_in_the_file(printed, language):
    with opened(printed[language]) as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert len(fonts) >= 2
        for font in fonts:
            assert "IBMPlexSansArabic" in str(font.FontName)
            assert "/FontFile2" in font or "/FontFile3" in font


def test_every_letter_of_kurdish_and_arabic_is_in_the_font():
    sorani = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهھەوۆیێ"
    arabic = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
    assert {*map(ord, sorani + arabic + "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛؟٪٫٬±≤≥−–†‰[]")} <= letters()


def test_a_letter_that_the_font_lacks_is_named():
    with pytest.raises(SurveyError, match=r"cannot draw 漢 \(U\+6F22 CJK UNIFIED IDEOGRAPH-6F22\) in 'Table 漢'"):
        said("Table 漢")


EVIL = [
    "<b>& \"quotes\" 'single'",
    "#panic() $x$ *bold* _it_ @ref <label> \\ `raw` [c] // no",
    "=1+1",
    "a\u202eb\u2067c\x00d\x1fe",
    "W" * 300,
    "- 1. + / term",
]


def test_hostile_words_stay_text(content):
    """Labels are data and never markup; marks of direction go, very long words break."""
    made, words, pictures = content["en"]
    row = tuple(EVIL)
    chapter = made.chapters[0]
    table = replace(made.annexes[-1].plain[0], title=EVIL[1], head=row, rows=(row, row), numeric=frozenset(), notes=row)
    hostile = replace(
        made,
        title=" ".join(EVIL),
        publisher=EVIL[1],
        period=EVIL[3],
        invented=EVIL[1],
        remarks=row,
        marks=((EVIL[1], EVIL[0]),),
        chapters=(replace(chapter, title=EVIL[1], paragraphs=tuple(map(Paragraph, EVIL)), plain=(table,)),),
    )
    with opened(render_printed_report(hostile, words, pictures)) as pdf:
        title = str(pdf.docinfo["/Title"])
        assert EVIL[1] in title
        assert "abc d e" in title
        assert "\u202e" not in title
        with pdf.open_outline() as outline:
            assert EVIL[1] in [item.title for item in outline.root]


def test_only_the_templates_and_the_font_are_read(content, tmp_path, monkeypatch):
    """The report is the same wherever it is made, and leaves nothing behind."""
    made, words, pictures = content["en"]
    (tmp_path / "document.json").write_text("not this one")
    monkeypatch.chdir(tmp_path)
    brief = brief_of(made)
    there = render_brief(brief, made, words, pictures)
    assert [path.name for path in tmp_path.iterdir()] == ["document.json"]
    monkeypatch.undo()
    assert render_brief(brief, made, words, pictures) == there


@pytest.mark.parametrize("language", ["en", "ckb"])
@pytest.mark.parametrize("paragraphs", [1, 2])
def test_a_brief_has_two_pages(content, language, paragraphs):
    made, words, pictures = content[language]
    assert pages(render_brief(brief_of(made, paragraphs), made, words, pictures)) == 2


def test_a_brief_that_is_too_long_is_refused(content):
    made, words, pictures = content["en"]
    with pytest.raises(SurveyError, match="the brief 'women' does not fit two pages; shorten"):
        render_brief(brief_of(made, text="too long " * 3000), made, words, pictures)


# --- with the tools of `make test-full` ----------------------------------------------------------------------------


def texts(made: bytes) -> list[str]:
    """The text of each page as poppler extracts it, in the order of the content."""
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True)
    return found.stdout.decode("utf-8").split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060-\u2069\u200e\u200f\u202a-\u202e]+", "", text)


@pytest.mark.full
def test_every_title_stands_on_the_page_that_the_contents_name(printed, content):
    made, _, _ = content["en"]
    chapters = (*made.chapters, *made.annexes)
    found = [squeezed(page) for page in texts(printed["en"])]
    begin = next(
        number
        for number, page in enumerate(found)
        if page.startswith(squeezed(made.reading[0][:20])) or squeezed(made.reading[0]) in page
    )
    contents, body = "".join(found[:begin]), found[begin:]
    titles = [chapter.title for chapter in chapters]
    titles += [f"{item.label}. {item.title}" for chapter in chapters for item in (*chapter.charts, *chapter.tables)]
    titles += [
        f"{item.label}. {item.title}" if item.label else item.title for chapter in chapters for item in chapter.plain
    ]
    assert len(titles) > 20
    for title in titles:
        pages_of = [number for number, page in enumerate(body, begin + 1) if squeezed(title) in page]
        named = re.findall(re.escape(squeezed(title)) + r"\.*(\d+?)(?=\D|$)", contents)
        assert any(int(number) in pages_of for number in named), title
    for number, page in enumerate(found[1:], 2):
        assert f"Page{number}of{len(found)}" in page
        assert "Inventeddata" in page, "on every page"


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
@pytest.mark.parametrize("what", ["report", "brief"])
def test_checkers_find_no_error(printed, content, tmp_path, language, what):
    made, words, pictures = content[language]
    file = tmp_path / f"{what}.pdf"
    file.write_bytes(printed[language] if what == "report" else render_brief(brief_of(made), made, words, pictures))
    told = subprocess.run([*OUTLOUD, file, "--quiet"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, subprocess.run([*OUTLOUD, file], capture_output=True, text=True, check=False).stdout
    told = subprocess.run(
        [*PDFUA, "check", "--min-severity", "error", file], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert all(line.split()[-5] == "yes" for line in fonts)


def rows_of(made: bytes) -> list[list[tuple[str, float]]]:
    """Characters of a page that stand on one line of print, from left to right, spaces left out."""
    lines: dict[tuple[int, float], list[tuple[str, float]]] = {}
    for number, page in enumerate(pymupdf_pages(made)):
        for char in page:
            lines.setdefault((number, round(char["origin"][1], 1)), []).append((char["c"], char["origin"][0]))
    return [sorted(((c, x) for c, x in line if not c.isspace()), key=lambda char: char[1]) for line in lines.values()]


def pymupdf_pages(made: bytes) -> list[list[dict[str, Any]]]:
    import pymupdf

    return [
        [
            char
            for block in page.get_text("rawdict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
            for char in span["chars"]
        ]
        for page in pymupdf.open(stream=made)
    ]


def seen(made: bytes) -> list[str]:
    """Lines of print as the eye meets them from left to right, whatever the order of reading."""
    return ["".join(char for char, _ in row) for row in rows_of(made)]


@pytest.mark.full
def test_numbers_read_from_left_to_right_inside_arabic(printed, content):
    """By position: lower limit left of the upper, minus left of its number, per cent right of it."""
    made, words, _ = content["ar"]
    lines = "\n".join(seen(printed["ar"]))
    first = made.key_figures[0].figures[-1][1]
    limits = words.range(*(words.quantity(limit, "rate") for limit in (first.lower, first.upper)))
    assert re.fullmatch(r"\d+\.\d%–\d+\.\d%", squeezed(limits)), "Latin digits"
    assert squeezed(limits) in lines
    assert squeezed(limits)[::-1] not in lines
    figures = [row.figures[0] for table in made.chapters[0].tables for group in table.groups for row in group.rows]
    intervals = [squeezed(words.cell(figure, "interval")) for figure in figures if figure.lower is not None]
    assert len(intervals) > 10
    assert all(interval in lines for interval in intervals)


@pytest.mark.full
@pytest.mark.parametrize(("language", "backwards"), [("en", False), ("ar", True), ("ckb", True)])
def test_minus_signs_names_and_decimals_stand_where_they_are_read(content, language, backwards):
    made, words, pictures = content[language]
    numbers = [words.numeral(value, 1) for value in (-1234.5, -0.5, 12.25)]
    mixed = words("survey", "title") + " ICLS-19 (SDG 8.6.1)"
    table = PlainTable("signs", mixed, ("A", "B", "C"), tuple((mixed, n, n) for n in numbers), frozenset({1, 2}))
    short = replace(made, chapters=(Chapter("signs", "Signs", plain=(table,)),), annexes=())
    rows = rows_of(render_printed_report(short, words, pictures))
    drawn = ["".join(char for char, _ in row) for row in rows]
    heads = next(row for row in rows if "".join(char for char, _ in row) in ("ABC", "CBA"))
    assert [char for char, _ in heads] == (["C", "B", "A"] if backwards else ["A", "B", "C"]), "the first column"
    for number in numbers:
        text = squeezed(number.text)
        # Arabic digits run from left to right too; a minus stands before them in the direction of the text.
        expected = text[1:] + "−" if text[0] == "−" and words.number_direction == "rtl" else text
        assert any(expected in line for line in drawn), expected
    assert any("ICLS" in line and "SDG8.6.1" in line for line in drawn)


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_decimals_stand_under_each_other_whatever_marks_stand_beside(content, language):
    made, words, pictures = content[language]
    whole = made.chapters[0].tables[0]
    shown = [row for row in whole.groups[0].rows if row.figures[-1].shown][:3]
    assert len(shown) == 3
    rows = tuple(
        replace(row, figures=tuple(replace(figure, value=value, mark=mark) for figure in row.figures))
        for row, value, mark in zip(shown, (1.234, 7.567, 9.876), ("", "u", "e"), strict=True)
    )
    table = replace(whole, groups=(replace(whole.groups[0], rows=rows),))
    short = replace(made, chapters=(Chapter("marked", "Marks", tables=(table,)),), annexes=())
    lines = rows_of(render_printed_report(short, words, pictures))
    places = []
    for row in rows:
        written = squeezed(words.cell(row.figures[0], "value"))
        drawn, line = next(
            (text, line) for line in lines if written in (text := "".join(char for char, _ in line)) and len(text) > 40
        )
        for found in re.finditer(re.escape(written), drawn):
            places.append(line[found.start() + len(written) - 2][1])
    assert len(places) == 2 * len(rows), "in both periods"
    for column in (sorted(places)[:3], sorted(places)[3:]):
        assert column[-1] - column[0] < 0.6, "points; bold digits differ a little"


@pytest.mark.full
def test_every_letter_is_drawn_and_can_be_read_again(content):
    """Each Sorani letter in a word of its own and between others; nothing is a box, nothing is lost."""
    made, words, pictures = content["ckb"]
    alphabet = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهھەوۆیێ"
    text = " ".join([*alphabet, *(f"ب{letter}ب" for letter in alphabet)])
    short = replace(made, chapters=(Chapter("letters", "پیت", (Paragraph(text),)),), annexes=())
    file = render_printed_report(short, words, pictures)
    read = squeezed("".join(texts(file)))
    assert set(alphabet) <= set(read)
    assert "\ufffd" not in read
    with opened(file) as pdf:
        assert b".notdef" not in b"".join(page.Contents.read_bytes() for page in pdf.pages)
