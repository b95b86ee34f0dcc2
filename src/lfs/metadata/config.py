"""config/config.yaml: the survey's own settings."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.comparison import Comparison
from lfs.metadata.generalised_variance import GeneralisedVariance
from lfs.metadata.sampling import DesignRule, ReplicatesRule
from lfs.metadata.weighting import Weighting
from lfs.metadata.yaml import Declared

Share = Annotated[float, Field(ge=0, le=1)]
Code = Annotated[str, Field(pattern=r"^\d{1,4}$")]
"""Code of a classification, or its first digits."""


class Rule(Declared):
    """A cell meets the rule when any of its conditions holds; a condition left out never does."""

    n_cases_below: int | None = None
    n_below: int | None = None
    cv_above: float | None = None
    df_below: int | None = None


class Interval(Declared):
    near_0_or_1: Share


class Quality(Declared):
    """Cells that are printed with a mark."""

    unreliable: Rule
    caution: Rule = Rule()


class Disclosure(Declared):
    """Cells that are never published.

    guard_below: a small cell is guarded against being worked out, at the price of other figures, if its group (the
    universe within the cell's categories) has fewer respondents than this; in a larger group it is only withheld.
    protect_not_stated: whether a small cell of people who did not state what the breakdown asks is guarded against
    being worked out too, at the price of a real category's figures.
    """

    suppress: Rule
    guard_below: Annotated[int, Field(gt=0)] = 500
    protect_not_stated: bool = False


class Synthesis(Declared):
    seed: int
    households: Annotated[int, Field(gt=0)]


class Config(Declared):
    survey: str
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    country: str
    currency: str | None = None
    release_date: datetime.date | None = None
    working_age: Annotated[int, Field(ge=5, le=30)]
    working_age_to: Annotated[int, Field(ge=30, le=120)] | None = None
    hazardous_branches: tuple[Code, ...] | None = None
    hazardous_occupations: tuple[Code, ...] | None = None
    hours_threshold: Annotated[float, Field(gt=0, le=168)]
    hours_basis: Literal["usual", "actual"] = "usual"
    full_time_hours: Annotated[float, Field(gt=0, le=168)] = 36
    excessive_hours_from: Annotated[float, Field(gt=0, le=168)] = 48
    confidence: Annotated[float, Field(gt=0.5, lt=1)]
    lonely_psu: Literal["fail", "certainty", "centre", "average", "collapse"]
    design: DesignRule = DesignRule()
    interval: Interval
    quality: Quality
    disclosure: Disclosure
    withheld: tuple[str, ...] = ()
    synthesis: Synthesis | None = None
    weighting: Weighting | None = None
    replicates: ReplicatesRule | None = None
    generalised_variance: GeneralisedVariance | None = None
    comparison: Comparison | None = None

    @property
    def known_of_selected(self) -> tuple[str, ...]:
        """Variables read of every selected household, answered or not: for its non-response, and to replicate it."""
        if self.weighting is None or self.weighting.nonresponse is None:
            return ()
        drawn = filter(None, [self.design.certainty, *self.design.fractions]) if self.replicates else ()
        return (*self.weighting.known_of_selected, *drawn)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        delivered = self.replicates is not None and self.replicates.method == "delivered"
        if delivered and self.weighting is not None and self.weighting.nonresponse is not None:
            raise ValueError(
                "replicates that an office delivers have made up for non-response already: take nonresponse out of "
                "weighting, or make replicates here"
            )
        return self
