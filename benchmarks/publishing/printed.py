"""The printed report beside WeasyPrint's of the same content."""

import io
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pikepdf

from benchmarks.publishing.apart import apart
from benchmarks.publishing.edition import edition
from lfs.metadata import load_survey
from lfs.publish.drawing import Pictures
from lfs.publish.pdf import render_printed_report
from lfs.publish.report import render_report

REPEATS = 3
PRINTED = ("en", "ar")


def printed_languages(folder: Path) -> list[str]:
    """Those of PRINTED that the survey is published in."""
    return [each for each in PRINTED if each in load_survey(folder).config.languages]


def pdf_beside_weasyprint(folder: Path, language: str) -> dict:
    """Seconds of the printed report, and of WeasyPrint for the same report's HTML page, once.

    A new process every time: Typst keeps what it has set, so that a second run in one process takes a third of the
    first, and no reader's report is made twice.
    """
    runs = [apart("ours", folder, language) for _ in range(REPEATS)]
    peer = apart("weasyprint", folder, language)
    seconds = [each["seconds"] for each in runs]
    ours = {
        "seconds": statistics.median(seconds),
        "seconds_from_to": [min(seconds), max(seconds)],
        "processor_seconds": statistics.median(each["processor_seconds"] for each in runs),
        "repeats": len(runs),
        "pages": runs[0]["pages"],
        "peak_mib": max(each["peak_mib"] for each in runs),
    }
    return {
        "ours": ours,
        "weasyprint": peer | {"repeats": 1},
        "weasyprint_version": version("weasyprint"),
        "ratio_to_weasyprint": round(peer["seconds"] / ours["seconds"], 2),
        "ratio_to_weasyprint_of_processor": round(peer["processor_seconds"] / ours["processor_seconds"], 2),
    }


def run_ours(folder: Path, language: str) -> dict:
    """The printed report, for the first time in this process; its HTML page is left for the peer."""
    made, words = edition(folder, language)
    pictures = Pictures(words)
    (folder / f"{language}.html").write_bytes(render_report(made, words, pictures))
    return _printed(lambda: render_printed_report(made, words, pictures))


def run_weasyprint(folder: Path, language: str) -> dict:
    """The page by WeasyPrint: minutes."""
    from weasyprint import HTML

    page = (folder / f"{language}.html").read_text(encoding="utf-8")
    return _printed(lambda: HTML(string=page).write_pdf())


def _printed(make: Callable[[], bytes]) -> dict:
    begin, used = time.perf_counter(), time.process_time()
    printed = make()
    seconds, processor = time.perf_counter() - begin, time.process_time() - used
    return {"seconds": round(seconds, 3), "processor_seconds": round(processor, 3), "pages": _pages(printed)}


def _pages(printed: bytes) -> int:
    with pikepdf.open(io.BytesIO(printed)) as file:
        return len(file.pages)
