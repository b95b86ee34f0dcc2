"""All indicators by all breakdowns of one round whose people come in pieces."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from lfs.estimate.cells import CodedVariable, Crossing, crossing
from lfs.estimate.deff import simple_random_variance
from lfs.estimate.estimands import columns_of
from lfs.estimate.look_up import variance_rows
from lfs.estimate.measures import Measures
from lfs.estimate.pieces.accumulate import Totals, Variances
from lfs.estimate.pieces.chunks import whole_psus
from lfs.estimate.pieces.moments import Layout, moments
from lfs.estimate.pieces.order import Order
from lfs.estimate.pieces.people import People
from lfs.estimate.quality import ignored_rows, quality_table, unavailable_rows
from lfs.estimate.table import estimates_table
from lfs.estimate.variance import ROUNDING, Figures, SinglePsu
from lfs.metadata import Survey, SurveyError
from lfs.metadata.config import Config

ROWS_AT_ONCE = 1 << 18


def estimate_pieces(
    pieces: Iterable[pa.Table | pa.RecordBatch], survey: Survey, ignoring_calibration: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What `estimate` makes, from people in pieces that are never in memory together.

    pieces: neighbouring rows of `people`, in order of stratum and PSU (each stratum, and in it each PSU, in one run; a
    piece may end inside either), all with the same columns; those that no indicator, breakdown or part of the design
    reads may be left out. Memory does not grow with the persons, but for eight bytes a PSU.

    Errors that know how the weights were made need the people whole, as do replicates, and designs with certainty PSUs,
    sampling fractions or joined strata. ignoring_calibration: where config.yaml declares a calibration, the weights are
    taken as they are all the same, and errors are those of `estimate` without one, usually too large.
    Raises SurveyError for what needs the people whole, for a stratum or a PSU that comes back after another, and for
    whatever `estimate` refuses.
    """
    single_psu = _rule_of_single_psus(survey.config, ignoring_calibration)
    tables = _at_once(pieces)
    first = next(tables, None)
    if first is None:
        raise SurveyError("people: there is no person to estimate from")
    people = People(first, survey)
    order = Order(people.place)
    possible = {name: tuple(names) for name, names in survey.breakdowns.items() if people.categories.keys() >= {*names}}
    _refuse_nothing(people, survey, possible)
    layout = Layout.of({name: each.outside + 1 for name, each in people.categories.items()}, possible)
    variances = Variances(len(people.estimands), layout.cells, single_psu)
    totals = Totals(layout.cells)
    with ThreadPoolExecutor() as threads:
        for chunk in whole_psus(people.chunk(table) for table in chain([first], tables)):
            first_psu = np.flatnonzero(np.r_[True, chunk.stratum[1:] != chunk.stratum[:-1]])
            if order.open and not order.continues(chunk.stratum[0]):
                variances.close(order.close())
            finished = order.take(chunk.stratum[first_psu], first_psu, chunk.names)
            _, columns = people.patterns.needed
            found, sums = moments(chunk, first_psu, columns, layout, threads)
            variances.add(found, finished)
            totals.add(sums)
    variances.close(order.close())
    return _tables(people, order, layout, variances, totals, survey)


def _rule_of_single_psus(config: Config, ignoring_calibration: bool) -> SinglePsu:
    """Raises SurveyError for what config.yaml declares and people in pieces do not allow."""
    needs_all = {
        "design: certainty:": config.design.certainty is not None,
        "design: fractions:": bool(config.design.fractions),
        "replicates:": config.replicates is not None,
        "weighting: calibration:": config.weighting is not None
        and config.weighting.calibration is not None
        and not ignoring_calibration,
    }
    if declared := [name for name, is_declared in needs_all.items() if is_declared]:
        raise SurveyError(
            f"people in pieces: errors under {' and '.join(declared)} of config.yaml need all people at once; read the "
            "file whole and take `estimate`"
            + (
                ", or leave the calibration out with ignoring_calibration"
                if "weighting: calibration:" in declared
                else ""
            )
        )
    if config.lonely_psu == "collapse":
        raise SurveyError(
            "people in pieces: lonely_psu: collapse of config.yaml needs all people at once; read the file whole and "
            "take `estimate`, or declare certainty, centre or average"
        )
    return config.lonely_psu


def _at_once(pieces: Iterable[pa.Table | pa.RecordBatch]) -> Iterator[pa.Table]:
    """Pieces of rows that fit into the processor's cache once they are coded."""
    for piece in pieces:
        table = pa.Table.from_batches([piece]) if isinstance(piece, pa.RecordBatch) else piece
        for first in range(0, len(table), ROWS_AT_ONCE):
            yield table.slice(first, ROWS_AT_ONCE)


def _tables(
    people: People, order: Order, layout: Layout, variances: Variances, totals: Totals, survey: Survey
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The estimates and the quality table."""
    config = survey.config
    if order.single and config.lonely_psu == "fail":
        raise SurveyError(
            f"{order.single} strata hold one PSU only and lonely_psu is fail; declare certainty, centre or "
            "average as lonely_psu: in config.yaml, or join strata in the office file"
        )
    rows = people.seen.design_rows(order, people.identifiers, config.lonely_psu)
    stated = {name: each.stated for name, each in people.categories.items()}
    lacking = {name: tuple(each for each in names if not stated.get(each)) for name, names in survey.breakdowns.items()}
    made = [name for name in layout.breakdowns if not lacking[name]]
    _refuse_nothing(people, survey, made)
    empty = np.zeros(0, dtype=np.intp)
    coded = {name: CodedVariable(name, each.listed, empty) for name, each in people.categories.items()}
    crossings = {name: crossing([coded[each] for each in survey.breakdowns[name]]) for name in made}
    place = np.concatenate([_place(name, crossings[name], layout) for name in made])
    needed, _ = people.patterns.needed
    table = estimates_table(
        people.round_name,
        people.estimands,
        needed,
        crossings,
        _figures(variances, totals, needed, place),
        survey.breakdown_variables,
        config,
    )
    table = _planned(table, survey)
    rows += [
        {"topic": "needs_people_whole", "variable": each.indicator, "category": each.standard, "value": 1}
        for each in people.others
    ]
    rows += ignored_rows(survey, None, people.round_name)
    rows += unavailable_rows(people.missing | {(name, ""): columns for name, columns in lacking.items() if columns})
    rows += people.seen.left_out_rows(people.estimands, people.patterns.found)
    rows += people.seen.ratio_rows(people.estimands, needed)
    rows += people.seen.outside_rows(stated)
    rows += variance_rows(table, survey)
    return table, quality_table(people.round_name, rows)


def _planned(table: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """The rows that the plan asks for, and of which each variable is the same by all standards."""
    keys = table[["standard", "indicator", "breakdown"]].drop_duplicates()
    wanted = {
        (standard, indicator, breakdown)
        for standard, indicator, breakdown in keys.itertuples(index=False)
        if breakdown in survey.planned(indicator, standard)
        and columns_of(breakdown, standard, survey) == survey.breakdowns[breakdown]
    }
    if len(wanted) == len(keys):
        return table
    rows = zip(table["standard"], table["indicator"], table["breakdown"], strict=True)
    return table[[row in wanted for row in rows]].reset_index(drop=True)


def _place(breakdown: str, cells: Crossing, layout: Layout) -> NDArray[np.intp]:
    """Where the cells of a breakdown are in the layout, which holds those outside a universe besides."""
    found = np.full(cells.count, layout.first[breakdown], dtype=np.intp)
    for variable, positions in zip(cells.variables, cells.positions, strict=True):
        found += layout.strides(breakdown)[variable.name] * positions
    return found


def _figures(variances: Variances, totals: Totals, needed: Measures, place: NDArray[np.intp]) -> Figures:
    """(estimands, cells) as of people in memory."""
    patterns = len(totals.weight)
    membership = needed.membership[:, :patterns]
    total = membership @ totals.weight
    by_measure = np.rint(membership @ totals.n).astype(np.int64)
    n, n_cases = by_measure[needed.domain], by_measure[needed.numerator]
    ratio, denominator = needed.is_ratio[:, None], total[needed.denominator]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(ratio, total[needed.numerator] / denominator, total[needed.numerator])
        variance = variances.variance(np.where(denominator > 0, value, 0.0), needed.is_ratio)
        variance /= np.where(ratio, denominator, 1.0) ** 2
        by_chance = simple_random_variance(total, n, needed, value)
        deff = np.where(by_chance > 0, variance / by_chance, np.nan)
    empty = (n == 0) | (ratio & ~(denominator > 0))
    value, variance, deff = (np.where(empty, np.nan, each) for each in (value, variance, deff))
    se = np.sqrt(variance)
    se = np.where(se < ROUNDING * np.abs(value), 0.0, se)
    value, se, deff = (each[:, place] for each in (value, se, deff))
    none = np.zeros(value.shape, dtype=bool)
    df, n, n_cases = (each[:, place] for each in (variances.df, n, n_cases))
    return Figures(value, se, deff, df, n, n_cases, none)


def _refuse_nothing(people: People, survey: Survey, made: Iterable[str]) -> None:
    if not people.estimands or not [*made]:
        stated = {name for name, each in people.categories.items() if each.stated or not people.seen.persons}
        columns = {each for names in people.missing.values() for each in names}
        columns |= {each for each in survey.breakdown_variables if each not in stated}
        raise SurveyError(
            f"{people.place}: no indicator by any breakdown can be made; these columns are missing: "
            f"{', '.join(sorted(columns))}"
        )
