"""Adjustment cells, none with fewer respondents than a floor: small ones are joined, and every join is told."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Joined:
    """A cell that was too small, the one it was joined with, its respondents, and whether they share a parent."""

    cell: str
    into: str
    respondents: int
    level: str


def adjustment_cells(
    rows: pd.DataFrame, levels: Sequence[str], weight: Floats, respondent: NDArray[np.bool_], smallest: int
) -> tuple[Codes, tuple[Joined, ...]]:
    """(rows,) number of the cell of each row, each with `smallest` respondents at least, and what was joined.

    levels: columns from coarse to fine, whose crossing are the cells. A cell that is too small is joined with the one
    whose weighted response rate is nearest among those of the same parent; where it has no such neighbour, with the
    nearest one level up, and so on to the whole sample, which may still be too small and is then one cell.
    """
    keys = rows[list(levels)].astype("str")
    names = _crossed(keys) if levels else pd.Series("all", index=rows.index)
    first, cells = pd.factorize(names, sort=True)
    cell = first.astype(np.intp)
    parents = keys.iloc[pd.Series(cell).drop_duplicates().sort_index().index] if len(rows) else keys
    parents = parents.assign(cell=cell[pd.Series(cell).drop_duplicates().index]).set_index("cell").sort_index()
    groups = _Groups(cell, len(cells), weight, respondent)
    joined: list[Joined] = []
    for depth in range(len(levels) - 1, -1, -1):
        parent = _crossed(parents.iloc[:, :depth]) if depth else pd.Series("all", index=parents.index)
        level = levels[depth - 1] if depth else "all"
        for siblings in parent.groupby(parent, sort=True).groups.values():
            joined += groups.join(list(siblings), smallest, [str(each) for each in cells], level)
    return groups.number[cell], tuple(joined)


def _crossed(keys: pd.DataFrame) -> pd.Series:
    """The names of each row's crossing, column after column."""
    return keys.iloc[:, 0].str.cat(keys.iloc[:, 1:], sep="|") if keys.shape[1] > 1 else keys.iloc[:, 0]


class _Groups:
    """Cells on their way to being large enough: each begins as its own group."""

    def __init__(self, cell: Codes, cells: int, weight: Floats, respondent: NDArray[np.bool_]) -> None:
        self.number = np.arange(cells)
        self.respondents = np.bincount(cell, weights=respondent, minlength=cells)
        self.answered = np.bincount(cell, weights=weight * respondent, minlength=cells)
        self.selected = np.bincount(cell, weights=weight, minlength=cells)

    def join(self, cells: Sequence[int], smallest: int, names: Sequence[str], level: str) -> list[Joined]:
        """Join the small among the groups of these cells, the smallest first."""
        found: list[Joined] = []
        while True:
            here = np.unique(self.number[list(cells)])
            small = here[self.respondents[here] < smallest]
            if not len(small) or len(here) == 1:
                return found
            # Among equals the lighter, so that names decide only between cells alike in all of this.
            one = small[np.lexsort((self.selected[small], self.answered[small], self.respondents[small]))[0]]
            others = here[here != one]
            rate = self.answered / np.where(self.selected > 0, self.selected, 1.0)
            distance = np.round(np.abs(rate[others] - rate[one]), 12)
            into = others[np.lexsort((self.selected[others], self.respondents[others], distance))[0]]
            found.append(Joined(names[one], names[into], int(self.respondents[one]), level))
            self.number[self.number == one] = into
            for sums in (self.respondents, self.answered, self.selected):
                sums[into] += sums[one]
                sums[one] = 0
