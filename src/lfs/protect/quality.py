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
        "unavailable",
    }
)
"""Topics whose value is no count of persons or households, or an official figure that is public already."""
MASKED = "masked"


def mask_small_counts(quality: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Counts of persons from 1 to just below the disclosure limit lose their value, and say so in `detail`.

    Where one category of a set loses its value the next smallest loses it too, so that it cannot be had by subtraction.
    Shares (not stated, in agreement) are masked where they would stand for as few persons.
    """
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    shown = quality.copy()
    persons = _persons(quality)
    counts = quality["value"].astype("float64").where(~quality["topic"].str.contains("share"))
    counts = counts.fillna(quality["value"].astype("float64") * persons).where(~quality["topic"].isin(NOT_PERSONS))
    small = (counts > 0) & (counts < limit)
    keys = ["round", "office", "step", "topic", "variable"]
    in_sets = (quality["category"].fillna("").astype("str") != "") & (counts > 0)
    for _, members in quality[in_sets].groupby(keys, sort=False, dropna=False):
        few = small[members.index]
        if few.sum() == 1 and len(few) > 1:
            small |= small.index == counts[few.index[~few]].idxmin()
    shown.loc[small, "value"] = float("nan")
    shown.loc[small, "detail"] = MASKED
    return shown


def _persons(quality: pd.DataFrame) -> pd.Series:
    """For each row the persons that its round and office kept: what a share is a share of, at most."""
    kept = quality[quality["topic"].isin(("persons", "rows_kept"))]
    most = kept.groupby(["round", "office"])["value"].max().to_dict()
    keys = zip(quality["round"], quality["office"], strict=True)
    return pd.Series([most.get(key, float("nan")) for key in keys], index=quality.index, dtype="float64")
