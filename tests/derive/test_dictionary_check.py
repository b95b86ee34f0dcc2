"""What `check` says of a dictionary that deriving could not follow."""

import shutil
from pathlib import Path

import pytest

from lfs.__main__ import main
from lfs.derive import dictionary_problems, lineage
from lfs.metadata import load_survey

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Problems of Iraq's dictionary with further lines, and the number of the first of these."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config/variables.yaml"
    kept = path.read_text(encoding="utf-8")

    def problems(lines: str) -> tuple[list[str], int]:
        path.write_text(kept + lines, encoding="utf-8")
        return dictionary_problems(load_survey(Path())), len(kept.splitlines()) + 1

    return problems


def test_the_survey_itself_and_the_examples_have_none(declared):
    assert declared("")[0] == []
    examples = [path.parents[1] for path in REPOSITORY.glob("examples/*/config/config.yaml")]
    assert examples
    assert [dictionary_problems(load_survey(path)) for path in examples] == [[]] * len(examples)


def test_a_universe_and_a_concept_that_need_each_other_are_one_problem(declared, capsys):
    """Who is asked about the search is not employed; and employed would be who is asked about the search."""
    found, line = declared(
        "employed: {kind: derived, type: boolean, universe: asked_search, meaning: employed, unanswered: cannot_be}\n"
    )
    (problem,) = found
    assert problem.startswith("config/variables.yaml, line ")
    assert "go round in a circle: " in problem
    assert "employed needs asked_search" in problem
    assert main(["check"]) == 2
    said = capsys.readouterr()
    assert problem in said.out
    assert "Traceback" not in said.err
    assert f"line {line}" in problem


def test_a_derived_variable_says_what_becomes_of_no_answer_and_has_a_function(declared):
    found, line = declared("hopeful: {kind: derived, type: boolean, meaning: hopes to find work}\n")
    unanswered, function = found
    assert unanswered.startswith(f"config/variables.yaml, line {line}: 'hopeful' is derived and does not say")
    assert function.startswith(f"config/variables.yaml, line {line}: 'hopeful' is derived, but src/lfs/derive/ has no")


def test_a_function_has_an_entry_in_the_dictionary(declared, monkeypatch):
    known = lineage.concepts()
    monkeypatch.setattr("lfs.derive.dictionary_check.concepts", lambda: {**known, "hopeful": known["employed"]})
    (problem,), _ = declared("")
    assert problem.startswith("src/lfs/derive/labour_force.py: 'hopeful' is a function without an entry")
