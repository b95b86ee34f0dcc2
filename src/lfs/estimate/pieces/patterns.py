"""The patterns of true, false and empty in people's answers, numbered as they are met."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from lfs.estimate.measures import EVERYONE, Estimand, Measures, Patterns, measures
from lfs.metadata import SurveyError

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
FIRST_COLUMNS, MORE_COLUMNS = 10, 5
"""So many columns of three states each are one code: small enough to be looked up in a table."""


class Numbers:
    """Consecutive numbers for codes, in the order in which they are met."""

    def __init__(self) -> None:
        self._number = np.zeros(0, dtype=np.int32)
        self.count = 0

    def of(self, code: NDArray) -> tuple[NDArray[np.int32], Codes]:
        """The number of each code, and the positions of codes that were never met before."""
        if (top := int(code.max(initial=0)) + 1) > len(self._number):
            self._number = np.r_[self._number, np.full(top - len(self._number), -1, dtype=np.int32)]
        number = self._number[code]
        if number.min(initial=0) >= 0:
            return number, np.zeros(0, dtype=np.intp)
        positions = np.flatnonzero(number < 0)
        new, first = np.unique(code[positions], return_index=True)
        self._number[new] = np.arange(self.count, self.count + len(new), dtype=np.int32)
        self.count += len(new)
        return self._number[code], positions[first]


class PatternRegister:
    """All patterns met so far in the boolean `columns`, and which of them add up to what the estimands need."""

    def __init__(self, estimands: Sequence[Estimand]) -> None:
        self.estimands = estimands
        self.columns = sorted({name for each in estimands for name in each.columns()} - {EVERYONE})
        later = range(FIRST_COLUMNS, len(self.columns), MORE_COLUMNS)
        starts = [0, *later, len(self.columns)]
        self._groups = [slice(first, last) for first, last in pairwise(starts)]
        self._numbers = [Numbers() for _ in self._groups]
        self._holds: list[list[bool]] = []
        self._known: list[list[bool]] = []
        self._of_patterns: tuple[Measures, Columns] | None = None

    def number(self, columns: Mapping[str, pa.Array], rows: int) -> NDArray[np.int32]:
        """(rows,) the pattern of each person. Raises SurveyError for a column that is not boolean."""
        states = [_states(name, columns[name]) for name in self.columns]
        number, new = np.zeros(rows, dtype=np.int32), np.zeros(0, dtype=np.intp)
        for numbers, group in zip(self._numbers, self._groups, strict=True):
            code = np.zeros(rows, dtype=np.uint16)
            for true, empty in states[group]:
                np.multiply(code, 3, out=code)
                np.add(code, true, out=code)
                if empty is not None:
                    np.add(code, 2 * empty, out=code)
            if numbers is not self._numbers[0]:
                code = number.astype(np.int64) * 3 ** (group.stop - group.start) + code
            number, new = numbers.of(code)
        if len(new) or not self._holds:
            # Positions come in the order of their code, as their numbers do.
            self._holds += [[bool(true[row]) for true, _ in states] for row in new]
            self._known += [[empty is None or not empty[row] for _, empty in states] for row in new]
            self._of_patterns = None
        return number

    @property
    def found(self) -> Patterns:
        """The patterns without the persons."""
        holds = np.array(self._holds, dtype=bool).reshape(-1, len(self.columns)).T
        known = np.array(self._known, dtype=bool).reshape(-1, len(self.columns)).T
        everyone = {EVERYONE: np.ones(len(self._holds), dtype=bool)}
        return Patterns(
            np.zeros(0, dtype=np.intp),
            dict(zip(self.columns, holds, strict=True)) | everyone,
            dict(zip(self.columns, known, strict=True)) | everyone,
        )

    @property
    def needed(self) -> "tuple[Measures, Columns]":
        """What is to be made of the patterns met so far."""
        if self._of_patterns is None:
            needed = measures(self.estimands, self.found)
            self._of_patterns = needed, Columns(needed)
        return self._of_patterns


class Columns:
    """Which patterns add up to each estimand's y and r = x - y, every distinct sum once.

    y is the numerator and x the denominator, so that y - R x = (1 - R) y - R r, without a difference of large numbers
    where R is near 0 or 1. membership: (columns, patterns) sparse; y, r: (estimands,) numbers of columns, r without
    meaning for totals; domains: (domains, patterns) sparse; domain: (estimands,); matters: (patterns,) in an estimand.
    """

    def __init__(self, needed: Measures) -> None:
        of = needed.membership.toarray()
        y, x = of[needed.numerator], of[needed.denominator]
        ratio = needed.is_ratio
        distinct, which = np.unique(np.r_[y, (x - y)[ratio]], axis=0, return_inverse=True)
        self.membership = sparse.csr_array(distinct)
        self.y: Codes = which.reshape(-1)[: len(y)]
        self.r: Codes = self.y.copy()
        self.r[ratio] = which.reshape(-1)[len(y) :]
        self.ratios = np.flatnonzero(ratio)
        distinct, domain = np.unique(of[needed.domain], axis=0, return_inverse=True)
        self.domains, self.domain = sparse.csr_array(distinct), domain.reshape(-1)
        self.matters = of.any(axis=0)


def _states(name: str, column: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """True as 1, and empty as 1 where anything is empty."""
    if not pa.types.is_boolean(column.type):
        raise SurveyError(
            f"variable '{name}': an indicator needs a column of true and false, this one is {column.type}; "
            "declare type: boolean in variables.yaml and derive it, or map the supplied concept"
        )
    if not column.null_count:
        return _bytes(column), None
    return _bytes(pc.fill_null(column, False)), _bytes(column.is_null())


def _bytes(column: pa.Array) -> NDArray[np.uint8]:
    return column.to_numpy(zero_copy_only=False).view(np.uint8)
