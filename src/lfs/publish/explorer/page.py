"""The page put together: figures, words of every language, script, style, font, and a policy that bars all else."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from lfs.metadata import Survey
from lfs.publish.coverage import left_out, partial_rounds
from lfs.publish.document import ROUNDS_SHOWN, invented_banner, mark_rules
from lfs.publish.explorer.figures import Figures, packed
from lfs.publish.explorer.vocabulary import Edition, vocabulary
from lfs.publish.figures import Published
from lfs.publish.publication import periods_of
from lfs.publish.report import font_address, templates
from lfs.publish.words import Words

SCRIPTS = ("figures", "words", "view", "drawing", "chart", "trend", "table", "saving", "page")
"""Parts of the script, in the order in which they stand on the page."""


def explorer(
    published: pd.DataFrame, quality: pd.DataFrame, survey: Survey, labels: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """One HTML page with every published figure, in the languages of `labels`, the first of them at the start.

    `published` and `quality` are what protection let through. The same input gives the same bytes. Raises SurveyError
    naming the word that a language lacks.
    """
    figures = Figures(Published(published, survey))
    editions = [
        _edition(figures, quality, Words(found, name, survey.config.currency)) for name, found in labels.items()
    ]
    words = [vocabulary(edition, figures) for edition in editions]
    first = editions[0].words
    environment = templates()
    parts = [_source(environment, f"{name}.js") for name in SCRIPTS]
    script = "".join(["(() => {\n", '"use strict";\n', *parts, "})();\n"])
    face = f'@font-face {{ font-family: Plex; src: url({font_address("Regular", "woff2")}) format("woff2"); }}\n'
    style = face + _source(environment, "page.css")
    page = environment.get_template("explorer/page.html").render(
        language=first.language,
        direction=first.direction,
        words=words[0],
        no_script=first("explorer", "no_script"),
        too_old=first("explorer", "too_old"),
        policy=_policy(script, style),
        style=Markup(style),
        script=Markup(script),
        figures=_deflated(packed(figures)),
        vocabulary=_deflated(_json({"start": _start(figures), "languages": words}).encode()),
    )
    return page.encode("utf-8")


def _edition(figures: Figures, quality: pd.DataFrame, words: Words) -> Edition:
    survey, rounds = figures.published.survey, figures.rounds
    periods = periods_of(survey, quality, words)
    remarks = [*partial_rounds(survey, rounds, words, periods), *left_out(survey, quality, words, periods)]
    return Edition(words, periods, invented_banner(periods, rounds, words), remarks, list(mark_rules(survey, words)))


def _start(figures: Figures) -> dict[str, Any]:
    """What is shown before anything is chosen: the report's first key figure, for the rounds that the report shows."""
    named = [item.indicator for item in figures.published.survey.report.key_figures]
    indicator = next((name for name in named if name in figures.indicators), figures.indicators[0])
    return {"indicator": indicator, "rounds": list(figures.rounds[-ROUNDS_SHOWN:])}


def _source(environment: Environment, name: str) -> str:
    loader = environment.loader
    assert loader is not None
    return loader.get_source(environment, f"explorer/{name}")[0]


def _policy(script: str, style: str) -> str:
    """Nothing but this script, this style and the font in it; no address is ever asked for anything."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}'",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _deflated(content: bytes) -> str:
    """Deflated without a head, and as letters of base 64, none of which means anything to HTML."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(content) + packer.flush()).decode("ascii")
