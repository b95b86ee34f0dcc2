"""What estimation had to assume or leave out, as rows of the quality table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Design, Replicates
from lfs.estimate.cells import OUTSIDE, CodedVariable
from lfs.estimate.measures import Estimand, Measures, Patterns
from lfs.estimate.totals import Sample
from lfs.exact import exact
from lfs.metadata import Survey
from lfs.metadata.schema import QUALITY_COLUMNS

Row = dict[str, object]


def quality_table(round_name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Long and tidy: round, office, step, topic, variable, category, value, detail."""
    filled = [{"round": round_name, "office": "all", "step": "estimate"} | row for row in rows]
    columns: dict[str, list[Any]] = {name: [row.get(name, "") for row in filled] for name in QUALITY_COLUMNS}
    return pd.DataFrame(
        {
            name: np.array(values, dtype=np.float64) if name == "value" else pd.array(values, dtype="str")
            for name, values in columns.items()
        }
    )


def design_rows(design: Design, single_psu: str) -> list[Row]:
    """Strata, PSUs, the weight's sum, and whatever stood in for a part of the design."""
    rows: list[Row] = [
        {"topic": "strata", "value": len(design.stratum_names)},
        {"topic": "psus", "value": len(design.psu_names)},
        {"topic": "persons", "value": len(design.weight)},
        {"topic": "weight_sum", "value": exact(design.weight).total()},
    ]
    if single := int(design.single.sum()):
        rows.append({"topic": "single_psu_stratum", "variable": "stratum", "value": single, "detail": single_psu})
    return rows + [
        {"topic": note.topic, "office": note.office, "value": note.value, "detail": note.detail}
        for note in design.notes
    ]


def replicate_rows(replicates: Replicates | None) -> list[Row]:
    """How many replicates the errors are of; nothing where they are those of linearisation."""
    return [] if replicates is None else [{"topic": "replicates", "value": replicates.count}]


def ignored_rows(survey: Survey, calibration: object | None, round: str) -> list[Row]:
    """That the survey calibrates the round's weights and the errors do not know of it, so that most are too large."""
    rule = survey.config.weighting.at(round) if survey.config.weighting is not None else None
    declared = rule is not None and rule.calibration is not None
    return [{"topic": "calibration_ignored", "value": 1}] if declared and calibration is None else []


def unavailable_rows(missing: Mapping[tuple[str, str], Sequence[str]]) -> list[Row]:
    """(name, standard or empty) of an indicator or breakdown, and the columns it lacks."""
    return [
        {
            "topic": "unavailable",
            "variable": name,
            "category": standard,
            "value": len(columns),
            "detail": "+".join(columns),
        }
        for (name, standard), columns in missing.items()
    ]


def left_out_rows(estimands: Sequence[Estimand], found: Patterns, office: pd.Series) -> list[Row]:
    """Persons in the universe of a concept that an office's form does not allow to make, by office and indicator."""
    rows: list[Row] = []
    for estimand in estimands:
        if not estimand.concerns:
            continue
        lacking = found.holds[estimand.concerns] & ~found.known[estimand.numerator]
        if lacking.any():
            about = {"topic": "left_out", "variable": estimand.indicator, "category": estimand.standard}
            rows += [
                about | {"office": str(name), "value": count}
                for name, count in office[lacking[found.person]].value_counts().sort_index().items()
            ]
    return rows


def ratio_rows(estimands: Sequence[Estimand], needed: Measures, chosen: Sample) -> list[Row]:
    """Ratios that are no proportion, because some people are in the numerator and not in the denominator."""
    people = needed.membership @ np.bincount(chosen.pattern, minlength=needed.membership.shape[1])
    return [
        {
            "topic": "numerator_outside_denominator",
            "variable": estimand.indicator,
            "category": estimand.standard,
            "value": int(people[needed.numerator[i]] - people[needed.both[i]]),
        }
        for i, estimand in enumerate(estimands)
        if needed.is_ratio[i] and not needed.is_proportion[i]
    ]


def calibration_rows(estimands: Sequence[Estimand], errors: Mapping[Estimand, tuple[float, float]]) -> list[Row]:
    """Standard errors of the national figures with the residuals on the calibration variables, and without.

    An error of zero is that of a total that the weights were calibrated to.
    """
    return [
        {
            "topic": topic,
            "variable": estimand.indicator,
            "category": estimand.standard,
            "value": errors[estimand][which],
        }
        for which, topic in enumerate(("se_calibrated", "se_uncalibrated"))
        for estimand in estimands
        if np.isfinite(errors[estimand][which])
    ]


def without_number_rows(estimands: Iterable[Estimand], people: pd.DataFrame) -> list[Row]:
    """Persons of the universe of a mean or quantile who have no number, and so are left out of it, by office."""
    rows: list[Row] = []
    for estimand in estimands:
        if not estimand.number:
            continue
        lacking = people[estimand.number].isna()
        if estimand.universe:
            lacking &= people[estimand.universe].to_numpy(dtype=bool, na_value=False)
        about = {"topic": "left_out", "variable": estimand.indicator, "category": estimand.standard}
        counts = people.loc[lacking, "office"].value_counts().sort_index()
        rows += [about | {"office": str(name), "value": count} for name, count in counts.items()]
    return rows


def outside_rows(variables: Iterable[CodedVariable], concerned: Mapping[str, NDArray[np.bool_]]) -> list[Row]:
    """Persons of some indicator whom a breakdown variable concerns, and who are in no category of it.

    concerned: by variable (persons,), who is in its universe; everybody where it names none. Its cells then miss the
    total of its universe. Who is outside the universe belongs to no category, and is none of them.
    """
    rows: list[Row] = []
    for variable in variables:
        lost = variable.code == OUTSIDE
        if variable.name in concerned:
            lost = lost & concerned[variable.name]
        if outside := int(lost.sum()):
            rows.append({"topic": "outside_breakdown", "variable": variable.name, "value": outside})
    return rows
