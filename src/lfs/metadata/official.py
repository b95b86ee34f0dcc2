"""config/published/<round>.csv: official figures to be compared with, each with its source, standard and vintage."""

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from lfs.metadata.csv_rows import read_csv_rows
from lfs.metadata.errors import SurveyError
from lfs.metadata.report import declared_names
from lfs.metadata.variables import TOTAL, Standard
from lfs.metadata.yaml import nearest, shown

if TYPE_CHECKING:
    from lfs.metadata.survey import Survey

_NEEDED = ("round", "indicator", "breakdown", "value", "standard", "source", "vintage")
_MAY_BE = ("decimals", "target", "reason", "may_lack")
_TARGETS = ("", "yes", "no", "never")
STANDARDS = ("ilostat", *get_args(Standard))
PER_CENT_FROM = 5
"""A rate above it is in per cent; ratios of people to others, such as dependency, may lie above one."""


def read_official(folder: Path) -> tuple[dict[str, Any], ...]:
    """The rows of every file in config/published, by round: text as it stands, `value` a number (a fraction for rates).

    A survey without the folder has none. Raises SurveyError where a column is missing or a value is no number.
    """
    return tuple(row for _, row in _numbered(Path(folder)))


def official_problems(survey: "Survey") -> list[str]:
    """One line for each name, code or number in config/published that nothing could be compared with.

    What the survey declares unavailable may be named, and what it lacks for a `reason` that is given. Raises
    SurveyError where a file cannot be read.
    """
    names = {what: declared_names(survey.folder, f"{what}s.yaml") for what in ("indicator", "breakdown", "variable")}
    known = {*_NEEDED, *_MAY_BE, *survey.variables, *names["variable"]}
    problems: list[str] = []
    columns: dict[Path, dict[str, None]] = {}
    for (path, line), row in _numbered(survey.folder):
        columns[path] = dict.fromkeys(row)
        problems += [f"{shown(path)}, line {line}, {text}" for text in _problems(row, names, survey)]
    heads = [
        f"{shown(path)}: no variable is called '{name}'{nearest(name, known)}"
        for path, named in columns.items()
        for name in named
        if name not in known
    ]
    return heads + problems


def is_per_cent(value: float, indicator: str, survey: "Survey") -> bool:
    """Whether a number that is to be a fraction can only be meant in per cent."""
    declared = survey.indicators.get(indicator)
    return declared is not None and declared.unit in ("rate", "points") and abs(value) > PER_CENT_FROM


def _numbered(folder: Path) -> Iterator[tuple[tuple[Path, int], dict[str, Any]]]:
    """File, line and row of every official figure."""
    for path in sorted((folder / "config/published").glob("*.csv")):
        read = read_csv_rows(path)
        if missing := [name for name in _NEEDED if name not in read.columns]:
            raise SurveyError(f"{shown(path)}: column {', '.join(missing)} is missing")
        for line, row in read.rows:
            yield (path, line), {**row, "value": _number(row["value"], path, line)}


def _problems(row: Mapping[str, Any], names: Mapping[str, frozenset[str]], survey: "Survey") -> Iterator[str]:
    """What is wrong in one row, each with its column."""
    for column in ("indicator", "breakdown"):
        if row[column] not in names[column] and not row.get("reason"):
            near = nearest(row[column], names[column])
            yield f"{column}: no {column} is called '{row[column]}'{near}. Mend it, or say in reason why there is none"
    if row["round"] not in survey.round_names:
        yield f"round: rounds.csv has no round '{row['round']}'{nearest(row['round'], survey.round_names)}"
    for column, allowed in (("standard", STANDARDS), ("target", _TARGETS)):
        if row.get(column, "") not in allowed:
            yield f"{column}: '{row[column]}' is none of {', '.join(name for name in allowed if name)}"
    if (decimals := row.get("decimals", "")) and not decimals.removeprefix("-").isdecimal():
        yield f"decimals: '{decimals}' is no whole number"
    if is_per_cent(row["value"], row["indicator"], survey):
        yield f"value: {row['value']:g} is no fraction; write a rate of 39.5 per cent as 0.395"
    if (crossed := survey.breakdowns.get(row["breakdown"])) is None:
        return
    for name, codes in ((name, variable.codes()) for name, variable in survey.variables.items()):
        code = row.get(name) or TOTAL
        if name in crossed and code not in (TOTAL, *codes):
            yield f"{name}: '{code}' is no category{nearest(code, codes)}"
        if codes and name not in crossed and code != TOTAL:
            yield f"{name}: '{code}', but the breakdown '{row['breakdown']}' has no {name}; write total"


def _number(text: str, path: Path, line: int) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise SurveyError(f"{shown(path)}, line {line}, value: '{text}' is no number")
    return number
