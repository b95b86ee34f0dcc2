"""Whom the figures of a period do not cover, though their names sound like everybody."""

from collections.abc import Iterable, Sequence

import pandas as pd

from lfs.metadata import Survey
from lfs.publish.tables import Periods
from lfs.publish.words import Words


def partial_rounds(survey: Survey, rounds: Sequence[str], words: Words, periods: Periods) -> Iterable[str]:
    """A remark for every round that fewer offices delivered than had a survey in it."""
    for name in (name for name in rounds if name in survey.round_names):
        offices = [row.office for row in survey.rounds if row.round == name]
        everyone = {key for key, office in survey.offices.items() if office.due_in(name, survey.round_names)}
        if offices and set(offices) < everyone:
            named = words.listed([words.office(office) for office in offices])
            yield words("partial", round=periods.long[name], offices=named)


def left_out(survey: Survey, quality: pd.DataFrame, words: Words, periods: Periods) -> Iterable[str]:
    """A remark for every office whose form lacks what some indicators need: these do not cover its people.

    Who gave no number is left out of a mean or quantile person by person, which its definition says.
    """
    counted = [name for name, indicator in survey.indicators.items() if indicator.numerator]
    found = quality[(quality["topic"] == "left_out") & quality["variable"].isin(counted)]
    told: dict[tuple[str, str], list[str]] = {}
    for name, office, indicator in found[["round", "office", "variable"]].itertuples(index=False, name=None):
        told.setdefault((name, office), []).append(words("indicators", indicator, "name"))
    for (name, office), indicators in told.items():
        named = words.listed(list(dict.fromkeys(indicators)))
        yield words("left_out_of", round=periods.long[name], office=words.office(office), indicators=named)
