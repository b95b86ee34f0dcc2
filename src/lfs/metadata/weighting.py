"""`weighting:` of config.yaml: how the weights of a round are made, from the selection to the last trim."""

from collections.abc import Container
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.crosswalk import Text
from lfs.metadata.offices import RESULTS
from lfs.metadata.yaml import Declared

Positive = Annotated[float, Field(gt=0)]
Name = Annotated[str, Field(min_length=1)]
Method = Literal["poststratification", "raking", "linear", "truncated_linear", "logit"]


class Nonresponse(Declared):
    """What makes up for selected households that did not answer.

    Households are weighted up within the cells of `by` (psu, stratum, or variables known of every selected household),
    or by their propensity to answer, by a logit model on `propensity`, also in `classes` of like propensity.
    """

    by: Literal["psu", "stratum"] | Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    propensity: tuple[Name, ...] = ()
    classes: Annotated[int, Field(ge=2, le=50)] | None = None
    smallest_cell: Annotated[int, Field(ge=1)] = 10
    unknown_eligibility: tuple[str, ...] = ()
    not_eligible: tuple[str, ...] = ("vacant", "not_eligible")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.by is None) == (not self.propensity):
            raise ValueError("nonresponse has exactly one of by and propensity")
        if self.classes and not self.propensity:
            raise ValueError("classes are classes of propensity, so they need it")
        for result in (*self.unknown_eligibility, *self.not_eligible):
            if result not in RESULTS or result == "complete":
                known = ", ".join(name for name in RESULTS if name != "complete")
                raise ValueError(f"'{result}' is no result of an interview without answers; known: {known}")
        if both := set(self.unknown_eligibility) & set(self.not_eligible):
            raise ValueError(f"'{min(both)}' cannot be both not eligible and of unknown eligibility")
        return self


class CalibrationRule(Declared):
    """How weights are brought to the population totals of config/controls/<round>.csv.

    lower and upper bound the ratio of each weight to the weight before. With `weight_of` household all persons of a
    household carry one weight, and controls of persons are sums over its members. `incomplete` names the margins that
    hold some of their categories only.
    """

    method: Method
    lower: Annotated[float, Field(ge=0)] | None = None
    upper: Positive | None = None
    weight_of: Literal["household", "person"] = "household"
    incomplete: tuple[Name, ...] = ()
    not_stated: Literal["refuse", "share"] = "refuse"
    allow_negative: bool = False

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        given = [name for name in ("lower", "upper") if getattr(self, name) is not None]
        if self.method in ("truncated_linear", "logit") and len(given) < 2:
            raise ValueError(f"method {self.method} needs lower and upper, bounds on the ratio of weights")
        if self.method in ("linear", "poststratification") and given:
            raise ValueError(f"method {self.method} takes no bounds; with bounds use truncated_linear or logit")
        if (self.lower or 0) >= 1 or (self.upper is not None and self.upper <= 1):
            raise ValueError("lower must be below 1 and upper above 1: a weight that needs no change must be allowed")
        if self.allow_negative and self.method != "linear":
            raise ValueError(f"allow_negative stands with method linear only; {self.method} gives no negative weight")
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Bounds on the ratio; linear has none, and no other lets a weight become negative."""
        if self.method == "linear":
            return float("-inf"), float("inf")
        return self.lower or 0.0, self.upper or float("inf")


class Trimming(Declared):
    """Weights outside lower and upper times the median weight of their stratum (or of `within`) are cut to them."""

    lower: Annotated[float, Field(ge=0, lt=1)] = 0.0
    upper: Annotated[float, Field(gt=1)]
    within: Name | None = None


class Weighting(Declared):
    """The steps in their order; a step left out is not done.

    base: `probabilities` where an office gives those of every stage, its delivered weight where not; or `delivered`.
    except: rounds that cannot be weighted so, without selected households or population totals, say; what they hold as
    `delivered` weights stays as it is.
    """

    base: Literal["probabilities", "delivered"] = "probabilities"
    tolerate: tuple[Literal["constant_weight", "zero_weight"], ...] = ()
    nonresponse: Nonresponse | None = None
    calibration: CalibrationRule | None = None
    trimming: Trimming | None = None
    headline: tuple[Name, ...] = ()
    exceptions: dict[Text, Literal["delivered"]] = Field(default_factory=dict, alias="except")

    def at(self, round: str) -> "Weighting":
        """The steps that are done in `round`: all, or none where its weights stay as they were delivered."""
        if round not in self.exceptions:
            return self
        return Weighting(base="delivered", tolerate=self.tolerate, headline=self.headline)

    @property
    def known_of_selected(self) -> tuple[str, ...]:
        """Variables of the dictionary that must be known of every selected household, whether it answered or not."""
        if self.nonresponse is None:
            return ()
        by = self.nonresponse.by if isinstance(self.nonresponse.by, tuple) else ()
        design = ("office", "stratum", "psu")
        return tuple(name for name in (*by, *self.nonresponse.propensity) if name not in design)

    @property
    def weight_of(self) -> Literal["household", "person"]:
        """What carries one weight: as calibrated, else the household where its answering is adjusted for."""
        if self.calibration is not None:
            return self.calibration.weight_of
        return "household" if self.nonresponse is not None else "person"

    def unit_among(self, columns: Container[str]) -> str:
        """The column of people that names what carries one weight; the person where there are no households."""
        return self.weight_of if self.weight_of in columns else "person"
