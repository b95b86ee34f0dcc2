"""People in pieces as coded numbers, cut where a PSU ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lfs.estimate.cells import NOT_STATED
from lfs.estimate.pieces.order import Runs, Words
from lfs.metadata import SurveyError

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
SmallCodes = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True)
class Chunk:
    """Neighbouring PSUs, and their persons with a weight who are in any indicator.

    stratum, names: (psus,); psu: (persons,) its position in `names`, ascending; weight, pattern: (persons,);
    codes: of each breakdown variable (persons,).
    """

    stratum: Words
    names: Words
    psu: Codes
    weight: Floats
    pattern: Codes
    codes: Mapping[str, SmallCodes]

    def between(self, first: int, last: int) -> "Chunk":
        """The PSUs from number first to before number last."""
        rows = slice(*np.searchsorted(self.psu, [first, last]))
        return Chunk(
            self.stratum[first:last],
            self.names[first:last],
            self.psu[rows] - first,
            self.weight[rows],
            self.pattern[rows],
            {name: code[rows] for name, code in self.codes.items()},
        )

    def followed_by(self, other: "Chunk") -> "Chunk":
        """Both, the last PSU of one being the first of the other where they are named alike."""
        same = (self.stratum[-1], self.names[-1]) == (other.stratum[0], other.names[0])
        return Chunk(
            np.r_[self.stratum, other.stratum[same:]],
            np.r_[self.names, other.names[same:]],
            np.r_[self.psu, other.psu + len(self.names) - same],
            np.r_[self.weight, other.weight],
            np.r_[self.pattern, other.pattern],
            {name: np.r_[code, other.codes[name]] for name, code in self.codes.items()},
        )


def chunk_of(
    runs: Runs, chosen: Codes, weight: Floats, pattern: NDArray[np.int32], codes: Mapping[str, SmallCodes]
) -> Chunk:
    """The PSUs of a piece with the rows `chosen` of its persons; the others are of all rows."""
    return Chunk(
        runs.stratum,
        runs.psu,
        np.repeat(np.arange(len(runs.start)), np.diff(np.searchsorted(chosen, runs.start), append=len(chosen))),
        weight[chosen],
        pattern[chosen].astype(np.intp),
        {name: code[chosen] for name, code in codes.items()},
    )


def whole_psus(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same persons, cut where a PSU ends: the last PSU of each waits for what the next one may hold of it."""
    waiting: Chunk | None = None
    for each in chunks:
        chunk = each if waiting is None else waiting.followed_by(each)
        last = len(chunk.names) - 1
        if last:
            yield chunk.between(0, last)
        waiting = chunk.between(last, last + 1)
    if waiting is not None:
        yield waiting


class Categories:
    """Positions of a variable's values among its categories, in each piece anew by the piece's own dictionary.

    The last category is not_stated; a person outside the variable's universe has the position after it.
    """

    def __init__(self, name: str, categories: Sequence[str], place: str) -> None:
        self.name, self.place = name, place
        self.listed = (*(category for category in categories if category != NOT_STATED), NOT_STATED)
        self.stated = False
        self._position = {category: number for number, category in enumerate(self.listed)}

    @property
    def outside(self) -> int:
        return len(self.listed)

    def code(self, column: pa.ChunkedArray) -> SmallCodes:
        """(rows,) Raises SurveyError for a value that is no category, naming the variable and the codes."""
        unknown = self.outside + 1
        parts = []
        for chunk in column.chunks:
            if pa.types.is_null(chunk.type):
                parts.append(np.full(len(chunk), self.outside, dtype=np.uint8))
                continue
            coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
            values = coded.dictionary.to_pylist()
            known = [self.outside if value is None else self._position.get(value, unknown) for value in values]
            place = np.array([*known, self.outside], dtype=np.uint8 if unknown < 256 else np.uint16)
            indices = pc.fill_null(coded.indices, len(values)) if coded.indices.null_count else coded.indices
            code = place[indices.to_numpy(zero_copy_only=False)]
            if unknown in known and (wrong := np.flatnonzero(code == unknown)).size:
                words = sorted({str(value) for value in chunk.take(pa.array(wrong)).to_pylist()})
                raise SurveyError(
                    f"{self.place}, variable '{self.name}': code {', '.join(words)} ({len(wrong)} rows of the first "
                    f"piece that has it) is none of its categories; declare it under {self.name}: in variables.yaml, "
                    "or map it in the office file"
                )
            parts.append(code)
        found = parts[0] if len(parts) == 1 else np.concatenate(parts)
        self.stated = self.stated or bool(np.any(found != self.outside))
        return found
