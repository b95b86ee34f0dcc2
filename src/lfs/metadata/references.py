"""Every name that one declaration uses must be declared: checked once, when a survey is loaded."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lfs.metadata.breakdowns import Breakdown
from lfs.metadata.declarations import Declarations
from lfs.metadata.indicators import Indicator
from lfs.metadata.relations import Relation
from lfs.metadata.tables import Table
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import nearest


@dataclass(frozen=True)
class Dictionary:
    """All that is declared by name, with the place of every entry."""

    variables: Declarations[Variable]
    indicators: Declarations[Indicator]
    breakdowns: Declarations[Breakdown]
    relations: Declarations[Relation]
    tables: Declarations[Table]


def drop_unavailable(declared: Dictionary) -> Dictionary:
    """Take away what is built on something declared unavailable, so that the survey says so in one place only."""
    variables = declared.variables
    while gone := {
        name for name, entry in variables.entries.items() if {entry.of, entry.universe} & variables.unavailable
    }:
        variables = variables.without(gone)
    lost = variables.unavailable
    indicators = declared.indicators.without(
        name for name, entry in declared.indicators.entries.items() if lost & {*entry.columns()}
    )
    breakdowns = declared.breakdowns.without(
        name for name, crossed in declared.breakdowns.entries.items() if lost & {*crossed}
    )
    relations = declared.relations.without(
        whole for whole, parts in declared.relations.entries.items() if lost & {whole, *parts}
    )
    tables = {}
    for name, table in declared.tables.entries.items():
        left = {
            "indicators": tuple(item for item in table.indicators if item not in indicators.unavailable),
            "breakdowns": tuple(item for item in table.breakdowns if item not in breakdowns.unavailable),
        }
        if left["indicators"] and (left["breakdowns"] or not table.breakdowns):
            tables[name] = table.model_copy(update=left)
    kept = Declarations(tables, declared.tables.sources, declared.tables.unavailable)
    return Dictionary(variables, indicators, breakdowns, relations, kept)


def undeclared(declared: Dictionary, classifications: Collection[str]) -> Iterator[str]:
    """One line for every use of a name that is not declared, or cannot be used there."""
    variables = declared.variables
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
    for name, indicator in declared.indicators.entries.items():
        for key in ("numerator", "denominator", "universe"):
            used = getattr(indicator, key)
            if used and used not in booleans:
                yield f"{declared.indicators.at(name, key)}: {_no('boolean variable', used, booleans)}"
    for name, crossed in declared.breakdowns.entries.items():
        for used in crossed:
            if used not in categories:
                yield f"{declared.breakdowns.at(name)}: {_no('category variable', used, categories)}"
        if len(set(crossed)) < len(crossed):
            yield f"{declared.breakdowns.at(name)}: a variable stands twice in one breakdown"
    for whole, parts in declared.relations.entries.items():
        for used in (whole, *parts):
            if used not in booleans:
                yield f"{declared.relations.at(whole)}: {_no('boolean variable', used, booleans)}"
    yield from _tabulated(declared)


def _tabulated(declared: Dictionary) -> Iterator[str]:
    """Tables must name indicators and breakdowns."""
    tables = declared.tables
    for name, table in tables.entries.items():
        for used in table.indicators:
            if used not in declared.indicators.entries:
                yield f"{tables.at(name, 'indicators')}: {_no('indicator', used, declared.indicators.entries)}"
        for used in table.breakdowns:
            if used not in declared.breakdowns.entries:
                yield f"{tables.at(name, 'breakdowns')}: {_no('breakdown', used, declared.breakdowns.entries)}"


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
