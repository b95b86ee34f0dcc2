"""The attacker's view: given all that is published, can any suppressed figure be worked out?"""

import pandas as pd

from lfs.protect.cells import CellTable
from lfs.protect.rules import SUPPRESSED
from lfs.protect.solve import determined


def solvable(table: CellTable, published: pd.DataFrame) -> list[int]:
    """Suppressed rows of which the published rows give the figure away, at once or by any combination of sums.

    `table` holds the cells and equations of one round, `published` the same rows with their status. The attacker knows
    a cell as soon as one row that tells of it is shown, even as a rate's denominator, and knows which groups are empty.
    A total is worked out when its cell is; a rate when both its cells are.
    """
    gone = set(published.index[published["status"] == SUPPRESSED])
    told = {cell for cell, rows in table.rows.items() if not gone.issuperset(rows)} | table.harmless
    cells = {cell for equation in table.equations for cell in equation.cells} | set(table.rows)
    known = told | determined(table.equations, cells - told, cells - told)
    read = {
        row: frozenset(table.cells_of_row[row][:1] if row in table.totals else table.cells_of_row[row]) for row in gone
    }
    # What is withheld for the sake of cells that are not guarded may be worked out, as these may.
    loose = told | table.unguarded
    matters = {row for row, of in read.items() if not of <= loose}
    if table.guarded is not None:
        matters = {row for row in matters if not table.guarded.isdisjoint(read[row])}
    return [row for row, of in read.items() if row in matters and known >= of]


def audit(table: CellTable, published: pd.DataFrame) -> dict[str, int]:
    """Equations tried, rows that hold no figure, and how many of these can be worked out: none, if all is well."""
    return {
        "audit_equations": len(table.equations),
        "audit_suppressed": int((published["status"] == SUPPRESSED).sum()),
        "audit_solvable": len(solvable(table, published)),
    }
