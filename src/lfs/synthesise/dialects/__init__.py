"""The offices' dialects: the same invented people in the file that each office would send.

`cso.write(persons, households, path)` makes an SPSS file, `krso.write(...)` a Stata file. What the offices call and
code things is in codebook_<office>.yaml; how we read them is written separately in config/offices/<office>.yaml.
"""

from lfs.synthesise.dialects import cso, krso

__all__ = ["cso", "krso"]
