"""Replicate weights of a round: made here by the design or delivered, with every step of the weighting done on each."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import declared_design, declared_replicates
from lfs.design.replicate_table import replicate_table
from lfs.metadata import SurveyError
from lfs.metadata.config import Config
from lfs.metadata.controls import Controls
from lfs.metadata.sampling import ReplicatesRule, replicate_columns
from lfs.metadata.weighting import Weighting
from lfs.weight.weighting import replicate_weights_of_units

Floats = NDArray[np.float64]
BYTES, MOST_BYTES = 8, 3 * 2**30
SAME = 1e-9


def replicated(
    people: pd.DataFrame,
    delivered: pd.DataFrame,
    rule: Weighting,
    config: Config,
    controls: Controls | None,
    selected: pd.DataFrame | None,
) -> pd.DataFrame:
    """The replicate weights that config.yaml declares, as lfs.design.replicate_table has them.

    people, selected: as for `weight`; delivered: the persons' replicate_* columns. Where non-response is adjusted for,
    whole PSUs of selected households are replicated, so that its factors vary as they do. Raises SurveyError for strata
    of one PSU, and naming the first replicate that cannot be weighted.
    """
    declared = config.replicates
    if declared is None:
        raise SurveyError("config.yaml declares no replicates")
    factors: Iterable[Floats]
    if declared.method == "delivered":
        given, coefficients = _delivered(people, delivered, declared, rule.weight_of)
        factors = iter(given.T)
    else:
        rows = people if selected is None else selected
        # The factors of PSUs do not depend on weights, which households without an answer do not have yet.
        design = declared_design(rows.assign(weight=1.0), config)
        made = declared_replicates(design, declared)
        _refuse_large(made.count, people[rule.weight_of].nunique(), declared.method)
        factors = made.weights(design)
        coefficients = made.scale * made.rscales
    names, weights = replicate_weights_of_units(people, factors, rule, controls, selected)
    return replicate_table(names, weights, coefficients)


def _refuse_large(replicates: int, units: int, method: str) -> None:
    """SurveyError where the replicate weights would not fit into the memory of an ordinary machine."""
    if replicates * units * BYTES > MOST_BYTES:
        raise SurveyError(
            f"replicates: method {method} makes {replicates} replicates of {units} weights, more than "
            f"{MOST_BYTES // 2**30} GiB; declare method bootstrap with a count instead"
        )


def _delivered(
    people: pd.DataFrame, delivered: pd.DataFrame, declared: ReplicatesRule, weight_of: str
) -> tuple[Floats, Floats]:
    """(persons, replicates) each replicate weight over the weight, and the (replicates,) coefficients."""
    columns = replicate_columns(delivered.columns)
    if len(columns) != declared.count:
        raise SurveyError(
            f"round {people['round'].iloc[0]}: {len(columns)} replicate weights where config.yaml declares "
            f"{declared.count}; mend count under replicates:, or the files"
        )
    # ASSUME replicate weights that an office delivers make up for non-response as its weight does.
    weight = people["weight"].to_numpy(dtype=np.float64)
    values = delivered[columns].to_numpy(dtype=np.float64, na_value=np.nan)
    if bad := int((~np.isfinite(values) | (values < 0)).any(axis=1).sum()):
        raise SurveyError(
            f"round {people['round'].iloc[0]}: {bad} persons lack replicate weights, or have negative ones; every "
            "office of a round delivers them, or none"
        )
    within = delivered[columns].groupby(people[weight_of].to_numpy(), sort=False)
    if unlike := int((within.max() - within.min() > SAME * within.max()).any(axis=1).sum()):
        raise SurveyError(
            f"round {people['round'].iloc[0]}: the persons of {unlike} households carry different replicate weights "
            "where a household carries one; mend the file, or declare weight_of: person under calibration: in "
            "config.yaml"
        )
    rscales = np.array(declared.rscales) if declared.rscales else np.ones(len(columns))
    return values / weight[:, None], (declared.scale or 1.0) * rscales
