"""What follows from how a class is defined: everybody in it has what is counted, or nobody, or it is not for them."""

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
    for numerator, standard, rows in _counted(estimates, survey):
        concept = column_of(numerator, standard, survey.variables)
        for variable in variables:
            classes = survey.by_definition.get(concept, {}).get(variable, ByDefinition())
            of_universe = concept in _universes(variable, survey.variables)
            if of_universe or classes.all or classes.none:
                category = estimates.loc[rows, variable].astype(str)
                everybody[rows] |= category.isin(classes.all) | (of_universe & (category != TOTAL))
                nobody[rows] |= category.isin(classes.none)
    cases = estimates["n_cases"].astype("float64")
    return everybody & (cases == estimates["n"].astype("float64")), nobody & (cases == 0)


def of_another_standard(estimates: pd.DataFrame, survey: Survey) -> pd.Series:
    """Whether a row crosses a concept by one standard with a variable that is asked of it by another, by row.

    The duration of unemployment is asked of the unemployed of the 19th ICLS; those of the 13th by this duration are
    some of them and no table.
    """
    found = pd.Series(False, index=estimates.index)
    variables = [name for name in survey.breakdown_variables if name in estimates]
    for numerator, standard, rows in _counted(estimates, survey):
        if column_of(numerator, standard, survey.variables) == numerator:
            continue
        for variable in variables:
            if numerator in _universes(variable, survey.variables):
                found[rows] |= estimates.loc[rows, variable].astype(str) != TOTAL
    return found


def _counted(estimates: pd.DataFrame, survey: Survey) -> Iterator[tuple[str, str, pd.Index]]:
    """Each concept counted by totals and ratios, the standard, and the rows."""
    pairs = estimates[["indicator", "standard"]].astype(str).agg("|".join, axis=1)
    for pair, rows in pairs.groupby(pairs).groups.items():
        indicator, standard = str(pair).split("|")
        declared = survey.indicators[indicator]
        if declared.kind in COUNTS and declared.numerator:
            yield declared.numerator, standard, rows


def _universes(variable: str, variables: Mapping[str, Variable]) -> Iterator[str]:
    """The universe of the variable, the universe of that, and so on."""
    while (name := variables[variable].universe) is not None:
        yield name
        variable = name
