"""One kind of declared thing: the library's file, and the survey's own file over it by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from lfs.metadata.errors import SurveyError
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import Model, Source, nearest, read_source, validate

STANDARD = Path(__file__).parents[1] / "standard"
UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Declarations(Generic[Model]):
    """Checked entries by name, where each stands, and the names the survey declares unavailable."""

    entries: dict[str, Model]
    sources: dict[str, Source]
    unavailable: frozenset[str]

    def at(self, name: str, *keys: object) -> str:
        """File and line of the entry, or of a key in it."""
        return self.sources[name].at(name, *keys)

    def without(self, names: Iterable[str]) -> "Declarations[Model]":
        """The same without `names`, which count as unavailable."""
        gone = frozenset(names)
        kept = {name: entry for name, entry in self.entries.items() if name not in gone}
        return Declarations(kept, self.sources, self.unavailable | gone)


def declaration_files(folder: Path, file: str) -> list[Path]:
    """The files that declare one kind of thing in a folder: `variables.yaml`, and those of the folder `variables`."""
    return [path for path in (folder / file, *sorted((folder / Path(file).stem).glob("*.yaml"))) if path.exists()]


def standard_variables() -> dict[str, Variable]:
    """The library's dictionary of `people`, without that of any survey."""
    problems: list[str] = []
    found = read_declarations(STANDARD.parent, "variables.yaml", Variable, problems)
    if problems:
        raise SurveyError(*problems)
    return found.entries


def read_declarations(folder: Path, file: str, model: type[Model], problems: list[str]) -> Declarations[Model]:
    """Entries of the library's `file`, then of the survey's: same name replaces, `name: unavailable` takes away.

    Either may be a folder of files instead, `variables/*.yaml` for `variables.yaml`, in which no name occurs twice.
    What is wrong is added to `problems`; the entries that are right are returned.
    """
    places: dict[str, Source] = {}
    unavailable: set[str] = set()
    for path in (*declaration_files(STANDARD, file), *declaration_files(folder / "config", file)):
        try:
            source = read_source(path)
        except SurveyError as error:
            problems.extend(error.problems)
            continue
        for name, content in source.content.items():
            if name in places and _same_folder(places[name].path, path):
                problems.append(f"{source.at(name)}: '{name}' is declared in {places[name].at(name)} too")
            elif not isinstance(name, str):
                problems.append(f'{source.at(name)}: a name must be text; quote it: "{name}":')
            elif content != UNAVAILABLE:
                places[name] = source
            elif name in places:
                unavailable.add(name)
            else:
                problems.append(
                    f"{source.at(name)}: '{name}' is not declared, so cannot be unavailable{nearest(name, places)}"
                )
    entries: dict[str, Model] = {}
    for name, source in places.items():
        if name in unavailable:
            continue
        try:
            entries[name] = validate(source, model, (name,))
        except SurveyError as error:
            problems.extend(error.problems)
    return Declarations(entries, places, frozenset(unavailable))


def _same_folder(one: Path, other: Path) -> bool:
    """Whether both are the library's, or both the survey's."""
    return (STANDARD in one.parents) == (STANDARD in other.parents)
