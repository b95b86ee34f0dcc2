"""From the results of many samples to tables of coverage: by kind of figure, size of the domain, method and mark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.coverage_run import WOODRUFF, Results
from lfs.estimate import interval
from lfs.estimate.flags import FLAGS
from lfs.estimate.interval import METHODS

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
SIZES = {"under 50": 50, "50-100": 100, "100-250": 250, "250-1,000": 1000, "1,000 and more": np.inf}
DFS = {"under 8": 8, "8-15": 16, "16-30": 31, "31-100": 101, "over 100": np.inf}
MEASURES = ("total", "rate", "median")
DEMANDED = 0.93
# A class of figures is judged where it holds this many limits; fewer show nothing.
FEWEST = 500
# Relative: a figure that varies by less is one of the control totals, met in every sample.
FIXED = 1e-9


@dataclass(frozen=True)
class Study:
    """Results of figures that somebody of the population is in and that the controls leave open: (samples, figures)."""

    results: Results
    near_0_or_1: float
    confidence: float

    def __getitem__(self, name: str) -> NDArray:
        return self.results[name]

    @property
    def rows(self) -> pd.DataFrame:
        return self.results.rows

    @cached_property
    def truth(self) -> Floats:
        return self.rows["truth"].to_numpy()

    @cached_property
    def given(self) -> Booleans:
        """The estimate has limits."""
        return np.isfinite(self["lower"]) & np.isfinite(self["upper"])

    @cached_property
    def inside(self) -> Booleans:
        return self._covers(self["lower"], self["upper"])

    @cached_property
    def sd(self) -> Floats:
        """(figures,) the true standard error: the spread of the estimates over the samples."""
        return np.sqrt(mean_of(np.square(self["value"] - mean_of(self["value"]))))

    @cached_property
    def size(self) -> NDArray[np.str_]:
        """(figures,) class of the expected number of respondents in the denominator."""
        return _class(self["n"].mean(axis=0), SIZES)

    @cached_property
    def df_class(self) -> NDArray[np.str_]:
        return _class(self["df"].mean(axis=0), DFS)

    @cached_property
    def usual(self) -> NDArray[np.str_]:
        """(figures,) the method that most samples take for the figure."""
        taken = np.where(self["method"] == WOODRUFF, len(METHODS), self["method"])
        counts = np.array([(taken == number).sum(axis=0) for number in range(len(METHODS) + 1)])
        return np.array([*METHODS, "woodruff"])[counts.argmax(axis=0)]

    @cached_property
    def marked(self) -> Booleans:
        return self["flag"] != 0

    @cached_property
    def unreliable(self) -> Booleans:
        """Marked by more than a moderate coefficient of variation."""
        return (self["flag"] & ~np.int16(1 << FLAGS.index("moderate_cv"))) != 0

    def _covers(self, lower: Floats, upper: Floats) -> Booleans:
        # Sums of the same weights in another order differ in their last digits.
        room = 1e-12 * np.abs(self.truth)
        return (lower <= self.truth + room) & (upper >= self.truth - room)

    def others(self) -> Mapping[str, tuple[Booleans, Booleans]]:
        """Limits otherwise made, of which each pair says where they are given and where they cover."""
        found = {}
        for name in ("plain", "delivered", "estimate"):
            lower, upper = self[f"lower_{name}"], self[f"upper_{name}"]
            found[name] = np.isfinite(lower) & np.isfinite(upper), self._covers(lower, upper)
        return found

    def same_proportions(self) -> Mapping[str, tuple[Booleans, Floats]]:
        """All methods on the same rates that are above 0 and below 1: which limits cover, and how long they are."""
        rates = (self.rows["measure"] == "rate").to_numpy()
        value, se = self["value"], self["se"]
        df, n = self["df"].astype(np.int64), self["n"].astype(np.int64)
        able = rates & (value > 0) & (value < 1) & (se > 0) & (df >= 1)
        v, s, d, m = value[able], se[able], df[able], n[able]
        t = interval.quantile_of_t(self.confidence, d)
        made = {
            "logit": interval.logit(v, s, t),
            "korn_graubard": interval.korn_graubard(v, s, d, m, self.confidence),
            "wilson": interval.wilson(v, s, t),
            "normal": interval.normal(v, s, t),
        }
        truth = np.broadcast_to(self.truth, value.shape)[able]
        found = {}
        for name, (lower, upper) in made.items():
            covers, length = np.zeros(value.shape, dtype=bool), np.full(value.shape, np.nan)
            covers[able], length[able] = (lower <= truth) & (upper >= truth), upper - lower
            found[name] = covers, length
        return found


def study(results: Results, near_0_or_1: float, confidence: float) -> tuple[Study, int, int]:
    """The figures to be judged, and how many were left out: fixed by the controls; with nobody in the population."""
    value, truth = results["value"], results.rows["truth"].to_numpy()
    with np.errstate(invalid="ignore"):
        farthest = np.nanmax(np.abs(np.where(np.isfinite(value), value, truth) - truth), axis=0, initial=0.0)
    nobody = ~np.isfinite(truth) | (results["n"].max(axis=0) == 0)
    fixed = ~nobody & (results.rows["measure"] == "total").to_numpy() & (farthest <= FIXED * np.abs(truth))
    kept = np.flatnonzero(~nobody & ~fixed)
    arrays = {name: array[:, kept] for name, array in results.arrays.items()}
    rows = results.rows.iloc[kept].reset_index(drop=True)
    return Study(Results(rows, arrays), near_0_or_1, confidence), int(fixed.sum()), int(nobody.sum())


def by_figures(
    of: Study, among: Booleans, group: Sequence[NDArray[np.str_]], names: Sequence[str], variants: Sequence[str]
) -> pd.DataFrame:
    """One row a group of figures: coverage, also in its variants, bias, errors beside the truth, length, refusals.

    Bias is the mean of each figure's absolute bias; se_to_sd and length are those of the median figure.
    """
    others = of.others()
    rows = []
    for key, columns in _groups(among, group):
        given, value = of.given[:, columns], of["value"][:, columns]
        truth, sd = of.truth[columns], of.sd[columns]
        row: dict[str, object] = dict(zip(names, key, strict=True)) | {"figures": len(columns)}
        row["coverage"], row["mc_se"] = coverage(of.inside[:, columns], given)
        for name in variants:
            there, covers = others[name]
            row[name] = coverage(covers[:, columns], there[:, columns])[0]
        bias = np.abs(mean_of(value) - truth)
        error = np.sqrt(mean_of(np.square(of["se"][:, columns])))
        length = mean_of(np.where(given, of["upper"][:, columns] - of["lower"][:, columns], np.nan))
        varies = sd > 0
        row["bias"] = float(np.nanmean(bias / truth))
        row["bias_to_sd"] = float(np.nanmean(bias[varies] / sd[varies])) if varies.any() else float("nan")
        row["se_to_sd"] = float(np.nanmedian(error[varies] / sd[varies])) if varies.any() else float("nan")
        row["length"] = float(np.nanmedian(length / truth)) if np.isfinite(length).any() else float("nan")
        row["refused"] = float((~given).mean())
        row["marked"] = float(of.marked[:, columns].mean())
        rows.append(row)
    return pd.DataFrame(rows)


def by_marks(of: Study, group: Sequence[NDArray[np.str_]], names: Sequence[str]) -> pd.DataFrame:
    """Coverage of estimates without a mark, with `caution` only, and `unreliable`, and the share of each."""
    kinds = {"unmarked": ~of.marked, "caution": of.marked & ~of.unreliable, "unreliable": of.unreliable}
    rows = []
    for key, columns in _groups(everything(of), group):
        row = dict(zip(names, key, strict=True)) | {"figures": len(columns)}
        for name, which in kinds.items():
            some = which[:, columns]
            row[f"share_{name}"] = float(some.mean())
            row[name] = coverage(of.inside[:, columns], some & of.given[:, columns])[0]
        rows.append(row)
    return pd.DataFrame(rows)


def by_method(of: Study) -> pd.DataFrame:
    """Coverage by the method that each estimate took; marked estimates and others.

    Which method a rate takes depends on the estimate itself: Korn-Graubard where it fell low, or high.
    """
    rows = []
    for (measure,), columns in _groups(everything(of), [of.rows["measure"].to_numpy(dtype=str)]):
        for number, method in {**dict(enumerate(METHODS)), WOODRUFF: "woodruff"}.items():
            taken = (of["method"][:, columns] == number) & of.given[:, columns]
            if taken.any():
                rows.append({"measure": measure, "method": method} | _judged(of, columns, taken))
    return pd.DataFrame(rows)


def by_usual_method(of: Study, group: Sequence[NDArray[np.str_]], names: Sequence[str]) -> pd.DataFrame:
    """Coverage by the method that a figure usually takes, whatever it took in a sample; marked estimates and others."""
    rows = []
    for key, columns in _groups(everything(of), [*group, of.usual]):
        row: dict[str, object] = dict(zip([*names, "method"], key, strict=True))
        if of.given[:, columns].any():
            rows.append(row | {"figures": len(columns)} | _judged(of, columns, of.given[:, columns]))
    return pd.DataFrame(rows)


def _judged(of: Study, columns: NDArray[np.intp], chosen: Booleans) -> dict[str, object]:
    """Coverage of the chosen limits of some figures, (samples, some), and apart that of the unmarked and marked."""
    inside, marked = of.inside[:, columns], of.marked[:, columns]
    row: dict[str, object] = {"limits": int(chosen.sum())}
    row["coverage"], row["mc_se"] = coverage(inside, chosen)
    row["unmarked_limits"] = int((chosen & ~marked).sum())
    row["unmarked"], row["unmarked_mc_se"] = coverage(inside, chosen & ~marked)
    row["marked"] = coverage(inside, chosen & marked)[0]
    return row


def shortfalls(of: Study) -> pd.DataFrame:
    """Classes of figures (measure, breakdown, size, usual method) whose unmarked limits cover less than demanded."""
    group = [of.rows[name].to_numpy(dtype=str) for name in ("measure", "breakdown")]
    found = by_usual_method(of, [*group, of.size], ["measure", "breakdown", "size"])
    short = found[(found["unmarked_limits"] >= FEWEST) & (found["unmarked"] < DEMANDED)]
    columns = ["measure", "breakdown", "size", "method", "figures", "unmarked_limits", "unmarked", "unmarked_mc_se"]
    return short[columns].sort_values("unmarked").reset_index(drop=True)


def single_shortfalls(of: Study, variables: Sequence[str]) -> pd.DataFrame:
    """Single figures that are unmarked in most samples and whose limits cover less than demanded, the lowest first."""
    found = _each(of, np.flatnonzero(of.marked.mean(axis=0) < 0.5), variables)
    return found[found["coverage"] < DEMANDED].reset_index(drop=True)


def proportions(of: Study) -> pd.DataFrame:
    """Methods for proportions on the same rates, by how near to 0 or 1 the rate truly is and by size of the domain."""
    near = np.minimum(of.truth, 1 - of.truth) < of.near_0_or_1
    made = of.same_proportions()
    rate = (of.rows["measure"] == "rate").to_numpy()
    rows = []
    for side, here in (("near 0 or 1", rate & near), ("in between", rate & ~near)):
        for size in SIZES:
            columns = np.flatnonzero(here & (of.size == size))
            if not len(columns):
                continue
            row: dict[str, object] = {"true rate": side, "size": size, "figures": len(columns)}
            for name, (covers, length) in made.items():
                able = np.isfinite(length[:, columns])
                row[name] = coverage(covers[:, columns], able)[0]
                row[f"length_{name}"] = float(np.nanmean(length[:, columns]))
            rows.append(row)
    return pd.DataFrame(rows)


def each_rate(of: Study, breakdowns: Sequence[str], variables: Sequence[str]) -> pd.DataFrame:
    """Coverage of every single rate of these breakdowns, the lowest first."""
    return _each(of, np.flatnonzero((of.rows["measure"] == "rate") & of.rows["breakdown"].isin(breakdowns)), variables)


def _each(of: Study, columns: NDArray[np.intp], variables: Sequence[str]) -> pd.DataFrame:
    """One row a figure: what it is, its truth and coverage, how often it is marked, df, n, and the usual method."""
    rows = of.rows.iloc[columns]
    categories = [[each for each in row if each != "total"] for row in rows[list(variables)].to_numpy().tolist()]
    found = rows[["measure", "indicator", "breakdown"]].assign(category=[" x ".join(each) for each in categories])
    given, inside = of.given[:, columns], of.inside[:, columns]
    found["truth"] = of.truth[columns]
    found["coverage"] = (inside & given).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    found["marked"] = of.marked[:, columns].mean(axis=0)
    found["df"], found["n"] = of["df"][:, columns].mean(axis=0), of["n"][:, columns].mean(axis=0)
    found["method"] = of.usual[columns]
    return found.sort_values("coverage", kind="stable").reset_index(drop=True)


def coverage(inside: Booleans, counted: Booleans) -> tuple[float, float]:
    """Share of the `counted` limits that cover the truth, and its own standard error over samples.

    The figures of one sample go together, so that the error is that of a ratio of sums over independent samples.
    """
    all_of_sample, good = counted.sum(axis=1).astype(float), (inside & counted).sum(axis=1).astype(float)
    whole = all_of_sample.sum()
    if not whole:
        return float("nan"), float("nan")
    share = good.sum() / whole
    samples = len(good)
    spread = np.sqrt(np.square(good - share * all_of_sample).sum() * samples / max(samples - 1, 1)) / whole
    return float(share), float(spread)


def mean_of(values: Floats) -> Floats:
    """(figures,) mean over the samples that have a number, none where no sample has one."""
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0)


def everything(of: Study) -> Booleans:
    return np.ones(len(of.rows), dtype=bool)


def _groups(among: Booleans, group: Sequence[NDArray[np.str_]]) -> Iterator[tuple[tuple[str, ...], NDArray[np.intp]]]:
    """Each combination that occurs, in order of first appearance, with the figures in it."""
    columns = np.flatnonzero(among)
    codes, found = pd.factorize(pd.MultiIndex.from_arrays([keys[columns] for keys in group]))
    for number, key in enumerate(found):
        yield tuple(map(str, key)), columns[codes == number]


def _class(numbers: Floats, classes: Mapping[str, float]) -> NDArray[np.str_]:
    return np.array(list(classes))[np.searchsorted(list(classes.values()), numbers, side="right")]
