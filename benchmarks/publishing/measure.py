"""Everything that is measured of the publishing stage."""

import shutil
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.publishing.apart import REPOSITORY, apart
from benchmarks.publishing.printed import pdf_beside_weasyprint, printed_languages
from benchmarks.publishing.stage import AT_ONCE, READ, formats, stage
from benchmarks.steps import TABLES, copied_survey, measure_steps

SMALL, STAGES = 1_600, 3


def measure(survey_folder: Path = REPOSITORY, households: int = SMALL, stages: int = STAGES) -> dict:
    """Seconds and memory of the whole stage, of each format alone, and of ours beside those of others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        finished = all((survey_folder / TABLES / file).exists() for file in READ)
        source = f"the finished run in {TABLES}" if finished else f"a run made of {households} households a round"
        copied_survey(survey_folder, folder, households)
        if finished:
            (folder / TABLES).mkdir(parents=True)
            for file in READ:
                shutil.copy(survey_folder / TABLES / file, folder / TABLES / file)
        else:
            measure_steps(folder, until="protect")
        found = {
            "source": source,
            "rows_published": len(pd.read_parquet(folder / TABLES / READ[0])),
            "stage": stage(folder, stages),
            "formats": formats(folder),
        }
        found["pdf"] = {each: pdf_beside_weasyprint(folder, each) for each in printed_languages(folder)}
        found["html_tables"] = apart("tables", folder, "en")
    return found | {"what": WHAT}


WHAT = {
    "stage": f"jobs of the verbs publish and explorer, as the workflow cuts them, {AT_ONCE} at a time, each with the "
    "start of Python; without Snakemake's own time. seconds: the median; peak_mib: the largest job, and the sum of "
    f"the largest {AT_ONCE}, which is more than was ever held at once",
    "formats": "the verb with one file: start of Python, reading, content, charts and writing. English; one run each",
    "pdf": "ours: from the document to a tagged PDF (PDF/UA-1, PDF/A-2a). WeasyPrint: write_pdf() of our report.html, "
    "which holds the same content, without tags; making the page is not timed. Charts are drawn before, for both; "
    "every run in a new process",
    "html_tables": "every table of estimates in the report's chapters. ours: the macro, which writes the numbers, "
    "captions, notes and directions too. great_tables: GT().as_raw_html() with row groups, stub, spanners, labels, "
    "header and notes of the same tables; of_texts: figures already written as texts, untimed; of_numbers: it "
    "writes the numbers and joins the limits itself. Both hold the same figures, which is checked",
}
