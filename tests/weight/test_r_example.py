"""R's own example data, wherever R is: schools of California, calibrated to their type and to a score."""

import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from lfs.calibrated import Calibration
from lfs.design import survey_design
from lfs.weight.distances import DISTANCES
from lfs.weight.solver import equations, solve

SCRIPT = Path(__file__).parents[1] / "reference/apiclus1.R"
TOTALS = np.array([6194.0, 755.0, 1018.0, 3914069.0])
CONTROLS = ("all", "stype H", "stype M", "api99")
DOMAINS = {
    "stype != 'none'": ("stype", ("E", "H", "M")),
    "stype == 'H'": ("stype", ("H",)),
    "comp.imp == 'No'": ("comp.imp", ("No",)),
    "awards == 'Yes'": ("awards", ("Yes",)),
}


@pytest.fixture(scope="module")
def example(rscript: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("apiclus1")
    files = [folder / "data.csv", folder / "numbers.csv"]
    subprocess.run([rscript, "--vanilla", SCRIPT, *files], check=True)
    return pd.read_csv(files[0]), pd.read_csv(files[1])


def calibrated(schools: pd.DataFrame, method: str) -> Calibration:
    dense = np.column_stack([np.ones(len(schools)), schools["stype"] == "H", schools["stype"] == "M", schools["api99"]])
    x, base, one = sparse.csr_array(dense.astype(float)), schools["pw"].to_numpy(), np.ones(len(schools))
    found = solve(equations(base, x, one), base, TOTALS, DISTANCES[method], -np.inf, np.inf)
    unit = np.arange(len(schools))
    return Calibration(unit, unit.astype(object), x, base, found.ratio, one, CONTROLS, TOTALS)


@pytest.mark.full
@pytest.mark.parametrize("method", ["linear", "raking"])
def test_weights_and_errors_are_those_of_r(example, method):
    schools, numbers = example
    expected = numbers[numbers["method"] == method].set_index("domain")["number"]
    made = calibrated(schools, method)
    assert np.square(made.weight).sum() == pytest.approx(expected["weights"], rel=1e-9)
    design = survey_design(schools.rename(columns={"dnum": "psu", "pw": "weight"}).assign(household=schools["snum"]))
    for domain, (column, categories) in DOMAINS.items():
        z = schools["enroll"].to_numpy() * schools[column].isin(categories).to_numpy()
        scores = made.residual_scores(z, design.psu, len(design.stratum))[:, 0]
        n = len(scores)
        error = np.sqrt(n / (n - 1) * np.square(scores - scores.mean()).sum())
        assert error == pytest.approx(expected[domain], rel=1e-9)


@pytest.mark.full
def test_zeros_outside_the_domain_and_weights_as_drawn_would_be_wrong(example):
    """The error with zeros outside the domain, and the one that ignores the calibration, are both far from R's."""
    schools, numbers = example
    made = calibrated(schools, "linear")
    right = numbers.set_index(["method", "domain"])["number"]["linear", "comp.imp == 'No'"]
    inside = (schools["comp.imp"] == "No").to_numpy()
    z = schools["enroll"].to_numpy() * inside
    psu = pd.factorize(schools["dnum"], sort=True)[0]
    residual = z - made.x @ made.coefficients(made.cross_products(z))[:, 0]
    for wrong in (residual * inside, z):
        scores = np.bincount(psu, weights=made.weight * wrong)
        n = len(scores)
        error = np.sqrt(n / (n - 1) * np.square(scores - scores.mean()).sum())
        assert abs(error / right - 1) > 0.05
