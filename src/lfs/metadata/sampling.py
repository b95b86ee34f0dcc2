"""`design:` of config.yaml: what must be known of the sample beyond stratum, PSU and weight."""

from typing import Annotated, Self

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
            raise ValueError("certainty and fractions say the same twice: a fraction of 1 is a PSU sure to be drawn")
        if joined := [name for name, neighbour in self.neighbours.items() if name == neighbour]:
            raise ValueError(f"neighbours: stratum '{joined[0]}' cannot be its own neighbour")
        return self
