"""What charts show, and what they say to those who cannot see them."""

from collections.abc import Iterable, Iterator, Sequence

from lfs.metadata.report import Chart as Declared
from lfs.publish.content import Chart, Panel, Series
from lfs.publish.figures import ABSENT, NOT_STATED, Figure, Published
from lfs.publish.tables import Periods, invented_mark, source_line
from lfs.publish.units import printed_unit
from lfs.publish.words import Words

Cell = dict[str, str]


LATEST = ("pyramid", "multiples", "tiles")
"""Kinds of chart that show the latest round alone."""


def has_chart(published: Published, declared: Declared) -> bool:
    """Whether the survey has the breakdown, shows it, and has figures of every indicator by it; of a map, its tiles.

    A chart of which the latest round shows less than half is none: the tables have what there is.
    """
    survey = published.survey
    known = declared.breakdown in survey.breakdowns and declared.breakdown not in survey.config.withheld
    if declared.kind == "tiles" and known:
        variable = survey.breakdowns[declared.breakdown][0]
        known = {*published.categories(variable)} - {NOT_STATED} <= {*survey.report.tiles.get(variable, ())}
    if not known or not all(published.has(name, declared.breakdown) for name in declared.indicators):
        return False
    cells = list(_cells(published, survey.breakdowns[declared.breakdown]))
    latest = next(
        name
        for name in reversed(published.rounds)
        if any(_figure(published, name, declared.indicators[0], cell).mark != ABSENT for cell in cells)
    )
    drawn = _drawn(published, declared, latest, cells)
    return 2 * sum(figure.shown for figure in drawn) >= len(drawn)


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
    rounds = _rounds(published, declared, rounds)
    title = _title(published, declared, variables, words)
    panels = tuple(_panels(published, declared, words, periods, rounds))
    unit = printed_unit(published.survey.indicators[declared.indicators[0]])
    return Chart(
        key=key,
        label=label,
        title=title,
        kind=declared.kind,
        axis=words.unit(unit, "table"),
        panels=panels,
        alt=in_words(declared.kind, title, panels, words),
        notes=tuple(_notes(published, declared, panels, words)),
        source=" ".join(_source(published, declared, words, periods, rounds)),
        invented=invented_mark(rounds, words, periods),
        breaks=_breaks(published, declared, rounds) if declared.kind == "trend" else (),
        places=_places(published, variables[0]) if declared.kind == "tiles" else (),
    )


def _title(published: Published, declared: Declared, variables: tuple[str, ...], words: Words) -> str:
    """What is shown, by what; indicators that are shares over a variable name it themselves."""
    indicators = [published.survey.indicators[name] for name in declared.indicators]
    over = {item.over for item in indicators}
    apart = tuple(name for name in variables if over != {name})
    group = _group(published, declared, words)
    return words("table_title", group=group, breakdown=words.by(apart)) if apart else group


def _rounds(published: Published, declared: Declared, rounds: Sequence[str]) -> Sequence[str]:
    """A trend shows every round with a figure, some kinds the latest alone, others those of the report of which
    anything can be shown."""
    cells = list(_cells(published, published.survey.breakdowns[declared.breakdown]))
    if declared.kind == "trend":
        told = ((name, _drawn(published, declared, name, [{}, *cells])) for name in published.rounds)
        return [name for name, figures in told if any(figure.mark != ABSENT for figure in figures)]
    if declared.kind in LATEST:
        return rounds[-1:]
    shown = [name for name in rounds if any(each.shown for each in _drawn(published, declared, name, cells))]
    return shown or rounds


def _drawn(published: Published, declared: Declared, name: str, cells: Iterable[Cell]) -> list[Figure]:
    """The figures of a chart in one round."""
    return [_figure(published, name, indicator, cell) for indicator in declared.indicators for cell in cells]


def _breaks(published: Published, declared: Declared, rounds: Sequence[str]) -> tuple[int, ...]:
    """By number the rounds that cannot be compared with those before them."""
    broken = {each.round for each in published.survey.breaks if each.concerns(declared.indicators)}
    return tuple(place for place, name in enumerate(rounds) if name in broken)


def _places(published: Published, variable: str) -> tuple[tuple[int, int], ...]:
    placed = published.survey.report.tiles[variable]
    return tuple(placed[code] for code in published.categories(variable) if code != NOT_STATED)


def _group(published: Published, declared: Declared, words: Words) -> str:
    """What the indicators are called together: by the name of their group of tables, where they are one."""
    for name, group in published.survey.tables.items():
        if len(declared.indicators) > 1 and set(group.indicators) == set(declared.indicators):
            return words("tables", name)
    first, *others = (words("indicators", name, "name") for name in declared.indicators)
    return words.listed([first, *map(words.inside, others)])


def _panels(
    published: Published, declared: Declared, words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[Panel]:
    variables = published.survey.breakdowns[declared.breakdown]
    if declared.kind == "tiles":
        for indicator in declared.indicators:
            alone = declared.model_copy(update={"indicators": (indicator,)})
            title = words("indicators", indicator, "name") if len(declared.indicators) > 1 else ""
            yield Panel(title, tuple(_by_round(published, alone, variables, words, periods, rounds)))
        return
    if declared.kind == "intervals":
        yield Panel("", tuple(_by_round(published, declared, variables, words, periods, rounds)))
        return
    if declared.kind == "trend":
        yield Panel("", tuple(_over_rounds(published, declared, variables, words, periods, rounds)))
        return
    if declared.kind in ("pyramid", "multiples"):
        yield from _by_part(published, declared, variables, words, rounds[-1])
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
        for indicator, cell, label in _labelled(published, declared, variables, words):
            points.append((label, _figure(published, name, indicator, cell)))
        yield Series(periods.short[name], tuple(points))


def _over_rounds(
    published: Published,
    declared: Declared,
    variables: tuple[str, ...],
    words: Words,
    periods: Periods,
    rounds: Sequence[str],
) -> Iterator[Series]:
    """One series a category (of each indicator, if there are several), one point a round."""
    for indicator, cell, label in _labelled(published, declared, variables, words):
        points = [(periods.short[name], _figure(published, name, indicator, cell)) for name in rounds]
        yield Series(label, tuple(points))


def _labelled(
    published: Published, declared: Declared, variables: tuple[str, ...], words: Words
) -> Iterator[tuple[str, Cell, str]]:
    """Each indicator in each category, and what it is called: the indicator is named only where there are several."""
    for indicator in declared.indicators:
        lead = [words("indicators", indicator, "name")] if len(declared.indicators) > 1 else []
        for cell in _cells(published, variables):
            yield indicator, cell, words.beside(filter(None, [*lead, words.group(cell)]))


def _by_part(
    published: Published, declared: Declared, variables: tuple[str, ...], words: Words, name: str
) -> Iterator[Panel]:
    """A pyramid: a panel a category of the first variable, a series an indicator, a point a category of the last.

    Small multiples: a panel a category of the last variable, in it one series, a point a category of the first.
    """
    first, last = variables[0], variables[-1]
    apart, along = (first, last) if declared.kind == "pyramid" else (last, first)
    codes = [code for code in published.categories(along) if code != NOT_STATED]
    for code in published.categories(apart):
        if code == NOT_STATED:
            continue
        series = []
        for indicator in declared.indicators:
            at = [_figure(published, name, indicator, {apart: code, along: other}) for other in codes]
            points = zip([words.category(along, other) for other in codes], at, strict=True)
            series.append(Series(words("indicators", indicator, "name"), tuple(points)))
        yield Panel(words.category(apart, code), tuple(series))


def _by_category(
    published: Published, declared: Declared, variables: tuple[str, ...], words: Words, name: str
) -> Iterator[Series]:
    """One series a category, one point an indicator."""
    for cell in _cells(published, variables):
        points = [
            (words("indicators", item, "name"), _figure(published, name, item, cell)) for item in declared.indicators
        ]
        label = words.group(cell)
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
        label = words.group(lead)
        yield Series(label, tuple(points))


def _cells(published: Published, variables: tuple[str, ...]) -> Iterator[Cell]:
    """Full crossings of the variables' categories, without not_stated."""
    for cell in published.cells(variables):
        if len(cell) == len(variables) and NOT_STATED not in cell.values():
            yield cell


def _figure(published: Published, round_name: str, indicator: str, cell: Cell) -> Figure:
    return published.figure(round_name, published.main_standard(indicator), indicator, cell)


def in_words(kind: str, title: str, panels: Sequence[Panel], words: Words) -> str:
    """What the chart shows, in words: kind, title, what stands along the axis, from where to where each series runs.

    Nothing is said of which estimate is the highest: that would compare them.
    """
    shown = dict.fromkeys(label for panel in panels for series in panel.series for label, _ in series.points)
    told = [_span(panel, series, title, words) for panel in panels for series in panel.series]
    kind = words("chart", "kind", kind)
    return words("chart", "alt", kind=kind, title=title, shown=words.listed(list(shown)), spans=words.in_turn(told))


def _span(panel: Panel, series: Series, title: str, words: Words) -> str:
    """The lowest and the highest reliable estimate of a series, or its only figure."""
    label = words.beside(filter(None, (panel.title, series.label))) or title
    if len(series.figures) == 1:
        return words("chart", "point", label=label, value=words.estimate(series.figures[0]))
    reliable = [figure for figure in series.figures if figure.shown and figure.mark != "u"]
    if not reliable:
        return words("chart", "unreliable", label=label)
    values = sorted((figure.value, figure.unit) for figure in reliable if figure.value is not None)
    low, high = (words.quantity(*each) for each in (values[0], values[-1]))
    return words("chart", "span", label=label, low=low, high=high)


def _notes(published: Published, declared: Declared, panels: Sequence[Panel], words: Words) -> Iterator[str]:
    """Level of the intervals, how the kind of chart is read, and the marks that occur."""
    if declared.kind in ("pyramid", "tiles"):
        yield words("chart", "read", declared.kind)
    else:
        yield words("notes", "interval_lines", level=words.level(published.survey.config.confidence))
    if declared.kind == "trend":
        yield words("chart", "read", "trend")
    figures = [figure for panel in panels for series in panel.series for figure in series.figures]
    if any(figure.shown and figure.mark == "u" for figure in figures) and declared.kind != "pyramid":
        yield words("chart", "read", "hatched") if declared.kind == "tiles" else words("notes", "hollow")
    for mark in dict.fromkeys(figure.mark for figure in figures if not figure.shown):
        yield words("notes", "gap", mark=words("marks", mark, "short"), meaning=words("marks", mark, "meaning"))


def _source(
    published: Published, declared: Declared, words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[str]:
    """The survey, and how many respondents the chart's indicators have in every round: of each, where they differ."""
    yield source_line(rounds, words, periods)
    told: dict[str, list[str]] = {}
    for indicator in declared.indicators:
        whole = {name: _figure(published, name, indicator, {}).n for name in rounds}
        counts = [
            words("notes", "respondents_of", count=words.number(count), round=periods.short[name])
            for name, count in whole.items()
            if count is not None
        ]
        if counts:
            told.setdefault(words.listed(counts), []).append(words("indicators", indicator, "name"))
    for counted, indicators in told.items():
        if len(told) == 1:
            yield words("notes", "respondents", counts=counted)
        else:
            yield words("notes", "respondents_to", indicators=words.listed(indicators), counts=counted)
