"""Whether a published table can be printed: of this survey's declarations, each cell once, every number sound."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lfs.metadata.errors import SurveyError
from lfs.metadata.schema import ESTIMATE_FIGURES, NUMBER, check_published
from lfs.metadata.survey import Survey
from lfs.metadata.variables import NOT_STATED, TOTAL
from lfs.metadata.yaml import nearest

if TYPE_CHECKING:
    import pandas as pd

ROUNDING = 1e-9
"""How far, relative to the estimate, a limit may lie on its wrong side by the arithmetic of floating point."""


def check_publishable(table: "pd.DataFrame", survey: Survey) -> None:
    """Raises SurveyError, which names all that is wrong with the table, unless it is one that protection wrote.

    That is: rows at all; rounds, indicators, breakdowns and categories that the survey declares; no cell twice; in
    every row that is shown a number, and limits on its two sides; in none an infinite one.
    """
    check_published(table, survey.breakdown_variables)
    if table.empty:
        raise SurveyError("table published: holds no row; run the steps before it again")
    if problems := [*_undeclared(table, survey), *_repeated(table, survey), *_unsound(table)]:
        raise SurveyError("\n".join(f"table published: {problem}; run protect again" for problem in problems))


def _undeclared(table: "pd.DataFrame", survey: Survey) -> Iterator[str]:
    declared = {"round": survey.round_names, "indicator": survey.indicators, "breakdown": survey.breakdowns}
    unknown = {column: sorted(set(table[column]) - {*names}) for column, names in declared.items()}
    for column, names in unknown.items():
        if names:
            yield f"{column} '{names[0]}' is not declared{nearest(names[0], declared[column])}"
    if unknown["breakdown"]:
        return
    for name in survey.breakdown_variables:
        by = {breakdown for breakdown, variables in survey.breakdowns.items() if name in variables}
        crossed = table["breakdown"].isin(by)
        codes = (*survey.variables[name].codes(), NOT_STATED)
        if wrong := sorted(set(table.loc[crossed, name]) - {*codes}):
            yield f"{name} '{wrong[0]}' is not one of its categories{nearest(wrong[0], codes)}"
        if (table.loc[~crossed, name] != TOTAL).any():
            yield f"{name} has a category in a breakdown that is not by it"


def _repeated(table: "pd.DataFrame", survey: Survey) -> Iterator[str]:
    keys = ["round", "standard", "indicator", "breakdown", *survey.breakdown_variables]
    if count := int(table.duplicated(keys).sum()):
        yield f"{count} cells stand in it more than once"


def _unsound(table: "pd.DataFrame") -> Iterator[str]:
    numbers = table[[name for name, kind in ESTIMATE_FIGURES.items() if kind == NUMBER]]
    if count := int(numbers.isin([float("inf"), float("-inf")]).any(axis=1).sum()):
        yield f"{count} rows hold an infinite number"
    shown = table[table["status"] != "suppressed"]
    if count := int(shown[["value", "n"]].isna().any(axis=1).sum()):
        yield f"{count} rows are shown without an estimate or its respondents"
    slack = ROUNDING * shown["value"].abs()
    outside = (shown["lower"] > shown["value"] + slack) | (shown["upper"] < shown["value"] - slack)
    if count := int(outside.sum()):
        yield f"{count} estimates lie outside their own limits"
