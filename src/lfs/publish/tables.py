"""Tables of the tabulation plan: a group of indicators by a breakdown, with the breakdown's margins."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lfs.metadata.plan import general_breakdowns
from lfs.metadata.tables import Table as Declared
from lfs.publish.content import Table, TableGroup, TableRow
from lfs.publish.figures import ABSENT, BREAK, MARKS, TOTAL, Published
from lfs.publish.units import printed_unit
from lfs.publish.words import Words

APART = ("icls13", "icls21")
"""Standards that stand in tables of their own, which name them."""


@dataclass(frozen=True)
class Periods:
    """The names of rounds in one language, what of them is invented, where each comes from, and what it does not cover.

    sources: the survey by round; one that is not in it comes from the survey that the report is of. partial: a remark
    for each round that an office has not delivered.
    """

    short: dict[str, str]
    long: dict[str, str]
    invented: frozenset[str]
    sources: Mapping[str, str] = field(default_factory=dict)
    partial: Mapping[str, str] = field(default_factory=dict)


def planned(published: Published) -> tuple[tuple[str, str], ...]:
    """(group of indicators, breakdown) of every table of the workbook: those of the report first, in its order.

    Where a group names no breakdowns: every general breakdown that is not withheld and not a margin of another.
    """
    survey = published.survey
    general = general_breakdowns(survey.breakdowns, survey.variables)
    shown = [name for name in general if survey.breakdowns[name] and name not in survey.config.withheld]
    whole = [name for name in shown if not _is_margin(survey.breakdowns[name], shown, published)]
    report = [(item.table, item.by) for chapter in survey.report.chapters.values() for item in chapter.tables]
    plan = [(group, name) for group, table in survey.tables.items() for name in table.breakdowns or whole]
    return tuple(pair for pair in dict.fromkeys([*report, *plan]) if has_table(published, *pair))


def has_table(published: Published, group: str, breakdown: str) -> bool:
    """Whether the survey has the group and the breakdown, and a figure to show for them."""
    survey = published.survey
    if group not in survey.tables or breakdown not in survey.breakdowns or breakdown in survey.config.withheld:
        return False
    declared = survey.tables[group]
    return any(
        published.has(indicator, breakdown, standard)
        for indicator in declared.indicators
        for standard in published.standards(indicator)
        if _shows(declared, standard)
    )


def table(
    published: Published,
    group: str,
    breakdown: str,
    label: str,
    words: Words,
    periods: Periods,
    rounds: Sequence[str],
    *,
    narrowed: bool = False,
) -> Table:
    """One table: the rows of each indicator (by each standard), margins first, and a figure for each of `rounds`.

    narrowed: rounds for which the table would have no cell, or only margins of others, are left out; a note tells so.
    """
    survey, asked = published.survey, rounds
    declared, variables = survey.tables[group], survey.breakdowns[breakdown]
    if narrowed:
        rounds = tuple(name for name in asked if published.has_cells(name, declared.indicators, breakdown))
    groups = []
    for indicator in declared.indicators:
        shown = [name for name in published.standards(indicator) if _shows(declared, name)]
        for standard in shown:
            if rows := tuple(_rows(published, indicator, standard, variables, rounds, words)):
                heading = _heading(indicator, standard, len(shown) > 1, words)
                groups.append(TableGroup(heading, indicator, standard, rows))
    found = {mark for item in groups for row in item.rows for figure in row.figures for mark in figure.marks}
    unit = printed_unit(survey.indicators[declared.indicators[0]])
    broken = _breaks(published, {item.indicator for item in groups}, rounds)
    return Table(
        key=f"{group}_by_{breakdown}",
        label=label,
        subject=words("subjects", declared.subject or "other"),
        codes=declared.codes.get(breakdown, ()),
        title=words("table_title", group=words("tables", group), breakdown=words.by(variables)),
        unit=unit,
        stub=tuple(words.variable(name) for name in variables),
        rounds=tuple(_with_mark(periods.short[name], bool(broken[name]), words) for name in rounds),
        groups=tuple(groups),
        notes=(
            *_of_breaks(broken, words, periods),
            *_notes(published, groups, unit, words),
            *_of_rounds(published, asked, rounds, words, periods),
        ),
        marks=tuple(mark for mark in MARKS if mark in found),
        invented=invented_mark(rounds, words, periods),
    )


def source_line(rounds: Iterable[str], words: Words, periods: Periods) -> str:
    """Which survey and which periods the figures come from, a sentence a survey, and whom these do not cover."""
    rounds = tuple(rounds)
    named: dict[str, list[str]] = {}
    for name in rounds:
        named.setdefault(source_of(name, words, periods), []).append(periods.long[name])
    told = [words("notes", "source", source=source, rounds=words.listed(of_it)) for source, of_it in named.items()]
    return " ".join([*told, *(periods.partial[name] for name in rounds if name in periods.partial)])


def source_of(name: str, words: Words, periods: Periods) -> str:
    """The survey that a round comes from."""
    return periods.sources.get(name) or words("survey", "source")


def invented_mark(rounds: Iterable[str], words: Words, periods: Periods) -> str:
    """The words that mark invented data, where one of the rounds is invented."""
    return words("invented", "mark") if periods.invented & set(rounds) else ""


def _rows(
    published: Published, indicator: str, standard: str, variables: tuple[str, ...], rounds: Sequence[str], words: Words
) -> Iterable[TableRow]:
    for cell in published.cells(variables):
        figures = tuple(published.figure(name, standard, indicator, cell) for name in rounds)
        if any(figure.mark != ABSENT for figure in figures):
            labels = tuple(words.category(name, cell.get(name, TOTAL)) for name in variables)
            yield TableRow(labels, figures, margin=variables[-1] not in cell)


def _breaks(published: Published, indicators: Collection[str], rounds: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each round the reasons why it is not to be compared with earlier ones of the table.

    A break at the first round of a table is told only where the survey has nothing before it either.
    """
    of_survey = published.survey.round_names
    earlier = [name for name in of_survey if rounds and name not in rounds]
    found = {}
    for place, name in enumerate(rounds):
        told = place > 0 or not any(of_survey.index(other) < of_survey.index(name) for other in earlier)
        reasons = [each.reason for each in published.survey.breaks if each.round == name and each.concerns(indicators)]
        found[name] = tuple(dict.fromkeys(reasons)) if told else ()
    return found


def _of_breaks(broken: Mapping[str, Sequence[str]], words: Words, periods: Periods) -> Iterable[str]:
    for name, reasons in broken.items():
        for reason in reasons:
            values = {"mark": words("marks", BREAK, "short"), "reason": words("breaks", reason)}
            yield words("notes", "break", round=periods.long[name], **values)


def _with_mark(period: str, broken: bool, words: Words) -> str:
    return f"{period} {words('marks', BREAK, 'short')}" if broken else period


def _shows(declared: Declared, standard: str) -> bool:
    """Whether the table shows the standard: the one it names or, where it names none, all but those with own tables."""
    return standard == declared.standard if declared.standard else standard not in APART


def _heading(indicator: str, standard: str, several: bool, words: Words) -> str:
    name = words("indicators", indicator, "name")
    if not several:
        return name
    return words("indicator_standard", indicator=name, standard=words("standards", standard, "name"))


def _notes(published: Published, groups: Sequence[TableGroup], unit: str, words: Words) -> Iterable[str]:
    yield words.unit_note(unit)
    for universe in dict.fromkeys(words("indicators", item.indicator, "universe") for item in groups):
        names = {item.indicator: words("indicators", item.indicator, "name") for item in groups}
        same = [name for key, name in names.items() if words("indicators", key, "universe") == universe]
        yield words("notes", "universe_of", indicators=words.listed(same), universe=universe)
    if {item.standard for item in groups} > {"national"}:
        yield words("notes", "national")


def _of_rounds(
    published: Published, asked: Sequence[str], shown: Sequence[str], words: Words, periods: Periods
) -> Iterable[str]:
    """That other rounds are elsewhere or nowhere, and where the figures come from."""
    if len(asked) < len(published.rounds):
        yield words("notes", "earlier")
    if left_out := [periods.long[name] for name in asked if name not in shown]:
        yield words("notes", "left_out", rounds=words.listed(left_out))
    yield source_line(shown, words, periods)


def _is_margin(variables: tuple[str, ...], among: Iterable[str], published: Published) -> bool:
    others = (set(published.survey.breakdowns[name]) for name in among)
    return any(set(variables) < other for other in others)
