"""Figures that are so by definition: everybody, or nobody, of a class has what is counted."""

from collections.abc import Iterator, Mapping

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.by_definition import ByDefinition
from lfs.metadata.variables import TOTAL, Variable, column_of

COUNTS = ("total", "ratio")


def by_definition(estimates: pd.DataFrame, survey: Survey) -> tuple[pd.Series, pd.Series]:
    """Whether everybody of a row's universe is a case by definition, and whether nobody is; by row of estimates.

    Everybody in a class of a variable is in the universe of that variable (who has a duration of unemployment is
    unemployed); the rest is declared in by_definition.yaml. Totals and ratios only; never of a class in which the
    sample holds somebody who is otherwise.
    """
    # ASSUME That nobody of a class is otherwise tells nothing about anybody where it is so by definition of the class:
    # contributing family workers are all informal. Such a figure is withheld for few cases or respondents only.
    everybody = pd.Series(False, index=estimates.index)
    nobody = everybody.copy()
    variables = [name for name in survey.breakdown_variables if name in estimates]
    for (indicator, standard), rows in estimates.groupby(["indicator", "standard"], observed=True).groups.items():
        declared = survey.indicators[indicator]
        if declared.kind not in COUNTS or not declared.numerator:
            continue
        concept = column_of(declared.numerator, standard, survey.variables)
        for variable in variables:
            classes = survey.by_definition.get(concept, {}).get(variable, ByDefinition())
            of_universe = concept in _universes(variable, survey.variables)
            if of_universe or classes.all or classes.none:
                category = estimates.loc[rows, variable].astype(str)
                everybody[rows] |= category.isin(classes.all) | (of_universe & (category != TOTAL))
                nobody[rows] |= category.isin(classes.none)
    cases = estimates["n_cases"].astype("float64")
    return everybody & (cases == estimates["n"].astype("float64")), nobody & (cases == 0)


def _universes(variable: str, variables: Mapping[str, Variable]) -> Iterator[str]:
    """The universe of the variable, the universe of that, and so on."""
    while (name := variables[variable].universe) is not None:
        yield name
        variable = name
