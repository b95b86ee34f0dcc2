"""Run the workflow and its verbs in a copy of the repository, as a person would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def command(folder: Path, *words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        preexec_fn=before,
    )


def environment(folder: Path) -> dict[str, str]:
    """The copy's own library, not the one that is installed."""
    return os.environ | {"PYTHONPATH": str(folder / "src")}


def snakemake(folder: Path, *words: str, **more: Callable[[], None]) -> subprocess.CompletedProcess[str]:
    result = command(folder, "snakemake", *words, **more)
    result.stdout += result.stderr
    return result


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
