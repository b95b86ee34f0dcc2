"""The invented population as a census would list it: everyone, with the columns that a sample's `people` has of them.

It says what every estimate ought to be, and gives the population totals that weights are calibrated to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import Survey
from lfs.metadata.controls import COLUMNS, CROSSED
from lfs.metadata.variables import Variable
from lfs.synthesise.population import DISPLACEMENTS, STATUSES, Population

OF_PLACE = ("office", "stratum", "governorate", "region", "urban_rural")
AGES = ("age_5", "age_10", "age_ilo", "age_youth")
Mask = NDArray[np.bool_]
Column = pd.api.extensions.ExtensionArray
Margins = Mapping[str, Mapping[str, Sequence[str]]]


def census(population: Population, survey: Survey) -> pd.DataFrame:
    """One row a person of any age, in the order of the population: what `people` would hold if everybody answered.

    Keys (household is the position in the frame) and places, sex, age and its groupings, displacement, the concepts of
    the labour force and of informality (true, false, or empty outside their universe), and persons: how many people
    each row stands for.
    """
    frame, age = population.frame, population.members.age
    psus, psu = frame.psus, frame.psu[population.home]
    variables = survey.variables
    columns: dict[str, object] = {}
    for name in OF_PLACE:
        columns[name] = _chosen(psus[name], variables[name].codes() if name in variables else ())[psu]
    columns["psu"] = pd.Categorical.from_codes(psu, categories=pd.Index(psus["psu"]))
    columns["household"] = population.home
    camp = (psus["place"] == "camp").to_numpy()[psu]
    columns["in_camp"] = pd.Categorical.from_codes(camp.astype(np.int8), categories=pd.Index(["no", "yes"]))
    columns["sex"] = pd.Categorical.from_codes(population.members.sex, categories=pd.Index(["male", "female"]))
    columns["age"] = age
    adult = population.status >= 0
    for name in AGES:
        columns[name] = _banded(variables[name], age, adult)
    columns["displacement"] = pd.Categorical.from_codes(population.displacement, categories=pd.Index(DISPLACEMENTS))
    columns |= _concepts(population, adult)
    columns["persons"] = np.full(len(age), frame.copies, dtype=np.int32)
    return pd.DataFrame(columns)


def control_totals(census: pd.DataFrame, margins: Margins, variables: Mapping[str, Variable]) -> list[dict[str, str]]:
    """Rows of config/controls/<round>.csv: the population total of every category of every margin, none left out.

    margins: name of each margin, its variables, and of each variable the categories to be listed (all that are
    declared where there are none given): {"camps": {"region": (), "in_camp": ("yes",)}}. Persons outside a variable's
    universe count nowhere; a category that nobody is in has the total 0.
    """
    rows = []
    for margin, kept in margins.items():
        names = list(kept)
        counts = census.groupby(names, observed=True)["persons"].sum()
        if len(names) == 1:
            counts.index = pd.MultiIndex.from_arrays([counts.index])
        found = dict(zip(counts.index.tolist(), counts.tolist(), strict=True))
        for categories in product(*(tuple(kept[name]) or variables[name].codes() for name in names)):
            values = (margin, CROSSED.join(names), CROSSED.join(categories), str(found.get(categories, 0)), "persons")
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def _chosen(values: pd.Series, codes: Sequence[str]) -> Column:
    """The column in the dictionary's order, or in alphabetical order where the dictionary lists no categories."""
    return pd.Categorical(values, categories=list(codes) or sorted(values.unique()))


def _banded(variable: Variable, age: NDArray[np.int16], adult: Mask) -> Column:
    """The band of each person of working age."""
    position = np.full(len(age), -1, dtype=np.int8)
    for number, (low, high) in enumerate(variable.bands.values()):
        position[adult & (age >= low) & (age <= high)] = number
    return pd.Categorical.from_codes(position, categories=pd.Index(variable.bands))


def _concepts(population: Population, adult: Mask) -> dict[str, object]:
    employed, unemployed, outside = (population.status == position for position in range(len(STATUSES)))
    concepts: dict[str, object] = {"working_age": pd.array(adult, dtype="boolean")}
    for name, true, universe in (
        ("labour_force", employed | unemployed, adult),
        ("employed", employed, adult),
        ("unemployed", unemployed, adult),
        ("outside_labour_force", outside, adult),
        ("informal_employment", population.informal_job, employed),
        ("informal_sector", population.informal_sector, employed),
    ):
        concepts[name] = pd.arrays.BooleanArray(true & universe, ~universe)
    return concepts
