"""The variance that a simple random sample of the same weighted size would have had."""

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.measures import Measures

Floats = NDArray[np.float64]


def simple_random_variance(cell_total: Floats, n: NDArray[np.int64], needed: Measures, value: Floats) -> Floats:
    """Variance under simple random sampling with replacement (R survey: deff="replace"), (estimands, cells).

    With W the weight and n the respondents of the domain, z the person's score and p = Y / W,

        W^2 / n * n / (n - 1) * weighted mean of (z - mean)^2  =  W / (n - 1) * sum of w (z - mean)^2 ,

    so W^2 p (1 - p) / (n - 1) for a count, W (Y - 2 R B + R^2 X) / X^2 / (n - 1) for a ratio, B being the weight of
    those in numerator and denominator at once; R (1 - R) / (n - 1) for a proportion. Not a number for n < 2.
    """
    numerator, denominator = cell_total[needed.numerator], cell_total[needed.denominator]
    both, domain = cell_total[needed.both], cell_total[needed.domain]
    share = numerator / domain
    count = domain**2 * share * (1 - share)
    ratio = domain * (numerator - 2 * value * both + value**2 * denominator) / denominator**2
    squares = np.where(needed.is_ratio[:, None], ratio, count)
    squares = np.where(needed.is_proportion[:, None], value * (1 - value), squares)
    return squares / np.where(n > 1, n - 1, np.nan)
