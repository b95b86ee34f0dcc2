"""Complementary suppression: what else must go, so that nothing suppressed can be solved from what is left.

Every row tells of one or two cells (a concept in a domain). When a cell is hidden, every row that tells of it is
suppressed: with the unemployed the unemployment rate, with the labour force the participation rate, so that no count
comes back as a rate times its denominator. What is left are sums: categories to their margin, groupings that overlap,
parts of the labour force. A hidden cell is safe when no combination of these equations determines it.

References: Cox (1980), Suppression methodology and statistical disclosure control, JASA 75; Hundepool et al. (2012),
Statistical Disclosure Control, ch. 4.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable

from lfs.protect.cells import Cell, CellTable, Equation
from lfs.protect.solve import determined


def suppress(table: CellTable, sensitive: Iterable[Cell]) -> frozenset[Cell]:
    """All cells to hide: the sensitive ones, and the complements that protect them.

    Of several complements the one that costs least is taken: in the most detailed breakdown, with the fewest people in
    the rows that are lost with it.
    """
    equations: dict[Cell, list[Equation]] = defaultdict(list)
    for equation in table.equations:
        for cell in equation.cells:
            equations[cell].append(equation)
    hidden: set[Cell] = set()
    waiting: deque[Cell] = deque()

    def hide(cells: Iterable[Cell]) -> None:
        new = with_totals(table, cells) - hidden
        hidden.update(new)
        waiting.extend(sorted(new, key=table.order.__getitem__))

    hide(sensitive)
    while True:
        while waiting:
            for equation in equations[waiting.popleft()]:
                left = [cell for cell in equation.cells if cell in hidden or cell not in table.rows]
                if len(left) == 1 and left[0] in hidden:
                    hide(_complement(table, [equation], hidden))
        solved = determined(table.equations, unknown(table, hidden), hidden)
        if not solved:
            return frozenset(hidden)
        first = min(solved, key=table.order.__getitem__)
        hide(_complement(table, equations[first], hidden))


def unknown(table: CellTable, hidden: Iterable[Cell]) -> frozenset[Cell]:
    """Cells that nobody outside can read: the hidden ones, and those that no row of the table shows."""
    unseen = {cell for equation in table.equations for cell in equation.cells} - set(table.rows)
    return frozenset({*hidden, *unseen})


def with_totals(table: CellTable, cells: Iterable[Cell]) -> set[Cell]:
    """The cells, and every total that is counted in one of them: its row goes too, so it is as secret."""
    found: set[Cell] = set()
    waiting = [cell for cell in cells if cell not in table.empty]
    while waiting:
        cell = waiting.pop()
        if cell not in found:
            found.add(cell)
            waiting += [table.totals[row] for row in table.rows[cell] if row in table.totals]
    return found - table.empty


def _complement(table: CellTable, equations: Collection[Equation], hidden: Collection[Cell]) -> list[Cell]:
    """The cell that costs least among those still shown in the equations; none when all are hidden or empty."""
    shown = {cell for equation in equations for cell in equation.cells if cell in table.rows}
    shown -= {*hidden, *table.empty}

    def cost(cell: Cell) -> tuple[float, ...]:
        lost = {row for item in with_totals(table, [cell]) for row in table.rows[item]}
        return (-len(cell[1]), sum(table.respondents[row] for row in lost), table.order[cell])

    return [min(shown, key=cost)] if shown else []
