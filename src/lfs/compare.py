"""Official figures beside the estimates: the difference, its size in standard errors, and whether it drifts too far.

Between protection, of whose table it reads what may be published, and publishing, which prints it.
"""

from collections.abc import Mapping, Sequence
from math import inf, isinf, isnan, nan
from typing import Any

import pandas as pd

from lfs.metadata import Survey, SurveyError
from lfs.metadata.comparison import Comparison
from lfs.metadata.plan import TOTAL
from lfs.metadata.yaml import nearest

Official = Mapping[str, Any]
Cell = tuple[str, str, str, frozenset[tuple[str, str]]]
Figure = tuple[float, float]
COLUMNS = (
    *("round", "indicator", "breakdown", "where", "official", "decimals", "official_standard", "standard"),
    *("estimate", "se", "difference", "in_se", "beyond", "tolerance", "verdict", "lacking", "may_lack"),
    *("source", "vintage", "target", "reason"),
)
LACKING = {
    "withheld": "the estimate is withheld",
    "not_estimated": "nothing is estimated by this name, breakdown and category",
    "no_error": "the estimate has no standard error",
}
"""Why there is nothing to compare an official figure with."""
# What an official standard is compared with, the first that there is.
COMPARED_WITH = {"ilostat": ("icls13", "icls19", "national"), "national": ("national", "icls19")}


def compare(published: pd.DataFrame, official: Sequence[Official], survey: Survey) -> pd.DataFrame:
    """One row for each official figure of a round that has estimates, in their order, as COLUMNS says.

    difference  estimate less official figure, unrounded; in_se: the same in standard errors of the estimate
    beyond      by how many standard errors the difference is larger than the rounding of the official figure explains
                and, in an invented round, than its population is made to come near to it; infinite where an estimate
                without sampling error (a total that the weights are calibrated to) differs by more
    verdict     agrees | drifts: the figure is held to config.yaml's tolerance; told: it is not held to it (in an
                invented round what its population was not made from; everywhere what has `target` never, since it
                contradicts other figures); not_compared: there is nothing to compare it with
    lacking     of what is not compared, why: withheld | not_estimated | no_error
    may_lack    why the file says that the figure need not be compared, where it does

    Raises SurveyError where a figure is of a round that the survey does not have.
    """
    rule = survey.config.comparison
    figures = _figures(published, survey)
    standards = published.groupby("indicator", sort=False)["standard"].unique().to_dict()
    invented = {row.round for row in survey.rounds if row.synthetic}
    for name in dict.fromkeys(row["round"] for row in official):
        if name not in survey.round_names:
            raise SurveyError(
                f"config/published: rounds.csv has no round '{name}'{nearest(name, survey.round_names)}, "
                "so its official figures would never be compared"
            )
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
        f"{_named(row)}: estimate {row['estimate']:.6g}, official figure {row['official']:.6g} "
        f"({row['official_standard']}, {row['source']}): {_size(row['beyond'])}, and {row['tolerance']:g} are allowed"
        for row in table[table["verdict"] == "drifts"].to_dict("records")
    ]


def uncompared(table: pd.DataFrame) -> list[str]:
    """One line for each benchmark that nothing was compared with, unless its file says that it may lack an estimate.

    A benchmark is a figure that is held to a tolerance.
    """
    benchmarks = (table["verdict"] == "not_compared") & (table["tolerance"] < inf) & (table["may_lack"] == "")
    return [
        f"{_named(row)}: the official figure {row['official']:.6g} ({row['official_standard']}, {row['source']}) is a "
        f"benchmark, and was compared with nothing: {LACKING[row['lacking']]}. Mend that, or give the reason why it "
        "may be so in the column may_lack of its row in config/published"
        for row in table[benchmarks].to_dict("records")
    ]


def account(table: pd.DataFrame, rounds: Sequence[str]) -> list[str]:
    """What was compared, one line a round: how many figures agree, drift, are told only, or lack an estimate."""
    counts = table.groupby(["round", "verdict"]).size().to_dict()
    lacking = table[table["verdict"] == "not_compared"].groupby(["round", "lacking"]).size().to_dict()
    lines = []
    for name in rounds:
        said = {verdict: counts.get((name, verdict), 0) for verdict in ("agrees", "drifts", "told", "not_compared")}
        if not sum(said.values()):
            lines.append(f"{name}: config/published holds no official figure of this round; nothing was compared")
            continue
        why = ", ".join(
            f"{lacking[name, each]} because {text}" for each, text in LACKING.items() if (name, each) in lacking
        )
        lines.append(
            f"{name}: {sum(said.values())} official figures: {said['agrees']} agree, {said['drifts']} drift, "
            f"{said['told']} are told and held to nothing, {said['not_compared']} are not compared"
            + (f" ({why})" if why else "")
        )
    return lines


def _row(
    row: Official,
    figures: Mapping[Cell, Figure | None],
    standards: Sequence[str],
    invented: bool,
    rule: Comparison | None,
    survey: Survey,
) -> dict[str, Any]:
    where = where_of(row, survey)
    target = row.get("target") or "no"
    # An invented population is made to reproduce its targets by the office's concepts, whoever published them.
    standard = standard_compared("national" if invented and target == "yes" else row["standard"], standards)
    known = row["indicator"] in survey.indicators and row["breakdown"] in survey.breakdowns
    key = (row["round"], standard, row["indicator"], frozenset(where.items()))
    found = figures.get(key, (nan, nan)) if known else (nan, nan)
    lacking = "withheld" if found is None else ""
    estimate, se = found or (nan, nan)
    difference = estimate - row["value"]
    allowed = 0.5 * 10.0 ** -int(row["decimals"]) if row.get("decimals") else 0.0
    if invented and rule and known and survey.indicators[row["indicator"]].unit == "rate":
        allowed = max(allowed, rule.invented_within)
    beyond = _beyond(abs(difference) - allowed, se)
    if isnan(beyond) and not lacking:
        lacking = "not_estimated" if isnan(estimate) else "no_error"
    held = rule is not None and target != "never" and (target == "yes" or not invented)
    tolerance = rule.of(row["standard"]) if rule is not None and held else nan
    verdict = "not_compared" if lacking else "told" if not held else "drifts" if beyond > tolerance else "agrees"
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
        "in_se": difference / se if se > 0 else nan,
        "beyond": beyond,
        "tolerance": tolerance,
        "verdict": verdict,
        "lacking": lacking,
        "may_lack": row.get("may_lack") or "",
        "source": row["source"],
        "vintage": row["vintage"],
        "target": target,
        "reason": row.get("reason") or "",
    }


def _beyond(excess: float, se: float) -> float:
    """Standard errors in what is left of a difference; what has no sampling error is either there or not."""
    if excess <= 0 <= se:
        return 0.0
    return excess / se if se > 0 else inf if se == 0 else nan


def _named(row: Mapping[Any, Any]) -> str:
    return f"{row['round']}: {row['indicator']} {row['where'] or 'of everybody'}"


def _size(beyond: float) -> str:
    if isinf(beyond):
        return "the estimate has no sampling error, and rounding does not explain the difference"
    return f"{beyond:.1f} standard errors beyond what rounding explains"


def standard_compared(official: str, standards: Sequence[str]) -> str:
    """The standard of the estimates that an official figure's is compared with: ILOSTAT's is near to the 13th ICLS."""
    return next((name for name in COMPARED_WITH.get(official, (official,)) if name in standards), "icls19")


def where_of(row: Official, survey: Survey) -> dict[str, str]:
    """The categories that an official figure is of, by the variables of its breakdown."""
    crossed = survey.breakdowns.get(row["breakdown"], ())
    return {name: row[name] for name in crossed if (row.get(name) or TOTAL) != TOTAL}


def _figures(published: pd.DataFrame, survey: Survey) -> dict[Cell, Figure | None]:
    """Value and standard error of each cell, by round, standard, indicator and categories; None where withheld."""
    figures: dict[Cell, Figure | None] = {}
    for breakdown, rows in published.groupby("breakdown", sort=False):
        crossed = survey.breakdowns[str(breakdown)]
        columns = [
            rows[name].tolist() for name in ("round", "standard", "indicator", "status", "value", "se", *crossed)
        ]
        for name, standard, indicator, status, value, se, *codes in zip(*columns, strict=True):
            where = frozenset(zip(crossed, map(str, codes), strict=True))
            figures[name, standard, indicator, where] = None if status == "suppressed" else (float(value), float(se))
    return figures
