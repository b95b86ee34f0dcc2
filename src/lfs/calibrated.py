"""What the variance must know of a calibration: the auxiliary variables, the weights before it, and the ratios.

Between the weighting, which makes it, and the estimation, which takes residuals on it; neither imports the other.
With calibrated weights the linearised score of a unit is g d (z - x'B), where B is the regression of z on x with the
weights before calibration (Deville and Saerndal 1992, section 3); outside a domain z is zero and the residual -x'B is
not, so that every PSU has a score in every domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray
from scipy import sparse
from scipy.linalg import solve_triangular

from lfs.decomposition import Decomposition, decompose
from lfs.exact import exact
from lfs.metadata import Survey, SurveyError
from lfs.products import right_factor

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
Identifiers = NDArray[np.object_] | ExtensionArray
TABLE = {"unit": "str", "control": "str", "value": "float64", "base": "float64", "ratio": "float64", "scale": "float64"}


@dataclass(frozen=True)
class Calibration:
    """Weights before and after calibration, and the variables that were calibrated on.

    A unit is what carries one weight: a household, whose auxiliaries are sums over its members, or a person.
    unit: (persons,) number of each person's unit; names: (units,) identifiers; x: (units, controls) sparse;
    base, ratio, scale: (units,) weight before, weight after over weight before, and the factor q of the distance
    (the inverse of the variance assumed); controls: (controls,) names; totals: (controls,) population totals.
    """

    unit: Codes
    names: Identifiers
    x: sparse.csr_array
    base: Floats
    ratio: Floats
    scale: Floats
    controls: tuple[str, ...]
    totals: Floats

    @property
    def weight(self) -> Floats:
        """(units,) the calibrated weights."""
        return self.base * self.ratio

    @property
    def weight_of_persons(self) -> Floats:
        """(persons,) the calibrated weights, row by row of `people`."""
        return self.weight[self.unit]

    def cross_products(self, z: Floats) -> Floats:
        """(controls, measures) X'Wz of the persons' measures z, (persons, measures), zero outside the domain."""
        values = np.asarray(z, dtype=np.float64)
        return self._weighted.T @ _sum_rows(values.reshape(len(values), -1), self.unit, len(self.base))

    def cross_products_by(self, code: Codes, codes: int, z: Floats | None = None) -> Floats:
        """(controls, codes) X'Wz where z counts the persons of each code, or is theirs; a negative code is in none.

        One pass over the auxiliaries of the persons serves all domains of a breakdown: code is then the cell, or the
        pattern within the cell.
        """
        person, control, value = self._of_persons
        controls = len(self.controls)
        place = (np.where(code < 0, codes, code) * controls)[person]
        place += control
        if z is None:
            found: Floats = np.bincount(place, weights=value, minlength=(codes + 1) * controls).astype(np.float64)
        else:
            found = exact(value * z[person]).by(place, (codes + 1) * controls)
        found = found[: codes * controls]
        return np.ascontiguousarray(found.reshape(codes, controls).T, dtype=np.float64)

    def coefficients(self, cross_products: Floats) -> Floats:
        """(controls, measures) B of the regression on x, from X'Wz; zero for a control that repeats others."""
        kept, inverse = self._inverse
        size = self._gram.size[kept][:, None]
        found = np.zeros_like(cross_products)
        half = right_factor(cross_products[kept] / size).times(inverse)
        found[kept] = right_factor(half).times(np.ascontiguousarray(inverse.T)) / size
        return found

    def totals_by_psu(self, psu: Codes, psus: int) -> Floats:
        """(psus, controls) weighted totals g d x of each PSU; psu: (persons,) number of the PSU."""
        psu_of_unit = np.zeros(len(self.base), dtype=np.intp)
        psu_of_unit[self.unit] = psu
        place = sparse.csr_array((self.weight, (psu_of_unit, np.arange(len(self.base)))), shape=(psus, len(self.base)))
        return (place @ self.x).toarray()

    def residual_scores(self, z: Floats, psu: Codes, psus: int) -> Floats:
        """(psus, measures) linearised scores: each PSU's total of g d z less its total of g d x times B.

        z: (persons, measures), zero outside the domain; for a ratio z = (y - R x) / X. psu: (persons,).
        """
        values = np.asarray(z, dtype=np.float64)
        values = values.reshape(len(values), -1)
        weighted = _sum_rows(values * self.weight_of_persons[:, None], psu, psus)
        return weighted - self.explained_scores(values, psu, psus)

    def explained_scores(self, z: Floats, psu: Codes, psus: int) -> Floats:
        """(psus, measures) what the calibration explains of the scores: each PSU's total of g d x times B."""
        slope = self.coefficients(self.cross_products(z))
        return right_factor(self.totals_by_psu(psu, psus).T).times(slope.T).T

    def explained_by(self, z: Floats, code: Codes, codes: int, psu: Codes, psus: int) -> Floats:
        """(codes, psus) the same for a z that is each person's own in the domain `code`, and zero in all others."""
        slope = self.coefficients(self.cross_products_by(code, codes, z))
        return right_factor(self.totals_by_psu(psu, psus).T).times(np.ascontiguousarray(slope.T))

    def table(self) -> pd.DataFrame:
        """The calibration as a long table, one row a unit and control that it counts in; `calibration` reads it."""
        x = self.x.tocoo()
        columns = {"unit": self.names[x.row], "control": np.array(self.controls, dtype=object)[x.col], "value": x.data}
        of_unit = {"base": self.base[x.row], "ratio": self.ratio[x.row], "scale": self.scale[x.row]}
        return pd.DataFrame(columns | of_unit).astype(TABLE)

    @cached_property
    def _weighted(self) -> sparse.csr_array:
        return sparse.csr_array(sparse.diags_array(self.base * self.scale) @ self.x)

    @cached_property
    def _of_persons(self) -> tuple[Codes, Codes, Floats]:
        """Person, control and weighted value of every auxiliary of every person's unit, by unit.

        In this order sums are the same in whatever order the persons stand, those of one unit having the same values.
        """
        units, start = len(self.base), self._weighted.indptr
        by_unit = sparse.coo_array(
            (np.ones(len(self.unit), dtype=bool), (self.unit, np.arange(len(self.unit)))),
            shape=(units, len(self.unit)),
        )
        person = by_unit.tocsr().indices
        unit = self.unit[person]
        count = np.diff(start)[unit]
        last = np.cumsum(count)
        place = np.repeat(start[unit] - (last - count), count) + np.arange(last[-1] if len(last) else 0)
        return np.repeat(person, count), self._weighted.indices[place], self._weighted.data[place]

    @cached_property
    def _gram(self) -> Decomposition:
        return decompose((self.x.T @ self._weighted).toarray())

    @cached_property
    def _inverse(self) -> tuple[Codes, Floats]:
        """The controls kept, and the inverse of L of their decomposition."""
        kept, lower = self._gram.kept, self._gram.lower
        # One column at a time: a library shares several out among its threads, and their last bits follow.
        columns = [solve_triangular(lower, each, lower=True, check_finite=False) for each in np.eye(len(kept))]
        return kept, np.array(columns).reshape(len(kept), len(kept)).T


def calibration(table: pd.DataFrame, unit: pd.Series, totals: Mapping[str, float] | None = None) -> Calibration:
    """The calibration that `table` (of Calibration.table) holds, for the persons whose units are named in `unit`.

    A unit that is in no control carries weight in the people only: its ratio is 1 and it has no residual to take.
    """
    units, names = pd.factorize(unit, sort=True)
    controls = tuple(dict.fromkeys(table["control"])) if totals is None else tuple(totals)
    row = pd.Index(names).get_indexer(table["unit"])
    column = pd.Index(controls).get_indexer(pd.Index(table["control"]))
    x = sparse.csr_array((table["value"].to_numpy(), (row, column)), shape=(len(names), len(controls)))
    of_unit = {}
    for name, otherwise in (("base", 0.0), ("ratio", 1.0), ("scale", 1.0)):
        of_unit[name] = np.full(len(names), otherwise)
        of_unit[name][row] = table[name].to_numpy()
    known = np.array([*(totals or {}).values()], dtype=np.float64)
    found = known if totals is not None else np.asarray(x.T @ (of_unit["base"] * of_unit["ratio"]))
    return Calibration(
        units.astype(np.intp), np.asarray(names, dtype=object), x, **of_unit, controls=controls, totals=found
    )


def calibration_of(people: pd.DataFrame, table: pd.DataFrame, survey: Survey) -> Calibration | None:
    """The calibration of the people of a round that the step `weight` wrote; None where nothing was calibrated.

    Raises SurveyError where it is of other people: of another round, or where some of them were filtered out.
    """
    rule = survey.config.weighting
    if rule is None or table.empty:
        return None
    unit = people[rule.unit_among(people.columns)]
    if lost := len(set(table["unit"]) - set(unit)):
        raise SurveyError(
            f"calibration: {lost} of its units are not among these people; take people and calibration of the same "
            "round, and never filter people: name a true/false column as `where` instead"
        )
    return calibration(table, unit)


def _sum_rows(values: Floats, code: Codes, codes: int) -> Floats:
    place = sparse.csr_array((np.ones(len(code)), (code, np.arange(len(code)))), shape=(codes, len(code)))
    return place @ values
