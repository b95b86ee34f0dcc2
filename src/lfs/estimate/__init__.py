"""Estimates of every domain with their sampling errors, from the people of one round, in one pass a breakdown.

`estimate` makes the estimates table of a survey; `rate` and `total` are for a notebook: one's own figure by one's own
breakdown. `domains` is the way to all other kinds (means, ratios of numbers, shares, quantiles, Gini, standardised
rates), to differences and ratios of estimates with their covariance, and to replicates.
"""

from lfs.estimate.by_hand import rate, total
from lfs.estimate.contrasts import combined, difference, quotient, stacked
from lfs.estimate.distribution import gini, quantile, quantiles
from lfs.estimate.domains import Domains, domains
from lfs.estimate.kinds import mean, ratio, shares, standardised, weighted_total
from lfs.estimate.linear import Linearised
from lfs.estimate.one_pass import estimate
from lfs.estimate.replication import replicate_covariance, replicate_figures, replicate_se

__all__ = [
    "Domains",
    "Linearised",
    "combined",
    "difference",
    "domains",
    "estimate",
    "gini",
    "mean",
    "quantile",
    "quantiles",
    "quotient",
    "rate",
    "ratio",
    "replicate_covariance",
    "replicate_figures",
    "replicate_se",
    "shares",
    "stacked",
    "standardised",
    "total",
    "weighted_total",
]
