"""What the quality table tells of the persons of a round, counted as they go by."""

from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from lfs.design import Note
from lfs.estimate.measures import Estimand, Measures, Patterns
from lfs.estimate.pieces.order import Identifiers, Order, Words
from lfs.estimate.quality import Row
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Seen:
    """Persons, their weights, and how many of each office have each pattern."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.persons = self.zero = 0
        self.outside: dict[str, int] = {}
        self._weight: list[float] = []
        self._patterns: dict[str, Counts] = {}

    def add(self, weight: Floats, office: NDArray[np.intp], offices: Words, pattern: NDArray[np.int32]) -> None:
        """Count the persons of a piece. Raises SurveyError for a weight that is missing, infinite or negative."""
        rows = f"of the rows {self.persons + 1} to {self.persons + len(weight)}"
        for bad, what in ((~np.isfinite(weight), "missing or infinite"), (weight < 0, "negative")):
            if bad.any():
                raise SurveyError(
                    f"{self.place}, variable 'weight': {int(bad.sum())} {rows} have a {what} weight; "
                    "mend the file, or the weight's entry under design: in the office file"
                )
        self.persons += len(weight)
        self.zero += len(weight) - int(np.count_nonzero(weight))
        self._weight.append(float(weight.sum()))
        patterns = int(pattern.max()) + 1
        counts = np.bincount(office * patterns + pattern, minlength=len(offices) * patterns)
        for name, found in zip(offices, counts.reshape(len(offices), patterns), strict=True):
            if found.any():
                old = self._patterns.get(str(name), np.zeros(0, dtype=np.int64))
                size = max(len(old), patterns)
                self._patterns[str(name)] = _padded(old, size) + _padded(found, size)

    def design_rows(self, order: Order, identifiers: Identifiers, single_psu: str) -> list[Row]:
        """As those of a design in memory. Raises SurveyError where every weight is zero."""
        if self.zero == self.persons:
            raise SurveyError(f"{self.place}, variable 'weight': every weight is zero")
        rows: list[Row] = [
            {"topic": "strata", "value": order.strata},
            {"topic": "psus", "value": order.psus},
            {"topic": "persons", "value": self.persons},
            {"topic": "weight_sum", "value": fsum(self._weight)},
        ]
        if order.single:
            rows.append(
                {"topic": "single_psu_stratum", "variable": "stratum", "value": order.single, "detail": single_psu}
            )
        notes = [Note("zero_weight", self.zero)] if self.zero else []
        notes += identifiers.notes()
        notes += [Note("psu_in_two_strata", torn)] if (torn := order.torn()) else []
        return rows + [
            {"topic": note.topic, "office": note.office, "value": note.value, "detail": note.detail} for note in notes
        ]

    def left_out_rows(self, estimands: Sequence[Estimand], found: Patterns) -> list[Row]:
        """Persons in the universe of a concept that an office's form does not allow to make."""
        rows: list[Row] = []
        for each in estimands:
            if not each.concerns:
                continue
            lacking = found.holds[each.concerns] & ~found.known[each.numerator]
            for office, counts in sorted(self._patterns.items()):
                if left := int(counts[lacking[: len(counts)]].sum()):
                    about = {"topic": "left_out", "variable": each.indicator, "category": each.standard}
                    rows.append(about | {"office": office, "value": left})
        return rows

    def ratio_rows(self, estimands: Sequence[Estimand], needed: Measures) -> list[Row]:
        """Ratios that are no proportion, because some people are in the numerator and not in the denominator."""
        patterns = needed.membership.shape[1]
        people = needed.membership @ sum(_padded(counts, patterns) for counts in self._patterns.values())
        return [
            {
                "topic": "numerator_outside_denominator",
                "variable": each.indicator,
                "category": each.standard,
                "value": int(people[needed.numerator[i]] - people[needed.both[i]]),
            }
            for i, each in enumerate(estimands)
            if needed.is_ratio[i] and not needed.is_proportion[i]
        ]

    def outside_rows(self, stated: Mapping[str, bool]) -> list[Row]:
        """Persons of some indicator who are in no category of a breakdown variable that concerns them."""
        return [
            {"topic": "outside_breakdown", "variable": name, "value": self.outside[name]}
            for name in stated
            if stated[name] and self.outside.get(name)
        ]


def _padded(counts: Counts, size: int) -> Counts:
    return np.r_[counts, np.zeros(size - len(counts), dtype=np.int64)]
