"""Which indicators a round can have, in which standard, and the columns of `people` that each reads."""

from collections.abc import Collection, Mapping

from lfs.estimate.measures import Estimand
from lfs.metadata.indicators import Indicator
from lfs.metadata.variables import Variable

STANDARDS = ("national", "icls13", "icls19", "icls21")
UNSUFFIXED = "icls19"


def available_estimands(
    columns: Collection[str], indicators: Mapping[str, Indicator], variables: Mapping[str, Variable]
) -> tuple[list[Estimand], dict[tuple[str, str], tuple[str, ...]]]:
    """Estimands by standard (the office's own first) in declared order, and the columns that the others lack.

    A standard of which the round supplies nothing at all is not asked for and so not missing.
    """
    found: list[Estimand] = []
    missing: dict[tuple[str, str], tuple[str, ...]] = {}
    for standard in STANDARDS:
        supplied = standard == UNSUFFIXED or any(name.endswith(f"_{standard}") for name in columns)
        for name, indicator in indicators.items():
            if standard not in indicator.standards or not supplied:
                continue
            estimand = Estimand(
                standard,
                name,
                indicator.kind,
                column(indicator.numerator or "", standard, variables),
                column(indicator.denominator, standard, variables) if indicator.denominator else None,
                column(indicator.universe, standard, variables) if indicator.universe else None,
                _concerns(indicator.numerator or "", standard, columns, variables),
            )
            if lacking := tuple(dict.fromkeys(each for each in estimand.columns() if each not in columns)):
                missing[name, standard] = lacking
            else:
                found.append(estimand)
    return found, missing


def _concerns(concept: str, standard: str, columns: Collection[str], variables: Mapping[str, Variable]) -> str | None:
    """The column of the concept's universe; nothing where the round has none, or where it concerns everybody."""
    universe = variables[concept].universe if concept in variables else None
    named = column(universe, standard, variables) if universe else None
    return named if named in columns else None


def column(concept: str, standard: str, variables: Mapping[str, Variable]) -> str:
    """The concept's column in `people`: suffixed where the dictionary says that it differs by standard."""
    differs = concept in variables and standard in variables[concept].standards
    return f"{concept}_{standard}" if differs and standard != UNSUFFIXED else concept
