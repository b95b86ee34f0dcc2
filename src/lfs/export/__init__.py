"""Exporting: `people` as labelled files for those who go on in SPSS or Stata.

These are microdata: they stay beside the other processed tables, and nothing that is published is made from them.
"""

from lfs.export.statistical import Exported, exported, title_of, write_statistical

__all__ = ["Exported", "exported", "title_of", "write_statistical"]
