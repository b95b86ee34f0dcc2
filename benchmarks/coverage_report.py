"""All tables of the study of coverage, into docs/coverage.md and coverage.json."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.coverage_page import page
from benchmarks.coverage_run import Results
from benchmarks.coverage_tables import (
    DFS,
    MEASURES,
    SIZES,
    Study,
    by_figures,
    by_marks,
    by_method,
    by_usual_method,
    each_rate,
    proportions,
    shortfalls,
    single_shortfalls,
    study,
)
from lfs.metadata import Survey


def write_report(results: Results, survey: Survey, words: Path, numbers: Path) -> str:
    """Writes both files; returns the page's text."""
    config = survey.config
    of, fixed, nobody = study(results, config.interval.near_0_or_1, config.confidence)
    tables = make_tables(of)
    text = page(of, tables, survey, fixed, nobody)
    words.write_text(text, encoding="utf-8")
    assert config.synthesis is not None
    head = {
        "seed": config.synthesis.seed,
        "households": config.synthesis.households,
        "samples": results.samples,
        "figures": len(of.rows),
        "fixed_by_controls": fixed,
    }
    body = {name: json.loads(table.round(5).to_json(orient="split", index=False)) for name, table in tables.items()}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in (head | body).items()]
    numbers.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return text


def make_tables(of: Study) -> dict[str, pd.DataFrame]:
    rows = of.rows
    measure, breakdown, indicator = (rows[name].to_numpy(dtype=str) for name in ("measure", "breakdown", "indicator"))
    median = measure == "median"
    variables = [name for name in rows if name not in ("measure", "indicator", "breakdown", "truth")]

    def counts(by: np.ndarray, name: str) -> pd.DataFrame:
        return by_figures(of, ~median, [measure, by], ["measure", name], ("plain", "delivered"))

    return {
        "by_breakdown": counts(breakdown, "breakdown"),
        "by_size": _sorted(counts(of.size, "size"), "size", SIZES),
        "by_df": _sorted(counts(of.df_class, "df"), "df", DFS),
        "by_indicator": counts(indicator, "indicator"),
        "medians": by_figures(of, median, [indicator, breakdown], ["number", "breakdown"], ("estimate",)),
        "by_method": by_method(of),
        "by_usual_method": _sorted(by_usual_method(of, [measure, of.size], ["measure", "size"]), "size", SIZES),
        "proportions": proportions(of),
        "by_marks": by_marks(of, [measure, breakdown], ["measure", "breakdown"]),
        "shortfalls": shortfalls(of),
        "single_shortfalls": single_shortfalls(of, variables),
        "national_and_governorate_rates": each_rate(of, ("total", "governorate"), variables),
    }


def _sorted(table: pd.DataFrame, name: str, order: Sequence[str]) -> pd.DataFrame:
    place = {category: number for number, category in enumerate(order)}
    measures = {measure: number for number, measure in enumerate(MEASURES)}
    keys = [table["measure"].map(measures), table[name].map(place)]
    return table.iloc[np.lexsort([keys[1], keys[0]])].reset_index(drop=True)
