"""Population totals that the weights were brought to, and how far from them the weights were before."""

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from lfs.metadata.controls import CROSSED
from lfs.publish.annexes.findings import Finding, code_named, period, table_of
from lfs.publish.content import PlainTable
from lfs.publish.tables import Periods
from lfs.publish.words import Words

TOPICS = ("control_total", "control_before", "control_left_out")
LARGEST = 5
"""So many of the largest gaps of each round are named."""


def margins(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """A row a round and margin: its controls, their sum, and the weights before calibration in per cent of them."""
    totals: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    before: dict[tuple[str, str], list[float]] = defaultdict(list)
    for item in told:
        if item.topic == "control_total":
            totals[item.round, item.variable].append(item)
        elif item.topic == "control_before":
            before[item.round, item.variable].append(item.value)
    rows = []
    for (name, margin), found in totals.items():
        shares = before[name, margin]
        points = (min(shares), median(shares), max(shares)) if shares else ()
        rows.append(
            (
                period(name, periods),
                _margin(found[0], words),
                words.numeral(len(found)),
                words.numeral(math.fsum(item.value for item in found)),
                *(words.share(point) for point in points),
                *([None] * (3 - len(points))),
            )
        )
    columns = ("round", "margin", "controls", "total", "least_before", "median_before", "largest_before")
    rounds = [name for name, _ in totals]
    notes = [words("annex", "weights", "notes", "part"), *_left_out(told, words, periods)]
    return table_of(("weights", "controls"), columns, rows, rounds, words, periods, notes)


def gaps(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """The controls of each round that the weights before calibration missed by most, in proportion."""
    totals = {(item.round, item.variable, item.category): item for item in told if item.topic == "control_total"}
    missed: dict[str, list[Finding]] = defaultdict(list)
    for item in told:
        if item.topic == "control_before":
            missed[item.round].append(item)
    rows = []
    for name, found in missed.items():
        for item in sorted(found, key=_distance, reverse=True)[:LARGEST]:
            total = totals[name, item.variable, item.category]
            rows.append(
                (
                    period(name, periods),
                    _margin(total, words),
                    _category(total, words),
                    words.numeral(total.value),
                    words.share(item.value),
                )
            )
    columns = ("round", "margin", "category", "control", "before")
    return table_of(("weights", "gaps"), columns, rows, list(missed), words, periods)


def _distance(item: Finding) -> float:
    return abs(math.log(item.value)) if item.value > 0 else math.inf


def _left_out(told: Sequence[Finding], words: Words, periods: Periods) -> list[str]:
    """A note for each round of which some controls were not asked for."""
    counts: dict[str, float] = defaultdict(float)
    for item in told:
        if item.topic == "control_left_out":
            counts[item.round] += item.value
    return [
        words("annex", "weights", "notes", "left_out", round=periods.long.get(name, name), number=words.number(count))
        for name, count in counts.items()
    ]


def _margin(item: Finding, words: Words) -> str:
    """What the controls of a margin count, and by which variables."""
    counts, _, _ = item.detail.partition(": ")
    names = [words.variable(name) for name in _variables(item)]
    return words("annex", "weights", "margin", counts=words("annex", "weights", "counts", counts), by=" × ".join(names))


def _category(item: Finding, words: Words) -> str:
    codes = item.category.split(CROSSED)
    return words.beside(code_named(name, code, words) for name, code in zip(_variables(item), codes, strict=True))


def _variables(item: Finding) -> list[str]:
    return item.detail.partition(": ")[2].split(CROSSED)
