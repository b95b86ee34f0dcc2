"""YAML 1.2 files into checked, frozen objects, with the line of whatever is wrong.

Other readers, those of YAML 1.1, take `yes`, `no`, `on`, `off` for true and false. Here they are text; as keys
they must be quoted all the same, so that no other reader of the same file sees something else.
"""

import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError

from lfs.metadata.errors import SurveyError

BOOLEAN_ELSEWHERE = {"yes", "no", "on", "off", "true", "false"}
WHOLE = r"[-+]?[0-9]+"
"""A whole number in YAML 1.2: `012` is twelve."""
Place = tuple[str, ...]
Model = TypeVar("Model")


class Declared(BaseModel):
    """Base of everything declared: unknown keys are refused, nothing can be changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True)
class Source:
    """The content of one YAML file, and the line of every key in it."""

    path: Path
    content: dict[str, Any]
    lines: Mapping[Place, int]

    def at(self, *keys: object) -> str:
        """`config/variables.yaml, line 12`: the line of the innermost of `keys` that the file holds."""
        place = tuple(str(key) for key in keys)
        while place and place not in self.lines:
            place = place[:-1]
        return f"{shown(self.path)}, line {self.lines[place]}" if place else shown(self.path)


class _Loader(yaml.CSafeLoader):
    """Plain text as YAML 1.2's core schema takes it, whereas PyYAML would follow YAML 1.1; libyaml parses it."""

    yaml_implicit_resolvers: typing.ClassVar[dict[str, Any]] = {}


for _kind, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", WHOLE, "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def read_source(path: Path) -> Source:
    """Content and lines of a YAML file; every key that is repeated or that others read as true or false is refused.

    Raises SurveyError where the file is missing, is no UTF-8, no YAML, or holds no mapping of names.
    """
    path = Path(path)
    try:
        loader = _Loader(path.read_text(encoding="utf-8-sig"))
        node = loader.get_single_node()
    except FileNotFoundError:
        raise SurveyError(f"{shown(path)} does not exist") from None
    except UnicodeDecodeError as error:
        raise SurveyError(f"{shown(path)}: byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise SurveyError(f"{shown(path)}{line}: not valid YAML: {error.problem or error.context}") from None
    except YAMLError as error:
        raise SurveyError(f"{shown(path)}: not valid YAML: {str(error).splitlines()[0]}") from None
    if node is None:
        return Source(path, {}, {})
    if not isinstance(node, MappingNode):
        raise SurveyError(f"{shown(path)}, line {node.start_mark.line + 1}: expected `name: ...`, one entry a name")
    lines: dict[Place, int] = {}
    if problems := [f"{shown(path)}, line {line}: {text}" for line, text in _walk(node, (), lines)]:
        raise SurveyError(*problems)
    return Source(path, loader.construct_document(node), lines)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """The file as `model` (a pydantic model, or `dict[str, Model]`); SurveyError names file, line and nearest name."""
    return validate(read_source(path), model)


def validate(source: Source, model: type[Model], within: Place = ()) -> Model:
    """What stands at `within` in the file (by default all of it) as `model`."""
    content: Any = source.content
    for key in within:
        content = content[key]
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as error:
        raise SurveyError(*_problems(error, source, model, within)) from None


def nearest(name: object, known: Iterable[object]) -> str:
    """`; did you mean 'sex'?`, or the known names where none is near."""
    names = [str(item) for item in known]
    near = get_close_matches(str(name), names, n=1, cutoff=0.5)
    if near:
        return f"; did you mean '{near[0]}'?"
    if not names:
        return "; none is declared"
    return f"; known: {', '.join(names[:12])}{' ...' if len(names) > 12 else ''}"


def shown(path: Path) -> str:
    """The path as a person would type it here: relative to the working folder where it lies in it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _walk(node: Node, place: Place, lines: dict[Place, int]) -> Iterator[tuple[int, str]]:
    """Fill `lines`; yield the line and text of each repeated, ambiguous or merging key below `node`."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*place, str(index))] = item.start_mark.line + 1
            yield from _walk(item, (*place, str(index)), lines)
    if not isinstance(node, MappingNode):
        return
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            yield line, "a key must be a plain name or code"
            continue
        here = (*place, key.value)
        if here in lines:
            yield line, f"'{key.value}' stands here a second time (first in line {lines[here]}); remove one"
        if not key.style and key.value.lower() in BOOLEAN_ELSEWHERE:
            yield (
                line,
                f'{key.value} as a key must be quoted ("{key.value}":), or other readers take it for true or false',
            )
        if not key.style and key.value == "<<":
            yield line, "merge keys (<<) are not used here; write the entries out"
        lines.setdefault(here, line)
        yield from _walk(value, here, lines)


def _problems(error: ValidationError, source: Source, model: Any, within: Place) -> Iterator[str]:
    for item in error.errors():
        place = [str(key) for key in item["loc"]]
        where = source.at(*within, *place)
        name = ".".join([*within, *place]) or "file"
        given = repr(item["input"]) if isinstance(item["input"], str | int | float) else "this entry"
        match item["type"]:
            case "extra_forbidden":
                yield f"{where}: unknown key '{place[-1]}'{nearest(place[-1], _fields(model, place[:-1]))}"
            case "missing":
                yield f"{where}: '{name}' is missing"
            case "literal_error":
                expected = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
                yield f"{where}: '{name}' cannot be {given}{nearest(item['input'], expected)}"
            case "value_error":
                yield f"{where}: {'.'.join(place) + ': ' if place else ''}{item['ctx']['error']}"
            case _:
                message = item["msg"][0].lower() + item["msg"][1:]
                yield f"{where}: '{name}' is {given}; {message}"


def _fields(kind: Any, place: Sequence[str]) -> list[str]:
    """Names of the fields that the model at `place` below `kind` has."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if not place:
            return list(kind.model_fields)
        field = kind.model_fields.get(place[0])
        return _fields(field.annotation, place[1:]) if field else []
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return [name for part in parts for name in _fields(part, place)]
    if parts and place:
        return _fields(parts[-1] if parts[-1] is not Ellipsis else parts[0], place[1:])
    return []
