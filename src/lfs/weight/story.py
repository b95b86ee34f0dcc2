"""The weight story: what each step did to the weights and to the headline rates, as rows of the quality table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.metadata.indicators import Indicator
from lfs.weight.quality import Row

Floats = NDArray[np.float64]
Headline = Callable[[Floats], Mapping[str, float]]
LARGEST = 5
FEWEST_PSUS = 10


@dataclass(frozen=True)
class Step:
    """Weights after a step, (persons,), zero for those it left out."""

    name: str
    weight: Floats


def weight_story(steps: Sequence[Step], groups: pd.Series | None = None, headline: Headline | None = None) -> list[Row]:
    """Rows of the quality table, one a step and figure.

    weight_story: persons with a weight (n), sum, lowest, median, highest, and Kish's design effect 1 + cv^2 of the
    weights (Kish 1992); from the second step the least, mean and largest factor to the step before. weight_change: the
    groups (strata, say) whose sum moved most, by its factor. weight_headline: each rate that `headline` gives for the
    weights, (persons,), of the step.
    """
    rows: list[Row] = []
    before: Floats | None = None
    for step in steps:
        about = {"topic": "weight_story", "variable": step.name}
        rows += [{**about, "category": name, "value": value} for name, value in weight_figures(step.weight).items()]
        if before is not None:
            both = (before > 0) & (step.weight != 0)
            if both.any():
                factor = step.weight[both] / before[both]
                for name, value in (("least", factor.min()), ("mean", factor.mean()), ("largest", factor.max())):
                    rows.append({**about, "category": f"{name}_change", "value": float(value)})
            if groups is not None:
                rows += _moved(step, before, groups)
        if headline is not None:
            rates = headline(step.weight)
            rows += [
                {"topic": "weight_headline", "variable": step.name, "category": name, "value": float(value)}
                for name, value in rates.items()
            ]
        before = step.weight
    return rows


def weight_figures(weight: Floats) -> dict[str, float]:
    """n, sum, lowest, median, highest and Kish's effect of the weights that are not zero, whatever their order."""
    carried = np.sort(weight[weight != 0])
    if not len(carried):
        return {"n": 0.0, "sum": 0.0}
    return {
        "n": float(len(carried)),
        "sum": float(carried.sum()),
        "lowest": float(carried[0]),
        "median": float(np.median(carried)),
        "highest": float(carried[-1]),
        "kish": float(len(carried) * np.square(carried).sum() / carried.sum() ** 2),
    }


def strata_of_many_psus(people: pd.DataFrame) -> pd.Series | None:
    """(persons,) the stratum, empty in strata of fewer than ten PSUs; None where people have no strata or PSUs.

    From how much the weights of a camp with two PSUs moved one could tell how many of its households answered.
    """
    if "stratum" not in people or "psu" not in people:
        return None
    psus = people.groupby("stratum", sort=False)["psu"].transform("nunique")
    return people["stratum"].where(psus >= FEWEST_PSUS)


def headline_rates(people: pd.DataFrame, indicators: Mapping[str, Indicator], names: Sequence[str]) -> Headline:
    """The rates of these indicators for any weights of the persons: weighted numerator over weighted denominator."""
    sides: dict[str, tuple[Floats, Floats]] = {}
    for name in (each for each in names if each in indicators):
        indicator = indicators[name]
        columns = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
        if all(column in people for column in columns):
            counted = [people[column].fillna(False).to_numpy(dtype=np.float64) for column in columns]
            sides[name] = (counted[0], counted[-1]) if indicator.denominator else (counted[0], np.array([]))

    def rates(weight: Floats) -> Mapping[str, float]:
        found = {}
        for name, (numerator, denominator) in sides.items():
            below = float(weight @ denominator) if len(denominator) else 1.0
            found[name] = float(weight @ numerator) / below if below else float("nan")
        return found

    return rates


def _moved(step: Step, before: Floats, groups: pd.Series) -> list[Row]:
    """The groups whose weights' sum changed most, up or down, the largest change first."""
    codes, names = pd.factorize(groups, sort=True)
    held = codes >= 0
    old = np.bincount(codes[held], weights=before[held], minlength=len(names))
    new = np.bincount(codes[held], weights=step.weight[held], minlength=len(names))
    known = np.flatnonzero((old > 0) & (new > 0))
    factor = new[known] / old[known]
    order = np.argsort(-np.abs(np.log(factor)), kind="stable")[:LARGEST]
    return [
        {"topic": "weight_change", "variable": step.name, "category": str(names[known[at]]), "value": float(factor[at])}
        for at in order
        if abs(np.log(factor[at])) > 1e-12
    ]
