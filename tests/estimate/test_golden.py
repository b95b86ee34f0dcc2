"""Every figure against R's survey package, on a made-up sample; see tests/reference."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from tests.reference.__main__ import changes, read, run_r
from tests.reference.frame import people

from lfs.design import Design, survey_design
from lfs.estimate import interval, rate
from lfs.estimate.cells import cross
from lfs.estimate.measures import Estimand, measures, patterns
from lfs.estimate.totals import domain_totals, sample
from lfs.estimate.variance import Figures, SinglePsu, figures

PEOPLE = people()
GOLDEN = read()
ESTIMANDS = [
    Estimand("", "unemployment_rate", "ratio", "unemployed", "labour_force"),
    Estimand("", "participation_rate", "ratio", "labour_force", "working_age"),
    Estimand("", "outside_per_employed", "ratio", "outside", "employed"),
    Estimand("", "employed", "total", "employed", universe="working_age"),
    Estimand("", "unemployed", "total", "unemployed", universe="working_age"),
]
IS_PROPORTION = [True, True, False, False, False]
DOMAINS = {
    "total": PEOPLE["sex"].notna(),
    "male": PEOPLE["sex"] == "male",
    "female": PEOPLE["sex"] == "female",
    "camp": PEOPLE["area"] == "camp",
    "male_young": (PEOPLE["sex"] == "male") & (PEOPLE["age"] == "young"),
    "female_old": (PEOPLE["sex"] == "female") & (PEOPLE["age"] == "old"),
    "camp_male_old": (PEOPLE["area"] == "camp") & (PEOPLE["sex"] == "male") & (PEOPLE["age"] == "old"),
}


@dataclass(frozen=True)
class Case:
    """A design of survey.R: the columns left out, the weight, and what is done with single-PSU strata."""

    without: tuple[str, ...] = ()
    weight: str = "weight"
    single_psu: SinglePsu = "centre"

    def people(self) -> pd.DataFrame:
        return PEOPLE.drop(columns=list(self.without)).assign(weight=PEOPLE[self.weight])

    def design(self) -> Design:
        return survey_design(self.people())


CASES = {
    "centre": Case(),
    "certainty": Case(single_psu="certainty"),
    "average": Case(single_psu="average"),
    "no_strata": Case(("stratum",)),
    "no_psu": Case(("psu",)),
    "neither": Case(("stratum", "psu")),
    "some_zero": Case(weight="weight_some_zero"),
}


def figures_of(case: Case, domain: pd.Series) -> Figures:
    """All estimands in the one cell `domain`."""
    design = case.design()
    within = PEOPLE.assign(domain=domain)
    found = patterns(within, {"domain", *(name for each in ESTIMANDS for name in each.columns())}).within("domain")
    needed = measures(ESTIMANDS, found)
    chosen = sample(design, found, needed)
    totals = domain_totals(chosen, cross([], len(chosen.rows)), needed, design.units)
    return figures(totals, needed, design, case.single_psu)


def limits_of(found: Figures, method: str) -> tuple[np.ndarray, np.ndarray]:
    t = interval.quantile_of_t(0.95, found.df)
    if method == "korn_graubard":
        return interval.korn_graubard(found.value, found.se, found.df, found.n, 0.95)
    return getattr(interval, method.removeprefix("glm_"))(found.value, found.se, t)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("name", CASES)
def test_figures_and_limits_are_those_of_r(name: str, domain: str) -> None:
    """Catches: rows filtered before the variance, strata or PSUs miscounted, single-PSU strata, a limit's formula."""
    case = CASES[name]
    found = figures_of(case, DOMAINS[domain])
    golden = GOLDEN[(GOLDEN["design"] == name) & (GOLDEN["domain"] == domain)]
    assert set(golden["estimand"]) == {each.indicator for each in ESTIMANDS}
    for row in golden.itertuples():
        position = [each.indicator for each in ESTIMANDS].index(row.estimand)
        if row.statistic in ("value", "se", "deff", "df"):
            ours = getattr(found, row.statistic)[position, 0]
        else:
            method, end = row.statistic.rsplit("_", 1)
            ours = limits_of(found, method)[end == "upper"][position, 0]
        # R fits a model for its logit limits and stops at a tolerance of 1e-8; its delta method ("xlogit") is exact.
        tolerance = 1e-8 if row.statistic.startswith("glm") else 1e-10
        assert ours == pytest.approx(row.number, rel=tolerance, abs=1e-14, nan_ok=True), f"{row.statistic}: {row.line}"


@pytest.mark.parametrize("name", CASES)
def test_a_breakdown_is_r_s_svyby(name: str) -> None:
    """Catches: cells mixed up, domains of one breakdown that disturb each other."""
    case = CASES[name]
    ours = rate(case.people(), "unemployed", "labour_force", ["sex", "age"], single_psu=case.single_psu)
    golden = GOLDEN[(GOLDEN["design"] == name) & (GOLDEN["domain"] == "sex x age")]
    assert len(golden) == 2 * len(ours) == 12
    theirs = golden.set_index("statistic")["number"]
    for row in ours.itertuples():
        assert row.value == pytest.approx(theirs[f"value {row.sex} {row.age}"], rel=1e-10)
        assert row.se == pytest.approx(theirs[f"se {row.sex} {row.age}"], rel=1e-10)


def test_every_golden_number_is_compared() -> None:
    """By the first test all numbers of a design and a domain, by the second those of its breakdown."""
    read_by = {(name, domain) for name in CASES for domain in (*DOMAINS, "sex x age")}
    assert set(zip(GOLDEN["design"], GOLDEN["domain"], strict=True)) == read_by
    methods = {statistic.rsplit("_", 1)[0] for statistic in GOLDEN["statistic"] if statistic.endswith("_lower")}
    assert methods == {"normal", "log", "logit", "glm_logit", "korn_graubard", "wilson"}


@pytest.mark.full
def test_r_still_gives_the_golden_numbers() -> None:
    """Catches: golden numbers edited by hand, or a frame or script changed without `make reference`."""
    changed = changes(GOLDEN, run_r())
    assert changed.empty, changed.to_string()
