"""Quality flags: why a figure should be read with care, by the rules declared under quality: in config.yaml."""

import numpy as np
from numpy.typing import NDArray

from lfs.estimate.variance import Figures
from lfs.metadata.config import Quality, Rule

FLAGS = ("no_cases", "control", "zero_se", "few_cases", "few_respondents", "high_cv", "moderate_cv", "few_df")


def flags(
    found: Figures, is_proportion: NDArray[np.bool_], quality: Quality, cv: NDArray[np.float64] | None = None
) -> NDArray[np.str_]:
    """(estimands, cells) codes of FLAGS, joined by "+"; empty where nothing is to be said.

    no_cases: nobody is in the domain, or its denominator is zero, and there is no figure; control: a total that the
    weights were calibrated to, which has no error of sampling, so that no other flag concerns it; zero_se: the sample
    shows no variance; few_cases, few_respondents, few_df: n_cases, n, df below a declared limit (few_cases also where
    few of a proportion's respondents are no cases, few_df also where no limits can be given for want of degrees of
    freedom); high_cv, moderate_cv: cv above the limit of `unreliable`, of `caution`. cv: where it is not se over value.
    """
    unreliable, caution = quality.unreliable, quality.caution
    nothing = ~np.isfinite(found.value)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = found.se / np.abs(found.value) if cv is None else cv
    high = _above(cv, unreliable)
    # ASSUME A proportion near 1 is as unreliable as its complement near 0, so few respondents who are no cases mark it.
    cases = np.where(is_proportion[:, None], np.minimum(found.n_cases, found.n - found.n_cases), found.n_cases)
    meets = {
        "no_cases": nothing,
        "control": found.controlled,
        "zero_se": found.se == 0,
        "few_cases": _below(cases, "n_cases_below", unreliable, caution),
        "few_respondents": _below(found.n, "n_below", unreliable, caution),
        "high_cv": high,
        "moderate_cv": ~high & _above(cv, caution),
        "few_df": _below(found.df, "df_below", unreliable, caution) | (found.df < 1),
    }
    codes, meant = np.zeros(found.value.shape, dtype=np.int64), [""]
    for position, name in enumerate(FLAGS):
        applies = meets[name] & ~nothing if position else nothing
        applies = applies & ~found.controlled if position > 1 else applies
        codes += applies.astype(np.int64) << position
    distinct, which = np.unique(codes, return_inverse=True)
    meant = ["+".join(name for position, name in enumerate(FLAGS) if code >> position & 1) for code in distinct]
    return np.array(meant)[which.reshape(codes.shape)]


def _below(counts: NDArray[np.int64], limit: str, *rules: Rule) -> NDArray[np.bool_]:
    limits = [getattr(rule, limit) for rule in rules if getattr(rule, limit) is not None]
    return counts < max(limits) if limits else np.zeros(counts.shape, dtype=bool)


def _above(cv: NDArray[np.float64], rule: Rule) -> NDArray[np.bool_]:
    return cv > rule.cv_above if rule.cv_above is not None else np.zeros(cv.shape, dtype=bool)
