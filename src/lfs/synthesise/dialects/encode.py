"""The invented people's answers in an office's own codes: one column of its file after the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from lfs.metadata import SurveyError
from lfs.synthesise.dialects.codebook import NOT_STATED, Codebook, Question

NO_ANSWER = -1
"""What a number of the invented people reads where it was asked and not answered."""

DIGIT_OF_SETTING = {"U": "1", "R": "2", "C": "3"}


@dataclass(frozen=True)
class Column:
    """One column of an office's file. Empty values are NaN for numbers and codes, "" for text.

    `kind` is code, number or text; `format` is the display format of a number, `width` the width of a text.
    """

    name: str
    label: str
    values: pd.Series
    kind: str
    value_labels: Mapping[Any, str] = field(default_factory=dict)
    no_answer: tuple[int | str, ...] = ()
    format: str = ""
    width: int = 0


def rows(persons: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    """Persons, and one row for each selected household without a complete interview: all its answers are empty."""
    silent = households[households["result"] != "complete"]
    together = pd.concat([persons.assign(result="complete"), silent], ignore_index=True)
    order = ["stratum", "psu", "household_number", "line"]
    return together.sort_values(order, kind="stable", ignore_index=True)


def columns(codebook: Codebook, frame: pd.DataFrame) -> list[Column]:
    """`frame` (the dictionary's vocabulary, one round) as the columns of the office's file, in the file's order.

    Raises SurveyError where the codebook has no code for a category of `frame`.
    """
    frame = frame.assign(
        stratum=_numbered(codebook, frame["stratum"], frame["governorate"]),
        psu=_numbered(codebook, frame["psu"], frame["governorate"]),
        household=frame["household_number"].astype(int).astype(str),
    )
    questions = codebook.at(str(frame["round"].iloc[0]))
    return [column for variable, question in questions.items() for column in _columns(variable, question, frame)]


def _numbered(codebook: Codebook, identifiers: pd.Series, governorate: pd.Series) -> pd.Series:
    """Identifiers as the office numbers them: its own governorate number, then digits for what were letters.

    The two offices' governorate numbers overlap, and so do their strata and PSUs: the same number is two places.
    """
    own = {name: str(codebook.code("governorate", name)) for name in governorate.unique()}
    rest = identifiers.astype(str).str[2:]
    for letter, digit in DIGIT_OF_SETTING.items():
        rest = rest.str.replace(letter, digit, regex=False)
    return governorate.astype(str).map(own) + rest


def _columns(variable: str, question: Question, frame: pd.DataFrame) -> Iterator[Column]:
    source = question.frame or variable
    if question.columns_by:
        yield from _numbers_by(question, frame[source], frame[question.columns_by])
    elif question.number:
        yield _number(question.column, question, frame[source])
    elif question.text:
        yield _text(question, frame[source])
    elif question.letters:
        chosen = {option: frame[f"{variable}_{option}"] for option in question.letters if option != NOT_STATED}
        yield _letters(question, chosen)
    elif question.options:
        for option, column in question.options.items():
            for name, words in column.items():
                yield _coded(name, f"{question.label}: {words}", question.answers, frame[f"{variable}_{option}"])
    else:
        yield _coded(question.column, question.label, question.answers, frame[source])
        if question.other_text:
            yield _other_text(question, frame[source])


def _coded(name: str, label: str, answers: Mapping[str, Mapping[int, str]], values: pd.Series) -> Column:
    """A closed question: the code of each category; where it has several, the rows take turns."""
    place = pd.Index(list(answers), dtype=object).get_indexer(pd.Index(values.astype(object)))
    unknown = values[(place < 0) & values.notna().to_numpy()].unique()
    if len(unknown):
        raise SurveyError(f"column {name} of the invented survey: its codebook has no code for {', '.join(unknown)}")
    raw = np.full(len(values), np.nan)
    for position, codes in enumerate(answers.values()):
        here = place == position
        raw[here] = _in_turn(codes, here)
    labels = {code: words for codes in answers.values() for code, words in codes.items()}
    return Column(name, label, pd.Series(raw), "code", labels, tuple(answers.get(NOT_STATED, ())))


def _number(name: str, question: Question, values: pd.Series) -> Column:
    """A number in the office's unit, with the codes of no answer in turn.

    Digits after the ninth decimal are noise of the change of unit, except in probabilities and weights (factor 1).
    """
    silent = (values.isin([NO_ANSWER, str(NO_ANSWER), NOT_STATED])).to_numpy()
    numbers = pd.to_numeric(values.astype(object).where(~silent, np.nan)).to_numpy(float, copy=True)
    if question.factor != 1:
        numbers = np.round(numbers * question.factor, 9)
    if silent.any() and not question.not_stated:
        raise SurveyError(f"column {name} of the invented survey: its codebook has no code for no answer")
    numbers[silent] = _in_turn(question.not_stated, silent)
    missing = tuple(question.not_stated)
    return Column(name, question.label, pd.Series(numbers), "number", question.not_stated, missing, question.number)


def _numbers_by(question: Question, values: pd.Series, by: pd.Series) -> Iterator[Column]:
    """One number column for each category of another variable, filled where the person is in that category."""
    for category, column in question.options.items():
        for name, words in column.items():
            number = _number(name, question, values.where(by == category))
            labelled = f"{question.label}: {words}"
            yield Column(name, labelled, number.values, "number", number.value_labels, number.no_answer, number.format)


def _text(question: Question, values: pd.Series) -> Column:
    """Text of a fixed width, filled with zeros on the left."""
    silent = (values == NOT_STATED).to_numpy(bool, na_value=False)
    text = values.astype("str").str.zfill(question.text).astype(object).where(values.notna(), "")
    if silent.any():
        text[silent] = _in_turn(question.not_stated, silent)
    labels, missing = question.not_stated, tuple(question.not_stated)
    return Column(question.column, question.label, text, "text", labels, missing, width=question.text)


def _letters(question: Question, chosen: Mapping[str, pd.Series]) -> Column:
    """Several answers in one text, a letter each; the letter of no answer stands alone."""
    letter = {option: next(iter(pair)) for option, pair in question.letters.items()}
    frame = pd.DataFrame(chosen)
    codes = np.full(len(frame), "", dtype=object)
    for option, values in frame.items():
        codes = codes + np.where((values == "yes").to_numpy(bool, na_value=False), letter[str(option)], "")
    silent = (frame == NOT_STATED).any(axis=1).to_numpy(bool)
    codes = np.where(silent, letter[NOT_STATED], codes)
    labels = {code: words for pair in question.letters.values() for code, words in pair.items()}
    text = pd.Series(codes, dtype=object)
    return Column(question.column, question.label, text, "text", labels, (letter[NOT_STATED],), width=len(labels) - 1)


def _other_text(question: Question, values: pd.Series) -> Column:
    """Invented words where the answer was `other`, empty elsewhere."""
    assert question.other_text is not None
    asked = (values == "other").to_numpy(bool, na_value=False)
    text = pd.Series("", index=values.index, dtype=object)
    text[asked] = _in_turn(question.other_text.words, asked)
    width = max(len(words.encode()) for words in question.other_text.words)
    return Column(question.other_text.column, question.other_text.label, text, "text", width=width)


def _in_turn(items: Iterable[int | str], where: np.ndarray) -> np.ndarray:
    """The items one after the other, over the rows that `where` marks: the same for the same rows each time."""
    choices: Sequence[int | str] = list(items)
    return np.array(choices, dtype=object)[np.arange(int(where.sum())) % len(choices)] if where.any() else np.array([])
