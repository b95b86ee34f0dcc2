"""Sentences made from figures: hedged by rule, and never a comparison without an interval of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lfs.metadata.report import Figure as Declared
from lfs.metadata.report import Sentence
from lfs.publish.content import KeyFigure, Paragraph, Quoted
from lfs.publish.figures import ABSENT, Figure, Published
from lfs.publish.tables import Periods
from lfs.publish.words import Words


def prose(
    published: Published, sentences: Sequence[Sentence], words: Words, periods: Periods, rounds: Sequence[str]
) -> Iterator[Paragraph]:
    """A paragraph a sentence: it is told of each round whose figures exist, the rounds in their order.

    Levels stand with their intervals and, where the survey estimates the contrast of two of them, with what its
    interval allows to say.
    """
    indicators = published.survey.indicators
    for declared in sentences:
        if not all(item.indicator in indicators for item in declared.values.values()):
            continue
        told: list[str] = []
        figures: list[Quoted] = []
        for name in rounds:
            quoted = {key: quote(published, name, item) for key, item in declared.values.items()}
            if any(item.figure.mark == ABSENT for item in quoted.values()):
                continue
            if quoted:
                values = {key: words.estimate(item.figure) for key, item in quoted.items()}
                told.append(words("sentences", declared.sentence, round=periods.long[name], **values))
            more = _compared(published, declared, name, words, periods)
            told += [more[0]] if more else []
            figures += [*quoted.values(), *([more[1]] if more else [])]
        if told:
            yield Paragraph(" ".join(told), tuple(figures))


def key_figures(
    published: Published, declared: Sequence[Declared], words: Words, periods: Periods, rounds: Sequence[str]
) -> tuple[KeyFigure, ...]:
    """The figures of a front page, those that no round has left out."""
    found = []
    for item in declared:
        if item.indicator not in published.survey.indicators:
            continue
        told = [(periods.long[name], quote(published, name, item).figure) for name in rounds]
        if any(figure.mark != ABSENT for _, figure in told):
            found.append(KeyFigure(_named(item, words), tuple(told)))
    return tuple(found)


def quote(published: Published, round_name: str, item: Declared) -> Quoted:
    """The figure that a text declares, by the standard that the report shows."""
    standard = published.main_standard(item.indicator)
    figure = published.figure(round_name, standard, item.indicator, item.where)
    return Quoted(round_name, standard, item.indicator, tuple(item.where.items()), figure)


def verdict(contrast: Figure) -> str:
    """What the interval of a difference allows to say: first_higher, second_higher, or cannot_be_told.

    first_higher: the whole interval is above zero; second_higher: below it; cannot_be_told: zero lies within.
    """
    if contrast.lower is None or contrast.upper is None:
        return "cannot_be_told"
    return "first_higher" if contrast.lower > 0 else "second_higher" if contrast.upper < 0 else "cannot_be_told"


def _compared(
    published: Published, declared: Sentence, name: str, words: Words, periods: Periods
) -> tuple[str, Quoted] | None:
    if declared.contrast is None or declared.contrast.indicator not in published.survey.indicators:
        return None
    contrast = quote(published, name, declared.contrast)
    if not contrast.figure.shown:
        return None
    said = verdict(contrast.figure)
    size = words.estimate(_turned(contrast.figure) if said == "second_higher" else contrast.figure)
    return words("contrasts", declared.sentence, said, difference=size, round=periods.long[name]), contrast


def _turned(figure: Figure) -> Figure:
    """The same difference the other way round."""
    value, lower, upper = figure.value, figure.lower, figure.upper
    return replace(
        figure,
        value=None if value is None else -value,
        lower=None if upper is None else -upper,
        upper=None if lower is None else -lower,
    )


def _named(item: Declared, words: Words) -> str:
    name = words("indicators", item.indicator, "name")
    if not item.where:
        return name
    group = words.listed([words.category(variable, code) for variable, code in item.where.items()])
    return words("front", "of_group", indicator=name, group=group)
