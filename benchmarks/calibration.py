"""Calibration beside R's survey package, on the same rows in the same run: `python -m benchmarks.calibration`."""

import json
import subprocess
import sys
import tempfile
import time
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


def ours(rows: pd.DataFrame, controls: Controls) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """Seconds and weights by method, the matrix of auxiliary variables made every time."""
    seconds, weights = {}, {}
    for method, rule in RULES.items():
        chosen = Controls(controls.file, controls.margins[:1]) if method == "poststratification" else controls
        begin = time.perf_counter()
        base = rows["weight"].to_numpy()
        auxiliary = auxiliaries(rows, chosen, base)
        weights[method] = calibrate(auxiliary, base, rule).weight_of_persons
        seconds[method] = time.perf_counter() - begin
    return seconds, weights


def in_r(rows: pd.DataFrame, controls: Controls) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """Seconds and weights by method of R's survey package, without reading the data."""
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
    """By method: our seconds, R's, their ratio, and the largest relative difference of a weight."""
    rows, controls = households(count)
    ours(*households(1_000))
    (seconds, weights), (r_seconds, r_weights) = ours(rows, controls), in_r(rows, controls)
    return {
        method: {
            "seconds": seconds[method],
            "r_seconds": r_seconds[method],
            "ratio_to_r": r_seconds[method] / seconds[method],
            "max_rel_weight_difference": float(np.max(np.abs(weights[method] / r_weights[method] - 1))),
        }
        for method in RULES
    }


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or HOUSEHOLDS
    found = {f"calibration_{count}": compare(count) for count in counts}
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
