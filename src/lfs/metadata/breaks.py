"""config/breaks.csv: from which round on a series cannot be compared with what stands before it, and why."""

from collections.abc import Collection
from pathlib import Path

from pydantic import Field, ValidationError

from lfs.metadata.csv_rows import read_csv_rows
from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import Declared, nearest, shown

EVERY = "*"
"""In the column indicator: the break is in the series of every indicator."""


class Break(Declared):
    """A break in a series: the figures of `round` and later ones are not to be compared with earlier ones.

    indicator: the one whose series breaks, or `*`; reason: a key of `breaks` in the labels, where the reason is written
    in each language.
    """

    round: str = Field(min_length=1)
    indicator: str = Field(min_length=1)
    reason: str = Field(min_length=1)

    def concerns(self, indicators: Collection[str]) -> bool:
        """Whether the series of any of these indicators breaks."""
        return self.indicator == EVERY or self.indicator in indicators


def read_breaks(folder: Path, rounds: Collection[str], indicators: Collection[str]) -> tuple[Break, ...]:
    """The breaks of a survey, none where it has no such file. Raises SurveyError with every problem of the file."""
    path = Path(folder) / "config/breaks.csv"
    if not path.is_file():
        return ()
    found: list[Break] = []
    problems: list[str] = []
    read = read_csv_rows(path)
    if list(read.columns) != list(Break.model_fields):
        raise SurveyError(f"{shown(path)}, line 1: the columns are {', '.join(Break.model_fields)}")
    for line, row in read.rows:
        here = f"{shown(path)}, line {line}"
        try:
            one = Break.model_validate(row)
        except ValidationError as error:
            problems += [f"{here}, {item['loc'][0]}: is empty" for item in error.errors()]
            continue
        if one.round not in rounds:
            problems.append(f"{here}: rounds.csv has no round '{one.round}'{nearest(one.round, rounds)}")
        if one.indicator not in (EVERY, *indicators):
            near = nearest(one.indicator, indicators)
            problems.append(f"{here}: no indicator is called '{one.indicator}'{near}")
        found.append(one)
    if problems:
        raise SurveyError(*problems)
    return tuple(found)
