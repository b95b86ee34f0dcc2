"""Labels of the offices' files are read by ministries: all are there, each in the letters of its language."""

import itertools
import re
from collections.abc import Iterator

import pytest

from lfs.metadata import Survey
from lfs.synthesise.dialects.codebook import Codebook, read_codebook

OFFICES = ("cso", "krso")
ROUNDS = ("2021H2", "2022H2")
KEYS = ("stratum", "psu", "household", "line", "result", "probability_psu", "probability_household", "weight")

ARABIC_ONLY = "يكةىؤ"  # letters that Sorani does not write
SORANI_ONLY = "یکەڕڵۆێپچژگڤھ"  # letters that Arabic does not write


def words(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Variable and text of every label of both rounds."""
    for round_ in ROUNDS:
        for variable, question in codebook.at(round_).items():
            yield variable, question.label
            groups = (*question.answers.values(), *question.letters.values(), *question.options.values())
            for text in itertools.chain(*(group.values() for group in groups), question.not_stated.values()):
                yield variable, text
            if question.other_text:
                yield from ((variable, text) for text in (question.other_text.label, *question.other_text.words))


@pytest.mark.parametrize("office", OFFICES)
def test_each_asked_variable_has_its_question(office: str, survey: Survey) -> None:
    asked = {name for name, variable in survey.variables.items() if variable.kind == "asked"}
    questions = read_codebook(office).questions
    by_column = {question.columns_by for question in questions.values() if question.columns_by}
    assert set(questions) | by_column == asked | set(KEYS)


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("round_", ROUNDS)
def test_each_category_has_a_code_and_each_code_one_meaning(office: str, round_: str, survey: Survey) -> None:
    for variable, question in read_codebook(office).at(round_).items():
        declared = survey.variables.get(variable)
        if not question.answers or declared is None:
            continue
        codes = [code for group in question.answers.values() for code in group]
        assert len(codes) == len(set(codes)), f"{variable}: one code, two meanings"
        if declared.type == "multiple":
            assert set(question.options) == set(declared.options), variable
        elif variable not in ("governorate", "urban_rural"):
            categories = set(declared.categories) or {"yes", "no"}
            assert categories <= set(question.answers) <= categories | {"not_stated"}, variable


def test_the_governorates_of_both_offices_are_all_of_them_and_none_twice(survey: Survey) -> None:
    governorates = [name for office in OFFICES for name in read_codebook(office).questions["governorate"].answers]
    assert sorted(governorates) == sorted(survey.variables["governorate"].categories)


def test_labels_of_the_cso_are_arabic() -> None:
    for variable, text in words(read_codebook("cso")):
        assert re.search("[ء-ي]", text), f"{variable}: {text}"
        assert not set(text) & set(SORANI_ONLY), f"{variable}: a Sorani letter in '{text}'"


def test_labels_of_the_krso_are_sorani_and_answers_english_besides() -> None:
    codebook = read_codebook("krso")
    for variable, text in words(codebook):
        assert re.search("[ئ-ێە]", text), f"{variable}: {text}"
        assert not set(text) & set(ARABIC_ONLY), f"{variable}: an Arabic letter in '{text}'"
        assert not re.search("ه(?![ء-ێە])", text), f"{variable}: heh where Sorani has the vowel, in '{text}'"
    for round_ in ROUNDS:
        for variable, question in codebook.at(round_).items():
            for text in itertools.chain(*(group.values() for group in question.answers.values())):
                assert re.fullmatch("[^a-zA-Z/]+ / [A-Z0-9][A-Za-z0-9 -]+", text), f"{variable}: {text}"


@pytest.mark.parametrize(("office", "variable_bytes", "value_bytes"), [("cso", 256, 120), ("krso", 320, 32000)])
def test_labels_fit_their_format(office: str, variable_bytes: int, value_bytes: int) -> None:
    """SPSS cuts variable labels at 256 bytes and value labels at 120; Stata cuts variable labels at 80 characters."""
    for round_ in ROUNDS:
        for variable, question in read_codebook(office).at(round_).items():
            options = [text for pair in question.options.values() for text in pair.values()] or [""]
            for option in options:
                label = f"{question.label}: {option}" if option else question.label
                assert len(label.encode()) <= variable_bytes, variable
                assert office == "cso" or len(label) <= 80, variable
            for text in itertools.chain(*(group.values() for group in question.answers.values())):
                assert len(text.encode()) <= value_bytes, f"{variable}: {text}"


@pytest.mark.parametrize("office", OFFICES)
def test_a_round_changes_at_least_one_question(office: str) -> None:
    codebook = read_codebook(office)
    before, after = (codebook.at(round_) for round_ in ROUNDS)
    assert [name for name in before if before[name] != after[name]]
