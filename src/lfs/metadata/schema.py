"""The columns of the tables that steps hand to each other: estimates, published and quality."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import nearest

if TYPE_CHECKING:
    import pandas as pd

TEXT, NUMBER = "text", "number"
# `breakdown` is followed by one text column per breakdown variable of the survey, in the order of the dictionary.
ESTIMATE_KEYS = {"round": TEXT, "standard": TEXT, "indicator": TEXT, "breakdown": TEXT}
ESTIMATE_FIGURES = {
    "value": NUMBER,
    "se": NUMBER,
    "interval": TEXT,
    "lower": NUMBER,
    "upper": NUMBER,
    "cv": NUMBER,
    "deff": NUMBER,
    "df": NUMBER,
    "n": NUMBER,
    "n_cases": NUMBER,
    "flag": TEXT,
}
STATUS = {"status": TEXT}
STATUSES = ("published", "unreliable", "suppressed")
QUALITY = {
    "round": TEXT,
    "office": TEXT,
    "step": TEXT,
    "topic": TEXT,
    "variable": TEXT,
    "category": TEXT,
    "value": NUMBER,
    "detail": TEXT,
}
QUALITY_COLUMNS = tuple(QUALITY)


def estimate_columns(breakdown_variables: Iterable[str]) -> tuple[str, ...]:
    """The columns of the estimates table of a survey, in their order."""
    return (*ESTIMATE_KEYS, *breakdown_variables, *ESTIMATE_FIGURES)


def published_columns(breakdown_variables: Iterable[str]) -> tuple[str, ...]:
    """The columns of the published table of a survey, in their order."""
    return (*estimate_columns(breakdown_variables), *STATUS)


def check_estimates(table: "pd.DataFrame", breakdown_variables: Sequence[str]) -> None:
    """Raises SurveyError unless the table has the columns of estimates, in order and of their types."""
    _check("estimates", table, ESTIMATE_KEYS | dict.fromkeys(breakdown_variables, TEXT) | ESTIMATE_FIGURES)


def check_published(table: "pd.DataFrame", breakdown_variables: Sequence[str]) -> None:
    """Raises SurveyError unless the table has the columns of published, and a suppressed row holds no figure."""
    columns = ESTIMATE_KEYS | dict.fromkeys(breakdown_variables, TEXT) | ESTIMATE_FIGURES | STATUS
    _check("published", table, columns)
    if unknown := sorted(set(table["status"]) - set(STATUSES)):
        raise SurveyError(f"table published: status '{unknown[0]}'{nearest(unknown[0], STATUSES)}")
    figures = [name for name in ESTIMATE_FIGURES if name != "flag"]
    shown = table.loc[table["status"] == "suppressed", figures].notna().any(axis=1)
    if shown.any():
        raise SurveyError(f"table published: {int(shown.sum())} suppressed rows hold a figure; run protect again")


def check_quality(table: "pd.DataFrame") -> None:
    """Raises SurveyError unless the table has the columns of quality, in order and of their types."""
    _check("quality", table, QUALITY)


def _check(name: str, table: "pd.DataFrame", columns: dict[str, str]) -> None:
    if tuple(table.columns) != tuple(columns):
        found = [str(column) for column in table.columns]
        lacking, more = sorted(set(columns) - set(found)), sorted(set(found) - set(columns))
        what = f"lacks {', '.join(lacking)}; " * bool(lacking) + f"has unknown {', '.join(more)}; " * bool(more)
        raise SurveyError(f"table {name}: {what or 'columns stand in another order; '}run the steps before it again")
    for column, kind in columns.items():
        dtype = table[column].dtype
        if len(table) and (kind == NUMBER) != (dtype.kind in "iuf"):
            raise SurveyError(f"table {name}: column {column} holds {dtype}, not {kind}; run the steps before it again")
