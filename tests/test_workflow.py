"""The workflow runs again what a change concerns and nothing else, and survives what happens to computers.

The whole line runs once, in a copy of the repository whose path holds a space, on a small invented survey of three
rounds, an earlier one of another survey and two of which the second lacks its second office; each test then changes a
copy of that.
"""

import ctypes
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from tests.running import command, edit, environment, snakemake

AFTER = {
    "estimate": {"estimate", "join", "protect", "compare", "publish", "publish_tables", "explorer", "manifest"},
    "weight": {"weight", "estimate", "join", "protect", "compare", "publish", "publish_tables", "explorer", "manifest"},
    "derive": {
        "derive",
        "weight",
        "estimate",
        "join",
        "protect",
        "compare",
        "publish",
        "publish_tables",
        "explorer",
        "manifest",
    },
    "protect": {"protect", "compare", "publish", "publish_tables", "explorer", "manifest"},
    "publish": {"publish", "publish_tables", "explorer", "manifest"},
}


def planned(folder: Path, *words: str) -> dict[str, int]:
    """How many jobs of each rule a run would start."""
    result = snakemake(folder, "--dry-run", *words)
    assert result.returncode == 0, result.stdout
    jobs = {rule: int(count) for rule, count in re.findall(r"^([a-z_]+) +(\d+)$", result.stdout, flags=re.MULTILINE)}
    assert jobs or "Nothing to be done" in result.stdout, result.stdout
    return {rule: count for rule, count in jobs.items() if rule not in ("all", "total")}


@pytest.fixture
def copy(finished: Path, tmp_path: Path) -> Path:
    """The finished run in another place, as after moving a folder."""
    return Path(shutil.copytree(finished, tmp_path / "another copy"))


def test_report_workbook_and_tables_are_there_and_nothing_else_of_ours_is_left(finished):
    for name in (
        "reports/en/report.html",
        "reports/en/tables.xlsx",
        "reports/explorer.html",
        "data/processed/estimates.csv",
    ):
        assert (finished / name).stat().st_size > 0
    assert b"\r\n" not in (finished / "data/processed/published.csv").read_bytes()
    assert not [path for path in finished.rglob(".[0-9]*") if path.is_file() and ".snakemake" not in path.parts]


def test_second_run_has_nothing_to_do_also_in_another_place(copy):
    assert planned(copy) == {}


def test_touched_files_of_the_same_content_run_nothing(copy):
    for path in [*(copy / "src").rglob("*.py"), *(copy / "config").rglob("*.yaml")]:
        path.touch()
    assert planned(copy) == {}


def test_changed_words_run_the_pages_only(copy):
    labels = sorted((copy / "src/lfs/standard/labels/en").glob("*.yaml"))[0]
    labels.write_text(labels.read_text(encoding="utf-8") + "\n# seen\n", encoding="utf-8")
    assert set(planned(copy)) == AFTER["publish"]


def test_new_language_makes_its_own_pages_only(copy):
    shutil.copytree(copy / "src/lfs/standard/labels/en", copy / "src/lfs/standard/labels/fr")
    edit(copy / "config/config.yaml", "languages: [en]", "languages: [en, fr]")
    assert planned(copy) == {"publish": 1, "publish_tables": 1, "explorer": 1, "manifest": 1}


def test_other_population_totals_weight_their_round_again_and_nothing_before(copy):
    controls = copy / "config/controls/2022H2.csv"
    controls.write_text(controls.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert planned(copy) == dict.fromkeys(
        ("weight", "estimate", "join", "protect", "compare", "publish", "publish_tables", "explorer", "manifest"), 1
    )


def test_other_bounds_weight_again_and_read_nothing_again(copy):
    edit(copy / "config/config.yaml", "upper: 3\n", "upper: 4\n")
    assert set(planned(copy)) == AFTER["weight"]


def test_replicates_take_the_place_of_linearised_errors_where_they_are_declared(copy):
    name = "data/processed/estimates/2021H2.parquet"
    before = pd.read_parquet(copy / name)
    with (copy / "config/config.yaml").open("a", encoding="utf-8") as config:
        config.write("replicates: {method: balanced, fay: 0.9}\n")
    result = snakemake(copy, name)
    assert result.returncode == 0, result.stdout
    after = pd.read_parquet(copy / name)
    pd.testing.assert_series_equal(after["value"], before["value"], rtol=1e-12)
    total = after["breakdown"] == "total"
    linear = after["indicator"].isin(["employed", "unemployed", "participation_rate", "unemployment_rate"])
    ratio = (after["se"] / before["se"])[total & linear & (before["se"] > 0)]
    assert ratio.between(0.4, 2).all()
    assert (ratio != 1).all()
    quality = pd.read_parquet(copy / "data/processed/quality/estimate_2021H2.parquet").set_index("topic")
    assert quality.loc["replicates", "value"] > 40
    controls = after[total & (after["indicator"] == "working_age_population")]
    assert (controls["se"] <= 1e-9 * controls["value"]).all()


def test_new_indicator_harmonises_and_derives_nothing(copy):
    with (copy / "config/indicators.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "students:\n  {kind: total, numerator: employee, universe: employed, unit: persons, standards: [icls19]}\n"
        )
    assert set(planned(copy)) == AFTER["estimate"]


def test_stricter_disclosure_rule_estimates_nothing_again(copy):
    edit(copy / "config/config.yaml", "suppress: {n_cases_below: 5,", "suppress: {n_cases_below: 6,")
    assert set(planned(copy)) == AFTER["protect"]


@pytest.mark.parametrize(
    ("file", "concerned"),
    [
        ("harmonise/__init__.py", {"harmonise"} | AFTER["derive"]),
        ("derive/__init__.py", AFTER["derive"]),
        ("weight/__init__.py", AFTER["weight"]),
        ("estimate/__init__.py", AFTER["estimate"]),
        ("protect/__init__.py", AFTER["protect"]),
        ("publish/__init__.py", AFTER["publish"]),
    ],
)
def test_changed_code_runs_what_it_concerns(copy, file, concerned):
    path = copy / "src/lfs" / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert set(planned(copy)) == concerned


def test_new_round_runs_itself_and_what_joins_rounds(copy):
    with (copy / "config/rounds.csv").open("a", encoding="utf-8") as rows:
        rows.write("2023H2,krso,2023-07-01,2023-12-31,data/raw/synthetic/2023H2/krso.dta,,true\n")
    assert planned(copy) == {
        "synthesise": 1,
        "harmonise": 1,
        "derive": 1,
        "weight": 1,
        "estimate": 1,
        "join": 1,
        "protect": 1,
        "compare": 1,
        "publish": 1,
        "publish_tables": 1,
        "explorer": 1,
        "manifest": 1,
    }


def test_file_that_was_not_delivered_is_named(copy):
    with (copy / "config/rounds.csv").open("a", encoding="utf-8") as rows:
        rows.write("2023H2,krso,2023-07-01,2023-12-31,data/raw/krso.dta,,false\n")
    result = snakemake(copy, "--dry-run")
    assert result.returncode == 1
    assert "round 2023H2: office krso has not delivered data/raw/krso.dta. Put the file there" in result.stdout


def test_wrong_declaration_stops_before_anything_runs(copy):
    edit(copy / "config/breakdowns.yaml", "region: [region]", "region: [regoin]")
    result = snakemake(copy)
    assert result.returncode == 1
    assert "config/breakdowns.yaml, line 3: no category variable is called 'regoin'; did you mean" in result.stdout


def test_check_lists_all_problems_of_files_and_words_at_once(copy):
    assert command(copy, "lfs", "check").stdout == "Everything declared fits the files of all rounds.\n"
    edit(copy / "config/offices/krso.yaml", "codes: {0: female, 1: male}", "codes: {0: female}")
    edit(copy / "config/labels/en/variables.yaml", ", erbil: Erbil", "")
    result = command(copy, "lfs", "check")
    assert result.returncode == 2
    assert any("krso" in line and "2021H2" in line and "'sex'" in line for line in result.stdout.splitlines())
    assert "labels/en: 'variables.governorate.categories.erbil' has no text; add it" in result.stdout.splitlines()
    assert "Traceback" not in result.stderr


def test_result_changed_by_hand_is_named(copy):
    assert command(copy, "lfs", "verify").returncode == 0
    table = copy / "data/processed/published.csv"
    table.write_bytes(table.read_bytes().replace(b"2021H2", b"2012H2", 1))
    (copy / "reports/en/tables.xlsx").unlink()
    result = command(copy, "lfs", "verify")
    assert result.returncode == 2
    assert result.stdout.splitlines() == [
        "data/processed/published.csv was changed after the pipeline wrote it; delete it and run `make run`",
        "reports/en/tables.xlsx is missing; `make run` makes it again",
    ]


def test_killed_run_holds_the_lock_and_then_ends_with_the_same_bytes(copy, finished):
    for name in ("data/processed/estimates", "data/processed/estimates.parquet", "reports"):
        shutil.rmtree(copy / name) if (copy / name).is_dir() else (copy / name).unlink()
    first = subprocess.Popen(
        [sys.executable, "-m", "snakemake"],
        cwd=copy,
        env=environment(copy),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(copy / "data/processed/estimates")
    os.killpg(first.pid, signal.SIGSTOP)  # held where it is, however slow the second is to start
    second = snakemake(copy)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert second.returncode == 1
    assert "cannot be locked" in second.stdout
    assert not (copy / "reports/en/report.html").exists()
    after = snakemake(copy)
    assert after.returncode == 1
    assert "--unlock" in after.stdout
    assert snakemake(copy, "--unlock").returncode == 0
    resumed = snakemake(copy)
    assert resumed.returncode == 0, resumed.stdout
    assert "reading the offices' files" not in resumed.stdout
    manifest = "data/processed/manifest.csv"
    assert (copy / manifest).read_text() == (finished / manifest).read_text()


def wait_for(path: Path) -> None:
    until = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < until, f"{path} was never made"
        time.sleep(0.05)


def without_power_over_permissions() -> None:
    """As for everybody else, a read-only folder is read-only for the administrator (Linux)."""
    drop_bounding_capability, override_permissions = 24, 1
    ctypes.CDLL(None).prctl(drop_bounding_capability, override_permissions, 0, 0, 0)


def small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.parametrize(
    ("before", "mode", "problem"),
    [(without_power_over_permissions, 0o555, "Permission denied"), (small_disk, 0o755, "File too large")],
)
def test_folder_that_takes_no_more_ends_in_one_plain_line(copy, before, mode, problem):
    derived = copy / "data/processed/derived"
    old = (derived / "2021H2.parquet").read_bytes()
    derived.chmod(mode)
    tables = ["data/processed/answers/2021H2.parquet", "data/processed/derived/2021H2.parquet", "quality.parquet"]
    result = command(copy, "lfs", "derive", *tables, before=before)
    derived.chmod(0o755)
    assert result.returncode == 2
    assert result.stderr.splitlines() == [f"data/processed/derived/2021H2.parquet: {problem}"]
    assert sorted(path.name for path in derived.iterdir()) == ["2012.parquet", "2021H2.parquet", "2022H2.parquet"]
    assert (derived / "2021H2.parquet").read_bytes() == old
    assert not (copy / "quality.parquet").exists()


def test_damaged_table_is_named(copy):
    table = copy / "data/processed/answers/2021H2.parquet"
    table.write_bytes(table.read_bytes()[:5000])
    result = command(copy, "lfs", "derive", str(table.relative_to(copy)), "people.parquet", "quality.parquet")
    assert result.returncode == 2
    assert result.stderr.startswith("data/processed/answers/2021H2.parquet is damaged")
    assert len(result.stderr.splitlines()) == 1


def test_lint_has_nothing_to_say_but_that_there_is_no_conda_environment(finished):
    result = snakemake(finished, "--lint")
    titles = set(re.findall(r"^ +\* (.+)$", result.stdout, flags=re.MULTILINE))
    assert titles == {"Specify a conda environment or container for each rule.:"}


def test_report_on_the_run_can_be_written(copy):
    result = snakemake(copy, "--report", "run.html")
    assert result.returncode == 0, result.stdout
    assert (copy / "run.html").stat().st_size > 100_000
