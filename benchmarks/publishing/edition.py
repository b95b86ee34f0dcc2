"""What both sides are given."""

from importlib.metadata import version
from pathlib import Path

import pandas as pd

from benchmarks.publishing.stage import READ
from benchmarks.steps import TABLES
from lfs.metadata import load_survey
from lfs.metadata.assumptions import read_assumptions
from lfs.metadata.labels import read_labels
from lfs.metadata.official import read_official
from lfs.metadata.results_matrix import read_results_matrix
from lfs.publish.content import Document
from lfs.publish.document import document
from lfs.publish.publication import material_of
from lfs.publish.words import Words


def edition(folder: Path, language: str) -> tuple[Document, Words]:
    """The report as data, as the verb publish makes it, and the words of its language."""
    survey = load_survey(folder)
    published, quality = (pd.read_parquet(folder / TABLES / file) for file in READ)
    words = Words(read_labels(folder, language), language, survey.config.currency)
    material = material_of(
        published,
        quality,
        survey,
        words,
        official=read_official(folder),
        results=read_results_matrix(survey),
        assumptions=read_assumptions(folder),
        version=version("lfs"),
    )
    return document(material), words
