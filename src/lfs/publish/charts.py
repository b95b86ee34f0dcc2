"""What charts show, and what they say to those who cannot see them."""

from collections.abc import Iterator, Sequence

from lfs.metadata.report import Chart as Declared
from lfs.publish.content import Chart, Panel, Series
from lfs.publish.figures import NOT_STATED, Figure, Published
from lfs.publish.tables import Periods, invented_mark, source_line
from lfs.publish.units import printed_unit
from lfs.publish.words import Words

Cell = dict[str, str]


def has_chart(published: Published, declared: Declared) -> bool:
    """Whether the survey has the breakdown, shows it, and has figures of every indicator by it."""
    survey = published.survey
    known = declared.breakdown in survey.breakdowns and declared.breakdown not in survey.config.withheld
    return known and all(published.has(name, declared.breakdown) for name in declared.indicators)


def chart(
    published: Published,
    key: str,
    declared: Declared,
    label: str,
    words: Words,
    periods: Periods,
    rounds: Sequence[str],
) -> Chart:
    """One chart of the given rounds; the categories of its breakdown in the dictionary's order, without not_stated."""
    variables = published.survey.breakdowns[declared.breakdown]
    title = words("table_title", group=_group(published, declared, words), breakdown=words.by(variables))
    panels = tuple(_panels(published, declared, words, periods, rounds))
    unit = printed_unit(published.survey.indicators[declared.indicators[0]])
    return Chart(
        key=key,
        label=label,
        title=title,
        kind=declared.kind,
        axis=words.unit(unit, "table"),
        panels=panels,
        alt=_alt(declared.kind, title, panels, words),
        notes=tuple(_notes(published, panels, words)),
        source=" ".join(_source(published, declared, words, periods, rounds)),
        invented=invented_mark(rounds, words, periods),
    )


def _group(published: Published, declared: Declared, words: Words) -> str:
    """What the indicators are called together: by the name of their group of tables, where they are one."""
    for name, group in published.survey.tables.items():
        if len(declared.indicators) > 1 and set(group.indicators) == set(declared.indicators):
            return words("tables", name)
    return words.listed([words("indicators", name, "name") for name in declared.indicators])


def _panels(
    published: Published, declared: Declared, words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[Panel]:
    variables = published.survey.breakdowns[declared.breakdown]
    if declared.kind == "intervals":
        yield Panel("", tuple(_by_round(published, declared, variables, words, periods, rounds)))
        return
    for name in rounds:
        if declared.kind == "bars":
            series = _by_category(published, declared, variables, words, name)
        else:
            series = _by_first(published, declared.indicators[0], variables, words, name)
        yield Panel(periods.short[name], tuple(series))


def _by_round(
    published: Published,
    declared: Declared,
    variables: tuple[str, ...],
    words: Words,
    periods: Periods,
    rounds: Sequence[str],
) -> Iterator[Series]:
    """One series a round, one point a category (of each indicator, if there are several)."""
    for name in rounds:
        points = []
        for indicator in declared.indicators:
            for cell in _cells(published, variables):
                parts = [words.category(variable, code) for variable, code in cell.items()]
                if len(declared.indicators) > 1:
                    parts = [words("indicators", indicator, "name"), *parts]
                points.append((", ".join(parts), _figure(published, name, indicator, cell)))
        yield Series(periods.short[name], tuple(points))


def _by_category(
    published: Published, declared: Declared, variables: tuple[str, ...], words: Words, name: str
) -> Iterator[Series]:
    """One series a category, one point an indicator."""
    for cell in _cells(published, variables):
        points = [
            (words("indicators", item, "name"), _figure(published, name, item, cell)) for item in declared.indicators
        ]
        label = ", ".join(words.category(variable, code) for variable, code in cell.items())
        yield Series(label, tuple(points))


def _by_first(
    published: Published, indicator: str, variables: tuple[str, ...], words: Words, name: str
) -> Iterator[Series]:
    """One series a category of the first variable, one point a category of the last."""
    *first, last = variables
    for lead in _cells(published, tuple(first)) if first else iter([{}]):
        points = [
            (words.category(last, code), _figure(published, name, indicator, lead | {last: code}))
            for code in published.categories(last)
            if code != NOT_STATED
        ]
        label = ", ".join(words.category(variable, code) for variable, code in lead.items())
        yield Series(label, tuple(points))


def _cells(published: Published, variables: tuple[str, ...]) -> Iterator[Cell]:
    """Full crossings of the variables' categories, without not_stated."""
    for cell in published.cells(variables):
        if len(cell) == len(variables) and NOT_STATED not in cell.values():
            yield cell


def _figure(published: Published, round_name: str, indicator: str, cell: Cell) -> Figure:
    return published.figure(round_name, published.main_standard(indicator), indicator, cell)


def _alt(kind: str, title: str, panels: Sequence[Panel], words: Words) -> str:
    """Kind, title and every figure shown, in words."""
    told = []
    for panel in panels:
        for series in panel.series:
            lead = [part for part in (panel.title, series.label) if part]
            for label, figure in series.points:
                told.append(words("chart", "point", label=", ".join([*lead, label]), value=words.estimate(figure)))
    return words("chart", "alt", kind=words("chart", "kind", kind), title=title, points="; ".join(told))


def _notes(published: Published, panels: Sequence[Panel], words: Words) -> Iterator[str]:
    """Level of the intervals, and the marks that occur."""
    yield words("notes", "interval_lines", level=words.level(published.survey.config.confidence))
    figures = [figure for panel in panels for series in panel.series for _, figure in series.points]
    if any(figure.shown and figure.mark == "u" for figure in figures):
        yield words("notes", "hollow")
    for mark in dict.fromkeys(figure.mark for figure in figures if not figure.shown):
        yield words("notes", "gap", mark=words("marks", mark, "short"), meaning=words("marks", mark, "meaning"))


def _source(
    published: Published, declared: Declared, words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[str]:
    """The survey, and how many respondents the chart's first indicator has in every round."""
    yield source_line(rounds, words, periods)
    counts = []
    for name in rounds:
        whole = _figure(published, name, declared.indicators[0], {})
        if whole.n is not None:
            counts.append(words("notes", "respondents_of", count=words.number(whole.n), round=periods.short[name]))
    if counts:
        yield words("notes", "respondents", counts=words.listed(counts))
