"""Indicators that are no weighted count or ratio of two: means, quantiles, shares and gaps.

Each is made by itself in each breakdown of its plan, as `lfs.estimate.domains` makes it in a notebook, and becomes rows
like those of all others. What it speaks about, and so what n counts:

    mean, quantile  the people of the universe who have a number; they are all cases
    share           the people of the numerator, in all categories of `over` together; cases are those of the category
    gap             the side with fewer: n and n_cases are the smaller of the two sides'
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.design import Design, Replicates
from lfs.estimate import kinds
from lfs.estimate.cells import NOT_STATED, CodedVariable, cross
from lfs.estimate.contrasts import difference, quotient
from lfs.estimate.distribution import quantile
from lfs.estimate.domains import Domains
from lfs.estimate.estimands import columns_of
from lfs.estimate.flags import flags
from lfs.estimate.interval import quantile_of_t
from lfs.estimate.linear import Linearised
from lfs.estimate.measures import Estimand
from lfs.estimate.replication import Sums, se_of_sums
from lfs.estimate.residuals import Explained
from lfs.estimate.table import TOTAL
from lfs.estimate.variance import Figures, SinglePsu
from lfs.metadata import Survey
from lfs.metadata.plan import side_of

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
NUMBER = "number"
Coded = dict[str, CodedVariable]


@dataclass(frozen=True)
class Round:
    """What every estimate of a round needs: its design, what is known of its calibration, and its replicates."""

    name: str
    survey: Survey
    design: Design
    single_psu: SinglePsu
    known: Explained | None
    replicates: Replicates | None
    threads: Executor


@dataclass(frozen=True)
class Found:
    """Estimates of one kind in the cells of a breakdown; sums, se: with replicates, for the error that is theirs."""

    linear: Linearised
    sums: Sums | None = None
    se: Floats | None = None

    @property
    def errors(self) -> Floats:
        return self.linear.se if self.se is None else self.se


Columns = dict[str, NDArray]


def other_tables(estimands: Sequence[Estimand], people: pd.DataFrame, coded: Coded, whole: Round) -> list[pd.DataFrame]:
    """The estimates table of all kinds but counts and ratios; none where there is nothing of them to be made."""
    pairs = [
        (each, breakdown) for each in estimands for breakdown in whole.survey.planned(each.indicator, each.standard)
    ]
    made = [each for each in whole.threads.map(partial(_by, people=people, coded=coded, whole=whole), pairs) if each]
    if not made:
        return []
    columns = {name: np.concatenate([each[name] for each in made]) for name in made[0]}
    words = {name: pd.array(values, dtype="str") for name, values in columns.items() if values.dtype == object}
    return [pd.DataFrame(columns | words)]


def _by(pair: tuple[Estimand, str], people: pd.DataFrame, coded: Coded, whole: Round) -> Columns | None:
    """The rows of one indicator by one breakdown; nothing where the round lacks one of its variables."""
    estimand, breakdown = pair
    survey, declared = whole.survey, whole.survey.indicators[estimand.indicator]
    side = breakdown if estimand.of is None else side_of(declared, breakdown, survey.breakdowns)
    if side is None or not coded.keys() >= {*columns_of(side, estimand.standard, survey)}:
        return None
    chosen = _variables(side, estimand.standard, coded, survey)
    if estimand.of is None:
        made = estimates_of(estimand, chosen, people, whole)
        return _rows(estimand, breakdown, made, _figures(made, made.errors), whole)
    sides = estimates_of(estimand.of, chosen, people, whole)
    made, seen, cv = _gap(estimand, sides, whole)
    return _rows(estimand, breakdown, made, seen, whole, cv)


def _variables(breakdown: str, standard: str, coded: Coded, survey: Survey) -> list[CodedVariable]:
    """The variables of a breakdown, under their names, with the codes that they have by the standard."""
    columns = columns_of(breakdown, standard, survey)
    return [replace(coded[each], name=name) for each, name in zip(columns, survey.breakdowns[breakdown], strict=True)]


def estimates_of(estimand: Estimand, variables: Sequence[CodedVariable], people: pd.DataFrame, whole: Round) -> Found:
    """The estimates of an indicator that is no gap in all cells of the variables' crossing."""
    match estimand.kind:
        case "mean" | "quantile":
            return _of_numbers(estimand, variables, people, whole)
        case "share":
            return _of_categories(estimand, variables, people, whole)
        case _:
            return _of_counts(estimand, variables, people, whole)


def _of_numbers(estimand: Estimand, variables: Sequence[CodedVariable], people: pd.DataFrame, whole: Round) -> Found:
    number = people[estimand.number].to_numpy(dtype=np.float64, na_value=np.nan)
    # ASSUME a person of the universe of a mean or a quantile who has no number (no answer, or none that can be used) is
    # left out of it, so that it speaks about those who have one; how many are left out stands in the quality table.
    within, persons = _domains(
        np.isfinite(number) & _true(people, estimand.universe), {NUMBER: number}, variables, whole
    )
    y = within.numbers(NUMBER)
    if estimand.kind == "mean":
        linear = kinds.mean(within, NUMBER)
        sums, se = _with_replicates(within, persons, y, np.ones(len(y)), whole)
    else:
        linear = quantile(within, NUMBER, estimand.share)
        below = (y <= linear.value[np.where(within.inside, within.cells.person, 0)]).astype(np.float64)
        sums, se = _with_replicates(within, persons, below, np.ones(len(y)), whole)
        if sums is not None and se is not None:
            linear = quantile(within, NUMBER, estimand.share, se_below=se)
            lower, upper = linear.own_limits(0.95) if linear.own_limits else (linear.value, linear.value)
            of_quantile = (upper - lower) / (2 * quantile_of_t(0.95, linear.df))
            with np.errstate(divide="ignore", invalid="ignore"):
                sums, se = replace(sums, scale=-of_quantile / se), of_quantile
    linear = replace(linear, n_cases=linear.n, is_proportion=False, signed=bool((y < 0).any()))
    return Found(linear, sums, se)


def _of_categories(estimand: Estimand, variables: Sequence[CodedVariable], people: pd.DataFrame, whole: Round) -> Found:
    counted = _true(people, estimand.numerator) & _true(people, estimand.universe)
    ones = np.ones(len(people))
    within, persons = _domains(counted, {NUMBER: ones}, variables, whole)
    # ASSUME who did not state what a share is over is a category of his own in it, so that the shares of a group add up
    # to one with that of those who did not state it.
    linear = kinds.shares(within, NUMBER, estimand.over or "")
    p = linear.value
    with np.errstate(divide="ignore", invalid="ignore"):
        by_chance = np.where(linear.n > 1, p * (1 - p) / (linear.n - 1), np.nan)
    linear = replace(linear, by_chance=by_chance, is_proportion=True)
    # The rows of the shares are cells, of which those without anybody who did not state it are left out.
    labels = within.labels()
    rest = [name for name in labels if name != estimand.over]
    group = np.asarray(labels.groupby(rest, sort=False).ngroup() if rest else np.zeros(len(labels)), dtype=np.intp)
    place = {each: number for number, each in enumerate(labels.itertuples(index=False, name=None))}
    rows = np.array([place[each] for each in linear.cells.itertuples(index=False, name=None)], dtype=np.intp)
    ones = np.ones(len(persons))
    return Found(linear, *_with_replicates(within, persons, ones, ones, whole, group, rows))


def _of_counts(estimand: Estimand, variables: Sequence[CodedVariable], people: pd.DataFrame, whole: Round) -> Found:
    """A total or a ratio, as `measures` has it: the side of a gap."""
    numerator = _true(people, estimand.numerator)
    known = np.ones(len(people), dtype=bool)
    if estimand.concerns:
        known = people[estimand.numerator].notna().to_numpy() | ~_true(people, estimand.concerns)
    if estimand.denominator:
        denominator = _true(people, estimand.denominator) & known
        columns = {NUMBER: numerator.astype(np.float64), "whole": denominator.astype(np.float64)}
        within, persons = _domains(numerator | denominator, columns, variables, whole)
        linear = kinds.ratio(within, NUMBER, "whole")
        y, x = within.numbers(NUMBER), within.numbers("whole")
        return Found(linear, *_with_replicates(within, persons, y, x, whole))
    counted = _true(people, estimand.universe) & known
    within, persons = _domains(counted, {NUMBER: numerator.astype(np.float64)}, variables, whole)
    y = within.numbers(NUMBER)
    no_group = np.zeros(0, dtype=np.intp)
    return Found(
        kinds.weighted_total(within, NUMBER), *_with_replicates(within, persons, y, np.ones(len(y)), whole, no_group)
    )


def _gap(estimand: Estimand, sides: Found, whole: Round) -> tuple[Found, Figures, Floats]:
    """The gaps of the cells left without the variable; their figures as the flags see them, and the cv they go by."""
    # ASSUME a gap is as reliable as the less reliable of its two sides: it carries the marks of either, and has no
    # coefficient of variation of its own, since it may well be zero.
    numbers = [_of_side(sides.linear, estimand, category) for category in estimand.categories]
    both = [place for place in numbers[0] if place in numbers[1]]
    first, second = (np.array([places[place] for place in both], dtype=np.intp) for places in numbers)
    labels = sides.linear.cells.drop(columns=estimand.variable or "").iloc[first].reset_index(drop=True)
    one, other = (replace(sides.linear.rows(rows), cells=labels) for rows in (first, second))
    if estimand.relative:
        ratio = quotient(other, one)
        linear = replace(ratio, value=1 - ratio.value, score=-ratio.score, signed=True)
    else:
        linear = difference(one, other)
    n, n_cases = np.minimum(one.n, other.n), np.minimum(one.n_cases, other.n_cases)
    linear = replace(linear, cells=labels, n=n, n_cases=n_cases, by_chance=np.full(len(both), np.nan))
    se = None
    if sides.sums is not None and whole.replicates is not None:
        apart = partial(_apart, sides=sides.sums, first=first, second=second, relative=estimand.relative)
        se = se_of_sums(sides.sums, apart, whole.design, whole.replicates)
    made = Found(linear, sides.sums, se)
    cases = sides.linear.n_cases
    if sides.linear.is_proportion:
        cases = np.minimum(cases, sides.linear.n - cases)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = sides.errors / np.abs(sides.linear.value)
    figures = replace(_figures(made, made.errors), n_cases=np.minimum(cases[first], cases[second])[None])
    figures = replace(figures, df=np.minimum(one.df, other.df)[None])
    return made, figures, np.fmax(cv[first], cv[second])[None]


def _of_side(linear: Linearised, estimand: Estimand, category: str) -> dict[tuple[object, ...], int]:
    """The number of each row of one side, by the other categories of its cell."""
    rows = np.flatnonzero((linear.cells[estimand.variable] == category).to_numpy())
    rest = linear.cells.drop(columns=estimand.variable or "").iloc[rows]
    labels = rest.itertuples(index=False, name=None) if len(rest.columns) else [()] * len(rows)
    return dict(zip(labels, rows.tolist(), strict=True))


def _apart(y: Floats, x: Floats, sides: Sums, first: Codes, second: Codes, relative: bool) -> Floats:
    """(rows, replicates) the gaps from the sums of the sides."""
    values = sides.values(y, x)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - values[second] / values[first] if relative else values[first] - values[second]


def _with_replicates(
    within: Domains,
    persons: Codes,
    y: Floats,
    x: Floats,
    whole: Round,
    group: Codes | None = None,
    rows: Codes | None = None,
) -> tuple[Sums, Floats] | tuple[None, None]:
    """What replicates need, and their standard errors; nothing without replicates. group: empty for sums of y alone."""
    if whole.replicates is None:
        return None, None
    inside, count = np.flatnonzero(within.inside), within.cells.count
    every = np.arange(count)
    by = None if group is not None and not len(group) else every if group is None else group
    shown = every if rows is None else rows
    counted = persons[inside], within.cells.person[inside], y[inside], x[inside]
    sums = Sums(*counted, count, by, shown, np.ones(len(shown)))
    return sums, se_of_sums(sums, sums.values, whole.design, whole.replicates)


def _domains(
    counted: Booleans, columns: dict[str, Floats], variables: Sequence[CodedVariable], whole: Round
) -> tuple[Domains, Codes]:
    """The persons counted, in their cells, and their positions among all. The design keeps all its PSUs and strata."""
    persons, design = np.flatnonzero(counted), whole.design
    stages = tuple(replace(stage, unit=stage.unit[persons]) for stage in design.stages)
    of_some = replace(design, weight=design.weight[persons], psu=design.psu[persons], stages=stages)
    cells = cross([each.of(persons) for each in variables], len(persons))
    numbers = pd.DataFrame({name: values[persons] for name, values in columns.items()}, index=range(len(persons)))
    known = None if whole.known is None else whole.known.within(persons)
    return Domains(numbers, of_some, cells, ~cells.outside, whole.single_psu, known), persons


def _true(people: pd.DataFrame, name: str | None) -> Booleans:
    """(persons,) whether the column is true; everybody where there is no column."""
    return people[name].to_numpy(dtype=bool, na_value=False) if name else np.ones(len(people), dtype=bool)


def _figures(made: Found, se: Floats) -> Figures:
    linear = made.linear
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.where(linear.by_chance > 0, np.square(se) / linear.by_chance, np.nan)
    inner = (linear.value > 0) & (linear.value < 1) if linear.is_proportion else linear.signed
    controlled = linear.everywhere & (linear.score == 0).all(axis=1) & inner & (linear.n > 0)
    counts = linear.n[None].astype(np.int64), linear.n_cases[None].astype(np.int64)
    se = np.where(controlled, 0.0, se)
    return Figures(linear.value[None], se[None], deff[None], linear.df[None], *counts, controlled[None])


def _rows(
    estimand: Estimand, breakdown: str, made: Found, seen: Figures, whole: Round, cv: Floats | None = None
) -> Columns:
    """Columns of the estimates table; seen: the figures by which flags are given, cv: with these in place of theirs."""
    survey, linear = whole.survey, made.linear
    config, count = survey.config, len(linear.value)
    found = linear.figures(seen.se[0], config.confidence, config.interval.near_0_or_1)
    flag = flags(seen, np.array([linear.is_proportion and cv is None]), config.quality, cv)[0]
    labels = {str(name): linear.cells[name].to_numpy(dtype=object) for name in linear.cells}
    stated = [values != NOT_STATED for values in labels.values()]
    kept = np.logical_and.reduce(stated) | (linear.n > 0) if stated else np.ones(count, dtype=bool)
    keys = {"round": whole.name, "standard": estimand.standard, "indicator": estimand.indicator, "breakdown": breakdown}
    keys |= dict.fromkeys(survey.breakdown_variables, TOTAL)
    columns: Columns = {name: np.full(count, word, dtype=object) for name, word in keys.items()} | labels
    columns |= {name: found[name] for name in ("value", "se", "interval", "lower", "upper", "cv")}
    if cv is not None:
        columns["cv"] = np.full(count, np.nan)
    columns |= {"deff": seen.deff[0], "df": found["df"]}
    columns |= {"n": linear.n.astype(np.int64), "n_cases": linear.n_cases.astype(np.int64)}
    columns["flag"] = flag.astype(object)
    return {name: values[kept] for name, values in columns.items()}
