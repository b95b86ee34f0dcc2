"""Rounds of the survey: which office delivered which file for which period (config/rounds.csv)."""

import csv
import datetime
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

from pydantic import ValidationError, field_validator, model_validator

from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import Declared, nearest, shown

_COLUMNS = ("round", "office", "start", "end", "file", "sha256", "synthetic")
_SYNTHETIC = "data/raw/synthetic/"


class Round(Declared):
    """One delivery: the file of one office for one round.

    `file` is relative to the survey folder. `sha256` is empty where no checksum was declared. `synthetic` rows are
    invented and can only lie under data/raw/synthetic/, where nothing delivered may lie.
    """

    round: str
    office: str
    start: datetime.date
    end: datetime.date
    file: str
    sha256: str = ""
    synthetic: bool = False

    @field_validator("round", "office")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", value):
            raise ValueError("must be made of letters, digits, hyphen, underscore and full stop")
        return value

    @field_validator("start", "end", mode="before")
    @classmethod
    def _date(cls, value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("must be a date written as 2021-07-01")
        return value

    @field_validator("synthetic", mode="before")
    @classmethod
    def _true_or_false(cls, value: str | bool) -> bool:
        if isinstance(value, bool):
            return value
        if value.lower() not in {"true", "false", ""}:
            raise ValueError("must be true or false")
        return value.lower() == "true"

    @field_validator("sha256")
    @classmethod
    def _checksum(cls, value: str) -> str:
        if not re.fullmatch(r"([0-9a-fA-F]{64})?", value):
            raise ValueError("must be empty or 64 hexadecimal digits")
        return value.lower()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the round ends ({self.end}) before it starts ({self.start})")
        path = Path(self.file)
        if not self.file or path.is_absolute() or ".." in path.parts:
            raise ValueError("file must be a path inside the survey folder")
        if self.synthetic != path.as_posix().startswith(_SYNTHETIC):
            raise ValueError(f"file must lie under {_SYNTHETIC} exactly where synthetic is true")
        return self


def read_rounds(path: Path, offices: Collection[str]) -> tuple[Round, ...]:
    """The deliveries that `path` (config/rounds.csv) declares, in its order: the oldest round stands first.

    `offices` are those that have a file in config/offices. Raises SurveyError with every problem of the file.
    """
    numbered = _rows(path)
    problems: list[str] = []
    rounds: list[tuple[int, Round]] = []
    for line, row in numbered:
        here = f"{shown(path)}, line {line}"
        try:
            rounds.append((line, Round.model_validate(row)))
        except ValidationError as error:
            for detail in error.errors():
                column = "".join(f", {name}" for name in detail["loc"])
                problems.append(f"{here}{column}: {detail['msg'].removeprefix('Value error, ')}")
    problems += _problems_between(path, rounds, offices)
    if problems:
        raise SurveyError(*problems)
    return tuple(row for _, row in rounds)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line number and values of each row; the header must hold exactly the columns of Round."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text)
            lines = [(reader.line_num, [value.strip() for value in row]) for row in reader if any(row)]
    except FileNotFoundError:
        raise SurveyError(f"{shown(path)} does not exist; it lists {', '.join(Round.model_fields)}") from None
    except UnicodeDecodeError as error:
        raise SurveyError(f"{shown(path)}: byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    header = lines[0][1] if lines else []
    problems = [
        f"{shown(path)}, line 1: unknown column '{name}'{nearest(name, Round.model_fields)}"
        for name in header
        if name not in Round.model_fields
    ]
    problems += [
        f"{shown(path)}, line 1: column {name} is missing" for name in Round.model_fields if name not in header
    ]
    problems += [f"{shown(path)}, line 1: column {name} stands twice" for name in set(header) if header.count(name) > 1]
    problems += [
        f"{shown(path)}, line {number}: {len(row)} values where the header has {len(header)}"
        for number, row in lines[1:]
        if len(row) != len(header)
    ]
    if problems:
        raise SurveyError(*problems)
    return [(number, dict(zip(header, row, strict=True))) for number, row in lines[1:]]


def _problems_between(path: Path, rounds: list[tuple[int, Round]], offices: Collection[str]) -> Iterator[str]:
    """What is wrong with a row in view of the rows above it and of the offices."""
    seen: dict[tuple[str, ...], int] = {}
    periods: dict[str, tuple[datetime.date, datetime.date]] = {}
    for line, row in rounds:
        here = f"{shown(path)}, line {line}"
        if row.office not in offices:
            yield f"{here}: office '{row.office}' has no file in config/offices{nearest(row.office, offices)}"
        for key in ((row.round, row.office), (row.file,)):
            if seen.setdefault(key, line) != line:
                yield f"{here}: {', '.join(key)} stands already in line {seen[key]}"
        if row.round not in periods and periods and row.start < max(start for start, _ in periods.values()):
            yield f"{here}: round {row.round} starts before a round above it; the oldest round stands first"
        if periods.setdefault(row.round, (row.start, row.end)) != (row.start, row.end):
            yield f"{here}: round {row.round} has another start or end in a row above"
