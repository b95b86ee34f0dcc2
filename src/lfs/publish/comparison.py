"""Figures that others have published, beside those of this report."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lfs.publish.content import Chapter, PlainTable
from lfs.publish.figures import TOTAL, Figure, Published
from lfs.publish.tables import Periods, invented_mark
from lfs.publish.words import Words

Official = Mapping[str, Any]


def comparison_chapter(
    published: Published, official: Sequence[Official], words: Words, periods: Periods, rounds: Sequence[str]
) -> Chapter | None:
    """The chapter, or nothing where no official figure has its counterpart in the published table.

    A published figure that was rounded counts as within the interval if any figure that rounds to it is.
    """
    rows = tuple(_rows(published, official, words, periods, rounds))
    if not rows:
        return None
    names = ("indicator", "group", "round", "published", "ours", "interval", "within", "standard", "source")
    level = words.level(published.survey.config.confidence)
    head = tuple(words("comparison", "columns", name, level=level) for name in names)
    title = words("comparison", "title")
    notes = (words("comparison", "units"),)
    invented = invented_mark(rounds, words, periods)
    table = PlainTable("comparison", title, head, rows, frozenset({3, 4, 5}), notes, invented)
    text = [words("comparison", "intro"), *([words("comparison", "invented")] if invented else [])]
    return Chapter("comparison", title, tuple(text), plain=(table,))


def _rows(
    published: Published, official: Sequence[Official], words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    survey = published.survey
    for row in official:
        breakdown = survey.breakdowns.get(row["breakdown"])
        if row["indicator"] not in survey.indicators or breakdown is None or row["round"] not in rounds:
            continue
        where = {name: row[name] for name in breakdown if row.get(name, TOTAL) != TOTAL}
        figure = published.figure(row["round"], published.main_standard(row["indicator"]), row["indicator"], where)
        decimals = int(row["decimals"]) if row.get("decimals") else None
        yield (
            words("indicators", row["indicator"], "name"),
            ", ".join(words.category(name, code) for name, code in where.items()) or words("comparison", "everybody"),
            periods.short[row["round"]],
            _written(row["value"], decimals, figure.unit, words),
            words.cell(figure, "value"),
            words.cell(figure, "interval"),
            words("comparison", "within", _within(row["value"], decimals, figure)),
            words("comparison", "standards", row["standard"]),
            words("comparison", "vintage", source=row["source"], vintage=row["vintage"]),
        )


def _within(value: float, decimals: int | None, figure: Figure) -> str:
    if figure.lower is None or figure.upper is None:
        return "unknown"
    half = 0.5 * 10.0**-decimals if decimals is not None else 0.0
    return "yes" if figure.lower - half <= value <= figure.upper + half else "no"


def _written(value: float, decimals: int | None, unit: str, words: Words) -> str:
    """An official figure with as many decimals as it was published with."""
    if unit == "rate":
        return words.number(100 * value, 1 if decimals is None else max(0, min(decimals - 2, 3)))
    if unit not in ("persons", "households"):
        return words.cell(Figure(unit, "", value), "value")
    return words.number(value / 1e3, 1 if decimals is None else max(0, min(decimals + 3, 1)))
