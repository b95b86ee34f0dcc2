"""The published figures for machines: one row a figure, codes and words side by side, and a dictionary of both.

The figures are those of the workbook: numbers as estimated, unrounded, rates as fractions; what is suppressed is empty.
"""

import io
import re
from collections.abc import Iterator

import pandas as pd

from lfs.metadata import Survey
from lfs.publish.bidi import bare
from lfs.publish.figures import Published
from lfs.publish.tables import Periods
from lfs.publish.words import Words

NUMBERS = ("value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""


def tidy_figures(published: Published, words: Words, periods: Periods) -> pd.DataFrame:
    """One row a published figure, in the order of the published table.

    round, period, standard, indicator and its name, unit, up to as many pairs of variable and category (code and word)
    as the largest crossing has, the numbers, interval, mark and status.
    """
    survey, table = published.survey, published.table
    crossings = table["breakdown"].astype("str").map(survey.breakdowns)
    made = {
        "round": table["round"].astype("str"),
        "period": table["round"].map(lambda name: bare(periods.long[name])),
        "standard": table["standard"].astype("str"),
        "indicator": table["indicator"].astype("str"),
        "indicator_name": table["indicator"].map(lambda name: words("indicators", name, "name")),
        "unit": table["indicator"].map(lambda name: survey.indicators[name].unit),
        "breakdown": table["breakdown"].astype("str"),
    }
    for place in range(max(len(survey.breakdowns[name]) for name in table["breakdown"].unique())):
        names = crossings.map(lambda crossed, place=place: crossed[place] if place < len(crossed) else "")
        codes = _codes(table, names)
        made[f"variable_{place + 1}"] = names
        made[f"category_{place + 1}"] = codes
        made[f"category_{place + 1}_name"] = _named(names, codes, words)
    made |= {name: table[name] for name in (*NUMBERS, "interval", "flag", "status")}
    return pd.DataFrame(made).reset_index(drop=True)


def dictionary(survey: Survey, figures: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What every column means, and every code that stands in one: column, code, meaning."""
    rows = list(_meanings(survey, figures, words))
    return pd.DataFrame(rows, columns=["column", "code", "meaning"])


def as_csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need; no text begins a formula: an apostrophe comes first."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    safe = table.assign(**{name: _harmless(table[name]) for name in texts})
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def as_parquet(table: pd.DataFrame) -> bytes:
    """Compressed columns; the same table gives the same bytes."""
    file = io.BytesIO()
    table.to_parquet(file, index=False, compression="zstd", write_page_checksum=True)
    return file.getvalue()


def _codes(table: pd.DataFrame, names: pd.Series) -> pd.Series:
    """For each row the category of the variable that `names` gives for it."""
    codes = pd.Series("", index=table.index, dtype="str")
    for name in names.unique():
        if name:
            rows = names == name
            codes[rows] = table.loc[rows, name].astype("str")
    return codes


def _named(names: pd.Series, codes: pd.Series, words: Words) -> pd.Series:
    pairs = pd.DataFrame({"name": names, "code": codes}).drop_duplicates()
    told = {("", ""): ""}
    for name, code in pairs[pairs["name"] != ""].itertuples(index=False):
        told[name, code] = bare(words.category(name, code))
    return pd.Series([told[pair] for pair in zip(names, codes, strict=True)], index=names.index, dtype="str")


def _meanings(survey: Survey, figures: pd.DataFrame, words: Words) -> Iterator[tuple[str, str, str]]:
    for name in figures.columns:
        yield name, "", words("exchange", "columns", re.sub(r"_\d+", "", name))
    for name in figures["indicator"].unique():
        yield "indicator", name, words("indicators", name, "definition")
    for name in figures["standard"].unique():
        yield "standard", name, words("standards", name, "name")
    for name in dict.fromkeys(figures["unit"]):
        yield "unit", name, words("exchange", "units", name)
    for name in ("published", "unreliable", "suppressed"):
        yield "status", name, words("exchange", "statuses", name)
    for name in dict.fromkeys(
        code for joined in figures["flag"].dropna().unique() for code in joined.split("+") if code
    ):
        yield "flag", name, words("exchange", "flags", name)
    for name in figures["interval"].dropna().unique():
        yield from [("interval", name, words("exchange", "intervals", name))] if name else ()
    for name in dict.fromkeys(crossed for each in figures["breakdown"].unique() for crossed in survey.breakdowns[each]):
        yield "variable", name, words("variables", name, "name")
        for code in survey.variables[name].codes():
            yield name, code, bare(words.category(name, code))


def _harmless(texts: pd.Series) -> pd.Series:
    told = texts.fillna("").astype("str")
    return told.where(~told.str.startswith(FORMULA), "'" + told)
