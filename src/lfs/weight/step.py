"""The step of the workflow: the people of a round as derived, weighted as the survey declares."""

import pandas as pd

from lfs.calibrated import TABLE
from lfs.metadata import Survey
from lfs.metadata.controls import Controls, read_controls
from lfs.metadata.delivered import controls_of_delivered
from lfs.metadata.weighting import Weighting
from lfs.weight.weighting import weight

UNDECLARED = Weighting(base="delivered")
"""Without `weighting:` in config.yaml the weights stay as they were delivered, and their story says so."""


def weight_round(
    people: pd.DataFrame, selected: pd.DataFrame, survey: Survey
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """People with their final `weight`, the calibration of it, and the quality table of this step.

    people: one row a person of a round, as derived; selected: one row a selected household. The calibration is that of
    lfs.calibrated (Calibration.table), without rows where nothing was calibrated. Raises SurveyError for weights that
    cannot be right, and for controls that are not there or cannot be met.
    """
    rule = survey.config.weighting or UNDECLARED
    name = str(people["round"].iloc[0])
    controls: Controls | None = None
    left_out: tuple[str, ...] = ()
    if rule.calibration is not None:
        incomplete = rule.calibration.incomplete
        declared = read_controls(survey.folder, name, survey.variables, incomplete)
        controls, left_out = controls_of_delivered(declared, survey, name, incomplete)
    chosen = selected if rule.nonresponse is not None else None
    made = weight(people, rule, controls, chosen, survey.indicators, left_out)
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TABLE.items()})
    return made.people, empty if made.calibration is None else made.calibration.table(), made.quality
