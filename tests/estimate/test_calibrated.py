"""Errors of the one pass that know how the weights were calibrated, against R, the way by persons, and simulation."""

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from tests.reference.__main__ import CALIBRATED, changes, read, run_r
from tests.reference.calibrated_frame import calibrated_frame, controls_of
from tests.weight.test_golden import DOMAINS as GOLDEN_DOMAINS
from tests.weight.test_golden import METHODS as GOLDEN_METHODS
from tests.weight.test_golden import PEOPLE as GOLDEN_PEOPLE
from tests.weight.test_golden import calibrated as weighted_by
from tests.weight.test_golden import golden as golden_of_weighting

from lfs.calibrated import Calibration, calibration
from lfs.design import Design, survey_design, with_stages
from lfs.estimate import Linearised, domains, estimate, rate, ratio, total, weighted_total
from lfs.metadata import Survey, SurveyError
from lfs.weight.distances import DISTANCES
from lfs.weight.solver import equations, solve

PEOPLE = calibrated_frame()
GOLDEN = read(CALIBRATED)
CONCEPTS = ["employed", "unemployed", "labour_force", "outside"]
ESTIMANDS = {
    "employed": ("employed", None),
    "unemployment_rate": ("unemployed", "labour_force"),
    "outside_per_employed": ("outside", "employed"),
}
# Design of calibrated.R: whose weight it is, the method, and the kinds of controls.
METHODS = {
    "person_linear": ("person", "linear", ("sex_region", "age")),
    "person_raking": ("person", "raking", ("sex_region", "age")),
    "household_linear": ("household", "linear", ("sex_region", "age")),
    "household_raking": ("household", "raking", ("sex_region", "age")),
    "incomplete": ("household", "linear", ("camp",)),
    "stages": ("household", "linear", ("sex_region", "age")),
    "certainty": ("household", "linear", ("sex_region", "age")),
    "average": ("household", "linear", ("sex_region", "age")),
}


def calibrated_on(people: pd.DataFrame, columns: list[str], method: str, unit: str = "household") -> Calibration:
    """Weights of the units calibrated on sums of the columns, to the totals that `true_weight` gives."""
    codes, names = pd.factorize(people[unit], sort=True)
    place = sparse.csr_array((np.ones(len(people)), (codes, np.arange(len(people)))))
    x = sparse.csr_array(place @ sparse.csr_array(people[columns].to_numpy(dtype=float)))
    members = np.bincount(codes).astype(float)
    base = place @ people["weight"].to_numpy() / members
    totals = people[columns].to_numpy(dtype=float).T @ people["true_weight"].to_numpy()
    found = solve(equations(base, x, 1 / members), base, totals, DISTANCES[method], -np.inf, np.inf)
    assert found.found
    return Calibration(
        codes.astype(np.intp),
        np.asarray(names, dtype=object),
        x,
        base,
        found.ratio,
        1 / members,
        tuple(columns),
        totals,
    )


@cache
def made(name: str) -> tuple[pd.DataFrame, Design, Calibration]:
    unit, method, kinds = METHODS[name]
    known = calibrated_on(PEOPLE, controls_of(PEOPLE, *kinds), method, unit)
    people = PEOPLE.assign(weight=known.weight_of_persons)
    people[CONCEPTS] = people[CONCEPTS].astype("boolean")
    # As it is read from its file: a household in no control is not in the table.
    known = calibration(known.table(), people[unit], dict(zip(known.controls, known.totals, strict=True)))
    design = survey_design(people)
    if name == "stages":
        design = with_stages(design, people, ["fraction1", "fraction2"], ["household"])
    return people, design, known


def by_hand(name: str, estimand: str, by: list[str], where: str | None = None) -> pd.DataFrame:
    people, design, known = made(name)
    numerator, denominator = ESTIMANDS[estimand]
    lonely = name if name in ("certainty", "average") else "centre"
    about = {"by": by, "where": where, "design": design, "single_psu": lonely, "calibration": known}
    if denominator is None:
        return total(people, numerator, **about)
    return rate(people, numerator, denominator, **about)


def test_every_golden_number_is_compared() -> None:
    """By the next test, 57 of each design and estimand."""
    assert len(GOLDEN) == len(METHODS) * len(ESTIMANDS) * 3 * 19


@pytest.mark.parametrize("estimand", ESTIMANDS)
@pytest.mark.parametrize("name", METHODS)
def test_figures_are_those_of_r(name: str, estimand: str) -> None:
    """Catches: zeros outside the domain, single PSUs, later stages, households in no control, cells mixed up."""
    golden = GOLDEN[(GOLDEN["design"] == name) & (GOLDEN["estimand"] == estimand)]
    assert len(golden) == 3 * 19
    breakdowns = golden["domain"].str.split(": ", n=1, expand=True)
    for by, rows in golden.assign(cell=breakdowns[1]).groupby(breakdowns[0], sort=False):
        names = str(by).split(" + ")
        found = by_hand(name, estimand, names)
        ours = found.set_index(found[names].agg(" x ".join, axis=1))
        assert len(ours) == len(rows) / 3
        for row in rows.itertuples():
            # deff of R takes the regression's residuals for a count too where the weights of a subset are kept.
            assert ours.loc[row.cell, row.statistic] == pytest.approx(row.number, rel=1e-9), (row.cell, row.line)


@pytest.mark.parametrize("domain", GOLDEN_DOMAINS)
@pytest.mark.parametrize("method", [method for method in GOLDEN_METHODS if method != "rake"])
def test_errors_of_every_method_are_those_of_r(method: str, domain: str) -> None:
    """The golden numbers of the weighting, through the one pass: every distance, bounds, and post-stratification."""
    known = weighted_by(method)
    people = GOLDEN_PEOPLE.assign(weight=known.weight_of_persons, here=GOLDEN_DOMAINS[domain], one=True)
    people[CONCEPTS] = people[CONCEPTS].astype(bool)
    found = {
        "svytotal(~unemployed, %s)": total(people, "unemployed", where="here", calibration=known),
        "svytotal(~one, %s)": total(people, "one", where="here", calibration=known),
        "svyratio(~unemployed, ~labour_force, %s)": rate(
            people, "unemployed", "labour_force", where="here", calibration=known
        ),
    }
    for statistic, table in found.items():
        # Both stop iterating at 1e-10 of a total; R's error of a total that is a control is what is left of rounding.
        expected = golden_of_weighting(method, statistic)[domain]
        assert table["se"][0] == pytest.approx(expected, rel=1e-8, abs=1e-6)


@pytest.mark.parametrize("name", METHODS)
def test_figures_are_those_of_the_way_by_persons(name: str) -> None:
    """`domains` takes the residuals person by person, cell by cell; the one pass from totals of patterns."""
    people, design, known = made(name)
    lonely = name if name in ("certainty", "average") else "centre"
    for by in ([], ["sex"], ["region", "area"]):
        within = domains(people, by, None, design, lonely, known)
        others: dict[str, Linearised] = {
            "employed": weighted_total(within, "employed"),
            "outside_per_employed": ratio(within, "outside", "employed"),
        }
        for estimand, other in others.items():
            ours, table = by_hand(name, estimand, by), other.table().query("n > 0")
            for statistic in ("value", "se"):
                np.testing.assert_allclose(ours[statistic], table[statistic], rtol=1e-12, err_msg=estimand)


def test_a_cell_is_the_same_domain_asked_for_alone() -> None:
    people, design, known = made("household_raking")
    by = rate(people, "unemployed", "labour_force", ["sex", "age"], design=design, calibration=known)
    here = (people["sex"] == "male") & (people["age"] == "old")
    alone = rate(people.assign(here=here), "unemployed", "labour_force", where="here", calibration=known).iloc[0]
    cell = by.set_index(["sex", "age"]).loc["male", "old"]
    for name in ("value", "se", "lower", "upper", "deff", "df", "n"):
        assert cell[name] == pytest.approx(alone[name], rel=1e-12)


@pytest.fixture(scope="module")
def round_(survey: Survey, people: pd.DataFrame) -> tuple[pd.DataFrame, Calibration]:
    """People of a survey, calibrated by household to the working age population by sex, and by age and region."""
    random = np.random.default_rng(7)
    households = pd.factorize(people["household"])[0]
    people = people.assign(true_weight=people["weight"] * random.uniform(0.7, 1.5, households.max() + 1)[households])
    adult = people["working_age"].to_numpy(dtype=bool)
    for name in ("sex", "age_10", "region"):
        for category in sorted(people[name].dropna().unique()):
            people[f"control_{name}_{category}"] = (adult & (people[name] == category).to_numpy()).astype(int)
    known = calibrated_on(people, controls_of(people), "raking")
    return people.assign(weight=known.weight_of_persons), known


def rows_of(known: Calibration, rows: np.ndarray) -> Calibration:
    return replace(known, unit=known.unit[rows])


def test_what_was_calibrated_on_has_no_error(round_: tuple[pd.DataFrame, Calibration], survey: Survey) -> None:
    """Such a total is flagged control, whatever else would hold of it, and has no limits."""
    estimates = estimate(round_[0], survey, round_[1])[0]
    population = estimates[estimates["indicator"] == "working_age_population"].set_index("breakdown")
    for breakdown in ("total", "sex", "age_10", "age_youth", "region"):
        fixed = population.loc[[breakdown]]
        assert (fixed["se"] == 0).all()
        assert (fixed["interval"] == "none").all()
        assert (fixed["flag"] == "control").all()
    assert set(estimates.loc[estimates["flag"].str.contains("control"), "indicator"]) == {"working_age_population"}
    others = population.loc[["governorate", "sex_x_age_10", "education"]]
    assert (others["se"] > 0).all()
    rates = estimates[(estimates["indicator"] == "unemployment_rate") & (estimates["breakdown"] == "sex")]
    assert (rates["se"] > 0).all()


def test_the_quality_table_shows_the_error_with_and_without(
    round_: tuple[pd.DataFrame, Calibration], survey: Survey
) -> None:
    people, known = round_
    (estimates, quality), plain = estimate(people, survey, known), estimate(people, survey)[0]
    for topic, table in (("se_calibrated", estimates), ("se_uncalibrated", plain)):
        rows = quality[quality["topic"] == topic].set_index("variable")["value"]
        national = table[table["breakdown"] == "total"].set_index("indicator")["se"]
        # Counts and ratios only: of the other kinds the table holds the error of the weights as they are calibrated.
        counted = [name for name in national.index if survey.indicators[name].kind in ("total", "ratio")]
        assert list(rows.index) == counted
        assert {"employed", "unemployment_rate"} <= {*counted}
        np.testing.assert_array_equal(rows, national[rows.index])
    same = ["value", "n", "n_cases", "df"]
    pd.testing.assert_frame_equal(estimates[same], plain[same], check_exact=True)
    both = (plain["se"] > 0) & estimates["deff"].notna()
    change = np.square(estimates["se"] / plain["se"])[both]
    np.testing.assert_allclose((estimates["deff"] / plain["deff"])[both], change, rtol=1e-9)


def test_shuffled_rows_give_the_same_bytes(round_: tuple[pd.DataFrame, Calibration], survey: Survey) -> None:
    people, known = round_
    order = np.random.default_rng(1).permutation(len(people))
    found, quality = estimate(people.iloc[order], survey, rows_of(known, order))
    expected = estimate(people, survey, known)
    pd.testing.assert_frame_equal(found, expected[0], check_exact=True)
    pd.testing.assert_frame_equal(quality, expected[1], check_exact=True)


REPOSITORY = Path(__file__).parents[2]
PRINT_BYTES = """
import hashlib, pickle, sys
from pathlib import Path
import numpy as np
from lfs.estimate import estimate
from lfs.metadata import load_survey
people, known = pickle.load(open(sys.argv[1], "rb"))
for table in estimate(people, load_survey(Path(sys.argv[2])), known):
    table.to_csv(sys.stdout, index=False, float_format="%.17g")
for columns in (2, 70, 333):
    products = np.random.default_rng(columns).random((len(known.controls), columns))
    print(hashlib.sha256(known.coefficients(products).tobytes()).hexdigest())
"""


def test_the_number_of_threads_changes_no_byte(round_: tuple[pd.DataFrame, Calibration], tmp_path: Path) -> None:
    pd.to_pickle(round_, tmp_path / "round.pickle")
    found = set()
    for threads in ("1", "2", "3"):
        counts = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        command = [sys.executable, "-c", PRINT_BYTES, tmp_path / "round.pickle", REPOSITORY]
        done = subprocess.run(command, env=os.environ | counts, check=True, capture_output=True, text=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_refused(round_: tuple[pd.DataFrame, Calibration], survey: Survey) -> None:
    people, known = round_
    with pytest.raises(SurveyError, match=r"the calibration is of \d+ persons and people holds \d+"):
        estimate(people.iloc[1:], survey, known)
    with pytest.raises(SurveyError, match="3 persons of people have another weight than the calibration gave them"):
        estimate(people.assign(weight=people["weight"].mask(np.arange(len(people)) < 3, 7.0)), survey, known)


def test_errors_are_those_of_repeated_samples() -> None:
    """200 samples of 120 PSUs, each calibrated anew: the errors are right on average, without residuals too large.

    Catches: a formula that agrees with R and is wrong. The tolerance is three times the error of the simulation.
    """
    random = np.random.default_rng(20)
    psus, persons, drawn_psus = 20_000, 6, 120
    # PSUs are mostly of one group, and the groups are what is calibrated on.
    group = np.where(random.random((psus, persons)) < 0.8, random.integers(0, 4, (psus, 1)), 0)
    employed = random.random((psus, persons)) < np.array([0.05, 0.35, 0.65, 0.95])[group]
    male = random.random((psus, persons)) < 0.8
    totals = np.array([(group == number).sum() for number in range(4)], dtype=float)
    found = []
    for _ in range(200):
        drawn = random.choice(psus, drawn_psus, replace=False)
        people = pd.DataFrame(
            {
                "psu": np.repeat(np.arange(drawn_psus), persons),
                "group": group[drawn].ravel(),
                "employed": employed[drawn].ravel(),
                "male": male[drawn].ravel(),
                "weight": psus / drawn_psus,
            }
        )
        unit = np.arange(len(people))
        x = sparse.csr_array((np.ones(len(people)), (unit, people["group"])), shape=(len(people), 4))
        base, one = people["weight"].to_numpy(), np.ones(len(people))
        ratio_of = totals / (x.T @ base)
        known = Calibration(unit, unit.astype(object), x, base, ratio_of[people["group"]], one, tuple("abcd"), totals)
        people["weight"] = known.weight_of_persons
        with_, without = (total(people, "employed", where="male", calibration=c).iloc[0] for c in (known, None))
        found.append((with_["value"], with_["se"] ** 2, without["se"] ** 2))
    value, calibrated, plain = np.array(found).T
    true = value.var(ddof=1)
    assert calibrated.mean() == pytest.approx(true, rel=0.3)
    assert plain.mean() > 1.5 * true
    assert value.mean() == pytest.approx((employed & male).sum(), rel=0.01)


@pytest.mark.full
def test_zeros_outside_the_domain_and_weights_as_drawn_would_be_wrong(rscript: str, tmp_path: Path) -> None:
    """R's apiclus1, calibrated: the error of a domain is R's, and neither of the two that are often printed instead."""
    files = [tmp_path / "data.csv", tmp_path / "numbers.csv"]
    script = Path(sys.modules[changes.__module__].__file__ or "").parent / "apiclus1.R"
    subprocess.run([rscript, "--vanilla", script, *files], check=True)
    schools, numbers = pd.read_csv(files[0]), pd.read_csv(files[1])
    dense = np.column_stack([np.ones(len(schools)), schools["stype"] == "H", schools["stype"] == "M", schools["api99"]])
    totals, unit = np.array([6194.0, 755.0, 1018.0, 3914069.0]), np.arange(len(schools))
    x, base, one = sparse.csr_array(dense.astype(float)), schools["pw"].to_numpy(), np.ones(len(schools))
    for method in ("linear", "raking"):
        solved = solve(equations(base, x, one), base, totals, DISTANCES[method], -np.inf, np.inf)
        known = Calibration(unit, unit.astype(object), x, base, solved.ratio, one, tuple("abcd"), totals)
        people = schools.rename(columns={"dnum": "psu"}).assign(weight=known.weight, here=schools["comp.imp"] == "No")
        line = numbers.set_index(["method", "domain"])["number"]
        right = line[method, "comp.imp == 'No'"]

        def error(calibration: Calibration | None, where: str | None = "here", people: pd.DataFrame = people) -> float:
            within = domains(people, (), where, calibration=calibration)
            return float(weighted_total(within, "enroll").se[0])

        assert error(known) == pytest.approx(right, rel=1e-9)
        assert abs(error(None) / right - 1) > 0.05
        z = people["enroll"].to_numpy() * people["here"].to_numpy()
        residual = z - known.x @ known.coefficients(known.cross_products(z))[:, 0]
        zeros = people.assign(enroll=residual * people["here"])
        assert abs(error(None, None, zeros) / right - 1) > 0.05


@pytest.mark.full
def test_r_still_gives_the_golden_numbers() -> None:
    changed = changes(GOLDEN, run_r(CALIBRATED))
    assert changed.empty, changed.to_string()
