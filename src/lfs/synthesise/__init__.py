"""The invented survey of Iraq: a population with the published figures, and what two offices would send of it.

`invent` makes the rounds, `synthesise` hands them to the offices' dialects; `ihses` invents earlier rounds of another
survey. Nothing is written but under
data/raw/synthetic/, and everything made from it is marked as invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from lfs.metadata import Survey, SurveyError
from lfs.metadata.official import read_official
from lfs.synthesise.chance import Chance
from lfs.synthesise.population import Country
from lfs.synthesise.survey import Sample, interview

__all__ = ["Sample", "controls", "country", "invent", "synthesise", "synthetic_rounds"]

_ONLY_UNDER = Path("data/raw/synthetic")
_USUAL_COPIES = 20
_USUAL_HOUSEHOLDS = 16400
_FEWEST_COPIES = 4


def invent(survey: Survey, rounds: Iterable[str] | None = None) -> dict[str, Sample]:
    """The rounds asked for (by default every round with invented files), the same values whenever the seed is the same.

    Raises SurveyError where the survey declares no synthesis or no official figures to aim at.
    """
    synthetic = synthetic_rounds(survey)
    asked = list(rounds) if rounds is not None else list(synthetic)
    for name in asked:
        if name not in synthetic:
            raise SurveyError(f"config/rounds.csv: round {name} has no row with synthetic = true")
    invented = country(survey)
    samples = {}
    for name in asked:
        population = invented.population(synthetic[name] - min(synthetic.values()))
        turn = list(synthetic).index(name)
        samples[name] = interview(invented.chance, population, survey, name, turn)
    return samples


def controls(survey: Survey, round: str) -> str:
    """The population totals of an invented round as the text of config/controls/<round>.csv; nothing is written."""
    from lfs.synthesise.controls import controls_text

    years = synthetic_rounds(survey)
    if round not in years:
        raise SurveyError(f"config/rounds.csv: round {round} has no row with synthetic = true")
    return controls_text(survey, country(survey), years[round] - min(years.values()))


def country(survey: Survey) -> Country:
    """The country that the survey's rounds are drawn from.

    A survey larger than usual is drawn from a population held in finer detail, so that its PSUs do not run out.
    """
    synthesis = survey.config.synthesis
    if synthesis is None:
        raise SurveyError("config/config.yaml: `synthesis` with seed and households is needed to invent a survey")
    copies = max(_FEWEST_COPIES, round(_USUAL_COPIES * min(1.0, _USUAL_HOUSEHOLDS / synthesis.households)))
    return Country(Chance(synthesis.seed), published(survey), copies)


def published(survey: Survey) -> pd.DataFrame:
    """The official figures that the population is to reproduce: those of the first invented round."""
    first = next(iter(synthetic_rounds(survey)))
    rows = pd.DataFrame([row for row in read_official(survey.folder) if row["round"] == first])
    if rows.empty:
        raise SurveyError(f"config/published/{first}.csv: the invented population needs official figures of its round")
    return rows


def synthesise(survey: Survey, round: str, file: Path | None = None) -> dict[Path, Callable[[Path], None]]:
    """What writes each invented file of a round (or the one file asked for), by the file's path.

    Refuses a file that the round does not declare as synthetic, or that lies anywhere but under data/raw/synthetic/.
    """
    from lfs.synthesise import dialects, ihses

    rows = [row for row in survey.rounds if row.round == round and row.synthetic]
    if file is not None:
        rows = [row for row in rows if Path(row.file) == file]
    if not rows:
        raise SurveyError(
            f"config/rounds.csv: round {round} has no row with synthetic = true and file {file or 'given'}"
        )
    for row in rows:
        if _ONLY_UNDER not in Path(row.file).parents or ".." in Path(row.file).parts:
            raise SurveyError(
                f"config/rounds.csv: {row.file} is synthetic and must lie under {_ONLY_UNDER.as_posix()}/"
            )
        if row.office != ihses.OFFICE and not hasattr(dialects, row.office):
            raise SurveyError(
                f"config/rounds.csv: office {row.office} has no invented survey; only cso, krso and ihses do"
            )
    if all(row.office == ihses.OFFICE for row in rows):
        return {Path(row.file): ihses.writer(survey, round) for row in rows}
    sample = invent(survey, [round])[round]

    def writer(office: str) -> Callable[[Path], None]:
        persons = sample.persons[sample.persons["office"] == office].reset_index(drop=True)
        households = sample.households[sample.households["office"] == office].reset_index(drop=True)
        return lambda path: getattr(dialects, office).write(persons, households, path)

    return {Path(row.file): writer(row.office) for row in rows}


def synthetic_rounds(survey: Survey) -> dict[str, int]:
    """The year of each invented round of the labour force survey, in the order of time.

    The earlier rounds of another survey have a population of their own (lfs.synthesise.ihses).
    """
    from lfs.synthesise.ihses import OFFICE

    rows = [row for row in survey.rounds if row.synthetic and row.office != OFFICE]
    years = {row.round: row.start.year for row in sorted(rows, key=lambda row: row.start)}
    if not years:
        raise SurveyError("config/rounds.csv: no row has synthetic = true")
    return years
