"""What the KRSO would send: a Stata .dta file (format 118) with Sorani and English labels and codes of its own."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from lfs.synthesise.dialects.codebook import read_codebook
from lfs.synthesise.dialects.encode import Column, columns, rows
from lfs.synthesise.dialects.header import fix_dta_date

STATA_14 = 14
"""The release that writes format 118, which every Stata since reads."""


def write(persons: pd.DataFrame, households: pd.DataFrame, path: Path) -> None:
    """Write one round of the KRSO's invented file to `path` (.dta); the same frames give the same bytes.

    `persons` and `households` as for the CSO. Codes and whole numbers are stored as integers.
    """
    codebook = read_codebook("krso")
    made = columns(codebook, rows(persons, households))
    pyreadstat.write_dta(
        pd.DataFrame({column.name: _stored(column) for column in made}),
        path,
        version=STATA_14,
        file_label=codebook.file_label,
        column_labels={column.name: column.label for column in made},
        variable_value_labels={column.name: dict(column.value_labels) for column in made if column.value_labels},
        variable_format={column.name: column.format or "%8.0f" for column in made},
    )
    fix_dta_date(path)


def _stored(column: Column) -> pd.Series:
    whole = column.kind == "code" or column.format.endswith(".0f")
    return column.values.astype("Int32" if whole else np.float64)
