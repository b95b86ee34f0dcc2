"""One variable out of a delivered file, in the dictionary's vocabulary: nothing is guessed and nothing passed over."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from lfs.harmonise.codes import (
    EMPTY,
    UNKNOWN,
    Coded,
    as_text,
    characters,
    coded_column,
    joined,
    meaning_of_empty,
    meanings_of,
)
from lfs.harmonise.delivery import Missing
from lfs.metadata.crosswalk import Reading, code_text, is_number
from lfs.metadata.offices import categories
from lfs.metadata.variables import NOT_STATED, Variable

LARGEST_EXACT = 2**53
"""Above it a number of a statistical file no longer holds every digit, so it identifies nothing."""


@dataclass
class Answer:
    """A variable as read: its columns (several where it is multiple) and what was met on the way.

    `unknown` holds the number of rows by code; `faults` says in words what else is wrong with the column.
    """

    columns: dict[str, pd.Series]
    unknown: dict[str, int] = field(default_factory=dict)
    outside_range: int = 0
    not_stated: int = 0
    faults: list[str] = field(default_factory=list)


def read_variable(
    name: str,
    reading: Reading,
    variable: Variable,
    rows: pd.DataFrame,
    missing: Mapping[str, Missing],
    function: Callable[[pd.DataFrame], pd.Series] | None = None,
    classification: Collection[str] | None = None,
) -> Answer:
    """The answers to one variable, one value a row of `rows`, in the vocabulary of the dictionary.

    `missing` are the values that the file declares missing, by column; `function` is the office's own for this
    variable; `classification` the codes among which the first two digits of a classified text must be. Categories come
    as text with NA where the file is empty and `not_stated` where it holds a code for no answer; numbers have NaN in
    both cases. Codes without a meaning are not stated in the result and counted in `unknown`.
    """
    if reading.value is not None:
        return _constant(name, reading, variable, rows)
    if variable.type == "multiple" and reading.column is None:
        return _option_columns(name, reading, variable, rows, missing)
    declared = Missing()
    if function is not None:
        coded = coded_column(_made_by(function, reading, rows))
    elif reading.columns is not None:
        coded = coded_column(joined(rows, reading.columns), exact=True)
    else:
        declared = missing.get(reading.needed()[0], declared)
        coded = coded_column(characters(rows[reading.needed()[0]], reading.characters))
    exact = function is None and reading.columns is not None
    if variable.type == "multiple":
        return _letters(name, reading, variable, coded, declared)
    if variable.type in ("integer", "number"):
        return _numbers(name, reading, variable, coded, declared)
    otherwise = _category_of(reading, variable) if categories(variable) else _text_of(classification)
    meanings = meanings_of(coded, reading, declared, otherwise, exact)
    answer = Answer({name: coded.words(meanings, meaning_of_empty(reading))}, unknown=coded.unknown(meanings))
    answer.not_stated = int((answer.columns[name] == NOT_STATED).sum()) - sum(answer.unknown.values())
    lengths = {len(text) for text, meaning in zip(coded.texts, meanings, strict=True) if text == meaning}
    if classification is not None and not coded.is_text and len(lengths) > 1:
        answer.faults.append(
            "the codes are numbers of different lengths, so leading zeros are lost; `characters: [1, 4]` puts them back"
        )
    return answer


def identifiers(
    name: str, reading: Reading, rows: pd.DataFrame, function: Callable[[pd.DataFrame], pd.Series] | None
) -> Answer:
    """A key or a column of the design as text, NA where the file is empty."""
    if reading.value is not None:
        return Answer({name: pd.Series(str(reading.value), index=rows.index, dtype="str")})
    faults = []
    if function is not None:
        text = as_text(_made_by(function, reading, rows))
    elif reading.columns is not None:
        parts = [as_text(rows[column]) for column in reading.columns]
        text = joined(rows, reading.columns).where(pd.concat(parts, axis=1).notna().all(axis=1))
    else:
        text = as_text(characters(rows[reading.needed()[0]], reading.characters))
    for column in reading.needed():
        numbers = [value for value in rows[column].dropna().unique() if not isinstance(value, str)]
        if any(abs(value) > LARGEST_EXACT for value in numbers):
            faults.append(f"column {column} holds numbers above 2^53, which have lost digits; deliver it as text")
        elif any(value % 1 for value in numbers):
            faults.append(f"column {column} holds numbers with decimals, which identify nothing")
    answer = Answer({name: text}, faults=faults)
    if reading.codes is not None:
        coded = coded_column(text)
        meanings = meanings_of(coded, reading, Missing(), lambda code, text: text, reading.columns is not None)
        answer.columns = {name: coded.words(meanings)}
    return answer


def _made_by(function: Callable[[pd.DataFrame], pd.Series], reading: Reading, rows: pd.DataFrame) -> pd.Series:
    made = function(rows[list(reading.needed())])
    if not isinstance(made, pd.Series) or not made.index.equals(rows.index):
        raise ValueError("an office's function returns a Series with a value for each row")
    return made


def _category_of(reading: Reading, variable: Variable) -> Callable[[str, str], Any]:
    """Bands; and where there are neither bands nor codes, what a function of the office returned."""
    known = {*categories(variable), NOT_STATED}

    def category(code: str, text: str) -> Any:
        if reading.bands is not None and is_number(code):
            inside = [name for name, (low, high) in reading.bands.items() if low <= float(code) <= high]
            return inside[0] if inside else UNKNOWN
        return text if reading.codes is None and reading.bands is None and text in known else UNKNOWN

    return category


def _text_of(classification: Collection[str] | None) -> Callable[[str, str], Any]:
    """The text itself, where it or its first two digits are in the classification."""

    def classified(code: str, text: str) -> Any:
        return text if classification is None or text[:2] in classification else UNKNOWN

    return classified


def _numbers(name: str, reading: Reading, variable: Variable, coded: Coded, declared: Missing) -> Answer:
    def number(code: str, text: str) -> Any:
        try:
            # 0.1 x 355 is 35.5 and not 35.50000000000001.
            value = round(float(text) * reading.scale, 10) if reading.scale is not None else float(text)
        except ValueError:
            return UNKNOWN
        # Python takes 1_0 for 10; a file that holds it is damaged.
        plain = np.isfinite(value) and "_" not in text
        return value if plain and (variable.type == "number" or value.is_integer()) else UNKNOWN

    meanings = meanings_of(coded, reading, declared, number, exact=False)
    figures = [value if isinstance(value, int | float) else np.nan for value in meanings]
    empty = meaning_of_empty(reading)
    place = coded.place
    values = np.array([*figures, np.nan if empty is EMPTY or empty == NOT_STATED else empty], dtype=float)[place]
    answer = Answer({}, unknown=coded.unknown(meanings))
    answer.not_stated = int(np.array([value == NOT_STATED for value in meanings] + [empty == NOT_STATED])[place].sum())
    if variable.range is not None:
        outside = (values < variable.range[0]) | (values > variable.range[1])
        answer.outside_range = int(outside.sum())
        values = np.where(outside, np.nan, values)
    column = pd.Series(values, index=coded.index)
    answer.columns = {name: column.astype("Int64") if variable.type == "integer" else column}
    return answer


def _letters(name: str, reading: Reading, variable: Variable, coded: Coded, declared: Missing) -> Answer:
    """A multiple answer as one text, such as "ac", "a,c" or "1 12"."""
    option_of = {code_text(letter): option for option, letter in (reading.options or {}).items() if letter is not None}
    of_one = all(len(letter) == 1 for letter in option_of)

    def chosen(code: str, text: str) -> Any:
        parts = [part for part in re.split(r"[\s,;|/+-]+", text) if part]
        if of_one and len(parts) == 1:
            parts = list(parts[0])
        letters = {code_text(part) for part in parts}
        return frozenset(option_of[letter] for letter in letters) if letters <= set(option_of) else UNKNOWN

    meanings = meanings_of(coded, reading, declared, chosen, exact=False)
    answer = Answer({}, unknown=coded.unknown(meanings))
    for option in variable.options:
        offered = (reading.options or {}).get(option) is not None
        words = [("yes" if option in item else "no") if isinstance(item, frozenset) else item for item in meanings]
        answer.columns[f"{name}_{option}"] = coded.words(words if offered else [EMPTY for _ in words])
    answer.not_stated = coded.rows(meanings, NOT_STATED)
    return answer


def _option_columns(
    name: str, reading: Reading, variable: Variable, rows: pd.DataFrame, missing: Mapping[str, Missing]
) -> Answer:
    """A multiple answer as one column an option; a person whose columns are all empty was not asked."""
    option_column = Variable(kind=variable.kind, type="yes_no", meaning=variable.meaning)
    plain = {code: meaning for code, meaning in (reading.codes or {}).items() if code != ""}
    needed = [column for column in (reading.options or {}).values() if column is not None]
    asked = pd.concat([as_text(rows[column]).notna() for column in needed], axis=1).any(axis=1)
    answer = Answer({})
    any_not_stated = pd.Series(False, index=rows.index)
    for option in variable.options:
        column = (reading.options or {}).get(option)
        label = f"{name}_{option}"
        if column is None:
            answer.columns[label] = pd.Series(None, index=rows.index, dtype="str")
            continue
        one = reading.model_copy(update={"options": None, "column": column, "codes": plain})
        read = read_variable(label, one, option_column, rows, missing)
        values = read.columns[label]
        empty = meaning_of_empty(reading)
        if empty is not EMPTY:
            values = values.mask(values.isna() & asked, empty)
        answer.columns[label] = values
        any_not_stated |= values == NOT_STATED
        for code, count in read.unknown.items():
            answer.unknown[code] = answer.unknown.get(code, 0) + count
    answer.not_stated = int(any_not_stated.sum())
    return answer


def _constant(name: str, reading: Reading, variable: Variable, rows: pd.DataFrame) -> Answer:
    value: Any = reading.value
    if variable.type == "multiple":
        given = value if isinstance(value, tuple) else (str(value),)
        words = {
            option: value if value == NOT_STATED else "yes" if option in given else "no" for option in variable.options
        }
        columns = {f"{name}_{option}": pd.Series(word, index=rows.index, dtype="str") for option, word in words.items()}
        return Answer(columns, not_stated=len(rows) if value == NOT_STATED else 0)
    if variable.type in ("integer", "number"):
        number = pd.Series(float(value), index=rows.index)
        return Answer({name: number.astype("Int64") if variable.type == "integer" else number})
    column = pd.Series(str(value), index=rows.index, dtype="str")
    return Answer({name: column}, not_stated=len(rows) if value == NOT_STATED else 0)
