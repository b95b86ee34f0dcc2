"""Base weights, and weights that cannot be right."""

from collections.abc import Collection
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Note
from lfs.design.sampling import place
from lfs.metadata import SurveyError

Floats = NDArray[np.float64]
SAME = 1e-9
STAGES = ("probability_psu", "probability_household")


def base_weights(
    rows: pd.DataFrame, base: Literal["probabilities", "delivered"] = "probabilities"
) -> tuple[Floats, tuple[Note, ...]]:
    """(rows,) the inverse of the product of the selection probabilities of all stages, by office, and what was taken.

    rows: persons or selected households with office, probability_* and weight. An office without the probability of
    every stage keeps its delivered weight; a note says so. Raises SurveyError for probabilities that are missing in
    part, or not above 0 and up to 1.
    """
    problems: list[str] = []
    weight = np.full(len(rows), np.nan)
    notes: list[Note] = []
    office = rows["office"] if "office" in rows else pd.Series("all", index=rows.index)
    for name in sorted(office.unique()):
        here = (office == name).to_numpy()
        stages = [stage for stage in STAGES if stage in rows and rows.loc[here, stage].notna().any()]
        if base == "probabilities" and len(stages) == len(STAGES):
            weight[here] = 1 / _probability(rows[here], str(name), problems)
            notes.append(Note("base_weight", float(np.nansum(weight[here])), str(name), "probabilities"))
        elif "weight" in rows:
            # ASSUME the delivered weight of an office that does not give the selection probabilities of every stage
            # already makes up for its non-response.
            weight[here] = rows.loc[here, "weight"].to_numpy(dtype=np.float64, na_value=np.nan)
            notes.append(Note("base_weight", float(np.nansum(weight[here])), str(name), "delivered"))
        else:
            problems.append(
                f"{place(rows)}, {name}: there is neither a weight nor the probability of every stage "
                f"({', '.join(STAGES)}); name them under design: in config/offices/{name}.yaml"
            )
    if problems:
        raise SurveyError(*problems)
    return weight, tuple(notes)


def check_weights(
    rows: pd.DataFrame,
    weight: Floats,
    name: str = "weight",
    household: str | None = None,
    tolerate: Collection[str] = (),
) -> None:
    """Raises SurveyError for weights that are missing, zero, negative or all the same, one line an office and kind.

    household: where it carries one weight, the column that names it; its persons may not differ. `tolerate` may hold
    constant_weight and zero_weight.
    """
    problems: list[str] = []
    office = rows["office"] if "office" in rows else pd.Series("all", index=rows.index)
    for each in sorted(office.unique()):
        here = (office == each).to_numpy()
        found, where = weight[here], f"{place(rows)}, {each}, variable '{name}'"
        mend = f"mend the file, or the entry of weight under design: in config/offices/{each}.yaml"
        for bad, what in (
            (~np.isfinite(found), "missing or infinite"),
            (found < 0, "negative"),
            ((found == 0) & ("zero_weight" not in tolerate), "zero"),
        ):
            if bad.any():
                problems.append(f"{where}: {int(bad.sum())} rows have a {what} weight; {mend}")
        if len(found) > 1 and np.ptp(found) == 0 and "constant_weight" not in tolerate:
            problems.append(
                f"{where}: all {len(found)} rows have the same weight, as if none had been given; {mend}, or declare "
                "tolerate: [constant_weight] under weighting: in config.yaml where the design is self-weighting"
            )
        if household and household in rows:
            spread = pd.Series(found).groupby(rows.loc[here, household].to_numpy(), sort=False).agg(["min", "max"])
            unequal = int((~np.isclose(spread["min"], spread["max"], rtol=1e-9, atol=0)).sum())
            if unequal and np.isfinite(found).all():
                problems.append(
                    f"{where}: the persons of {unequal} households carry different weights where a household carries "
                    "one; mend the file, or declare weight_of: person under calibration: in config.yaml"
                )
    if problems:
        raise SurveyError(*problems)


def _probability(rows: pd.DataFrame, office: str, problems: list[str]) -> Floats:
    """Product of the probabilities of all stages."""
    product = np.ones(len(rows))
    for stage in STAGES:
        values = rows[stage].to_numpy(dtype=np.float64, na_value=np.nan)
        for bad, what in ((np.isnan(values), "empty"), ((values <= 0) | (values > 1), "not above 0 and up to 1")):
            if bad.any():
                problems.append(
                    f"{place(rows)}, {office}, variable '{stage}': {what} in {int(bad.sum())} of {len(rows)} rows; "
                    f"mend the file, or declare it unavailable in config/offices/{office}.yaml to keep its weight"
                )
        if stage == STAGES[0] and "psu" in rows:
            spread = pd.Series(values).groupby(rows["psu"].to_numpy(), sort=False).agg(["min", "max"])
            if unequal := int((spread["max"] > spread["min"] * (1 + SAME)).sum()):
                problems.append(
                    f"{place(rows)}, {office}, variable '{stage}': it differs inside {unequal} PSUs, each of which was "
                    f"drawn once; mend the file, or {stage} under design: in config/offices/{office}.yaml"
                )
        product *= np.where(values > 0, values, np.nan)
    return product
