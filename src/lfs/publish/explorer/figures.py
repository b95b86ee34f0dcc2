"""The published figures as the page holds them: whole numbers of the last printed digit, in short columns of bytes.

What a reader of the report cannot see is not in the page either: a figure has the digits that tables print, and one
that is not shown has a mark and no number. The page's script, templates/explorer/figures.js,
reads what is written here.
"""

import json
import struct
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from lfs.publish.figures import ABSENT, EMPTY, MARKS, SHOWN, SUPPRESSED, Figure, Published
from lfs.publish.units import UNITS, printed_unit

NORMAL = 196
"""Per cent of a standard error at which a limit is expected; what is stored is how far the limit is from there."""
STATES = (SHOWN, *MARKS)
"""The mark of a cell, by number."""
NUMBERS = ("value", "se", "lower", "upper")


@dataclass(frozen=True)
class Block:
    """An indicator by a standard and a breakdown: one figure for each cell of the breakdown and each round."""

    indicator: str
    standard: str
    breakdown: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Figures:
    """Everything of the published table that the explorer shows, in the order in which the page numbers it."""

    published: Published

    @cached_property
    def rounds(self) -> tuple[str, ...]:
        return self.published.rounds

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Those with a figure to show, in the order of the plan's tables, then of the declarations."""
        declared = self.published.survey.indicators
        planned = [name for table in self.published.survey.tables.values() for name in table.indicators]
        shown = {block.indicator for block in self.blocks}
        return tuple(name for name in dict.fromkeys([*planned, *declared]) if name in shown)

    @cached_property
    def standards(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(block.standard for block in self.blocks))

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        shown = {block.breakdown for block in self.blocks}
        return tuple(name for name in self.published.survey.breakdowns if name in shown)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The variables of these breakdowns."""
        used = {variable for name in self.breakdowns for variable in self.published.survey.breakdowns[name]}
        return tuple(name for name in self.published.survey.variables if name in used)

    @cached_property
    def subjects(self) -> dict[str, list[str]]:
        """Each subject of the tabulation plan, and its indicators; one that no table names stands under `other`."""
        found: dict[str, list[str]] = {}
        of: dict[str, str] = {}
        for table in self.published.survey.tables.values():
            for name in table.indicators:
                of.setdefault(name, table.subject or "other")
        for name in self.indicators:
            found.setdefault(of.get(name, "other"), []).append(name)
        return found

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Those in which at least one figure is shown, in the order of the declarations."""
        found = []
        for indicator in self.published.survey.indicators:
            for standard in self.published.standards(indicator):
                for breakdown in self.published.survey.breakdowns:
                    if self.published.has(indicator, breakdown, standard):
                        found.append(
                            Block(indicator, standard, breakdown, self._figures(indicator, standard, breakdown))
                        )
        return tuple(found)

    def cells(self, breakdown: str) -> list[dict[str, str]]:
        """Its full crossings in the dictionary's order; margins are breakdowns of their own."""
        return self._cells[breakdown]

    @cached_property
    def _cells(self) -> dict[str, list[dict[str, str]]]:
        breakdowns = self.published.survey.breakdowns
        return {
            name: [cell for cell in self.published.cells(variables) if len(cell) == len(variables)]
            for name, variables in breakdowns.items()
        }

    def _figures(self, indicator: str, standard: str, breakdown: str) -> tuple[Figure, ...]:
        return tuple(
            self.published.figure(name, standard, indicator, cell)
            for cell in self.cells(breakdown)
            for name in self.rounds
        )


def written(number: float, decimals: int) -> int:
    """A number in units of its last printed digit, rounded as `Words.number` rounds."""
    exact = Decimal(str(number))
    return int(exact.scaleb(decimals).quantize(Decimal(1), ROUND_HALF_EVEN))


def packed(figures: Figures) -> bytes:
    """Length of the index (four bytes, lowest first), the index as JSON, and the columns one after another."""
    columns = _Columns()
    blocks = [columns.add(block) for block in figures.blocks]
    written_columns = columns.written()
    index = {
        **_index(figures),
        "blocks": [
            [
                figures.indicators.index(block.indicator),
                figures.standards.index(block.standard),
                figures.breakdowns.index(block.breakdown),
                counts,
            ]
            for block, counts in zip(figures.blocks, blocks, strict=True)
        ],
        "states": [[STATES.index(mark), *present] for mark, *present in columns.states],
        "columns": {name: len(content) for name, content in written_columns.items()},
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    return struct.pack("<I", len(text)) + text + b"".join(written_columns.values())


def _index(figures: Figures) -> dict[str, object]:
    """What the page chooses from, by codes; the words of them are elsewhere, in the same order."""
    survey = figures.published.survey
    units = {name: printed_unit(survey.indicators[name]) for name in figures.indicators}
    variables = {name: (*figures.published.categories(name),) for name in figures.variables}
    return {
        "rounds": figures.rounds,
        "every_round": list(dict.fromkeys([*survey.round_names, *figures.rounds])),
        "breaks": [[each.round, each.indicator, each.reason] for each in survey.breaks],
        "marks": STATES,
        "standards": figures.standards,
        "main_standards": [
            figures.standards.index(figures.published.main_standard(name)) for name in figures.indicators
        ],
        "units": {unit: [UNITS[unit].decimals, UNITS[unit].error_decimals] for unit in dict.fromkeys(units.values())},
        "indicators": list(units.items()),
        "subjects": [[figures.indicators.index(name) for name in names] for names in figures.subjects.values()],
        "variables": [[name, codes] for name, codes in variables.items()],
        "breakdowns": [
            [
                name,
                [figures.variables.index(variable) for variable in survey.breakdowns[name]],
                [_place(cell, variables) for cell in figures.cells(name)],
            ]
            for name in figures.breakdowns
        ],
    }


def _place(cell: dict[str, str], variables: dict[str, tuple[str, ...]]) -> int:
    """The number of a crossing among all that its variables' codes could make."""
    place = 0
    for name, code in cell.items():
        place = place * len(variables[name]) + variables[name].index(code)
    return place


@dataclass
class _Columns:
    """The columns while blocks are added. Numbers are varints: seven bits a byte, the lowest first."""

    states: dict[tuple[str, bool, bool, bool], int] = field(default_factory=dict)
    state: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    se: bytearray = field(default_factory=bytearray)
    lower: bytearray = field(default_factory=bytearray)
    upper: bytearray = field(default_factory=bytearray)
    counts: dict[str, list[list[int | None]]] = field(default_factory=dict)

    def add(self, block: Block) -> int:
        """Append a block; the number of its counts of respondents among those of its breakdown."""
        form = UNITS[block.figures[0].unit]
        counts: list[int | None] = []
        for figure in block.figures:
            # Whatever a table may hold by mistake: beside these marks stands no number.
            if figure.mark in (SUPPRESSED, EMPTY, ABSENT):
                self.state.append(self.states.setdefault((figure.mark, False, False, False), len(self.states)))
                counts.append(None)
                continue
            number = {
                name: written(each * form.scale, form.error_decimals if name == "se" else form.decimals)
                for name in NUMBERS
                if (each := getattr(figure, name)) is not None
            }
            state = (figure.mark, "se" in number, "lower" in number, "upper" in number)
            self.state.append(self.states.setdefault(state, len(self.states)))
            counts.append(None if figure.n is None else round(figure.n))
            _varint(self.value, _signed(number["value"]))
            reach = NORMAL * number.get("se", 0) // (100 * 10 ** (form.error_decimals - form.decimals))
            if "se" in number:
                _varint(self.se, number["se"])
            if "lower" in number:
                _varint(self.lower, _signed(number["lower"] - number["value"] + reach))
            if "upper" in number:
                _varint(self.upper, _signed(number["upper"] - number["value"] - reach))
        return self._counted(block.breakdown, counts)

    def _counted(self, breakdown: str, counts: list[int | None]) -> int:
        """Indicators of the same universe have the same respondents, which are held once."""
        known = self.counts.setdefault(breakdown, [])
        for place, other in enumerate(known):
            if all(a is None or b is None or a == b for a, b in zip(counts, other, strict=True)):
                known[place] = [b if a is None else a for a, b in zip(counts, other, strict=True)]
                return place
        known.append(counts)
        return len(known) - 1

    def written(self) -> dict[str, bytes]:
        """The columns by name; counts are those of each breakdown in the order of its first block, 0 for none."""
        counts = bytearray()
        for vectors in self.counts.values():
            _varint(counts, len(vectors))
            for vector in vectors:
                for number in vector:
                    _varint(counts, 0 if number is None else number + 1)
        columns = {name: bytes(getattr(self, name)) for name in ("state", *NUMBERS)}
        return {**columns, "counts": bytes(counts)}


def _signed(number: int) -> int:
    """Numbers of both signs as numbers from 0: 0, -1, 1, -2, ..."""
    return 2 * number if number >= 0 else -2 * number - 1


def _varint(column: bytearray, number: int) -> None:
    while number > 127:
        column.append(number & 127 | 128)
        number >>= 7
    column.append(number)
