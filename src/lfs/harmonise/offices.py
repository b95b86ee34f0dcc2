"""One office's file of one round: every variable read, every problem found."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from traceback import walk_tb

import pandas as pd

from lfs.harmonise import messages
from lfs.harmonise.crosswalk import Answer, identifiers, read_variable
from lfs.harmonise.delivery import Delivery
from lfs.harmonise.readers import read_delivery
from lfs.harmonise.replicates import replicate_weights
from lfs.harmonise.report import Report
from lfs.metadata import Survey, SurveyError, read_source
from lfs.metadata.crosswalk import Reading
from lfs.metadata.offices import RESULTS, Office, categories, office_functions
from lfs.metadata.rounds import Round
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import Source, shown

Function = Callable[[pd.DataFrame], pd.Series]

IDENTIFIERS = ("stratum", "psu", "household")
KEYS = (*IDENTIFIERS, "line")
PROBABILITIES = ("probability_psu", "probability_household")
COMPLETE = "complete"
_RESULT = Variable(kind="design", type="category", categories=RESULTS, meaning="result of the interview")


@dataclass
class Part:
    """What one office contributes to a round.

    `rows` has one row a person of a complete interview: stratum, psu, household and line as in the file, weight,
    probabilities and every variable answered. `without_answers` has the rows of the selected households without a
    complete interview: result, design, and what is known of every household selected. With `problems` both may lack
    columns.
    """

    office: str
    rows: pd.DataFrame
    report: Report
    problems: list[str] = field(default_factory=list)
    without_answers: pd.DataFrame = field(default_factory=pd.DataFrame)


def harmonise_office(survey: Survey, row: Round) -> Part:
    """The file of one row of rounds.csv in the dictionary's vocabulary; problems are collected, not raised."""
    part = Part(row.office, pd.DataFrame(), Report(row.round, row.office))
    try:
        declared = _Declared(survey, row)
        if row.synthetic and not declared.path.is_file():
            raise SurveyError(
                f"{shown(declared.path)} does not exist. `make run` invents it, as config/rounds.csv says."
            )
        delivery = read_delivery(declared.path, declared.file, declared.needed(), row.sha256, declared.layout)
        part.report.file(delivery.path.name, delivery.sha256, delivery.encoding, row.synthetic)
        _read(declared, delivery, part)
    except SurveyError as error:
        part.problems += error.problems
    return part


class _Declared:
    """What is declared of one office in one round."""

    def __init__(self, survey: Survey, row: Round) -> None:
        folder = survey.folder / "config/offices"
        order = survey.round_names
        self.office: Office = survey.offices[row.office]
        self.round = row.round
        self.declared_in = folder / f"{row.office}.yaml"
        self.path = survey.folder / row.file
        self.file = self.office.file.at(row.round, order)
        self.layout = survey.folder / self.file.layout if self.file.layout else None
        self.design = {name: entry.at(row.round, order) for name, entry in self.office.design.entries().items()}
        self.answers = {name: entry.at(row.round, order) for name, entry in self.office.variables.items()}
        self.dictionary = survey.variables
        self.functions = _functions(folder / f"{row.office}.py")
        self.classifications = {name: _first_digits(path) for name, path in survey.classifications.items()}
        replicates = survey.config.replicates
        self.replicates = replicates.count if replicates and replicates.method == "delivered" else None
        self.known_of_selected = survey.config.known_of_selected

    @cached_property
    def source(self) -> Source:
        """The office's file with its lines; read only when there is something to say."""
        return read_source(self.declared_in)

    def needed(self) -> set[str]:
        """Columns of the file that anything reads."""
        readings = [*self.design.values(), *self.answers.values()]
        return {column for reading in readings for column in reading.needed()} | set(self.replicate_names())

    def replicate_names(self) -> list[str]:
        """Columns of delivered replicate weights, where the survey declares any."""
        if self.replicates is None or self.office.replicate_weights is None:
            return []
        return self.office.replicate_weights.names(self.replicates)

    def variable(self, name: str) -> Variable:
        """A variable of the dictionary, or the result of the interview, which is in none."""
        return _RESULT if name == "result" else self.dictionary[name]

    def place(self, name: str) -> messages.Place:
        """A variable, as messages name it."""
        part = "design" if name in self.design else "variables"
        return messages.Place(self.office.office, self.round, name, part, lambda: self.source)

    def tolerates(self, what: str) -> bool:
        """Whether the office's file declares that this is counted and gone on with."""
        return what in self.office.tolerate


def _read(declared: _Declared, delivery: Delivery, part: Part) -> None:
    """Fill `part`: complete interviews, then rows with a weight, then every column of those."""
    present = set(delivery.columns)
    for name, reading in [*declared.design.items(), *declared.answers.items()]:
        part.problems += [
            messages.missing_column(declared.place(name), column, delivery.columns, shown(delivery.path))
            for column in reading.needed()
            if column not in present
        ]
    readable = {
        name: reading
        for name, reading in [*declared.design.items(), *declared.answers.items()]
        if reading.unavailable is None and present.issuperset(reading.needed())
    }
    rows = delivery.rows
    part.report.add("rows_read", len(rows))
    if "result" in readable:
        result = _column(declared, "result", readable, delivery, rows, part).get("result")
        if result is not None:
            _report_response(readable, rows, result, part)
            answered = (result == COMPLETE).to_numpy()
            _read_without_answers(declared, readable, delivery, rows[~answered], result[~answered], part)
            rows = rows[answered]
    columns: dict[str, pd.Series] = {}
    if "weight" in readable:
        weight = _column(declared, "weight", readable, delivery, rows, part).get("weight")
        if weight is not None:
            columns["weight"] = _usable_weights(declared, weight, part)
            rows = rows.loc[columns["weight"].index]
    for name in readable:
        if name in ("result", "weight"):
            continue
        found = _column(declared, name, readable, delivery, rows, part)
        if name in KEYS and name in found and (empty := int(found[name].isna().sum())):
            part.problems.append(messages.empty_keys(declared.place(name), empty))
        supplied = declared.dictionary[name].kind == "derived" and bool(declared.dictionary[name].standards)
        columns |= {f"{column}_national" if supplied else column: values for column, values in found.items()}
    columns |= replicate_weights(declared.office, declared.replicates, delivery, rows, part.problems)
    part.rows = pd.DataFrame(columns, index=rows.index)
    part.report.add("rows_kept", len(rows))
    _report_unavailable(declared, len(rows), part)


def _read_without_answers(
    declared: _Declared,
    readable: dict[str, Reading],
    delivery: Delivery,
    rows: pd.DataFrame,
    result: pd.Series,
    part: Part,
) -> None:
    """The rows of selected households without a complete interview; what is met there is told once, by the others."""
    # Counted apart: the report speaks of the persons who go on.
    aside = Part(part.office, pd.DataFrame(), Report(part.report.round, part.office))
    columns: dict[str, pd.Series] = {"result": result}
    for name in readable:
        if name in (*IDENTIFIERS, *PROBABILITIES, *declared.known_of_selected):
            columns |= _column(declared, name, readable, delivery, rows, aside)
    for name in IDENTIFIERS:
        if name in columns and (empty := int(columns[name].isna().sum())):
            aside.problems.append(messages.empty_keys(declared.place(name), empty))
    part.without_answers = pd.DataFrame(columns, index=rows.index)
    part.problems += aside.problems


def _column(
    declared: _Declared, name: str, readable: dict[str, Reading], delivery: Delivery, rows: pd.DataFrame, part: Part
) -> dict[str, pd.Series]:
    """The column, or for a multiple variable the columns, of one variable; what was met goes into `part`.

    Nothing where the office's own function for it fails.
    """
    reading, function = readable[name], declared.functions.get(name)
    variable = declared.variable(name)
    try:
        if name in IDENTIFIERS:
            answer = identifiers(name, reading, rows, function)
        else:
            first_digits = declared.classifications.get(variable.classification or "")
            answer = read_variable(name, reading, variable, rows, delivery.missing, function, first_digits)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if function is None:
            raise
        where = shown(declared.declared_in.with_suffix(".py"))
        # The error's own words may hold what somebody answered, so its kind and line are all that is told.
        part.problems.append(
            f"{declared.place(name)}: its function `{name}` in {where}{_line_in(error, where)} fails: "
            f"{type(error).__name__}. Columns of a CSV file are text, those of other formats numbers: convert, for "
            "example with pandas.to_numeric, and return one value a row"
        )
        return {}
    _note(declared, name, reading, answer, part)
    return answer.columns


def _line_in(error: Exception, where: str) -> str:
    """`, line 12,`: where in the office's file of functions the error arose; empty where it arose from its result."""
    frames = walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if shown(Path(frame.f_code.co_filename)) == where]
    return f", line {lines[-1]}," if lines else ""


def _note(declared: _Declared, name: str, reading: Reading, answer: Answer, part: Part) -> None:
    """Turn what was met in reading a variable into problems or, where tolerated or harmless, rows of the report."""
    place = declared.place(name)
    variable = declared.variable(name)
    in_design = name in declared.design
    part.problems += [messages.fault(place, text) for text in answer.faults]
    if answer.not_stated:
        part.report.add("not_stated", answer.not_stated, variable=name)
    if answer.unknown and declared.tolerates("unknown_code") and not in_design:
        part.report.add("unknown_code", sum(answer.unknown.values()), variable=name)
    elif answer.unknown:
        named = bool(categories(variable)) or variable.classification is not None
        part.problems.append(messages.unknown_codes(place, reading.needed(), answer.unknown, named))
    if answer.outside_range and variable.range is not None:
        if declared.tolerates("out_of_range") and not in_design:
            part.report.add("out_of_range", answer.outside_range, variable=name)
        else:
            part.problems.append(messages.outside_range(place, answer.outside_range, variable.range))


def _usable_weights(declared: _Declared, weight: pd.Series, part: Part) -> pd.Series:
    """Positive weights; zero and missing ones are dropped and counted where that is declared, else a problem."""
    # ASSUME Rows of zero weight stand for nobody; where an office's file tolerates them they are left out,
    # of the numbers of respondents too.
    place = declared.place("weight")
    if negative := int((weight < 0).sum()):
        part.problems.append(messages.bad_weights(place, "negative", negative))
    for what, bad in (("zero_weight", weight == 0), ("missing_weight", weight.isna())):
        count = int(bad.sum())
        if count and declared.tolerates(what):
            part.report.add("rows_dropped", count, category=what)
        elif count:
            part.problems.append(messages.bad_weights(place, what.partition("_")[0], count, what))
    return weight[(weight > 0).to_numpy()]


def _report_response(readable: dict[str, Reading], rows: pd.DataFrame, result: pd.Series, part: Part) -> None:
    """Selected households by the result of their interview, and the rows that are dropped for it."""
    row = pd.Series(rows.index.astype("str"), index=rows.index, dtype="str")
    household = row
    if "household" in readable:
        names = [name for name in ("psu", "household") if name in readable]
        keys = [identifiers(name, readable[name], rows, None).columns[name] for name in names]
        household = keys[0] if len(keys) == 1 else keys[0] + ":" + keys[1]
        household = household.fillna("row " + row)
    households = pd.DataFrame({"result": result, "household": household}).drop_duplicates()
    for name in RESULTS:
        if count := int((households["result"] == name).sum()):
            part.report.add("response", count, category=name)
        if (dropped := int((result == name).sum())) and name != COMPLETE:
            part.report.add("rows_dropped", dropped, category=name)


def _report_unavailable(declared: _Declared, rows: int, part: Part) -> None:
    """Asked variables, keys and columns of the design that the office cannot give."""
    for name, reading in [*declared.design.items(), *declared.answers.items()]:
        asked = declared.variable(name).kind != "derived" and name != "result"
        if reading.unavailable is not None and asked:
            part.report.add("unavailable", rows, variable=name)
        for option, column in (reading.options or {}).items():
            if column is None:
                part.report.add("unavailable", rows, variable=name, category=option)


def _functions(path: Path) -> dict[str, Function]:
    """The office's own functions, by the variable they make."""
    names = office_functions(path)
    if not names:
        return {}
    spec = importlib.util.spec_from_file_location(f"office_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SurveyError(f"{shown(path)}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: getattr(module, name) for name in names}


def _first_digits(path: Path) -> frozenset[str]:
    """The codes of a classification, of whatever level."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    return frozenset(table["code"])
