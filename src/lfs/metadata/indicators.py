"""indicators.yaml: what is estimated."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.variables import Standard
from lfs.metadata.yaml import Declared

Kind = Literal["total", "ratio", "mean", "quantile", "share", "gap"]
Unit = Literal["persons", "households", "rate", "hours", "currency", "years", "days", "per_100000", "points"]

# The keys that each kind has besides those of all; True: it cannot do without.
KEYS: dict[str, dict[str, bool]] = {
    "total": {"numerator": True, "universe": False},
    "ratio": {"numerator": True, "denominator": True, "universe": False},
    "mean": {"number": True, "universe": True},
    "quantile": {"number": True, "universe": True, "share": False},
    "share": {"numerator": True, "over": True, "universe": False},
    "gap": {"of": True, "variable": True, "categories": True, "relative": False},
}
UNITS: dict[str, tuple[Unit, ...]] = {
    "total": ("persons", "households"),
    "ratio": ("rate", "per_100000"),
    "mean": ("hours", "currency", "years", "days", "persons", "rate"),
    "quantile": ("hours", "currency", "years", "days", "persons", "rate"),
    "share": ("rate",),
    "gap": ("points", "rate", "hours", "currency", "years", "days", "persons", "per_100000"),
}
KEYS_OF_KINDS = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys))


class Indicator(Declared):
    """What is estimated in every cell of a breakdown.

    total     weighted count of `numerator`
    ratio     of two weighted counts, `numerator` over `denominator`
    mean      weighted mean of `number` over the people of `universe` who have one
    quantile  the number that a `share` (left out: half) of those people do not exceed
    share     of each category of `over`: weighted count of `numerator` in it, over that in all categories together
    gap       indicator `of` for the first of two categories of `variable`, less that for the second; `relative`:
              divided by the first

    Numerator, denominator and universe are boolean columns of `people`, `number` is a column of numbers, and the
    standard chooses the suffix of all. A mean, quantile or share is no count that parts of a population add up to.
    unit: `per_100000` is a rate that is printed times 100,000, `points` a difference of rates in percentage points.
    """

    kind: Kind
    numerator: str | None = None
    denominator: str | None = None
    universe: str | None = None
    number: str | None = None
    share: Annotated[float, Field(gt=0, lt=1)] | None = None
    over: str | None = None
    of: str | None = None
    variable: str | None = None
    categories: tuple[str, ...] = ()
    relative: bool = False
    unit: Unit
    standards: tuple[Standard, ...] = Field(min_length=1)
    reference: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = KEYS[self.kind]
        given = [key for key in KEYS_OF_KINDS if getattr(self, key)]
        if lacking := [key for key, needed in keys.items() if needed and key not in given]:
            raise ValueError(f"a {self.kind} needs the key {' and '.join(lacking)}")
        if more := [key for key in given if key not in keys]:
            raise ValueError(f"a {self.kind} has no {more[0]}; its keys are {', '.join(keys)}")
        if self.unit not in UNITS[self.kind]:
            raise ValueError(f"a {self.kind} cannot be in {self.unit}; it is in {', '.join(UNITS[self.kind])}")
        if self.kind == "gap" and (len(self.categories) != 2 or self.categories[0] == self.categories[1]):
            raise ValueError("a gap needs two different categories: that of the first side, and that of the second")
        if {"icls13", "icls21"} <= {*self.standards}:
            raise ValueError(
                "the 13th ICLS's employment and the 21st ICLS's informality do not go together: own-use producers are "
                "employed by the one and at work outside employment by the other; leave out icls13 or icls21"
            )
        return self

    def columns(self) -> tuple[str, ...]:
        """The columns of `people` it reads, without the suffix of a standard; a gap reads those of what it is `of`."""
        read = (self.numerator, self.denominator, self.universe, self.number, self.over, self.variable)
        return tuple(name for name in read if name)
