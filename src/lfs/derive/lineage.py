"""Where every column comes from: concepts are functions named after the column they make.

Positional arguments are the columns a function reads; one that may be None is read where the survey has it.
Keyword-only arguments are settings of the survey. Questions are settled by their universe, which may itself rest on
concepts, so that questions, universes and concepts stand in one order.
"""

import graphlib
import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pandas import Series

from lfs.metadata import SurveyError
from lfs.metadata.variables import Variable, column_of

SUBJECTS = (
    "branch_and_occupation",
    "children",
    "contracts",
    "disability",
    "displacement",
    "earnings",
    "households",
    "informality",
    "informality_icls21",
    "injury",
    "labour_force",
    "migration",
    "mismatch",
    "module_universes",
    "own_use",
    "search",
    "social_protection",
    "status_in_employment",
    "underutilisation",
    "universes",
    "working_time",
    "youth",
)
MODULES = tuple(import_module(f"lfs.derive.{subject}") for subject in SUBJECTS)
"""The modules whose public functions are concepts."""
FURTHER_STANDARDS = ("icls13", "icls21")
"""Standards whose columns are derived beside those of the 19th ICLS, under the concept's name and their own."""
NO_RULE = "no_rule"
"""What a derived variable lacks that neither has a function or groups, nor is supplied by the office."""
Chain = tuple[str, ...]
"""Why something cannot be made: its missing input, the missing input of that, ... down to what the survey lacks."""


@dataclass(frozen=True)
class Concept:
    """A function that makes a column, the columns it needs, those it reads if there are any, and its settings."""

    function: Callable[..., Series]
    needs: tuple[str, ...]
    reads_if_any: tuple[str, ...]
    settings: tuple[str, ...]
    """Settings without a default of their own."""
    settings_if_any: tuple[str, ...]


@cache
def concepts() -> dict[str, Concept]:
    """Every concept of the library by the name of its column."""
    found = {}
    for module in MODULES:
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_"):
                found[name] = _concept(function)
    return found


def with_standards(variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """The dictionary, and beside each concept a variable for each further standard by which it is derived.

    `employed` lists icls13 and a function `employed_icls13` exists: then so does the column, of the same type and
    categories. Its universe follows the same standard where that differs by it, as does what it groups.
    """
    whole: dict[str, Variable] = {}
    for name, variable in variables.items():
        whole[name] = variable
        for standard in (standard for standard in FURTHER_STANDARDS if standard in variable.standards):
            if f"{name}_{standard}" in concepts() or variable.of:
                follows = {
                    key: column_of(getattr(variable, key), standard, variables)
                    for key in ("universe", "of")
                    if getattr(variable, key)
                }
                whole[f"{name}_{standard}"] = variable.model_copy(update={"standards": (), **follows})
    return whole


def owners(variables: Mapping[str, Variable]) -> dict[str, str]:
    """Column of `people`: the variable it belongs to. The options of a multiple variable have a column each."""
    return {column: name for name, variable in variables.items() for column in columns_of(name, variable)}


def columns_of(name: str, variable: Variable) -> tuple[str, ...]:
    """The columns of one variable."""
    return tuple(f"{name}_{option}" for option in variable.options) or (name,)


def order(variables: Mapping[str, Variable]) -> list[str]:
    """The variables of the dictionary, by every standard, so that each stands behind what it is made or settled from.

    Raises SurveyError where the declared universes or groupings go round in a circle.
    """
    try:
        return list(_sorter(variables).static_order())
    except graphlib.CycleError as error:
        found = " needs ".join(error.args[1][::-1])
        raise SurveyError(f"variables.yaml: universes and groupings go round in a circle: {found}") from None


def circle(variables: Mapping[str, Variable]) -> tuple[str, ...]:
    """Variables each of which needs the next, the last being the first again; empty where `order` finds an order."""
    try:
        _sorter(variables).prepare()
    except graphlib.CycleError as error:
        return tuple(error.args[1][::-1])
    return ()


def _sorter(variables: Mapping[str, Variable]) -> graphlib.TopologicalSorter[str]:
    """What every variable, by every standard, is made or settled from."""
    variables = with_standards(variables)
    owner = owners(variables)
    inputs: dict[str, set[str]] = {}
    for name, variable in variables.items():
        read = {owner[column] for column in _reads(name, variable) if column in owner}
        inputs[name] = (read | {variable.universe or name}) & set(variables) - {name}
    return graphlib.TopologicalSorter(inputs)


def unavailable(variables: Mapping[str, Variable], columns: Collection[str]) -> dict[str, Chain]:
    """Which universes and derived variables cannot be made from the given columns of answers, and why.

    A concept also needs its universe. A grouping does without: it then groups whatever was answered. What the office
    supplies under the variable's own name serves whatever is made from it, though it cannot be made itself.
    """
    variables = with_standards(variables)
    owner = owners(variables)
    have = set(columns)
    missing: dict[str, Chain] = {}
    for name in order(variables):
        if variables[name].kind not in ("universe", "derived"):
            continue
        lacking = next((column for column in _needs(name, variables[name]) if column not in have), None)
        if lacking is None:
            have.add(name)
        else:
            lacking = owner.get(lacking, lacking)
            missing[name] = (lacking, *missing.get(lacking, ()))
    return missing


def make(name: str, columns: Mapping[str, Series], settings: Mapping[str, object]) -> Series:
    """The column that the concept of this name makes from the columns and settings it declares."""
    concept = concepts()[name]
    if lacking := [setting for setting in concept.settings if setting not in settings]:
        raise SurveyError(f"config/config.yaml: '{lacking[0]}' is not set, and '{name}' needs it")
    named = [*concept.settings, *(setting for setting in concept.settings_if_any if setting in settings)]
    return concept.function(
        **{column: columns[column] for column in concept.needs},
        **{column: columns[column] for column in concept.reads_if_any if column in columns},
        **{setting: settings[setting] for setting in named},
    )


def columns_read(name: str) -> tuple[str, ...]:
    """The columns that the concept of this name reads, those that a survey may lack included."""
    concept = concepts().get(name)
    return (*concept.needs, *concept.reads_if_any) if concept else ()


def _needs(name: str, variable: Variable) -> tuple[str, ...]:
    if variable.of:
        return (variable.of,)
    if name not in concepts():
        return (NO_RULE,)
    return (*concepts()[name].needs, *((variable.universe,) if variable.universe else ()))


def _reads(name: str, variable: Variable) -> tuple[str, ...]:
    if variable.of:
        return (variable.of,)
    return columns_read(name) if variable.kind in ("universe", "derived") else ()


def _concept(function: Callable[..., Series]) -> Concept:
    columns: list[inspect.Parameter] = []
    settings: list[inspect.Parameter] = []
    for argument in inspect.signature(function).parameters.values():
        (settings if argument.kind is argument.KEYWORD_ONLY else columns).append(argument)

    def names(arguments: list[inspect.Parameter], *, optional: bool) -> tuple[str, ...]:
        return tuple(item.name for item in arguments if (item.default is not item.empty) is optional)

    return Concept(
        function,
        needs=names(columns, optional=False),
        reads_if_any=names(columns, optional=True),
        settings=names(settings, optional=False),
        settings_if_any=names(settings, optional=True),
    )
