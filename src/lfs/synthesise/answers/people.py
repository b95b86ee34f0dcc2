"""The people who are interviewed, as the answers know them: their true statuses and the blank form they fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats, Units, pick
from lfs.synthesise.households import SLOTS, YEARS_SINCE_FLIGHT

Mask = NDArray[np.bool_]
Texts = NDArray[np.object_]
NO_ANSWER = "not_stated"


@dataclass
class People:
    """Arrays of one entry a person, and the answers given so far.

    lasting draws the same for a person in every round (schooling, trade); passing draws anew each round. An answer of
    None means that the form did not ask; "not_stated" that there was no answer. kind, branch (both None without a job),
    government, household_employer and monthly_pay say what the job truly is. year: of the round; years: since the
    first round. worked_earlier: employed in an earlier year. family_displaced: the household fled and has not returned.
    """

    lasting: Chance
    passing: Chance
    hours_threshold: float
    person: Units
    age: Units
    woman: Mask
    relationship: Texts
    marital: Texts
    employed: Mask
    unemployed: Mask
    outside: Mask
    informal_job: Mask
    informal_sector: Mask
    displacement: Texts
    national: Mask
    urban: Mask
    kri: Mask
    in_camp: Mask
    year: int
    years: int
    attends: Mask
    kind: Texts
    branch: Texts
    government: Mask
    household_employer: Mask
    monthly_pay: Floats
    worked_earlier: Mask
    family_displaced: Mask
    answers: dict[str, Texts | Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.person)

    @property
    def household(self) -> Units:
        """The number of each person's household, for what a household has in common."""
        return self.person // SLOTS

    @property
    def age_at_first_round(self) -> Units:
        return self.age - self.years

    @property
    def birth_year(self) -> Units:
        return self.year - self.age

    @property
    def years_since_flight(self) -> int:
        return YEARS_SINCE_FLIGHT + self.years

    def ask(self, question: str, asked: Mask, answer: Texts | str) -> Texts:
        """Writes the answer of those who are asked, and nothing for the others."""
        given = np.full(len(self), None, dtype=object)
        given[asked] = answer if isinstance(answer, str) else answer[asked]
        self.answers[question] = given
        return given

    def ask_number(self, question: str, asked: Mask, number: Floats) -> Floats:
        given = np.where(asked, number, np.nan)
        self.answers[question] = given
        return given

    def ask_several(self, question: str, asked: Mask, options: dict[str, Mask]) -> None:
        """Writes yes or no for every option of a question with several answers."""
        for option, chosen in options.items():
            self.ask(f"{question}_{option}", asked, yes_no(chosen))

    def ask_several_or_none(self, question: str, asked: Mask, options: dict[str, Mask]) -> None:
        """The same of a question that also offers `none`, for those to whom no other option applies."""
        self.ask_several(question, asked, options | {"none": ~np.logical_or.reduce(list(options.values()))})

    def silent(self, question: str, who: Mask, share: float) -> Mask:
        """Turns the given share of those people's answers into no answer."""
        given = self.answers[question]
        quiet = who & self.passing.happens(self.person, f"no answer to {question}", share)
        if given.dtype == object:
            quiet &= asked_of(given)
            given[quiet] = NO_ANSWER
        else:
            quiet &= ~np.isnan(given.astype(float))
            given[quiet] = -1.0
        return quiet

    def silent_all(self, question: str, options: Sequence[str], who: Mask, share: float) -> None:
        """Turns the given share of those people's answers to all options of a question into no answer."""
        quiet = who & self.passing.happens(self.person, f"no answer to {question}", share)
        for option in options:
            given = self.answers[f"{question}_{option}"]
            given[quiet & asked_of(given)] = NO_ANSWER

    def text(self, question: str) -> Texts:
        return self.answers[question].astype(object)

    def is_(self, question: str, *codes: str) -> Mask:
        """Whether the answer is one of the codes."""
        given = self.answers[question]
        found = np.zeros(len(self), dtype=bool)
        for code in codes:
            found |= given == code
        return found

    def share(self, purpose: str, probability: float | Floats, *, lasting: bool = False) -> Mask:
        """Whether something of the given probability is so for each person."""
        return (self.lasting if lasting else self.passing).happens(self.person, purpose, probability)

    def one_of(self, purpose: str, codes: Sequence[str], shares: Sequence[float], *, lasting: bool = False) -> Texts:
        chance = self.lasting if lasting else self.passing
        return pick(chance.uniform(self.person, purpose), codes, shares)


def yes_no(true: Mask) -> Texts:
    return np.where(true, "yes", "no").astype(object)


def asked_of(given: Texts | Floats) -> Mask:
    """Who has any answer in words."""
    return np.asarray(given != None, dtype=bool)  # noqa: E711 - element by element
