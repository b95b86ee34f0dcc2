"""How near to official figures the estimates of a round must be: `comparison` in config.yaml."""

from typing import Annotated, Literal

from pydantic import Field

from lfs.metadata.yaml import Declared

OfficialStandard = Literal["national", "ilostat", "icls19", "icls13", "icls21"]
Errors = Annotated[float, Field(gt=0)]


class Comparison(Declared):
    """What a round is held to.

    tolerance        standard errors beyond the rounding of the official figure: one for all, or one a standard
    lacking          whether a benchmark without an estimate stops the round, or is told (a sample too small for them)
    invented_within  how near to a published rate the population of an invented round is made to come
    """

    tolerance: Errors | dict[OfficialStandard, Errors] = 3.0
    lacking: Literal["stop", "tell"] = "stop"
    invented_within: Annotated[float, Field(ge=0, le=1)] = 0.005

    def of(self, standard: str) -> float:
        """The tolerance for official figures of a standard; without one of its own there is none."""
        if not isinstance(self.tolerance, dict):
            return self.tolerance
        return next((value for name, value in self.tolerance.items() if name == standard), float("inf"))
