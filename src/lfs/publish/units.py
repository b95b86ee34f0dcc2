"""How the figures of each unit are written: by what they are multiplied, and with how many decimals."""

from dataclasses import dataclass

from lfs.metadata.indicators import Indicator


@dataclass(frozen=True)
class Unit:
    """scale, decimals and decimals of the standard error in tables; `book_*` the same in the workbook.

    `named`: the workbook's headings name the unit.
    """

    scale: float = 1.0
    decimals: int = 1
    error_decimals: int = 2
    book_scale: float = 1.0
    book_decimals: int = 1
    named: bool = True

    def book_code(self, *, error: bool) -> str:
        """The format of a number in the workbook; thousands of whole numbers are set apart."""
        places = self.book_decimals + (self.error_decimals - self.decimals if error else 0)
        return "0." + "0" * places if places else "#,##0"


COUNT = Unit(1e-3, 1, 1, 1.0, 0, named=False)
UNITS = {
    "persons": COUNT,
    "households": COUNT,
    "members": Unit(),
    "rate": Unit(100.0, book_scale=100.0),
    "points": Unit(100.0, book_scale=100.0),
    "per_100000": Unit(1e5, 0, 0, 1e5, 0),
    "hours": Unit(),
    "years": Unit(),
    "days": Unit(),
    "currency": Unit(1.0, 0, 0, 1.0, 0),
}
"""By unit of the indicators; `members` is a mean number of persons, which is not in thousands."""


def printed_unit(indicator: Indicator) -> str:
    """The unit that an indicator is written in."""
    return "members" if indicator.unit == "persons" and indicator.kind != "total" else indicator.unit
