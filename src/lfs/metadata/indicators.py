"""indicators.yaml: what is estimated."""

from typing import Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared


class Indicator(Declared):
    """A weighted count (`total`), or the ratio of two of them.

    Numerator, denominator and universe are boolean columns of `people`; the standard chooses their suffix.
    """

    kind: Literal["total", "ratio"]
    numerator: str
    denominator: str | None = None
    universe: str | None = None
    unit: Literal["persons", "rate"]
    standards: tuple[Standard, ...] = Field(min_length=1)
    reference: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "ratio") != bool(self.denominator):
            raise ValueError("a ratio needs a denominator, a total has none")
        return self

    def columns(self) -> tuple[str, ...]:
        """The columns of `people` it reads, without the suffix of a standard."""
        return tuple(name for name in (self.numerator, self.denominator, self.universe) if name)
