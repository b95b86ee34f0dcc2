"""by_definition.yaml: of a concept, the classes of variables in which everybody, or nobody, has it by definition."""

from lfs.metadata.variables import Codes
from lfs.metadata.yaml import Declared


class ByDefinition(Declared):
    """Classes of one variable: in those of `all` everybody has the concept, in those of `none` nobody."""

    all: Codes = ()
    none: Codes = ()


Definitions = dict[str, ByDefinition]
"""By the name of the variable."""
