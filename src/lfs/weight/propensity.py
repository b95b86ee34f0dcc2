"""The propensity to answer: a logit model on what is known of every selected household."""

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
CERTAIN = 1e-6


def propensities(selected: pd.DataFrame, answered: NDArray[np.bool_], variables: Sequence[str]) -> Floats:
    """(households,) the probability to answer by a logit model with main effects, not weighted (Little 1986).

    variables: columns without empty values; text and categories enter as categories, numbers as numbers.
    Raises SurveyError where a variable is missing or decides by itself who answers.
    """
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationError, PerfectSeparationWarning

    if lacking := [name for name in variables if name not in selected or selected[name].isna().any()]:
        raise SurveyError(
            f"weighting: nonresponse: propensity: {', '.join(lacking)} is not known of every selected household"
        )
    if answered.all() or not answered.any():
        return answered.astype(np.float64)
    explanatory = _columns(selected[list(variables)])
    undecided = (
        f"weighting: nonresponse: propensity: a category of {', '.join(variables)} decides by itself who answers; "
        "leave it out, or join it with others"
    )
    try:
        with warnings.catch_warnings():
            for problem in (ConvergenceWarning, PerfectSeparationWarning):
                warnings.simplefilter("error", problem)
            fitted = Logit(answered.astype(np.float64), explanatory).fit(
                method="newton", tol=1e-12, maxiter=50, disp=False
            )
    except (PerfectSeparationError, PerfectSeparationWarning, ConvergenceWarning, np.linalg.LinAlgError):
        raise SurveyError(undecided) from None
    found = np.asarray(fitted.predict(explanatory))
    if found.min() < CERTAIN or found.max() > 1 - CERTAIN:
        raise SurveyError(undecided)
    return found


def propensity_classes(propensity: Floats, classes: int) -> NDArray[np.intp]:
    """(households,) number of the class of like propensity, from 1, each of about as many households (Cochran 1968)."""
    edges = np.quantile(propensity, np.arange(1, classes) / classes)
    return 1 + np.searchsorted(np.unique(edges), propensity, side="left")


def _columns(selected: pd.DataFrame) -> Floats:
    """Intercept, numbers, and all categories but the first of each variable; columns that repeat others left out."""
    columns = [np.ones(len(selected))]
    for name in selected:
        values = selected[name]
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            columns.append(values.to_numpy(dtype=np.float64))
        else:
            codes, categories = pd.factorize(values, sort=True)
            columns += [(codes == number).astype(np.float64) for number in range(1, len(categories))]
    kept: list[Floats] = []
    for column in columns:
        if np.linalg.matrix_rank(np.column_stack([*kept, column])) > len(kept):
            kept.append(column)
    return np.column_stack(kept)
