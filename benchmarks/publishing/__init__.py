"""The publishing stage, alone and beside WeasyPrint and great_tables: `python -m benchmarks --only publish`.

The published tables are those of the last run in data/processed where there is one, else of a small run made for this.
Charts are drawn before anything is compared, for both sides; every side works in a process of its own.
"""

from benchmarks.publishing.measure import measure

__all__ = ["measure"]
