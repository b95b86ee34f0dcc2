"""Numbers inside text that reads from right to left: kept together, and in their own direction, by isolates.

Without them "11.2–13.6%" prints as "%13.6–11.2" in Arabic text. Texts of a right-to-left language carry the isolates of
Unicode (UAX 9) around their numbers; renderers whose format knows them leave them, others take a text apart by `runs`.
"""

import re
from collections.abc import Iterator

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
OPEN = {"ltr": LRI, "rtl": RLI}
DIRECTION = {LRI: "ltr", RLI: "rtl"}
_MARKS = re.compile("[\u2066\u2067\u2069]")
_STRAY = re.compile("[\u202a-\u202e\u2068]")
_LETTER = re.compile(r"[^\W\d_]")
_RTL_LETTER = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(text: str, direction: str) -> str:
    """The text as one isolate of `direction` (`ltr` or `rtl`); isolates inside it go."""
    return f"{OPEN[direction]}{bare(text)}{PDI}"


def bare(text: str) -> str:
    """The text without isolates."""
    return _MARKS.sub("", text)


def harmless(text: str) -> str:
    """A text without overrides and embeddings of direction, which could turn round what stands beside it.

    The isolates that this module makes stay.
    """
    return _STRAY.sub("", text)


def has_letters(text: str) -> bool:
    """Whether a letter of any script is in it, so that it is words and not a number or a sign."""
    return bool(_LETTER.search(text))


def has_rtl_letters(text: str) -> bool:
    """Whether a letter of a right-to-left script is in it (digits of such scripts are none)."""
    return bool(_RTL_LETTER.search(text))


def runs(text: str) -> Iterator[tuple[str, str | None]]:
    """The parts of a text in their order: (part, direction of its isolate, or None for text outside of any)."""
    for part in re.split("([\u2066\u2067][^\u2069]*\u2069)", text):
        if part and part[0] in DIRECTION and part[-1] == PDI:
            yield bare(part), DIRECTION[part[0]]
        elif bare(part):
            yield bare(part), None
