"""The words of one language: what is printed, and how numbers, dates and intervals are written.

Every printed word comes out of here. A word that the language lacks stops its publication; a key is never printed.
"""

from lfs.publish.words.texts import DIGITS
from lfs.publish.words.words import Words

__all__ = ["DIGITS", "Words"]
