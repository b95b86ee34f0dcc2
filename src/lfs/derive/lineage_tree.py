"""The lineage of one column, printed: what it is made from, down to the questions, as a tree or as a graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lfs.derive.lineage import columns_read, concepts, owners, with_standards
from lfs.metadata import SurveyError
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import nearest

INDENT = "  "
ABOVE = "(as above)"


@dataclass(frozen=True)
class Origin:
    """One variable of the dictionary, and what it is made from."""

    name: str
    kind: str
    universe: str | None
    """Whom it concerns; nothing where that is everybody."""
    reference: str | None
    inputs: tuple[str, ...] = ()
    """Variables it is made from; a question has none."""
    where_asked: tuple[str, ...] = ()
    """Those of them that a survey may lack."""
    settings: tuple[str, ...] = ()


Lineage = dict[str, Origin]


def lineage_of(name: str, variables: Mapping[str, Variable]) -> Lineage:
    """The variable, and everything it is made from down to the questions, by name and in the order they are met.

    `name` is a variable of the dictionary or one of its columns, that of a further standard included (employed_icls13).
    Raises SurveyError where there is none of that name.
    """
    variables = with_standards(variables)
    owner = owners(variables)
    if name not in variables and name not in owner:
        known = [*variables, *owner]
        raise SurveyError(f"lineage: '{name}' is no column of the dictionary{nearest(name, known)}")
    found: Lineage = {}
    waiting = [name if name in variables else owner[name]]
    while waiting:
        met = waiting.pop(0)
        if met not in found:
            found[met] = _origin(met, variables[met], owner)
            waiting = [*found[met].inputs, *waiting]
    return found


def as_text(lineage: Lineage) -> str:
    """An indented tree, one line a variable with its kind, universe and reference; what came before is only named."""
    return "\n".join(_lines(next(iter(lineage)), lineage, depth=0, printed=set()))


def as_dot(lineage: Lineage) -> str:
    """The graph in the language of Graphviz: from the questions to the column, dashed where a survey may lack it."""
    lines = [f'digraph "{next(iter(lineage))}" {{', '  rankdir="LR";', '  node [shape="box"];']
    for origin in lineage.values():
        label = "\\n".join(word.replace('"', '\\"') for word in (origin.name, *_about(origin)))
        lines.append(f'  "{origin.name}" [label="{label}"];')
    for origin in lineage.values():
        for source in origin.inputs:
            style = ' [style="dashed"]' if source in origin.where_asked else ""
            lines.append(f'  "{source}" -> "{origin.name}"{style};')
    return "\n".join([*lines, "}"])


def _origin(name: str, variable: Variable, owner: Mapping[str, str]) -> Origin:
    if variable.of:
        return Origin(name, variable.kind, variable.universe, variable.reference, inputs=(variable.of,))
    if variable.kind not in ("universe", "derived") or name not in concepts():
        return Origin(name, variable.kind, variable.universe, variable.reference)
    concept = concepts()[name]

    def of(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(owner.get(column, column) for column in columns))

    return Origin(
        name,
        variable.kind,
        variable.universe,
        variable.reference,
        inputs=of(columns_read(name)),
        where_asked=of(concept.reads_if_any),
        settings=(*concept.settings, *concept.settings_if_any),
    )


def _lines(name: str, lineage: Lineage, depth: int, printed: set[str]) -> Iterator[str]:
    origin = lineage[name]
    if name in printed:
        yield f"{INDENT * depth}{name} {ABOVE}" if origin.inputs else f"{INDENT * depth}{name}: {_words(origin)}"
        return
    printed.add(name)
    yield f"{INDENT * depth}{name}: {_words(origin)}"
    for source in origin.inputs:
        yield from _lines(source, lineage, depth + 1, printed)


def _words(origin: Origin) -> str:
    return "; ".join(_about(origin))


def _about(origin: Origin) -> tuple[str, ...]:
    """Kind and universe, the question's or paragraph's reference, the settings."""
    words = [f"{origin.kind}, of {origin.universe or 'everybody'}"]
    if origin.reference:
        words.append(origin.reference)
    if origin.settings:
        words.append(f"settings {', '.join(origin.settings)}")
    return tuple(words)
