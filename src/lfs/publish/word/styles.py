"""Styles, page, running heads and properties of the Word document."""

import re

from docx.document import Document as Package
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from lfs.publish.content import CREATED, Document
from lfs.publish.drawing import style
from lfs.publish.word.markup import NAMESPACE, Markup
from lfs.publish.words import Words

FONT = "Arial"
"""It has the letters of Arabic and Sorani, and stands on every machine that has Word."""
INK, WARNING, SOFT = (RGBColor.from_string(each[1:].upper()) for each in (style.INK, style.WARNING, style.SOFT))
ACCENT = RGBColor(0x0B, 0x4F, 0x79)
PAGE, PAGES = "\ue000", "\ue001"
"""Where the number of the page and of all pages stand in the words of the language."""
TABLE = """<w:style xmlns:w="{namespace}" w:type="table" w:customStyle="1" w:styleId="LfsTable">
<w:name w:val="LFS Table"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="1C1C1C"/><w:bottom w:val="single" w:sz="8" w:color="1C1C1C"/>
<w:insideH w:val="single" w:sz="2" w:color="D0D0D0"/></w:tblBorders><w:tblCellMar><w:left w:w="40" w:type="dxa"/>
<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="1C1C1C"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def prepare(package: Package, document: Document, words: Words) -> None:
    """Page of A4, styles in the direction of reading, running head and foot, properties with a fixed date."""
    _page(package, document, words)
    styles = package.styles
    styles.element.append(parse_xml(TABLE.format(namespace=NAMESPACE)))
    normal = styles["Normal"]
    _font(normal, 10)
    _style(package, "Title", 24, bold=True, colour=ACCENT, after=4)
    _style(package, "Subtitle", 14, colour=SOFT, after=4)
    _style(package, "Body Text", 10, after=6)
    _style(
        package, "Heading 1", 16, bold=True, colour=ACCENT, before=0, after=8
    ).paragraph_format.page_break_before = True
    _style(package, "Heading 2", 13, bold=True, colour=ACCENT, before=10, after=4)
    _style(package, "Caption", 10, bold=True, colour=INK, before=12, after=3).paragraph_format.keep_with_next = True
    _style(package, "LfsCell", 7, after=1, before=1, name="LFS Cell")
    _style(package, "LfsNote", 8, colour=SOFT, after=10, before=2, name="LFS Note")
    _style(package, "LfsSmall", 9, colour=SOFT, after=4, name="LFS Small")
    _style(package, "LfsWarning", 10, bold=True, colour=WARNING, after=6, name="LFS Warning")
    _style(package, "LfsTerm", 10, bold=True, before=8, after=0, name="LFS Term").paragraph_format.keep_with_next = True
    contents = _style(package, "LfsContents", 10, after=3, name="LFS Contents")
    contents.paragraph_format.tab_stops.add_tab_stop(Cm(17), leader=1, alignment=2)
    properties = package.core_properties
    properties.title, properties.author, properties.language = document.title, document.publisher, document.language
    properties.created = properties.modified = CREATED
    properties.comments = properties.last_modified_by = ""


def _page(package: Package, document: Document, words: Words) -> None:
    section = package.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
    markup = Markup(document.language, words.direction == "rtl")
    if markup.rtl:
        section._sectPr.append(section._sectPr.makeelement(qn("w:bidi"), {}))
    head = " – ".join(
        filter(None, [document.title, document.period, words("invented", "mark") if document.invented else ""])
    )
    for part, text, extra in ((section.header, head, ""), (section.footer, "", _pages(markup, words))):
        for paragraph in list(part.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        xml = markup.paragraph(text, "LfsSmall").replace("<w:p>", f'<w:p xmlns:w="{NAMESPACE}">', 1)
        part._element.append(parse_xml(xml.replace("</w:p>", f"{extra}</w:p>")))


def _pages(markup: Markup, words: Words) -> str:
    """ "Page 1 of 9", its numbers fields that Word works out."""
    fields = {PAGE: markup.field("PAGE", "1"), PAGES: markup.field("NUMPAGES", "1")}
    parts = re.split(f"([{PAGE}{PAGES}])", words("pdf", "page", page=PAGE, pages=PAGES))
    return "".join(fields.get(part) or markup.runs(part) for part in parts if part)


def _style(
    package: Package,
    key: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    name: str = "",
) -> ParagraphStyle:
    styles = package.styles
    if name:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.element.set(qn("w:styleId"), key)
    else:
        made = styles[key]
    _font(made, size, bold=bold, colour=colour)
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    return made


def _font(style: ParagraphStyle, size: float, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    """Size, weight and letters, for scripts written from right to left too."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    if colour is not None:
        style.font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(attribute), None)
    for tag, value in (("w:szCs", str(int(2 * size))), ("w:bCs", "1" if bold else "0"), ("w:iCs", "0")):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = properties.makeelement(qn(tag), {qn("w:val"): value})
        properties.append(element)
