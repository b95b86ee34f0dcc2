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
from lfs.protect.solve import determined


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
    unread = set(unknown(table, ()))
    waiting: deque[Cell] = deque()
    # Equations without a cell in common say nothing of each other: only where something was hidden is solved again.
    parts = _parts(table.equations)
    part_of = {cell: number for number, part in enumerate(parts) for equation in part for cell in equation.cells}
    solved_in: dict[int, frozenset[Cell]] = {}
    changed = set(range(len(parts)))
    helpless: set[Cell] = set()

    def hide(cells: Iterable[Cell]) -> None:
        new = with_totals(table, cells) - hidden
        hidden.update(new)
        unread.update(new)
        changed.update(part_of[cell] for cell in new if cell in part_of)
        waiting.extend(sorted(new, key=table.order.__getitem__))

    hide(sensitive)
    while True:
        while waiting:
            for equation in equations[waiting.popleft()]:
                left = [cell for cell in equation.cells if cell in hidden or cell not in table.rows]
                if len(left) == 1 and left[0] in hidden:
                    hide(_complement(table, equations, [equation], hidden))
        solved_in |= {number: determined(parts[number], unread, hidden) for number in changed}
        changed.clear()
        solved = {cell for cells in solved_in.values() for cell in cells} - helpless
        if not solved:
            return frozenset(hidden)
        first = min(solved, key=table.order.__getitem__)
        complement = _complement_around(table, equations, first, hidden, unread)
        # Where nothing is left to hide, the audit of what is published tells.
        helpless.update(() if complement else (first,))
        hide(complement)


def _parts(equations: Iterable[Equation]) -> list[list[Equation]]:
    """Equations in groups that have no cell in common."""
    parent: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    equations = list(equations)
    for equation in equations:
        first, *others = equation.cells
        for other in others:
            parent[root(other)] = root(first)
    parts: dict[Cell, list[Equation]] = defaultdict(list)
    for equation in equations:
        parts[root(next(iter(equation.cells)))].append(equation)
    return list(parts.values())


def unknown(table: CellTable, hidden: Iterable[Cell]) -> frozenset[Cell]:
    """Cells that nobody outside can read: the hidden ones, and those that no row of the table shows."""
    unseen = {cell for equation in table.equations for cell in equation.cells} - set(table.rows)
    return frozenset({*hidden, *unseen})


def with_totals(table: CellTable, cells: Iterable[Cell]) -> set[Cell]:
    """The cells, and every total that is counted in one of them: its row goes too, so it is as secret."""
    found: set[Cell] = set()
    waiting = [cell for cell in cells if cell not in table.harmless]
    while waiting:
        cell = waiting.pop()
        if cell not in found:
            found.add(cell)
            waiting += [table.totals[row] for row in table.rows[cell] if row in table.totals]
    return found - table.harmless


def _complement(
    table: CellTable, equations: Mapping[Cell, Collection[Equation]], among: Iterable[Equation], hidden: set[Cell]
) -> list[Cell]:
    """The cell that costs least among those still shown in the equations `among`; none when all are hidden or empty.

    What a cell costs is what is lost with it, and the least that must be lost besides in every other equation where it
    would be the only unknown.
    """
    taken = hidden | table.harmless

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

    shown = {cell for equation in among for cell in equation.cells if _is_shown(table, cell, taken)}
    return [min(shown, key=cost)] if shown else []


def _complement_around(
    table: CellTable,
    equations: Mapping[Cell, Collection[Equation]],
    cell: Cell,
    hidden: set[Cell],
    unread: Collection[Cell],
) -> list[Cell]:
    """The complement in the equations of a cell or, where these hide all they hold, in those that share their unknowns.

    A cell is then solved by several equations together, and what must go besides stands in another one of them.
    """
    among, wider = set[Equation](), set(equations[cell])
    while wider != among:
        among = wider
        if found := _complement(table, equations, among, hidden):
            return found
        unknowns = {item for equation in among for item in equation.cells if item in unread}
        wider = among | {equation for item in unknowns for equation in equations[item]}
    return []


def _is_shown(table: CellTable, cell: Cell, taken: Collection[Cell]) -> bool:
    return cell in table.rows and cell not in taken


def _gone(table: CellTable, rows: Iterable[int], hidden: Collection[Cell]) -> set[int]:
    """Rows that are suppressed already, because they tell of a hidden cell."""
    return {row for row in rows if any(cell in hidden for cell in table.cells_of_row[row])}
