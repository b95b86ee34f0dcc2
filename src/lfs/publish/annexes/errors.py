"""Quality of the estimates: what calibration does to the sampling errors, and errors to look up by size."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lfs.publish.annexes.findings import Finding, period, table_of
from lfs.publish.annexes.replicates import replicates_told
from lfs.publish.content import Chapter, Number, Paragraph, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
from lfs.publish.units import printed_unit
from lfs.publish.words import Words

CALIBRATED = ("se_calibrated", "se_uncalibrated")
DECIMALS = {"n": 0, "held": 0, "a": 2, "b": 1, "rate_b": 1} | dict.fromkeys(
    ("low", "median", "high", "rate_low", "rate_median", "rate_high"), 2
)
"""Figures of a generalised variance function, and their decimals; a is written in millionths."""
OF_FUNCTION = ("n", "held", "a", "b", "rate_b")
OF_NEARNESS = tuple(name for name in DECIMALS if name not in OF_FUNCTION)
MILLIONTHS = 1e6
TOPICS = (*CALIBRATED, *(f"gvf_{name}" for name in (*DECIMALS, "unfitted", "se_total", "se_rate")))


def errors_annex(
    findings: Sequence[Finding],
    published: Published,
    words: Words,
    periods: Periods,
    rounds: Sequence[str],
    looked_up: Sequence[str],
) -> Chapter:
    """Standard errors with and without the residuals of the calibration, and generalised variances.

    rounds: those of the comparison and the functions; looked_up: those whose look-up tables are shown.
    """
    told = [item for item in findings if item.topic in TOPICS and item.round in rounds]
    topics = {item.topic for item in told}
    replicates = replicates_told([item for item in findings if item.round in rounds], published.survey, words)
    paragraphs = [words("annex", "errors", "intro", method=words("annex", "methods", "title"))]
    if replicates:
        paragraphs.append(words("annex", "errors", "replicates", **replicates))
    if "se_calibrated" in topics:
        paragraphs.append(words("annex", "errors", "calibrated_replicates" if replicates else "calibrated"))
    if "gvf_n" in topics:
        paragraphs += words.texts("annex", "errors", "look_up")
        paragraphs += list(_not_by(published, words))
        if len(looked_up) < len(published.rounds):
            paragraphs.append(
                words("annex", "errors", "latest", rounds=words.listed([periods.long[name] for name in looked_up]))
            )
    paragraphs += [_unfitted(item, words, periods) for item in told if item.topic == "gvf_unfitted"]
    printed = [item for item in told if item.round in looked_up]
    tables = (
        _calibrated("rate", bool(replicates), told, published, words, periods),
        _calibrated("persons", bool(replicates), told, published, words, periods),
        _functions("functions", OF_FUNCTION, ("functions", "held"), told, words, periods),
        _functions("nearness", OF_NEARNESS, ("nearness",), told, words, periods),
        _totals("totals", printed, words, periods),
        _totals("variations", printed, words, periods),
        _rates(printed, words, periods),
    )
    title = words("annex", "errors", "title")
    return Chapter(
        "errors", title, tuple(map(Paragraph, paragraphs)), plain=tuple(table for table in tables if table.rows)
    )


def _not_by(published: Published, words: Words) -> Iterator[str]:
    """For which figures the functions do not hold."""
    declared = published.survey.config.generalised_variance
    names = [name for name in (declared.not_by if declared else ()) if name in published.survey.breakdown_variables]
    if names:
        yield words("annex", "errors", "not_by", variables=words.by(tuple(names)))


def _calibrated(
    unit: str, replicated: bool, told: Sequence[Finding], published: Published, words: Words, periods: Periods
) -> PlainTable:
    """A row a round and national figure of this unit: the estimate, its error, and its error by other weights.

    replicated: the errors of the report are those of replicates, and stand beside these, which are by linearisation.
    """
    se = {
        (item.round, item.variable, item.category, item.topic): item.value for item in told if item.topic in CALIBRATED
    }
    indicators, rows = published.survey.indicators, []
    scale = 100.0 if unit == "rate" else 1e-3
    for name, indicator, standard in dict.fromkeys(about[:3] for about in se):
        if indicator not in indicators or printed_unit(indicators[indicator]) != unit:
            continue
        figure = published.figure(name, standard, indicator, {})
        knowing, ignoring = (se.get((name, indicator, standard, topic), math.nan) for topic in CALIBRATED)
        rows.append(
            (
                period(name, periods),
                _indicator(indicator, standard, published, words),
                words.numeral(figure.value * scale, 1) if figure.value is not None else None,
                words.numeral(figure.se * scale, 3) if replicated and figure.se is not None else None,
                _numeral(knowing * scale, 3, words),
                _numeral(ignoring * scale, 3, words),
                _numeral(knowing / ignoring if ignoring else math.nan, 2, words),
            )
        )
    errors = ("linear", "linear_ignoring") if replicated else ("knowing", "ignoring")
    columns = ("round", "indicator", *(f"{name}_{unit}" for name in ("estimate", "reported", *errors)))
    columns = (*columns, "linear_ratio" if replicated else "ratio")
    notes = (words("annex", "errors", "notes", "control"),) if unit == "persons" and rows else ()
    key = f"{'replicated' if replicated else 'calibrated'}_{'rates' if unit == 'rate' else 'numbers'}"
    return table_of(("errors", key), columns, rows, _rounds(told), words, periods, notes)


def _functions(
    key: str, columns: Sequence[str], noted: Sequence[str], told: Sequence[Finding], words: Words, periods: Periods
) -> PlainTable:
    """A row a round and group: the function, or how far modelled errors are from direct ones."""
    found = {(item.round, item.variable, item.topic): item for item in told}
    rows = []
    for item in told:
        if item.topic == "gvf_n":
            figures = {name: found.get((item.round, item.variable, f"gvf_{name}")) for name in columns}
            values = {name: math.nan if each is None else each.value for name, each in figures.items()}
            values |= {"a": values["a"] * MILLIONTHS} if "a" in values else {}
            numbers = [_numeral(value, DECIMALS[name], words) for name, value in values.items()]
            if any(numbers):
                rows.append((period(item.round, periods), _group(item.detail, words), *numbers))
    notes = [words("annex", "errors", "notes", name) for name in noted]
    return table_of(("errors", key), ("round", "group", *columns), rows, _rounds(told), words, periods, notes)


def _totals(key: str, told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a round and size, a column a group: standard errors in persons (totals) or per cent of it (variations)."""
    groups = _groups(told)
    found: dict[tuple[str, float], dict[str, float]] = {}
    for item in told:
        if item.topic == "gvf_se_total":
            size = float(item.category)
            error = item.value if key == "totals" else 100 * item.value / size
            found.setdefault((item.round, size), {})[groups[item.round, item.variable]] = error
    given = {group for errors in found.values() for group in errors}
    columns = [group for group in dict.fromkeys(groups.values()) if group in given]
    order, rows = _rounds(told), []
    for name, size in sorted(found, key=lambda about: (order.index(about[0]), about[1])):
        errors = [found[name, size].get(group, math.nan) for group in columns]
        written = [_numeral(error, 0 if key == "totals" else 1, words) for error in errors]
        rows.append((_period_beside(name, told, periods), words.numeral(size), *written))
    heads = [_group(group, words) for group in columns]
    notes = (words("annex", "errors", "notes", "sizes"),)
    table = table_of(("errors", key), ("round", "size"), rows, order, words, periods, notes, heads)
    return _of_period(table, told, words, periods)


def _rates(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a round, group and base, a column a rate: the standard error in percentage points."""
    groups = _groups(told)
    found: dict[tuple[str, str, float], dict[float, float]] = {}
    for item in told:
        if item.topic == "gvf_se_rate":
            size, rate = (float(part) for part in item.category.split("|"))
            found.setdefault((item.round, item.variable, size), {})[rate] = item.value
    rates = sorted({rate for errors in found.values() for rate in errors})
    order = list(dict.fromkeys((name, group) for name, group, _ in found))
    rows = []
    for name, group, size in sorted(found, key=lambda key: (order.index(key[:2]), key[2])):
        errors = [_numeral(100 * found[name, group, size].get(rate, math.nan), 2, words) for rate in rates]
        stub = (_period_beside(name, told, periods), _group(groups[name, group], words), words.numeral(size))
        rows.append((*stub, *errors))
    heads = [words("annex", "errors", "rate_head", rate=words.percent(rate, _places(rate))) for rate in rates]
    notes = (words("annex", "errors", "notes", "complement"), words("annex", "errors", "notes", "range"))
    columns = ("round", "group", "base")
    table = table_of(("errors", "rates"), columns, rows, _rounds(told), words, periods, notes, heads)
    return _of_period(table, told, words, periods)


def _period_beside(name: str, told: Sequence[Finding], periods: Periods) -> str | None:
    """The period of a row, where there are several: of one alone the title tells."""
    return period(name, periods) if len(_rounds(told)) > 1 else None


def _of_period(table: PlainTable, told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """The table with its period in the title, where there is one alone."""
    rounds = _rounds(told)
    if len(rounds) != 1:
        return table
    name = periods.long.get(rounds[0], rounds[0])
    return replace(table, title=words("annex", "errors", "tables", "of_period", title=table.title, round=name))


def _unfitted(item: Finding, words: Words, periods: Periods) -> str:
    """That a group has no function in a round, and why."""
    place, group = ("annex", "errors", "unfitted"), _group(item.detail, words)
    return words(*place, round=periods.long.get(item.round, item.round), group=group, number=words.number(item.value))


def _indicator(name: str, standard: str, published: Published, words: Words) -> str:
    indicator = words("indicators", name, "name")
    if len(published.standards(name)) < 2:
        return indicator
    return words("indicator_standard", indicator=indicator, standard=words("standards", standard, "name"))


def _groups(told: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """The indicators of each round's groups."""
    return {(item.round, item.variable): item.detail for item in told if item.topic == "gvf_n"}


def _group(indicators: str, words: Words) -> str:
    """A group is called by its indicators."""
    return words.listed([words("indicators", name, "name") for name in indicators.split("+")])


def _numeral(value: float, decimals: int, words: Words) -> Number | None:
    return None if math.isnan(value) else words.numeral(value, decimals)


def _places(rate: float) -> int:
    return 0 if round(100 * rate, 6).is_integer() else 1


def _rounds(told: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(item.round for item in told))
