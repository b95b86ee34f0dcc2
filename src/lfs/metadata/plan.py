"""The plan: by which breakdowns each indicator is estimated.

An indicator is estimated by what shows it or fits on it, and by the margins of that:

- the breakdowns of the tables it stands in; a table without any, and an indicator in no table: the general breakdowns,
  whose variables all concern everybody (of working age);
- what report.yaml, config/published and config/results_matrix.csv name: charts, tables, key figures, sentences;
- in total: the headline indicators of the weights' story;
- the general breakdowns: totals with a generalised variance, and the rates and bases that belong to them.

The 13th and the 21st ICLS stand in tables of their own, so that by them an indicator is estimated in total, by the
breakdowns of these tables with their margins, and by what the figures of others are compared with.

Some kinds cannot be made by every breakdown: a share is made by those that hold the variable it is `over`; a gap by
those without its variable to which the survey has a breakdown with it, since that is where its two sides stand, and
these are estimated with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lfs.metadata.breakdowns import Breakdown
from lfs.metadata.csv_rows import read_csv_rows
from lfs.metadata.indicators import Indicator
from lfs.metadata.official import read_official
from lfs.metadata.variables import TOTAL, Variable

if TYPE_CHECKING:
    from lfs.metadata.survey import Survey

Pair = tuple[str, str]
OWN_TABLES = ("icls13", "icls21")
"""Standards that tables show only where they name them."""
COMPARED_AS = {"ilostat": "icls13"}
"""Standards of published figures that are compared with estimates by another one."""
WHOLE = ("working_age", "age_5_or_more", "age_12_or_more")
"""Universes in which everybody of working age is."""


def plan_of(survey: "Survey") -> dict[str, tuple[str, ...]]:
    """Each indicator of the survey, and the breakdowns that it is estimated by, both in the order declared."""
    general = general_breakdowns(survey.breakdowns, survey.variables)
    wanted: dict[str, set[str]] = {name: set() for name in survey.indicators}
    for named, breakdown in _named(survey, general):
        if named in wanted and breakdown in survey.breakdowns:
            wanted[named].add(breakdown)
    made = {name: _possible(name, wanted[name], survey) for name in survey.indicators}
    for name, gap in survey.indicators.items():
        if gap.kind == "gap" and gap.of:
            sides = {side_of(gap, each, survey.breakdowns) or TOTAL for each in made[name]}
            made[gap.of] |= _possible(gap.of, sides, survey)
    return {name: tuple(each for each in survey.breakdowns if each in chosen) for name, chosen in made.items()}


def plan_by_standard(survey: "Survey") -> dict[tuple[str, str], tuple[str, ...]]:
    """Each indicator and standard of OWN_TABLES that a survey has tables of: the breakdowns it is estimated by."""
    general = general_breakdowns(survey.breakdowns, survey.variables)
    official = read_official(survey.folder)
    found = {}
    for standard in OWN_TABLES:
        tables = {name: table for name, table in survey.tables.items() if table.standard == standard}
        reported = [item for chapter in survey.report.chapters.values() for item in chapter.tables]
        for name in survey.indicators if tables else ():
            wanted = {_by((), survey)}
            shown = {key for key, table in tables.items() if name in table.indicators}
            wanted |= {each for key in shown for each in tables[key].breakdowns or general}
            wanted |= {item.by for item in reported if item.table in shown}
            for row in official:
                compared = COMPARED_AS.get(row["standard"], row["standard"])
                wanted |= {row["breakdown"]} if (row["indicator"], compared) == (name, standard) else set()
            kept = _with_margins((each for each in wanted if each in survey.breakdowns), survey.breakdowns)
            found[name, standard] = tuple(each for each in survey.plan[name] if each in kept)
    return found


def general_breakdowns(breakdowns: Mapping[str, Breakdown], variables: Mapping[str, Variable]) -> tuple[str, ...]:
    """The breakdowns whose variables all concern everybody, or everybody who is asked them."""
    return tuple(name for name, crossed in breakdowns.items() if all(is_general(each, variables) for each in crossed))


def is_general(name: str, variables: Mapping[str, Variable]) -> bool:
    """Whether the variable, and what it groups, concerns everybody, or at least everybody of working age."""
    variable = variables[name]
    if variable.universe and variable.universe not in WHOLE:
        return False
    return not variable.of or is_general(variable.of, variables)


def side_of(gap: Indicator, breakdown: str, breakdowns: Mapping[str, Breakdown]) -> str | None:
    """The breakdown that also holds the gap's variable: the two sides of each gap by `breakdown` are cells of it."""
    both = {*breakdowns[breakdown], gap.variable}
    return next((name for name, crossed in breakdowns.items() if {*crossed} == both), None)


def _possible(name: str, wanted: Collection[str], survey: "Survey") -> set[str]:
    """Those of the breakdowns and their margins by which the indicator can be made."""
    indicator = survey.indicators[name]
    return {
        breakdown
        for breakdown in _with_margins(wanted, survey.breakdowns)
        if can_be_made(indicator, breakdown, survey.indicators, survey.breakdowns)
    }


def can_be_made(
    indicator: Indicator, breakdown: str, indicators: Mapping[str, Indicator], breakdowns: Mapping[str, Breakdown]
) -> bool:
    """Whether the kind of indicator has a meaning by the breakdown."""
    crossed = breakdowns[breakdown]
    if indicator.kind == "share":
        return indicator.over in crossed
    if indicator.kind == "gap":
        side = None if indicator.variable in crossed else side_of(indicator, breakdown, breakdowns)
        return side is not None and can_be_made(indicators[indicator.of or ""], side, indicators, breakdowns)
    return True


def _with_margins(wanted: Iterable[str], breakdowns: Mapping[str, Breakdown]) -> set[str]:
    crossed = [{*breakdowns[name]} for name in wanted]
    return {name for name, variables in breakdowns.items() if any({*variables} <= each for each in crossed)}


def _named(survey: "Survey", general: tuple[str, ...]) -> Iterator[Pair]:
    """Every pair of indicator and breakdown that something asks for; names need not be of this survey."""
    tabulated = {name for table in survey.tables.values() for name in table.indicators}
    shown = [(table.indicators, table.breakdowns) for table in survey.tables.values()]
    for names, breakdowns in (*shown, *(((name,), ()) for name in survey.indicators if name not in tabulated)):
        for name in names:
            for breakdown in breakdowns or _default(survey.indicators.get(name), general, survey):
                yield name, breakdown
    yield from _reported(survey)
    rows = (*read_official(survey.folder), *_rows(survey.folder / "config/results_matrix.csv"))
    yield from ((row.get("indicator") or "", row.get("breakdown") or TOTAL) for row in rows)
    for name in survey.config.weighting.headline if survey.config.weighting else ():
        yield name, _by((), survey)
    for name in _modelled(survey):
        yield from ((name, breakdown) for breakdown in general)


def _default(indicator: Indicator | None, general: tuple[str, ...], survey: "Survey") -> tuple[str, ...]:
    """The general breakdowns; of a share, also those that cross one of them with the variable it is over."""
    if indicator is None or indicator.kind != "share":
        return general
    others = {frozenset(survey.breakdowns[name]) for name in general}
    crossed = survey.breakdowns.items()
    return tuple(name for name, variables in crossed if frozenset(variables) - {indicator.over} in others)


def _reported(survey: "Survey") -> Iterator[Pair]:
    """What the report shows: its figures, charts and tables."""
    report = survey.report
    yield from ((each.indicator, _by(each.where, survey)) for each in report.figures)
    for part in report.parts:
        for chart in part.charts.values():
            yield from ((name, chart.breakdown) for name in chart.indicators)
    for chapter in report.chapters.values():
        for item in chapter.tables:
            if item.table in survey.tables:
                yield from ((name, item.by) for name in survey.tables[item.table].indicators)


def _modelled(survey: "Survey") -> tuple[str, ...]:
    """Totals whose errors are modelled, the rates with one of them as numerator, and the bases of those rates."""
    declared = survey.config.generalised_variance
    if declared is None:
        return ()
    totals = {name for names in declared.groups.values() for name in names if name in survey.indicators}
    counted = {survey.indicators[name].numerator for name in totals}
    rates = {name: each for name, each in survey.indicators.items() if each.kind == "ratio"}
    rates = {name: each for name, each in rates.items() if each.numerator in counted}
    sizes = {each.numerator: name for name, each in survey.indicators.items() if each.kind == "total"}
    bases = {sizes[each.denominator] for each in rates.values() if each.denominator in sizes}
    return (*totals, *rates, *bases)


def _by(variables: Iterable[str], survey: "Survey") -> str:
    """The breakdown of exactly these variables; nothing where the survey has none."""
    wanted = {*variables}
    return next((name for name, crossed in survey.breakdowns.items() if {*crossed} == wanted), "")


def _rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of the survey; none where it has no such file."""
    return tuple(row for _, row in read_csv_rows(path).rows) if path.exists() else ()
