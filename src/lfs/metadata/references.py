"""Every name that one declaration uses must be declared: checked once, when a survey is loaded."""

from collections.abc import Collection, Iterator

from lfs.metadata.breakdowns import Breakdown
from lfs.metadata.config import Config
from lfs.metadata.declarations import Declarations
from lfs.metadata.indicators import Indicator
from lfs.metadata.tables import Table
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import Source, nearest


def drop_unavailable(
    variables: Declarations[Variable],
    indicators: Declarations[Indicator],
    breakdowns: Declarations[Breakdown],
    tables: Declarations[Table],
) -> tuple[Declarations[Variable], Declarations[Indicator], Declarations[Breakdown], Declarations[Table]]:
    """Take away what is built on something declared unavailable, so that the survey says so in one place only."""
    while gone := {
        name for name, entry in variables.entries.items() if {entry.of, entry.universe} & variables.unavailable
    }:
        variables = variables.without(gone)
    indicators = indicators.without(
        name for name, entry in indicators.entries.items() if variables.unavailable & {*entry.columns()}
    )
    breakdowns = breakdowns.without(
        name for name, crossed in breakdowns.entries.items() if variables.unavailable & {*crossed}
    )
    kept = {}
    for name, table in tables.entries.items():
        left = {
            "indicators": tuple(item for item in table.indicators if item not in indicators.unavailable),
            "breakdowns": tuple(item for item in table.breakdowns if item not in breakdowns.unavailable),
        }
        if all(left.values()):
            kept[name] = table.model_copy(update=left)
    return variables, indicators, breakdowns, Declarations(kept, tables.sources, tables.unavailable)


def undeclared(
    settings: Source,
    config: Config,
    variables: Declarations[Variable],
    indicators: Declarations[Indicator],
    breakdowns: Declarations[Breakdown],
    tables: Declarations[Table],
    classifications: Collection[str],
) -> Iterator[str]:
    """One line for every use of a name that is not declared, or cannot be used there."""
    booleans = [name for name, entry in variables.entries.items() if entry.type == "boolean"]
    categories = [name for name, entry in variables.entries.items() if entry.codes()]
    for name, variable in variables.entries.items():
        if variable.universe and variable.universe not in booleans:
            yield f"{variables.at(name, 'universe')}: {_no('universe', variable.universe, booleans)}"
        if variable.of and variable.of not in variables.entries:
            yield f"{variables.at(name, 'of')}: {_no('variable', variable.of, variables.entries)}"
        if (listed := variable.classification) and listed not in classifications:
            yield f"{variables.at(name, 'classification')}: {_no('classification', listed, classifications)}"
        yield from _grouped(name, variables)
    for name, indicator in indicators.entries.items():
        for key in ("numerator", "denominator", "universe"):
            used = getattr(indicator, key)
            if used and used not in booleans:
                yield f"{indicators.at(name, key)}: {_no('boolean variable', used, booleans)}"
    for name, crossed in breakdowns.entries.items():
        for variable_name in crossed:
            if variable_name not in categories:
                yield f"{breakdowns.at(name)}: {_no('category variable', variable_name, categories)}"
        if len(set(crossed)) < len(crossed):
            yield f"{breakdowns.at(name)}: a variable stands twice in one breakdown"
    for name, table in tables.entries.items():
        for indicator_name in table.indicators:
            if indicator_name not in indicators.entries:
                yield f"{tables.at(name, 'indicators')}: {_no('indicator', indicator_name, indicators.entries)}"
        for breakdown in table.breakdowns:
            if breakdown not in breakdowns.entries:
                yield f"{tables.at(name, 'breakdowns')}: {_no('breakdown', breakdown, breakdowns.entries)}"
    for breakdown in config.withheld:
        if breakdown not in breakdowns.sources:
            yield f"{settings.at('withheld')}: {_no('breakdown', breakdown, breakdowns.entries)}"


def _grouped(name: str, variables: Declarations[Variable]) -> Iterator[str]:
    """Groups must name codes of the variable they group, each once."""
    variable = variables.entries[name]
    grouped = variables.entries.get(variable.of or "")
    if not grouped or not variable.groups:
        return
    seen: set[str] = set()
    for group, codes in variable.groups.items():
        for code in codes:
            if code not in grouped.codes():
                yield f"{variables.at(name, 'groups', group)}: {_no(f'code of {variable.of}', code, grouped.codes())}"
            if code in seen:
                yield f"{variables.at(name, 'groups', group)}: code '{code}' stands in two groups"
            seen.add(code)


def _no(what: str, name: str, known: Collection[str]) -> str:
    return f"no {what} is called '{name}'{nearest(name, known)}"
