"""Time and peak memory of each verb of the pipeline, in a temporary copy of the survey's folder."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from lfs.metadata import load_survey

TABLES = "data/processed"
MIB = 1024 if sys.platform.startswith("linux") else 1024**2
MAKERS_OF_QUALITY = ("harmonise", "derive", "weight", "estimate")
WEIGHED = ("derived", "selected", "people", "calibration")
ESTIMATED = ("people", "calibration", "estimates")
PROTECTED = (
    "estimates.parquet",
    "quality.parquet",
    "published.parquet",
    "published.csv",
    "published_quality.parquet",
)


class Run(NamedTuple):
    """Of one verb in a process of its own: time on the clock, time of the processor, most memory held."""

    seconds: float
    processor_seconds: float
    peak_mib: float


def measure(survey_folder: Path, households: int) -> dict:
    """Seconds and peak memory (MiB) of each verb for its rounds at `households` selected a round, and of all."""
    with tempfile.TemporaryDirectory() as name:
        copied_survey(survey_folder, Path(name), households)
        return measure_steps(Path(name))


def copied_survey(survey_folder: Path, folder: Path, households: int) -> None:
    """The survey's config/ in another folder, with `households` selected a round."""
    shutil.copytree(survey_folder / "config", folder / "config")
    config = folder / "config/config.yaml"
    config.write_text(re.sub(r"(?m)^(  households:) \d+", rf"\1 {households}", config.read_text()))


def measure_steps(folder: Path, until: str = "publish") -> dict:
    """The same in a folder that is kept, up to and with the verb `until`."""
    survey = load_survey(folder)
    rounds = list(dict.fromkeys(delivery.round for delivery in survey.rounds))
    verbs: dict[str, list[list[str]]] = {
        "synthesise": [["synthesise", each.round, each.file] for each in survey.rounds if each.synthetic],
        "harmonise": [
            ["harmonise", each, _of("answers", each), _of("selected", each), _quality("harmonise", each)]
            for each in rounds
        ],
        "derive": [["derive", _of("answers", each), _of("derived", each), _quality("derive", each)] for each in rounds],
        "weight": [["weight", *(_of(name, each) for name in WEIGHED), _quality("weight", each)] for each in rounds],
        "estimate": [
            ["estimate", *(_of(name, each) for name in ESTIMATED), _quality("estimate", each)] for each in rounds
        ],
        "join": [
            [
                *("join", *(f"{TABLES}/{file}" for file in ("estimates.parquet", "estimates.csv", "quality.parquet"))),
                *("--estimates", *(_of("estimates", each) for each in rounds)),
                *("--quality", *(_quality(step, each) for step in MAKERS_OF_QUALITY for each in rounds)),
            ]
        ],
        "protect": [["protect", *(f"{TABLES}/{file}" for file in PROTECTED)]],
        "publish": [
            ["publish", each, f"{TABLES}/published.parquet", f"{TABLES}/published_quality.parquet"]
            + [f"reports/{each}/{file}" for file in survey.report.files]
            for each in survey.config.languages
        ],
    }
    steps = {}
    for verb in list(verbs)[: list(verbs).index(until) + 1]:
        calls = verbs[verb]
        runs = [run(words, folder) for words in calls]
        steps[verb] = {
            "runs": len(runs),
            "seconds": round(sum(each.seconds for each in runs), 2),
            "peak_mib": round(max(each.peak_mib for each in runs)),
        }
    total = round(sum(step["seconds"] for step in steps.values()), 2)
    return {"steps": steps, "seconds": total, "peak_mib": max(step["peak_mib"] for step in steps.values())}


def run(words: list[str], folder: Path) -> Run:
    """One verb in a process of its own, with the start of Python."""
    begin = time.perf_counter()
    # A parent for each, so that the children's peak is that of this verb alone.
    code = (
        "import resource, subprocess, sys; "
        "done = subprocess.run([sys.executable, '-m', 'lfs', *sys.argv[1:]]); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss); sys.exit(done.returncode)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=folder, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"python -m lfs {' '.join(words)} ended with {done.returncode}")
    processor, peak = done.stdout.split()[-2:]
    return Run(seconds, float(processor), int(peak) / MIB)


def _of(table: str, round_name: str) -> str:
    return f"{TABLES}/{table}/{round_name}.parquet"


def _quality(step: str, round_name: str) -> str:
    return f"{TABLES}/quality/{step}_{round_name}.parquet"
