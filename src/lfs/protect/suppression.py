"""Complementary suppression: what else must go, so that nothing secret can be solved from what is left.

Every row tells of one or two cells (a concept in a domain). When a cell is hidden, every row that tells of it is
suppressed: with the unemployed the unemployment rate, with the labour force the participation rate, so that no count
comes back as a rate times its denominator. What is left are sums: categories to their margin, groupings that overlap,
parts of the labour force. A secret cell is safe when no combination of these equations determines it, that is, when
some change of the hidden cells that keeps every sum changes it. All complements are chosen together, as the cells of
the cheapest such change that changes every secret cell at once: a linear programme. A complement is no secret.

References: Fischetti and Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints,
Management Science 47; Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.linalg import splu

from lfs.protect.cells import Cell, CellTable, is_not_stated
from lfs.protect.solve import System, determined

LEVEL = 6
"""A figure costs so many times one of as many respondents in a breakdown with one variable more."""
LARGEST = 300
"""The figure of most respondents costs so many times that of the fewest in the same breakdown."""
NOT_STATED_COSTS = 0.3
"""A figure of people who gave no answer is read by few."""
DRAWS = 4
"""How many changes are drawn before what is still solvable is protected cell by cell."""
COARSE = 1e3
"""Above it, costs tell a drawn change nothing more than to move a cell little."""
TINY = 1e-6


def suppress(table: CellTable, secret: Iterable[Cell]) -> frozenset[Cell]:
    """All cells to hide: the secret ones, and the complements that protect them.

    Complements are chosen so that what is lost with them costs least: a figure costs more the more respondents it has
    and the fewer variables it is broken down by. A secret cell that nothing protects stays as it is; the audit tells.
    """
    guarded = frozenset(secret) - table.harmless - table.unguarded
    hidden = set(guarded)
    system = System(table.equations)
    everything = frozenset(cell for equation in table.equations for cell in equation.cells) - table.harmless
    protectable = guarded - system.determined(everything, guarded)
    programme = _Programme(table)
    for draw in range(DRAWS):
        unread = unknown(table, hidden)
        if not (solved := system.determined(unread, protectable)):
            return frozenset(hidden)
        hidden |= programme.cheapest(unread, solved, np.random.default_rng(draw))
    for cell in sorted(protectable, key=table.order.__getitem__):
        unread = unknown(table, hidden)
        if system.determined(unread, [cell]):
            hidden |= programme.cheapest(unread, [cell], np.random.default_rng(DRAWS))
    return frozenset(hidden)


def unknown(table: CellTable, hidden: Collection[Cell]) -> frozenset[Cell]:
    """Cells that nobody outside can read: those of which every row is gone, and those that no row shows."""
    gone = table.gone | {row for cell in hidden for row in table.rows.get(cell, ())}
    unread = {cell for cell, rows in table.rows.items() if gone.issuperset(rows)}
    unseen = {cell for equation in table.equations for cell in equation.cells} - set(table.rows)
    return frozenset({*unread, *unseen, *table.unguarded} - table.harmless)


def told_by_sums(table: CellTable, known: Collection[Cell]) -> frozenset[Cell]:
    """Cells that follow from the harmless and the known ones by sums alone, whatever else is hidden."""
    cells = {cell for equation in table.equations for cell in equation.cells} - table.harmless - set(known)
    return determined(table.equations, cells, cells)


class _Programme:
    """Changes of cells that keep every sum of a table, harmless cells being what they are: A x = 0."""

    def __init__(self, table: CellTable) -> None:
        self.table = table
        every = {cell for equation in table.equations for cell in equation.cells} - table.harmless
        # The order of everything is that of the table and, of cells in no row, of their names: never that of a set,
        # which differs from run to run.
        self.cells = sorted(every, key=lambda cell: (table.order.get(cell, len(table.order)), _name(cell)))
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        equations = sorted(table.equations, key=lambda item: item.place(self.place))
        entries = [
            (row, self.place[cell], sign)
            for row, equation in enumerate(equations)
            for side, sign in ((equation.plus, 1.0), (equation.minus, -1.0))
            for cell in sorted(side & every, key=self.place.__getitem__)
        ]
        of_row, of_column, signs = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(table.equations), len(self.cells))
        self.sums = sparse.csr_array((np.array(signs, dtype=np.float64), (of_row, of_column)), shape=shape)
        self.price = _prices(table)

    def cheapest(self, unread: Collection[Cell], solved: Collection[Cell], draw: np.random.Generator) -> set[Cell]:
        """The cells that the cheapest change moves which moves every cell of `solved` by one or more; none if the
        programme finds none.

        What nobody reads moves for nothing. Whether a cell goes up or down is taken from a change drawn at random in
        which dear cells move little.
        """
        cost = self._cost(unread)
        moved = sorted(self.place[cell] for cell in solved)
        up = self._drawn(cost, draw)[moved] > 0
        count = len(self.cells)
        lower, upper = np.zeros(2 * count), np.full(2 * count, np.inf)
        for number, rises in zip(moved, up, strict=True):
            this, other = (number, count + number) if rises else (count + number, number)
            lower[this], upper[other] = 1, 0
        found = linprog(
            np.concatenate([cost, cost]) + TINY,
            A_eq=sparse.hstack([self.sums, -self.sums]).tocsc(),
            b_eq=np.zeros(self.sums.shape[0]),
            bounds=np.column_stack([lower, upper]),
            method="highs-ipm",
        )
        if found.status != 0:
            return set()
        change = found.x[:count] - found.x[count:]
        return {cell for cell, by in zip(self.cells, change, strict=True) if abs(by) > TINY and cell not in unread}

    def _cost(self, unread: Collection[Cell]) -> np.ndarray:
        """For each cell what the rows that are lost with it and still shown cost."""
        lost = {row for cell in unread for row in self.table.rows.get(cell, ())} | self.table.gone
        rows = self.table.rows
        costs = [
            0.0 if cell in unread else sum(self.price[row] for row in rows[cell] if row not in lost)
            for cell in self.cells
        ]
        return np.array(costs)

    def _drawn(self, cost: np.ndarray, draw: np.random.Generator) -> np.ndarray:
        """A change that keeps every sum: random numbers, small where a cell is dear, less what breaks a sum."""
        size = 1 / (0.5 + np.minimum(cost, COARSE))
        number = draw.standard_normal(len(self.cells))
        scaled = (self.sums @ sparse.diags_array(size)).tocsr()
        # Equations repeat each other; the small number on the diagonal makes them solvable all the same.
        normal = scaled @ scaled.T + 1e-9 * sparse.eye_array(scaled.shape[0])
        factors = splu(
            normal.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        return size * (number - scaled.T @ factors.solve(scaled @ number))


def _name(cell: Cell) -> str:
    """The cell in words that are the same in every run."""
    concept, domain = cell
    return f"{concept} {sorted((variable, sorted(map(str, people))) for variable, people in domain)}"


def _prices(table: CellTable) -> Mapping[int, float]:
    """What the loss of each row costs: of many respondents more, of a more detailed breakdown less."""
    of: dict[int, Sequence[Cell]] = dict(table.cells_of_row)
    most = max(table.respondents.values(), default=1) or 1
    depth = {row: len(cells[0][1]) for row, cells in of.items()}
    deepest = max(depth.values(), default=0)
    return {
        row: (1 + LARGEST * table.respondents[row] / most)
        * float(LEVEL ** (deepest - depth[row]))
        * (NOT_STATED_COSTS if is_not_stated(cells[0]) else 1)
        for row, cells in of.items()
    }
