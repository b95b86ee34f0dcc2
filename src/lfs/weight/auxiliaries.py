"""The auxiliary variables of a calibration: how much each household, or person, counts in each control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from lfs.calibrated import Identifiers
from lfs.design.sampling import place
from lfs.metadata import SurveyError
from lfs.metadata.controls import CROSSED, Categories, Controls, Margin
from lfs.metadata.variables import NOT_STATED

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
# As positions: the last and the last but one of a table.
OUTSIDE, UNKNOWN = -1, -2


@dataclass(frozen=True)
class Auxiliaries:
    """Who counts in what: x and the totals that its weighted sums are to reach.

    unit: (persons,) number of the household or person that carries the weight; names: (units,); x: (units, controls);
    members: (units,) persons; totals: (controls,); margins and labels: (controls,) the margin and the category;
    places: (controls,) file and line of the total.
    """

    unit: Codes
    names: Identifiers
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

    A household counts its members; controls of households count it once, each member for as much of it. Persons outside
    the universe of a margin's variable count nowhere in it. weight: (persons,) by which those not stated are spread.
    Raises SurveyError for a margin's variable that the people lack, and under `refuse` for persons not stated.
    """
    unit, names = units(people, weight_of)
    members = np.bincount(unit, minlength=len(names)).astype(np.float64)
    problems: list[str] = []
    counted: list[_Counted] = []
    for margin in controls.margins:
        if lacking := [name for name in margin.variables if name not in people]:
            problems.append(
                f"{controls.at(margin)}: margin '{margin.name}' needs {', '.join(lacking)}, which no office of this "
                "round gives; leave the margin out"
            )
        else:
            begin = sum(len(each.totals) for each in controls.margins[: len(counted)])
            counted.append(_counted(people, margin, begin, weight, not_stated, controls.at(margin), problems))
    if problems:
        raise SurveyError(*problems)
    x = _sums(unit, (len(names), sum(len(margin.totals) for margin in controls.margins)), counted)
    once = np.repeat(
        [margin.counts == "households" for margin in controls.margins],
        [len(margin.totals) for margin in controls.margins],
    )
    if once.any():
        size = members if weight_of == "household" else _household_sizes(people)[np.argsort(unit)]
        x.data /= np.where(once[x.indices], np.repeat(size, np.diff(x.indptr)), 1.0)
    every = [(margin, categories) for margin in controls.margins for categories in margin.totals]
    return Auxiliaries(
        unit,
        names,
        x,
        members,
        np.array([margin.totals[categories] for margin, categories in every]),
        tuple(margin.name for margin, _ in every),
        tuple(CROSSED.join(categories) for _, categories in every),
        tuple(controls.at(margin, categories) for margin, categories in every),
    )


def units(people: pd.DataFrame, weight_of: Literal["household", "person"]) -> tuple[Codes, Identifiers]:
    """Number of each person's household, or person, and their identifiers in ascending order."""
    for column in (weight_of, "person"):
        if column in people:
            if empty := int(people[column].isna().sum()):
                raise SurveyError(
                    f"{place(people)}, variable '{column}': empty in {empty} rows; every weight needs one"
                )
            return _numbered(people[column])
    raise SurveyError(f"{place(people)}: there is no column '{weight_of}' to give one weight to")


def _household_sizes(people: pd.DataFrame) -> Floats:
    """(persons,) how many people live in the household of each."""
    if "household" not in people:
        raise SurveyError(f"{place(people)}: there is no column 'household' for controls that count households")
    household, names = units(people, "household")
    return np.bincount(household, minlength=len(names))[household].astype(np.float64)


def _numbered(identifiers: pd.Series) -> tuple[Codes, Identifiers]:
    if isinstance(identifiers.dtype, pd.CategoricalDtype):
        identifiers = identifiers.astype(identifiers.cat.categories.dtype)
    values = identifiers.array
    # Rows in the order of their identifiers, as those of a file often are, need no look-up of each.
    begins = np.ones(len(values), dtype=bool)
    begins[1:] = values[:-1] < values[1:]
    if begins.all() or np.all(begins[1:] | np.asarray(values[:-1] == values[1:], dtype=bool)):
        return np.cumsum(begins) - 1, values if begins.all() else values[begins]
    codes, names = pd.factorize(identifiers, sort=True)
    return codes.astype(np.intp), names.array


@dataclass(frozen=True)
class _Counted:
    """Who counts in one margin: (persons,) number of the control, below zero where in none; and shares of persons."""

    control: NDArray[np.int32]
    shared: tuple[Codes, Codes, Floats] | None = None


def _counted(
    people: pd.DataFrame, margin: Margin, begin: int, weight: Floats, not_stated: str, place: str, problems: list[str]
) -> _Counted:
    """begin: number of the margin's first control."""
    known = [list(dict.fromkeys(column)) for column in zip(*margin.totals, strict=True)]
    positions = [_positions(people[name], categories) for name, categories in zip(margin.variables, known, strict=True)]
    control = _control_at(list(margin.totals), known, begin)[tuple(positions)]
    unknown = np.flatnonzero(control == UNKNOWN)
    if not len(unknown):
        return _Counted(control)
    if not_stated == "refuse":
        problems.append(
            f"{place}: margin '{margin.name}': {len(unknown)} persons are not stated on "
            f"{' or '.join(margin.variables)}; declare not_stated: share under calibration:, or mend them"
        )
        return _Counted(control)
    return _Counted(control, _shared(unknown, np.vstack(positions), control, weight))


def _control_at(listed: list[Categories], known: list[list[str]], begin: int) -> NDArray[np.int32]:
    """Number of the control by the positions of its parts; OUTSIDE and UNKNOWN are the last two of every side."""
    control = np.full([len(categories) + 2 for categories in known], OUTSIDE, dtype=np.int32)
    control[(slice(None, OUTSIDE),) * len(known)] = UNKNOWN
    control[(slice(None, UNKNOWN),) * len(known)] = OUTSIDE
    for number, categories in enumerate(listed):
        control[tuple(parts.index(part) for part, parts in zip(categories, known, strict=True))] = begin + number
    return control


def _shared(persons: Codes, together: Codes, control: NDArray[np.int32], weight: Floats) -> tuple[Codes, Codes, Floats]:
    """Persons not stated, in the categories that what is known of them leaves open: person, control and share."""
    # ASSUME a person who did not state a variable of a margin is spread over its categories as the persons who did are,
    # by weight, among those alike in the margin's other variables.
    found: list[tuple[Codes, Codes, Floats]] = []
    kinds, which = np.unique(together[:, persons], axis=1, return_inverse=True)
    # In an order of their own, so that the sums are the same whatever the order of the rows.
    order = np.lexsort((weight, control))
    together, control, weight = together[:, order], control[order], weight[order]
    for number, kind in enumerate(kinds.T):
        alike = (control >= 0) & ((together == kind[:, None]) | (kind[:, None] == UNKNOWN)).all(axis=0)
        weights = np.bincount(control[alike], weights=weight[alike])
        open_to = np.flatnonzero(weights)
        those = persons[which.ravel() == number]
        shares = weights[open_to] / weights.sum()
        found.append((np.repeat(those, len(open_to)), np.tile(open_to, len(those)), np.tile(shares, len(those))))
    person, controls, share = zip(*found, strict=True)
    return np.concatenate(person), np.concatenate(controls), np.concatenate(share)


def _positions(values: pd.Series, known: list[str]) -> Codes:
    """Position of each value among the margin's categories; OUTSIDE where none of them, UNKNOWN where not stated."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, found = values.cat.codes.to_numpy(), values.cat.categories
    else:
        codes, found = pd.factorize(values)
    meaning: Mapping[str, int] = {category: position for position, category in enumerate(known)} | {NOT_STATED: UNKNOWN}
    return np.array([*(meaning.get(str(value), OUTSIDE) for value in found), OUTSIDE], dtype=np.intp)[codes]


def _sums(unit: Codes, shape: tuple[int, int], counted: Sequence[_Counted]) -> sparse.csr_array:
    """(units, controls) persons of each unit in each control, the same whatever the order of the persons."""
    columns = np.column_stack([each.control for each in counted])
    persons, margins = columns.shape
    in_order = unit
    if np.any(unit[1:] < unit[:-1]):
        order = np.argsort(unit, kind="stable")
        in_order, columns = unit[order], columns[order]
    if columns.min(initial=0) >= 0:
        indices, ends = columns.ravel(), np.arange(margins, persons * margins + 1, margins)
    else:
        inside = columns >= 0
        indices, ends = columns[inside], np.cumsum(inside.sum(axis=1))
    if shape[0] < persons:
        ends = ends[np.flatnonzero(np.diff(in_order, append=shape[0]))]
    x = sparse.csr_array((np.ones(len(indices)), indices, np.r_[0, ends].astype(np.int32)), shape=shape)
    x.sum_duplicates()
    shared = [each.shared for each in counted if each.shared is not None]
    if shared:
        person, control, share = (np.concatenate(parts) for parts in zip(*shared, strict=True))
        order = np.lexsort((share, control, unit[person]))
        more = sparse.coo_array((share[order], (unit[person][order], control[order])), shape=shape)
        x = sparse.csr_array(x + more.tocsr())
    return x
