"""What settling and deriving found, as rows of the quality table."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from lfs.derive.settle import Settled, Truth
from lfs.metadata.schema import QUALITY_COLUMNS

Row = dict[str, object]
ALL = "all"
COUNTS = ("asked", "not_stated", "outside", "concerned", "undetermined")


class Tallies:
    """Counts of persons by office, one row a variable: whom it concerns, and of whom the answer is open.

    They are counted as soon as a variable is settled, so that no row of persons has to be kept for them.
    """

    def __init__(self, offices: pd.Series) -> None:
        self._codes, self._offices = pd.factorize(offices)
        self._counted: list[Row] = []

    def add(self, variable: str, found: Settled) -> None:
        """Persons in the universe, of these without an answer, and answers outside it."""
        self._count(variable, asked=found.inside, not_stated=found.not_stated, outside=found.outside)

    def add_undetermined(self, concept: str, inside: Truth | None, left_open: Truth) -> None:
        """Persons of the concept's universe (None: everybody), and of these who left open what the concept reads."""
        everybody = np.ones(len(left_open), dtype=bool) if inside is None else inside
        self._count(concept, concerned=everybody, undetermined=everybody & left_open)

    def table(self) -> pd.DataFrame:
        """One row a variable and office; a concept has a second one for what is undetermined."""
        table = pd.DataFrame(self._counted, columns=["variable", "office", *COUNTS])
        return table.fillna(dict.fromkeys(COUNTS, 0))

    def _count(self, variable: str, **who: Truth) -> None:
        of_office = {
            name: np.bincount(self._codes[chosen], minlength=len(self._offices)) for name, chosen in who.items()
        }
        for place, office in enumerate(self._offices):
            counts = {name: int(counted[place]) for name, counted in of_office.items()}
            self._counted.append({"variable": variable, "office": office, **counts})


def tally_rows(tallied: pd.DataFrame) -> list[Row]:
    """Rows for each office and for all, from tables of tallies.

    Persons asked (of a concept: those in its universe), the share of them not stated, answers outside the universe; of
    each concept the share of its universe that left open an answer it reads (`undetermined`), where there is any.
    """
    by_office = tallied.groupby(["office", "variable"], sort=False, as_index=False).sum()
    together = tallied.drop(columns="office").groupby("variable", sort=False, as_index=False).sum()
    rows: list[Row] = []
    for count in pd.concat([by_office, together.assign(office=ALL)]).to_dict("records"):
        about = {"variable": count["variable"], "office": count["office"]}
        if count["asked"] or count["undetermined"]:
            rows.append({**about, "topic": "asked", "value": count["asked"] or count["concerned"]})
        if count["asked"]:
            share = count["not_stated"] / count["asked"]
            rows.append({**about, "topic": "share_not_stated", "value": share, "detail": "of_persons"})
        if count["variable"] == "age" and count["not_stated"]:
            rows.append({**about, "topic": "age_not_stated", "value": count["not_stated"]})
        if count["outside"]:
            rows.append({**about, "topic": "answered_outside_universe", "value": count["outside"]})
        if count["undetermined"]:
            share = count["undetermined"] / count["concerned"]
            rows.append({**about, "topic": "undetermined", "value": share, "detail": "of_persons"})
    return rows


def quality_table(round_name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Long and tidy: round, office, step, topic, variable, category, value, detail."""
    filled = [{"round": round_name, "office": ALL, "step": "derive", **row} for row in rows]
    text = [name for name in QUALITY_COLUMNS if name != "value"]
    table = pd.DataFrame(filled, columns=list(QUALITY_COLUMNS))
    return table.astype({"value": np.float64, **dict.fromkeys(text, "str")}).fillna(dict.fromkeys(text, ""))
