"""The auxiliary variables of a calibration: how much each household, or person, counts in each control."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from lfs.metadata import SurveyError
from lfs.metadata.controls import CROSSED, Controls, Margin
from lfs.metadata.variables import NOT_STATED

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
OUTSIDE, UNKNOWN = -1, -2


@dataclass(frozen=True)
class Auxiliaries:
    """Who counts in what: x and the totals that its weighted sums are to reach.

    unit: (persons,) number of the household or person that carries the weight; names: (units,); x: (units, controls);
    members: (units,) persons; totals: (controls,); margins and labels: (controls,) the margin and the category;
    places: (controls,) file and line of the total.
    """

    unit: Codes
    names: NDArray[np.object_]
    x: sparse.csr_array
    members: Floats
    totals: Floats
    margins: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def names_of_controls(self) -> tuple[str, ...]:
        return tuple(f"{margin}: {label}" for margin, label in zip(self.margins, self.labels, strict=True))


def auxiliaries(
    people: pd.DataFrame,
    controls: Controls,
    weight: Floats,
    weight_of: Literal["household", "person"] = "household",
    not_stated: Literal["refuse", "share"] = "refuse",
) -> Auxiliaries:
    """Counts of persons by household (or 0 and 1 by person) in every category of every margin.

    A household counts its members; controls of households count it once. Persons outside the universe of a margin's
    variable count nowhere in it. weight: (persons,) by which persons not stated are shared out.
    Raises SurveyError for a margin's variable that the people lack, and under `refuse` for persons not stated.
    """
    unit, names = units(people, weight_of)
    members = np.bincount(unit, minlength=len(names)).astype(np.float64)
    problems: list[str] = []
    totals: list[float] = []
    parts, margins, labels, places = [], [], [], []
    for margin in controls.margins:
        if lacking := [name for name in margin.variables if name not in people]:
            problems.append(
                f"{controls.at(margin)}: margin '{margin.name}' needs {', '.join(lacking)}, which no office of this "
                "round gives; leave the margin out"
            )
            continue
        person, cell, share = _counted(people, margin, weight, not_stated, controls.at(margin), problems)
        amount = share / members[unit[person]] if margin.counts == "households" else share
        shape = (len(names), len(margin.totals))
        parts.append(sparse.coo_array((amount, (unit[person], cell)), shape=shape).tocsr())
        totals += margin.totals.values()
        margins += [margin.name] * len(margin.totals)
        labels += [CROSSED.join(categories) for categories in margin.totals]
        places += [controls.at(margin, categories) for categories in margin.totals]
    if problems:
        raise SurveyError(*problems)
    x = sparse.csr_array(sparse.hstack(parts, format="csr"))
    x.sum_duplicates()
    return Auxiliaries(unit, names, x, members, np.array(totals), tuple(margins), tuple(labels), tuple(places))


def units(people: pd.DataFrame, weight_of: Literal["household", "person"]) -> tuple[Codes, NDArray[np.object_]]:
    """Number of each person's household, or person, and their identifiers in ascending order."""
    for column in (weight_of, "person"):
        if column in people:
            if empty := int(people[column].isna().sum()):
                raise SurveyError(
                    f"{_round(people)}, variable '{column}': empty in {empty} rows; every weight needs one"
                )
            codes, names = pd.factorize(people[column], sort=True)
            return codes.astype(np.intp), np.asarray(names, dtype=object)
    raise SurveyError(f"{_round(people)}: there is no column '{weight_of}' to give one weight to")


def _counted(
    people: pd.DataFrame, margin: Margin, weight: Floats, not_stated: str, place: str, problems: list[str]
) -> tuple[Codes, Codes, Floats]:
    """Person, category of the margin and share counted there, for everyone who counts in it."""
    listed = list(margin.totals)
    known = [list(dict.fromkeys(column)) for column in zip(*listed, strict=True)]
    sizes = [len(categories) for categories in known]
    cell_of = np.full(int(np.prod(sizes)), OUTSIDE)
    for number, categories in enumerate(listed):
        at = [column.index(category) for column, category in zip(known, categories, strict=True)]
        cell_of[np.ravel_multi_index(at, sizes)] = number
    together = np.vstack(
        [_positions(people[name], column) for name, column in zip(margin.variables, known, strict=True)]
    )
    inside, unknown = (together >= 0).all(axis=0), (together == UNKNOWN).any(axis=0) & (together != OUTSIDE).all(axis=0)
    cell = np.full(len(people), OUTSIDE)
    cell[inside] = cell_of[np.ravel_multi_index(tuple(together[:, inside]), sizes)]
    person = np.flatnonzero(cell >= 0)
    if not unknown.any():
        return person, cell[person], np.ones(len(person))
    if not_stated == "refuse":
        problems.append(
            f"{place}: margin '{margin.name}': {int(unknown.sum())} persons are not stated on "
            f"{' or '.join(margin.variables)}; declare not_stated: share under calibration:, or mend them"
        )
        return person, cell[person], np.ones(len(person))
    more = _shared(together[:, unknown], np.flatnonzero(unknown), together, cell, weight, len(listed))
    persons, cells, shares = more
    return (
        np.concatenate([person, persons]),
        np.concatenate([cell[person], cells]),
        np.concatenate([np.ones(len(person)), shares]),
    )


def _shared(
    patterns: NDArray[np.intp], persons: Codes, together: NDArray[np.intp], cell: Codes, weight: Floats, cells: int
) -> tuple[Codes, Codes, Floats]:
    """Persons not stated, in the categories that what is known of them leaves open."""
    # ASSUME a person who did not state a variable of a margin is spread over its categories as the persons who did are,
    # by weight, among those alike in the margin's other variables.
    found: list[tuple[Codes, Codes, Floats]] = []
    kinds, which = np.unique(patterns, axis=1, return_inverse=True)
    for number, kind in enumerate(kinds.T):
        alike = (cell >= 0) & ((together == kind[:, None]) | (kind[:, None] == UNKNOWN)).all(axis=0)
        weights = np.bincount(cell[alike], weights=weight[alike], minlength=cells)
        open_to = np.flatnonzero(weights)
        if len(open_to):
            those = persons[which == number]
            shares = weights[open_to] / weights.sum()
            found.append((np.repeat(those, len(open_to)), np.tile(open_to, len(those)), np.tile(shares, len(those))))
    if not found:
        return np.array([], dtype=np.intp), np.array([], dtype=np.intp), np.array([])
    person, cells_of, share = zip(*found, strict=True)
    return np.concatenate(person), np.concatenate(cells_of), np.concatenate(share)


def _positions(values: pd.Series, known: list[str]) -> Codes:
    """Position of each value among the margin's categories; OUTSIDE where none of them, UNKNOWN where not stated."""
    codes, found = pd.factorize(values)
    meaning: Mapping[str, int] = {category: position for position, category in enumerate(known)} | {NOT_STATED: UNKNOWN}
    return np.array([*(meaning.get(str(value), OUTSIDE) for value in found), OUTSIDE], dtype=np.intp)[codes]


def _round(people: pd.DataFrame) -> str:
    return f"round {people['round'].iloc[0]}" if "round" in people and len(people) else "people"
