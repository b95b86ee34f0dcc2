"""The sampling design as the data hold it: strata, PSUs, further stages, weights and replicate weights.

`declared_design` makes it as config.yaml declares, from the parts: `survey_design` reads it from the persons of a
round; `open_certainty_psus` and `collapse` mend strata whose variance cannot be seen, `with_stages` adds sampling
fractions; `bootstrap`, `jackknife`, `balanced`, `successive_differences` make replicates and `delivered` takes those of
the file.
"""

from lfs.design.declared import declared_design, declared_replicates
from lfs.design.replicates import (
    Replicates,
    balanced,
    bootstrap,
    delivered,
    jackknife,
    successive_differences,
)
from lfs.design.sampling import Design, Note, Stage, survey_design
from lfs.design.stages import with_stages
from lfs.design.strata import collapse, open_certainty_psus

__all__ = [
    "Design",
    "Note",
    "Replicates",
    "Stage",
    "balanced",
    "bootstrap",
    "collapse",
    "declared_design",
    "declared_replicates",
    "delivered",
    "jackknife",
    "open_certainty_psus",
    "successive_differences",
    "survey_design",
    "with_stages",
]
