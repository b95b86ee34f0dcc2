"""Whether a file is there, whole, and of the format that was declared, by its first and last bytes."""

import hashlib
from pathlib import Path

from lfs.metadata import SurveyError
from lfs.metadata.offices import FileFormat
from lfs.metadata.yaml import shown

_BEGINNINGS = {
    b"$FL2": "an SPSS .sav file",
    b"$FL3": "a compressed SPSS .zsav file",
    b"<stata_dta>": "a Stata .dta file",
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"<": "a web page or XML",
}
_EXPECTED = {"sav": b"$FL2", "zsav": b"$FL3", "dta": b"<stata_dta>"}
_STATA_END = b"</stata_dta>"
STATA_BEFORE_117 = range(104, 117)


def checked_sha256(path: Path, how: FileFormat, declared: str) -> str:
    """SHA-256 of a file that is there, not empty, as declared, and begins as its format does."""
    if not path.is_file():
        raise SurveyError(
            f"{shown(path)} does not exist. Put the delivered file there, or mend its row in config/rounds.csv."
        )
    with path.open("rb") as content:
        beginning = content.read(512)
        content.seek(0)
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if not beginning:
        raise SurveyError(f"{shown(path)} is empty.")
    if declared and declared != found:
        raise SurveyError(
            f"{shown(path)}: its checksum is {found[:12]}..., and config/rounds.csv declares {declared[:12]}... "
            "It is not the file that was declared."
        )
    problem = _misnamed(how.format, beginning)
    if problem:
        raise SurveyError(
            f"{shown(path)}: is declared as {how.format}, but {problem}. Mend `file: format:` or the file."
        )
    if beginning.startswith(_EXPECTED["dta"]) and not _ends(path, _STATA_END):
        raise SurveyError(f"{shown(path)}: is cut short or damaged (its end is missing).")
    return found


def format_of(path: Path) -> str:
    """sav, zsav, dta or csv, by how the file begins. Raises SurveyError where it begins like none of them."""
    if not path.is_file():
        raise SurveyError(f"{shown(path)} does not exist.")
    with path.open("rb") as content:
        beginning = content.read(512)
    if not beginning:
        raise SurveyError(f"{shown(path)} is empty.")
    fitting = [format for format in ("sav", "zsav", "dta", "csv") if not _misnamed(format, beginning)]
    if not fitting:
        raise SurveyError(f"{shown(path)}: {_misnamed('csv', beginning)}; it must be .sav, .zsav, .dta or .csv.")
    return fitting[0]


def _ends(path: Path, end: bytes) -> bool:
    with path.open("rb") as content:
        content.seek(max(0, path.stat().st_size - len(end)))
        return content.read() == end


def _misnamed(format: str, beginning: bytes) -> str:
    """What is wrong with the beginning of a file of this format; nothing where it fits."""
    if format in _EXPECTED and beginning.startswith(_EXPECTED[format]):
        return ""
    old_stata = beginning[0] in STATA_BEFORE_117 and beginning[1:2] in (b"\x01", b"\x02") and beginning[2:3] == b"\x01"
    if old_stata:
        return "" if format == "dta" else "it begins like a Stata .dta file"
    for begins, kind in _BEGINNINGS.items():
        if beginning.startswith(begins) and not (format in ("csv", "fixed") and begins == b"<"):
            return f"it begins like {kind}"
    is_text = b"\x00" not in beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    if format in ("csv", "fixed"):
        return "" if is_text else "it is no text"
    return "it begins like a text file" if is_text else "it does not begin like one"
