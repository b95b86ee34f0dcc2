"""The explorer: every published figure of a survey in one page that needs no network, in all its languages."""

from lfs.publish.explorer.page import explorer

__all__ = ["explorer"]
