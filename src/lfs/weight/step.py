"""The step of the workflow: the people of a round as derived, weighted as the survey declares."""

from dataclasses import dataclass

import pandas as pd

from lfs.calibrated import TABLE
from lfs.metadata import Survey, SurveyError
from lfs.metadata.controls import Controls
from lfs.metadata.delivered import controls_of_round
from lfs.metadata.sampling import replicate_columns
from lfs.metadata.weighting import Weighting
from lfs.weight.replication import replicated
from lfs.weight.weighting import weight

UNDECLARED = Weighting(base="delivered")
"""Without `weighting:` in config.yaml the weights stay as they were delivered, and their story says so."""


@dataclass(frozen=True)
class WeightedRound:
    """What the step hands on: people with their final weight, the calibration (a table without rows where there is
    none), replicate weights (None where none are declared), and the quality table."""

    people: pd.DataFrame
    calibration: pd.DataFrame
    replicates: pd.DataFrame | None
    quality: pd.DataFrame


def weight_round(people: pd.DataFrame, selected: pd.DataFrame, survey: Survey) -> WeightedRound:
    """People with their final `weight`, and what the errors must know of how it was made.

    people: one row a person of a round, as derived; selected: one row a selected household. The calibration is as
    lfs.calibrated has it (Calibration.table), the replicates as lfs.design.replicate_table. Raises SurveyError for
    weights that cannot be right, and for controls that are not there or cannot be met.
    """
    config = survey.config
    if people.empty:
        raise SurveyError("people: there is no person to weight; see what the round's files hold")
    name = str(people["round"].iloc[0])
    rule = config.weighting.at(name) if config.weighting else UNDECLARED
    delivered = people[replicate_columns(people.columns)]
    people = people.drop(columns=delivered.columns)
    controls: Controls | None = None
    left_out: tuple[str, ...] = ()
    if rule.calibration is not None:
        found = controls_of_round(survey, name)
        controls, left_out = found.controls, found.left_out
    chosen = selected if rule.nonresponse is not None else None
    made = weight(people, rule, controls, chosen, survey.indicators, left_out)
    replicates = replicated(people, delivered, rule, config, controls, chosen) if config.replicates else None
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TABLE.items()})
    calibration = empty if made.calibration is None else made.calibration.table()
    return WeightedRound(made.people, calibration, replicates, made.quality)
