"""Estimates of every domain with their sampling errors, from the people of one round, in one pass a breakdown.

`estimate` makes the estimates table of a survey; `rate` and `total` are for a notebook: one's own figure by one's own
breakdown. `domains` is the way to all other kinds (means, ratios of numbers, shares, quantiles, Gini, standardised
rates), to differences and ratios of estimates with their covariance, and to replicates. `variance_functions` makes
generalised errors of the estimates table.
"""

from lfs.estimate.by_hand import rate, total
from lfs.estimate.contrasts import combined, difference, quotient, stacked
from lfs.estimate.distribution import gini, quantile, quantiles
from lfs.estimate.domains import Domains, domains
from lfs.estimate.generalised import variance_functions
from lfs.estimate.kinds import mean, ratio, shares, standardised, weighted_total
from lfs.estimate.linear import Linearised
from lfs.estimate.look_up import direct_and_modelled, function_table, look_up_tables
from lfs.estimate.one_pass import estimate
from lfs.estimate.pieces import estimate_file, estimate_pieces
from lfs.estimate.replication import replicate_covariance, replicate_figures, replicate_se

__all__ = [
    "Domains",
    "Linearised",
    "combined",
    "difference",
    "direct_and_modelled",
    "domains",
    "estimate",
    "estimate_file",
    "estimate_pieces",
    "function_table",
    "gini",
    "look_up_tables",
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
    "variance_functions",
    "weighted_total",
]
