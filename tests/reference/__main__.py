"""Write the golden numbers again with R, and show every one that changed: `python -m tests.reference`."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from tests.reference import calibrated_frame, earners, frame, household_frame

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.csv"
EARNERS = HERE / "golden_earners.csv"
CALIBRATION = HERE / "golden_calibration.csv"
CALIBRATED = HERE / "golden_calibrated.csv"
WEIGHTING = HERE / "golden_weighting.csv"
INEQUALITY = HERE / "golden_inequality.csv"
# What each script reads and computes.
SCRIPTS: dict[Path, tuple[str, tuple[Callable[[], pd.DataFrame], ...]]] = {
    GOLDEN: ("survey.R", (frame.frame,)),
    EARNERS: ("earners.R", (earners.earners, earners.signs)),
    CALIBRATION: ("calibration.R", (household_frame.household_frame, household_frame.controls)),
    CALIBRATED: ("calibrated.R", (calibrated_frame.calibrated_frame,)),
    WEIGHTING: ("weighting.R", (household_frame.household_frame, household_frame.controls)),
    INEQUALITY: ("inequality.R", (earners.earners,)),
}
KEYS = ["design", "domain", "estimand", "statistic"]


def run_r(golden: Path = GOLDEN) -> pd.DataFrame:
    """The numbers of a golden file as R gives them now; R and its package survey are needed."""
    script, tables = SCRIPTS[golden]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.csv") for number in range(len(tables) + 1)]
        for table, file in zip(tables, files, strict=False):
            table().to_csv(file, index=False, float_format="%.17g")
        subprocess.run(["Rscript", "--vanilla", HERE / script, *files], check=True)
        return read(files[-1])


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
    for golden in SCRIPTS:
        new = run_r(golden)
        if golden.exists():
            changed = changes(read(golden), new)
            sys.stdout.write(f"{golden.name}: {len(changed)} of {len(new)} golden numbers changed\n")
            if len(changed):
                sys.stdout.write(changed.to_string(index=False) + "\n")
        new.to_csv(golden, index=False, na_rep="NaN", lineterminator="\n")


if __name__ == "__main__":
    main()
