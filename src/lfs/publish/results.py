"""The results matrix: what a policy aims at, beside what the survey says of it, as far as the sample can tell."""

from collections.abc import Iterator, Sequence

from lfs.metadata.results_matrix import Result
from lfs.publish.content import Chapter, Paragraph, PlainTable
from lfs.publish.figures import ABSENT, Figure, Published
from lfs.publish.tables import Periods, invented_mark
from lfs.publish.words import Words

FIGURES = ("baseline", "target", "due", "round", "estimate", "interval")
COLUMNS = ("indicator", "group", *FIGURES, "verdict", "change", "source")


def target_verdict(figure: Figure, target: float, direction: str) -> str:
    """Whether the target is met, as far as the interval of the figure can tell.

    met: the whole interval is at the target or beyond; not_met: the whole interval falls short; cannot_be_told: the
    target lies within; unknown: there is no figure, or no interval. A gap (direction towards_zero) is judged by its
    distance from zero, whatever its sign.
    """
    if figure.lower is None or figure.upper is None:
        return "unknown"
    lower, upper = _towards(direction, figure.lower, figure.upper)
    met, short = (lower >= target, upper < target) if direction == "up" else (upper <= target, lower > target)
    return "met" if met else "not_met" if short else "cannot_be_told"


def change_verdict(now: Figure, before: Figure | float | None, direction: str) -> str:
    """Whether the figure has improved since the baseline: a figure with its interval, or a number without error.

    improved or worsened: the two intervals do not overlap; cannot_be_told: they do; unknown: one of them is missing.
    """
    # ASSUME two rounds differ where their intervals do not overlap: the distance of the estimates is then larger than
    # t times the sum of their standard errors, and no correlation of the rounds can make the error of the difference
    # larger than that sum. Where they overlap, nothing is said.
    if before is None or now.lower is None or now.upper is None:
        return "unknown"
    low, high = (before, before) if isinstance(before, float) else (before.lower, before.upper)
    if low is None or high is None:
        return "unknown"
    (now_low, now_high), (low, high) = _towards(direction, now.lower, now.upper), _towards(direction, low, high)
    above, below = now_low > high, now_high < low
    if not above and not below:
        return "cannot_be_told"
    return "improved" if above == (direction == "up") else "worsened"


def _towards(direction: str, lower: float, upper: float) -> tuple[float, float]:
    """The limits of what is judged: of the figure itself, or of a gap's distance from zero."""
    if direction != "towards_zero":
        return lower, upper
    nearest = 0.0 if lower <= 0.0 <= upper else min(abs(lower), abs(upper))
    return nearest, max(abs(lower), abs(upper))


def results_chapter(published: Published, results: Sequence[Result], words: Words, periods: Periods) -> Chapter | None:
    """The chapter, or nothing where the survey has no results matrix or no figure for it."""
    rows = tuple(_rows(published, results, words, periods))
    if not rows:
        return None
    level = words.level(published.survey.config.confidence)
    table = PlainTable(
        key="results_matrix",
        title=words("results_matrix", "table"),
        head=tuple(words("results_matrix", "columns", name, level=level) for name in COLUMNS),
        rows=rows,
        numeric=frozenset({6, 7}),
        notes=tuple(words.texts("results_matrix", "notes")),
        invented=invented_mark(published.rounds, words, periods),
        label=words("results_matrix", "title"),
    )
    return Chapter(
        "results", words("results_matrix", "title"), (Paragraph(words("results_matrix", "intro")),), plain=(table,)
    )


def _rows(published: Published, results: Sequence[Result], words: Words, periods: Periods) -> Iterator[tuple[str, ...]]:
    for result in results:
        standard = published.main_standard(result.indicator)
        told = {name: published.figure(name, standard, result.indicator, result.where) for name in published.rounds}
        latest = next((name for name in reversed(published.rounds) if told[name].mark != ABSENT), None)
        if latest is None:
            continue
        figure = told[latest]
        first = told.get(result.baseline_round, Figure(figure.unit, ABSENT))
        before: Figure | float | None = result.baseline if first.lower is None else first
        known = result.baseline if result.baseline is not None else first.value
        if result.baseline_round == latest or _breaks_between(result, latest, published):
            before = None
        yield (
            words("indicators", result.indicator, "name"),
            words.group(result.where) or words("results_matrix", "all"),
            _baseline(result, known, figure.unit, words, periods),
            words("results_matrix", result.direction, value=words.quantity(result.target, figure.unit)),
            words.date(result.due),
            periods.short[latest],
            words.quantity(figure.value, figure.unit) if figure.value is not None else words.cell(figure, "value"),
            words.cell(figure, "interval"),
            words("results_matrix", "verdicts", target_verdict(figure, result.target, result.direction)),
            words("results_matrix", "changes", "no_baseline")
            if known is None
            else words("results_matrix", "changes", change_verdict(figure, before, result.direction)),
            words.foreign(result.source),
        )


def _breaks_between(result: Result, latest: str, published: Published) -> bool:
    """Whether the indicator's series breaks after the round of the baseline, up to the latest one."""
    rounds = published.survey.round_names
    if result.baseline_round not in rounds:
        return False
    between = rounds[rounds.index(result.baseline_round) + 1 : rounds.index(latest) + 1]
    return any(each.round in between and each.concerns({result.indicator}) for each in published.survey.breaks)


def _baseline(result: Result, known: float | None, unit: str, words: Words, periods: Periods) -> str:
    """The declared baseline, or what the survey itself found then, with its period."""
    if known is None:
        return words("results_matrix", "no_baseline")
    value = words.quantity(known, unit)
    if not result.baseline_round:
        return value
    return words("results_matrix", "in_round", value=value, round=periods.short[result.baseline_round])
