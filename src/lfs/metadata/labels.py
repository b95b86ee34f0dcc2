"""The printed words of one language, as declared; publishing owns their meaning."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lfs.metadata.declarations import STANDARD
from lfs.metadata.errors import SurveyError
from lfs.metadata.yaml import nearest, read_source


def read_labels(folder: Path, language: str) -> dict[str, Any]:
    """All of labels/<language>/*.yaml, the library's and then the survey's, as one nested dictionary.

    The survey's words replace the library's key by key. A word that two files of one folder declare, or a language
    without a folder, raises SurveyError.
    """
    folders = (STANDARD / "labels", Path(folder) / "config/labels")
    known = languages_with_labels(folder)
    if language not in known:
        raise SurveyError(f"no language '{language}' has a folder of labels{nearest(language, known)}")
    words: dict[str, Any] = {}
    for where in folders:
        own: dict[str, Any] = {}
        for path in label_files(where, language):
            source = read_source(path)
            for place in _merge(own, source.content, (), strict=True):
                raise SurveyError(
                    f"{source.at(*place)}: '{'.'.join(place)}' is declared in another file of this folder too"
                )
        list(_merge(words, own, (), strict=False))
    return words


def languages_with_labels(folder: Path) -> list[str]:
    """The languages that have a folder of labels, in the library or in the survey."""
    folders = (STANDARD / "labels", Path(folder) / "config/labels")
    return sorted({path.name for where in folders if where.is_dir() for path in where.iterdir() if path.is_dir()})


def label_files(folder: Path, language: str) -> list[Path]:
    """The YAML files of one language in a folder of labels."""
    return sorted((folder / language).glob("*.yaml"))


def _merge(
    into: dict[str, Any], more: dict[str, Any], place: tuple[str, ...], *, strict: bool
) -> Iterator[tuple[str, ...]]:
    """Add `more` to `into`; yields the place of each word that both hold, when `strict`."""
    for key, value in more.items():
        here = (*place, str(key))
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            yield from _merge(into[key], value, here, strict=strict)
        elif key in into and strict:
            yield here
        else:
            into[key] = value
