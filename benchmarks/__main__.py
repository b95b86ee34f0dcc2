"""`python -m benchmarks`: time and memory, printed and written to benchmarks/latest.json."""

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.steps import measure
from lfs.metadata import load_survey

REPOSITORY = Path(__file__).parents[1]
LATEST = REPOSITORY / "benchmarks/latest.json"
HOUSEHOLDS = 16_400


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=["full_set", "steps"], help="leave the other part as it was last measured")
    only = parser.parse_args().only
    found = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    if only != "steps":
        # Imports svy and polars, which the pipeline itself does not need.
        from benchmarks.peers import compare

        found["full_set"] = machine() | compare(load_survey(REPOSITORY), HOUSEHOLDS)
        print(json.dumps(found["full_set"], indent=2))
    if only != "full_set":
        found["steps"] = machine() | {
            f"{households}_households": measure(REPOSITORY, households) for households in (HOUSEHOLDS, 10 * HOUSEHOLDS)
        }
        print(json.dumps(found["steps"], indent=2))
    LATEST.write_text(json.dumps(found, indent=2) + "\n")


def machine() -> dict:
    """What the figures were measured on: cores, and how busy they were with other work when it began."""
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": sys.version.split()[0],
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
