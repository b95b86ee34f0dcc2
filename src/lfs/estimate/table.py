"""Arrays of figures into the estimates table: one row a cell."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lfs.estimate.cells import Crossing
from lfs.estimate.flags import flags
from lfs.estimate.interval import METHODS, limits
from lfs.estimate.measures import Estimand, Measures
from lfs.estimate.variance import Figures
from lfs.metadata.config import Config

TOTAL = "total"


def joined(parts: Sequence[Figures]) -> Figures:
    """Figures of several breakdowns side by side, (estimands, all their cells)."""
    names = Figures.__dataclass_fields__
    return Figures(**{name: np.concatenate([getattr(part, name) for part in parts], axis=1) for name in names})


def estimates_table(
    round_name: str,
    estimands: Sequence[Estimand],
    needed: Measures,
    breakdowns: Mapping[str, Crossing],
    found: Figures,
    variables: Sequence[str],
    config: Config,
) -> pd.DataFrame:
    """The estimates table, in order of estimand, breakdown and cell; not_stated only where somebody is.

    found: (estimands, cells of all breakdowns in order); variables: every breakdown variable of the survey.
    """
    method, lower, upper = limits(found, needed.is_proportion, config.confidence, config.interval.near_0_or_1)
    kept = ~np.concatenate([cells.not_stated() for cells in breakdowns.values()]) | (found.n > 0)
    estimand, cell = np.nonzero(kept)
    sizes = [cells.count for cells in breakdowns.values()]
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(found.value != 0, found.se / np.abs(found.value), np.nan)
    columns: dict[str, object] = {
        "round": _words([round_name], np.zeros(len(cell), dtype=np.intp)),
        "standard": _words([each.standard for each in estimands], estimand),
        "indicator": _words([each.indicator for each in estimands], estimand),
        "breakdown": _words(list(breakdowns), np.repeat(np.arange(len(sizes)), sizes)[cell]),
    }
    columns |= _categories(variables, breakdowns, cell)
    columns |= {"value": found.value[kept], "se": found.se[kept]}
    columns |= {"interval": _words(METHODS, method[kept]), "lower": lower[kept], "upper": upper[kept], "cv": cv[kept]}
    columns |= {name: getattr(found, name)[kept] for name in ("deff", "df", "n", "n_cases")}
    meant, which = np.unique(flags(found, needed.is_proportion, config.quality)[kept], return_inverse=True)
    return pd.DataFrame(columns | {"flag": _words(meant.tolist(), which)})


def _categories(
    variables: Sequence[str], breakdowns: Mapping[str, Crossing], cell: np.ndarray
) -> dict[str, pd.api.extensions.ExtensionArray]:
    """Each variable's category in each row, `total` where the breakdown does not hold it."""
    words = {name: [TOTAL] for name in variables}
    codes = {name: np.zeros(sum(cells.count for cells in breakdowns.values()), dtype=np.intp) for name in variables}
    first = 0
    for cells in breakdowns.values():
        for variable, positions in zip(cells.variables, cells.positions, strict=True):
            words[variable.name] = [TOTAL, *variable.categories]
            codes[variable.name][first : first + cells.count] = positions + 1
        first += cells.count
    return {name: _words(words[name], codes[name][cell]) for name in variables}


def _words(words: Sequence[str], codes: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(words), dtype="str").take(codes)
