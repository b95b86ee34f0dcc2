"""The encoding of delivered text: what is declared is tried, what is to be detected is found by a plain rule."""

import codecs
from pathlib import Path

import numpy as np

from lfs.metadata import SurveyError
from lfs.metadata.yaml import shown

DETECT = "detect"


def text_of(path: Path, content: bytes, declared: str | None) -> tuple[str, str]:
    """A text file's content, and the name of its encoding.

    Without a declared encoding the text must be UTF-8. Raises SurveyError where the bytes do not fit.
    """
    name = encoding_of(content) if declared == DETECT else known(path, declared or "utf-8")
    if name.lower().replace("_", "-") in ("utf-8", "utf8"):
        name = "utf-8"
    try:
        return content.decode("utf-8-sig" if name == "utf-8" else name), name
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = f"the declared encoding {declared}" if declared else "UTF-8, and no other encoding is declared for it"
        raise SurveyError(
            f"{shown(path)}: line {line} is not {said}. Mend `file: encoding:` in the office's file."
        ) from None


def encoding_of(content: bytes) -> str:
    """utf-8 or utf-16 where the bytes are that, else windows-1256 or windows-1252.

    Both Windows encodings give a letter to nearly every byte. In Arabic, Kurdish and Persian texts letters beyond ASCII
    follow each other; in Western European texts they mostly stand alone between ASCII letters.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        # A text cut inside its last letter is UTF-8 all the same.
        if error.reason == "unexpected end of data":
            return "utf-8"
    beyond_ascii = np.frombuffer(content, dtype=np.uint8) >= 0x80
    together = np.count_nonzero(beyond_ascii[:-1] & beyond_ascii[1:])
    return "windows-1256" if together * 2 > np.count_nonzero(beyond_ascii) else "windows-1252"


def known(path: Path, name: str) -> str:
    """The name, where there is such an encoding."""
    try:
        codecs.lookup(name)
    except LookupError:
        raise SurveyError(
            f"{shown(path)}: there is no encoding '{name}'. Write utf-8, windows-1256, windows-1252 or detect "
            "as `file: encoding:` in the office's file."
        ) from None
    return name
