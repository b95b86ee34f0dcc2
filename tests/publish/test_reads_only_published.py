"""Nothing that protection did not let through can reach a reader."""

import ast
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import lfs.publish
from lfs.protect import FIGURES, protect
from lfs.publish import publish

BOTH = ("report.html", "tables.xlsx")

PACKAGE = Path(lfs.publish.__file__).parent
LIBRARY = PACKAGE.parent
READING = re.compile(r"read_parquet|read_csv|read_table|read_excel|\bopen\(|read_text|read_bytes|load_survey|pyarrow")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("lfs")}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("**/*.py")), ids=lambda path: path.name)
def test_publishing_imports_declarations_and_itself_only(path):
    # lfs.compare reads nothing either: it sets official figures beside the published table that it is handed.
    assert all(name.startswith(("lfs.publish", "lfs.metadata", "lfs.compare")) for name in imported(path))
    code = path.read_text(encoding="utf-8").replace("(TEMPLATES / name).read_bytes()", "its own templates")
    code = code.replace("pikepdf.open(io.BytesIO", "made in memory")
    assert not READING.search(code), "publishing opens no file: tables are handed to it"


def test_only_publishing_writes_reports():
    """No other step imports what makes pages and workbooks."""
    for path in LIBRARY.glob("**/*.py"):
        if PACKAGE not in path.parents:
            libraries = re.findall(r"^\s*(?:import|from) (jinja2|xlsxwriter|matplotlib)", path.read_text("utf-8"), re.M)
            assert not libraries, path.name


def test_the_verb_and_the_rule_hand_over_published_tables_only():
    source = (LIBRARY / "__main__.py").read_text(encoding="utf-8")
    verb = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "publish")
    read = [
        ast.unparse(node.args[0])
        for node in ast.walk(verb)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "read_table"
    ]
    assert read == ["arguments.published", "arguments.quality"]
    rule = (LIBRARY.parents[1] / "workflow/rules/publish.smk").read_text(encoding="utf-8")
    assert set(re.findall(r"data/processed/[\w./]+", rule)) == {
        "data/processed/published.parquet",
        "data/processed/published_quality.parquet",
        "data/processed/comparison.csv",
    }
    assert "lfs compare {input.published:q}" in rule, "the comparison is made of published figures"


def test_a_marked_figure_that_is_suppressed_never_shows_up(estimates, quality, iraq, labels):
    """Every figure of the rows to be suppressed is made recognisable; the files hold none of them."""
    once, _ = protect(estimates, quality, iraq)
    gone = (once["status"] == "suppressed") & (estimates["n"] > 0)
    marked = estimates.copy()
    for column in FIGURES[:6]:
        # Recognisable, and no two alike: equal counts are taken for the same persons.
        marked.loc[gone, column] = 0.77123451 + 1e-10 * np.flatnonzero(gone)
    published, published_quality = protect(marked, quality, iraq)
    assert (published["status"] == once["status"]).all()
    figures = published.select_dtypes("number")
    assert not ((figures > 0.7712345) & (figures < 0.7712355)).any(axis=None)
    report, workbook = publish(published, published_quality, iraq, labels, language="en", files=BOTH).values()
    others = publish(published, published_quality, iraq, labels, language="en", files=["report.docx", "figures.csv"])
    text = report + b"".join(_parts(workbook)) + b"".join(_parts(others["report.docx"])) + others["figures.csv"]
    assert b"77123451" not in text
    assert b"77.1%" not in text
    shown = published.copy()
    shown.loc[gone, ["status", "value", "lower", "upper"]] = ["published", 0.77123451, 0.5, 0.9]
    workbook = publish(shown, published_quality, iraq, labels, language="en", files=["tables.xlsx"])["tables.xlsx"]
    assert b"77123451" in b"".join(_parts(workbook)), "the canary sings where it is let out"


def _parts(workbook: bytes) -> list[bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_masked_counts_do_not_show_up(protected):
    _, quality = protected
    pairs = quality[quality["topic"] == "agreement"].groupby("category")["value"].first()
    assert pd.isna(pairs["employed|unemployed"])
    assert pd.isna(pairs["unemployed|employed"]), "or the total would give the other one away"
