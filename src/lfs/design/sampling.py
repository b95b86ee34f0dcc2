"""The sampling design of one round: stratum, PSU and weight of each person, coded, and what follows from them.

A design is only column names and their consequences: how many PSUs each stratum has, which strata hold a single one,
what stands in where an office names no strata or no PSUs. Everything that had to be assumed is in `notes`.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Note:
    """Something about the design that a reader of the figures must know; becomes a row of the quality table."""

    topic: str
    value: float
    office: str = "all"
    detail: str = ""


@dataclass(frozen=True)
class Stage:
    """Units drawn at one stage, in groups: PSUs in strata at the first stage, then units in the unit above them.

    unit: (persons,) number of the unit; group: (units,) number of the group it was drawn in; above: (groups,) number of
    the unit of the stage above (of no meaning at the first); fraction: (groups,) sampled share of the group's units.
    """

    unit: Codes
    group: Codes
    above: Codes
    fraction: Floats

    @cached_property
    def units_in_group(self) -> Codes:
        return np.bincount(self.group, minlength=len(self.fraction))


@dataclass(frozen=True)
class Design:
    """Weight and PSU of each person; PSUs are numbered by stratum and name, so the order of rows is immaterial.

    weight: (persons,); psu: (persons,) number of the PSU; stratum: (psus,) number of each PSU's stratum;
    psu_names, stratum_names: the identifiers, by number; stages: empty where PSUs are taken as drawn with replacement,
    otherwise the PSUs and as many stages below them as have sampling fractions.
    """

    weight: Floats
    psu: Codes
    stratum: Codes
    psu_names: NDArray[np.object_]
    stratum_names: NDArray[np.object_]
    notes: tuple[Note, ...] = field(default=())
    stages: tuple[Stage, ...] = field(default=())

    @cached_property
    def psus_in_stratum(self) -> Codes:
        """PSUs of each stratum, whoever of them has a case."""
        return np.bincount(self.stratum, minlength=len(self.stratum_names))

    @property
    def unit(self) -> Codes:
        """(persons,) the unit whose totals a variance needs: that of the last stage, the PSU without further stages."""
        return self.stages[-1].unit if self.stages else self.psu

    @property
    def units(self) -> int:
        return len(self.stages[-1].group) if self.stages else len(self.stratum)

    @property
    def psu_of_unit(self) -> Codes:
        """(units,) the PSU that each unit lies in."""
        psu = np.arange(len(self.stratum))
        for stage in self.stages[1:]:
            psu = psu[stage.above[stage.group]]
        return psu

    @property
    def single(self) -> NDArray[np.bool_]:
        """(strata,) the stratum holds one PSU only and was not taken whole, so that its variance cannot be seen."""
        alone = self.psus_in_stratum == 1
        return alone & (self.stages[0].fraction < 1) if self.stages else alone

    def share_above(self, number: int) -> Floats:
        """(groups,) product of the sampling fractions of all stages above the stage `number`."""
        share = np.ones(len(self.stages[number].fraction))
        unit = self.stages[number].above
        for stage in self.stages[number - 1 :: -1] if number else ():
            share *= stage.fraction[stage.group[unit]]
            unit = stage.above[stage.group[unit]]
        return share


def survey_design(
    people: pd.DataFrame,
    stratum: str = "stratum",
    psu: str = "psu",
    weight: str = "weight",
    household: str = "household",
) -> Design:
    """Design of the persons in `people`, row by row.

    Without a stratum column each office is one stratum; without PSUs the household is the PSU, and without households
    the person; a PSU in two strata is one in each. Raises SurveyError for weights that are missing, infinite or
    negative, and for identifiers that are empty in some rows of an office only.
    """
    if people.empty:
        raise SurveyError(f"{place(people)}: there is no person to estimate from")
    notes: list[Note] = []
    weights = _weights(people, weight, notes)
    stratum_ids = _strata(people, stratum, notes)
    psu_ids = _psus(people, psu, household, notes)
    stratum_code, stratum_names = _ordered_codes(stratum_ids)
    psu_code, psu_names = _ordered_codes(psu_ids)
    psu_code, psu_names, stratum_of_psu = _within_strata(psu_code, psu_names, stratum_code, notes)
    order = np.argsort(stratum_of_psu, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return Design(weights, number[psu_code], stratum_of_psu[order], psu_names[order], stratum_names, tuple(notes))


def _weights(people: pd.DataFrame, weight: str, notes: list[Note]) -> Floats:
    if weight not in people:
        raise SurveyError(
            f"{place(people)}: there is no column '{weight}'; name the weight under design: in the office file"
        )
    weights = people[weight].to_numpy(dtype=np.float64, na_value=np.nan)
    for bad, what in ((~np.isfinite(weights), "missing or infinite"), (weights < 0, "negative")):
        if bad.any():
            raise SurveyError(
                f"{place(people)}, variable '{weight}': {int(bad.sum())} rows have a {what} weight; "
                "mend the file, or the weight's entry under design: in the office file"
            )
    if zero := int((weights == 0).sum()):
        if zero == len(weights):
            raise SurveyError(f"{place(people)}, variable '{weight}': every weight is zero")
        # ASSUME a person with weight zero stands for nobody: counted neither in n nor in the degrees of freedom, though
        # the PSU still counts in its stratum.
        notes.append(Note("zero_weight", zero))
    return weights


def _strata(people: pd.DataFrame, column: str, notes: list[Note]) -> pd.Series:
    """Stratum identifiers, an office without any being one stratum."""
    # ASSUME offices sample independently of each other, so an office that names no strata is one stratum of its own.
    missing = _missing(people, column)
    office = _office(people)
    for name, rows in _per_office(office, missing).items():
        notes.append(Note("no_stratum", rows, name))
    if not missing.any():
        return people[column]
    return office if missing.all() else people[column].astype(object).where(~missing, office)


def _psus(people: pd.DataFrame, column: str, household: str, notes: list[Note]) -> pd.Series:
    """PSU identifiers; households, or else persons, where an office names none."""
    # ASSUME where an office names no PSUs its households were drawn directly, and where it names no households its
    # persons were; the clustering of the sample is then not in the standard error, which may be too small.
    chosen: pd.Series | None = None
    left = np.ones(len(people), dtype=bool)
    for name, stand_in in ((column, ""), (household, "household"), ("person", "person")):
        missing = _missing(people, name)
        here = left & ~missing
        if here.any():
            values = people[name] if here.all() else people[name].astype(object)
            chosen = values if chosen is None else chosen.where(~here, values)
            if stand_in:
                for office, rows in _per_office(_office(people), here).items():
                    notes.append(Note("no_psu", rows, office, stand_in))
        left &= missing
        if not left.any():
            break
    if left.all():
        notes.append(Note("no_psu", len(people), detail="person"))
        return pd.Series(np.arange(len(people)), index=people.index)
    if chosen is None or left.any():
        raise SurveyError(f"{place(people)}: {int(left.sum())} rows have neither a PSU nor a household nor a person")
    return chosen


def _missing(people: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    """Rows without the identifier: all or none of each office."""
    if column not in people:
        return np.ones(len(people), dtype=bool)
    missing = people[column].isna().to_numpy()
    if missing.any() and not missing.all():
        office = _office(people)
        empty, rows = _per_office(office, missing), _per_office(office, np.ones(len(people), dtype=bool))
        if partly := {name: count for name, count in empty.items() if count < rows[name]}:
            raise SurveyError(
                *(
                    f"{place(people)}, {name}, variable '{column}': empty in {count} of {rows[name]} rows; an office "
                    f"gives it for all persons or declares it unavailable under design: in its office file"
                    for name, count in partly.items()
                )
            )
    return missing


def _within_strata(
    psu: Codes, names: NDArray[np.object_], stratum: Codes, notes: list[Note]
) -> tuple[Codes, NDArray[np.object_], Codes]:
    """Number of each person's PSU, the PSUs' names and their strata, a PSU in several strata being one in each."""
    stratum_of_psu = np.zeros(len(names), dtype=np.intp)
    stratum_of_psu[psu] = stratum
    torn = np.unique(psu[stratum_of_psu[psu] != stratum])
    if not len(torn):
        return psu, names, stratum_of_psu
    # ASSUME a PSU whose persons stand in two strata, where the office file tolerates it, counts as one PSU in each.
    notes.append(Note("psu_in_two_strata", len(torn)))
    strata = int(stratum.max()) + 1
    pairs, number = np.unique(psu * strata + stratum, return_inverse=True)
    return number, names[pairs // strata], pairs % strata


def _ordered_codes(identifiers: pd.Series) -> tuple[Codes, NDArray[np.object_]]:
    """Number of each row's identifier, and the identifiers in ascending order."""
    codes, names = pd.factorize(identifiers)
    labels: NDArray[np.object_] = np.asarray(names, dtype=object)
    try:
        order = np.argsort(labels, kind="stable")
    except TypeError:  # text beside numbers
        order = np.argsort(labels.astype(str), kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return number[codes], labels[order]


def _office(people: pd.DataFrame) -> pd.Series:
    return people["office"] if "office" in people else pd.Series("all", index=people.index)


def _per_office(office: pd.Series, rows: NDArray[np.bool_]) -> dict[str, int]:
    if not rows.any():
        return {}
    return {str(name): int(count) for name, count in office[rows].value_counts(sort=False).sort_index().items()}


def place(people: pd.DataFrame) -> str:
    """The round, to begin a message with."""
    return f"round {people['round'].iloc[0]}" if "round" in people and len(people) else "people"
