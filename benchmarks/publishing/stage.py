"""The jobs of the stage as the workflow cuts them, and each format by itself."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.steps import TABLES, Run, run
from lfs.metadata import load_survey
from lfs.metadata.report import TABLES as WORKED_ON

READ = ("published.parquet", "published_quality.parquet")
AT_ONCE = 2


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
