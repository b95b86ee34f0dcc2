"""Which unknown cells a set of equations determines exactly.

A cell is determined when no solution of the equations without right-hand sides (their null space) moves it. So one
solution is taken at random: a cell that could move is moved by it, but for a chance of one in 2^61, and a cell that
cannot is at zero. The equations are eliminated one by one, an unknown that few of them hold first, since it takes up
whatever the others of its equation do; then the solution is continued to these unknowns, the last first. All numbers
are counted modulo a prime, so that nothing is rounded.
"""

import heapq
import random
from collections.abc import Collection, Iterable, Sequence

from lfs.protect.cells import Cell, Equation

Row = dict[int, int]
PRIME = 2**61 - 1
SEED = 1


def determined(equations: Iterable[Equation], unknown: Collection[Cell], asked: Collection[Cell]) -> frozenset[Cell]:
    """Those of `asked` whose value follows from the equations once every cell not in `unknown` is known."""
    return System(equations).determined(unknown, asked)


class System:
    """Equations that are asked again and again, each time with more unknowns."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self._number: dict[Cell, int] = {}
        self._rows: list[Row] = []
        for item in equations:
            signs = [(cell, 1) for cell in item.plus] + [(cell, -1) for cell in item.minus]
            self._rows.append({self._number.setdefault(cell, len(self._number)): sign for cell, sign in signs})
        draw = random.Random(SEED)
        self._drawn = [draw.randrange(1, PRIME) for _ in self._number]
        self._of_cell: list[list[int]] = [[] for _ in self._number]
        for number, row in enumerate(self._rows):
            for column in row:
                self._of_cell[column].append(number)

    def determined(self, unknown: Collection[Cell], asked: Collection[Cell]) -> frozenset[Cell]:
        """Those of `asked` whose value follows once every cell not in `unknown` is known."""
        columns = {self._number[cell] for cell in unknown if cell in self._number}
        touched = sorted({number for column in columns for number in self._of_cell[column]})
        # The same sum of unknowns says the same, whatever the known cells beside it are.
        distinct = {
            tuple(sorted((column, sign) for column, sign in self._rows[number].items() if column in columns))
            for number in touched
        }
        moved = _solution([dict(row) for row in sorted(distinct)], self._drawn)
        return frozenset(cell for cell in asked if moved.get(self._number.get(cell, -1)) == 0)


def _solution(rows: list[Row], drawn: Sequence[int]) -> Row:
    """The number of each unknown in a solution of the equations, each with a sum of zero, otherwise as drawn."""
    occurs: dict[int, set[int]] = {}
    for number, row in enumerate(rows):
        for column in row:
            occurs.setdefault(column, set()).add(number)
    found = {column: drawn[column] for column in occurs}
    # An unknown comes before another if an equation holds it alone, or else if fewer equations hold it.
    waiting = [(len(held), column) for column, held in occurs.items()]
    waiting += [(0, next(iter(row))) for row in rows if len(row) == 1]
    heapq.heapify(waiting)
    taken: list[tuple[Row, int]] = []
    while waiting:
        count, column = heapq.heappop(waiting)
        held = occurs[column]
        if not held or (count and count != len(held)):
            continue
        first = min(held, key=lambda number: (len(rows[number]), number))
        pivot = rows[first]
        for other in pivot:
            occurs[other].discard(first)
        taken.append((pivot, column))
        for number in sorted(held):
            _eliminate(rows[number], number, pivot, column, occurs)
            if len(rows[number]) == 1:
                heapq.heappush(waiting, (0, next(iter(rows[number]))))
        held.clear()
        for other in pivot:
            if other != column and occurs[other]:
                heapq.heappush(waiting, (len(occurs[other]), other))
    for pivot, column in reversed(taken):
        rest = sum(factor * found[other] for other, factor in pivot.items() if other != column)
        found[column] = -rest * pow(pivot[column], -1, PRIME) % PRIME
    return found


def _eliminate(row: Row, number: int, pivot: Row, column: int, occurs: dict[int, set[int]]) -> None:
    """Take the unknown `column` out of an equation by means of another one that holds it."""
    factor = row[column] if pivot[column] == 1 else row[column] * pow(pivot[column], -1, PRIME) % PRIME
    for other, value in pivot.items():
        left = (row.get(other, 0) - factor * value) % PRIME
        if left:
            row[other] = left
            occurs[other].add(number)
        else:
            row.pop(other, None)
            if other != column:
                occurs[other].discard(number)
