"""config/published/<round>.csv: official figures to be compared with, each with its source, standard and vintage."""

import csv
from pathlib import Path
from typing import Any

from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import shown

_NEEDED = ("round", "indicator", "breakdown", "value", "standard", "source", "vintage")


def read_official(folder: Path) -> tuple[dict[str, Any], ...]:
    """The rows of every file in config/published, by round: text as it stands, `value` a number (a fraction for rates).

    A survey without the folder has none. Raises SurveyError where a column is missing or a value is no number.
    """
    rows: list[dict[str, Any]] = []
    for path in sorted((Path(folder) / "config/published").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := [name for name in _NEEDED if name not in (reader.fieldnames or ())]:
                raise SurveyError(f"{shown(path)}: column {', '.join(missing)} is missing")
            for row in reader:
                rows.append({**row, "value": _number(row["value"], path, reader.line_num)})
    return tuple(rows)


def _number(text: str, path: Path, line: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise SurveyError(f"{shown(path)}, line {line}, value: '{text}' is no number") from None
