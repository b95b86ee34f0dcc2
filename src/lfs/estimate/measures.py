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


@dataclass(frozen=True)
class Estimand:
    """One indicator in one standard, as columns of `people`: a weighted count within a universe, or a ratio of two."""

    standard: str
    indicator: str
    kind: str
    numerator: str
    denominator: str | None = None
    universe: str | None = None

    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.numerator, self.denominator, self.universe) if name)


@dataclass(frozen=True)
class Patterns:
    """person: (persons,) number of each person's pattern; holds[column]: (patterns,) whether it is true in it."""

    person: NDArray[np.intp]
    holds: Mapping[str, Booleans]

    def within(self, column: str) -> "Patterns":
        """The same with every column false outside `column`."""
        return Patterns(self.person, {name: held & self.holds[column] for name, held in self.holds.items()})


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
    """Patterns of the boolean `columns` of `people`; an empty value, outside the universe, counts as false.

    Raises SurveyError for a column that is not boolean.
    """
    names = sorted(set(columns) - {EVERYONE})
    code = np.zeros(len(people), dtype=np.int64)
    for position, name in enumerate(names):
        if position % 40 == 39:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
        code = 2 * code + _true(people[name])
    seen = np.unique(code) if len(names) > 20 else np.flatnonzero(np.bincount(code))
    person = np.searchsorted(seen, code)
    first = np.empty(len(seen), dtype=np.intp)
    first[person] = np.arange(len(person))
    holds = {name: _true(people[name].iloc[first]) for name in names}
    return Patterns(person, holds | {EVERYONE: np.ones(len(seen), dtype=bool)})


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
        numerator = found.holds[estimand.numerator]
        if estimand.denominator:
            denominator = found.holds[estimand.denominator]
            # ASSUME a ratio speaks about the persons in its denominator (and in its numerator, where that is not a part
            # of the denominator): n, the design effect and the degrees of freedom are those of this domain.
            domain = denominator | numerator
        else:
            domain = denominator = found.holds[estimand.universe or EVERYONE]
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


def _true(column: pd.Series) -> Booleans:
    if not pd.api.types.is_bool_dtype(column.dtype):
        raise SurveyError(
            f"variable '{column.name}': an indicator needs a column of true and false, this one is {column.dtype}; "
            "declare type: boolean in variables.yaml and derive it, or map the supplied concept"
        )
    return column.to_numpy(dtype=bool, na_value=False)
