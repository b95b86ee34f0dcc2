"""Delivered files into plain columns: SPSS, Stata, csv and fixed width, with what each file says of itself.

Texts stay texts and numbers numbers; values that a file declares missing stay visible.
"""

import csv
import hashlib
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.csv
import pyreadstat

from lfs.harmonise.encodings import DETECT, encoding_of, known, text_of
from lfs.metadata import SurveyError
from lfs.metadata.crosswalk import Band, code_text
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
_STATA_BEFORE_117 = range(104, 117)


@dataclass(frozen=True)
class Missing:
    """Values of a column that the file itself declares missing."""

    codes: frozenset[str] = frozenset()
    ranges: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """One file as delivered.

    `columns` names all its columns; `rows` holds those that were asked for, texts (str) and numbers. Stata's extended
    missing values are ".a" to ".z".
    """

    path: Path
    columns: tuple[str, ...]
    rows: pd.DataFrame
    encoding: str
    sha256: str
    missing: dict[str, Missing] = field(default_factory=dict)


def read_delivery(
    path: Path, how: FileFormat, needed: Collection[str] | None = None, sha256: str = "", layout: Path | None = None
) -> Delivery:
    """The `needed` columns (by default all) of a delivered file, every row of it.

    A column that the file lacks is left out. `sha256` is the declared checksum, or empty; `layout` the table of columns
    of a file of fixed width. Raises SurveyError, one line, where the file is missing, empty, cut short, or of another
    format, encoding or checksum than declared.
    """
    found = _checksum(path, how, sha256)
    match how.format:
        case "sav" | "zsav" | "dta":
            delivery = _read_statistical(path, how, needed, found)
        case "csv":
            delivery = _read_csv(path, how, needed, found)
        case "fixed":
            delivery = _read_fixed(path, how, needed, layout, found)
    if not len(delivery.rows):
        raise SurveyError(f"{shown(path)}: holds no rows.")
    return delivery


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


def read_labels(path: Path, how: FileFormat, encoding: str) -> tuple[dict[str, str], dict[str, dict[object, str]]]:
    """Labels of the columns, and of the codes of each column, as an SPSS or Stata file holds them; a csv has none."""
    if how.format == "csv":
        return {}, {}
    _, about = _pyreadstat(path, how, encoding, metadataonly=True)
    codes = about.variable_value_labels
    if how.format == "dta":
        codes = {
            name: {f".{code}" if isinstance(code, str) else code: text for code, text in labels.items()}
            for name, labels in codes.items()
        }
    return about.column_names_to_labels, codes


def _checksum(path: Path, how: FileFormat, declared: str) -> str:
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
    return found


def _misnamed(format: str, beginning: bytes) -> str:
    """What is wrong with the beginning of a file of this format; nothing where it fits."""
    if format in _EXPECTED and beginning.startswith(_EXPECTED[format]):
        return ""
    old_stata = beginning[0] in _STATA_BEFORE_117 and beginning[1:2] in (b"\x01", b"\x02") and beginning[2:3] == b"\x01"
    if old_stata:
        return "" if format == "dta" else "it begins like a Stata .dta file"
    for begins, kind in _BEGINNINGS.items():
        if beginning.startswith(begins) and not (format in ("csv", "fixed") and begins == b"<"):
            return f"it begins like {kind}"
    is_text = b"\x00" not in beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    if format in ("csv", "fixed"):
        return "" if is_text else "it is no text"
    return "it begins like a text file" if is_text else "it does not begin like one"


def _folded(path: Path, names: Iterable[str], how: FileFormat) -> dict[str, str]:
    """Name of each column in the case the office asked for: its name in the file."""
    fold = {"lower": str.lower, "upper": str.upper}.get(how.columns or "as_is", str)
    folded: dict[str, str] = {}
    for name in names:
        if fold(name) in folded:
            raise SurveyError(f"{shown(path)}: two columns are called {fold(name)}.")
        folded[fold(name)] = name
    return folded


def _chosen(folded: dict[str, str], needed: Collection[str] | None) -> dict[str, str]:
    """The needed columns only; those that the file lacks are left out."""
    return folded if needed is None else {name: folded[name] for name in folded if name in set(needed)}


def _read_statistical(path: Path, how: FileFormat, needed: Collection[str] | None, sha256: str) -> Delivery:
    encoding = _statistical_encoding(path, how)
    _, about = _pyreadstat(path, how, encoding, metadataonly=True)
    folded = _folded(path, about.column_names, how)
    chosen = _chosen(folded, needed)
    # Without a single column pyreadstat reads all of them.
    columns = list(chosen.values()) or about.column_names[:1]
    rows, about = _pyreadstat(path, how, encoding, usecols=columns)
    missing = {name: _declared_missing(about, column) for name, column in chosen.items()}
    if how.format == "dta":
        for column, letters in about.missing_user_values.items():
            rows[column] = rows[column].replace({letter: f".{letter}" for letter in letters})
    # Whole numbers beside empty cells arrive as objects, and are numbers all the same.
    rows = pd.DataFrame({name: rows[column].infer_objects() for name, column in chosen.items()}, index=rows.index)
    return Delivery(path, tuple(folded), rows, encoding or about.file_encoding, sha256, missing)


def _declared_missing(about: Any, column: str) -> Missing:
    ends = [(item["lo"], item["hi"]) for item in about.missing_ranges.get(column, [])]
    codes = [code_text(low) for low, high in ends if low == high]
    codes += [f".{letter}" for letter in about.missing_user_values.get(column, [])]
    ranges = tuple((float(low), float(high)) for low, high in ends if low != high)
    return Missing(frozenset(codes), ranges)


def _statistical_encoding(path: Path, how: FileFormat) -> str | None:
    """The encoding to be read with; nothing where the file's own declaration holds."""
    declared = how.encoding
    if how.format == "dta":
        with path.open("rb") as content:
            states_its_own = content.read(1)[0] not in _STATA_BEFORE_117 and _stata_release(path) >= 118
        own = "utf-8" if states_its_own else None
    else:
        own = _spss_encoding(path)
    if declared == DETECT:
        return own or encoding_of(_all_text(path, how))
    if declared is None and own is None:
        raise SurveyError(
            f"{shown(path)}: does not state its encoding. Write `encoding:` (a name, or detect) below `file:`."
        )
    if declared is None:
        return own
    known(path, declared)
    if own and own.lower() in ("utf-8", "utf8") and declared.lower() not in ("utf-8", "utf8"):
        raise SurveyError(f"{shown(path)}: states that it is UTF-8, and `file: encoding:` declares {declared}.")
    return declared


def _stata_release(path: Path) -> int:
    with path.open("rb") as content:
        beginning = content.read(64)
    digits = beginning.partition(b"<release>")[2][:3]
    return int(digits) if digits.isdigit() else 0


def _spss_encoding(path: Path) -> str | None:
    """The encoding that an SPSS file states, by the reader's own reading of its header."""
    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True)
    except (pyreadstat.ReadstatError, UnicodeDecodeError):
        # Labels that do not fit what the header says: the reading with the declared encoding decides.
        return None
    return about.file_encoding


def _all_text(path: Path, how: FileFormat) -> bytes:
    """Every text of a file that does not state its encoding, as the bytes it is."""
    rows, about = _pyreadstat(path, how, "ISO-8859-1")
    texts = [label for label in about.column_labels if label]
    texts += [label for labels in about.variable_value_labels.values() for label in labels.values()]
    for name in rows.columns:
        if not pd.api.types.is_numeric_dtype(rows[name]):
            texts += [text for text in rows[name].unique() if isinstance(text, str)]
    return "\n".join(texts).encode("latin-1", errors="ignore")


def _pyreadstat(path: Path, how: FileFormat, encoding: str | None, **options: Any) -> tuple[pd.DataFrame, Any]:
    read = pyreadstat.read_dta if how.format == "dta" else pyreadstat.read_sav
    try:
        return read(path, encoding=encoding, user_missing=True, disable_datetime_conversion=True, **options)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
        text = str(error)
        if isinstance(error, UnicodeDecodeError) or "convert string" in text or "character set" in text:
            said = f"the declared encoding {how.encoding}" if how.encoding else "the encoding it states"
            raise SurveyError(f"{shown(path)}: its texts do not fit {said}. Mend `file: encoding:`.") from None
        raise SurveyError(f"{shown(path)}: is cut short or damaged ({text[:1].lower()}{text[1:]}).") from None


def _read_csv(path: Path, how: FileFormat, needed: Collection[str] | None, sha256: str) -> Delivery:
    text, encoding = text_of(path, path.read_bytes(), how.encoding)
    delimiter = how.delimiter or ","
    header = [name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=delimiter), [])]
    folded = _folded(path, header, how)
    chosen = _chosen(folded, needed)
    irregular: list[int] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        irregular.append(row.actual_columns)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(text.encode()),
            pyarrow.csv.ReadOptions(use_threads=False, column_names=header, skip_rows=1),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
            pyarrow.csv.ConvertOptions(
                include_columns=list(chosen.values()) or header[:1],
                column_types=dict.fromkeys(header, pyarrow.string()),
                strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowInvalid:
        raise SurveyError(f"{shown(path)}: is no table of {len(header)} columns separated by '{delimiter}'.") from None
    if irregular:
        raise SurveyError(
            f"{shown(path)}: {len(irregular)} rows have {min(irregular)} to {max(irregular)} values and the header "
            f"{len(header)} columns. The file is cut short, or `file: delimiter:` is wrong."
        )
    given = table.to_pandas()
    rows = pd.DataFrame({name: given[column].astype("str") for name, column in chosen.items()}, index=given.index)
    return Delivery(path, tuple(folded), rows, encoding, sha256)


def _read_fixed(
    path: Path, how: FileFormat, needed: Collection[str] | None, layout: Path | None, sha256: str
) -> Delivery:
    places = _layout(path, layout)
    text, encoding = text_of(path, path.read_bytes(), how.encoding)
    lines = pd.Series(text.splitlines(), dtype="str")
    folded = _folded(path, places, how)
    end = max(start + width for start, width in places.values())
    cut = int((lines.str.len() < end).sum())
    if cut and layout is not None:
        raise SurveyError(f"{shown(path)}: {cut} lines are shorter than the {end} characters of {shown(layout)}.")
    columns = {}
    for name, column in _chosen(folded, needed).items():
        start, width = places[column]
        columns[name] = lines.str.slice(start, start + width)
    return Delivery(path, tuple(folded), pd.DataFrame(columns, index=lines.index), encoding, sha256)


def _layout(path: Path, layout: Path | None) -> dict[str, tuple[int, int]]:
    """Start (from 0) and width of each column of a fixed-width file."""
    if layout is None:
        raise SurveyError(
            f"{shown(path)}: a file of fixed width needs `layout:` below `file:`, a csv with column, start, width."
        )
    if not layout.is_file():
        raise SurveyError(f"{shown(layout)} does not exist; it is the layout of {shown(path)}.")
    with layout.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    places: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows, start=2):
        name, start, width = (str(row.get(key) or "").strip() for key in ("column", "start", "width"))
        if not (name and start.isdigit() and width.isdigit() and int(start) and int(width)):
            raise SurveyError(f"{shown(layout)}, line {number}: needs column, start (counted from 1) and width.")
        if name in places:
            raise SurveyError(f"{shown(layout)}, line {number}: column {name} stands twice.")
        places[name] = (int(start) - 1, int(width))
    if not places:
        raise SurveyError(f"{shown(layout)}: names no column.")
    return places
