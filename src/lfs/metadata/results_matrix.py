"""config/results_matrix.csv: what a policy's programmes are measured by, each with its baseline and its target."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal, cast

from lfs.metadata.csv_rows import read_csv_rows
from lfs.metadata.errors import SurveyError
from lfs.metadata.official import is_per_cent
from lfs.metadata.report import declared_names
from lfs.metadata.yaml import nearest, shown

if TYPE_CHECKING:
    from lfs.metadata.survey import Survey

FILE = "config/results_matrix.csv"
NEEDED = ("indicator", "breakdown", "baseline", "baseline_round", "target", "direction", "due", "source")
DIRECTIONS = ("up", "down", "towards_zero")
Direction = Literal["up", "down", "towards_zero"]
TOTAL = "total"


@dataclass(frozen=True)
class Result:
    """One figure that a programme means to change.

    where     the categories of the breakdown that it is about; nothing: everybody
    baseline  what it was, nothing where nobody knows; baseline_round: a round of the survey, or empty
    target    what it shall be by `due`: at least (`direction` up), at most (down), or at most that far from zero on
              either side (towards_zero: of a gap, which may have either sign)

    baseline and target are in the unit of estimates: fractions for rates, points and figures per 100,000.
    """

    indicator: str
    breakdown: str
    where: Mapping[str, str]
    baseline: float | None
    baseline_round: str
    target: float
    direction: Direction
    due: datetime.date
    source: str


def read_results_matrix(survey: "Survey") -> tuple[Result, ...]:
    """The rows of the survey's results matrix; a survey without the file has none.

    Left out are rows of what the survey declares unavailable. Raises SurveyError with every problem: a column that is
    missing or unknown, a name that nobody declares, a number or date that is none.
    """
    path = survey.folder / FILE
    if not path.exists():
        return ()
    # What is declared unavailable may be named, and is left out.
    names = {what: declared_names(survey.folder, f"{what}s.yaml") for what in ("indicator", "breakdown", "variable")}
    problems: list[str] = []
    results: list[Result] = []
    read = read_csv_rows(path)
    known = (*NEEDED, *survey.variables)
    problems += [f"{shown(path)}: column {name} is missing" for name in NEEDED if name not in read.columns]
    problems += [
        f"{shown(path)}: no variable is called '{name}'{nearest(name, known)}"
        for name in read.columns
        if name not in known and name not in names["variable"]
    ]
    for line, row in () if problems else read.rows:
        found = [f"{shown(path)}, line {line}, {text}" for text in _problems(row, names, survey)]
        problems += found
        if not found and row["indicator"] in survey.indicators and row["breakdown"] in survey.breakdowns:
            results.append(_result(row, survey))
    if problems:
        raise SurveyError(*problems)
    return tuple(results)


def _problems(row: Mapping[str, str], names: Mapping[str, frozenset[str]], survey: "Survey") -> Iterator[str]:
    """What is wrong in one row, each with its column."""
    for column in ("indicator", "breakdown"):
        known = names[column]
        if row[column] not in known:
            yield f"{column}: no {column} is called '{row[column]}'{nearest(row[column], known)}"
    crossed = survey.breakdowns.get(row["breakdown"], ())
    for name, variable in survey.variables.items():
        code = row.get(name) or TOTAL
        if name in crossed and code not in (TOTAL, *variable.codes()):
            yield f"{name}: '{code}' is no category{nearest(code, variable.codes())}"
        if name not in crossed and code != TOTAL and row["breakdown"] in survey.breakdowns:
            yield f"{name}: '{code}', but the breakdown '{row['breakdown']}' has no {name}; write total"
    for column in ("baseline", "target"):
        if (row[column] or column == "target") and not _is_number(row[column]):
            yield f"{column}: '{row[column]}' is no number"
        elif row[column] and is_per_cent(float(row[column]), row["indicator"], survey):
            yield f"{column}: {row[column]} is no fraction; write a rate of 12 per cent as 0.12"
    if row["baseline_round"] and row["baseline_round"] not in survey.round_names:
        near = nearest(row["baseline_round"], survey.round_names)
        yield f"baseline_round: no round is called '{row['baseline_round']}'{near}"
    if row["direction"] not in DIRECTIONS:
        yield f"direction: '{row['direction']}'; it is up (at least the target), down (at most) or towards_zero (a gap)"
    elif row["direction"] == "towards_zero" and _is_number(row["target"]) and float(row["target"]) < 0:
        yield f"target: {row['target']}; a gap's distance from zero is not negative"
    try:
        datetime.date.fromisoformat(row["due"])
    except ValueError:
        yield f"due: '{row['due']}' is no date; write it as 2027-12-31"
    if not row["source"]:
        yield "source: who set the target must be said"


def _result(row: Mapping[str, str], survey: "Survey") -> Result:
    crossed = survey.breakdowns[row["breakdown"]]
    return Result(
        indicator=row["indicator"],
        breakdown=row["breakdown"],
        where={name: row[name] for name in crossed if row.get(name, TOTAL) != TOTAL},
        baseline=float(row["baseline"]) if row["baseline"] else None,
        baseline_round=row["baseline_round"],
        target=float(row["target"]),
        direction=cast(Direction, row["direction"]),
        due=datetime.date.fromisoformat(row["due"]),
        source=row["source"],
    )


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False
