"""Figures that others have published, beside those of this report."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from lfs.compare import compare, where_of
from lfs.publish.content import Chapter, Paragraph, PlainTable
from lfs.publish.figures import Figure, Published
from lfs.publish.tables import Periods, invented_mark
from lfs.publish.units import UNITS
from lfs.publish.words import Words

Official = Mapping[str, Any]
FIGURES = ("published", "ours", "interval", "difference", "in_se")
NAMES = ("indicator", "group", "round", *FIGURES, "within", "standard", "source")


def comparison_chapter(
    published: Published, official: Sequence[Official], words: Words, periods: Periods, rounds: Sequence[str]
) -> Chapter | None:
    """The chapter, or nothing where no official figure has its counterpart in the published table.

    A published figure that was rounded counts as within the interval if any figure that rounds to it is; the
    difference is that of the figures as they are, without rounding.
    """
    rows = tuple(_rows(published, official, words, periods, rounds))
    if not rows:
        return None
    level = words.level(published.survey.config.confidence)
    head = tuple(words("comparison", "columns", name, level=level) for name in NAMES)
    title = words("comparison", "title")
    notes = (words("comparison", "units"),)
    invented = invented_mark(rounds, words, periods)
    table = PlainTable("comparison", title, head, rows, frozenset({3, 4, 5, 6, 7}), notes, invented)
    text = [words("comparison", "intro"), *([words("comparison", "invented")] if invented else [])]
    return Chapter("comparison", title, tuple(map(Paragraph, text)), plain=(table,))


def _rows(
    published: Published, official: Sequence[Official], words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    survey = published.survey
    known = [
        row
        for row in official
        if row["indicator"] in survey.indicators and row["breakdown"] in survey.breakdowns and row["round"] in rounds
    ]
    compared = compare(published.table, known, survey).to_dict("records")
    for where, row in zip((where_of(each, survey) for each in known), compared, strict=True):
        figure = published.figure(row["round"], row["standard"], row["indicator"], where)
        decimals = int(row["decimals"]) if row["decimals"] else None
        told = figure.value is not None
        yield (
            words("indicators", row["indicator"], "name"),
            words.group(where) or words("comparison", "everybody"),
            periods.short[row["round"]],
            _written(row["official"], decimals, figure.unit, words),
            words.cell(figure, "value"),
            words.cell(figure, "interval"),
            _difference(row["difference"], figure.unit, words) if told else words.cell(figure, "value"),
            words.number(row["in_se"], 1) if row["in_se"] == row["in_se"] else words("marks", figure.instead, "short"),
            words("comparison", "within", _within(row["official"], decimals, figure)),
            words("comparison", "standards", row["official_standard"]),
            _source(row, words),
        )


def _source(row: Mapping[Hashable, Any], words: Words) -> str:
    """Source and vintage; of a figure that is no benchmark, why."""
    source = words("comparison", "vintage", source=words.foreign(row["source"]), vintage=words.foreign(row["vintage"]))
    if row["target"] != "never":
        return source
    return words("comparison", "no_benchmark", source=source, reason=words.foreign(row["reason"]))


def _within(value: float, decimals: int | None, figure: Figure) -> str:
    if figure.lower is None or figure.upper is None:
        return "unknown"
    half = 0.5 * 10.0**-decimals if decimals is not None else 0.0
    return "yes" if figure.lower - half <= value <= figure.upper + half else "no"


def _written(value: float, decimals: int | None, unit: str, words: Words) -> str:
    """An official figure with as many decimals as it was published with."""
    if unit == "rate":
        return words.number(100 * value, 1 if decimals is None else max(0, min(decimals - 2, 3)))
    if unit in ("persons", "households"):
        return words.number(value / 1e3, 1 if decimals is None else max(0, min(decimals + 3, 1)))
    return words.cell(Figure(unit, "", value), "value")


def _difference(value: float, unit: str, words: Words) -> str:
    """The estimate less the official figure, in the unit of the table, with a decimal more than its figures have."""
    form = UNITS[unit]
    return words.number(value * form.scale, form.decimals + 1)
