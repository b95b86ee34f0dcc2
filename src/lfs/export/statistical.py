"""`people` as numbers with labels, and as .sav or .dta."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from lfs.metadata import Survey, SurveyError
from lfs.metadata.variables import NOT_STATED, Variable

LONGEST_NAME = {".sav": 64, ".dta": 28}
"""Letters of a variable's name that the format holds; of Stata's 32 pyreadstat needs four to name its labels."""
LONGEST_TITLE = {".sav": 64, ".dta": 80}
LONGEST_LABEL = {".sav": 255, ".dta": 80}
YES_NO = {"no": 0, "yes": 1}


@dataclass(frozen=True)
class Exported:
    """The columns of `people` as numbers: what each is called, what its numbers mean, and which means not stated."""

    table: pd.DataFrame
    labels: dict[str, str]
    values: dict[str, dict[int, str]]
    not_stated: dict[str, int]


def exported(people: pd.DataFrame, survey: Survey, labels: Mapping[str, Any]) -> Exported:
    """`people` for statistical packages: categories become 1, 2, 3 ... in the dictionary's order, no 0 and yes 1.

    Who gave no answer has the number after the last (9, 99 ... where that is free); who was not asked has none.
    `labels` are the words of a language: a name or category without a word is called by its code. Raises SurveyError
    where a column holds a code that the dictionary does not have.
    """
    table: dict[str, pd.Series] = {}
    values: dict[str, dict[int, str]] = {}
    not_stated: dict[str, int] = {}
    named = {str(name): _label(str(name), survey.variables, labels) for name in people}
    for name in map(str, people):
        column = people[name]
        declared = _declared(name, survey.variables)
        if pd.api.types.is_bool_dtype(column.dtype):
            table[name] = column.astype("Int64")
            values[name] = {number: _answer(code, labels) for code, number in YES_NO.items()}
        elif declared is not None and (declared.codes() or declared.options) and not _is_number(column):
            numbers = _numbers(declared)
            unknown = set(column.dropna().unique()) - {*numbers, NOT_STATED}
            if unknown:
                raise SurveyError(f"people: {name} holds '{min(unknown)}', which the dictionary does not have")
            missing = _missing(numbers)
            table[name] = column.map(numbers | {NOT_STATED: missing}).astype("Int64")
            values[name] = {number: _category(name, code, labels) for code, number in numbers.items()}
            if (column == NOT_STATED).any():
                values[name][missing] = labels.get("not_stated", NOT_STATED)
                not_stated[name] = missing
        else:
            table[name] = column
    return Exported(pd.DataFrame(table), named, values, not_stated)


def title_of(people: pd.DataFrame, survey: Survey, labels: Mapping[str, Any]) -> str:
    """What the file says it is, wherever it is carried: rounds, whether they are invented, that they are not for
    publication, and of which survey; formats cut what is too long from the end."""
    rounds = list(people["round"].unique()) if "round" in people else []
    invented = any(row.synthetic for row in survey.rounds if row.round in rounds)
    parts = [
        ", ".join(rounds),
        labels.get("invented", {}).get("mark", "Invented data") if invented else "",
        labels.get("exchange", {}).get("microdata", "Not for publication"),
        labels.get("survey", {}).get("title", ""),
    ]
    return ". ".join(part for part in parts if part)


def write_statistical(made: Exported, path: Path, form: str, title: str) -> None:
    """Writes the file; `form` is .sav, where not stated is a missing value, or .dta, where it is a labelled number.

    (Stata's extended missing values cannot be written reliably: pyreadstat takes a column whose first hundred answers
    are all missing for text. There `mvdecode` makes them missing.) Raises SurveyError for another form.
    """
    if form not in LONGEST_NAME:
        raise SurveyError(f"{path.name}: people are exported as .sav or .dta, not as '{form}'")
    short = _names(made.table.columns, LONGEST_NAME[form])
    table = _plain(made.table).rename(columns=short)
    told: dict[str, Any] = {
        "file_label": title[: LONGEST_TITLE[form]],
        "column_labels": [made.labels[str(name)][: LONGEST_LABEL[form]] for name in made.table],
        "variable_value_labels": {short[name]: values for name, values in made.values.items()},
    }
    if form == ".sav":
        missing: Any = {short[name]: [number] for name, number in made.not_stated.items()}
        pyreadstat.write_sav(table, path, missing_ranges=missing, **told)
    else:
        pyreadstat.write_dta(table, path, **told)


def _declared(name: str, variables: Mapping[str, Variable]) -> Variable | None:
    """The variable of a column: its own, that of the option of a multiple one, or that of a standard's column."""
    if name in variables:
        return variables[name]
    for base, declared in variables.items():
        if name in {f"{base}_{each}" for each in (*declared.options, *declared.standards)}:
            return declared
    return None


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column.dtype)


def _numbers(declared: Variable) -> dict[str, int]:
    if declared.answers():
        return YES_NO
    return {code: number for number, code in enumerate(declared.codes(), 1)}


def _missing(numbers: Mapping[str, int]) -> int:
    """9, 99 or 999: the first that is above every category."""
    return next(code for code in (9, 99, 999, 9999) if code > max(numbers.values()))


def _label(name: str, variables: Mapping[str, Variable], labels: Mapping[str, Any]) -> str:
    words = labels.get("variables", {})
    if name in words:
        return str(words[name].get("name", name))
    for base, told in words.items():
        option = name.removeprefix(f"{base}_")
        if option in told.get("options", {}):
            return f"{told['name']}: {told['options'][option]}"
    declared = variables.get(name)
    return declared.meaning if declared is not None else name


def _category(name: str, code: str, labels: Mapping[str, Any]) -> str:
    if code in YES_NO:
        return _answer(code, labels)
    return str(labels.get("variables", {}).get(name, {}).get("categories", {}).get(code, code))


def _answer(code: str, labels: Mapping[str, Any]) -> str:
    return str(labels.get("answers", {}).get(code, code))


def _names(columns: pd.Index, longest: int) -> dict[str, str]:
    """Names cut to what the format holds, each still its own."""
    found: dict[str, str] = {}
    for name in columns:
        short, number = name[:longest], 1
        while short in found.values():
            number += 1
            short = f"{name[: longest - len(str(number)) - 1]}_{number}"
        found[name] = short
    return found


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers as floats with nothing where there is none, text as text."""
    made = {}
    for name, column in table.items():
        if _is_number(column):
            made[name] = column.astype("float64")
        else:
            made[name] = column.astype("object").where(column.notna(), "").astype("str").astype("object")
    return pd.DataFrame(made)
