"""Official figures beside the estimates: the difference, its size in standard errors, and whether it drifts too far.

Between protection, of whose table it reads what may be published, and publishing, which prints it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.comparison import Comparison
from lfs.metadata.plan import TOTAL

Official = Mapping[str, Any]
Cell = tuple[str, str, str, frozenset[tuple[str, str]]]
COLUMNS = (
    *("round", "indicator", "breakdown", "where", "official", "decimals", "official_standard", "standard"),
    *("estimate", "se", "difference", "in_se", "beyond", "tolerance", "verdict"),
    *("source", "vintage", "target", "reason"),
)
# What an official standard is compared with, the first that there is.
COMPARED_WITH = {"ilostat": ("icls13", "icls19", "national"), "national": ("national", "icls19")}


def compare(published: pd.DataFrame, official: Sequence[Official], survey: Survey) -> pd.DataFrame:
    """One row for each official figure of a round that has estimates, in their order, as COLUMNS says.

    difference  estimate less official figure, unrounded; in_se: the same in standard errors of the estimate
    beyond      by how many standard errors the difference is larger than the rounding of the official figure explains
                and, in an invented round, than its population is made to come near to it
    verdict     agrees | drifts: the figure is held to config.yaml's tolerance; told: it is not held to it (in an
                invented round what its population was not made from; everywhere what has `target` never, since it
                contradicts other figures); not_compared: there is no estimate, or it is not shown
    """
    rule = survey.config.comparison
    figures = _figures(published, survey)
    standards = published.groupby("indicator", sort=False)["standard"].unique().to_dict()
    invented = {row.round for row in survey.rounds if row.synthetic}
    rounds = set(published["round"])
    rows = [
        _row(row, figures, list(standards.get(row["indicator"], ())), row["round"] in invented, rule, survey)
        for row in official
        if row["round"] in rounds
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def drifting(table: pd.DataFrame) -> list[str]:
    """One line for each figure that drifts past the tolerance."""
    return [
        f"{row['round']}: {row['indicator']} {row['where'] or 'of everybody'}: estimate {row['estimate']:.6g}, "
        f"official figure {row['official']:.6g} ({row['official_standard']}, {row['source']}): "
        f"{row['beyond']:.1f} standard errors beyond what rounding explains, and {row['tolerance']:g} are allowed"
        for row in table[table["verdict"] == "drifts"].to_dict("records")
    ]


def _row(
    row: Official,
    figures: Mapping[Cell, tuple[float, float]],
    standards: Sequence[str],
    invented: bool,
    rule: Comparison | None,
    survey: Survey,
) -> dict[str, Any]:
    where = where_of(row, survey)
    target = row.get("target") or "no"
    # An invented population is made to reproduce its targets by the office's concepts, whoever published them.
    standard = standard_compared("national" if invented and target == "yes" else row["standard"], standards)
    key = (row["round"], standard, row["indicator"], frozenset(where.items()))
    known = row["indicator"] in survey.indicators and row["breakdown"] in survey.breakdowns
    estimate, se = figures.get(key, (float("nan"), float("nan"))) if known else (float("nan"), float("nan"))
    difference = estimate - row["value"]
    allowed = 0.5 * 10.0 ** -int(row["decimals"]) if row.get("decimals") else 0.0
    if invented and rule and known and survey.indicators[row["indicator"]].unit == "rate":
        allowed = max(allowed, rule.invented_within)
    beyond = max(abs(difference) - allowed, 0.0) / se if se > 0 else float("nan")
    held = rule is not None and target != "never" and (target == "yes" or not invented)
    tolerance = rule.of(row["standard"]) if rule is not None and held else float("nan")
    verdict = "not_compared" if pd.isna(beyond) else "told" if not held else "agrees"
    if verdict == "agrees" and beyond > tolerance:
        verdict = "drifts"
    return {
        "round": row["round"],
        "indicator": row["indicator"],
        "breakdown": row["breakdown"],
        "where": ", ".join(f"{name}={code}" for name, code in where.items()),
        "official": row["value"],
        "decimals": row.get("decimals") or "",
        "official_standard": row["standard"],
        "standard": standard,
        "estimate": estimate,
        "se": se,
        "difference": difference,
        "in_se": difference / se if se > 0 else float("nan"),
        "beyond": beyond,
        "tolerance": tolerance,
        "verdict": verdict,
        "source": row["source"],
        "vintage": row["vintage"],
        "target": target,
        "reason": row.get("reason") or "",
    }


def standard_compared(official: str, standards: Sequence[str]) -> str:
    """The standard of the estimates that an official figure's is compared with: ILOSTAT's is near to the 13th ICLS."""
    return next((name for name in COMPARED_WITH.get(official, (official,)) if name in standards), "icls19")


def where_of(row: Official, survey: Survey) -> dict[str, str]:
    """The categories that an official figure is of, by the variables of its breakdown."""
    crossed = survey.breakdowns.get(row["breakdown"], ())
    return {name: row[name] for name in crossed if (row.get(name) or TOTAL) != TOTAL}


def _figures(published: pd.DataFrame, survey: Survey) -> dict[Cell, tuple[float, float]]:
    """Value and standard error of each cell, by round, standard, indicator and categories."""
    shown = published[published["status"] != "suppressed"]
    return {
        (
            row["round"],
            row["standard"],
            row["indicator"],
            frozenset((name, str(row[name])) for name in survey.breakdowns[row["breakdown"]]),
        ): (float(row["value"]), float(row["se"]))
        for row in shown.to_dict("records")
    }
