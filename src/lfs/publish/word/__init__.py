"""The report as a Word document: styles, real tables, pictures with their texts, in the direction of reading."""

from lfs.publish.word.render import render_word

__all__ = ["render_word"]
