"""Each side in a process of its own, the answer as JSON."""

import json
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def apart(what: str, folder: Path, language: str) -> dict:
    words = [sys.executable, "-m", "benchmarks.publishing", what, str(folder), language]
    return json.loads(subprocess.run(words, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True).stdout)
