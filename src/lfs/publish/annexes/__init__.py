"""The annexes: quality of the data, weights, sampling errors, method, definitions, sources, and this run."""

from lfs.publish.annexes.errors import errors_annex
from lfs.publish.annexes.findings import findings_of
from lfs.publish.annexes.methods import definitions_annex, methods_annex, run_annex, sources_annex
from lfs.publish.annexes.quality import quality_annex
from lfs.publish.annexes.weights import weights_annex

__all__ = [
    "definitions_annex",
    "errors_annex",
    "findings_of",
    "methods_annex",
    "quality_annex",
    "run_annex",
    "sources_annex",
    "weights_annex",
]
