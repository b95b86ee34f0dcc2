"""What settling and deriving found, as rows of the quality table."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from lfs.derive.settle import Settled
from lfs.metadata.schema import QUALITY_COLUMNS

Row = dict[str, object]
ALL = "all"


def tallies(settled: Mapping[str, Settled], offices: pd.Series) -> pd.DataFrame:
    """Per variable and office: persons in the universe, of these without an answer, and answers outside it."""
    codes, names = pd.factorize(offices)
    counted = [
        {"variable": variable, "office": office, "asked": asked, "not_stated": empty, "outside": outside}
        for variable, found in settled.items()
        for office, asked, empty, outside in zip(
            names,
            *(np.bincount(codes[who], minlength=len(names)) for who in (found.inside, found.not_stated, found.outside)),
            strict=True,
        )
    ]
    return pd.DataFrame(counted, columns=["variable", "office", "asked", "not_stated", "outside"])


def tally_rows(tallied: pd.DataFrame) -> list[Row]:
    """Rows for each office and for all: persons asked, the share of them not stated, answers outside the universe."""
    together = tallied.drop(columns="office").groupby("variable", sort=False, as_index=False).sum()
    rows: list[Row] = []
    for count in pd.concat([tallied, together.assign(office=ALL)]).to_dict("records"):
        about = {"variable": count["variable"], "office": count["office"]}
        if count["asked"]:
            share = count["not_stated"] / count["asked"]
            rows.append({**about, "topic": "asked", "value": count["asked"]})
            rows.append({**about, "topic": "share_not_stated", "value": share, "detail": "of_persons"})
        if count["variable"] == "age" and count["not_stated"]:
            rows.append({**about, "topic": "age_not_stated", "value": count["not_stated"]})
        if count["outside"]:
            rows.append({**about, "topic": "answered_outside_universe", "value": count["outside"]})
    return rows


def quality_table(round_name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Long and tidy: round, office, step, topic, variable, category, value, detail."""
    filled = [{"round": round_name, "office": ALL, "step": "derive", **row} for row in rows]
    text = [name for name in QUALITY_COLUMNS if name != "value"]
    table = pd.DataFrame(filled, columns=list(QUALITY_COLUMNS))
    return table.astype({"value": np.float64, **dict.fromkeys(text, "str")}).fillna(dict.fromkeys(text, ""))
