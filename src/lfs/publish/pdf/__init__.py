"""The printed editions: the report and the briefs as PDF, typeset by Typst from the document.

The document is handed to the templates as data, so that no label is ever read as markup; what comes out is tagged for
screen readers (PDF/UA-1) and fit for archives (PDF/A-2a).
"""

from lfs.publish.pdf.brief import render_brief
from lfs.publish.pdf.report import render_printed_report

__all__ = ["render_brief", "render_printed_report"]
