"""Do 95% limits cover the truth in 95 of 100 samples?  `python -m benchmarks.coverage` draws a thousand and counts."""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.coverage_report import write_report
from benchmarks.coverage_run import Results, marked_anew, run
from benchmarks.coverage_samples import prepare
from lfs.metadata import load_survey

HERE = Path(__file__).parent


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--samples", type=int, default=1000)
    given.add_argument("--processes", type=int, default=2)
    given.add_argument("--keep", type=Path, help="folder for every sample's figures, to be read again by --from")
    given.add_argument(
        "--from", dest="kept", type=Path, help="no new samples: those that --keep wrote, marked by today's config.yaml"
    )
    asked = given.parse_args()
    survey = load_survey(HERE.parent)
    begin = time.perf_counter()
    if asked.kept:
        results = marked_anew(read_results(asked.kept), survey)
    else:
        results = run(prepare(survey), asked.samples, asked.processes)
        if asked.keep:
            keep_results(results, asked.keep)
    minutes = (time.perf_counter() - begin) / 60
    print(f"{results.samples} samples, {len(results.rows)} figures, {minutes:.1f} minutes")
    print(write_report(results, survey, HERE.parent / "docs/coverage.md", HERE / "coverage.json"))


def keep_results(results: Results, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    results.rows.to_parquet(folder / "rows.parquet")
    np.savez_compressed(folder / "samples.npz", **results.arrays)


def read_results(folder: Path) -> Results:
    with np.load(folder / "samples.npz") as arrays:
        return Results(pd.read_parquet(folder / "rows.parquet"), dict(arrays))


if __name__ == "__main__":
    main()
