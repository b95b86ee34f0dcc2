"""The dictionary against the code, before anything is derived: circles, concepts nobody makes, functions nobody has."""

from collections.abc import Iterator

from lfs.derive.lineage import FURTHER_STANDARDS, circle, concepts, with_standards
from lfs.metadata import Survey
from lfs.metadata.declarations import read_declarations
from lfs.metadata.variables import Variable


def dictionary_problems(survey: Survey) -> list[str]:
    """One line, with its place in variables.yaml, for each declaration that deriving could not follow.

    Universes, groupings and concepts that need each other; a derived variable that does not say what becomes of who did
    not answer; one that nothing makes and no office supplies; a function without a line in the dictionary.
    """
    declared = read_declarations(survey.folder, "variables.yaml", Variable, [])
    problems: list[str] = []
    if found := circle(survey.variables):
        # A column of a further standard stands in the dictionary under the concept's name.
        place = next((declared.at(name) for name in found if name in declared.sources), "config/variables.yaml")
        problems.append(
            f"{place}: universes, groupings and concepts go round in a circle: {' needs '.join(found)}; "
            "take a universe or grouping out of it, or let a function read something else"
        )
    supplied = {name for office in survey.offices.values() for name in office.variables}
    for name, variable in survey.variables.items():
        if variable.kind != "derived":
            continue
        if variable.unanswered is None:
            problems.append(
                f"{declared.at(name)}: '{name}' is derived and does not say what becomes of who did not answer; add "
                "`unanswered:` counts_as_no, counts_as_yes, own_category, left_out or cannot_be"
            )
        if not variable.of and name not in concepts() and name not in supplied:
            problems.append(
                f"{declared.at(name)}: '{name}' is derived, but src/lfs/derive/ has no function of this name and no "
                "office supplies it; write the function, or declare it unavailable"
            )
    return problems + [
        f"src/lfs/derive/{module}.py: '{name}' is a function without an entry in variables.yaml; add the entry, "
        "or begin its name with _"
        for name, module in _without_entry([*declared.sources, *with_standards(survey.variables)])
    ]


def _without_entry(known: list[str]) -> Iterator[tuple[str, str]]:
    """Functions, and the module of each, that no name of the dictionary calls for; unavailable ones are called for."""
    names = {*known, *(f"{name}_{standard}" for name in known for standard in FURTHER_STANDARDS)}
    for name, concept in concepts().items():
        if name not in names:
            yield name, concept.function.__module__.rpartition(".")[2]
