"""The Python package svy as a second, independent oracle, on the sample of tests/reference."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.reference.frame import frame, people

from lfs.estimate import interval, rate, total
from lfs.estimate.variance import SinglePsu

pytestmark = pytest.mark.full

# Our word for what is done with a PSU alone in its stratum, and svy's.
TREATMENTS: list[tuple[SinglePsu, str]] = [("centre", "center"), ("certainty", "skip"), ("average", "scale")]


def svy_sample(singleton: str) -> Any:
    """Imported here: ordinary tests run where svy is not installed."""
    import polars as pl
    import svy

    design = svy.Design(stratum="stratum", psu="psu", wgt="weight", singleton=singleton)
    return svy.Sample(pl.from_pandas(frame()), design)


def is_true(column: str) -> Any:
    import svy

    return svy.col(column) == 1


def assert_same(ours: pd.DataFrame, theirs: pd.DataFrame, by: list[str]) -> None:
    both = ours.merge(theirs, on=by, suffixes=("", "_svy"), how="outer")
    assert len(both) == len(ours) == len(theirs)
    for name, other in (("value", "est"), ("se", "se_svy"), ("df", "df_svy"), ("n", "n_svy"), ("deff", "deff_svy")):
        assert both[name].to_numpy() == pytest.approx(both[other].to_numpy(), rel=1e-10), name
    for name, other in (("lower", "lci"), ("upper", "uci")):
        assert both[name].to_numpy() == pytest.approx(both[other].to_numpy(), rel=1e-10), name


@pytest.mark.parametrize(("ours", "theirs"), TREATMENTS)
@pytest.mark.parametrize(("near_0_or_1", "method"), [(0.0, "logit"), (1.0, "korn-graubard")])
def test_rates(ours: SinglePsu, theirs: str, near_0_or_1: float, method: str) -> None:
    by = ["sex", "age"]
    found = svy_sample(theirs).estimation.prop(
        y="unemployed", by=by, where=is_true("labour_force"), deff="wr", ci_method=method
    )
    table = found.to_polars().to_pandas()
    own = rate(people(), "unemployed", "labour_force", by, single_psu=ours, near_0_or_1=near_0_or_1)
    table = table[table["unemployed"] == 1]
    if method == "korn-graubard":
        # svy takes no more than n for the effective sample size; we, as R, do not cap it where the design gains.
        own, table = own[own["deff"] > 1.05], table[table["deff"] > 1.05]
        assert len(own) > 3
    assert_same(own, table, by)


# For totals svy's "center" is the distance to the mean of all PSUs; ours is R's "adjust", the PSU's whole total.
@pytest.mark.parametrize(("ours", "theirs"), TREATMENTS[1:])
def test_totals(ours: SinglePsu, theirs: str) -> None:
    by = ["sex"]
    found = svy_sample(theirs).estimation.total(y="employed", by=by, where=is_true("working_age"), deff="wr")
    own = total(people(), "employed", by, where="working_age", single_psu=ours)
    assert_same(own, found.to_polars().to_pandas(), by)


def test_wilson_limits_take_the_degrees_of_freedom_off_once() -> None:
    """svy takes them off the effective sample size and uses Student's t besides. Undone, its limits are ours."""
    table = svy_sample("center").estimation.prop(
        y="unemployed", by=["sex"], where=is_true("labour_force"), ci_method="wilson"
    )
    theirs = table.to_polars().to_pandas().query("unemployed == 1").set_index("sex")
    ours = rate(people(), "unemployed", "labour_force", "sex", proportions="wilson").set_index("sex")
    for sex, row in ours.iterrows():
        t, t_n = (interval.quantile_of_t(0.95, np.array([df])) for df in (row["df"], row["n"] - 1))
        lower, upper = interval.wilson(np.array([row["value"]]), row["se"] * t / t_n, t)
        assert (lower[0], upper[0]) == pytest.approx((theirs.loc[sex, "lci"], theirs.loc[sex, "uci"]), rel=1e-10)
        assert theirs.loc[sex, "lci"] < row["lower"] < row["upper"] < theirs.loc[sex, "uci"]
