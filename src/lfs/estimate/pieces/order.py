"""Strata and PSUs of a file in order: each is finished when the next one begins, and none may come back."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lfs.design import Note
from lfs.metadata import SurveyError

Codes = NDArray[np.intp]
Words = NDArray[np.object_]
Hashes = NDArray[np.uint64]
STAND_INS = ("psu", "household", "person")


@dataclass(frozen=True)
class Runs:
    """Neighbouring rows of one PSU. start: (runs,) the first row of each; stratum, psu: (runs,) names."""

    start: Codes
    stratum: Words
    psu: Words


class Identifiers:
    """Reads stratum and PSU of each row, with what stands in for them where an office names none, and keeps count."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._rows: Counter[str] = Counter()
        self._missing: dict[str, Counter[str]] = {name: Counter() for name in ("stratum", *STAND_INS)}
        self._asked: dict[str, Counter[str]] = {name: Counter() for name in ("stratum", *STAND_INS)}
        self._unnamed = 0
        self._read = 0

    def runs(self, piece: pa.Table, office: Codes, offices: Words) -> Runs:
        """Where each PSU begins among the rows of the piece. office: (rows,) code of the row's office.

        Raises SurveyError for an identifier that an office gives for some rows only.
        """
        rows = len(piece)
        self._count(self._rows, office, offices)
        everyone = np.ones(rows, dtype=bool)
        stratum, strata = self._known_or_missing(piece, "stratum", office, offices, everyone)
        missing = stratum < 0
        if missing.any():
            stratum, strata = np.where(missing, len(strata) + office, stratum), np.r_[strata, offices]
        psu, psus, left = np.full(rows, -1, dtype=np.intp), np.zeros(0, dtype=object), everyone
        for name in STAND_INS:
            found, names = self._known_or_missing(piece, name, office, offices, left)
            if left.all() and found.min(initial=0) >= 0 and len(names):
                psu, psus, left = found, names, ~everyone
                break
            here = left & (found >= 0)
            psu, psus, left = np.where(here, len(psus) + found, psu), np.r_[psus, names], left & ~here
            if not left.any():
                break
        if left.any():
            # Without any identifier at all, each row is a PSU.
            self._unnamed += int(left.sum())
            psu = np.where(left, len(psus) + np.arange(rows), psu)
            psus = np.r_[psus, np.array([f"row {self._read + row}" for row in range(rows)], dtype=object)]
        self._read += rows
        begins = np.r_[True, (stratum[1:] != stratum[:-1]) | (psu[1:] != psu[:-1])]
        start = np.flatnonzero(begins)
        return Runs(start, strata[stratum[start]], psus[psu[start]])

    def notes(self) -> tuple[Note, ...]:
        """What stood in, by office. Raises SurveyError for rows without any identifier beside others that have one."""
        rows = sum(self._rows.values())
        if self._unnamed == rows:
            return (*self._no_stratum(), Note("no_psu", rows, detail="person"))
        if self._unnamed:
            raise SurveyError(f"{self.place}: {self._unnamed} rows have neither a PSU nor a household nor a person")
        found = [*self._no_stratum()]
        for name in STAND_INS[1:]:
            for office, asked in sorted(self._asked[name].items()):
                if standing_in := asked - self._missing[name][office]:
                    found.append(Note("no_psu", standing_in, office, name))
        return tuple(found)

    def _no_stratum(self) -> list[Note]:
        return [Note("no_stratum", count, office) for office, count in sorted(self._missing["stratum"].items())]

    def _known_or_missing(
        self, piece: pa.Table, name: str, office: Codes, offices: Words, asked: NDArray[np.bool_]
    ) -> tuple[Codes, Words]:
        """Code of each row's identifier, below zero where it has none, and the names."""
        found = coded(piece, name)
        code, names = found or (np.full(len(piece), -1, dtype=np.intp), np.zeros(0, dtype=object))
        everyone = asked.all()
        self._count(self._asked[name], office if everyone else office[asked], offices)
        if code.min(initial=0) < 0:
            self._count(self._missing[name], office[asked & (code < 0)], offices)
        if self._missing[name]:
            self._refuse_partly(name)
        return code, names

    def _refuse_partly(self, name: str) -> None:
        rows = self._asked[name]
        if partly := [each for each, count in sorted(self._missing[name].items()) if count < rows[each]]:
            raise SurveyError(
                *(
                    f"{self.place}, {office}, variable '{name}': empty in {self._missing[name][office]} of the "
                    f"{rows[office]} rows read so far; an office gives it for all persons or declares it unavailable "
                    "under design: in its office file"
                    for office in partly
                )
            )

    def _count(self, counter: Counter[str], office: Codes, offices: Words) -> None:
        counts = np.bincount(office, minlength=len(offices))
        counter.update({str(offices[code]): int(counts[code]) for code in np.flatnonzero(counts)})


class Order:
    """Counts strata and PSUs as they go by, and refuses those that come back.

    Keeps eight bytes a PSU, by which it knows it again.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.psus = 0
        self.single = 0
        self._strata: dict[str, None] = {}
        self._open: list[Hashes] = []
        self._closed: list[Hashes] = []

    @property
    def open(self) -> bool:
        return bool(self._open)

    @property
    def strata(self) -> int:
        return len(self._strata)

    def continues(self, stratum: str) -> bool:
        """Whether it is the stratum that is open."""
        return self.open and stratum == next(reversed(self._strata))

    def take(self, strata: Words, first: Codes, psus: Words) -> Codes:
        """PSUs of all strata but the last one, which stays open, from those of neighbouring strata.

        first: (strata,) position of the first PSU of each among psus, their names. The first stratum may be the one
        that is open; otherwise none is. Raises SurveyError for a stratum or PSU met before.
        """
        hashes = np.split(pd.util.hash_array(psus, categorize=False), first[1:])
        finished = []
        for number, (stratum, found) in enumerate(zip(strata, hashes, strict=True)):
            if number:
                finished.append(self.close())
            if not self.continues(stratum):
                if stratum in self._strata:
                    raise SurveyError(
                        f"{self.place}: stratum {stratum} comes back after another; sort the file by stratum and psu, "
                        "or read it whole"
                    )
                self._strata[stratum] = None
            self._open.append(found)
        return np.array(finished, dtype=np.intp)

    def close(self) -> int:
        """PSUs of the stratum that ended."""
        known = np.sort(np.concatenate(self._open))
        if back := int((known[1:] == known[:-1]).sum()):
            raise SurveyError(
                f"{self.place}, stratum {next(reversed(self._strata))}: {back} times a PSU comes back after another; "
                "sort the file by stratum and psu, or read it whole"
            )
        self._open = []
        self._closed.append(known)
        self.psus += len(known)
        self.single += len(known) == 1
        return len(known)

    def torn(self) -> int:
        """PSUs that stand in several strata, and count as one in each."""
        known = np.sort(np.concatenate(self._closed))
        return len(np.unique(known[1:][known[1:] == known[:-1]]))


def coded(piece: pa.Table, name: str) -> tuple[Codes, Words] | None:
    """Code of each row, below zero where it is empty, and what the codes mean; None without such a column."""
    if name not in piece.column_names:
        return None
    column = piece.column(name).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], type=column.type)
    if pa.types.is_null(column.type):
        return np.full(len(column), -1, dtype=np.intp), np.zeros(0, dtype=object)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    indices = column.indices
    if indices.null_count:
        indices = pc.fill_null(indices, -1)
    names = np.array(pc.cast(column.dictionary, pa.string()).to_pylist(), dtype=object)
    return indices.to_numpy(zero_copy_only=False).astype(np.intp), names
