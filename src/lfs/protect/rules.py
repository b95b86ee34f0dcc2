"""The declared rules on single cells: what is never shown, and what is shown with a mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lfs.metadata import Survey
from lfs.metadata.config import Rule
from lfs.protect.definitions import by_definition, of_another_standard

PUBLISHED, UNRELIABLE, SUPPRESSED = "published", "unreliable", "suppressed"
FIGURES = ("value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases", "interval")
"""The columns of estimates that a suppressed row leaves empty; the kind of its limits would tell of their size."""


@dataclass(frozen=True)
class Decided:
    """One truth value a row of estimates.

    suppressed  meets a disclosure rule, is withheld, or has no respondent
    withheld    belongs to a breakdown that the survey withholds, or to none that has a meaning by its standard
    empty       nobody of the sample is in the group: nothing to show and nobody to protect
    sensitive   suppressed because of the few people in it: what must not be solved from other rows
    unreliable  shown, with its mark
    everybody   all of the universe are cases by definition
    nobody      none of the universe is a case by definition
    """

    suppressed: pd.Series
    withheld: pd.Series
    empty: pd.Series
    sensitive: pd.Series
    unreliable: pd.Series
    everybody: pd.Series
    nobody: pd.Series


def apply_rules(estimates: pd.DataFrame, survey: Survey) -> Decided:
    """What config.disclosure, config.quality and config.withheld say about each row.

    Counts of respondents and of cases as in Sept 2023 ILO practice (suppress below 5, mark below 15), besides bands of
    the coefficient of variation.
    """
    # ASSUME A group without any respondent in the sample is shown as empty and not kept secret, since nobody is in it.
    empty = estimates["n"].fillna(0) == 0
    withheld = estimates["breakdown"].isin(survey.config.withheld) | of_another_standard(estimates, survey)
    everybody, nobody = by_definition(estimates, survey)
    defined = everybody | nobody
    few = meets(_without_cases(estimates, nobody), survey.config.disclosure.suppress)
    few |= _few_others(estimates, survey) & ~defined
    fewer = _without_cases(_by_the_fewer(estimates, survey), defined)
    return Decided(
        suppressed=few | withheld | empty | estimates["value"].isna() | _few_beyond(estimates, survey),
        withheld=withheld,
        empty=empty & ~withheld,
        sensitive=few & ~empty,
        unreliable=meets(fewer, survey.config.quality.unreliable),
        everybody=everybody,
        nobody=nobody,
    )


def _without_cases(estimates: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """The same where the number of cases of some rows says nothing, and so meets no rule."""
    return estimates.assign(n_cases=estimates["n_cases"].astype("float64").mask(rows))


def _few_others(estimates: pd.DataFrame, survey: Survey) -> pd.Series:
    """Whether those of the group who are no cases are as few as cases may not be: 16 informal of 20 show 4 formal."""
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    # A mean or a quantile counts all it speaks about as cases, and the others of a gap are those of its sides.
    whole = {
        name
        for name, each in survey.indicators.items()
        if each.kind in ("mean", "quantile", "gap")
        or (each.kind != "share" and each.numerator == (each.denominator or each.universe))
    }
    others = estimates["n"].astype("float64") - estimates["n_cases"].astype("float64")
    return (others < limit) & ~estimates["indicator"].isin(whole)


def _few_beyond(estimates: pd.DataFrame, survey: Survey) -> pd.Series:
    """Whether so few persons lie beyond a quantile that it is what one of them said."""
    # ASSUME A quantile is withheld where fewer persons of the sample lie beyond it than a figure needs cases, since it
    # is then hardly more than the answer of one of them.
    limit = survey.config.disclosure.suppress.n_cases_below or 0
    shorter = {
        name: min(each.share or 0.5, 1 - (each.share or 0.5))
        for name, each in survey.indicators.items()
        if each.kind == "quantile"
    }
    beyond = estimates["n"].astype("float64") * estimates["indicator"].map(shorter).astype("float64")
    return beyond < limit


def _by_the_fewer(estimates: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """The same with, as a rate's cases, those who are no cases where they are fewer: 97% is as uncertain as 3%."""
    rates = estimates["indicator"].isin(
        [name for name, each in survey.indicators.items() if each.kind in ("ratio", "share")]
    )
    others = (estimates["n"] - estimates["n_cases"]).astype("float64")
    fewer = rates & (others >= 0) & (others < estimates["n_cases"])
    return estimates.assign(n_cases=estimates["n_cases"].astype("float64").mask(fewer, others))


def sides_of_gaps(estimates: pd.DataFrame, survey: Survey) -> dict[int, list[int]]:
    """The rows of the two sides of each gap, of those that the estimates of one round hold."""
    # ASSUME a gap is withheld if one of its sides is, because the other side and the gap together are that side; and is
    # marked as unreliable if one of its sides is.
    gaps = {name: each for name, each in survey.indicators.items() if each.kind == "gap"}
    rows = estimates[estimates["indicator"].isin(gaps)]
    if rows.empty:
        return {}
    wanted = estimates[estimates["indicator"].isin({each.of for each in gaps.values()})]
    variables = [name for name in survey.breakdown_variables if name in estimates]
    place = {tuple(key): index for index, *key in _keys(wanted, variables)}
    found: dict[int, list[int]] = {}
    for index, standard, indicator, *categories in _keys(rows, variables):
        gap = gaps[indicator]
        by = dict(zip(variables, categories, strict=True))
        sides = [(standard, gap.of, *(by | {gap.variable: category}).values()) for category in gap.categories]
        found[index] = [place[side] for side in sides if side in place]
    return found


def _keys(rows: pd.DataFrame, variables: list[str]) -> Iterator[tuple[Any, ...]]:
    """Number, standard, indicator and categories of each row."""
    names = ["standard", "indicator", *variables]
    return zip(rows.index, *(rows[name].astype(str) for name in names), strict=True)


def meets(estimates: pd.DataFrame, rule: Rule) -> pd.Series:
    """Whether any condition of the rule holds; a figure that is missing meets none."""
    met = pd.Series(False, index=estimates.index)
    for column, limit in (("n_cases", rule.n_cases_below), ("n", rule.n_below), ("df", rule.df_below)):
        if limit is not None:
            met |= estimates[column].astype("float64") < limit
    if rule.cv_above is not None:
        met |= estimates["cv"].astype("float64") > rule.cv_above
    return met
