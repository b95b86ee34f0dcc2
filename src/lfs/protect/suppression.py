"""Complementary suppression: what else must go, so that nothing suppressed can be solved from what is left.

Every row tells of one or two cells (a concept in a domain). When a cell is hidden, every row that tells of it is
suppressed: with the unemployed the unemployment rate, with the labour force the participation rate, so that no count
comes back as a rate times its denominator. What is left are sums: categories to their margin, groupings that overlap,
parts of the labour force. A hidden cell is safe when no combination of these equations determines it.

References: Cox (1980), Suppression methodology and statistical disclosure control, JASA 75; Hundepool et al. (2012),
Statistical Disclosure Control, ch. 4.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping

from lfs.protect.cells import Cell, CellTable, Equation
from lfs.protect.solve import System, determined


def suppress(table: CellTable, sensitive: Iterable[Cell]) -> frozenset[Cell]:
    """All cells to hide: the sensitive ones, and the complements that protect them.

    Of several complements the one that costs least is taken: in the most detailed breakdown, and with the fewest
    respondents in the rows that are lost with it and because of it.
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

    place, system = table.order.__getitem__, System(table.equations)
    unseen = unknown(table, ())
    hide(sensitive)
    while True:
        while waiting:
            for equation in equations[waiting.popleft()]:
                left = [cell for cell in equation.cells if cell in hidden or cell in unseen]
                if len(left) == 1 and left[0] in hidden:
                    hide(_complement(table, equations, equation.cells, hidden))
        unread = hidden | unseen
        solved = system.determined(unread, hidden)
        if not solved:
            return frozenset(hidden)
        # Those that share an equation with what has just been hidden for another are looked at again afterwards.
        before = set(hidden)
        for first in sorted(solved, key=place):
            new = hidden - before
            if not any(not new.isdisjoint(item.cells) for item in equations[first]):
                hide(_complement(table, equations, system.derivation(first, unread), hidden))
        if hidden == before:
            # Nothing is left to be hidden; the audit says what can be worked out all the same.
            return frozenset(hidden)


def unknown(table: CellTable, hidden: Iterable[Cell]) -> frozenset[Cell]:
    """Cells that nobody outside can read: the hidden ones, and those that no row of the table shows."""
    unseen = {cell for equation in table.equations for cell in equation.cells} - set(table.rows)
    return frozenset({*hidden, *unseen, *table.unguarded})


def told_by_sums(table: CellTable, known: Collection[Cell]) -> frozenset[Cell]:
    """Cells that follow from the harmless and the known ones by sums alone, whatever else is hidden."""
    cells = {cell for equation in table.equations for cell in equation.cells} - table.harmless - set(known)
    return determined(table.equations, cells, cells)


def with_totals(table: CellTable, cells: Iterable[Cell]) -> set[Cell]:
    """The cells, and every total that is counted in one of them: its row goes too, so it is as secret."""
    found: set[Cell] = set()
    waiting = [cell for cell in cells if cell not in table.harmless and cell not in table.unguarded]
    while waiting:
        cell = waiting.pop()
        if cell not in found:
            found.add(cell)
            waiting += [table.totals[row] for row in table.rows[cell] if row in table.totals]
    return found - table.harmless - table.unguarded


def _complement(
    table: CellTable, equations: Mapping[Cell, Collection[Equation]], among: Iterable[Cell], hidden: set[Cell]
) -> list[Cell]:
    """The cell that costs least among those of `among` still shown; none when all are hidden or empty.

    What a cell costs is what is lost with it, and the least that must be lost besides in every other equation where it
    would be the only unknown.
    """
    taken = hidden | table.harmless | table.unguarded

    def lost(cell: Cell) -> float:
        rows = {row for item in with_totals(table, [cell]) - hidden for row in table.rows[item]}
        detailed = 1000.0 ** -len(cell[1])
        return detailed * sum(table.respondents[row] for row in rows - _gone(table, rows, hidden))

    def cost(cell: Cell) -> tuple[float, int]:
        besides = 0.0
        for equation in equations[cell]:
            others = [item for item in equation.cells if item != cell]
            if not hidden.intersection(others) and (
                open_ := [item for item in others if _is_shown(table, item, taken)]
            ):
                besides += min(lost(item) for item in open_)
        return lost(cell) + besides, table.order[cell]

    shown = [cell for cell in among if _is_shown(table, cell, taken)]
    return [min(shown, key=cost)] if shown else []


def _is_shown(table: CellTable, cell: Cell, taken: Collection[Cell]) -> bool:
    return cell in table.rows and cell not in taken


def _gone(table: CellTable, rows: Iterable[int], hidden: Collection[Cell]) -> set[int]:
    """Rows that are suppressed already, because they tell of a hidden cell."""
    return {row for row in rows if any(cell in hidden for cell in table.cells_of_row[row])}
