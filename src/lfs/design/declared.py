"""The design of a round as the survey declares it: certainty PSUs, fractions, strata joined, and its replicates."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lfs.design.replicates import Replicates, balanced, bootstrap, jackknife, successive_differences
from lfs.design.sampling import Design, Note, place, survey_design
from lfs.design.stages import with_stages
from lfs.design.strata import collapse, open_certainty_psus
from lfs.metadata import SurveyError
from lfs.metadata.config import Config
from lfs.metadata.sampling import ReplicatesRule

BOOTSTRAP = 200


def declared_design(people: pd.DataFrame, config: Config) -> Design:
    """Design of the persons in `people`, row by row, by `design:` and `lonely_psu:` of config.yaml.

    people: all persons of one round with stratum, psu, household, weight and the columns that `design:` names. What was
    done is in the notes of the design. Raises SurveyError as `survey_design`, `open_certainty_psus` and `with_stages`
    do, and under `lonely_psu: collapse` for a stratum of one PSU without a neighbour in this round.
    """
    rule = config.design
    opened = 0
    if rule.certainty is not None:
        sure = _yes(people, rule.certainty)
        opened = int(people.loc[sure, ["stratum", "psu"]].drop_duplicates().shape[0])
        people = open_certainty_psus(people.assign(**{rule.certainty: sure}), rule.certainty)
    design = survey_design(people)
    if opened:
        design = replace(design, notes=(*design.notes, Note("certainty_psu", opened)))
    if rule.fractions:
        _refuse_absent(people, (*rule.fractions, *rule.units))
        design = with_stages(design, people, rule.fractions, rule.units)
        stages = Note("sampling_fractions", len(rule.fractions), detail="+".join(("psu", *rule.units)))
        design = replace(design, notes=(*design.notes, stages))
    return _joined(design, config, people) if config.lonely_psu == "collapse" else design


def declared_replicates(design: Design, rule: ReplicatesRule) -> Replicates:
    """Replicates of a design by `replicates:` of config.yaml, made here. Raises SurveyError as each method does."""
    match rule.method:
        case "bootstrap":
            return bootstrap(design, rule.count or BOOTSTRAP, rule.seed)
        case "jackknife":
            return jackknife(design)
        case "balanced":
            return balanced(design, rule.fay)
        case "successive_differences":
            return successive_differences(design, replicates=rule.count)
        case "delivered":
            raise SurveyError("replicates: are to be delivered with the files; they are not made from the design")


def _yes(people: pd.DataFrame, column: str) -> pd.Series:
    """The mark of certainty, yes and no or true and false, as true and false."""
    _refuse_absent(people, (column,))
    marks = people[column].map({"yes": True, "no": False, True: True, False: False}).astype("boolean")
    if unclear := int(marks.isna().sum()):
        raise SurveyError(
            f"{place(people)}, variable '{column}': {unclear} rows say neither yes nor no; every PSU needs one"
        )
    return marks.astype(bool)


def _refuse_absent(people: pd.DataFrame, columns: Sequence[str]) -> None:
    if lacking := [name for name in columns if name not in people]:
        raise SurveyError(
            f"{place(people)}: design: names {', '.join(lacking)}, which no office of the round gives; map it in "
            "config/offices, or take it out of config.yaml"
        )


def _joined(design: Design, config: Config, people: pd.DataFrame) -> Design:
    """The design with every stratum of a single PSU joined to its declared neighbour."""
    names = [str(name) for name in design.stratum_names]
    single = [name for name, alone in zip(names, design.single, strict=True) if alone]
    neighbours = config.design.neighbours
    problems = [
        f"{place(people)}: stratum {name} holds one PSU and lonely_psu is collapse; name its neighbour under "
        "design: neighbours: in config.yaml"
        for name in single
        if name not in neighbours
    ]
    problems += [
        f"{place(people)}: stratum {name} is to be joined to {neighbours[name]}, which is not in this round; name "
        "another neighbour under design: neighbours: in config.yaml"
        for name in single
        if name in neighbours and neighbours[name] not in names
    ]
    if problems:
        raise SurveyError(*problems)
    if not single:
        return design
    joined = collapse(design, {name: neighbours[name] for name in single})
    if joined.single.any():
        raise SurveyError(
            f"{place(people)}: strata of one PSU are neighbours of each other only; name other neighbours under "
            "design: neighbours: in config.yaml"
        )
    return joined
