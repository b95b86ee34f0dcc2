"""Which categories the offices that delivered a round can give, so that totals of others are not looked for."""

from collections.abc import Collection, Iterator

from lfs.metadata.controls import CROSSED, Controls, Margin
from lfs.metadata.crosswalk import Reading
from lfs.metadata.errors import SurveyError
from lfs.metadata.survey import Survey


def controls_of_delivered(
    controls: Controls, survey: Survey, round: str, incomplete: Collection[str] = ()
) -> tuple[Controls, tuple[str, ...]]:
    """The controls that the round's offices can meet, and the others' margin and category in words.

    Where every office of the survey delivered these are all of them. Where one did not, totals of categories that only
    it can give (its governorates) are left out. incomplete: margins that may lack categories. Raises SurveyError for
    another margin that says nothing of where people live, and would make the people of the other offices stand for the
    whole country.
    """
    offices = {row.office for row in survey.rounds if row.round == round}
    if offices >= set(survey.offices):
        return controls, ()
    absent = ", ".join(sorted(set(survey.offices) - offices))
    problems: list[str] = []
    left_out: list[str] = []
    kept: list[Margin] = []
    for margin in controls.margins:
        given = [_given(survey, offices, name, round) for name in margin.variables]
        lacking = [
            categories
            for categories in margin.totals
            if any(known is not None and code not in known for known, code in zip(given, categories, strict=True))
        ]
        if not lacking and margin.name not in incomplete:
            problems.append(
                f"{controls.at(margin)}: margin '{margin.name}' counts the people of all offices, and {absent} has not "
                f"delivered round {round}; cross it with what tells the offices apart (region, governorate), or take "
                "it out"
            )
        left_out += [f"{margin.name}: {CROSSED.join(categories)}" for categories in lacking]
        totals = {categories: total for categories, total in margin.totals.items() if categories not in lacking}
        if totals:
            lines = {categories: margin.lines[categories] for categories in totals}
            kept.append(Margin(margin.name, margin.variables, margin.counts, totals, lines))
    if problems:
        raise SurveyError(*problems)
    return Controls(controls.file, tuple(kept)), tuple(left_out)


def _given(survey: Survey, offices: Collection[str], name: str, round: str) -> frozenset[str] | None:
    """Categories of a variable that some of the offices can give in the round; None where nothing is excluded."""
    variable = survey.variables[name]
    if variable.of:
        source = _given(survey, offices, variable.of, round)
        if source is None or not variable.groups:
            return None
        return frozenset(group for group, members in variable.groups.items() if source & set(members))
    found: set[str] = set()
    for office in offices:
        entry = survey.offices[office].variables.get(name)
        codes = None if entry is None else _codes(entry.at(round, survey.round_names))
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
