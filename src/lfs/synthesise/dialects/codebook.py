"""What an office's questionnaire looks like in its files: names, labels and codes, by variable of the dictionary."""

from functools import cache
from importlib.resources import as_file, files
from typing import Any

from pydantic import Field

from lfs.metadata import Declared, SurveyError, read_yaml

NOT_STATED = "not_stated"


class OtherText(Declared):
    """The text column beside a closed question: filled where the answer was `other`, with invented words."""

    column: str
    label: str
    words: tuple[str, ...]


class Question(Declared):
    """One question as one office asks it. The keys are explained at the head of the codebooks."""

    column: str = ""
    label: str
    frame: str = ""
    answers: dict[str, dict[int, str]] = Field(default_factory=dict)
    letters: dict[str, dict[str, str]] = Field(default_factory=dict)
    options: dict[str, dict[str, str]] = Field(default_factory=dict)
    columns_by: str = ""
    number: str = ""
    factor: float = 1
    text: int = 0
    not_stated: dict[int | str, str] = Field(default_factory=dict)
    other_text: OtherText | None = None
    since: dict[str, dict[str, Any]] = Field(default_factory=dict)

    def at(self, round_: str) -> "Question":
        """The question as it is asked in `round_`; names of rounds sort by time."""
        keys = self.model_dump(exclude={"since"}, exclude_unset=True)
        for first in sorted(self.since):
            if first <= round_:
                keys |= self.since[first]
        return Question(**keys)


class Codebook(Declared):
    """One office's questions in the order of its file, in the language of its labels."""

    office: str
    language: str
    file_label: str
    notes: tuple[str, ...] = ()
    questions: dict[str, Question]

    def at(self, round_: str) -> dict[str, Question]:
        """Variable of the dictionary: its question in `round_`."""
        return {variable: question.at(round_) for variable, question in self.questions.items()}

    def code(self, variable: str, category: str) -> int:
        """The first code of a category, such as the number of a governorate."""
        codes = self.questions[variable].answers.get(category)
        if not codes:
            raise SurveyError(f"codebook_{self.office}.yaml, '{variable}': no code for '{category}'")
        return next(iter(codes))


@cache
def read_codebook(office: str) -> Codebook:
    """The codebook of `office` that lies beside this module."""
    with as_file(files(__package__) / f"codebook_{office}.yaml") as path:
        return read_yaml(path, Codebook)
