"""The annexes: quality of the data, method and assumptions, definitions, and what this run was made from."""

from collections.abc import Iterable, Sequence

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.assumptions import Assumption
from lfs.publish.content import Chapter, Definition, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
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
ELSEWHERE = ("share_not_stated", "unavailable", "agreement", "agreement_share", "file_sha256", "synthetic")
ALL = "all"


def quality_annex(quality: pd.DataFrame, survey: Survey, words: Words, periods: Periods) -> Chapter:
    """Response, sample and weights, answers not stated, what is unavailable, agreement, other findings, protection."""
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    solved = quality.loc[quality["topic"] == "audit_solvable", "value"].sum()
    paragraphs = [
        words("annex", "quality", "intro", limit=words.number(limit), mark=words("marks", "c", "short")),
        words("annex", "quality", "protection_text", solvable=words.number(float(solved))),
    ]
    if survey.config.withheld:
        withheld = [words.by(survey.breakdowns[name]) for name in survey.config.withheld if name in survey.breakdowns]
        paragraphs.append(words("annex", "quality", "withheld", breakdowns=words.listed(withheld)))
    known = {*RESPONSE, *SAMPLE, *PROTECTION, *ELSEWHERE}
    other = [topic for topic in quality["topic"].unique() if topic not in known]
    tables = (
        _topics("response", quality, RESPONSE, words, periods),
        _topics("weights", quality, SAMPLE, words, periods),
        _not_stated(quality, words, periods),
        _unavailable(quality, words, periods),
        _agreement(quality, survey, words, periods),
        _topics("notes", quality, other, words, periods),
        _topics("protection", quality, PROTECTION, words, periods),
    )
    title = words("annex", "quality", "title")
    return Chapter("quality", title, tuple(paragraphs), plain=tuple(table for table in tables if table.rows))


def methods_annex(assumptions: Sequence[Assumption], survey: Survey, words: Words) -> Chapter:
    """How figures are made, and every assumption that the program states."""
    level = words.level(survey.config.confidence)
    rows = tuple((words("steps", item.step), item.text, item.module) for item in assumptions)
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
    sums = quality[quality["topic"] == "file_sha256"]
    read = {(row.round, row.office): row.detail for row in sums.itertuples(index=False)}
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


def _topics(key: str, quality: pd.DataFrame, topics: Sequence[str], words: Words, periods: Periods) -> PlainTable:
    """Rows of the topics, in their order, with the variable and category they are about."""
    chosen = quality[quality["topic"].isin(topics)].copy()
    chosen["place"] = chosen["topic"].map({topic: place for place, topic in enumerate(topics)})
    chosen = chosen.sort_values("place", kind="stable")
    rows = []
    for row in chosen.itertuples(index=False):
        about = _about(row.variable, row.category, words)
        subject = words("topics", row.topic)
        rows.append(
            (
                _period(row.round, periods),
                _office(row.office, words),
                f"{subject}: {about}" if about else subject,
                _value(row.value, row.detail, words),
            )
        )
    return _plain(key, ("round", "office", "topic", "value"), rows, frozenset({3}), words)


def _not_stated(quality: pd.DataFrame, words: Words, periods: Periods) -> PlainTable:
    """Variables by round, shares in per cent; every variable once, its offices side by side in the row."""
    chosen = quality[(quality["topic"] == "share_not_stated")]
    chosen = chosen[(chosen["value"] > 0) | (chosen["detail"] == "masked")]
    rows = [
        (
            _period(row.round, periods),
            _office(row.office, words),
            words.variable(row.variable),
            words("masked") if row.detail == "masked" else words.percent(row.value, 2),
        )
        for row in chosen.itertuples(index=False)
    ]
    return _plain("not_stated", ("round", "office", "variable", "share"), rows, frozenset({3}), words)


def _unavailable(quality: pd.DataFrame, words: Words, periods: Periods) -> PlainTable:
    """What a round or an office does not have, once each."""
    chosen = quality[quality["topic"] == "unavailable"].drop_duplicates(["round", "office", "variable"])
    rows = [
        (_period(row.round, periods), _office(row.office, words), _named(row.variable, words))
        for row in chosen.itertuples(index=False)
    ]
    return _plain("unavailable", ("round", "office", "missing"), rows, frozenset(), words)


def _agreement(quality: pd.DataFrame, survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """Persons by derived and supplied category; where both say the same and where not."""
    chosen = quality[quality["topic"] == "agreement"]
    rows = []
    for row in chosen.itertuples(index=False):
        derived, _, supplied = str(row.category).partition("|")
        rows.append(
            (
                _period(row.round, periods),
                words.variable(row.variable),
                _code(row.variable, derived, words),
                _code(row.variable, supplied, words),
                _value(row.value, row.detail, words),
            )
        )
    return _plain("agreement", ("round", "variable", "derived", "supplied", "persons"), rows, frozenset({4}), words)


def _plain(
    key: str, names: Iterable[str], rows: list[tuple[str, ...]], numeric: frozenset[int], words: Words
) -> PlainTable:
    head = tuple(words("annex", "quality", "columns", name) for name in names)
    return PlainTable(key, words("annex", "quality", key), head, tuple(rows), numeric)


def _about(variable: str, category: str, words: Words) -> str:
    """Variable and category of a quality row in words; empty where it is about neither."""
    parts = [_named(variable, words)] if variable else []
    if category:
        parts.append(_code(variable, category, words))
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
    return words("annex", "quality", "all_offices") if name == ALL else words.office(name)


def _value(value: float, detail: str, words: Words) -> str:
    if detail == "masked":
        return words("masked")
    if pd.isna(value):
        return ""
    return words.number(value, 0 if float(value).is_integer() or abs(value) >= 100 else 4)
