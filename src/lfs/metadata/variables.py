"""variables.yaml: the dictionary of `people`, whoever the office and whatever the round."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lfs.metadata.yaml import Declared

Kind = Literal["key", "design", "asked", "universe", "derived"]
Type = Literal["category", "yes_no", "multiple", "integer", "number", "text", "boolean"]
Standard = Literal["icls19", "icls13", "icls21", "national"]
Unanswered = Literal["counts_as_no", "counts_as_yes", "own_category", "left_out", "cannot_be"]
Codes = tuple[str, ...]
NOT_STATED = "not_stated"
TOTAL = "total"
UNSUFFIXED = "icls19"
"""The standard whose columns have no suffix."""


class Variable(Declared):
    """One column of `people` (for `multiple`, one column an option, named `<variable>_<option>`).

    `unanswered`: what becomes of a person of a derived concept's universe who did not answer what it rests on: counted
    as not having it, or as having it, and so in the denominators; in a category of its own, not_stated or
    not_classifiable, which totals hold; left out, the value being empty, of numerators and denominators; or it cannot
    be that the answer is missing.
    """

    kind: Kind
    type: Type
    universe: str | None = None
    categories: Codes = ()
    options: Codes = ()
    range: tuple[float, float] | None = None
    standards: tuple[Standard, ...] = ()
    bands: dict[str, tuple[int, int]] = Field(default_factory=dict)
    groups: dict[str, Codes] = Field(default_factory=dict)
    of: str | None = None
    meaning: str = Field(min_length=1)
    reference: str | None = None
    unanswered: Unanswered | None = None
    classification: Annotated[str, Field(min_length=1)] | None = None

    def codes(self) -> Codes:
        """The codes a value can have, in their order; empty for numbers and text."""
        return self.categories or tuple(self.bands) or tuple(self.groups) or (("yes", "no") if self.answers() else ())

    def answers(self) -> bool:
        """Whether each column holds yes, no or not_stated."""
        return self.type in ("yes_no", "multiple")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        listed = [name for name in ("categories", "bands", "groups") if getattr(self, name)]
        if self.type == "category" and len(listed) != 1:
            raise ValueError("a category has exactly one of categories, bands, groups")
        if self.type != "category" and listed:
            raise ValueError(f"{listed[0]} stands with type category only, not with {self.type}")
        if (self.type == "multiple") != bool(self.options):
            raise ValueError("type multiple needs options, and options need type multiple")
        if bool(self.bands or self.groups) != bool(self.of):
            raise ValueError("bands and groups need `of`, the variable they group, and `of` needs one of them")
        for name in ("categories", "options"):
            codes = getattr(self, name)
            if len(set(codes)) < len(codes):
                raise ValueError(f"{name} holds a code twice")
        if reserved := {NOT_STATED, TOTAL} & {*self.codes(), *self.options}:
            raise ValueError(f"'{min(reserved)}' is reserved and cannot be a code")
        if self.range and self.range[0] > self.range[1]:
            raise ValueError("range begins above its end")
        if bad := [band for band, (low, high) in self.bands.items() if low > high]:
            raise ValueError(f"band '{bad[0]}' begins above its end")
        return self


def column_of(concept: str, standard: str, variables: Mapping[str, Variable]) -> str:
    """The column of `people` that holds the concept by the standard: no suffix for icls19 and where standards agree."""
    differs = concept in variables and standard in variables[concept].standards
    return f"{concept}_{standard}" if differs and standard != UNSUFFIXED else concept


def universe_of(column: str, variables: Mapping[str, Variable]) -> str:
    """The column of `people` that says whom a variable concerns, its own or that of what it groups; else nothing."""
    name, standard = column, UNSUFFIXED
    if column not in variables:
        name, _, standard = column.rpartition("_")
    if name not in variables:
        return ""
    variable = variables[name]
    if variable.universe:
        return column_of(variable.universe, standard, variables)
    return universe_of(variable.of, variables) if variable.of else ""
