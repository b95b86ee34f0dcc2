"""`python -m benchmarks`: time and memory, printed and written to benchmarks/latest.json, a part after the other."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lfs.metadata import load_survey

REPOSITORY = Path(__file__).parents[1]
LATEST = REPOSITORY / "benchmarks/latest.json"
HOUSEHOLDS = 16_400


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=list(PARTS), help="leave the other parts as they were last measured"
    )
    for part in parser.parse_args().only or PARTS:
        on, begin = machine(), time.perf_counter()
        found = on | PARTS[part]()
        found["took_seconds"] = round(time.perf_counter() - begin)
        print(json.dumps({part: found}, indent=2), flush=True)
        # Read again each time, and written after each part, which may take an hour.
        whole = json.loads(LATEST.read_text()) if LATEST.exists() else {}
        LATEST.write_text(json.dumps(whole | {part: found}, indent=2) + "\n")


# Each part imports what it needs by itself: svy and polars, which the pipeline does not need, are for two of them.


def full_set() -> dict:
    from benchmarks.peers import compare

    return compare(load_survey(REPOSITORY), HOUSEHOLDS)


def full_set_calibrated() -> dict:
    from benchmarks.peers import compare_calibrated

    return compare_calibrated(load_survey(REPOSITORY), HOUSEHOLDS)


def calibration(households: int) -> dict:
    from benchmarks.calibration import compare

    return compare(households)


def large() -> dict:
    from benchmarks.large import measure

    return measure()["large"]


def replicates() -> dict:
    from benchmarks.large import REPLICATED, measure_replicates

    return measure_replicates(REPLICATED)[f"replicates_{REPLICATED}"]


def concepts() -> dict:
    from benchmarks.concepts import measure

    return measure()


def publish() -> dict:
    from benchmarks.publishing import measure

    return measure()


def steps() -> dict:
    from benchmarks.steps import measure

    return {f"{count}_households": measure(REPOSITORY, count) for count in (HOUSEHOLDS, 10 * HOUSEHOLDS)}


PARTS: dict[str, Callable[[], dict]] = {
    "full_set": full_set,
    "full_set_calibrated": full_set_calibrated,
    "calibration_16400": lambda: calibration(16_400),
    "calibration_160000": lambda: calibration(160_000),
    "large": large,
    "replicates_1000000": replicates,
    "concepts_1000000": concepts,
    "publish": publish,
    "steps": steps,
}


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
