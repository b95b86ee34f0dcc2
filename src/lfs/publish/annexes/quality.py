"""Quality of the data: what came in, what was left out, what was not answered, and how persons are protected."""

import math
from collections.abc import Sequence

from lfs.metadata import Survey
from lfs.publish.annexes import errors, weights
from lfs.publish.annexes.findings import ALL, NOTHING, Finding, code_named, named, office_named, period
from lfs.publish.content import Chapter, Number, Paragraph, PlainTable
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
    "undetermined",
    "asked",
    "not_stated",
    "unavailable",
    "universe_unavailable",
    "agreement",
    "agreement_share",
    "file_sha256",
    "synthetic",
    *weights.TOPICS,
    *errors.TOPICS,
)
"""Topics with a table of their own, or told by another: counts not stated by the shares, files by their checksums."""
Cells = dict[tuple[str, str, str], str | Number]


def quality_annex(findings: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> Chapter:
    """Response, sample and weights, answers not stated, what is unavailable, agreement, other findings, protection."""
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
    filters = _filters(survey)
    about_answers = [item for item in findings if item.variable not in filters]
    tables = (
        _topics("response", findings, RESPONSE, words, periods),
        _topics("weights", findings, SAMPLE, words, periods),
        _not_stated(findings, words, periods),
        _unavailable(findings, survey, words, periods),
        _agreement(findings, words, periods),
        _topics("notes", about_answers, other, words, periods),
        _topics("protection", findings, PROTECTION, words, periods),
    )
    title = words("annex", "quality", "title")
    return Chapter(
        "quality", title, tuple(map(Paragraph, paragraphs)), plain=tuple(table for table in tables if table.rows)
    )


def _topics(key: str, findings: Sequence[Finding], topics: Sequence[str], words: Words, periods: Periods) -> PlainTable:
    """A row a subject (topic, and the variable and category it is about), a column a round and office."""
    chosen = sorted((item for item in findings if item.topic in topics), key=lambda item: topics.index(item.topic))
    cells: Cells = {}
    for item in chosen:
        about = _about(item, words)
        by_step = f"{item.topic}_{item.step}"
        subject = words("topics", by_step if words.has("topics", by_step) else item.topic)
        cells[f"{subject}: {about}" if about else subject, item.round, item.office] = _value(item, words)
    return _crossed(key, "topic", cells, words, periods)


def _not_stated(findings: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a variable where anybody gave no answer, a column a round and office."""
    chosen = [item for item in findings if item.topic == "share_not_stated"]
    some = {item.variable for item in chosen if item.value != 0}
    cells: Cells = {}
    for item in chosen:
        if item.variable in some:
            share: str | Number = words("masked") if item.masked else words.share(item.value, 2)
            cells[words.variable(item.variable), item.round, item.office] = share
    return _crossed("not_stated", "variable", cells, words, periods)


def _unavailable(findings: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """A row for each set of rounds and offices that lack the same; the form's own filters are not told."""
    filters = _filters(survey)
    missing = [item for item in findings if item.topic == "unavailable" and item.variable not in filters]
    lacking: dict[str, set[tuple[str, str]]] = {}
    for item in missing:
        lacking.setdefault(named(item.variable, words), set()).add((item.round, item.office))
    together: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name, where in lacking.items():
        together.setdefault(tuple(sorted(where)), []).append(name)
    rows = tuple((_of_columns(where, words, periods), words.in_turn(names)) for where, names in together.items())
    head = tuple(words("annex", "quality", "columns", name) for name in ("unavailable_in", "missing"))
    invented = invented_mark([item.round for item in missing], words, periods)
    return PlainTable("unavailable", words("annex", "quality", "unavailable"), head, rows, invented=invented)


def _of_columns(columns: Sequence[tuple[str, str]], words: Words, periods: Periods) -> str:
    """Rounds and offices, each round by its months: "all offices, Jul–Dec 2007; all offices, Jul–Dec 2012"."""
    return words.in_turn(
        words("in_period", column=office_named(office, words), round=period(name, periods)) for name, office in columns
    )


def _filters(survey: Survey) -> set[str]:
    """The form's own filters (universes), which have no name in words."""
    return {name for name, variable in survey.variables.items() if variable.kind == "universe"}


def _agreement(findings: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """Persons by derived and supplied category, where both say the same and where not; a column a round."""
    cells: Cells = {}
    for item in findings:
        if item.topic == "agreement":
            derived, _, supplied = item.category.partition("|")
            pair = [code_named(item.variable, code, words) for code in (derived, supplied)]
            about = words("annex", "quality", "pair", derived=pair[0], supplied=pair[1])
            cells[f"{words.variable(item.variable)}: {about}", item.round, item.office] = _value(item, words)
    return _crossed("agreement", "persons", cells, words, periods)


def _crossed(key: str, stub: str, cells: Cells, words: Words, periods: Periods) -> PlainTable:
    """(subject, round, office): text, as a table of subjects by rounds and offices; a dot where there is nothing."""
    columns = sorted({(name, office) for _, name, office in cells}, key=lambda item: (item[0], item[1] == ALL, item[1]))
    subjects = dict.fromkeys(subject for subject, _, _ in cells)
    rows = [(subject, *(cells.get((subject, *column), NOTHING) for column in columns)) for subject in subjects]
    head = [
        words("in_period", column=office_named(office, words), round=period(name, periods)) for name, office in columns
    ]
    title = words("annex", "quality", key)
    first = words("annex", "quality", "columns", stub)
    numeric = frozenset(range(1, len(columns) + 1))
    invented = invented_mark([name for name, _ in columns], words, periods)
    return PlainTable(key, title, (first, *head), tuple(rows), numeric, invented=invented)


def _about(item: Finding, words: Words) -> str:
    """Variable and category of a finding in words; empty where it is about neither."""
    parts = [named(item.variable, words)] if item.variable else []
    if item.category:
        parts.append(code_named(item.variable, item.category, words))
    return words.beside(parts)


def _value(item: Finding, words: Words) -> str | Number:
    if item.masked:
        return words("masked")
    if math.isnan(item.value):
        return item.detail
    return words.numeral(item.value, 0 if item.value.is_integer() or abs(item.value) >= 100 else 4)
