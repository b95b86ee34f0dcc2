"""A delivered file as it is handed on: its columns as they are, and what the file says of itself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lfs.metadata import SurveyError
from lfs.metadata.crosswalk import Band
from lfs.metadata.offices import FileFormat
from lfs.metadata.yaml import shown


@dataclass(frozen=True)
class Missing:
    """Values of a column that the file itself declares missing."""

    codes: frozenset[str] = frozenset()
    ranges: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """One file as delivered.

    `columns` names all its columns; `rows` holds those that were asked for, texts (str) and numbers. Stata's extended
    missing values are ".a" to ".z".
    """

    path: Path
    columns: tuple[str, ...]
    rows: pd.DataFrame
    encoding: str
    sha256: str
    missing: dict[str, Missing] = field(default_factory=dict)


def folded_names(path: Path, names: Iterable[str], how: FileFormat) -> dict[str, str]:
    """Name of each column in the case the office asked for: its name in the file."""
    fold = {"lower": str.lower, "upper": str.upper}.get(how.columns or "as_is", str)
    folded: dict[str, str] = {}
    for name in names:
        if fold(name) in folded:
            raise SurveyError(f"{shown(path)}: two columns are called {fold(name)}.")
        folded[fold(name)] = name
    return folded


def chosen_names(folded: dict[str, str], needed: Collection[str] | None) -> dict[str, str]:
    """The needed columns only; those that the file lacks are left out."""
    return folded if needed is None else {name: folded[name] for name in folded if name in set(needed)}
