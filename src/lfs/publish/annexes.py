"""The annexes: quality of the data, method and assumptions, definitions, and what this run was made from."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.assumptions import Assumption
from lfs.publish.content import Chapter, Definition, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods, invented_mark
from lfs.publish.words import Words

RESPONSE = ("response", "rows_read", "rows_dropped", "rows_kept")
SAMPLE = ("households", "persons", "psus", "strata", "single_psu_stratum", "weight_sum")
PROTECTION = (
    "rows_estimated",
    "withheld",
    "suppressed_by_rule",
    "suppressed_to_protect",
    "audit_suppressed",
    "audit_equations",
    "audit_solvable",
)
ELSEWHERE = (
    "share_not_stated",
    "asked",
    "not_stated",
    "unavailable",
    "universe_unavailable",
    "agreement",
    "agreement_share",
    "file_sha256",
    "synthetic",
)
"""Topics with a table of their own, or told by another: counts not stated by the shares, files by their checksums."""
ALL = "all"


class Finding(NamedTuple):
    """One row of the quality table."""

    round: str
    office: str
    step: str
    topic: str
    variable: str
    category: str
    value: float
    detail: str

    @property
    def masked(self) -> bool:
        return self.detail == "masked"


def findings_of(quality: pd.DataFrame) -> list[Finding]:
    """The rows of the quality table; what is empty is an empty text, or not a number."""
    text = quality.drop(columns="value").fillna("").astype("str").assign(value=quality["value"].astype("float64"))
    return [Finding(*row) for row in text[list(Finding._fields)].itertuples(index=False, name=None)]


def quality_annex(quality: pd.DataFrame, survey: Survey, words: Words, periods: Periods) -> Chapter:
    """Response, sample and weights, answers not stated, what is unavailable, agreement, other findings, protection."""
    findings = findings_of(quality)
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    solved = sum(item.value for item in findings if item.topic == "audit_solvable")
    paragraphs = [
        words("annex", "quality", "intro", limit=words.number(limit), mark=words("marks", "c", "short")),
        words("annex", "quality", "protection_text", solvable=words.number(solved)),
    ]
    if survey.config.withheld:
        withheld = [words.by(survey.breakdowns[name]) for name in survey.config.withheld if name in survey.breakdowns]
        paragraphs.append(words("annex", "quality", "withheld", breakdowns=words.listed(withheld)))
    known = {*RESPONSE, *SAMPLE, *PROTECTION, *ELSEWHERE}
    other = list(dict.fromkeys(item.topic for item in findings if item.topic not in known))
    tables = (
        _topics("response", findings, RESPONSE, words, periods),
        _topics("weights", findings, SAMPLE, words, periods),
        _not_stated(findings, words, periods),
        _unavailable(findings, survey, words, periods),
        _agreement(findings, words, periods),
        _topics("notes", findings, other, words, periods),
        _topics("protection", findings, PROTECTION, words, periods),
    )
    title = words("annex", "quality", "title")
    return Chapter("quality", title, tuple(paragraphs), plain=tuple(table for table in tables if table.rows))


def methods_annex(assumptions: Sequence[Assumption], survey: Survey, words: Words) -> Chapter:
    """How figures are made, and every assumption that the program states."""
    level = words.level(survey.config.confidence)
    rows = tuple(
        (words("steps", item.step), item.text[:1].upper() + item.text[1:], item.module) for item in assumptions
    )
    head = tuple(words("annex", "methods", "columns", name) for name in ("step", "text", "module"))
    title = words("annex", "methods", "assumptions_title")
    paragraphs = words.texts("annex", "methods", "text", level=level)
    return Chapter(
        "methods",
        words("annex", "methods", "title"),
        tuple(paragraphs),
        plain=(PlainTable("assumptions", title, head, rows),) if rows else (),
    )


def definitions_annex(published: Published, words: Words) -> Chapter:
    """Every indicator and standard that occurs, in words, with its reference."""
    survey = published.survey
    found = []
    for name in survey.indicators:
        if published.standards(name):
            text = words("indicators", name, "definition")
            if reference := survey.indicators[name].reference:
                text = f"{text} {words('annex', 'definitions', 'reference', reference=reference)}"
            found.append(Definition(words("indicators", name, "name"), text))
    for standard in dict.fromkeys(item for name in survey.indicators for item in published.standards(name)):
        found.append(Definition(words("standards", standard, "name"), words("standards", standard, "definition")))
    return Chapter("definitions", words("annex", "definitions", "title"), definitions=tuple(found))


def run_annex(quality: pd.DataFrame, survey: Survey, version: str, words: Words, periods: Periods) -> Chapter:
    """Rounds, files with their checksums, version."""
    read = {(item.round, item.office): item.detail for item in findings_of(quality) if item.topic == "file_sha256"}
    rows = []
    for item in survey.rounds:
        checksum = item.sha256 or read.get((item.round, item.office), "")
        rows.append(
            (
                periods.long.get(item.round, item.round),
                words.office(item.office),
                item.file,
                checksum or words("annex", "run", "unknown_checksum"),
                words("annex", "run", "invented" if item.synthetic else "delivered"),
            )
        )
    head = tuple(words("annex", "run", "columns", name) for name in ("round", "office", "file", "checksum", "kind"))
    table = PlainTable("rounds", words("annex", "run", "rounds"), head, tuple(rows))
    paragraphs = (words("annex", "run", "intro"), words("annex", "run", "version", version=version))
    return Chapter("run", words("annex", "run", "title"), paragraphs, plain=(table,))


def _topics(key: str, findings: Sequence[Finding], topics: Sequence[str], words: Words, periods: Periods) -> PlainTable:
    """A row a subject (topic, and the variable and category it is about), a column a round and office."""
    chosen = sorted((item for item in findings if item.topic in topics), key=lambda item: topics.index(item.topic))
    cells = {}
    for item in chosen:
        about = _about(item, words)
        subject = words("topics", item.topic)
        cells[f"{subject}: {about}" if about else subject, item.round, item.office] = _value(item, words)
    return _crossed(key, "topic", cells, words, periods)


def _not_stated(findings: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a variable where anybody gave no answer, a column a round and office."""
    chosen = [item for item in findings if item.topic == "share_not_stated"]
    some = {item.variable for item in chosen if item.value != 0}
    cells = {}
    for item in chosen:
        if item.variable in some:
            share = words("masked") if item.masked else words.percent(item.value, 2)
            cells[words.variable(item.variable), item.round, item.office] = share
    return _crossed("not_stated", "variable", cells, words, periods)


def _unavailable(findings: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """What a round or an office does not have, once each; the form's own filters (universes) are not told."""
    filters = {name for name, variable in survey.variables.items() if variable.kind == "universe"}
    missing = [item for item in findings if item.topic == "unavailable" and item.variable not in filters]
    mark = words("marks", "x", "short")
    cells = {(_named(item.variable, words), item.round, item.office): mark for item in missing}
    return _crossed("unavailable", "missing", cells, words, periods)


def _agreement(findings: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """Persons by derived and supplied category, where both say the same and where not; a column a round."""
    cells = {}
    for item in findings:
        if item.topic == "agreement":
            derived, _, supplied = item.category.partition("|")
            pair = [_code(item.variable, code, words) for code in (derived, supplied)]
            about = words("annex", "quality", "pair", derived=pair[0], supplied=pair[1])
            cells[f"{words.variable(item.variable)}: {about}", item.round, item.office] = _value(item, words)
    return _crossed("agreement", "persons", cells, words, periods)


def _crossed(key: str, stub: str, cells: dict[tuple[str, str, str], str], words: Words, periods: Periods) -> PlainTable:
    """(subject, round, office): text, as a table of subjects by rounds and offices; a dot where there is nothing."""
    columns = sorted({(name, office) for _, name, office in cells}, key=lambda item: (item[0], item[1] == ALL, item[1]))
    subjects = dict.fromkeys(subject for subject, _, _ in cells)
    rows = [(subject, *(cells.get((subject, *column), "·") for column in columns)) for subject in subjects]
    head = [words("in_period", column=_office(office, words), round=_period(name, periods)) for name, office in columns]
    title = words("annex", "quality", key)
    first = words("annex", "quality", "columns", stub)
    numeric = frozenset(range(1, len(columns) + 1))
    invented = invented_mark([period for period, _ in columns], words, periods)
    return PlainTable(key, title, (first, *head), tuple(rows), numeric, invented=invented)


def _about(item: Finding, words: Words) -> str:
    """Variable and category of a finding in words; empty where it is about neither."""
    parts = [_named(item.variable, words)] if item.variable else []
    if item.category:
        parts.append(_code(item.variable, item.category, words))
    return ", ".join(parts)


def _named(name: str, words: Words) -> str:
    """A variable, indicator or breakdown by its name."""
    if words.has("indicators", name):
        return words("indicators", name, "name")
    if "_x_" in name and not words.has("variables", name):
        return words.listed([words.variable(part) for part in name.split("_x_")])
    return words.variable(name)


def _code(variable: str, code: str, words: Words) -> str:
    if words.has("standards", code):
        return words("standards", code, "name")
    if words.has("results", code):
        return words("results", code)
    if code in ("yes", "no", "true", "false", "missing", "not_applicable"):
        return words("answers", code)
    return words.category(variable, code)


def _period(name: str, periods: Periods) -> str:
    return periods.short.get(name, name)


def _office(name: str, words: Words) -> str:
    return words("annex", "quality", "all_offices") if name == ALL else words.office(name, short=True)


def _value(item: Finding, words: Words) -> str:
    if item.masked:
        return words("masked")
    if math.isnan(item.value):
        return item.detail
    return words.number(item.value, 0 if item.value.is_integer() or abs(item.value) >= 100 else 4)
