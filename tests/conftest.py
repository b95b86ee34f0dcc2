"""What all tests share: what `full` tests need, and the count of what did not run and why."""

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from tests.running import edit, snakemake

REPOSITORY = Path(__file__).parents[1]
FULL = "they need the reference data and R: make test-full"
left_out: Counter[str] = Counter()


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real microdata beside the clone; its absence is a failure, never a skip."""
    folder = Path(os.environ.get("LFS_REFERENCE_DATA", REPOSITORY.parent / "shared/data"))
    if not folder.is_dir():
        pytest.fail(f"the reference data are not in {folder}: set LFS_REFERENCE_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def rscript() -> str:
    """The command that runs an R script, with the packages that they need; its absence is a failure, never a skip."""
    command = shutil.which("Rscript")
    packages = "library(survey); library(laeken); library(sampling)"
    if not command or subprocess.run([command, "-e", packages], capture_output=True).returncode:
        pytest.fail(
            "R with the packages survey, laeken and sampling is needed: "
            "apt-get install r-base-core r-cran-survey r-cran-laeken r-cran-sampling"
        )
    return command


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository after a whole run."""
    folder = tmp_path_factory.mktemp("workflow") / "a copy"
    folder.mkdir()
    for name in ("Snakefile", "workflow", "profiles", "config", "src"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    edit(folder / "config/config.yaml", "households: 16400", "households: 400")
    edit(folder / "config/config.yaml", "languages: [en, ar, ckb]", "languages: [en]")
    rounds = (folder / "config/rounds.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rounds if not row.startswith(("2007,", "2022H2,krso"))]
    (folder / "config/rounds.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    edit(folder / "config/config.yaml", "except: {2007: delivered, 2012", "except: {2012")
    # A few hundred households come less near to the figures that their population was made from.
    tolerance = "tolerance: {national: 4, ilostat: 5}"
    edit(folder / "config/config.yaml", tolerance, "tolerance: {national: 12, ilostat: 12}\n  lacking: tell")
    (folder / "config/published/2007.csv").unlink()
    edit(folder / "config/breaks.csv", "2007,*,first_socio_economic_survey\n", "")
    result = snakemake(folder)
    assert result.returncode == 0, result.stdout
    return folder


@pytest.fixture(scope="session")
def small_survey(finished: Path) -> Path:
    """A small invented survey after a whole run, to read from."""
    return finished


@pytest.fixture(autouse=True)
def _needs_of_full_tests(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("full"):
        request.getfixturevalue("reference_data")
        request.getfixturevalue("rscript")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file run in one process, and so do all that share the whole run, which is made once and first.

    Comes before xdist's own hook, which reads the groups.
    """
    for item in items:
        whole = "finished" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("whole run" if whole else item.nodeid.split("::")[0]))
    items.sort(key=lambda item: "finished" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Where xdist keeps no groups together, every process makes anew what the tests of a file share."""
    if session.config.getoption("loadgroup", False) and not all("@" in item.nodeid for item in session.items):
        raise pytest.UsageError("xdist has not read the groups of the tests: see the pin of pytest in pyproject.toml")


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        left_out[FULL if item.get_closest_marker("full") else "not asked for"] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = Counter(left_out)
    for report in terminalreporter.stats.get("skipped", []):
        counts[f"skipped: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}"] += 1
    terminalreporter.section("tests that did not run")
    for reason, count in counts.most_common():
        terminalreporter.line(f"{count} ({reason})")
    if not counts:
        terminalreporter.line("none")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that leaves out no `full` test may skip nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and not left_out[FULL] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
