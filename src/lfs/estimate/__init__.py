"""Totals and rates of every domain with their sampling errors, from the people of one round, in one pass a breakdown.

`estimate` makes the estimates table of a survey; `rate` and `total` are for a notebook: one's own figure by one's own
breakdown.
"""

from lfs.estimate.by_hand import rate, total
from lfs.estimate.one_pass import estimate

__all__ = ["estimate", "rate", "total"]
