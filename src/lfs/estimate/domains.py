"""The persons of a round in the cells of one breakdown, for estimates of any kind: one step, then many estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Design, survey_design
from lfs.estimate.cells import Cells, categories_of, code_variable, cross
from lfs.estimate.linear import Linearised
from lfs.estimate.variance import SinglePsu
from lfs.exact import exact
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Booleans = NDArray[np.bool_]
CELLS_AT_ONCE = 8
NOTHING_LEFT = 1e-9
"""Of the size of the scores: residuals below it are rounding, as of a count that the weights were calibrated to."""


class Residuals(Protocol):
    """What is known of a calibration: `explained_scores` is what the calibration variables explain of each PSU's sum of
    the weighted scores z, for all PSUs in and outside the domain; z: (persons, rows), zero outside the domain."""

    def explained_scores(self, z: Floats, psu: Codes, psus: int) -> Floats: ...


@runtime_checkable
class ResidualsByDomain(Protocol):
    """The same, (domains, psus), for all domains of a breakdown at once; z, code: (persons,) each person's score, and
    the number of the only domain in which he has it, negative for none."""

    def explained_by(self, z: Floats, code: Codes, codes: int, psu: Codes, psus: int) -> Floats: ...


@dataclass(frozen=True)
class Domains:
    """Every person's cell; inside: (persons,) the person is in one of the cells and in `where`.

    calibration: how the weights were made, so that scores are residuals; None takes them as they are.
    """

    people: pd.DataFrame
    design: Design
    cells: Cells
    inside: Booleans
    single_psu: SinglePsu
    calibration: Residuals | ResidualsByDomain | None = None

    def numbers(self, column: str) -> Floats:
        """A number, or true and false as 1 and 0, for each person; not a number where it is empty."""
        if column not in self.people:
            raise SurveyError(f"people: there is no column '{column}'")
        values = self.people[column]
        if not pd.api.types.is_numeric_dtype(values.dtype):
            raise SurveyError(f"variable '{column}': an estimate needs numbers or true and false, not {values.dtype}")
        return values.to_numpy(dtype=np.float64, na_value=np.nan)

    def sums(self, values: Floats, counted: Booleans) -> Floats:
        """(cells,) weighted sums over the persons `counted`."""
        return _sums(self.cells.person[counted], (self.design.weight * values)[counted], self.cells.count)

    def linearised(
        self,
        value: Floats,
        score: Floats,
        counted: Booleans,
        cases: Booleans,
        is_proportion: bool = False,
        signed: bool = False,
    ) -> Linearised:
        """Estimates of all cells from the score z of each person in his own cell.

        value: (cells,); score: (persons,); counted: persons of the domain; cases: those of them in the numerator.
        """
        design, cell = self.design, self.cells.person
        here = np.flatnonzero(counted)
        pair = cell[here] * design.units + design.unit[here]
        weight, cells = design.weight[here], self.cells.count
        by_unit = _sums(pair, weight * score[here], cells * design.units).reshape(cells, design.units)
        respondent = counted & (design.weight > 0)
        present = np.zeros((cells, len(design.stratum)), dtype=bool)
        present[cell[respondent], design.psu[respondent]] = True
        n = np.bincount(cell[respondent], minlength=cells)
        total = _sums(cell[here], weight, cells)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = by_unit.sum(axis=1) / total
            squares = _sums(cell[here], weight * np.square(score[here] - mean[cell[here]]), cells)
            by_chance = np.where(n > 1, total * squares / (n - 1), np.nan)
        return Linearised(
            design,
            self.single_psu,
            self.labels(),
            np.where(n > 0, value, np.nan),
            by_unit if self.calibration is None else self._residuals(self.calibration, by_unit, score, counted),
            present,
            n,
            np.bincount(cell[respondent & cases], minlength=cells),
            total,
            by_chance,
            is_proportion,
            signed,
            everywhere=self.calibration is not None,
        )

    def _residuals(
        self, calibration: Residuals | ResidualsByDomain, by_unit: Floats, score: Floats, counted: Booleans
    ) -> Floats:
        """(cells, units) the scores less what a calibration explains of them."""
        design, cells = self.design, self.cells.count
        if isinstance(calibration, ResidualsByDomain):
            code = np.where(counted, self.cells.person, -1)
            found = by_unit - calibration.explained_by(score, code, cells, design.unit, design.units)
        else:
            found = by_unit - self._explained(calibration, score, np.flatnonzero(counted))
        nothing = np.square(found).sum(axis=1) <= NOTHING_LEFT**2 * np.square(by_unit).sum(axis=1)
        found[nothing] = 0.0
        return found

    def _explained(self, calibration: Residuals, score: Floats, here: Codes) -> Floats:
        """(cells, units) what a calibration explains of the scores; a few cells at a time, to hold few columns."""
        found = np.empty((self.cells.count, self.design.units))
        cell = self.cells.person[here]
        for first in range(0, self.cells.count, CELLS_AT_ONCE):
            some = slice(first, min(first + CELLS_AT_ONCE, self.cells.count))
            chosen = (cell >= some.start) & (cell < some.stop)
            z = np.zeros((len(score), some.stop - some.start))
            z[here[chosen], cell[chosen] - some.start] = score[here[chosen]]
            found[some] = calibration.explained_scores(z, self.design.unit, self.design.units).T
        return found

    def labels(self) -> pd.DataFrame:
        """One row a cell: its category of each variable."""
        columns = {
            variable.name: np.array(variable.categories, dtype=object)[positions]
            for variable, positions in zip(self.cells.variables, self.cells.positions, strict=True)
        }
        return pd.DataFrame(columns, index=range(self.cells.count))


def _sums(code: Codes, values: Floats, codes: int) -> Floats:
    """(codes,) sums by code, the same to the last bit in whatever order the persons stand."""
    finite = np.isfinite(values)
    if finite.all():
        return exact(values).by(code, codes)
    sums = exact(np.where(finite, values, 0.0)).by(code, codes)
    return sums + np.bincount(code, weights=np.where(finite, 0.0, values), minlength=codes)


def domains(
    people: pd.DataFrame,
    by: Sequence[str] | str = (),
    where: str | None = None,
    design: Design | None = None,
    single_psu: SinglePsu = "centre",
    calibration: Residuals | None = None,
) -> Domains:
    """The full crossing of the category variables `by`, among the persons for whom the column `where` is true.

    people: all persons of one round, nobody filtered out; design: made from the same rows (`survey_design(people)` if
    not given). Estimates that are to be compared with each other must come from the same `design`. calibration: of the
    weights of `design`, for the standard error that knows of it.
    """
    design = survey_design(people) if design is None else design
    if len(design.weight) != len(people):
        raise SurveyError(f"the design is of {len(design.weight)} persons and people holds {len(people)}")
    names = [by] if isinstance(by, str) else list(by)
    coded = [code_variable(people[name], categories_of(people[name])) for name in names]
    cells = cross(coded, len(people))
    inside = ~cells.outside
    if where is not None:
        inside &= people[where].to_numpy(dtype=bool, na_value=False)
    return Domains(people, design, cells, inside, single_psu, calibration)
