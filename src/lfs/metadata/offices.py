"""Offices: how their files are read, their sample design, and their answer for every variable asked."""

import ast
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from lfs.metadata.crosswalk import NOT_APPLICABLE, Entry, Reading, Text, changes_until, code_text, is_number
from lfs.metadata.errors import SurveyError
from lfs.metadata.variables import NOT_STATED, Variable
from lfs.metadata.yaml import Declared, Source, nearest, read_source, shown, validate

RESULTS = ("complete", "partial", "refused", "absent", "vacant", "not_eligible", "other")
"""What came of an interview. Persons of complete interviews go on; the others are counted as response."""

Tolerated = Literal[
    "zero_weight", "missing_weight", "out_of_range", "unknown_code", "psu_in_two_strata", "shared_governorate"
]


class FileChange(Declared):
    """What a round may change in how a file is read."""

    format: Literal["sav", "zsav", "dta", "csv", "fixed"] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    layout: str | None = None
    columns: Literal["lower", "upper", "as_is"] | None = None


class FileFormat(FileChange):
    """How an office's file is read.

    `encoding` is a name, or `detect`: the one found is reported in the quality table. Without it the file's own
    declaration holds, and a text file must be UTF-8. `delimiter` is for csv (a comma unless said), `layout` for fixed:
    a csv in the survey folder with the columns column, start (from 1) and width. `columns` folds the case of column
    names; the crosswalk is then written in that case.
    """

    format: Literal["sav", "zsav", "dta", "csv", "fixed"]
    since: dict[Text, FileChange] = Field(default_factory=dict)

    def at(self, round: str, order: Sequence[str]) -> "FileFormat":
        """How the file of `round` is read; `order` names every round of the survey, oldest first."""
        keys = {name: getattr(self, name) for name in FileChange.model_fields}
        for change in changes_until(self.since, round, order):
            keys |= {name: getattr(change, name) for name in change.model_fields_set}
        return FileFormat(**keys)


class Design(Declared):
    """Keys of the rows, columns of the sample design, and the result of the interview where the file holds it."""

    stratum: Entry
    psu: Entry
    household: Entry
    line: Entry
    weight: Entry
    probability_psu: Entry
    probability_household: Entry
    result: Entry = Entry(unavailable="the file holds complete interviews only")

    def entries(self) -> dict[str, Entry]:
        """Entries by the name of the design variable."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class ReplicateColumns(Declared):
    """The columns of an office's own replicate weights: prefix and number, from 1, with at least so many digits."""

    prefix: Text
    digits: int = Field(default=1, ge=1, le=6)

    def names(self, count: int) -> list[str]:
        return [f"{self.prefix}{number:0{self.digits}d}" for number in range(1, count + 1)]

    def found(self, columns: Sequence[str]) -> int:
        """How many columns of a file are such."""
        pattern = re.compile(re.escape(self.prefix) + rf"\d{{{self.digits},}}")
        return sum(pattern.fullmatch(name) is not None for name in columns)


class Office(Declared):
    """One office.

    `replicate_weights` are read where config.yaml declares that replicates are delivered. `first_round` and
    `last_round`, where they are given: before and after them the office had no survey, so that nothing of other rounds
    misses its people.
    `tolerate` lists what is counted and gone on with instead of stopping the run: rows of zero or missing weight are
    dropped; values out of range and unknown codes become not stated; PSUs in two strata, and a governorate that another
    office delivers too, stay as they are.
    `not_asked`: by reason, questions that the form does not have, such as those of a module; the same as `unavailable:`
    with that reason under the name of each.
    """

    office: str
    file: FileFormat
    design: Design
    variables: dict[str, Entry]
    not_asked: dict[Text, tuple[str, ...]] = Field(default_factory=dict)
    tolerate: tuple[Tolerated, ...] = ()
    replicate_weights: ReplicateColumns | None = None
    first_round: Text | None = None
    last_round: Text | None = None

    def due_in(self, round: str, order: Sequence[str]) -> bool:
        """Whether the office has a survey in `round`; `order` names every round, oldest first."""
        place = order.index(round)
        begins = order.index(self.first_round) if self.first_round in order else 0
        ends = order.index(self.last_round) if self.last_round in order else len(order)
        return begins <= place <= ends


def read_offices(folder: Path, variables: Mapping[str, Variable], order: Sequence[str]) -> dict[str, Office]:
    """Every office of `folder` (config/offices) by name, checked against the dictionary and the rounds.

    `order` names the rounds of the survey, oldest first.
    Raises SurveyError with all problems of all files.
    """
    offices: dict[str, Office] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            source = read_source(path)
            declared = validate(source, Office)
            problems += _named_twice(declared, source)
            office = _with_not_asked(declared)
            problems += _problems(office, source, variables, order)
            offices[office.office] = office
        except SurveyError as error:
            problems += error.problems
    if problems:
        raise SurveyError(*problems)
    return offices


def _with_not_asked(office: Office) -> Office:
    """The office with an entry for each question that its form does not have."""
    lacking = {name: Entry(unavailable=reason) for reason, names in office.not_asked.items() for name in names}
    return office.model_copy(update={"variables": lacking | office.variables})


def _named_twice(office: Office, source: Source) -> Iterator[str]:
    listed = [(reason, name) for reason, names in office.not_asked.items() for name in names]
    for place, (reason, name) in enumerate(listed):
        if name in office.variables or name in [each for _, each in listed[:place]]:
            yield f"{source.at('not_asked', reason)}: '{name}' is answered for twice; take one of them out"


def office_functions(path: Path) -> tuple[str, ...]:
    """Names of the functions in an office's .py file: each the variable that it makes. Nothing is run here."""
    if not path.is_file():
        return ()
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (SyntaxError, UnicodeDecodeError) as error:
        raise SurveyError(f"{shown(path)}: is not valid Python ({error})") from None
    return tuple(item.name for item in body if isinstance(item, ast.FunctionDef) and not item.name.startswith("_"))


def _problems(office: Office, source: Source, variables: Mapping[str, Variable], order: Sequence[str]) -> Iterator[str]:
    if office.office != source.path.stem:
        yield f"{source.at('office')}: office is '{office.office}', but the file is named {source.path.name}"
    first, last = office.first_round, office.last_round
    for named, end in (("first_round", first), ("last_round", last)):
        if end is not None and end not in order:
            yield f"{source.at(named)}: rounds.csv has no round '{end}'{nearest(end, order)}"
    if first in order and last in order and order.index(first) > order.index(last):
        yield f"{source.at('last_round')}: the office's last round stands before its first in rounds.csv"
    functions = office_functions(source.path.with_suffix(".py"))
    entries = {("design", name): entry for name, entry in office.design.entries().items()}
    entries |= {("variables", name): entry for name, entry in office.variables.items()}
    mappable = [name for name, variable in variables.items() if variable.kind in ("asked", "universe", "derived")]
    for name in functions:
        if name not in office.variables and name not in office.design.entries():
            where = shown(source.path.with_suffix(".py"))
            yield f"{where}: function '{name}' is named after no variable{nearest(name, [key for _, key in entries])}"
    for name in office.variables:
        if name not in mappable:
            yield f"{source.at('variables', name)}: no asked or derived variable '{name}'{nearest(name, mappable)}"
    for name, variable in variables.items():
        if variable.kind == "asked" and name not in office.variables:
            yield (
                f"{source.at('variables')}: variable '{name}' is not answered for; map it, "
                f"or write `{name}: {{unavailable: the reason}}`"
            )
    changes = {("file",): office.file.since} | {key: entry.since for key, entry in entries.items()}
    for key, since in changes.items():
        for name in since:
            if name not in order:
                yield (
                    f"{source.at(*key, 'since', name)}: {key[-1]}: rounds.csv has no round '{name}', since which this "
                    f"changed; add its row, or take the change out{nearest(name, order)}"
                )
    for (part, name), entry in entries.items():
        if part == "variables" and name not in mappable:
            continue
        where = source.at(part, name)
        seen: set[str] = set()
        for round in [order[0], *(since for since in order[1:] if since in entry.since)] if order else []:
            reading = entry.at(round, order)
            found = _design_problems(name, reading) if part == "design" else []
            found += _reading_problems(reading, _target(name, variables, part), name in functions)
            yield from (f"{where}: {name}: {text}" for text in found if text not in seen)
            seen |= set(found)


def _target(name: str, variables: Mapping[str, Variable], part: str) -> Variable:
    """What is to be read, as the dictionary has it; `result` is in no dictionary, it never reaches `people`."""
    if part == "design" and name == "result":
        return Variable(kind="design", type="category", categories=RESULTS, meaning="result of the interview")
    return variables[name]


def _design_problems(name: str, reading: Reading) -> list[str]:
    problems = []
    if name == "weight" and reading.unavailable is not None:
        problems.append("every row needs a weight; where all weigh the same write `value: 1`")
    if name != "result" and (reading.not_stated or NOT_APPLICABLE in (reading.codes or {}).values()):
        problems.append("a key or a column of the design cannot be not stated")
    return problems


def _reading_problems(reading: Reading, variable: Variable, has_function: bool) -> list[str]:
    standing = [key for key in ("column", "columns", "value", "unavailable") if getattr(reading, key) is not None]
    if reading.options is not None and not standing:
        standing = ["options"]
    if len(standing) != 1:
        given = f"it says {' and '.join(standing)}" if standing else "it says nothing"
        return [f"say exactly one of column, columns, value, unavailable (or options with a column each); {given}"]
    others = sorted(reading.model_fields_set - {standing[0], "since"})
    if standing[0] in ("value", "unavailable") and others:
        return [f"{standing[0]} stands alone, without {', '.join(others)}"]
    if standing[0] == "unavailable":
        return [] if (reading.unavailable or "").strip() else ["unavailable needs a reason"]
    if standing[0] == "value":
        return _value_problems(reading, variable)
    return [*_kind_problems(reading, variable, has_function), *_code_problems(reading, variable)]


def _value_problems(reading: Reading, variable: Variable) -> list[str]:
    given = reading.value if isinstance(reading.value, tuple) else (str(reading.value),)
    if isinstance(reading.value, tuple) and variable.type != "multiple":
        return ["only a multiple variable can have several values"]
    known = variable.options or categories(variable)
    bad = [item for item in given if known and item not in (*known, NOT_STATED)]
    if variable.type in ("integer", "number") and not is_number(code_text(given[0])):
        bad = [given[0]]
    return [f"value '{item}' is not in the dictionary{nearest(item, known)}" for item in bad]


def _kind_problems(reading: Reading, variable: Variable, has_function: bool) -> list[str]:
    """Keys that do not go together, or not with the type of the variable."""
    problems = []
    numeric = variable.type in ("integer", "number")
    if reading.characters and (reading.column is None or reading.characters[0] > reading.characters[1]):
        problems.append("characters is [first, last], of one column")
    if reading.scale is not None and not numeric:
        problems.append(f"scale is for numbers, and the dictionary says {variable.type}")
    if reading.columns is not None and numeric and not has_function:
        problems.append("columns cannot be joined to a number; a function of the office can make one of them")
    if (reading.options is not None) != (variable.type == "multiple"):
        problems.append("options are for, and needed by, a variable of type multiple")
    if reading.bands is not None and not (variable.type == "category" and variable.kind != "design"):
        problems.append("bands are for categories")
    if variable.type == "multiple" and reading.options is not None:
        problems += [
            f"option '{option}' is not answered for; write null where the form does not offer it"
            for option in variable.options
            if option not in reading.options
        ]
        problems += [
            f"'{option}' is no option{nearest(option, variable.options)}"
            for option in reading.options
            if option not in variable.options
        ]
        if (reading.column is None) != (reading.codes is not None):
            problems.append("options are letters of one column, or a column each with codes for yes and no")
    elif categories(variable) and not (reading.codes or reading.bands or has_function):
        problems.append("codes are needed (or bands, or a function of the office)")
    return problems


def _code_problems(reading: Reading, variable: Variable) -> list[str]:
    """Codes or bands with two meanings, or with a meaning that the dictionary does not have."""
    compare = str if reading.columns is not None else code_text
    listed = [compare(code) for code in [*(reading.codes or {}), *reading.not_stated_codes()]]
    if reading.column is not None and reading.options is not None:
        listed += [compare(letter) for letter in reading.options.values() if letter is not None]
    twice = {code for code in listed if listed.count(code) > 1} | {
        code
        for code in (compare(code) for code in reading.codes or {})
        if is_number(code) and any(low <= float(code) <= high for low, high in reading.not_stated_ranges())
    }
    problems = [f"code {code or 'empty'} is listed twice (codes, not_stated)" for code in sorted(twice)]
    if "" in map(compare, reading.not_stated_codes()):
        problems.append("an empty value is not stated by itself where the variable's universe says so; do not list it")
    known = categories(variable)
    for meaning in dict.fromkeys([*(reading.codes or {}).values(), *(reading.bands or {})]):
        if known and str(meaning) not in (*known, NOT_APPLICABLE):
            problems.append(f"'{meaning}' is not in the dictionary{nearest(meaning, known)}")
        elif variable.type in ("integer", "number") and isinstance(meaning, str) and meaning != NOT_APPLICABLE:
            problems.append(f"'{meaning}' is not a number")
    bands = sorted((reading.bands or {}).values())
    if any(later[0] <= earlier[1] for earlier, later in itertools.pairwise(bands)):
        problems.append("two bands share a value")
    return problems


def categories(variable: Variable) -> tuple[str, ...]:
    """What a code can mean: categories, or yes and no; empty for numbers and texts."""
    return variable.codes() or (("yes", "no") if variable.type in ("yes_no", "multiple", "boolean") else ())
