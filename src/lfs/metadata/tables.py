"""tables.yaml: the tabulation plan."""

from pydantic import Field

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared


class Table(Declared):
    """Which indicators by which breakdowns make one table; `standard` left out: all that the estimates hold."""

    indicators: tuple[str, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = Field(min_length=1)
    standard: Standard | None = None
