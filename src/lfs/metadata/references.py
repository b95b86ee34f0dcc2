"""Every name that one declaration uses must be declared: checked once, when a survey is loaded."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lfs.metadata.breakdowns import Breakdown
from lfs.metadata.by_definition import Definitions
from lfs.metadata.declarations import Declarations
from lfs.metadata.indicators import Indicator
from lfs.metadata.plan import can_be_made
from lfs.metadata.relations import Relation
from lfs.metadata.tables import Table
from lfs.metadata.variables import NOT_STATED, Variable
from lfs.metadata.yaml import nearest

NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class Dictionary:
    """All that is declared by name, with the place of every entry."""

    variables: Declarations[Variable]
    indicators: Declarations[Indicator]
    breakdowns: Declarations[Breakdown]
    relations: Declarations[Relation]
    by_definition: Declarations[Definitions]
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
    indicators = indicators.without(
        name for name, entry in indicators.entries.items() if entry.of in indicators.unavailable
    )
    breakdowns = declared.breakdowns.without(
        name for name, crossed in declared.breakdowns.entries.items() if lost & {*crossed}
    )
    relations = declared.relations.without(
        whole for whole, parts in declared.relations.entries.items() if lost & {whole, *parts}
    )
    held = {
        concept: {variable: classes for variable, classes in of.items() if variable not in lost}
        for concept, of in declared.by_definition.entries.items()
        if concept not in lost
    }
    by_definition = Declarations(held, declared.by_definition.sources, declared.by_definition.unavailable)
    tables = {}
    for name, table in declared.tables.entries.items():
        left = {
            "indicators": tuple(item for item in table.indicators if item not in indicators.unavailable),
            "breakdowns": tuple(item for item in table.breakdowns if item not in breakdowns.unavailable),
        }
        if left["indicators"] and (left["breakdowns"] or not table.breakdowns):
            tables[name] = table.model_copy(update=left)
    kept = Declarations(tables, declared.tables.sources, declared.tables.unavailable)
    return Dictionary(variables, indicators, breakdowns, relations, by_definition, kept)


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
    for name in declared.indicators.entries:
        yield from _estimated(name, declared, booleans, categories)
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
    yield from _defined(declared, booleans, categories)
    yield from _tabulated(declared)


def _estimated(
    name: str, declared: Dictionary, booleans: Collection[str], categories: Collection[str]
) -> Iterator[str]:
    """An indicator must name columns of the types that its kind reads, and a gap an indicator and its categories."""
    indicators, variables = declared.indicators, declared.variables
    indicator = indicators.entries[name]
    numbers = [each for each, entry in variables.entries.items() if entry.type in NUMBERS]
    for key, what, known in (
        ("numerator", "boolean variable", booleans),
        ("denominator", "boolean variable", booleans),
        ("universe", "boolean variable", booleans),
        ("number", "variable with numbers", numbers),
        ("over", "category variable", categories),
        ("variable", "category variable", categories),
    ):
        used = getattr(indicator, key)
        if used and used not in known:
            yield f"{indicators.at(name, key)}: {_no(what, used, known)}"
    if indicator.kind != "gap":
        return
    of = indicators.entries.get(indicator.of or "")
    simple = [each for each, entry in indicators.entries.items() if entry.kind != "gap"]
    if of is None or of.kind == "gap":
        yield f"{indicators.at(name, 'of')}: {_no('indicator that is no gap', indicator.of or '', simple)}"
    else:
        yield from (f"{indicators.at(name, key)}: {text}" for key, text in _unlike(indicator, of))
    if (variable := variables.entries.get(indicator.variable or "")) and variable.codes():
        codes = variable.codes()
        for code in indicator.categories:
            if code not in codes:
                yield f"{indicators.at(name, 'categories')}: {_no(f'code of {indicator.variable}', code, codes)}"


def _unlike(gap: Indicator, of: Indicator) -> Iterator[tuple[str, str]]:
    """Key and text of what a gap has otherwise than the indicator it is of."""
    if more := [each for each in gap.standards if each not in of.standards]:
        yield "standards", f"'{gap.of}' is not made by {more[0]}, so neither is a gap of it"
    unit = "rate" if gap.relative else {"rate": "points"}.get(of.unit, of.unit)
    if gap.unit != unit:
        yield "unit", f"a {'relative ' * gap.relative}gap of '{gap.of}', which is in {of.unit}, is in {unit}"
    if of.kind == "share" and of.over == gap.variable:
        yield "variable", f"'{gap.of}' is a share over '{gap.variable}'; a gap needs another variable"


def _defined(declared: Dictionary, booleans: Collection[str], categories: Collection[str]) -> Iterator[str]:
    """What is so by definition must name boolean columns, category variables and their codes."""
    by_definition, variables = declared.by_definition, declared.variables.entries
    for concept, of in by_definition.entries.items():
        if concept not in booleans:
            yield f"{by_definition.at(concept)}: {_no('boolean variable', concept, booleans)}"
        for name, classes in of.items():
            if name not in categories:
                yield f"{by_definition.at(concept, name)}: {_no('category variable', name, categories)}"
                continue
            codes = (*variables[name].codes(), NOT_STATED)
            for code in (*classes.all, *classes.none):
                if code not in codes:
                    yield f"{by_definition.at(concept, name)}: {_no(f'code of {name}', code, codes)}"


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
        yield from (f"{tables.at(name, 'breakdowns')}: {text}" for text in _never_made(table, declared))


def _never_made(table: Table, declared: Dictionary) -> Iterator[str]:
    """Indicators of a table that none of its breakdowns can show."""
    indicators, breakdowns = declared.indicators.entries, declared.breakdowns.entries
    named = [each for each in table.breakdowns if each in breakdowns]
    for name in table.indicators if named else ():
        entry = indicators.get(name)
        if entry is None or (entry.kind == "gap" and entry.of not in indicators):
            continue
        if not any(can_be_made(entry, each, indicators, breakdowns) for each in named):
            needed = (
                f"a breakdown that holds '{entry.over}', which it is a share over"
                if entry.kind == "share"
                else f"one without '{entry.variable}', and in breakdowns.yaml the same with it, where its sides stand"
            )
            yield f"'{name}' cannot be made by any of them; it needs {needed}"


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
