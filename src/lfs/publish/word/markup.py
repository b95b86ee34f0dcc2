"""WordprocessingML as text: paragraphs, runs and tables in the direction of reading (ECMA-376, part 1).

Every text is escaped here and nowhere else. Made as text because python-docx, cell by cell, is some fifty times slower.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lfs.publish.bidi import harmless, has_rtl_letters, runs

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TWIPS_ACROSS = 9866
"""Twentieths of a point between the margins of a page of A4."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, whether it is a number (set right), bold, and over how many columns it reaches."""

    text: str
    number: bool = False
    bold: bool = False
    columns: int = 1


@dataclass(frozen=True)
class Markup:
    """Writes paragraphs and tables of one language."""

    language: str
    rtl: bool

    def paragraph(self, text: str, style: str, *, bookmark: str = "", bold: bool = False) -> str:
        """A paragraph of a style; a bookmark is what links lead to."""
        inner = self.runs(text, bold=bold)
        if bookmark:
            number = hash_of(bookmark)
            begins = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(bookmark)}/>'
            inner = f'{begins}{inner}<w:bookmarkEnd w:id="{number}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{self._bidi}</w:pPr>{inner}</w:p>'

    def link(self, text: str, target: str, style: str) -> str:
        """A line of the contents that leads to a bookmark, the page of which stands at its end."""
        field = self.field(f"PAGEREF {target} \\h", " ")
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{self._bidi}</w:pPr><w:hyperlink w:anchor={quoteattr(target)} '
            f'w:history="1">{self.runs(text)}<w:r><w:tab/></w:r>{field}</w:hyperlink></w:p>'
        )

    def field(self, code: str, shown: str) -> str:
        """A field that Word works out when the document is opened or printed."""
        char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        told = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        begin = char.replace("/>", ' w:dirty="true"/>').format("begin")
        return f"{begin}{told}{char.format('separate')}<w:r><w:t>{shown}</w:t></w:r>{char.format('end')}"

    def runs(self, text: str, *, bold: bool = False) -> str:
        """The text as runs: those that are read from right to left say so, isolated numbers keep their direction."""
        return "".join(
            self._run(part, direction, bold=bold) for part, direction in runs(harmless(_FORBIDDEN.sub("", text)))
        )

    def _run(self, text: str, direction: str | None, *, bold: bool) -> str:
        rtl = self.rtl and (direction == "rtl" or (direction is None and (has_rtl_letters(text) or not _latin(text))))
        weight = "<w:b/><w:bCs/>" if bold else ""
        reading = f'<w:rtl/><w:lang w:bidi="{self.language}"/>' if rtl else ""
        inside = f"<w:rPr>{weight}{reading}</w:rPr>" if weight or reading else ""
        return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    @property
    def _bidi(self) -> str:
        return "<w:bidi/>" if self.rtl else ""

    def table(self, title: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> str:
        """A table with one header row that every page repeats; `widths` are shares of the width between the margins."""
        whole = sum(widths)
        across = [round(TWIPS_ACROSS * width / whole) for width in widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in across)
        visual = "<w:bidiVisual/>" if self.rtl else ""
        lines = [self._row(head, across, header=True), *(self._row(row, across, header=False) for row in rows)]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="LfsTable"/>{visual}<w:tblW w:w="{sum(across)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={quoteattr(title)}/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def _row(self, cells: Sequence[Cell], across: Sequence[int], *, header: bool) -> str:
        kind = "<w:tblHeader/>" if header else ""
        made, at = [], 0
        for cell in cells:
            width = sum(across[at : at + cell.columns])
            at += cell.columns
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            # A number is set right in either direction of reading, so that decimals stand below each other.
            placed = '<w:jc w:val="right"/>' if cell.number else self._bidi
            inner = self.runs(cell.text, bold=header or cell.bold)
            keep = "<w:keepNext/>" if cell.columns > 1 else ""
            made.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr><w:p><w:pPr>'
                f'<w:pStyle w:val="LfsCell"/>{keep}{placed}</w:pPr>{inner}</w:p></w:tc>'
            )
        return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{''.join(made)}</w:tr>"


def hash_of(text: str) -> int:
    """A number for a bookmark, the same in every run."""
    number = 7
    for letter in text:
        number = (31 * number + ord(letter)) % 2_000_000_011
    return number


def _latin(text: str) -> bool:
    return bool(re.search("[A-Za-z]", text))
