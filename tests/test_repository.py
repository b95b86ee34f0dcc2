"""Files that must agree with each other do."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, set[str]]:
    """Package and its locked versions: one, or one for each range of Python versions."""
    versions: dict[str, set[str]] = {}
    for line in (REPOSITORY / name).read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", line):
            versions.setdefault(found[1], set()).add(found[2])
    return versions


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-oracle.lock"])
def test_locks_hold_hashes_and_no_address(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", text.strip()))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.lock", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]),
        ("requirements-oracle.lock", PROJECT["dependency-groups"]["oracle"]),
    ],
)
def test_locks_hold_what_pyproject_asks_for(name, wanted):
    versions = locked(name)
    for text in wanted:
        requirement = Requirement(text)
        assert versions.get(canonicalize_name(requirement.name)), f"{requirement.name}: run make lock"
        assert all(
            requirement.specifier.contains(version) for version in versions[canonicalize_name(requirement.name)]
        ), text


def test_both_locks_name_the_same_versions():
    main, oracle = locked("requirements.lock"), locked("requirements-oracle.lock")
    assert {name: main[name] for name in oracle if name in main} == {
        name: oracle[name] for name in oracle if name in main
    }


def test_environment_for_conda_follows_pyproject_and_lock():
    packages = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert packages == [f"python {PROJECT['project']['requires-python']}", "pip", {"pip": ["-r requirements.lock"]}]


def test_this_python_is_one_that_pyproject_names():
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(
        default_environment()["python_full_version"]
    )


def test_nobody_imports_whom_they_may_not():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_every_verb_is_explained_in_the_readme():
    usage = subprocess.run([sys.executable, "-m", "lfs", "--help"], capture_output=True, text=True, check=True).stdout
    verbs = re.findall(r"^    ([a-z]+)\b", usage, flags=re.MULTILINE)
    assert len(verbs) >= 11
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in verbs if verb not in readme] == []
