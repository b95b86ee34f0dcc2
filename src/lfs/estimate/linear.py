"""Estimates of any kind with their scores, from which errors, covariances, design effects and limits follow.

Every estimate here is linearised: its error is, but for terms of higher order, a weighted sum over persons of one score
z (Deville, Survey Methodology 25 (1999), 193-203). All that a variance or covariance needs of it are the sums of w z
in each unit of the last stage; so a difference, a ratio or a standardised rate of estimates, of the same domain or of
different ones, has its error from the same arithmetic on those sums (`lfs.estimate.contrasts`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Design
from lfs.estimate.cells import NOT_STATED
from lfs.estimate.covariance import variance, variance_matrix
from lfs.estimate.interval import METHODS, Proportions, limits, refusals
from lfs.estimate.variance import ROUNDING, Figures, SinglePsu
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
OwnLimits = Callable[[float], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Linearised:
    """Estimates, one row each, as `mean`, `ratio` and the others give them for the cells of a breakdown.

    cells: what each row stands for; value: (rows,); score: (rows, units) sums of w z in each unit of the design's last
    stage; present: (rows, psus) the PSU holds a respondent of the domain; n, n_cases: respondents; weight: that of the
    domain; by_chance: variance of a simple random sample with replacement, not a number where it has no meaning;
    is_proportion: limits stay between 0 and 1; signed: the estimates may be below zero; own_limits: of a level, in
    place of those by kind (quantiles), or None; everywhere: units without a case have scores
    too, as residuals of a calibration are.
    """

    design: Design
    single_psu: SinglePsu
    cells: pd.DataFrame
    value: Floats
    score: Floats
    present: NDArray[np.bool_]
    n: Counts
    n_cases: Counts
    weight: Floats
    by_chance: Floats
    is_proportion: bool = False
    signed: bool = False
    own_limits: OwnLimits | None = None
    everywhere: bool = False

    @property
    def se(self) -> Floats:
        se = np.sqrt(variance(self.score, self.design, self.single_psu, self._with_scores))
        se = np.where(np.isfinite(self.value) & np.isfinite(self.score).all(axis=1), se, np.nan)
        return np.where(se < ROUNDING * np.abs(self.value), 0.0, se)

    @property
    def covariance(self) -> Floats:
        """(rows, rows), of estimates of one sample."""
        return variance_matrix(self.score, self.design, self.single_psu, self._with_scores)

    @property
    def _with_scores(self) -> NDArray[np.bool_] | None:
        return None if self.everywhere else self.present

    @property
    def df(self) -> Counts:
        """PSUs less strata, counting those that hold a respondent of the domain."""
        strata = np.zeros((len(self.value), len(self.design.stratum_names)), dtype=bool)
        for row, psus in enumerate(self.present):
            strata[row, self.design.stratum[psus]] = True
        return self.present.sum(axis=1) - strata.sum(axis=1)

    def row(self, **categories: str) -> "Linearised":
        """The rows whose cells hold these categories: `row(sex="female")`. Raises SurveyError where there is none."""
        chosen = np.ones(len(self.value), dtype=bool)
        for name, category in categories.items():
            if name not in self.cells:
                raise SurveyError(
                    f"these estimates are not by '{name}', but by {', '.join(map(str, self.cells)) or 'nothing'}"
                )
            chosen &= (self.cells[name] == category).to_numpy()
        if not chosen.any():
            raise SurveyError(f"there is no estimate of {', '.join(f'{k} {v}' for k, v in categories.items())}")
        return self.rows(np.flatnonzero(chosen))

    def rows(self, numbers: NDArray[np.intp]) -> "Linearised":
        """Some of the rows, in this order."""
        return replace(
            self,
            cells=self.cells.iloc[numbers].reset_index(drop=True),
            value=self.value[numbers],
            score=self.score[numbers],
            present=self.present[numbers],
            n=self.n[numbers],
            n_cases=self.n_cases[numbers],
            weight=self.weight[numbers],
            by_chance=self.by_chance[numbers],
            own_limits=_limits_of(self.own_limits, numbers),
        )

    def table(
        self,
        confidence: float = 0.95,
        near_0_or_1: float = 0.05,
        proportions: Proportions = "logit",
    ) -> pd.DataFrame:
        """One row an estimate, not_stated only where somebody is.

        Its cell, value, se, interval, refused (why it has no limits), lower, upper, cv, design effects, df, n, n_cases.

        deff: against simple random sampling with replacement; deff_without: without, of the same n out of the domain's
        weight (R: deff="replace", deff=TRUE).
        """
        table = self.cells.assign(**self.figures(self.se, confidence, near_0_or_1, proportions))
        nobody = (self.cells == NOT_STATED).any(axis=1).to_numpy() & (self.n == 0)
        return table[~nobody].reset_index(drop=True)

    def figures(
        self, se: Floats, confidence: float, near_0_or_1: float, proportions: Proportions = "logit"
    ) -> dict[str, NDArray]:
        """The columns of the table with the standard errors `se` (rows,), also where nobody is."""
        df = self.df
        with np.errstate(divide="ignore", invalid="ignore"):
            deff = np.where(self.by_chance > 0, np.square(se) / self.by_chance, np.nan)
            deff_without = np.where(self.n < self.weight, deff / (1 - self.n / self.weight), np.nan)
            cv = np.where(self.value != 0, se / np.abs(self.value), np.nan)
        counts = self.n[None].astype(np.int64), self.n_cases[None]
        none = np.zeros((1, len(se)), dtype=bool)
        found = Figures(self.value[None], se[None], deff[None], df[None], *counts, none)
        kind = np.array([self.is_proportion])
        if self.own_limits is None:
            made = limits(found, kind, confidence, near_0_or_1, proportions, self.signed)
            method, lower, upper = (x[0] for x in made)
            interval = np.array(METHODS, dtype=object)[method]
        else:
            lower, upper = self.own_limits(confidence)
            interval = np.where(np.isnan(lower) & np.isnan(upper), "none", "woodruff").astype(object)
        refused = refusals(found, (interval == "none")[None])[0]
        figures: dict[str, NDArray] = {"value": self.value, "se": se, "interval": interval, "refused": refused}
        figures |= {"lower": lower, "upper": upper, "cv": cv}
        others = {"deff": deff, "deff_without": deff_without, "df": df, "n": self.n, "n_cases": self.n_cases}
        return figures | others


def _limits_of(own: OwnLimits | None, numbers: NDArray[np.intp]) -> OwnLimits | None:
    if own is None:
        return None

    def chosen(confidence: float) -> tuple[Floats, Floats]:
        lower, upper = own(confidence)
        return lower[numbers], upper[numbers]

    return chosen
