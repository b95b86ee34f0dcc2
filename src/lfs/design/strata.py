"""Strata made fit for a variance: certainty PSUs opened into their units, PSUs alone in a stratum joined to another."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lfs.design.sampling import Codes, Design, Note, Stage, place
from lfs.metadata import SurveyError
from lfs.metadata.yaml import nearest

MEND = "mend its entry in the office file, or take certainty: out of design: in config.yaml"


def open_certainty_psus(
    people: pd.DataFrame,
    certainty: str,
    unit: str = "household",
    stratum: str = "stratum",
    psu: str = "psu",
) -> pd.DataFrame:
    """`people` with each PSU that was sure to be drawn as a stratum of its own and its units as the PSUs in it.

    certainty: true/false column, the same for all persons of a PSU; unit: what was drawn inside. All variances, by
    linearisation or replicates, and the degrees of freedom are then those of the sample inside (Wolter 2007, ch. 1.4).
    Raises SurveyError for an empty mark or one that differs within a PSU, and for an empty unit.
    """
    # ASSUME a PSU drawn with certainty is a stratum, and the units drawn inside it are its PSUs.
    where = f"{place(people)}, variable '{certainty}'"
    sure = people[certainty].astype("boolean")
    if sure.isna().any():
        raise SurveyError(f"{where}: empty in {int(sure.isna().sum())} rows; every PSU needs yes or no; {MEND}")
    marks = sure.groupby([people[stratum], people[psu]], observed=True).nunique()
    if torn := int((marks > 1).sum()):
        raise SurveyError(f"{where}: {torn} PSUs are certain for some of their persons only; {MEND}")
    rows = sure.to_numpy(dtype=bool)
    if empty := int(people.loc[rows, unit].isna().sum()):
        raise SurveyError(
            f"{place(people)}, variable '{unit}': empty in {empty} rows of PSUs drawn with certainty, where it stands "
            "for the PSU; mend its entry under design: in the office file"
        )
    strata, psus = (people[name].astype("str") for name in (stratum, psu))
    return people.assign(
        **{
            stratum: strata.where(~rows, "certainty|" + strata + "|" + psus),
            psu: psus.where(~rows, psus + "|" + people[unit].astype("str")),
        }
    )


def collapse(design: Design, neighbours: Mapping[str, str]) -> Design:
    """The design with each stratum named in `neighbours` joined to its neighbour, noted as `collapsed_stratum`.

    Variance is then overstated by the difference of the strata (Wolter 2007, ch. 2.5), which is why the neighbour is
    named and not searched for. A sampling fraction becomes that of both strata together. Raises SurveyError for names
    that no stratum has.
    """
    # ASSUME a stratum joined to a named neighbour is like it; the difference of the two counts as sampling error.
    number = {str(name): code for code, name in enumerate(design.stratum_names)}
    unknown = sorted({name for pair in neighbours.items() for name in pair} - set(number))
    if unknown:
        raise SurveyError(
            *(
                f"design: neighbours: there is no stratum '{name}'{nearest(name, number)}; mend it in config.yaml"
                for name in unknown
            )
        )
    joined = np.arange(len(number))
    for name, neighbour in neighbours.items():
        joined[joined == joined[number[name]]] = joined[number[neighbour]]
    kept, group = np.unique(joined, return_inverse=True)
    stratum = group[design.stratum]
    order = np.argsort(stratum, kind="stable")
    renumber = np.empty_like(order)
    renumber[order] = np.arange(len(order))
    stages = design.stages
    if stages:
        stages = (_joined_stage(stages[0], group, order, renumber), *stages[1:])
        if len(stages) > 1:
            stages = (stages[0], replace(stages[1], above=renumber[stages[1].above]), *stages[2:])
    note = Note("collapsed_stratum", len(number) - len(kept))
    return replace(
        design,
        psu=renumber[design.psu],
        stratum=stratum[order],
        psu_names=design.psu_names[order],
        stratum_names=design.stratum_names[kept],
        notes=(*design.notes, note),
        stages=stages,
    )


def _joined_stage(first: Stage, group: Codes, order: Codes, renumber: Codes) -> Stage:
    sampled = first.units_in_group
    frame = np.bincount(group, weights=sampled / first.fraction)
    fraction = np.bincount(group, weights=sampled) / frame
    return Stage(renumber[first.unit], group[first.group][order], np.zeros(len(fraction), dtype=np.intp), fraction)
