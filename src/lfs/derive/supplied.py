"""Concepts that an office supplies ready-made: `<concept>_national`, beside those derived here."""

from collections.abc import Mapping

import pandas as pd
from pandas import Series

from lfs.derive.settle import Settled, settle
from lfs.metadata.variables import Variable

NATIONAL = "_national"
STATUS = "labour_force_status"


def national(
    answers: pd.DataFrame, variables: Mapping[str, Variable], made: Mapping[str, Series]
) -> tuple[dict[str, Series], dict[str, Settled]]:
    """The office's own concepts, settled, and what can be told from its labour force status.

    `answers` may hold `<concept>_national` columns as text; `made` are the columns of people made so far. A concept's
    universe is the office's own where there is one (employed_national) and the derived one otherwise; where there is
    neither, the column stays as it came. Gives the columns and, by column, how those with a universe settled.
    """
    columns: dict[str, Series] = {}
    found: dict[str, Settled] = {}
    given = [name for name in variables if name + NATIONAL in answers.columns]
    for name in sorted(given, key=lambda name: name != STATUS):
        variable, column = variables[name], name + NATIONAL
        universe = columns.get(f"{variable.universe}{NATIONAL}", made.get(variable.universe or ""))
        value = as_text(answers[column])
        if universe is not None or not variable.universe:
            found[column] = settle({column: value}, universe)
            value = found[column].columns[column]
        columns[column] = as_boolean(value) if variable.type == "boolean" else value
        if name == STATUS:
            columns |= _from_status(value, variables)
    return columns, found


def as_text(answers: Series) -> Series:
    """Answers as text, whatever the table held: categories, objects, or nothing at all."""
    return answers if answers.dtype == "str" else answers.astype("str")


def as_boolean(answers: Series) -> Series:
    """yes and no as true and false; empty stays empty."""
    # ASSUME A person for whom the office's own concept is not stated is not counted in it, though in its denominator.
    if answers.dtype == "boolean":
        return answers
    if answers.dtype == bool:
        return answers.astype("boolean")
    return (answers == "yes").astype("boolean").mask(answers.isna())


def _from_status(status: Series, variables: Mapping[str, Variable]) -> dict[str, Series]:
    # ASSUME A person of working age for whom the office supplies no labour force status is in none of the three.
    in_status = {
        "employed": ["employed"],
        "unemployed": ["unemployed"],
        "labour_force": ["employed", "unemployed"],
        "outside_labour_force": ["outside_labour_force"],
    }
    applies = status.notna()
    return {
        name + NATIONAL: status.isin(codes).astype("boolean").where(applies)
        for name, codes in in_status.items()
        if name in variables
    }
