"""The declared steps one after the other; replicate weights go through the same function as the weights themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lfs.calibrated import Calibration, Identifiers
from lfs.design import Note
from lfs.design.sampling import place
from lfs.metadata import SurveyError
from lfs.metadata.controls import Controls
from lfs.metadata.indicators import Indicator
from lfs.metadata.offices import RESULTS
from lfs.metadata.weighting import Weighting
from lfs.weight.auxiliaries import Auxiliaries, auxiliaries, units
from lfs.weight.base import base_weights, check_weights
from lfs.weight.calibration import calibrate
from lfs.weight.cells import Joined
from lfs.weight.nonresponse import COMPLETE, adjust_eligibility, adjust_nonresponse, results_of
from lfs.weight.quality import control_rows, joined_rows, left_out_rows, note_rows, quality_table
from lfs.weight.story import Step, headline_rates, strata_of_many_psus, weight_story
from lfs.weight.trimming import trim, trim_calibrated, trim_limits

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Weighted:
    """people: as given, `weight` now final; steps: weights of the persons after each step; quality: rows of the quality
    table; calibration: for the variance, none where nothing was calibrated."""

    people: pd.DataFrame
    steps: tuple[Step, ...]
    quality: pd.DataFrame
    calibration: Calibration | None


def weight(
    people: pd.DataFrame,
    rule: Weighting,
    controls: Controls | None = None,
    selected: pd.DataFrame | None = None,
    indicators: Mapping[str, Indicator] | None = None,
    left_out: Sequence[str] = (),
) -> Weighted:
    """The weights of one round, all its offices together, by the steps that `rule` declares.

    people: one row a person of a complete interview, with office, household, stratum, psu, weight, probability_*, the
    variables of the margins and the columns of the indicators. controls: needed for calibration. selected: one row a
    selected household with the same keys, result, probability_* and what is known of all; needed for non-response.
    left_out: controls that were not asked for, since no office of the round covers them, to be told in the quality.
    Raises SurveyError for weights that cannot be right and for controls that cannot be met.
    """
    sample = _sample(people, rule, controls, selected)
    made = _make(sample, np.ones(len(sample.base)))
    steps = tuple(Step(step.name, step.weight[sample.unit]) for step in made.steps)
    rows = [*note_rows(sample.notes), *joined_rows(made.joined), *left_out_rows(left_out)]
    if sample.auxiliaries is not None and controls is not None:
        rows += control_rows(sample.auxiliaries, made.before_calibration, controls)
    headline = headline_rates(people, indicators, rule.headline) if indicators and rule.headline else None
    rows += weight_story(steps, strata_of_many_psus(people), headline)
    round_name = str(people["round"].iloc[0]) if "round" in people else ""
    return Weighted(people.assign(weight=steps[-1].weight), steps, quality_table(round_name, rows), made.calibration)


def replicate_weights(
    people: pd.DataFrame,
    factors: Floats,
    rule: Weighting,
    controls: Controls | None = None,
    selected: pd.DataFrame | None = None,
) -> Floats:
    """(persons, replicates) final weights, every step done again on each replicate.

    factors: on the base weight, (selected households, replicates) where non-response is adjusted for, else (persons,
    replicates), the same for all persons of a household that carries one weight. Memory is that of the result.
    """
    sample, final = _replicated(people, factors.T, rule, controls, selected)
    return final[sample.unit]


def replicate_weights_of_units(
    people: pd.DataFrame,
    factors: Iterable[Floats],
    rule: Weighting,
    controls: Controls | None = None,
    selected: pd.DataFrame | None = None,
) -> tuple[NDArray[np.object_], Floats]:
    """The same for each household, or person, that carries a weight: identifiers (units,), weights (units, replicates).

    factors: one replicate's at a time, as above. One weight a household takes a sixth of the memory of one a person.
    """
    sample, final = _replicated(people, factors, rule, controls, selected)
    return np.asarray(sample.names, dtype=object), final


def _replicated(
    people: pd.DataFrame,
    factors: Iterable[Floats],
    rule: Weighting,
    controls: Controls | None,
    selected: pd.DataFrame | None,
) -> tuple["_Sample", Floats]:
    sample = _sample(people, rule, controls, selected)
    final: list[Floats] = []
    for number, factor in enumerate(factors, 1):
        if len(factor) != len(sample.base):
            what = "selected households" if sample.selected is not None else "persons"
            raise SurveyError(
                f"weighting: {len(factor)} rows of replicate factors where there are {len(sample.base)} {what}"
            )
        try:
            final.append(_make(sample, factor).steps[-1].weight)
        except SurveyError as error:
            raise SurveyError(f"replicate {number}:", *error.problems) from None
    return sample, np.column_stack(final)


@dataclass(frozen=True)
class _Sample:
    """What all replicates share. base: of the persons, or of the selected households where there are any; home: the
    selected household of each unit; group: within which its weight is trimmed, by number; groups: their names."""

    rule: Weighting
    selected: pd.DataFrame | None
    base: Floats
    unit: Codes
    names: Identifiers
    home: Codes
    group: Codes
    groups: tuple[str, ...]
    auxiliaries: Auxiliaries | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class _Made:
    """Weights of the units after each step."""

    steps: tuple[Step, ...]
    calibration: Calibration | None
    joined: tuple[Joined, ...]

    @property
    def before_calibration(self) -> Floats:
        return next(step.weight for step in reversed(self.steps) if step.name not in ("calibration", "trimming"))


def _sample(people: pd.DataFrame, rule: Weighting, controls: Controls | None, selected: pd.DataFrame | None) -> _Sample:
    weight_of = rule.weight_of
    unit, names = units(people, weight_of)
    first = np.empty(len(names), dtype=np.intp)
    first[unit[::-1]] = np.arange(len(people))[::-1]
    shared = "household" if weight_of == "household" else None
    if rule.nonresponse is None:
        base, notes = base_weights(people, rule.base)
        check_weights(people, base, "weight", shared, rule.tolerate)
        selected, home = None, first
    else:
        if selected is None:
            raise SurveyError(
                f"{place(people)}: weighting: nonresponse needs one row for each selected household; map the result "
                "under design: in the office files, or take nonresponse: out of config.yaml"
            )
        home = _homes(people["household"].iloc[first], selected)
        _refuse_unlike(selected, home)
        base, notes = base_weights(selected, rule.base)
        # An office's delivered weight stands for its complete interviews; the others have none.
        due = np.isfinite(base) | (selected["result"] == COMPLETE).to_numpy()
        check_weights(selected[due], base[due], "weight", None, rule.tolerate)
    group, groups = _trimmed_within(people.iloc[first], rule)
    auxiliary: Auxiliaries | None = None
    if rule.calibration is not None:
        if controls is None:
            raise SurveyError(
                f"{place(people)}: weighting: calibration needs the population totals of the round; write them in "
                "config/controls/<round>.csv (CONTRIBUTING, Weights), or take calibration: out of config.yaml"
            )
        weights = np.nan_to_num(base[home])[unit]
        auxiliary = auxiliaries(people, controls, weights, weight_of, rule.calibration.not_stated)
    return _Sample(rule, selected, base, unit, names, home, group, groups, auxiliary, notes)


def _make(sample: _Sample, factor: Floats) -> _Made:
    """Every declared step, from the base weights times `factor`."""
    rule, whole = sample.rule, sample.base * factor
    steps = [Step("base", np.nan_to_num(whole)[sample.home])]
    joined: tuple[Joined, ...] = ()
    if rule.nonresponse is not None and sample.selected is not None:
        # ASSUME an office whose weight is the delivered one has made up for its own non-response.
        ours = _ours(sample)
        for name, adjust in (("eligibility", adjust_eligibility), ("nonresponse", adjust_nonresponse)):
            adjusted = adjust(sample.selected[ours], whole[ours], rule.nonresponse)
            whole = whole.copy()
            whole[ours] = adjusted.weight
            joined += adjusted.joined
            if name == "nonresponse" or rule.nonresponse.unknown_eligibility:
                steps.append(Step(name, np.nan_to_num(whole)[sample.home]))
    base = steps[-1].weight
    calibration: Calibration | None = None
    if sample.auxiliaries is not None and rule.calibration is not None:
        calibration = calibrate(sample.auxiliaries, base, rule.calibration)
        steps.append(Step("calibration", calibration.weight))
    if rule.trimming is not None:
        limits = trim_limits(steps[-1].weight, sample.group, rule.trimming, sample.groups)
        if calibration is not None and rule.calibration is not None:
            calibration = trim_calibrated(calibration, limits, rule.calibration)
            steps.append(Step("trimming", calibration.weight))
        else:
            steps.append(Step("trimming", trim(base, limits, sample.group)))
    return _Made(tuple(steps), calibration, joined)


def _ours(sample: _Sample) -> NDArray[np.bool_]:
    """Selected households whose base weight comes from selection probabilities."""
    if sample.selected is None:
        return np.zeros(0, dtype=bool)
    made = {note.office for note in sample.notes if note.detail == "probabilities"}
    if "office" not in sample.selected:
        return np.full(len(sample.selected), bool(made))
    return sample.selected["office"].isin(made).to_numpy()


def _homes(household: pd.Series, selected: pd.DataFrame) -> Codes:
    """Row among the selected households of each unit."""
    listed = pd.Index(selected["household"])
    if not listed.is_unique:
        raise SurveyError(
            f"weighting: {int(listed.duplicated().sum())} households stand twice among the selected; one row each"
        )
    home = listed.get_indexer(household)
    if lost := int((home < 0).sum()):
        raise SurveyError(f"weighting: {lost} households of persons are not among the selected households")
    return home.astype(np.intp)


def _refuse_unlike(selected: pd.DataFrame, home: Codes) -> None:
    """SurveyError where results and persons do not agree, so that somebody's weight would vanish without a word."""
    result = results_of(selected)
    problems: list[str] = []
    if unknown := int((~result.isin(RESULTS)).sum()):
        problems.append(
            f"{place(selected)}: {unknown} selected households have no known result; known: {', '.join(RESULTS)}"
        )
    complete = (result == COMPLETE).to_numpy()
    if strangers := int((~complete[home]).sum()):
        problems.append(
            f"{place(selected)}: {strangers} households have persons, and their interview is not complete; mend the "
            "result under design: in the office files, and run harmonise again"
        )
    if deserted := int(np.setdiff1d(np.flatnonzero(complete), home).size):
        problems.append(
            f"{place(selected)}: {deserted} households have a complete interview and no persons; mend the result under "
            "design: in the office files, and run harmonise again"
        )
    if problems:
        raise SurveyError(*problems)


def _trimmed_within(units: pd.DataFrame, rule: Weighting) -> tuple[Codes, tuple[str, ...]]:
    """Group of each unit within which its weight is compared with the median, and the names of the groups."""
    column = (rule.trimming.within if rule.trimming else None) or "stratum"
    if column not in units:
        if rule.trimming is not None and rule.trimming.within is not None:
            raise SurveyError(
                f"{place(units)}: trimming within '{column}', which no office of the round gives; name a variable of "
                "the round under trimming: in config.yaml, or leave within out for the stratum"
            )
        return np.zeros(len(units), dtype=np.intp), ("all",)
    codes, names = pd.factorize(units[column], sort=True, use_na_sentinel=False)
    return codes.astype(np.intp), tuple(str(name) for name in names)
