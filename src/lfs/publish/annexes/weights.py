"""The weights: what each step did to them and to the main figures, and how near they were to the controls before."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lfs.metadata import Survey
from lfs.metadata.weighting import CalibrationRule, Weighting
from lfs.publish.annexes import controls
from lfs.publish.annexes.findings import ALL, Finding, named, office_named, period, table_of
from lfs.publish.content import Chapter, Number, Paragraph, PlainTable
from lfs.publish.tables import Periods
from lfs.publish.words import Words

TOPICS = (
    "base_weight",
    "cells_joined",
    "weight_story",
    "weight_change",
    "weight_headline",
    *controls.TOPICS,
)
SIZES = {"n": 0, "sum": 0, "lowest": 0, "median": 0, "highest": 0}
"""Figures of the story and their decimals."""
FACTORS = {"kish": 3, "least_change": 3, "mean_change": 3, "largest_change": 3}


def weights_annex(
    findings: Sequence[Finding], survey: Survey, words: Words, periods: Periods, rounds: Sequence[str]
) -> Chapter:
    """The weight story of these rounds; where the survey declares no weighting, that weights are used as delivered."""
    told = [item for item in findings if item.topic in TOPICS and item.round in rounds]
    steps = list(dict.fromkeys(item.variable for item in told if item.topic == "weight_story"))
    rule = survey.config.weighting
    paragraphs = [words("annex", "weights", "intro"), words("annex", "weights", "made" if rule else "delivered")]
    paragraphs += list(_steps(rule, steps, words)) if rule else []
    paragraphs += list(_as_delivered(rule, periods, words)) if rule else []
    if "nonresponse" in steps and not any(item.topic == "cells_joined" for item in told):
        paragraphs.append(words("annex", "weights", "none_joined"))
    tables = (
        _story(told, survey, words, periods),
        _headline(told, survey, words, periods),
        _changes(told, survey, words, periods),
        _base(told, survey, "nonresponse" in steps, words, periods),
        _joined(told, words, periods),
        controls.margins(told, words, periods),
        controls.gaps(told, words, periods),
    )
    title = words("annex", "weights", "title")
    return Chapter(
        "weights", title, tuple(map(Paragraph, paragraphs)), plain=tuple(table for table in tables if table.rows)
    )


def _steps(rule: Weighting, steps: Sequence[str], words: Words) -> Iterator[str]:
    """What was done in each step, in words."""
    for step in steps:
        if step == "nonresponse" and rule.nonresponse:
            yield words("annex", "weights", "step_texts", step, cells=_cells(rule, words))
        elif step == "calibration" and rule.calibration:
            yield " ".join(_calibration(rule.calibration, words))
        elif step == "trimming" and rule.trimming:
            values = {"within": words.variable(rule.trimming.within or "stratum")}
            values["upper"] = words.number(rule.trimming.upper, 1)
            values |= {"lower": words.number(rule.trimming.lower, 1)} if rule.trimming.lower else {}
            yield words("annex", "weights", "step_texts", "trimming_both" if rule.trimming.lower else step, **values)
        elif step in ("base", "eligibility"):
            yield words("annex", "weights", "step_texts", step)


def _as_delivered(rule: Weighting, periods: Periods, words: Words) -> Iterator[str]:
    """The rounds that are declared to keep their delivered weights."""
    if named := [long for name, long in periods.long.items() if name in rule.exceptions]:
        yield words("annex", "weights", "excepted", rounds=words.listed(named))


def _calibration(declared: CalibrationRule, words: Words) -> Iterator[str]:
    """By which method, for whom and within which bounds the weights were calibrated."""
    place = ("annex", "weights", "step_texts")
    yield words(*place, "calibration", method=words("annex", "weights", "methods", declared.method))
    yield words(*place, f"one_weight_{declared.weight_of}")
    bounds = {name: getattr(declared, name) for name in ("lower", "upper")}
    given = {name: words.number(bound, 1) for name, bound in bounds.items() if bound is not None}
    if given:
        yield words(*place, f"bounds_{'_'.join(given)}", **given)


def _cells(rule: Weighting, words: Words) -> str:
    """Within what the weight of those who did not answer was given to others."""
    declared = rule.nonresponse
    if declared is None or declared.propensity:
        names = [words.variable(name) for name in (declared.propensity if declared else ())]
        return words("annex", "weights", "cells", "propensity", variables=words.listed(names))
    if isinstance(declared.by, tuple):
        names = [words.variable(name) for name in declared.by]
        return words("annex", "weights", "cells", "variables", variables=words.listed(names))
    return words("annex", "weights", "cells", declared.by or "stratum")


def _story(told: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """A row a round and step: persons, the weights, and by how much they changed."""
    found = {(item.round, item.variable, item.category): item for item in told if item.topic == "weight_story"}
    decimals = SIZES | FACTORS
    rows = []
    for name, step in dict.fromkeys((name, step) for name, step, _ in found):
        figures = [_figure(found.get((name, step, figure)), places, words) for figure, places in decimals.items()]
        rows.append((period(name, periods), _step(step, survey, words), *figures))
    changed = any(figure in FACTORS and figure != "kish" for _, _, figure in found)
    keys = ("kish", "change", "rounded_changes") if changed else ("kish", "rounded")
    notes = [words("annex", "weights", "notes", key) for key in keys]
    notes += list(_as_delivered(survey.config.weighting, periods, words)) if survey.config.weighting else []
    table = table_of(("weights", "story"), ("round", "step", *decimals), rows, _rounds(told), words, periods, notes)
    return _titled(table, survey, words)


def _figure(item: Finding | None, decimals: int, words: Words) -> str | Number | None:
    if item is None or (math.isnan(item.value) and not item.masked):
        return None
    return words("masked") if item.masked else words.numeral(item.value, decimals)


def _headline(told: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """A row a round and step, a column an indicator: rates in per cent."""
    found = {(item.round, item.variable, item.category): item.value for item in told if item.topic == "weight_headline"}
    indicators = list(dict.fromkeys(name for _, _, name in found))
    rows, heads = [], []
    for name in indicators:
        rate = name in survey.indicators and survey.indicators[name].unit == "rate"
        unit = words("per_cent" if rate else "persons")
        heads.append(words("with_unit", column=words("indicators", name, "name"), unit=unit))
    for name, step in dict.fromkeys((name, step) for name, step, _ in found):
        figures = []
        for indicator in indicators:
            rate = indicator in survey.indicators and survey.indicators[indicator].unit == "rate"
            value = found.get((name, step, indicator), math.nan) * (100 if rate else 1)
            figures.append(None if math.isnan(value) else words.numeral(value, 2 if rate else 0))
        rows.append((period(name, periods), _step(step, survey, words), *figures))
    notes = (words("annex", "weights", "notes", "headline" if survey.config.weighting else "headline_delivered"),)
    place = ("weights", "headline")
    table = table_of(place, ("round", "step"), rows, _rounds(told), words, periods, notes, heads)
    return _titled(table, survey, words)


def _changes(told: Sequence[Finding], survey: Survey, words: Words, periods: Periods) -> PlainTable:
    """The strata whose weights' sum moved most in each step."""
    rows = [
        (
            period(item.round, periods),
            _step(item.variable, survey, words),
            _stratum(item.category, survey, words),
            words.numeral(100 * (item.value - 1), 1),
        )
        for item in told
        if item.topic == "weight_change"
    ]
    columns = ("round", "step", "stratum", "change")
    return table_of(("weights", "changes"), columns, rows, _rounds(told), words, periods)


def _base(told: Sequence[Finding], survey: Survey, of_households: bool, words: Words, periods: Periods) -> PlainTable:
    """Where each office's base weights come from, and their sum."""
    rows = [
        (
            period(item.round, periods),
            office_named(item.office, words),
            words("annex", "weights", "sources", item.detail),
            words.numeral(item.value),
        )
        for item in told
        if item.topic == "base_weight"
    ]
    columns = ("round", "office", "source", "sum_of_households" if of_households else "sum_of_persons")
    return _titled(table_of(("weights", "base"), columns, rows, _rounds(told), words, periods), survey, words)


def _joined(told: Sequence[Finding], words: Words, periods: Periods) -> PlainTable:
    """How many adjustment cells were joined within what."""
    rows = []
    for item in told:
        if item.topic == "cells_joined":
            whole = item.variable == ALL
            within = words("annex", "weights", "whole_sample") if whole else named(item.variable, words)
            rows.append((period(item.round, periods), within, words.numeral(item.value)))
    return table_of(("weights", "joined"), ("round", "within", "cells"), rows, _rounds(told), words, periods)


def _step(name: str, survey: Survey, words: Words) -> str:
    return words("annex", "weights", "steps", name if survey.config.weighting else "delivered")


def _titled(table: PlainTable, survey: Survey, words: Words) -> PlainTable:
    """The table, by another title where no weights were made but delivered ones used."""
    if survey.config.weighting:
        return table
    return replace(table, title=words("annex", "weights", "tables", f"{table.key}_delivered"))


def _stratum(name: str, survey: Survey, words: Words) -> str:
    """A stratum's code, with the office that it is of."""
    office, _, code = name.partition(":")
    if code and office in survey.offices:
        return words("annex", "weights", "stratum_of", stratum=code, office=office_named(office, words))
    return name


def _rounds(told: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(item.round for item in told))
