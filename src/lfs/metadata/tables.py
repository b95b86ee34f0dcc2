"""tables.yaml: the tabulation plan."""

from pydantic import Field

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared


class Table(Declared):
    """Indicators that are shown together, and the breakdowns they are shown by.

    A table shows a breakdown with its margins. `breakdowns` left out: every breakdown of the survey that is not
    withheld and is not the margin of another. `standard` left out: all that the estimates hold.
    """

    indicators: tuple[str, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = ()
    standard: Standard | None = None
