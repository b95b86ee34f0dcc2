"""What weighting has to tell, as rows of the quality table."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Note
from lfs.metadata.controls import CROSSED, Controls
from lfs.metadata.schema import QUALITY_COLUMNS
from lfs.weight.auxiliaries import Auxiliaries
from lfs.weight.cells import Joined

Floats = NDArray[np.float64]
Row = dict[str, object]


def note_rows(notes: Iterable[Note]) -> list[Row]:
    """Where the base weights of each office come from: probabilities or delivered; value: their sum."""
    return [{"topic": note.topic, "office": note.office, "value": note.value, "detail": note.detail} for note in notes]


def joined_rows(joined: Iterable[Joined]) -> list[Row]:
    """Adjustment cells too small and joined with another; value: their respondents; detail: within what."""
    return [
        {
            "topic": "cell_joined",
            "variable": each.cell,
            "category": each.into,
            "value": each.respondents,
            "detail": each.level,
        }
        for each in joined
    ]


def left_out_rows(controls: Sequence[str]) -> list[Row]:
    """Controls of places that no office of the round covers: how many of each margin."""
    margins = pd.Series([control.partition(": ")[0] for control in controls], dtype="str").value_counts(sort=False)
    return [{"topic": "control_left_out", "variable": str(name), "value": count} for name, count in margins.items()]


def control_rows(auxiliaries: Auxiliaries, before: Floats, controls: Controls) -> list[Row]:
    """Each control's total, and what the weights before calibration, (units,), made of it as a share of the total.

    detail: what it counts and by which variables, `persons: region x sex`.
    """
    details = {margin.name: f"{margin.counts}: {CROSSED.join(margin.variables)}" for margin in controls.margins}
    estimate = np.asarray(auxiliaries.x.T @ before)
    rows: list[Row] = []
    for margin, label, total, found in zip(
        auxiliaries.margins, auxiliaries.labels, auxiliaries.totals, estimate, strict=True
    ):
        about = {"variable": margin, "category": label, "detail": details[margin]}
        rows.append({**about, "topic": "control_total", "value": float(total)})
        if total > 0:
            rows.append({**about, "topic": "control_before", "value": float(found / total)})
    return rows


def quality_table(round_name: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Long and tidy: round, office, step, topic, variable, category, value, detail."""
    filled = [{"round": round_name, "office": "all", "step": "weight", **row} for row in rows]
    text = [name for name in QUALITY_COLUMNS if name != "value"]
    table = pd.DataFrame(filled, columns=list(QUALITY_COLUMNS))
    return table.astype({"value": np.float64, **dict.fromkeys(text, "str")}).fillna(dict.fromkeys(text, ""))
