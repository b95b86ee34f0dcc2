"""A survey of two small offices in a temporary folder: tests say only what matters to them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from lfs.metadata import Survey, load_survey
from lfs.metadata.declarations import standard_variables

CONFIG = """\
survey: small
languages: [en]
country: IQ
working_age: 15
hours_threshold: 40
confidence: 0.95
lonely_psu: centre
interval: {near_0_or_1: 0.05}
quality: {unreliable: {n_cases_below: 15}}
disclosure: {suppress: {n_cases_below: 5}}
"""
GOVERNORATE = """\
governorate: {kind: asked, type: category, categories: [baghdad, basrah, erbil], meaning: governorate of the dwelling}
"""
DESIGN = {
    "stratum": "{column: STR}",
    "psu": "{column: PSU}",
    "household": "{column: HH}",
    "line": "{column: LN}",
    "weight": "{column: W}",
    "probability_psu": "{unavailable: not delivered}",
    "probability_household": "{unavailable: not delivered}",
}
ASKED = [name for name, v in standard_variables().items() if v.kind == "asked"]
ROWS = """\
STR,PSU,HH,LN,W,SEX,AGE,GOV
1,11,1,1,100.5,1,40,1
1,11,1,2,100.5,2,38,1
1,12,1,1,90,1,61,1
2,21,1,1,80,2,17,2
"""
SEX = "{column: SEX, codes: {1: male, 2: female}, not_stated: [9]}"
AGE = "{column: AGE, not_stated: [999]}"


class Folder:
    """A survey folder that a test fills."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rounds: list[str] = ["round,office,start,end,file,sha256,synthetic"]
        (path / "config/offices").mkdir(parents=True)
        (path / "data/raw").mkdir(parents=True)
        (path / "config/config.yaml").write_text(CONFIG)
        (path / "config/variables.yaml").write_text(GOVERNORATE)

    def office(
        self,
        name: str = "cso",
        variables: Mapping[str, str] | None = None,
        design: Mapping[str, str] | None = None,
        file: str = "{format: csv}",
        more: str = "",
    ) -> Path:
        """Write an office's file; what `variables` does not answer is unavailable."""
        answers = dict.fromkeys([*ASKED, "governorate"], '{unavailable: "not asked"}')
        answers |= {"sex": SEX, "age": AGE} | dict(variables or {})
        lines = [f"office: {name}", f"file: {file}", *([more] if more else []), "design:"]
        lines += [f"  {key}: {entry}" for key, entry in (DESIGN | dict(design or {})).items()]
        lines += ["variables:", *(f"  {key}: {entry}" for key, entry in answers.items())]
        path = self.path / f"config/offices/{name}.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def deliver(
        self,
        content: str | bytes | None = ROWS,
        name: str = "cso.csv",
        round: str = "2021H2",
        office: str = "cso",
        sha256: str = "",
    ) -> Path:
        """Write a delivered file (None: the test writes it) and its row of rounds.csv."""
        year = round[:4]
        self.rounds.append(f"{round},{office},{year}-07-01,{year}-12-31,data/raw/{name},{sha256},false")
        (self.path / "config/rounds.csv").write_text("\n".join(self.rounds) + "\n")
        path = self.path / "data/raw" / name
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def survey(self) -> Survey:
        """The survey as declared now."""
        return load_survey(self.path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty survey folder, which is also the working folder, as it is for the verbs."""
    monkeypatch.chdir(tmp_path)
    return Folder(Path())


@pytest.fixture
def values() -> Callable[[pd.Series], list]:
    """A column as a list, None where it is empty."""
    return lambda column: [None if pd.isna(value) else value for value in column]
