"""The printed report and briefs: what a reader, a screen reader and an archive find in them."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from lfs.metadata import SurveyError
from lfs.metadata.official import read_official
from lfs.publish import Words, publication
from lfs.publish.content import Brief, Document, Paragraph
from lfs.publish.document import Material, document
from lfs.publish.drawing import Pictures
from lfs.publish.figures import Published
from lfs.publish.pdf import render_brief, render_printed_report
from lfs.publish.pdf.texts import letters, said
from lfs.publish.pdf.typeset import pages

ARABIC = "نسبة المشاركة في سوق العمل حسب الجنس والعمر ومستوى التعليم للأسر والأفراد".split()
SORANI = (
    "ڕێژەی بێکاری لە هەرێمی کوردستان بەپێی ڕەگەز و گرووپی تەمەن ئاستی خوێندن ھەموو ژنان چاوپێکەوتن ڤیزا پێشەنگ".split()
)
LANGUAGES = {"ar": ("ar_IQ", "latn", ARABIC), "ckb": ("ckb_IQ", "arab", SORANI)}


def pretended(labels: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The English labels with words of another language in place of the English ones; names in capitals stay."""
    locale, digits, vocabulary = LANGUAGES[language]

    def word(found: re.Match[str]) -> str:
        text = found[0]
        return text if text.startswith("{") or text.isupper() else vocabulary[sum(map(ord, text)) % len(vocabulary)]

    def told(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: told(item) for key, item in value.items()}
        return re.sub(r"\{[^}]*\}|[A-Za-z]+", word, value) if isinstance(value, str) else value

    own = {"locale": locale, "digits": digits, "edited": "no"}
    kept = {name: labels[name] for name in ("language", "contents")}
    made = {**told(labels), "language": {**kept["language"], **own}}
    made["contents"] = {**made["contents"], "letters": kept["contents"]["letters"]}
    made["marks"] = {name: {**told(mark), "short": mark["short"]} for name, mark in labels["marks"].items()}
    made["assumptions"] = {}
    return made


Made = tuple[Document, Words, Pictures]


@pytest.fixture(scope="module")
def content(protected, iraq, labels) -> dict[str, Made]:
    """The document of the small invented country, by language."""
    published, quality = protected

    def made(language: str, told: Mapping[str, Any]) -> Made:
        words = Words(told, language, iraq.config.currency)
        material = Material(
            published=Published(published, iraq),
            quality=quality,
            words=words,
            periods=publication._periods(iraq, quality, words),
            official=read_official(iraq.folder) if language == "en" else (),
            results=(),
            assumptions=(),
            version="0.0",
        )
        return document(material), words, Pictures(words)

    return {"en": made("en", labels), **{name: made(name, pretended(labels, name)) for name in LANGUAGES}}
