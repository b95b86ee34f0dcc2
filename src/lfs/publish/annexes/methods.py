"""Method and assumptions, definitions, and what this run was made from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lfs.metadata import Survey
from lfs.metadata.assumptions import Assumption
from lfs.publish.annexes.findings import Finding
from lfs.publish.annexes.replicates import replicates_told
from lfs.publish.content import Chapter, Definition, Paragraph, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
from lfs.publish.words import Words


def methods_annex(
    assumptions: Sequence[Assumption], findings: Sequence[Finding], survey: Survey, words: Words
) -> Chapter:
    """How figures and their errors are made by what is declared, and every assumption that the program states."""
    rows = tuple(
        (words("steps", item.step), words.assumption(item), words.foreign(item.module)) for item in assumptions
    )
    head = tuple(words("annex", "methods", "columns", name) for name in ("step", "text", "module"))
    title = words("annex", "methods", "assumptions_title")
    return Chapter(
        "methods",
        words("annex", "methods", "title"),
        tuple(map(Paragraph, _method(findings, survey, words))),
        plain=(PlainTable("assumptions", title, head, rows),) if rows else (),
    )


def _method(findings: Sequence[Finding], survey: Survey, words: Words) -> Iterator[str]:
    """Estimates, their errors by linearisation or replicates, what the design declares, intervals."""
    place, config = ("annex", "methods", "text"), survey.config
    told = replicates_told(findings, survey, words)
    yield words(*place, "estimates")
    if told:
        around_mean = config.replicates is not None and config.replicates.around_mean
        yield words(*place, "replicates_around_mean" if around_mean else "replicates", **told)
        if config.weighting:
            yield words(*place, "replicates_weighted")
    else:
        yield words(*place, "linearisation")
        if config.weighting and config.weighting.calibration:
            yield words(*place, "calibration")
    if config.design.certainty:
        yield words(*place, "certainty")
    if config.design.fractions:
        yield words(*place, _fractions(survey, bool(told)), stages=words.number(len(config.design.fractions)))
    if config.lonely_psu == "collapse":
        yield words(*place, "collapse")
    yield words(*place, "intervals", level=words.level(config.confidence))
    yield words(*place, "assumptions")


def _fractions(survey: Survey, replicated: bool) -> str:
    """The text on sampling fractions: which of them the errors take account of."""
    if not replicated:
        return "fractions_stages" if survey.config.design.units else "fractions"
    unused = survey.config.replicates is None or survey.config.replicates.method in ("balanced", "delivered")
    return "fractions_unused" if unused else "fractions_replicates"


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


def sources_annex(official: Sequence[Mapping[str, Any]], words: Words, periods: Periods) -> Chapter:
    """Where the figures come from, by what standards and classifications they are made, and on what terms used."""
    rows = tuple(dict.fromkeys((str(row["source"]), str(row["vintage"])) for row in official))
    head = tuple(words("annex", "sources", "columns", name) for name in ("source", "vintage"))
    table = PlainTable("sources", words("annex", "sources", "official"), head, rows)
    surveys = words.listed([*dict.fromkeys([words("survey", "source"), *periods.sources.values()])])
    texts = [words("annex", "sources", "survey", source=surveys, publisher=words("survey", "publisher"))]
    texts += [*words.texts("annex", "sources", "texts"), words("survey", "licence")]
    title = words("annex", "sources", "title")
    return Chapter("sources", title, tuple(map(Paragraph, texts)), plain=(table,) if rows else ())


def run_annex(findings: Sequence[Finding], survey: Survey, version: str, words: Words, periods: Periods) -> Chapter:
    """Rounds, files with their checksums, version, and the date of release that the survey declares."""
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
    paragraphs = [words("annex", "run", "intro"), words("annex", "run", "version", version=version)]
    if survey.config.release_date:
        paragraphs.append(words("annex", "run", "released", date=words.date(survey.config.release_date)))
    return Chapter("run", words("annex", "run", "title"), tuple(map(Paragraph, paragraphs)), plain=(table,))
