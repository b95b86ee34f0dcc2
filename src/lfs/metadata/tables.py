"""tables.yaml: the tabulation plan."""

from pydantic import Field

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared


class Table(Declared):
    """Indicators that are shown together, and the breakdowns they are shown by.

    A table shows a breakdown with its margins. `breakdowns` left out: every general breakdown of the survey, one whose
    variables all concern everybody, that is not withheld and is not the margin of another. An indicator that cannot be
    made by one of the breakdowns (`lfs.metadata.plan`) is shown by the others. `standard` left out: the 19th ICLS and
    what the office supplied; the 13th and the 21st ICLS stand in tables of their own.

    `subject` is a subject of the labels' `subjects`, under which the contents list it; `codes` are the ILO's codes of
    the tables that this one covers by a breakdown.
    """

    indicators: tuple[str, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = ()
    standard: Standard | None = None
    subject: str | None = None
    codes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
