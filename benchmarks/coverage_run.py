"""What each sample says of every figure, beside what is true: one array a quantity, samples by figures."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from multiprocessing import get_context

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.coverage_samples import Country, Weighted, weighted
from benchmarks.coverage_truth import truths
from lfs.design import survey_design
from lfs.estimate import Domains, domains, estimate, mean
from lfs.estimate.cells import NOT_STATED
from lfs.estimate.flags import FLAGS, flags
from lfs.estimate.interval import METHODS, quantile_of_t
from lfs.estimate.variance import Figures
from lfs.metadata import Survey

Floats = NDArray[np.float64]
BREAKDOWNS = (
    "total", "region", "governorate", "sex", "age_youth", "age_5", "displacement", "urban_rural",
    "region_x_urban_rural", "sex_x_governorate", "sex_x_age_5", "sex_x_displacement", "region_x_displacement",
    "governorate_x_displacement",
)  # fmt: skip
# Medians, with Woodruff's limits: the number, among whom, by what.
MEDIANS = (
    ("usual_hours", "employed", ("total", "region", "governorate", "sex", "age_5", "displacement")),
    ("monthly_pay", "employed", ("total", "region", "governorate", "sex", "age_5", "displacement")),
    ("age", "working_age", ("total", "region", "governorate", "sex", "displacement")),
)
# _plain: the same weights, the error not knowing of the calibration; _delivered: the offices' own weights.
NUMBERS = ("value", "se", "lower", "upper")
COUNTS = ("df", "n", "n_cases")
WOODRUFF = -1


@dataclass(frozen=True)
class Results:
    """rows: one row a figure: measure (total, rate, median), indicator, breakdown, its categories and the truth.

    arrays: (samples, figures) of NUMBERS (all but value with _plain too, all with _delivered), of COUNTS, of the
    limits lower_estimate and upper_estimate of medians, `method` (number in METHODS, -1 Woodruff) and `flag` (one bit
    for each of FLAGS).
    """

    rows: pd.DataFrame
    arrays: dict[str, NDArray]

    def __getitem__(self, name: str) -> NDArray:
        return self.arrays[name]

    @property
    def samples(self) -> int:
        return len(self.arrays["value"])


def run(country: Country, samples: int, processes: int) -> Results:
    """The results of repetitions 1 to `samples`; the same whatever the number of processes, which share the census."""
    chosen = replace(country, survey=shortened(country.survey))
    rows = figures_of(chosen)
    parts: list[dict[str, NDArray]] = []
    for number, part in enumerate(each_sample(chosen, rows, samples, processes), start=1):
        parts.append(part)
        if number % 50 == 0 or number == samples:
            print(f"{number} of {samples} samples", flush=True)
    return Results(rows, {name: np.stack([part[name] for part in parts]) for name in parts[0]})


def shortened(survey: Survey) -> Survey:
    """The survey with the breakdowns of this study only."""
    return replace(survey, breakdowns={name: survey.breakdowns[name] for name in BREAKDOWNS})


def each_sample(country: Country, rows: pd.DataFrame, samples: int, processes: int) -> Iterator[dict[str, NDArray]]:
    """The figures of repetitions 1 to `samples`, one after the other, in the order of `rows`."""
    global _shared
    _shared = (country, rows)
    if processes == 1:
        yield from map(_one, range(1, samples + 1))
        return
    # By fork: the census is in memory once.
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_one, range(1, samples + 1), chunksize=4)


_shared: tuple[Country, pd.DataFrame] | None = None


def _one(repetition: int) -> dict[str, NDArray]:
    assert _shared is not None
    return one_sample(*_shared, repetition)


def one_sample(country: Country, rows: pd.DataFrame, repetition: int) -> dict[str, NDArray]:
    """Every figure of one sample, in the order of `rows`."""
    sample = weighted(country, repetition)
    survey = country.survey
    known, _ = estimate(sample.people, survey, sample.calibration)
    plain, _ = estimate(sample.people, survey)
    delivered, _ = estimate(sample.people.assign(weight=sample.delivered), survey)
    medians = _medians(survey, sample)
    expected = rows.loc[rows["measure"] != "median", "indicator"]
    for table in (known, plain, delivered):
        if table["indicator"].tolist() != expected.tolist():
            raise RuntimeError(f"repetition {repetition} has other figures than the first sample")
    found: dict[str, NDArray] = {}
    for name in NUMBERS:
        found[name] = np.concatenate([known[name], medians[name]]).astype(np.float64)
    for suffix, table, names in (("_plain", plain, NUMBERS[1:]), ("_delivered", delivered, NUMBERS)):
        for name in names:
            found[name + suffix] = np.concatenate([table[name], np.full(len(medians), np.nan)]).astype(np.float64)
    for name in ("lower_estimate", "upper_estimate"):
        found[name] = np.concatenate([np.full(len(known), np.nan), medians[name]])
    for name in COUNTS:
        found[name] = np.concatenate([known[name], medians[name]]).astype(np.int32)
    method = known["interval"].map({name: number for number, name in enumerate(METHODS)})
    of_medians = np.where(medians["interval"] == "none", METHODS.index("none"), WOODRUFF)
    found["method"] = np.concatenate([method, of_medians]).astype(np.int8)
    found["flag"] = np.concatenate([_bits(known["flag"]), _bits(_flags(survey, medians))])
    return found


def _medians(survey: Survey, sample: Weighted) -> pd.DataFrame:
    """The medians' rows, one below the other in the order of MEDIANS."""
    design = survey_design(sample.people)
    parts = []
    for number, where, breakdowns in MEDIANS:
        for breakdown in breakdowns:
            within = domains(
                sample.people, survey.breakdowns[breakdown], where, design, survey.config.lonely_psu, sample.calibration
            )
            found = medians(within, number, survey.config.confidence)
            # Empty cells are kept: every sample has the same rows.
            parts.append(found[(within.labels() != NOT_STATED).all(axis=1).to_numpy()])
    return pd.concat(parts, ignore_index=True)


def medians(within: Domains, number: str, confidence: float) -> pd.DataFrame:
    """One row a cell: the median as lfs.estimate.quantile gives it, and beside its limits those around the estimate.

    With F the share at or below the estimated median, Woodruff's limits are the quantiles at 1/2 -+ t se(F); those that
    R makes, around the estimate, are the quantiles at F -+ t se(F), which differ where many people give the same
    number. Both are made here from one standard error.
    """
    y = within.numbers(number)
    counted = np.flatnonzero(within.inside & np.isfinite(y) & (within.design.weight > 0))
    order = counted[np.lexsort((y[counted], within.cells.person[counted]))]
    sorted_by_cell = (y[order], within.design.weight[order], within.cells.person[order])
    value = _quantiles(*sorted_by_cell, np.full(within.cells.count, 0.5))
    below = np.full(len(y), np.nan)
    below[order] = sorted_by_cell[0] <= value[sorted_by_cell[2]]
    share = mean(replace(within, people=pd.DataFrame({"below": below})), "below")
    se, t = share.se, quantile_of_t(confidence, share.df)
    half = t * np.where(se > 0, se, np.nan)
    figures = {"value": value, "df": share.df, "n": share.n, "n_cases": share.n_cases}
    for suffix, centre in (("", np.full(len(value), 0.5)), ("_estimate", share.value)):
        figures |= {f"lower{suffix}": _quantiles(*sorted_by_cell, centre - half)}
        figures |= {f"upper{suffix}": _quantiles(*sorted_by_cell, centre + half)}
    found = pd.DataFrame(figures)
    none = found["lower"].isna() & found["upper"].isna()
    return found.assign(se=(found["upper"] - found["lower"]) / (2 * t), interval=np.where(none, "none", "woodruff"))


def _quantiles(y: Floats, weight: Floats, cell: NDArray[np.intp], shares: Floats) -> Floats:
    """(cells,) the smallest number at or below which lies the cell's share; y ascends in each cell."""
    found = np.full(len(shares), np.nan)
    ends = np.searchsorted(cell, np.arange(len(shares) + 1))
    for number, (first, last) in enumerate(pairwise(ends)):
        if last > first and 0 <= shares[number] <= 1:
            below = np.cumsum(weight[first:last])
            place = np.searchsorted(below, shares[number] * below[-1] * (1 - 1e-12))
            found[number] = y[first + min(place, last - first - 1)]
    return found


def _flags(survey: Survey, medians: pd.DataFrame) -> pd.Series:
    """The flags of medians, by the rules that hold for all figures; there are no cases of which there could be few."""
    figures = {name: medians[name].to_numpy() for name in ("value", "se", "df", "n")}
    return _marks(figures | {"n_cases": figures["n"]}, np.zeros(len(medians), dtype=bool), survey)


def _marks(figures: dict[str, NDArray], proportion: NDArray[np.bool_], survey: Survey) -> pd.Series:
    """The flags of figures, one after the other."""
    columns = {name: values[:, None] for name, values in figures.items()}
    none = np.zeros(columns["se"].shape, dtype=bool)
    found = Figures(**columns, deff=np.ones(none.shape), controlled=none)
    return pd.Series(flags(found, proportion, survey.config.quality)[:, 0])


def marked_anew(results: Results, survey: Survey) -> Results:
    """The same results with the marks that config.yaml gives them now."""
    proportion, median = ((results.rows["measure"] == name).to_numpy() for name in ("rate", "median"))
    bits = []
    for sample in range(results.samples):
        figures = {name: results[name][sample] for name in ("value", "se", *COUNTS)}
        figures["n_cases"] = np.where(median, figures["n"], figures["n_cases"])
        bits.append(_bits(_marks(figures, proportion, survey)))
    return Results(results.rows, results.arrays | {"flag": np.stack(bits)})


def _bits(flag: pd.Series) -> NDArray[np.int16]:
    """One bit for each flag that a figure has."""
    bits = {words: sum(1 << FLAGS.index(word) for word in words.split("+") if word) for words in flag.unique()}
    return flag.map(bits).to_numpy(dtype=np.int16)


def figures_of(country: Country) -> pd.DataFrame:
    """Every figure, in the order of the estimates table and then of the medians, with its true value."""
    table, _ = estimate(weighted(country, 0).people, country.survey)
    kinds = {name: {"ratio": "rate"}.get(each.kind, each.kind) for name, each in country.survey.indicators.items()}
    names = list(country.survey.breakdown_variables)
    rows = table[["indicator", "breakdown", *names]].astype("str")
    rows.insert(0, "measure", rows["indicator"].map(kinds))
    of_medians = []
    for number, _, breakdowns in MEDIANS:
        for breakdown in breakdowns:
            variables = country.survey.breakdowns[breakdown]
            listed = product(*(country.survey.variables[name].codes() for name in variables))
            cells = pd.DataFrame(list(listed), columns=list(variables), index=None if variables else range(1))
            of_medians.append(cells.assign(measure="median", indicator=number, breakdown=breakdown))
    rows = pd.concat([rows, *of_medians], ignore_index=True).fillna(dict.fromkeys(names, "total"))
    among = {number: universe for number, universe, _ in MEDIANS}
    return rows.assign(truth=truths(country.census, country.survey, rows, among))
