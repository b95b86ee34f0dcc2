"""Texts as the templates take them: plain data, taken apart where a part is read in a direction of its own."""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from lfs.metadata import SurveyError
from lfs.publish.bidi import harmless, runs
from lfs.publish.drawing import FONTS

WHOLE = 48
"""A run of its own direction up to so many letters stays on one line."""
PIECE = 12
"""A word that is too long for its column may break after so many letters, or after a sign that joins its parts."""
OPENING = "\u200b"
"""The zero-width space, where a long word may break."""
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\s\u0000-\u001f\u007f-\u009f]+")
Said = str | list[list[str]]
"""A text of one direction, or its parts: (part, its own direction or nothing, whether it stays on one line)."""


def said(text: object) -> Said:
    """A text as data for the template's `say`."""
    parts = [(_printable(part), direction) for part, direction in runs(str(text))]
    if all(direction is None for _, direction in parts):
        return "".join(part for part, _ in parts)
    return [[part, direction or "", "whole" if len(part) <= WHOLE else ""] for part, direction in parts]


def plainly(text: object) -> str:
    """A text without isolates, where a PDF holds plain text: its title, what is read out for a picture."""
    return "".join(_printable(part) for part, _ in runs(str(text)))


def _printable(text: str) -> str:
    """The text without marks of direction and control characters. Raises SurveyError where the font lacks a letter."""
    text = _SPACES.sub(lambda found: "\u00a0" if set(found[0]) <= {"\u00a0", "\u202f"} else " ", harmless(text))
    missing = sorted({letter for letter in text if ord(letter) not in letters() and not _UNSEEN.match(letter)})
    if missing:
        named = ", ".join(f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, '')})" for letter in missing)
        raise SurveyError(f"the font of the printed report cannot draw {named} in '{text[:80]}'; use other letters")
    return text


@cache
def letters() -> frozenset[int]:
    """The characters that the font draws."""
    return frozenset(_font().getBestCmap())


@cache
def _font() -> TTFont:
    return TTFont(next(FONTS.glob("*-Regular.ttf")))


@cache
def _advances() -> dict[int, float]:
    """The width of each character, in the size of the font."""
    font = _font()
    return {code: font["hmtx"][name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()}


@cache
def _digit(letter: str) -> float:
    """The width of the widest digit of the same system; the font's Arabic digits differ in width."""
    zero = ord(letter) - unicodedata.decimal(letter)
    return max(_advances()[zero + value] for value in range(10))


def width(text: str) -> float:
    """How wide a text is on one line, in the size of the font; every digit as the widest."""
    advances = _advances()
    return sum(
        _digit(letter) if unicodedata.category(letter) == "Nd" else advances.get(ord(letter), 0.0) for letter in text
    )


def lacking(digits: str) -> float:
    """By how much digits are narrower than as many of the widest, in the size of the font."""
    return sum(_digit(letter) - _advances()[ord(letter)] for letter in digits)


def openings(text: str, widest: float) -> str:
    """The text, with places to break in every word that is wider than `widest`."""
    return " ".join(word if width(word) <= widest else _opened(word) for word in text.split(" "))


def _opened(word: str) -> str:
    pieces = [piece for piece in re.split(r"(?<=[/_.\\:;,-])", word) if piece]
    short = (piece[at : at + PIECE] for piece in pieces for at in range(0, len(piece), PIECE))
    return OPENING.join(short)
