"""All concepts of a million persons: `python -m benchmarks.concepts [PERSONS]`.

The answers are those of the invented survey, its households repeated under new names until there are enough persons.
Two processes of their own read the columns of the answers from the same Parquet file; one then derives every concept
from them. Reading is the measure: nothing that needs these columns can be faster.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.steps import MIB, copied_survey, run
from lfs.derive import derive
from lfs.metadata import Survey, load_survey

REPOSITORY = Path(__file__).parents[1]
PERSONS = 1_000_000
HOUSEHOLDS = 16_400


def measure(persons: int = PERSONS) -> dict:
    """Seconds and peak memory of reading the answers, and of reading and deriving; how many times the reading."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied_survey(REPOSITORY, folder, HOUSEHOLDS)
        path = folder / "answers.parquet"
        columns = repeated(_answers(folder), persons, path)
        read, derived = _alone("read", folder), _alone("derive", folder)
    return {
        "persons": persons,
        "columns_read": columns,
        "columns_made": derived["columns"],
        "seconds_of_reading": read["seconds"],
        "peak_mib_of_reading": read["peak_mib"],
        "seconds_of_concepts": derived["seconds"],
        "peak_mib_of_concepts": derived["peak_mib"],
        "times_the_reading": round(derived["seconds"] / read["seconds"], 2),
    }


def repeated(answers: pd.DataFrame, persons: int, path: Path) -> int:
    """Writes the answers as often as it takes, households and persons under new names; how many columns they have."""
    copies = -(-persons // len(answers))
    parts = []
    for copy in range(copies):
        part = answers.copy()
        for name in ("household", "person"):
            part[name] = part[name] + f"-{copy}"
        parts.append(part)
    pd.concat(parts, ignore_index=True).iloc[:persons].to_parquet(path, index=False)
    return len(answers.columns)


def _answers(folder: Path) -> pd.DataFrame:
    survey = load_survey(folder)
    delivered = [row for row in survey.rounds if row.round == survey.round_names[-1]]
    for row in delivered:
        run(["synthesise", row.round, row.file], folder)
    made = [f"data/processed/{name}.parquet" for name in ("answers", "selected", "quality")]
    run(["harmonise", delivered[0].round, *made], folder)
    return pd.read_parquet(folder / made[0])


def _alone(what: str, folder: Path) -> dict:
    words = [sys.executable, "-m", "benchmarks.concepts", f"--{what}", str(folder)]
    return json.loads(subprocess.run(words, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout)


def _measured(what: str, folder: Path) -> dict:
    survey: Survey = load_survey(folder)
    begin = time.perf_counter()
    answers = pd.read_parquet(folder / "answers.parquet")
    read = time.perf_counter()
    made = len(derive(answers, survey)[0].columns) - len(answers.columns) if what == "derive" else 0
    seconds = time.perf_counter() - read if what == "derive" else read - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    return {"seconds": round(seconds, 3), "peak_mib": round(peak), "columns": made}


if __name__ == "__main__":
    words = sys.argv[1:]
    if words and words[0] in ("--read", "--derive"):
        print(json.dumps(_measured(words[0][2:], Path(words[1]))))
    else:
        print(json.dumps(measure(*(int(word) for word in words)), indent=2))
