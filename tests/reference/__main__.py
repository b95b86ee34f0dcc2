"""Write golden.csv again with R, and show every number that changed: `python -m tests.reference`."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tests.reference.earners import earners, signs
from tests.reference.frame import frame

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Reference:
    """An R script, the tables it reads (its first and third argument on), and where its numbers are kept."""

    script: Path
    golden: Path
    tables: tuple[Callable[[], pd.DataFrame], ...]


SURVEY = Reference(HERE / "survey.R", HERE / "golden.csv", (frame,))
EARNERS = Reference(HERE / "earners.R", HERE / "golden_earners.csv", (earners, signs))
REFERENCES = (SURVEY, EARNERS)
KEYS = ["design", "domain", "estimand", "statistic"]


def run_r(reference: Reference = SURVEY) -> pd.DataFrame:
    """The golden numbers as R gives them now; R and its package survey are needed."""
    with tempfile.TemporaryDirectory() as folder:
        golden = Path(folder, "golden.csv")
        tables = [Path(folder, f"{make.__name__}.csv") for make in reference.tables]
        for path, make in zip(tables, reference.tables, strict=True):
            make().to_csv(path, index=False, float_format="%.17g")
        subprocess.run(["Rscript", "--vanilla", reference.script, tables[0], golden, *tables[1:]], check=True)
        return read(golden)


def read(path: Path = SURVEY.golden) -> pd.DataFrame:
    """Golden numbers with their keys and the R line that made each."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    return table.assign(number=[float(number.replace("NA", "nan", number == "NA")) for number in table["number"]])


def changes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows that came, went, or differ by more than the last digit or two."""
    both = old.merge(new, on=KEYS, how="outer", suffixes=("_old", "_new"))
    same = (both["number_old"] - both["number_new"]).abs() <= 1e-14 * both["number_old"].abs()
    return both[~(same | (both["number_old"].isna() & both["number_new"].isna() & both["line_old"].notna()))]


def main() -> None:
    for reference in REFERENCES:
        new = run_r(reference)
        if reference.golden.exists():
            changed = changes(read(reference.golden), new)
            sys.stdout.write(f"{reference.golden.name}: {len(changed)} of {len(new)} golden numbers changed\n")
            if len(changed):
                sys.stdout.write(changed.to_string(index=False) + "\n")
        new.to_csv(reference.golden, index=False, na_rep="NaN", lineterminator="\n")


if __name__ == "__main__":
    main()
