"""A file of people larger than memory, and many replicates: `python -m benchmarks.large [PERSONS ...]`.

The file is invented piece by piece, in order of stratum and PSU, in a temporary folder that is deleted afterwards.
Every rate by every breakdown is then estimated from it in a process of its own, and the same columns are read by
pyarrow alone in another: nothing that reads the file can be faster, so its share of the time is the limit.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.frame import few_rates, random_people
from lfs.design import bootstrap, jackknife, survey_design
from lfs.estimate import estimate_file, replicate_figures
from lfs.estimate.cells import code_variable, cross
from lfs.estimate.estimands import available_estimands
from lfs.estimate.measures import measures, patterns
from lfs.estimate.pieces.reading import columns_to_read
from lfs.estimate.totals import sample
from lfs.metadata import Survey, load_survey

REPOSITORY = Path(__file__).parents[1]
PERSONS = (1_000_000, 10_000_000, 100_000_000)
REPLICATED = 1_000_000
PERSONS_IN_PSU = 60
PSUS_AT_ONCE = 10_000
BYTES_A_PERSON = 60
MIB = 1024 if sys.platform.startswith("linux") else 1024**2


def measure(persons: tuple[int, ...] = PERSONS) -> dict:
    """For each number of persons: seconds and peak memory of estimation, and of plain reading of the same columns."""
    found: dict[str, dict] = {}
    for count in persons:
        with tempfile.TemporaryDirectory() as name:
            if shutil.disk_usage(name).free < 2 * BYTES_A_PERSON * count:
                raise RuntimeError(f"{name}: too little room on the disk for {count} persons")
            path = Path(name, "people.parquet")
            write(path, rates(load_survey(REPOSITORY)), count)
            estimated, read = _alone("estimate", path), _alone("read", path)
            found[str(count)] = estimated | {
                "file_mib": round(path.stat().st_size / 2**20),
                "seconds_of_reading": read["seconds"],
                "peak_mib_of_reading": read["peak_mib"],
                "share_of_reading": round(read["seconds"] / estimated["seconds"], 3),
            }
    return {"large": found}


def measure_replicates(persons: int = REPLICATED) -> dict:
    """Seconds and peak memory of replicates of every rate by every breakdown, people in memory."""
    return {f"replicates_{persons}": {kind: _alone(kind, persons) for kind in REPLICATES}}


def rates(survey: Survey) -> Survey:
    """The survey with five rates only, of weights as drawn."""
    as_drawn = survey.config.model_copy(update={"weighting": None})
    return replace(few_rates(survey), config=as_drawn)


def write(path: Path, survey: Survey, persons: int) -> None:
    """About so many invented persons, a few thousand PSUs at a time."""
    psus = persons // PERSONS_IN_PSU
    writer = None
    for first in range(0, psus, PSUS_AT_ONCE):
        table = people(survey, first, min(first + PSUS_AT_ONCE, psus), psus)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=len(table))
    if writer:
        writer.close()


def people(survey: Survey, first: int, last: int, psus: int) -> pa.Table:
    """Persons of the PSUs from number first to before number last of all, like those of `random_people`."""
    random = np.random.default_rng(first)
    size = random.poisson(PERSONS_IN_PSU // 10 - 1, 10 * (last - first)) + 1
    household = np.repeat(np.arange(len(size)), size)
    psu = household // 10
    persons = len(household)
    governorates = survey.variables["governorate"].codes()
    stratum = ((first + psu) * 2 * len(governorates)) // psus
    effect = random.normal(0, 0.3, last - first)[psu]
    age = random.integers(0, 80, persons)
    working_age = age >= survey.config.working_age
    labour_force = working_age & (random.random(persons) < 0.4 + 0.2 * effect)
    unemployed = labour_force & (random.random(persons) < 0.16 + 0.1 * effect)
    employed = labour_force & ~unemployed
    columns = {
        "round": _words(["2021H2"], np.zeros(persons, dtype=np.int32)),
        "office": _words(["office"], np.zeros(persons, dtype=np.int32)),
        "stratum": _words([f"s{number:02d}" for number in range(2 * len(governorates))], stratum),
        "psu": _words([f"{number:07d}" for number in range(first, last)], psu),
        "weight": pa.array(random.gamma(8, 30, len(size))[household]),
        "working_age": pa.array(working_age),
        "labour_force": _within(labour_force, working_age),
        "employed": _within(employed, working_age),
        "unemployed": _within(unemployed, working_age),
        "outside_labour_force": _within(working_age & ~labour_force, working_age),
        "informal_employment": _within(random.random(persons) < 0.66, employed),
        "informal_sector": _within(random.random(persons) < 0.54, employed),
    }
    for name in survey.breakdown_variables:
        variable = survey.variables[name]
        if name == "governorate":
            code = stratum // 2
        elif name == "urban_rural":
            code = stratum % 2
        elif variable.bands:
            bands = pd.IntervalIndex.from_tuples(list(variable.bands.values()), closed="both")
            code = np.where(working_age, bands.get_indexer(np.arange(80))[age], -1)
        elif variable.of == "governorate":
            group = {member: number for number, members in enumerate(variable.groups.values()) for member in members}
            code = np.array([group[each] for each in governorates])[stratum // 2]
        else:
            code = np.minimum(random.geometric(0.5, persons) - 1, len(variable.codes()) - 1)
        columns[name] = _words(variable.codes(), code)
    return pa.table(columns)


def run_estimate(path: Path) -> dict:
    """Every rate by every breakdown of the file."""
    survey = rates(load_survey(REPOSITORY))
    begin = time.perf_counter()
    estimates, quality = estimate_file(path, survey)
    seconds = time.perf_counter() - begin
    persons = int(quality.loc[quality["topic"] == "persons", "value"].iloc[0])
    psus = int(quality.loc[quality["topic"] == "psus", "value"].iloc[0])
    return {"persons": persons, "psus": psus, "estimates": len(estimates), "seconds": round(seconds, 2)}


def run_reading(path: Path) -> dict:
    """The same columns, kept as short as the file has them, and no work on them."""
    survey = rates(load_survey(REPOSITORY))
    begin = time.perf_counter()
    columns = columns_to_read(path, survey)
    file = pq.ParquetFile(path, read_dictionary=columns)
    groups = range(file.num_row_groups)
    rows = sum(len(batch) for group in groups for batch in file.iter_batches(1 << 18, [group], columns))
    return {"persons": rows, "seconds": round(time.perf_counter() - begin, 2)}


def run_replicates(persons: int, kind: str) -> dict:
    """Errors by replicates of every rate by every breakdown."""
    survey = rates(load_survey(REPOSITORY))
    table = random_people(survey, persons // 6)
    begin = time.perf_counter()
    design = survey_design(table)
    replicates = REPLICATES[kind](design)
    estimands, _, _ = available_estimands(table, survey.indicators, survey.variables)
    found = patterns(table, {name for each in estimands for name in each.columns()})
    needed = measures(estimands, found)
    chosen = sample(design, found, needed)
    coded = {
        name: code_variable(table[name], survey.variables[name].codes()).of(chosen.rows)
        for name in survey.breakdown_variables
    }
    estimates = 0
    for variables in survey.breakdowns.values():
        cells = cross([coded[name] for name in variables], len(chosen.rows))
        value, _ = replicate_figures(chosen, cells, needed, design, replicates)
        estimates += int(np.isfinite(value).sum())
    seconds = round(time.perf_counter() - begin, 2)
    return {
        "persons": len(table),
        "psus": len(design.stratum),
        "replicates": replicates.count,
        "estimates": estimates,
        "seconds": seconds,
    }


REPLICATES: dict[str, Callable] = {"bootstrap": bootstrap, "jackknife": jackknife}


def _alone(what: str, of: Path | int) -> dict:
    """What one of the functions above finds in a process of its own, and the most memory that this held."""
    code = (
        "import json, resource, subprocess, sys; "
        "done = subprocess.run([sys.executable, '-m', 'benchmarks.large', *sys.argv[1:]], stdout=subprocess.PIPE); "
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss; "
        "print(json.dumps({'peak': peak, 'found': json.loads(done.stdout) if not done.returncode else None}))"
    )
    command = [sys.executable, "-c", code, "--alone", what, str(of)]
    done = json.loads(subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout)
    if done["found"] is None:
        raise RuntimeError(f"python -m benchmarks.large --alone {what} {of} failed")
    return done["found"] | {"peak_mib": round(done["peak"] / MIB)}


def _words(words: list[str] | tuple[str, ...], codes: np.ndarray) -> pa.Array:
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), type=pa.string()))


def _within(values: np.ndarray, universe: np.ndarray) -> pa.Array:
    return pa.array(values, mask=~universe)


def main() -> None:
    if sys.argv[1:2] == ["--alone"]:
        what, of = sys.argv[2:]
        if what in REPLICATES:
            print(json.dumps(run_replicates(int(of), what)))
        else:
            print(json.dumps({"estimate": run_estimate, "read": run_reading}[what](Path(of))))
        return
    counts = tuple(int(word) for word in sys.argv[1:])
    print(json.dumps(measure(counts or PERSONS), indent=2))
    if not counts:
        print(json.dumps(measure_replicates(), indent=2))


if __name__ == "__main__":
    main()
