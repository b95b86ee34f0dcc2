"""From answers to people: questions settled, universes, groupings and concepts made, in the order of lineage."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from pandas import Series
from pandas.api.types import is_numeric_dtype

from lfs.derive import lineage
from lfs.derive.agreement import agreement
from lfs.derive.groupings import grouping
from lfs.derive.quality import ALL, Row, Tallies, quality_table, tally_rows
from lfs.derive.settle import Settled, Truth, settle
from lfs.derive.supplied import NATIONAL, as_boolean, as_text, national
from lfs.metadata import SurveyError
from lfs.metadata.sampling import replicate_columns
from lfs.metadata.variables import NOT_STATED, Variable


def make_people(
    answers: pd.DataFrame,
    variables: Mapping[str, Variable],
    settings: Mapping[str, object],
    not_asked: Mapping[str, Collection[str]] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The people of one round, one row a person in the order of `answers`, and the quality rows of this step.

    `settings` are the survey's (working_age, hours_threshold, ...). `not_asked` says for each office which variables it
    does not answer for: what rests on them is made for the rows of the other offices only, and is empty for its rows.
    Raises SurveyError where a setting is missing, universes go round in a circle, or a value lies in no band or group.
    """
    if answers.empty:
        raise SurveyError("the answers of the round hold no person: harmonise it again, and see what its files hold")
    variables = lineage.with_standards(variables)
    offices = list(answers["office"].unique())
    forms: dict[frozenset[str], list[str]] = {}
    for office in offices:
        names = set((not_asked or {}).get(office, ())) & set(variables)
        lost = {column for name in names for column in (*lineage.columns_of(name, variables[name]), name + NATIONAL)}
        forms.setdefault(frozenset(lost & set(answers.columns)), []).append(office)

    parts: list[pd.DataFrame] = []
    tallied: list[Tallies] = []
    rows: list[Row] = []
    supplied: dict[str, list[Series]] = {}
    for lacking, having in forms.items():
        part = answers if len(forms) == 1 else answers[answers["office"].isin(having)]
        form = _Form(part.drop(columns=list(lacking)), variables, settings)
        form.run()
        parts.append(pd.DataFrame(form.columns, index=part.index, copy=False))
        for name, twin in form.supplied.items():
            supplied.setdefault(name, []).append(twin)
        tallied.append(form.tallies)
        rows += [{"office": office, **row} for row in form.rows for office in ([ALL] if len(forms) == 1 else having)]

    people = parts[0] if len(parts) == 1 else pd.concat(parts).loc[answers.index]
    rows = tally_rows(pd.concat(each.table() for each in tallied)) + rows
    rows += _agreement(people, {name: pd.concat(twins) for name, twins in supplied.items()})
    made = people[_in_order(people, variables)]
    if delivered := replicate_columns(answers.columns):
        made = pd.concat([made, answers[delivered]], axis=1)
    return made, quality_table(str(answers["round"].iloc[0]), rows)


def _agreement(people: pd.DataFrame, supplied: Mapping[str, Series]) -> list[Row]:
    """Rows for all offices that supply a concept together, and for each of them where there are several."""
    rows: list[Row] = []
    for name in (name for name in supplied if name in people):
        derived, office_of = people.loc[supplied[name].index, name], people.loc[supplied[name].index, "office"]
        offices = list(office_of.unique())
        for office in [ALL, *offices] if len(offices) > 1 else [ALL]:
            chosen = office_of.isin(offices if office == ALL else [office])
            rows += [{**row, "office": office} for row in agreement(name, derived[chosen], supplied[name][chosen])]
    return rows


@dataclass
class _Form:
    """The rows of the offices that ask the same questions, and what is made of them so far."""

    answers: pd.DataFrame
    variables: Mapping[str, Variable]
    settings: Mapping[str, object]
    columns: dict[str, Series] = field(default_factory=dict)
    supplied: dict[str, Series] = field(default_factory=dict)
    """By concept, what the office has for what is made here too, or would be."""
    open_answers: dict[str, Truth] = field(default_factory=dict)
    """By question, who was asked it and did not answer."""
    insides: dict[str, Series] = field(default_factory=dict)
    """By universe, who is in it."""
    rows: list[Row] = field(default_factory=list)
    tallies: Tallies = field(init=False)
    owners: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.tallies = Tallies(self.answers["office"])
        self.owners = lineage.owners(self.variables)

    def run(self) -> None:
        missing = lineage.unavailable(self.variables, self.answers.columns)
        for name in lineage.order(self.variables):
            variable = self.variables[name]
            given = [column for column in lineage.columns_of(name, variable) if column in self.answers.columns]
            if variable.kind in ("key", "design"):
                self.columns |= {name: self.answers[name] for name in given}
            elif variable.kind == "asked" or name in missing:
                self._take(name, variable, given)
            else:
                self._make(name, variable)
            if name in missing and not given and not self._only_supplied(name, missing[name]):
                self._tell("unavailable", name, ">".join(missing[name]))
        columns, settled = national(self.answers, self.variables, self.columns)
        self.columns |= columns
        for name, found in settled.items():
            self.tallies.add(name, found)
        for name in (name for name in self.variables if name + NATIONAL in self.answers):
            self.supplied[name] = columns[name + NATIONAL]
            if name + NATIONAL not in settled:
                self._tell("universe_unavailable", name + NATIONAL, str(self.variables[name].universe))

    def _take(self, name: str, variable: Variable, given: list[str]) -> None:
        """What the office's file holds: an answer, or a concept under the variable's own name."""
        if not given:
            return
        typed = {column: _typed(self.answers[column], variable) for column in given}
        if variable.universe and variable.universe not in self.columns:
            self._tell("universe_unavailable", name, variable.universe)
            self.columns |= typed
        else:
            settled = settle(typed, self.columns.get(variable.universe or ""))
            self.tallies.add(name, settled)
            self.columns |= settled.columns
            if settled.not_stated.any():
                self.open_answers[name] = settled.not_stated
        if variable.type == "boolean":
            self.columns[name] = as_boolean(self.columns[name])

    def _make(self, name: str, variable: Variable) -> None:
        """A universe, a grouping or a concept; nothing outside its universe."""
        inside = self._inside(variable)
        if variable.of:
            value = grouping(name, variable, self.columns[variable.of], inside)
        else:
            value = lineage.make(name, self.columns, self.settings)
            lacking = [column for column in lineage.concepts()[name].reads_if_any if column not in self.columns]
            if lacking:
                self._tell("made_without", name, "+".join(lacking))
        if variable.type == "boolean" and value.dtype != "boolean":
            value = value.astype("boolean")
        if variable.kind == "universe":
            value = value.fillna(False)
        elif inside is not None and not inside.all():
            value = value.where(inside)
        self.columns[name] = value
        if variable.type == "category":
            everybody = np.ones(len(value), dtype=bool)
            asked = everybody if inside is None else inside.to_numpy(dtype=bool)
            empty = (value == NOT_STATED).to_numpy(dtype=bool)
            self.tallies.add(name, Settled({name: value}, asked, empty, ~everybody))
        if variable.kind == "derived" and not variable.of:
            self._tally_undetermined(name, inside)
        if name in self.answers.columns:
            supplied = settle({name: _typed(self.answers[name], variable)}, inside).columns[name]
            self.supplied[name] = as_boolean(supplied) if variable.type == "boolean" else supplied

    def _tally_undetermined(self, name: str, inside: Series | None) -> None:
        """Who of the concept's universe left open an answer that its function reads."""
        reads = {self.owners.get(column, column) for column in lineage.columns_read(name)}
        left_open = [self.open_answers[question] for question in reads if question in self.open_answers]
        if left_open:
            concerned = None if inside is None else inside.to_numpy(dtype=bool)
            self.tallies.add_undetermined(name, concerned, np.logical_or.reduce(left_open))

    def _inside(self, variable: Variable) -> Series | None:
        """Who is in the universe; None where it is everybody, or cannot be made."""
        universe = variable.universe
        if universe not in self.columns:
            return None
        if universe not in self.insides:
            self.insides[universe] = self.columns[universe].fillna(False).astype(bool)
        return self.insides[universe]

    def _only_supplied(self, name: str, chain: lineage.Chain) -> bool:
        """Whether it is the office's own concept, which has no rule here, and the office does supply it."""
        return chain == (lineage.NO_RULE,) and name + NATIONAL in self.answers.columns

    def _tell(self, topic: str, name: str, detail: str) -> None:
        self.rows.append({"topic": topic, "variable": name, "value": 1, "detail": detail})


def _typed(answers: Series, variable: Variable) -> Series:
    """Numbers as numbers and everything else as text, also where a column holds nothing at all."""
    if variable.type in ("integer", "number"):
        return answers if is_numeric_dtype(answers.dtype) else answers.astype(float)
    return as_text(answers)


def _in_order(people: pd.DataFrame, variables: Mapping[str, Variable]) -> list[str]:
    """Columns in the order of the dictionary, the office's own concepts beside ours."""
    names = []
    for name, variable in variables.items():
        names += [*lineage.columns_of(name, variable), name + NATIONAL]
    return [name for name in names if name in people.columns]
