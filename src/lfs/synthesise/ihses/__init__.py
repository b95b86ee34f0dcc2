"""The invented household socio-economic surveys of 2007 and 2012: earlier rounds with fewer questions, in other codes.

figures: what the population must reproduce; people: the population; sample: the draw by districts; form: the answers
and the Stata file. Nothing of it touches the labour force survey's population but the way households form.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lfs.metadata import Survey, SurveyError
from lfs.synthesise.chance import Chance
from lfs.synthesise.ihses.figures import figures_of
from lfs.synthesise.ihses.people import Population, populate

__all__ = ["OFFICE", "ROUNDS", "households_of", "population", "writer"]

OFFICE = "ihses"
ROUNDS = ("2007", "2012")
_SHARE_OF_HOUSEHOLDS = 6000 / 16400


def writer(survey: Survey, round: str) -> Callable[[Path], None]:
    """What writes the invented file of `round`; the same seed gives the same bytes.

    Raises SurveyError for a round that is none of the two, and where its official figures are missing.
    """
    from lfs.synthesise.ihses.form import answers, write
    from lfs.synthesise.ihses.sample import draw

    invented = population(survey, round)
    chosen = draw(invented, households_of(survey), ROUNDS.index(round))
    return lambda path: write(answers(invented, chosen, round), round, path)


def population(survey: Survey, round: str) -> Population:
    """Everybody in the country in that year."""
    if round not in ROUNDS:
        raise SurveyError(f"config/rounds.csv: office {OFFICE} has no invented round {round}; known: 2007, 2012")
    if survey.config.synthesis is None:
        raise SurveyError("config/config.yaml: `synthesis` with seed and households is needed to invent a survey")
    return populate(Chance(survey.config.synthesis.seed).within(OFFICE, round), figures_of(survey.folder, round))


def households_of(survey: Survey) -> int:
    """Households to interview: a share of what `synthesis:` of config.yaml sets for the labour force survey.

    The real surveys had 25,488; 6,000 of them keep a run short.
    """
    synthesis = survey.config.synthesis
    return round(synthesis.households * _SHARE_OF_HOUSEHOLDS) if synthesis else 0
