"""Surveys run from a copy of their declared files, with the delivered files placed as their README says."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from lfs.__main__ import main
from lfs.metadata import load_survey

ROOT = Path(__file__).parents[2]
PROCESSED = Path("data/processed")


@dataclass(frozen=True)
class Run:
    """What a survey's run has left in its folder."""

    folder: Path

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / PROCESSED / f"{name}.parquet")

    def estimate(self, round: str, indicator: str, standard: str = "national", **cell: str) -> pd.Series:
        """The one row of the estimates with this cell; variables that are not named read total."""
        table = self.table("estimates")
        variables = load_survey(self.folder).breakdown_variables
        wanted = (table["round"] == round) & (table["indicator"] == indicator) & (table["standard"] == standard)
        for variable in variables:
            wanted &= table[variable] == cell.get(variable, "total")
        assert wanted.sum() == 1, f"{wanted.sum()} rows for {round} {indicator} {standard} {cell}"
        return table[wanted].iloc[0]


@pytest.fixture(scope="session")
def verb() -> Callable[..., None]:
    """Type one verb in the survey's folder, as the workflow does."""

    def type_in(folder: Path, *words: str | Path) -> None:
        before = Path.cwd()
        os.chdir(folder)
        try:
            assert main([str(word) for word in words]) == 0, f"{words[0]} failed in {folder.name}"
        finally:
            os.chdir(before)

    return type_in


@pytest.fixture(scope="session")
def run(verb: Callable[..., None]) -> Callable[..., Run]:
    """Every verb from raw files to report, in the order of the workflow; of all rounds or only some."""

    def whole_line(folder: Path, *only: str) -> Run:
        rounds = list(only or dict.fromkeys(row.round for row in load_survey(folder).rounds))
        quality = []
        for round in rounds:
            names = ("answers", "selected", "derived", "people", "calibration", "estimates")
            answers, selected, derived, people, calibration, estimates = (
                PROCESSED / name / f"{round}.parquet" for name in names
            )
            steps = ("harmonise", "derive", "weight", "estimate")
            checks = [PROCESSED / f"quality/{step}_{round}.parquet" for step in steps]
            verb(folder, "harmonise", round, answers, selected, checks[0])
            verb(folder, "derive", answers, derived, checks[1])
            verb(folder, "weight", derived, selected, people, calibration, checks[2])
            verb(folder, "estimate", people, calibration, estimates, checks[3])
            quality += checks
        joined = [PROCESSED / name for name in ("estimates.parquet", "estimates.csv", "quality.parquet")]
        by_round = [PROCESSED / f"estimates/{round}.parquet" for round in rounds]
        verb(folder, "join", *joined, "--estimates", *by_round, "--quality", *quality)
        published = [PROCESSED / name for name in ("published.parquet", "published.csv", "published_quality.parquet")]
        verb(folder, "protect", joined[0], joined[2], *published)
        verb(folder, "publish", "en", published[0], published[2], "reports/en/report.html", "reports/en/tables.xlsx")
        return Run(folder)

    return whole_line


@pytest.fixture(scope="session")
def snakemake() -> Callable[[Path], Run]:
    """The workflow itself, as `snakemake --directory FOLDER` typed beside the Snakefile."""

    def type_in(folder: Path) -> Run:
        command = [sys.executable, "-m", "snakemake", "--directory", str(folder), "--quiet", "rules"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return Run(folder)

    return type_in


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, reference_data: Path) -> Callable[..., Path]:
    """A copy of an example with its delivered files in data/raw, unzipped where they come as zip files."""

    def into_copy(example: str, *files: str) -> Path:
        folder = tmp_path_factory.mktemp(example)
        shutil.copytree(ROOT / "examples" / example / "config", folder / "config")
        raw = folder / "data/raw"
        raw.mkdir(parents=True)
        for file in files:
            if file.endswith(".zip"):
                with zipfile.ZipFile(reference_data / file) as archive:
                    archive.extractall(raw)
            else:
                shutil.copy(reference_data / file, raw)
        return folder

    return into_copy
