"""Publishing: from the published table to what people read, in every language and format.

Reads what protection let through, the survey's declarations and the words of a language; nothing else.
"""

from lfs.publish.publication import publish
from lfs.publish.words import Words

__all__ = ["Words", "publish"]
