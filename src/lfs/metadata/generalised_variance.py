"""`generalised_variance:` of config.yaml: for which indicators errors are modelled by the size of the figure."""

from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import Field

from lfs.metadata.declarations import Declarations
from lfs.metadata.indicators import Indicator
from lfs.metadata.yaml import Declared, Source, nearest

Names = Annotated[tuple[str, ...], Field(min_length=1)]
Size = Annotated[float, Field(gt=0)]
Rate = Annotated[float, Field(gt=0, lt=1)]


class GeneralisedVariance(Declared):
    """One function a group of totals that cluster alike, and the sizes (persons) and rates of its look-up tables.

    least_cases: a direct error on fewer cases is not fitted on; not_by: breakdowns by these variables are not fitted
    on, since people cluster in other ways within their categories.
    """

    groups: Annotated[dict[str, Names], Field(min_length=1)]
    sizes: Annotated[tuple[Size, ...], Field(min_length=1)]
    rates: tuple[Rate, ...] = ()
    least_cases: Annotated[int, Field(ge=2)] = 10
    not_by: tuple[str, ...] = ()


def variance_problems(
    declared: GeneralisedVariance,
    settings: Source,
    indicators: Declarations[Indicator],
    variables: Collection[str],
) -> Iterator[str]:
    """Names that nobody declares, and indicators whose error is no function of their size.

    What is declared but unavailable in this survey may be named. variables: names of all that are declared.
    """
    known = indicators.sources
    where: dict[str, str] = {}
    for group, names in declared.groups.items():
        at = settings.at("generalised_variance", "groups", group)
        for name in names:
            entry = indicators.entries.get(name)
            if name not in known:
                yield f"{at}: no indicator is called '{name}'{nearest(name, known)}"
            elif name in where:
                yield f"{at}: '{name}' is in group {where[name]} already; an indicator has one function"
            elif entry and entry.kind != "total":
                yield f"{at}: '{name}' is a rate; name the total in its numerator, from which its error follows"
            elif entry and entry.numerator == entry.universe:
                yield f"{at}: '{name}' counts its whole universe, so that its error is no function of its size"
            where.setdefault(name, group)
    for name in declared.not_by:
        if name not in variables:
            place = settings.at("generalised_variance", "not_by")
            yield f"{place}: no variable is called '{name}'{nearest(name, variables)}"
