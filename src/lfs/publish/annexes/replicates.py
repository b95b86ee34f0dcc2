"""By which replicates the errors were made, where they were not made by linearisation."""

from collections.abc import Sequence

from lfs.metadata import Survey
from lfs.publish.annexes.findings import Finding
from lfs.publish.words import Words


def replicates_told(findings: Sequence[Finding], survey: Survey, words: Words) -> dict[str, str]:
    """`method` and `count` in words; empty where errors come from linearisation.

    The counts are those that estimation found, from the least to the most where rounds differ.
    """
    declared = survey.config.replicates
    counts = [item.value for item in findings if item.topic == "replicates" and item.step == "estimate"]
    if declared is None or not counts:
        return {}
    ends = [words.number(end) for end in (min(counts), max(counts))]
    method = "fay" if declared.fay else declared.method
    return {
        "method": words("annex", "methods", "replicate_methods", method),
        "count": ends[0] if ends[0] == ends[1] else words.range(*ends),
    }
