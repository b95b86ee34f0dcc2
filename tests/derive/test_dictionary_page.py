"""The page of all concepts says what dictionary and code say today."""

from pathlib import Path

import pandas as pd

from lfs.derive import concepts, concepts_page, shares_not_stated
from lfs.derive.dictionary_page import SHARE, SHARES, UNANSWERED
from lfs.metadata.schema import QUALITY_COLUMNS

PAGE = Path(__file__).parents[2] / "docs/concepts.md"


def test_the_committed_page_is_what_the_code_makes(variables):
    """`python -m lfs concepts docs/concepts.md` writes it again, with the shares of the file beside it."""
    shares = pd.read_csv(PAGE.with_name("shares_not_stated.csv"), dtype="str", keep_default_na=False)
    assert tuple(shares) == SHARES
    assert set(shares["data"]) == {"invented"}
    assert PAGE.read_text(encoding="utf-8") == concepts_page(variables, shares)


def test_every_concept_has_one_entry(variables):
    entries = [line for line in concepts_page(variables).splitlines() if line.startswith("### ")]
    derived = {f"### `{name}`" for name, variable in variables.items() if variable.kind == "derived"}
    functions = {f"### `{name}`" for name in concepts() if variables.get(name) is None}
    assert set(entries) == derived | functions
    assert len(entries) == len(set(entries))


def test_every_concept_says_what_becomes_of_no_answer(variables):
    silent = [name for name, variable in variables.items() if variable.kind == "derived" and not variable.unanswered]
    assert silent == []
    assert {variable.unanswered for variable in variables.values() if variable.unanswered} <= set(UNANSWERED)


def test_an_entry_holds_definition_inputs_settings_universe_values_and_shares(variables):
    quality = pd.DataFrame(
        [
            ("2021H2", "all", "derive", "share_not_stated", "working_time", "", 0.0123, "of_persons"),
            ("2021H2", "cso", "derive", "share_not_stated", "working_time", "", 0.5, "of_persons"),
            ("2021H2", "all", "derive", "undetermined", "working_time", "", 0.02, "of_persons"),
            ("2022H2", "all", "derive", "share_not_stated", "working_time", "", 0.0, "of_persons"),
        ],
        columns=list(QUALITY_COLUMNS),
    )
    page = concepts_page(variables, shares_not_stated(quality, ["2021H2"]))
    entry = page[page.index("### `working_time`") :].split("\n### ")[0].strip().splitlines()
    assert entry == [
        "### `working_time`",
        "",
        "Usual hours in all jobs at or above the survey's full time, or below. Full time from `full_time_hours` a "
        "week, usual hours in all jobs; part time below it. ILO table set C.3.",
        "",
        "- Reference: ILO table set C.3",
        "- Made from: `usual_hours`, `usual_hours_main`",
        "- Settings: `full_time_hours` (36 unless set)",
        "- Universe: `employed`",
        "- Values: `full_time`, `part_time`",
        "- No answer: stands beside the categories, as `not_stated` or `not_classifiable`",
        f"{SHARE} not stated 2021H2 1.2%, 2022H2 0.0%; rests on an open answer 2021H2 2.0%",
    ]


def test_what_dictionary_and_function_both_say_stands_once_and_no_default_is_words(variables):
    page = concepts_page(variables)
    assert "None unless set" not in page
    assert "`hazardous_branches` (none where it is not set)" in page
    for line in page.splitlines():
        sentences = [sentence.casefold() for sentence in line.rstrip(".").split(". ") if len(sentence) > 20]
        assert len(sentences) == len(set(sentences)), line
