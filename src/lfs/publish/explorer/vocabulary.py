"""The words of one language as the page holds them: in the order of the page's figures, templates not yet filled.

A template keeps those values that only the page knows, such as the periods that a reader chose, by their names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lfs.publish.bidi import OPEN, bare, harmless
from lfs.publish.explorer.figures import Figures
from lfs.publish.figures import MARKS
from lfs.publish.tables import Periods, source_of
from lfs.publish.units import printed_unit
from lfs.publish.words import DIGITS, Words

CHOOSING = ("choose", "language", "indicator", "breakdown", "whole", "periods", "all_periods", "one_period", "kind")
SHOWING = ("title", "intro", "skip", "none_drawn", "broken", "unit", "source", "about", "marks")
SAVING = ("save_table", "save_chart", "link")
KINDS = ("dots", "bars", "trend")


@dataclass(frozen=True)
class Edition:
    """What is said in one language, beside the words of the dictionary: banner, remarks, and the rules of the marks."""

    words: Words
    periods: Periods
    banner: str
    remarks: Sequence[str]
    mark_rules: Sequence[str]


def vocabulary(edition: Edition, figures: Figures) -> dict[str, Any]:
    """Every word that the page can show in this language."""
    words, periods, survey = edition.words, edition.periods, figures.published.survey
    units = dict.fromkeys(printed_unit(survey.indicators[name]) for name in figures.indicators)
    found = {
        "language": words.language,
        "name": words("language", "name"),
        "direction": words.direction,
        **_writing(words),
        "lists": [words.listed([f"{{{place}}}" for place in range(count + 1)]) for count in range(len(figures.rounds))],
        "survey": words("survey", "title"),
        "publisher": words("survey", "publisher"),
        "banner": edition.banner,
        "unedited": "" if words.edited else words("unedited"),
        "remarks": list(edition.remarks),
        "text": dict(_texts(words, words.level(survey.config.confidence))),
        "kinds": {kind: words("explorer", "kinds", kind) for kind in KINDS},
        "rounds": [
            [periods.short[name], periods.long[name], source_of(name, words, periods), periods.partial.get(name, "")]
            for name in figures.rounds
        ],
        "invented": [name in periods.invented for name in figures.rounds],
        "every_round": [periods.long.get(name, name) for name in dict.fromkeys([*survey.round_names, *figures.rounds])],
        "standards": [[words("standards", name, key) for key in ("name", "definition")] for name in figures.standards],
        "subjects": [words("subjects", name) for name in figures.subjects],
        "indicators": [list(_indicator(name, figures, words)) for name in figures.indicators],
        "units": {unit: [words.unit(unit, "table"), words.unit_note(unit)] for unit in units},
        "variables": [list(_variable(name, figures, words)) for name in figures.variables],
        "by": [words.by(survey.breakdowns[name]) if survey.breakdowns[name] else "" for name in figures.breakdowns],
        "marks": {mark: [words("marks", mark, key) for key in ("short", "meaning")] for mark in MARKS},
        "mark_rules": list(edition.mark_rules),
        "breaks": {each.reason: words("breaks", each.reason) for each in survey.breaks},
    }
    return _harmless(found)


def _writing(words: Words) -> Mapping[str, str]:
    """How numbers are written: digits, separators, and the isolate that holds one inside text from right to left."""
    group, decimal = (bare(words.number(1234.5, 1))[place] for place in (1, 5))
    return {
        "digits": DIGITS[words.digits],
        "group": group,
        "decimal": decimal,
        "isolate": OPEN[words.number_direction] if words.direction == "rtl" else "",
        "number_direction": words.number_direction,
        **{name: words("numbers", name, lower="{lower}", upper="{upper}") for name in ("range", "range_in_words")},
    }


def _texts(words: Words, level: str) -> Iterable[tuple[str, str]]:
    for name in (*CHOOSING, *SHOWING, *SAVING):
        yield name, words("explorer", name)
    kept = {name: f"{{{name}}}" for name in ("kind", "title", "rounds", "indicator", "breakdown", "standard", "round")}
    kept |= {name: f"{{{name}}}" for name in ("mark", "reason", "column", "unit", "source")}
    yield "alt", words("explorer", "alt", kind=kept["kind"], title=kept["title"], rounds=kept["rounds"])
    yield "now", words("explorer", "now", title=kept["title"], rounds=kept["rounds"])
    yield "by", words("table_title", group=kept["indicator"], breakdown=kept["breakdown"])
    yield "by_standard", words("indicator_standard", indicator=kept["indicator"], standard=kept["standard"])
    yield "with_unit", words("with_unit", column=kept["column"], unit=kept["unit"])
    yield "break", words("notes", "break", mark=kept["mark"], round=kept["round"], reason=kept["reason"])
    yield "source_of", words("notes", "source", source=kept["source"], rounds=kept["rounds"])
    yield "lines", words("notes", "interval_lines", level=level)
    yield "hollow", words("notes", "hollow")
    yield "invented", words("invented", "mark")
    for name in ("estimate", "se", "lower", "upper", "n", "mark", "standard", "round"):
        yield f"column_{name}", words("columns", name)
    yield "column_interval", words("columns", "interval", level=level)


def _indicator(name: str, figures: Figures, words: Words) -> Iterable[str]:
    """Name, whom it covers, definition, reference."""
    label = words("indicators", name, "name")
    yield label
    yield words("notes", "universe_of", indicators=label, universe=words("indicators", name, "universe"))
    yield words("indicators", name, "definition")
    reference = figures.published.survey.indicators[name].reference
    yield words("annex", "definitions", "reference", reference=reference) if reference else ""


def _variable(name: str, figures: Figures, words: Words) -> Iterable[str]:
    """Name, what all categories together are called, and the categories."""
    yield words.variable(name)
    yield words("variables", name, "total")
    for code in figures.published.categories(name):
        yield words.category(name, code)


def _harmless(found: Any) -> Any:
    """The same without marks that could turn round what stands beside a label."""
    if isinstance(found, str):
        return harmless(found)
    if isinstance(found, dict):
        return {key: _harmless(each) for key, each in found.items()}
    return [_harmless(each) for each in found] if isinstance(found, list) else found
