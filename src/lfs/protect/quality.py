"""The quality table before it is shown: small counts of persons are masked, single households' weights rounded."""

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
        "universe_unavailable",
        "made_without",
        "certainty_psu",
        "collapsed_stratum",
        "sampling_fractions",
        "replicates",
        "needs_people_whole",
        "base_weight",
        "cells_joined",
        "control_total",
        "control_before",
        "control_left_out",
        "weight_change",
        "weight_headline",
        "se_calibrated",
        "se_uncalibrated",
    }
)
"""Topics whose value is no count of persons or households, or an official figure that is public already."""
MODELLED = "gvf_"
"""Topics that begin so are of generalised variances, made of many figures at once."""
ONE_HOUSEHOLD = ("lowest", "median", "highest", "least_change", "largest_change")
"""Figures of the weight story that are the weight, or the change of the weight, of one household."""
FEW_HOUSEHOLDS = ("weight_change", "control_before")
"""Topics that are ratios of sums of weights, in places where there may be few households."""
DIGITS_OF_ONE, DIGITS = 2, 3
ABOUT_INDICATORS = {"weight_headline": "category", "se_calibrated": "variable", "se_uncalibrated": "variable"}
"""Topics that tell of a national figure, and the column that names its indicator."""
MASKED = "masked"
SETS = (["round", "office", "step", "topic", "variable"], ["round", "step", "topic", "variable", "category"])
"""What adds up in the quality table: the categories of one count, and the offices to `all`."""
SHARES = ("share_not_stated", "undetermined")
"""Topics that tell a share of the persons asked."""
SAME = frozenset({"share_not_stated", "not_stated"})
"""Topics that tell of the same persons, those without an answer to one question."""


def published_quality(quality: pd.DataFrame, published: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """The quality table as it may be shown, beside the published table.

    Small counts are masked; what is one household's weight is rounded; joined adjustment cells, which have the names
    of PSUs, are counted (topic cells_joined: how many within what); what tells of a suppressed national figure goes.
    """
    shown = _cells_counted(_weights_rounded(quality))
    return mask_small_counts(shown[~_of_suppressed(shown, published, survey)].reset_index(drop=True), survey)


def mask_small_counts(quality: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Counts of persons from 1 to just below the disclosure limit lose their value, and say so in `detail`.

    Where one member of a sum loses its value the next smallest loses it too, so that it cannot be had by subtraction:
    categories to their set, offices to all of them. Shares not stated are masked where they stand for as few persons,
    or tell of persons whose count is masked.
    """
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    counts = _counts(quality)
    small = ((counts > 0) & (counts < limit)) | _nearly_all(quality, counts, limit)
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

    A share not stated, or undetermined, stands for that share of the persons who were asked.
    """
    value = quality["value"].astype("float64")
    keys = ["round", "office", "variable"]
    asked = quality[quality["topic"] == "asked"].groupby(keys)["value"].max().to_dict()
    rows = zip(*(quality[key] for key in keys), strict=True)
    base = pd.Series([asked.get(row, float("nan")) for row in rows], index=quality.index, dtype="float64")
    counts = value.mask(quality["topic"].isin(SHARES), (value * base).round())
    no_persons = quality["topic"].isin(NOT_PERSONS) | quality["topic"].str.startswith(MODELLED)
    no_persons |= (quality["topic"] == "weight_story") & (quality["category"] != "n")
    return counts.mask(no_persons, float("nan"))


def _nearly_all(quality: pd.DataFrame, counts: pd.Series, limit: int) -> pd.Series:
    """Persons with a weight after a step, where fewer than `limit` others are in the sample or had one before.

    The difference would be a small count that is masked where it stands by itself, that of persons of weight zero.
    """
    found = pd.Series(False, index=quality.index)
    with_weight = (quality["topic"] == "weight_story") & (quality["category"] == "n")
    everybody = (quality["topic"] == "persons") & (quality["office"] == "all")
    for _, rows in quality[with_weight | everybody].groupby("round", sort=False):
        known = counts[rows.index].dropna().unique()
        for row in rows.index[with_weight[rows.index]]:
            found[row] = any(0 < other - counts[row] < limit for other in known)
    return found


def _weights_rounded(quality: pd.DataFrame) -> pd.DataFrame:
    """Few digits of one household's weight, of what is made of few households', and of functions fitted on figures."""
    # ASSUME The lowest or highest weight is that of one household; with all its digits it would name the household to
    # whoever finds it in another file of the survey. Sums of few weights over each other, and functions fitted on
    # figures of which some are withheld, could be solved for what they are made of, were all their digits shown.
    single = (quality["topic"] == "weight_story") & quality["category"].isin(ONE_HOUSEHOLD)
    few = quality["topic"].isin(FEW_HOUSEHOLDS)
    fitted = quality["topic"].str.startswith(MODELLED) & ~quality["topic"].isin(["gvf_n", "gvf_held", "gvf_unfitted"])
    value = quality["value"].astype("float64")
    value = value.mask(single, _rounded(value[single], DIGITS_OF_ONE))
    return quality.assign(value=value.mask(few | fitted, _rounded(value[few | fitted], DIGITS)))


def _rounded(values: pd.Series, digits: int) -> pd.Series:
    return values.map(lambda each: float(f"{each:.{digits}g}"))


def _cells_counted(quality: pd.DataFrame) -> pd.DataFrame:
    """How many adjustment cells were joined within what, in place of their names."""
    joined = quality["topic"] == "cell_joined"
    keys = ["round", "office", "step", "detail"]
    counts = quality[joined].groupby(keys, sort=False).size().reset_index(name="value")
    counts = counts.rename(columns={"detail": "variable"}).assign(topic="cells_joined", category="", detail="")
    counts = counts.astype({"value": "float64"})[list(quality.columns)]
    return pd.concat([quality[~joined], counts], ignore_index=True) if joined.any() else quality


def _of_suppressed(quality: pd.DataFrame, published: pd.DataFrame, survey: Survey) -> pd.Series:
    """Rows about the national figure of an indicator that is suppressed in that round."""
    national = published["breakdown"].isin([name for name, crossed in survey.breakdowns.items() if not crossed])
    gone = published[national & (published["status"] == "suppressed")]
    secret = set(zip(gone["round"], gone["indicator"], strict=True))
    found = pd.Series(False, index=quality.index)
    for topic, column in ABOUT_INDICATORS.items():
        about = pd.Series(list(zip(quality["round"], quality[column], strict=True)), index=quality.index, dtype=object)
        found |= (quality["topic"] == topic) & about.isin(secret)
    return found
