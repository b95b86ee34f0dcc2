"""Which unknown cells a set of equations determines exactly."""

from collections.abc import Collection, Iterable

import numpy as np

from lfs.protect.cells import Cell, Equation


def determined(equations: Iterable[Equation], unknown: Collection[Cell], asked: Collection[Cell]) -> frozenset[Cell]:
    """Those of `asked` whose value follows from the equations once every cell not in `unknown` is known.

    A cell is determined exactly when its unit vector lies in the row space of the equations' coefficients: then its
    row of the reduced echelon form has one entry. Blocks that share no unknown are solved one by one.
    """
    rows = [{cell: (1 if cell in item.plus else -1) for cell in item.cells if cell in unknown} for item in equations]
    found: set[Cell] = set()
    for block in _blocks([row for row in rows if row]):
        columns = {cell: number for number, cell in enumerate(dict.fromkeys(cell for row in block for cell in row))}
        matrix = np.zeros((len(block), len(columns)))
        for line, row in enumerate(block):
            for cell, sign in row.items():
                matrix[line, columns[cell]] = sign
        names = list(columns)
        found |= {names[column] for column in _single_entries(matrix)}
    return frozenset(found & set(asked))


def _blocks(rows: list[dict[Cell, int]]) -> list[list[dict[Cell, int]]]:
    """Equations in groups that have no unknown in common."""
    parent: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for row in rows:
        first, *others = row
        for other in others:
            parent[root(other)] = root(first)
    blocks: dict[Cell, list[dict[Cell, int]]] = {}
    for row in rows:
        blocks.setdefault(root(next(iter(row))), []).append(row)
    return list(blocks.values())


def _single_entries(matrix: np.ndarray) -> list[int]:
    """Columns that stand alone in a row of the reduced echelon form."""
    work = matrix.copy()
    pivots: list[int] = []
    row = 0
    for column in range(work.shape[1]):
        best = row + int(np.argmax(np.abs(work[row:, column]))) if row < len(work) else row
        if row >= len(work) or abs(work[best, column]) < 1e-9:
            continue
        work[[row, best]] = work[[best, row]]
        work[row] /= work[row, column]
        factors = work[:, column].copy()
        factors[row] = 0
        work -= np.outer(factors, work[row])
        work[np.abs(work) < 1e-9] = 0
        pivots.append(column)
        row += 1
    return [column for line, column in enumerate(pivots) if np.count_nonzero(work[line]) == 1]
