"""Policy briefs: two pages a theme, from the same figures and words as the report."""

from collections.abc import Iterator, Sequence

from lfs.publish.charts import chart, has_chart
from lfs.publish.content import Brief
from lfs.publish.figures import Published
from lfs.publish.prose import key_figures, prose
from lfs.publish.tables import Periods, source_line
from lfs.publish.words import Words


def briefs(published: Published, words: Words, periods: Periods, rounds: Sequence[str]) -> Iterator[Brief]:
    """The declared briefs for the latest round of the report; what the survey cannot say is left out of each."""
    latest, level = rounds[-1:], words.level(published.survey.config.confidence)
    for name, declared in published.survey.report.briefs.items():
        charts = [
            chart(published, f"{name}_{key}", picture, _label(number, words), words, periods, latest)
            for number, (key, picture) in enumerate(declared.charts.items(), 1)
            if has_chart(published, picture)
        ]
        yield Brief(
            key=name,
            title=words("briefs", name, "title"),
            lead=words("briefs", name, "lead"),
            key_figures=key_figures(published, declared.key_figures, words, periods, latest),
            paragraphs=tuple(prose(published, declared.sentences, words, periods, latest)),
            charts=tuple(charts),
            reading=tuple(words.texts("front", "brief_reading", level=level)),
            source=source_line(latest, words, periods),
        )


def _label(number: int, words: Words) -> str:
    return words("contents", "chart", number=words.number(number))
