"""SPSS and Stata files: values that the file declares missing stay visible, encodings are never taken in silence."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from lfs.harmonise.delivery import Delivery, Missing, chosen_names, folded_names
from lfs.harmonise.encodings import DETECT, encoding_of, known
from lfs.harmonise.formats import STATA_BEFORE_117
from lfs.metadata import SurveyError
from lfs.metadata.crosswalk import code_text
from lfs.metadata.offices import FileFormat
from lfs.metadata.yaml import shown


def read_statistical(path: Path, how: FileFormat, needed: Collection[str] | None, sha256: str) -> Delivery:
    """The needed columns of an SPSS or Stata file, and the values that it declares missing.

    Raises SurveyError where the file is damaged, or its encoding is neither stated nor declared or does not fit.
    """
    encoding = _statistical_encoding(path, how)
    _, about = _pyreadstat(path, how, encoding, metadataonly=True)
    folded = folded_names(path, about.column_names, how)
    chosen = chosen_names(folded, needed)
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
            is_old = content.read(1)[0] in STATA_BEFORE_117
        own = None if is_old or _stata_release(path) < 118 else "utf-8"
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
    """The encoding that an SPSS file states; nothing where its own labels do not fit it."""
    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True)
    except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        if _is_of_encoding(error):
            return None
        raise _damaged(path, str(error)) from None
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
        if _is_of_encoding(error):
            said = f"the declared encoding {how.encoding}" if how.encoding else "the encoding it states"
            raise SurveyError(f"{shown(path)}: its texts do not fit {said}. Mend `file: encoding:`.") from None
        raise _damaged(path, str(error)) from None


def _is_of_encoding(error: Exception) -> bool:
    text = str(error)
    return isinstance(error, UnicodeDecodeError) or "convert string" in text or "character set" in text


def _damaged(path: Path, said: str) -> SurveyError:
    return SurveyError(f"{shown(path)}: is cut short or damaged ({said[:1].lower()}{said[1:]}).")


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
