"""The weights of a round: base weights, non-response, calibration to population totals, trimming, and their story.

`weight_round` is the step of the workflow: what the survey declares, for all offices of the round together. `weight`
does the same from a rule given by hand, and its parts may be used one by one.
What the variance needs to know of the calibration is lfs.calibrated.Calibration.
"""

from lfs.weight.auxiliaries import auxiliaries
from lfs.weight.base import base_weights, check_weights
from lfs.weight.calibration import calibrate, calibrate_replicates
from lfs.weight.feasibility import certificate
from lfs.weight.nonresponse import adjust_eligibility, adjust_nonresponse
from lfs.weight.step import weight_round
from lfs.weight.story import headline_rates, weight_story
from lfs.weight.trimming import trim, trim_calibrated, trim_limits
from lfs.weight.weighting import Weighted, replicate_weights, weight

__all__ = [
    "Weighted",
    "adjust_eligibility",
    "adjust_nonresponse",
    "auxiliaries",
    "base_weights",
    "calibrate",
    "calibrate_replicates",
    "certificate",
    "check_weights",
    "headline_rates",
    "replicate_weights",
    "trim",
    "trim_calibrated",
    "trim_limits",
    "weight",
    "weight_round",
    "weight_story",
]
