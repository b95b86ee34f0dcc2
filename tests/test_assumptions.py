"""The methods annex lists every assumption of the code, those of the offices' own functions among them."""

from pathlib import Path

from lfs.metadata.assumptions import Assumption, read_assumptions

ROOT = Path(__file__).parents[1]


def test_a_sentence_goes_on_over_the_comment_lines_below_it(tmp_path: Path) -> None:
    library, survey = tmp_path / "library", tmp_path / "survey"
    (library / "estimate").mkdir(parents=True)
    (library / "estimate/limits.py").write_text(
        "x = 1\n# ASSUME one thing that\n# goes on.\n# ASSUME another.\ny = 2  # no\n"
    )
    (survey / "config/offices").mkdir(parents=True)
    (survey / "config/offices/cso.py").write_text("    # ASSUME pay is monthly.\n    x = 1\n")
    assert read_assumptions(survey, library) == (
        Assumption("estimate", "estimate/limits.py", "one thing that goes on."),
        Assumption("estimate", "estimate/limits.py", "another."),
        Assumption("harmonise", "config/offices/cso.py", "pay is monthly."),
    )


def test_every_assumption_of_the_repository_is_one_full_sentence() -> None:
    written = sum(
        path.read_text(encoding="utf-8").count("# ASSUME")
        for folder in (ROOT / "src", ROOT / "config")
        for path in folder.rglob("*.py")
    )
    found = read_assumptions(ROOT)
    assert len(found) == written > 20
    assert [each for each in found if not each.text.endswith(".")] == []
