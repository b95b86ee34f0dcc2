"""The people of one round, piece by piece, as coded numbers; what is counted of them on the way."""

import numpy as np
import pyarrow as pa

from lfs.estimate.estimands import COUNTS, possible_estimands
from lfs.estimate.pieces.chunks import Categories, Chunk, chunk_of
from lfs.estimate.pieces.order import Identifiers, coded
from lfs.estimate.pieces.patterns import PatternRegister
from lfs.estimate.pieces.seen import Seen
from lfs.metadata import Survey, SurveyError
from lfs.metadata.variables import universe_of


class People:
    """Estimands, categories, patterns and identifiers of a round, which every piece is coded by.

    others: means, quantiles, shares and gaps, which need the people whole; missing: indicators and breakdowns that the
    columns of the pieces do not allow, with the columns they lack.
    """

    def __init__(self, first: pa.Table, survey: Survey) -> None:
        names = first.column_names
        if lacking := [name for name in ("round", "weight") if name not in names]:
            raise SurveyError(f"people: there is no column {', '.join(lacking)}")
        self.columns = first.column_names
        self.round_name = str(first["round"][0].as_py())
        self.place = f"round {self.round_name}"
        found, self.missing = possible_estimands(set(names), survey.indicators, survey.variables)
        self.estimands = [
            each for each in found if each.kind in COUNTS and survey.planned(each.indicator, each.standard)
        ]
        self.others = [each for each in found if each.kind not in COUNTS]
        self.patterns = PatternRegister(self.estimands)
        self.categories = {
            name: Categories(name, survey.variables[name].codes(), self.place)
            for name in survey.breakdown_variables
            if name in names
        }
        universes = {name: universe_of(name, survey.variables) for name in self.categories}
        self.universes = {name: each for name, each in universes.items() if each in names}
        self.identifiers = Identifiers(self.place)
        self.seen = Seen(self.place)

    def chunk(self, piece: pa.Table) -> Chunk:
        """The piece's PSUs, and its persons with a weight who are in any indicator.

        Raises SurveyError for another round or other columns than in the first piece, and for what `estimate` refuses.
        """
        if piece.column_names != self.columns:
            raise SurveyError(f"{self.place}: the pieces do not all hold the same columns")
        self._same_round(piece)
        pattern = self.patterns.number({name: _whole(piece[name]) for name in self.patterns.columns}, len(piece))
        weight = _numbers(piece["weight"])
        office, offices = coded(piece, "office") or (
            np.zeros(len(piece), dtype=np.intp),
            np.array(["all"], dtype=object),
        )
        self.seen.add(weight, office, offices, pattern)
        runs = self.identifiers.runs(piece, office, offices)
        codes = {name: each.code(piece[name]) for name, each in self.categories.items()}
        matters = self.patterns.needed[1].matters[pattern]
        for name, code in codes.items():
            outside = code == self.categories[name].outside
            if outside.any():
                lost = outside & matters
                if (universe := self.universes.get(name)) is not None:
                    lost &= _whole(piece[universe]).fill_null(False).to_numpy(zero_copy_only=False)
                self.seen.outside[name] = self.seen.outside.get(name, 0) + int(np.count_nonzero(lost))
        # Whoever has no weight is counted with his PSU, and in nothing else.
        return chunk_of(runs, np.flatnonzero(matters & (weight > 0)), weight, pattern, codes)

    def _same_round(self, piece: pa.Table) -> None:
        found = coded(piece, "round")
        assert found is not None
        code, names = found
        counts = np.bincount(code + 1, minlength=len(names) + 1)
        present = {str(names[each]) for each in np.flatnonzero(counts[1:])} | {self.round_name}
        if counts[0] or len(present) > 1:
            listed = [*sorted(present), *(["one without a name"] if counts[0] else [])]
            raise SurveyError(f"people holds the rounds {', '.join(listed)}; estimate one round at a time")


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    values = _whole(column)
    if not (pa.types.is_floating(values.type) or pa.types.is_integer(values.type)):
        raise SurveyError(f"variable 'weight': a weight is a number, this column is {values.type}")
    return values.to_numpy(zero_copy_only=False).astype(np.float64, copy=False)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
