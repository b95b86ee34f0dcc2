"""Quality of the estimates: what calibration does to the sampling errors, and errors to look up by size."""

import math
from collections.abc import Iterator, Sequence

from lfs.publish.annexes.findings import Finding, period, table_of
from lfs.publish.content import Chapter, Number, PlainTable
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
from lfs.publish.words import Words

CALIBRATED = ("se_calibrated", "se_uncalibrated")
DECIMALS = {"n": 0, "held": 0, "a": 2, "b": 1, "rate_b": 1} | dict.fromkeys(
    ("low", "median", "high", "rate_low", "rate_median", "rate_high"), 2
)
"""Figures of a generalised variance function, and their decimals; a is written in millionths."""
A = list(DECIMALS).index("a")
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
    paragraphs = [words("annex", "errors", "intro")]
    if "se_calibrated" in topics:
        paragraphs.append(words("annex", "errors", "calibrated"))
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
        _calibrated("calibrated_rates", "rate", told, published, words, periods),
        _calibrated("calibrated_numbers", "persons", told, published, words, periods),
        _functions(told, words, periods),
        _totals(printed, words, periods),
        _rates(printed, words, periods),
    )
    title = words("annex", "errors", "title")
    return Chapter("errors", title, tuple(paragraphs), plain=tuple(table for table in tables if table.rows))


def _not_by(published: Published, words: Words) -> Iterator[str]:
    """For which figures the functions do not hold."""
    declared = published.survey.config.generalised_variance
    names = [name for name in (declared.not_by if declared else ()) if name in published.survey.breakdown_variables]
    if names:
        yield words("annex", "errors", "not_by", variables=words.by(tuple(names)))


def _calibrated(
    key: str, unit: str, told: Sequence[Finding], published: Published, words: Words, periods: Periods
) -> PlainTable:
    """A row a round and national figure of this unit: the estimate, its error, and its error by other weights."""
    se = {
        (item.round, item.variable, item.category, item.topic): item.value for item in told if item.topic in CALIBRATED
    }
    indicators, rows = published.survey.indicators, []
    scale, decimals = (100.0, 1) if unit == "rate" else (1e-3, 1)
    for name, indicator, standard in dict.fromkeys(about[:3] for about in se):
        if indicator not in indicators or indicators[indicator].unit != unit:
            continue
        figure = published.figure(name, standard, indicator, {})
        knowing, ignoring = (se.get((name, indicator, standard, topic), math.nan) for topic in CALIBRATED)
        rows.append(
            (
                period(name, periods),
                _indicator(indicator, standard, published, words),
                words.numeral(figure.value * scale, decimals) if figure.value is not None else None,
                _numeral(knowing * scale, 2 if unit == "rate" else 1, words),
                _numeral(ignoring * scale, 2 if unit == "rate" else 1, words),
                _numeral(knowing / ignoring if ignoring else math.nan, 2, words),
            )
        )
    columns = ("round", "indicator", f"estimate_{unit}", f"knowing_{unit}", f"ignoring_{unit}", "ratio")
    notes = (words("annex", "errors", "notes", "control"),) if unit == "persons" and rows else ()
    return table_of(("errors", key), columns, rows, _rounds(told), words, periods, notes)


def _functions(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a round and group: the function, and how far modelled errors are from direct ones."""
    found = {(item.round, item.variable, item.topic): item for item in told}
    rows = []
    for item in told:
        if item.topic == "gvf_n":
            figures = [found.get((item.round, item.variable, f"gvf_{figure}")) for figure in DECIMALS]
            values = [math.nan if each is None else each.value for each in figures]
            values[A] *= 1e6
            numbers = [_numeral(value, places, words) for value, places in zip(values, DECIMALS.values(), strict=True)]
            rows.append((period(item.round, periods), _group(item.detail, words), *numbers))
    notes = (words("annex", "errors", "notes", "functions"), words("annex", "errors", "notes", "held"))
    return table_of(("errors", "functions"), ("round", "group", *DECIMALS), rows, _rounds(told), words, periods, notes)


def _totals(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a round, group and size: the standard error of a total of that size, in persons and in per cent of it."""
    groups, rows = _groups(told), []
    for item in told:
        if item.topic == "gvf_se_total":
            size = float(item.category)
            stub = (period(item.round, periods), _group(groups[item.round, item.variable], words), words.numeral(size))
            rows.append((*stub, words.numeral(item.value), words.share(item.value / size)))
    columns = ("round", "group", "size", "se_persons", "cv")
    return table_of(("errors", "totals"), columns, rows, _rounds(told), words, periods)


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
        stub = (period(name, periods), _group(groups[name, group], words), words.numeral(size))
        rows.append((*stub, *errors))
    heads = [words("annex", "errors", "rate_head", rate=words.percent(rate, _places(rate))) for rate in rates]
    notes = (words("annex", "errors", "notes", "complement"), words("annex", "errors", "notes", "range"))
    return table_of(("errors", "rates"), ("round", "group", "base"), rows, _rounds(told), words, periods, notes, heads)


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
