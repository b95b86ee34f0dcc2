"""The assumptions that the code states about its method, collected for the methods annex."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Assumption:
    """One sentence that begins with ASSUME in a comment, and the step and module that it holds for."""

    step: str
    module: str
    text: str

    @property
    def key(self) -> str:
        """What a translation of the sentence is filed under; another wording has another key."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:10]


def read_assumptions(folder: Path, source: Path = SOURCE) -> tuple[Assumption, ...]:
    """Every ASSUME comment of the library below `source`, and of the offices' functions of the survey in `folder`.

    By step and module, in their order in the file. The text goes on over the comment lines that follow at the same
    indentation, until the next ASSUME.
    """
    found = []
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source)
        step = place.parts[0] if len(place.parts) > 1 else place.stem
        found += _assumptions(path, step, place.as_posix())
    for path in sorted(folder.glob("config/offices/*.py")):
        found += _assumptions(path, "harmonise", path.relative_to(folder).as_posix())
    return tuple(found)


def _assumptions(path: Path, step: str, module: str) -> list[Assumption]:
    return [Assumption(step, module, sentence) for sentence in _sentences(path.read_text(encoding="utf-8"))]


def _sentences(text: str) -> list[str]:
    sentences: list[list[str]] = []
    indent = ""
    for line in text.splitlines():
        comment = re.fullmatch(r"(\s*)# ?(.*)", line)
        if comment and (start := re.match(r"ASSUME[:,]?\s+(.*)", comment[2])):
            indent = comment[1]
            sentences.append([start[1]])
        elif comment and sentences and comment[1] == indent and sentences[-1][-1:] != [""]:
            sentences[-1].append(comment[2].strip())
        elif sentences and sentences[-1][-1:] != [""]:
            sentences[-1].append("")
    return [" ".join(part for part in parts if part) for parts in sentences]
