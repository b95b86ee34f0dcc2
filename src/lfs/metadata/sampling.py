"""`design:` and `replicates:` of config.yaml: what must be known of the sample beyond stratum, PSU and weight."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.yaml import Declared

Name = Annotated[str, Field(min_length=1)]


class DesignRule(Declared):
    """Columns of `people` that say how PSUs and the units in them were drawn, and which strata stand for each other.

    certainty: yes where the PSU was sure to be drawn. fractions: one column a stage, PSUs first: sampled shares, or
    counts of the units that there are; units: what was drawn at each stage below the PSU. neighbours: for
    `lonely_psu: collapse`, the stratum that each stratum of a single PSU is joined to.
    """

    certainty: Name | None = None
    fractions: tuple[Name, ...] = ()
    units: tuple[Name, ...] = ()
    neighbours: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _a_fraction_a_stage(self) -> Self:
        if len(self.fractions) != (len(self.units) + 1 if self.fractions or self.units else 0):
            raise ValueError(
                "fractions has one column for the PSUs and one for each of units, so one more than units has"
            )
        if self.certainty and self.fractions:
            raise ValueError(
                "certainty and fractions say the same twice: a fraction of 1 is a PSU sure to be drawn; leave one of "
                "them out"
            )
        if joined := [name for name, neighbour in self.neighbours.items() if name == neighbour]:
            raise ValueError(f"neighbours: stratum '{joined[0]}' cannot be its own neighbour")
        return self


REPLICATE = "replicate_"
"""Columns of replicate weights that came with the file, from `answers` to the step `weight`: replicate_1 and so on."""


def replicate_columns(columns: Iterable[str]) -> list[str]:
    """Those of the columns that are replicate weights."""
    return [name for name in columns if name.startswith(REPLICATE)]


class ReplicatesRule(Declared):
    """Errors by replicates instead of linearisation: made here, every step of the weighting done on each, or delivered.

    count: of the bootstrap (200), of successive differences (as many as there are PSUs, and a few), or how many each
    office delivers. fay: share that balanced replicates keep of the half left out. scale, rscales and around_mean: as
    the offices publish them for the replicates they deliver (v = scale x sum of rscales x squared deviations).
    """

    method: Literal["bootstrap", "jackknife", "balanced", "successive_differences", "delivered"]
    count: Annotated[int, Field(ge=2)] | None = None
    seed: int = 1
    fay: Annotated[float, Field(ge=0, lt=1)] = 0.0
    scale: Annotated[float, Field(gt=0)] | None = None
    rscales: tuple[Annotated[float, Field(ge=0)], ...] = ()
    around_mean: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.method == "delivered" and (self.count is None or self.scale is None):
            raise ValueError("delivered replicates need count and scale, as the office publishes them")
        if self.method in ("jackknife", "balanced") and self.count is not None:
            raise ValueError(f"method {self.method} makes as many replicates as the design asks for; leave count out")
        if self.method != "delivered" and (self.scale is not None or self.rscales or self.around_mean):
            raise ValueError("scale, rscales and around_mean are of delivered replicates; those made here know theirs")
        if self.fay and self.method != "balanced":
            raise ValueError("fay is of balanced replicates")
        if self.rscales and len(self.rscales) != self.count:
            raise ValueError(f"{len(self.rscales)} rscales for {self.count} replicates")
        return self
