"""Write golden.csv again with R, and show every number that changed: `python -m tests.reference`."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from tests.reference.frame import frame

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.csv"
KEYS = ["design", "domain", "estimand", "statistic"]


def run_r() -> pd.DataFrame:
    """The golden numbers as R gives them now; R and its package survey are needed."""
    with tempfile.TemporaryDirectory() as folder:
        data, golden = Path(folder, "frame.csv"), Path(folder, "golden.csv")
        frame().to_csv(data, index=False, float_format="%.17g")
        subprocess.run(["Rscript", "--vanilla", HERE / "survey.R", data, golden], check=True)
        return read(golden)


def read(path: Path = GOLDEN) -> pd.DataFrame:
    """Golden numbers with their keys and the R line that made each."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    return table.assign(number=[float(number.replace("NA", "nan", number == "NA")) for number in table["number"]])


def changes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows that came, went, or differ by more than the last digit or two."""
    both = old.merge(new, on=KEYS, how="outer", suffixes=("_old", "_new"))
    same = (both["number_old"] - both["number_new"]).abs() <= 1e-14 * both["number_old"].abs()
    return both[~(same | (both["number_old"].isna() & both["number_new"].isna() & both["line_old"].notna()))]


def main() -> None:
    new = run_r()
    if GOLDEN.exists():
        changed = changes(read(), new)
        sys.stdout.write(f"{len(changed)} of {len(new)} golden numbers changed\n")
        if len(changed):
            sys.stdout.write(changed.to_string(index=False) + "\n")
    new.to_csv(GOLDEN, index=False, na_rep="NaN", lineterminator="\n")


if __name__ == "__main__":
    main()
