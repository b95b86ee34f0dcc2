"""tables.yaml: the tabulation plan."""

from pydantic import Field

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared


class Table(Declared):
    """Indicators that are shown together, and the breakdowns they are shown by.

    A table shows a breakdown with its margins. `breakdowns` left out: every general breakdown of the survey, one whose
    variables all concern everybody, that is not withheld and is not the margin of another. An indicator that cannot be
    made by one of the breakdowns (`lfs.metadata.plan`) is shown by the others. `standard` left out: all that the
    estimates hold.
    """

    indicators: tuple[str, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = ()
    standard: Standard | None = None
