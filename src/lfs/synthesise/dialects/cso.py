"""What the CSO would send: an SPSS .sav file with Arabic labels and declared user-missing values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from lfs.synthesise.dialects.codebook import read_codebook
from lfs.synthesise.dialects.encode import Column, columns, rows
from lfs.synthesise.dialects.header import fix_sav_date


def write(persons: pd.DataFrame, households: pd.DataFrame, path: Path) -> None:
    """Write one round of the CSO's invented file to `path` (.sav); the same frames give the same bytes.

    `persons` holds the persons of responding households in the dictionary's vocabulary (a number that was asked and
    not answered is -1), `households` every selected household; those that did not respond get one row each.
    """
    codebook = read_codebook("cso")
    made = columns(codebook, rows(persons, households))
    pyreadstat.write_sav(
        pd.DataFrame({column.name: column.values for column in made}),
        path,
        file_label=codebook.file_label,
        column_labels={column.name: column.label for column in made},
        note=list(codebook.notes),
        row_compress=True,
        variable_value_labels={column.name: dict(column.value_labels) for column in made if column.value_labels},
        missing_ranges={column.name: user_missing(column.no_answer) for column in made if column.no_answer},
        variable_measure={column.name: "scale" if column.kind == "number" else "nominal" for column in made},
        variable_format={column.name: _format(column) for column in made},
    )
    fix_sav_date(path)


def user_missing(codes: Sequence[int | str]) -> list[Any]:
    """The declaration of user-missing values: consecutive numbers as one range, others each by itself.

    SPSS holds three single values, or one range and one single value.
    """
    numbers = sorted(code for code in codes if isinstance(code, int))
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return [{"lo": numbers[0], "hi": numbers[-1]}]
    return list(codes)


def _format(column: Column) -> str:
    if column.kind == "text":
        return f"A{column.width}"
    return column.format or f"F{max(len(str(code)) for code in column.value_labels)}.0"
