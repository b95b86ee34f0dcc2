"""Calibration beside R's survey package, on the same rows in the same run: `python -m benchmarks.calibration`."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from lfs.metadata.controls import Controls, Margin
from lfs.metadata.weighting import CalibrationRule
from lfs.weight import auxiliaries, calibrate

HERE = Path(__file__).parent
HOUSEHOLDS = (16_400, 160_000)
# Three margins of 200 categories together.
CATEGORIES = {"governorate_area": 36, "cluster": 100, "composition": 64}
RULES = {
    "linear": CalibrationRule(method="linear"),
    "raking": CalibrationRule(method="raking"),
    "truncated_linear": CalibrationRule(method="truncated_linear", lower=0.5, upper=1.9),
    "logit": CalibrationRule(method="logit", lower=0.4, upper=2.5),
    "rake": CalibrationRule(method="raking"),
    "poststratification": CalibrationRule(method="poststratification"),
}
OF_HOUSEHOLDS = {
    "household_linear": CalibrationRule(method="linear"),
    "household_raking": CalibrationRule(method="raking"),
}
PERSONS = 6  # of a household, on average
WARM = 1_000


def households(count: int, seed: int = 1) -> tuple[pd.DataFrame, Controls]:
    """Households, one row each, with a weight and a category of every margin, and the totals of the margins."""
    random = np.random.default_rng(seed)
    rows = pd.DataFrame({"household": [f"{number:07d}" for number in range(count)]})
    rows["weight"] = random.gamma(8, 30, count)
    true = rows["weight"] * random.uniform(0.6, 1.5, count)
    margins = []
    for name, categories in CATEGORIES.items():
        code = random.integers(0, categories, count)
        # Categories on both sides: R reads its factors before the time is taken.
        rows[name] = pd.Categorical.from_codes(code, [f"c{number:03d}" for number in range(categories)])
        true *= random.uniform(0.85, 1.15, categories)[code]
    for name in CATEGORIES:
        totals = {(str(key),): float(total) for key, total in true.groupby(rows[name], observed=True).sum().items()}
        margins.append(Margin(name, (name,), "persons", totals, dict.fromkeys(totals, 1)))
    return rows, Controls("benchmark", tuple(margins))


def persons(count: int, seed: int = 2) -> tuple[pd.DataFrame, Controls]:
    """The persons of so many households, which carry one weight; a category of each person, and totals of persons."""
    random = np.random.default_rng(seed)
    household = np.repeat(np.arange(count), random.poisson(PERSONS - 1, count) + 1)
    whole, _ = households(len(household), seed)
    whole["household"] = np.array([f"{number:07d}" for number in range(count)])[household]
    whole.insert(0, "psu", [f"{number:06d}" for number in household // 10])
    whole["weight"] = random.gamma(8, 30, count)[household]
    true = whole["weight"] * random.uniform(0.8, 1.3, count)[household]
    margins = []
    for name in CATEGORIES:
        totals = {(str(key),): float(total) for key, total in true.groupby(whole[name], observed=True).sum().items()}
        margins.append(Margin(name, (name,), "persons", totals, dict.fromkeys(totals, 1)))
    return whole, Controls("benchmark", tuple(margins))


def ours(
    rows: pd.DataFrame, controls: Controls, rules: Mapping[str, CalibrationRule]
) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """Seconds and weights by method, the matrix of auxiliary variables made every time."""
    seconds, weights = {}, {}
    of_row = rows["weight"].to_numpy()
    for method, rule in rules.items():
        chosen = Controls(controls.file, controls.margins[:1]) if method == "poststratification" else controls
        begin = time.perf_counter()
        auxiliary = auxiliaries(rows, chosen, of_row)
        base = np.empty(len(auxiliary.names))
        base[auxiliary.unit] = of_row
        weights[method] = calibrate(auxiliary, base, rule).weight_of_persons
        seconds[method] = time.perf_counter() - begin
    return seconds, weights


def in_r(rows: pd.DataFrame, controls: Controls) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """Seconds and weights by method of R's survey package, without reading the data and declaring the design."""
    totals = [
        (margin.name, category, total) for margin in controls.margins for (category,), total in margin.totals.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("rows.csv", "controls.csv", "weights.csv")]
        rows.to_csv(files[0], index=False, float_format="%.17g")
        pd.DataFrame(totals, columns=["margin", "category", "total"]).to_csv(
            files[1], index=False, float_format="%.17g"
        )
        command = ["Rscript", "--vanilla", HERE / "calibration.R", *files]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        weights = pd.read_csv(files[2])
    seconds = {line.split()[0]: float(line.split()[1]) for line in printed.splitlines() if line.strip()}
    return seconds, {method: weights[method].to_numpy() for method in seconds}


def compare(count: int) -> dict[str, dict[str, float]]:
    """By method: our seconds, R's, their ratio, and the largest relative difference of a weight.

    R's peer is calibrate, for `rake` its rake; post-stratification is its calibrate to the one margin, and beside it
    stands its postStratify. At the size of a round's sample also persons of households that carry one weight.
    """
    found = _beside_r(*households(count), RULES, households(WARM))
    if count == HOUSEHOLDS[0]:
        found |= _beside_r(*persons(count), OF_HOUSEHOLDS, persons(WARM))
    return found


def _beside_r(
    rows: pd.DataFrame,
    controls: Controls,
    rules: Mapping[str, CalibrationRule],
    warm: tuple[pd.DataFrame, Controls],
) -> dict[str, dict[str, float]]:
    ours(*warm, rules)
    (seconds, weights), (r_seconds, r_weights) = ours(rows, controls, rules), in_r(rows, controls)
    found = {
        method: {
            "seconds": seconds[method],
            "r_seconds": r_seconds[method],
            "ratio_to_r": r_seconds[method] / seconds[method],
            "max_rel_weight_difference": float(np.max(np.abs(weights[method] / r_weights[method] - 1))),
        }
        for method in rules
    }
    if "poststratification" in found:
        found["poststratification"]["r_poststratify_seconds"] = r_seconds["poststratification_alone"]
    return found


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or HOUSEHOLDS
    found = {f"calibration_{count}": compare(count) for count in counts}
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
