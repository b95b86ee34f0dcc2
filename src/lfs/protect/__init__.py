"""Protection: from all estimates to those that may be shown.

Cells with too few cases lose every figure, further cells lose theirs so that nothing can be solved from what is left,
and an audit proves it. Publishing reads what comes out of here and nothing else.
"""

from lfs.protect.protection import protect
from lfs.protect.rules import FIGURES, PUBLISHED, SUPPRESSED, UNRELIABLE

__all__ = ["FIGURES", "PUBLISHED", "SUPPRESSED", "UNRELIABLE", "protect"]
