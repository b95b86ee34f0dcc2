"""The published table, looked up by what a reader asks for."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from lfs.metadata import Survey
from lfs.publish.units import printed_unit

TOTAL, NOT_STATED = "total", "not_stated"
BREAK = "b"
"""The mark of a round, beside its name: its figures are not to be compared with earlier ones."""
SHOWN, UNRELIABLE, CAUTION, SUPPRESSED, EMPTY, ABSENT, NO_LIMITS, CONTROL = "", "u", "e", "c", "z", "x", "l", "k"
MARKS = (SUPPRESSED, EMPTY, UNRELIABLE, CAUTION, NO_LIMITS, CONTROL, ABSENT, BREAK)
"""Marks beside or instead of a figure, or beside its round, in the order in which they are explained."""
NUMBERS = ("value", "se", "lower", "upper", "cv", "n", "n_cases")
Where = Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """One published cell: numbers as estimated (rates as fractions), or none of them, and the mark that it carries."""

    unit: str
    mark: str
    value: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    cv: float | None = None
    n: float | None = None
    n_cases: float | None = None

    @property
    def shown(self) -> bool:
        return self.value is not None

    @property
    def marks(self) -> frozenset[str]:
        """The marks that stand for it or beside it in a table."""
        return frozenset({self.mark, *([self.instead] if self.shown and None in (self.se, self.lower) else [])})

    @property
    def beside(self) -> tuple[str, ...]:
        """The marks of an estimate that stands with its limits and nothing else: its own, and that it has none."""
        lacking = self.instead if self.shown and None in (self.lower, self.upper) else ""
        return tuple(dict.fromkeys(filter(None, (self.mark, lacking))))

    @property
    def instead(self) -> str:
        """The mark that stands for a number which the figure does not have."""
        return NO_LIMITS if self.shown and self.mark != CONTROL else self.mark


@dataclass(frozen=True)
class Published:
    """The published table of a survey, and what it declares."""

    table: pd.DataFrame
    survey: Survey

    @cached_property
    def rounds(self) -> tuple[str, ...]:
        """The rounds that have figures, oldest first."""
        present = set(self.table["round"])
        declared = [name for name in self.survey.round_names if name in present]
        return (*declared, *sorted(present - set(declared)))

    def figure(self, round_name: str, standard: str, indicator: str, where: Where) -> Figure:
        """The cell of an indicator in the categories `where`; marked as not available where there is none."""
        key = (round_name, standard, indicator, frozenset(where.items()))
        return self._figures.get(key, Figure(printed_unit(self.survey.indicators[indicator]), ABSENT))

    def standards(self, indicator: str) -> tuple[str, ...]:
        """The standards by which the indicator has been estimated, in the order of the table."""
        return tuple(dict.fromkeys(self._standards.get(indicator, ())))

    def main_standard(self, indicator: str) -> str:
        """The standard that charts, sentences and comparisons show: the office's own concept, or the 19th ICLS."""
        standards = self.standards(indicator) or self.survey.indicators[indicator].standards
        return next((name for name in ("national", "icls19") if name in standards), standards[0])

    def has(self, indicator: str, breakdown: str, standard: str | None = None) -> bool:
        """Whether a figure of the indicator by the breakdown is shown in any round, by one standard or by any."""
        standards = self.standards(indicator) if standard is None else (standard,)
        return any((name, indicator, breakdown) in self._shown for name in standards)

    def has_cells(self, round_name: str, indicators: Iterable[str], breakdown: str) -> bool:
        """Whether any of the indicators has a cell of the breakdown in the round, shown or not."""
        return any((round_name, indicator, breakdown) in self._estimated for indicator in indicators)

    def cells(self, variables: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """Every combination of the variables' categories, each variable's total first: margins that exist, and cells.

        A category that no round has (not_stated where nobody is) is left out.
        """
        for codes in product(*((TOTAL, *self.categories(variable)) for variable in variables)):
            cell = {name: code for name, code in zip(variables, codes, strict=True) if code != TOTAL}
            if frozenset(cell.items()) in self._present:
                yield cell

    def categories(self, variable: str) -> tuple[str, ...]:
        """The codes of a breakdown variable in the order of the dictionary, not_stated last where somebody is."""
        found = set(self.table[variable].unique()) if variable in self.table else set()
        codes = self.survey.variables[variable].codes()
        return tuple(code for code in (*codes, NOT_STATED) if code in found)

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str, frozenset[tuple[str, str]]], Figure]:
        figures = {}
        shared = ["round", "standard", "indicator", "status", "flag", *NUMBERS]
        for breakdown, rows in self.table.groupby("breakdown", sort=False):
            crossed = self.survey.breakdowns[str(breakdown)]
            # Its own columns only: a table has one for each variable that any breakdown uses.
            for row in rows[[*shared, *crossed]].to_dict("records"):
                where = frozenset((name, str(row[name])) for name in crossed)
                key = (str(row["round"]), str(row["standard"]), str(row["indicator"]), where)
                figures[key] = _figure(row, printed_unit(self.survey.indicators[row["indicator"]]))
        return figures

    @cached_property
    def _present(self) -> frozenset[frozenset[tuple[str, str]]]:
        return frozenset(where for _, _, _, where in self._figures)

    @cached_property
    def _standards(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for indicator, standard in self.table[["indicator", "standard"]].drop_duplicates().itertuples(index=False):
            found.setdefault(indicator, []).append(standard)
        return found

    @cached_property
    def _estimated(self) -> frozenset[tuple[str, str, str]]:
        known = self.table[["round", "indicator", "breakdown"]].drop_duplicates()
        return frozenset(known.itertuples(index=False, name=None))

    @cached_property
    def _shown(self) -> frozenset[tuple[str, str, str]]:
        shown = self.table.loc[self.table["status"] != "suppressed", ["standard", "indicator", "breakdown"]]
        return frozenset(shown.drop_duplicates().itertuples(index=False, name=None))


def _figure(row: Mapping[Hashable, Any], unit: str) -> Figure:
    mark = _mark(row)
    # Whatever a table may hold by mistake: beside these marks stands no number.
    if mark in (SUPPRESSED, EMPTY):
        return Figure(unit, mark)
    numbers = {name: row[name] for name in NUMBERS}
    known = {name: None if pd.isna(number) else float(number) for name, number in numbers.items()}
    return Figure(unit, mark, **known)


def _mark(row: Mapping[Hashable, Any]) -> str:
    flag = "" if pd.isna(row["flag"]) else str(row["flag"])
    if row["status"] == "suppressed":
        return EMPTY if flag == "no_cases" else SUPPRESSED
    if row["status"] == "unreliable":
        return UNRELIABLE
    return (CONTROL if flag == "control" else CAUTION) if flag else SHOWN
