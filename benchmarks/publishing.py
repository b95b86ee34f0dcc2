"""The publishing stage, alone and beside WeasyPrint and great_tables: `python -m benchmarks --only publish`.

The published tables are those of the last run in data/processed where there is one, else of a small run made for this.
Charts are drawn before anything is compared, for both sides; every side works in a process of its own.
"""

import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pandas as pd
import pikepdf

from benchmarks.steps import MIB, TABLES, Run, copied_survey, measure_steps, run
from lfs.metadata import load_survey
from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.metadata.report import TABLES as WORKED_ON
from lfs.metadata.results_matrix import read_results_matrix
from lfs.publish.content import Document, Table
from lfs.publish.document import Material, document
from lfs.publish.drawing import Pictures
from lfs.publish.figures import Published
from lfs.publish.pdf import render_printed_report
from lfs.publish.publication import periods_of
from lfs.publish.report import render_report, templates
from lfs.publish.words import Words

REPOSITORY = Path(__file__).parents[1]
READ = ("published.parquet", "published_quality.parquet")
SMALL = 1_600
AT_ONCE = 2
STAGES, REPEATS, REPEATS_OF_PEER, REPEATS_OF_PDF = 3, 5, 3, 3
PRINTED = ("en", "ar")
COLUMNS = ("value", "se", "interval", "n")
Made = TypeVar("Made")


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
        found["html_tables"] = _alone("tables", folder, "en")
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


def stage(folder: Path, repeats: int) -> dict:
    """The whole of it, as the workflow would: two jobs a language and the explorer."""
    survey = load_survey(folder)
    languages = survey.config.languages
    jobs = {f"pages_{each}": _publish(each, survey.report.pages) for each in languages}
    jobs |= {f"tables_{each}": _publish(each, WORKED_ON) for each in languages}
    jobs["explorer"] = ["explorer", *_read(), "reports/explorer.html"]
    wall, runs = [], []
    for _ in range(repeats):
        begin = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            runs.append(dict(zip(jobs, pool.map(partial(run, folder=folder), jobs.values()), strict=True)))
        wall.append(time.perf_counter() - begin)
    peaks = sorted((max(each[name].peak_mib for each in runs) for name in jobs), reverse=True)
    return {
        "languages": len(languages),
        "files": len(languages) * len(survey.report.files) + 1,
        "repeats": repeats,
        "seconds": round(statistics.median(wall), 2),
        "seconds_from_to": [round(min(wall), 2), round(max(wall), 2)],
        "processor_seconds": round(
            statistics.median(sum(job.processor_seconds for job in each.values()) for each in runs), 2
        ),
        "peak_mib": round(peaks[0]),
        "peak_mib_at_once": round(sum(peaks[:AT_ONCE])),
        "jobs": {name: _told([each[name] for each in runs]) for name in jobs},
    }


def formats(folder: Path) -> dict:
    """Each file of the English edition by itself; of the briefs one."""
    survey = load_survey(folder)
    briefs = [name for name in survey.report.pages if name.startswith("brief-")]
    alone = [name for name in survey.report.files if name not in briefs[1:]]
    found = {name: _told([run(_publish("en", [name]), folder)]) for name in alone}
    return found | {"explorer.html": _told([run(["explorer", *_read(), "reports/explorer.html"], folder)])}


def printed_languages(folder: Path) -> list[str]:
    """Those of PRINTED that the survey is published in."""
    return [each for each in PRINTED if each in load_survey(folder).config.languages]


def pdf_beside_weasyprint(folder: Path, language: str) -> dict:
    """Seconds of the printed report, and of WeasyPrint for the same report's HTML page, once.

    A new process every time: Typst keeps what it has set, so that a second run in one process takes a third of the
    first, and no reader's report is made twice.
    """
    runs = [_alone("ours", folder, language) for _ in range(REPEATS_OF_PDF)]
    peer = _alone("weasyprint", folder, language)
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


def run_tables(folder: Path, language: str) -> dict:
    """All tables of estimates by the macro and by great_tables, in turn."""
    import great_tables

    made, words = edition(folder, language)
    tables = [table for chapter in (*made.chapters, *made.annexes) for table in chapter.tables]
    texts = [list(_cells(table, words)) for table in tables]
    macro = templates().get_template("macros.html").module.estimates
    frames = [(table, as_texts(table, words), as_numbers(table)) for table in tables]

    def by_macro() -> list[str]:
        return [str(macro(table, words, made.level)) for table in tables]

    def by_texts() -> list[str]:
        return [great_table(great_tables, table, frame, words, made.level) for table, frame, _ in frames]

    def by_numbers() -> list[str]:
        return [great_table(great_tables, table, frame, words, made.level, True) for table, _, frame in frames]

    by_macro(), great_table(great_tables, *frames[0][:2], words, made.level)
    seconds, ours = _times(by_macro, REPEATS)
    peer_seconds, theirs = _times(by_texts, REPEATS_OF_PEER)
    number_seconds, _ = _times(by_numbers, 1)
    for table, cells, one, other in zip(tables, texts, ours, theirs, strict=True):
        lost = [text for text in cells if text not in one or text not in other]
        if lost:
            raise RuntimeError(f"table {table.key}: {len(lost)} figures, such as '{lost[0]}', are not in both tables")
    own, peer, numbers = (statistics.median(each) for each in (seconds, peer_seconds, number_seconds))
    return {
        "tables": len(tables),
        "figures": sum(map(len, texts)),
        "seconds": round(own, 4),
        "milliseconds_a_table": round(1000 * own / len(tables), 2),
        "repeats": REPEATS,
        "great_tables_version": version("great_tables"),
        "great_tables_repeats": REPEATS_OF_PEER,
        "great_tables_of_texts_seconds": round(peer, 3),
        "great_tables_of_numbers_seconds": round(numbers, 3),
        "great_tables_milliseconds_a_table": round(1000 * peer / len(tables), 1),
        "ratio_to_great_tables": round(peer / own, 1),
        "ratio_to_great_tables_of_numbers": round(numbers / own, 1),
    }


def edition(folder: Path, language: str) -> tuple[Document, Words]:
    """The report as data, as the verb publish makes it, and the words of its language."""
    survey = load_survey(folder)
    published, quality = (pd.read_parquet(folder / TABLES / file) for file in READ)
    words = Words(read_labels(folder, language), language, survey.config.currency)
    material = Material(
        published=Published(published, survey),
        quality=quality,
        words=words,
        periods=periods_of(survey, quality, words),
        official=read_official(folder),
        results=read_results_matrix(survey),
        assumptions=read_assumptions(folder),
        version=version("lfs"),
    )
    return document(material), words


def as_texts(table: Table, words: Words) -> pd.DataFrame:
    """One row a line of the table: its group, the words of its stub, and every figure as the report writes it."""
    rows = []
    for group in table.groups:
        for row in group.rows:
            line = {"group": group.title} | {f"stub_{place}": text for place, text in enumerate(row.labels)}
            for place, figure in enumerate(row.figures):
                mark = words("marks", figure.mark, "short") if figure.shown and figure.mark else ""
                line |= {f"{column}_{place}": words.cell(figure, column) for column in COLUMNS}
                line[f"value_{place}"] += mark
            rows.append(line)
    return pd.DataFrame(rows)


def as_numbers(table: Table) -> pd.DataFrame:
    """The same with the figures as numbers, limits apart; what is not shown is missing."""
    rows = []
    for group in table.groups:
        for row in group.rows:
            line: dict[str, object] = {"group": group.title}
            line |= {f"stub_{place}": text for place, text in enumerate(row.labels)}
            for place, figure in enumerate(row.figures):
                for column in ("value", "se", "lower", "upper", "n"):
                    line[f"{column}_{place}"] = getattr(figure, column) if figure.shown else None
            rows.append(line)
    frame = pd.DataFrame(rows)
    numeric = [name for name in frame if name != "group" and not name.startswith("stub_")]
    return frame.astype(dict.fromkeys(numeric, "float64"))


def great_table(
    package: ModuleType, table: Table, frame: pd.DataFrame, words: Words, level: str, numbers: bool = False
) -> str:
    """The table by great_tables: groups, the last stub column as row names, a spanner a round, header and notes."""
    last = len(table.stub) - 1
    made = package.GT(frame, rowname_col=f"stub_{last}", groupname_col="group").tab_header(table.title)
    made = made.tab_stubhead(table.stub[last])
    labels = {f"stub_{place}": name for place, name in enumerate(table.stub[:last])}
    shown = ("value", "se", "lower", "n") if numbers else COLUMNS
    for place, name in enumerate(table.rounds):
        titles = (words("columns", "estimate"), words("columns", "se"))
        titles += (words("columns", "interval", level=level), words("columns", "n"))
        labels |= {f"{column}_{place}": title for column, title in zip(shown, titles, strict=True)}
        if numbers:
            parts = [f"{column}_{place}" for column in ("value", "se", "lower", "upper")]
            made = made.fmt_number(parts, decimals=1).fmt_integer(f"n_{place}")
            made = made.cols_merge_range(f"lower_{place}", f"upper_{place}")
        made = made.tab_spanner(name, columns=[f"{column}_{place}" for column in shown], id=f"round_{place}")
    made = made.cols_label(labels)
    for note in table.notes:
        made = made.tab_source_note(note)
    return made.as_raw_html()


def _cells(table: Table, words: Words) -> Iterator[str]:
    for group in table.groups:
        for row in group.rows:
            for figure in row.figures:
                yield from (words.cell(figure, column) for column in COLUMNS)


def _publish(language: str, files: tuple[str, ...] | list[str]) -> list[str]:
    return ["publish", language, *_read(), *(f"reports/{language}/{file}" for file in files)]


def _read() -> list[str]:
    return [f"{TABLES}/{file}" for file in READ]


def _told(runs: list[Run]) -> dict:
    return {
        "seconds": round(statistics.median(each.seconds for each in runs), 2),
        "processor_seconds": round(statistics.median(each.processor_seconds for each in runs), 2),
        "peak_mib": round(max(each.peak_mib for each in runs)),
    }


def _times(make: Callable[[], Made], repeats: int) -> tuple[list[float], Made]:
    """The seconds of every run, and what the last one made."""
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        made = make()
        seconds.append(time.perf_counter() - begin)
    return seconds, made


def _pages(printed: bytes) -> int:
    with pikepdf.open(io.BytesIO(printed)) as file:
        return len(file.pages)


def _alone(what: str, folder: Path, language: str) -> dict:
    words = [sys.executable, "-m", "benchmarks.publishing", what, str(folder), language]
    return json.loads(subprocess.run(words, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True).stdout)


ALONE: dict[str, Callable[[Path, str], dict]] = {
    "ours": run_ours,
    "weasyprint": run_weasyprint,
    "tables": run_tables,
}


if __name__ == "__main__":
    asked, place, spoken = sys.argv[1:]
    answer = ALONE[asked](Path(place), spoken)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    print(json.dumps(answer | {"peak_mib": round(peak)}))
