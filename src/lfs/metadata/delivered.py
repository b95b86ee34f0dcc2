"""The controls of a round as far as its offices cover them: totals of others are not looked for, nor put on them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lfs.metadata.controls import CROSSED, Categories, Controls, Margin, read_controls
from lfs.metadata.crosswalk import Reading
from lfs.metadata.errors import SurveyError
from lfs.metadata.survey import Survey

Given = frozenset[str] | None
"""Categories of a variable that an office can give; None where nothing is excluded."""


@dataclass(frozen=True)
class RoundControls:
    """The controls that the offices of a round can meet, and the margin and category of those that they cannot."""

    controls: Controls
    left_out: tuple[str, ...] = ()


def controls_of_round(survey: Survey, round: str) -> RoundControls:
    """config/controls/<round>.csv as far as the offices that delivered the round cover it.

    Totals of categories that none of them can give (governorates of another office) are left out. Raises SurveyError
    for what `read_controls` refuses, and for totals that count people of an office that has not delivered as well as
    people of one that has: met by these alone, they would make one region stand for the other. An office is due in
    every round from its `first_round` to its `last_round`.
    """
    rule = survey.config.weighting and survey.config.weighting.calibration
    present = [row.office for row in survey.rounds if row.round == round]
    others = [name for name in survey.offices if name not in present]
    absent = [name for name in others if survey.offices[name].due_in(round, survey.round_names)]
    coverage = _Coverage(survey, round)
    known = {name: coverage.given(present, name) for name in survey.variables} if others else {}
    controls = read_controls(survey.folder, round, survey.variables, rule.incomplete if rule else (), known)
    problems: list[str] = []
    left_out: list[str] = []
    kept: list[Margin] = []
    for margin in controls.margins:
        ours = {each for each in margin.totals if coverage.covers(present, margin, each)}
        theirs = {each for each in margin.totals if coverage.covers(absent, margin, each)}
        if shared := sorted(ours & theirs):
            problems.append(
                f"{controls.at(margin)}: margin '{margin.name}': {_named(shared)} count people of "
                f"{', '.join(absent)} too, which has not delivered round {round}; cross the margin with what tells the "
                "offices apart (governorate, region), or take it out; an office that took no part yet says from which "
                f"round it does: `first_round:` in {' and '.join(f'config/offices/{name}.yaml' for name in absent)}"
            )
        outside = [each for each in margin.totals if each not in ours and coverage.covers(others, margin, each)]
        left_out += [f"{margin.name}: {CROSSED.join(categories)}" for categories in outside]
        totals = {each: total for each, total in margin.totals.items() if each not in outside}
        if totals:
            lines = {each: margin.lines[each] for each in totals}
            kept.append(Margin(margin.name, margin.variables, margin.counts, totals, lines))
    if problems:
        raise SurveyError(*problems)
    return RoundControls(Controls(controls.file, tuple(kept)), tuple(left_out))


@dataclass(frozen=True)
class _Coverage:
    """What the offices' files can say in a round."""

    survey: Survey
    round: str

    def covers(self, offices: Collection[str], margin: Margin, categories: Categories) -> bool:
        """Whether some of the offices can have people in a category of a margin."""
        return any(
            all(
                (known := self.given([office], name)) is None or code in known
                for name, code in zip(margin.variables, categories, strict=True)
            )
            for office in offices
        )

    def given(self, offices: Collection[str], name: str) -> Given:
        """The categories of a variable that some of the offices can give."""
        variable = self.survey.variables[name]
        if variable.of:
            source = self.given(offices, variable.of)
            if source is None or not variable.groups:
                return None
            return frozenset(group for group, members in variable.groups.items() if source & set(members))
        found: set[str] = set()
        for office in offices:
            entry = self.survey.offices[office].variables.get(name)
            codes = None if entry is None else _codes(entry.at(self.round, self.survey.round_names))
            if codes is None:
                return None
            found.update(codes)
        return frozenset(found)


def _codes(reading: Reading) -> Iterator[str] | None:
    """The categories that a reading can come to, where it says."""
    if reading.unavailable is not None:
        return iter(())
    if isinstance(reading.value, str):
        return iter((reading.value,))
    if reading.codes is not None and reading.options is None:
        return (str(category) for category in reading.codes.values())
    return (str(category) for category in reading.bands) if reading.bands is not None else None


def _named(categories: list[Categories]) -> str:
    names = [CROSSED.join(each) for each in categories]
    return ", ".join(names[:5]) + f" and {len(names) - 5} more" * (len(names) > 5)
