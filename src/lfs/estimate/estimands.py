"""Which indicators a round can have, in which standard, and the columns of `people` that each reads."""

from collections.abc import Collection, Mapping

import pandas as pd

from lfs.estimate.measures import Estimand
from lfs.metadata import Survey
from lfs.metadata.indicators import Indicator
from lfs.metadata.variables import UNSUFFIXED, Variable, column_of

STANDARDS = ("national", "icls13", "icls19", "icls21")
COUNTS = ("total", "ratio")
Missing = dict[tuple[str, str], tuple[str, ...]]


def available_estimands(
    people: pd.DataFrame, indicators: Mapping[str, Indicator], variables: Mapping[str, Variable]
) -> tuple[list[Estimand], list[Estimand], Missing]:
    """Counts and ratios, then all other kinds, by standard (the office's own first) in declared order; and the columns
    that the others lack.

    A standard of which the round supplies nothing at all is not asked for and so not missing. A column of numbers that
    is empty for everybody is one that the round lacks.
    """
    read = {each.number for each in indicators.values() if each.number}
    numbers = {column_of(name, standard, variables) for name in read for standard in STANDARDS}
    empty = {name for name in numbers if name in people and not people[name].notna().any()}
    found, missing = possible_estimands({*people.columns} - empty, indicators, variables)
    counts = [each for each in found if each.kind in COUNTS]
    return counts, [each for each in found if each.kind not in COUNTS], missing


def possible_estimands(
    columns: Collection[str], indicators: Mapping[str, Indicator], variables: Mapping[str, Variable]
) -> tuple[list[Estimand], Missing]:
    """Estimands of every kind by standard, and the columns that the others lack, from the names of the columns."""
    found: list[Estimand] = []
    missing: Missing = {}
    for standard in STANDARDS:
        supplied = standard == UNSUFFIXED or any(name.endswith(f"_{standard}") for name in columns)
        for name, indicator in indicators.items():
            if standard not in indicator.standards or not supplied:
                continue
            estimand = _estimand(name, standard, columns, indicators, variables)
            if lacking := tuple(dict.fromkeys(each for each in estimand.columns() if each not in columns)):
                missing[name, standard] = lacking
            else:
                found.append(estimand)
    return found, missing


def _estimand(
    name: str,
    standard: str,
    columns: Collection[str],
    indicators: Mapping[str, Indicator],
    variables: Mapping[str, Variable],
) -> Estimand:
    declared = indicators[name]

    def read(concept: str | None) -> str | None:
        return column_of(concept, standard, variables) if concept else None

    return Estimand(
        standard,
        name,
        declared.kind,
        read(declared.numerator) or "",
        read(declared.denominator),
        read(declared.universe),
        _concerns(declared.numerator, standard, columns, variables) if declared.numerator else None,
        read(declared.number),
        0.5 if declared.share is None else declared.share,
        declared.over,
        read(declared.over),
        _estimand(declared.of, standard, columns, indicators, variables) if declared.of else None,
        declared.variable,
        read(declared.variable),
        declared.categories,
        declared.relative,
    )


def _concerns(concept: str, standard: str, columns: Collection[str], variables: Mapping[str, Variable]) -> str | None:
    """The column of the concept's universe; nothing where the round has none, or where it concerns everybody."""
    universe = variables[concept].universe if concept in variables else None
    named = column_of(universe, standard, variables) if universe else None
    return named if named in columns else None


def columns_of(breakdown: str, standard: str, survey: Survey) -> tuple[str, ...]:
    """The columns of a breakdown's variables by the standard."""
    return tuple(column_of(name, standard, survey.variables) for name in survey.breakdowns[breakdown])
