"""Which unknown cells a set of equations determines exactly."""

from collections.abc import Collection, Iterable

import numpy as np
from scipy import linalg

from lfs.protect.cells import Cell, Equation


def determined(equations: Iterable[Equation], unknown: Collection[Cell], asked: Collection[Cell]) -> frozenset[Cell]:
    """Those of `asked` whose value follows from the equations once every cell not in `unknown` is known.

    A cell is determined exactly when no solution of the equations without right-hand sides (their null space) moves it.
    Blocks that share no unknown are solved one by one.
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
        found |= {names[column] for column in _fixed(matrix)}
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


def _fixed(matrix: np.ndarray) -> list[int]:
    """Columns that are zero in every vector of the null space, by a QR decomposition with pivoting.

    The entries are -1, 0 and 1, so that what is not zero is far from it.
    """
    orthogonal, triangular, _ = linalg.qr(matrix.T, pivoting=True)
    size = np.abs(np.diag(triangular))
    rank = int((size > 1e-9 * max(matrix.shape)).sum())
    free = orthogonal[:, rank:]
    return np.flatnonzero(np.sqrt(np.square(free).sum(axis=1)) < 1e-7).tolist()
