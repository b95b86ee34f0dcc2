"""R survey's own example data (api, scd, mu284, nhanes), read from R and estimated here and there.

Strata, two stages with sampling fractions, PSUs sure to be drawn, replicates; calibration is in tests/weight.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import tests.reference

from lfs.design import balanced, jackknife, survey_design, with_stages
from lfs.design.hadamard import hadamard
from lfs.estimate import Domains, Linearised, domains, mean, ratio, replicate_se, weighted_total

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    pd.DataFrame(hadamard(4)).to_csv(folder / "signs.csv", index=False)
    script = Path(tests.reference.__file__).parent / "examples.R"
    subprocess.run(["Rscript", "--vanilla", script, folder], check=True)
    return folder


def sample(
    folder: Path, name: str, fractions: tuple[str, ...] = (), units: tuple[str, ...] = (), **columns: str
) -> Domains:
    """The data of R under our names for stratum, PSU and weight, in one cell, with sampling fractions."""
    read = pd.read_csv(folder / f"{name}.csv")
    people = read.rename(columns={theirs: ours for ours, theirs in columns.items()})
    people["women"] = people.get("RIAGENDR", 0) == 2
    people["high_school"] = people.get("stype", "") == "H"
    if "psu" not in people:
        people["person"] = range(len(people))
    design = survey_design(people)
    return domains(people, design=with_stages(design, people, fractions, units) if fractions else design)


def clustered(folder: Path) -> Domains:
    return sample(folder, "apiclus2", ("fpc1", "fpc2"), ("snum",), psu="dnum", weight="pw")


def stratified(folder: Path) -> Domains:
    return sample(folder, "apistrat", ("fpc",), stratum="stype", weight="pw")


def municipalities(folder: Path) -> Domains:
    return sample(folder, "mu284", ("n1", "n2"), ("id2",), psu="id1", weight="weight")


def ambulances(folder: Path) -> Domains:
    return sample(folder, "scd", stratum="ESA", psu="ambulance", weight="weight")


def sure(folder: Path) -> Domains:
    return sample(folder, "scd", ("ambulances",), stratum="ESA", psu="ambulance", weight="weight")


def examined(folder: Path) -> Domains:
    return sample(folder, "nhanes", stratum="SDMVSTRA", psu="SDMVPSU", weight="WTMEC2YR")


def of(within: Domains, where: str) -> Domains:
    return domains(within.people, (), where, within.design)


ESTIMATES: dict[str, Callable[[Path], tuple[float, float]]] = {
    "svytotal(~enroll, subset(clus2, !is.na(enroll)))": lambda f: plain(weighted_total(clustered(f), "enroll")),
    "svymean(~api00, clus2)": lambda f: plain(mean(clustered(f), "api00")),
    "svymean(~api00, subset(clus2, stype == 'H'))": lambda f: plain(mean(of(clustered(f), "high_school"), "api00")),
    "svytotal(~enroll, strat)": lambda f: plain(weighted_total(stratified(f), "enroll")),
    "svymean(~api00, strat)": lambda f: plain(mean(stratified(f), "api00")),
    "svyratio(~api.stu, ~enroll, strat)": lambda f: plain(ratio(stratified(f), "api.stu", "enroll")),
    "svytotal(~y1, mu)": lambda f: plain(weighted_total(municipalities(f), "y1")),
    "svymean(~y1, mu)": lambda f: plain(mean(municipalities(f), "y1")),
    "svyratio(~alive, ~arrests, pairs)": lambda f: plain(ratio(ambulances(f), "alive", "arrests")),
    "svyratio(~alive, ~arrests, sure)": lambda f: plain(ratio(sure(f), "alive", "arrests")),
    "svytotal(~alive, sure)": lambda f: plain(weighted_total(sure(f), "alive")),
    "svyratio(~alive, ~arrests, as.svrepdesign(pairs, type = 'JKn', mse = TRUE))": lambda f: replicated(f, jackknife),
    "svyratio(~alive, ~arrests, as.svrepdesign(pairs, type = 'BRR', hadamard.matrix = signs, mse = TRUE))": (
        lambda f: replicated(f, balanced)
    ),
    "svymean(~high, subset(exam, !is.na(high)))": lambda f: plain(mean(examined(f), "high")),
    "svymean(~high, subset(exam, !is.na(high) & RIAGENDR == 2))": lambda f: plain(
        mean(of(examined(f), "women"), "high")
    ),
}


def plain(found: Linearised) -> tuple[float, float]:
    return found.value[0], found.se[0]


def replicated(folder: Path, make: Callable) -> tuple[float, float]:
    within = ambulances(folder)
    value, se = replicate_se(lambda each: ratio(each, "alive", "arrests"), within, make(within.design))
    return value[0], se[0]


def test_r_s_own_examples(folder: Path) -> None:
    figures = pd.read_csv(folder / "figures.csv").set_index("line")
    assert set(figures.index) == set(ESTIMATES)
    for line, row in figures.iterrows():
        assert ESTIMATES[line](folder) == pytest.approx((row["value"], row["se"]), rel=1e-9), line
