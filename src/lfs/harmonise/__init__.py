"""Raw files of the offices into one vocabulary: the only place that knows offices and file formats.

`harmonise(survey, round)` gives the answers of a round and their quality, `check(survey)` every problem of every
declared file, `describe(path)` a first draft of an office's file.
"""

from lfs.harmonise.describe import describe
from lfs.harmonise.rounds import check, harmonise

__all__ = ["check", "describe", "harmonise"]
