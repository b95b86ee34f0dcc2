"""Rows of a declared CSV file, each with its line: what every reader of one refuses before it looks at a value."""

import csv
from dataclasses import dataclass
from pathlib import Path

from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import shown


@dataclass(frozen=True)
class CsvRows:
    """The names in the first line, and of every other line its number and its values by these names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_csv_rows(path: Path) -> CsvRows:
    """The rows of a CSV file in UTF-8, without empty ones.

    Raises SurveyError where the file is not UTF-8, or a row holds more or fewer values than there are columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text)
            lines = [(reader.line_num, [value.strip() for value in row]) for row in reader if any(row)]
    except UnicodeDecodeError as error:
        raise SurveyError(f"{shown(path)}: byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    columns = tuple(lines[0][1]) if lines else ()
    if uneven := [
        f"{shown(path)}, line {line}: {len(values)} values for {len(columns)} columns; mend the commas, and put a "
        "value that holds one in quotes"
        for line, values in lines[1:]
        if len(values) != len(columns)
    ]:
        raise SurveyError(*uneven)
    return CsvRows(columns, tuple((line, dict(zip(columns, values, strict=True))) for line, values in lines[1:]))
