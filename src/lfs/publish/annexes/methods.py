"""Method and assumptions, definitions, and what this run was made from."""

from collections.abc import Sequence

from lfs.metadata import Survey
from lfs.metadata.assumptions import Assumption
from lfs.publish.annexes.findings import Finding
from lfs.publish.content import Chapter, Definition, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
from lfs.publish.words import Words


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


def run_annex(findings: Sequence[Finding], survey: Survey, version: str, words: Words, periods: Periods) -> Chapter:
    """Rounds, files with their checksums, version."""
    read = {(item.round, item.office): item.detail for item in findings if item.topic == "file_sha256"}
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
