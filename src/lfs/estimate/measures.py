"""The yes/no columns behind all indicators, and the few patterns of them that people have.

Whoever is employed and informal has the same answers to every indicator as all others who are. So the weights of the
people of one pattern are added first, and every numerator and denominator is a sum of patterns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from lfs.metadata import SurveyError

Booleans = NDArray[np.bool_]
EVERYONE = "everyone"
EMPTY = 2
TOGETHER = 8  # columns of which all combinations are numbered at once
MANY = 2**24  # codes of which those that occur are found by sorting, not in a list of all


@dataclass(frozen=True)
class Estimand:
    """One indicator in one standard, as columns of `people`: of any kind of `lfs.metadata.indicators`.

    `concerns`: whom the numerator's concept concerns, where the dictionary says so; over, variable: names of category
    variables, and over_column, variable_column their columns by the standard; of: what a gap is of.
    """

    standard: str
    indicator: str
    kind: str
    numerator: str = ""
    denominator: str | None = None
    universe: str | None = None
    concerns: str | None = None
    number: str | None = None
    share: float = 0.5
    over: str | None = None
    over_column: str | None = None
    of: "Estimand | None" = None
    variable: str | None = None
    variable_column: str | None = None
    categories: tuple[str, ...] = ()
    relative: bool = False

    def columns(self) -> tuple[str, ...]:
        own = (self.numerator, self.denominator, self.universe, self.concerns, self.number)
        names = (*own, self.over_column, self.variable_column)
        return (*(name for name in names if name), *(self.of.columns() if self.of else ()))


@dataclass(frozen=True)
class Patterns:
    """person: (persons,) number of each person's pattern; holds[column]: (patterns,) whether it is true in it;
    known[column]: (patterns,) whether it is true or false, not empty."""

    person: NDArray[np.intp]
    holds: Mapping[str, Booleans]
    known: Mapping[str, Booleans]

    def of(self, columns: Iterable[str], rows: NDArray[np.intp]) -> "Patterns":
        """Fewer patterns of fewer columns, for some persons only."""
        names = sorted({*columns} - {EVERYONE})
        answers = [np.where(self.known[name], self.holds[name], EMPTY).astype(np.int8) for name in names]
        table = np.stack(answers, axis=1) if names else np.zeros((len(self.holds[EVERYONE]), 1), dtype=np.int8)
        _, example, number = np.unique(table, axis=0, return_index=True, return_inverse=True)
        kept = (*names, EVERYONE)
        return Patterns(
            number.reshape(-1)[self.person[rows]],
            {name: self.holds[name][example] for name in kept},
            {name: self.known[name][example] for name in kept},
        )

    def within(self, column: str) -> "Patterns":
        """The same with every column false outside `column`."""
        return Patterns(self.person, {name: held & self.holds[column] for name, held in self.holds.items()}, self.known)


@dataclass(frozen=True)
class Measures:
    """The totals to be made: which patterns add up to which, and which of them each estimand reads.

    membership: (measures, patterns) of 0 and 1; the others are (estimands,) numbers of measures. `both` is numerator
    and denominator at once; `domain` is whom the estimand speaks about.
    """

    membership: sparse.csr_array
    numerator: NDArray[np.intp]
    denominator: NDArray[np.intp]
    both: NDArray[np.intp]
    domain: NDArray[np.intp]
    is_ratio: Booleans
    is_proportion: Booleans


def patterns(people: pd.DataFrame, columns: Iterable[str]) -> Patterns:
    """Patterns of the boolean `columns` of `people`: true, false, or empty.

    Raises SurveyError for a column that is not boolean.
    """
    names = sorted(set(columns) - {EVERYONE})
    answers = [_answers(people[name]) for name in names]
    person, count = np.zeros(len(people), dtype=np.intp), 1
    for first in range(0, len(names), TOGETHER):
        some = answers[first : first + TOGETHER]
        for answer in some:
            person *= 3
            person += answer
        person = numbered(person, count * 3 ** len(some))[1]
        count = int(person.max(initial=0)) + 1
    example = np.empty(count, dtype=np.intp)
    example[person] = np.arange(len(person))
    holds = {name: answer[example] == 1 for name, answer in zip(names, answers, strict=True)}
    known = {name: answer[example] != EMPTY for name, answer in zip(names, answers, strict=True)}
    everyone = np.ones(count, dtype=bool)
    return Patterns(person, holds | {EVERYONE: everyone}, known | {EVERYONE: everyone})


def measures(estimands: Sequence[Estimand], found: Patterns) -> Measures:
    """Every distinct total that the estimands need."""
    rows: dict[bytes, int] = {}
    members: list[Booleans] = []

    def number(held: Booleans) -> int:
        if held.tobytes() not in rows:
            rows[held.tobytes()] = len(members)
            members.append(held)
        return rows[held.tobytes()]

    parts = []
    for estimand in estimands:
        # ASSUME a person within the universe of a concept for whom it could not be made, because the office's form
        # lacks a question, is in no estimate of it: neither a case nor one of those among whom cases are counted.
        numerator, known = found.holds[estimand.numerator], found.known[estimand.numerator]
        known = known | ~found.holds[estimand.concerns] if estimand.concerns else np.ones_like(known)
        if estimand.denominator:
            denominator = found.holds[estimand.denominator] & known
            # ASSUME a ratio speaks about the persons in its denominator (and in its numerator, where that is not a part
            # of the denominator): n, the design effect and the degrees of freedom are those of this domain.
            domain = denominator | numerator
        else:
            domain = denominator = found.holds[estimand.universe or EVERYONE] & known
            numerator = numerator & domain
        parts.append([number(held) for held in (numerator, denominator, numerator & denominator, domain)])
    numerator_of, denominator_of, both, domain_of = np.array(parts, dtype=np.intp).reshape(-1, 4).T
    is_ratio = np.array([bool(estimand.denominator) for estimand in estimands], dtype=bool)
    return Measures(
        sparse.csr_array(np.array(members, dtype=np.float64).reshape(len(members), -1)),
        numerator_of,
        denominator_of,
        both,
        domain_of,
        is_ratio,
        is_ratio & (both == numerator_of),
    )


def numbered(code: NDArray[np.intp], codes: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The codes that occur, in ascending order, and the number of each one's code among them."""
    if codes > max(MANY, 8 * len(code)):
        found, place = np.unique(code, return_inverse=True)
        return found, place.reshape(-1)
    occurs = np.zeros(codes, dtype=bool)
    occurs[code] = True
    occupied = np.flatnonzero(occurs)
    number = np.empty(codes, dtype=np.intp)
    number[occupied] = np.arange(len(occupied))
    return occupied, number[code]


def _answers(column: pd.Series) -> NDArray[np.int8]:
    """1 where the column is true, 0 where it is false, EMPTY where it is neither."""
    if not pd.api.types.is_bool_dtype(column.dtype):
        raise SurveyError(
            f"variable '{column.name}': an indicator needs a column of true and false, this one is {column.dtype}; "
            "declare type: boolean in variables.yaml and derive it, or map the supplied concept"
        )
    return column.to_numpy(dtype=np.int8, na_value=EMPTY)
