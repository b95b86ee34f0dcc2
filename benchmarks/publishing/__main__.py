"""One side, by its name, folder and language: started by `apart`."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.publishing.printed import run_ours, run_weasyprint
from benchmarks.publishing.tables import run_tables
from benchmarks.steps import MIB

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
