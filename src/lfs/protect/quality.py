"""The quality table before it is shown: small counts of persons are masked."""

import pandas as pd

from lfs.metadata import Survey

NOT_PERSONS = frozenset(
    {
        "psus",
        "strata",
        "single_psu_stratum",
        "weight_sum",
        "file_sha256",
        "synthetic",
        "published_comparison",
        "agreement_share",
        "unavailable",
    }
)
"""Topics whose value is no count of persons or households, or an official figure that is public already."""
MASKED = "masked"


SETS = (["round", "office", "step", "topic", "variable"], ["round", "step", "topic", "variable", "category"])
"""What adds up in the quality table: the categories of one count, and the offices to `all`."""
SAME = frozenset({"share_not_stated", "not_stated"})
"""Topics that tell of the same persons, those without an answer to one question."""


def mask_small_counts(quality: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Counts of persons from 1 to just below the disclosure limit lose their value, and say so in `detail`.

    Where one member of a sum loses its value the next smallest loses it too, so that it cannot be had by subtraction:
    categories to their set, offices to all of them. Shares not stated are masked where they stand for as few persons,
    or tell of persons whose count is masked.
    """
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    counts = _counts(quality)
    small = (counts > 0) & (counts < limit)
    sets = [
        members
        for keys in SETS
        for members in quality[counts > 0].groupby(keys, sort=False, dropna=False).groups.values()
        if len(members) > 1
    ]
    told = quality["topic"].isin(SAME) & (counts > 0)
    twins = list(quality[told].groupby(["round", "office", "variable"], sort=False).groups.values())
    before = -1
    while (masked := int(small.sum())) != before:
        before = masked
        for members in sets:
            if small[members].sum() == 1:
                small |= small.index == counts[members][~small[members]].idxmin()
        for members in twins:
            if small[members].any():
                small[members] = True
    shown = quality.copy()
    shown.loc[small, "value"] = float("nan")
    shown.loc[small, "detail"] = MASKED
    return shown


def _counts(quality: pd.DataFrame) -> pd.Series:
    """For each row the persons or households it counts; nothing where it counts none.

    A share not stated stands for that share of the persons who were asked.
    """
    value = quality["value"].astype("float64")
    keys = ["round", "office", "variable"]
    asked = quality[quality["topic"] == "asked"].groupby(keys)["value"].max().to_dict()
    rows = zip(*(quality[key] for key in keys), strict=True)
    base = pd.Series([asked.get(row, float("nan")) for row in rows], index=quality.index, dtype="float64")
    counts = value.mask(quality["topic"] == "share_not_stated", (value * base).round())
    return counts.mask(quality["topic"].isin(NOT_PERSONS), float("nan"))
