"""The page that lists every concept, written from the dictionary and the code: docs/concepts.md."""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping

import pandas as pd

from lfs.derive.lineage import MODULES, concepts
from lfs.derive.quality import ALL
from lfs.metadata.variables import Variable

UNANSWERED = {
    "counts_as_no": "counts as not having it: in the denominator only",
    "counts_as_yes": "counts as having it, and in the denominator",
    "own_category": "stands beside the categories, as `not_stated` or `not_classifiable`",
    "left_out": "left out, of numerator and denominator",
    "cannot_be": "cannot be: everybody of the universe has a value",
}
"""`unanswered` of the dictionary: what becomes of who did not answer what the concept rests on."""
SHARE = "- Without an answer:"
"""How the line begins that holds shares of rounds; all other lines follow from dictionary and code alone."""
TOPICS = {"share_not_stated": "not stated", "undetermined": "rests on an open answer"}
"""Topics of the quality table that the page shows, in its words."""
SHARES = ("concept", "round", "topic", "per_cent", "data")
"""The columns of docs/shares_not_stated.csv."""
INVENTED = "invented"
MANY = 30
"""Codes beyond which a concept's are not listed one by one."""
GROUPINGS = "Groupings"
NO_FUNCTION = "Supplied only"


def concepts_page(variables: Mapping[str, Variable], shares: pd.DataFrame | None = None) -> str:
    """Every derived concept in Markdown, a section a subject: what it means, from what it is made, for whom.

    `shares` is what `shares_not_stated` makes; with it each concept says, by round, for which share of its universe
    the value is not stated, and for which share an answer that it reads is open.
    """
    told = {} if shares is None else _shares(shares)
    lines = [
        "# Concepts",
        "",
        "Written by `python -m lfs concepts docs/concepts.md` from dictionary and code; not to be edited by hand.",
        "",
        "Each concept is a column of *people*, made by the function of its name in `src/lfs/derive/`. Outside its",
        "universe it holds nothing. Columns without a suffix follow the 19th ICLS and the standards that it left in",
        "force; `_icls13` and `_icls21` are the same concept by the 13th and the 21st ICLS.",
        "",
    ]
    if shares is not None and (shares["data"] == INVENTED).any():
        rounds = ", ".join(sorted(set(shares.loc[shares["data"] == INVENTED, "round"])))
        lines += [f"Shares without an answer are those of invented data ({rounds}) and tell nothing about anybody.", ""]
    by_subject: dict[str, list[str]] = {}
    for name, variable in _derived(variables):
        by_subject.setdefault(_subject(name, variable, variables), []).extend(_entry(name, variable, told))
    for subject, about in _subjects().items():
        if subject in by_subject:
            lines += [f"## {subject}", "", about, "", *by_subject[subject]]
    lines += ["## Whom questions concern", "", "Universes: the routing of the questionnaire.", ""]
    lines += [f"- `{name}`: {variable.meaning}" for name, variable in variables.items() if variable.kind == "universe"]
    return "\n".join(lines) + "\n"


def _derived(variables: Mapping[str, Variable]) -> Iterator[tuple[str, Variable]]:
    """Derived concepts in the order of the dictionary, each followed by its columns of other standards."""
    for name, variable in variables.items():
        if variable.kind == "derived":
            yield name, variable
            for standard in variable.standards:
                if f"{name}_{standard}" in concepts():
                    yield f"{name}_{standard}", variable


def _subjects() -> dict[str, str]:
    """The title of each subject and what it is about: a module and the first sentence of its docstring."""
    found = {_title(module.__name__): _paragraph(module) for module in MODULES}
    found[GROUPINGS] = "Bands of a number and groups of categories, as the dictionary declares them."
    found[NO_FUNCTION] = "Made by no function here: there where an office supplies it."
    return found


def _subject(name: str, variable: Variable, variables: Mapping[str, Variable]) -> str:
    """A grouping of a concept stands with the concept, one of a question with its like."""
    while variable.of and variables[variable.of].kind == "derived":
        name, variable = variable.of, variables[variable.of]
    if variable.of:
        return GROUPINGS
    return _title(concepts()[name].function.__module__) if name in concepts() else NO_FUNCTION


def _entry(name: str, variable: Variable, shares: Mapping[str, str]) -> list[str]:
    concept = concepts().get(name)
    made = concept is not None and not variable.of
    meaning = variable.meaning[0].upper() + variable.meaning[1:] + "."
    paragraph = _paragraph(concept.function) if concept and made else ""
    # Where dictionary and function say the same, it is said once.
    said = paragraph if paragraph.casefold().startswith(meaning.casefold()) else f"{meaning} {paragraph}".strip()
    lines = [f"### `{name}`", "", said, ""]
    if variable.reference:
        lines.append(f"- Reference: {variable.reference}")
    if concept and made:
        lines.append(f"- Made from: {_columns(concept.needs) or 'nothing that must be there'}")
        if concept.reads_if_any:
            lines.append(f"- And, where asked: {_columns(concept.reads_if_any)}")
        if settings := _settings(concept.function):
            lines.append(f"- Settings: {settings}")
    elif variable.of:
        lines.append(f"- Groups: `{variable.of}`")
    lines.append(f"- Universe: {f'`{variable.universe}`' if variable.universe else 'everybody'}")
    lines.append(f"- Values: {_values(variable)}")
    if variable.standards:
        lines.append(f"- Standards: {', '.join(variable.standards)}")
    if variable.unanswered:
        lines.append(f"- No answer: {UNANSWERED[variable.unanswered]}")
    if name in shares:
        lines.append(f"{SHARE} {shares[name]}")
    return [*lines, ""]


def _values(variable: Variable) -> str:
    if variable.groups:
        groups = (f"`{group}` ({', '.join(codes)})" for group, codes in variable.groups.items())
        return ", ".join(groups)
    if variable.range:
        low, high = variable.range
        return f"{low:,.0f} to {high:,.0f}"
    if len(codes := variable.codes()) > MANY:
        return f"{len(codes)} codes from `{codes[0]}` to `{codes[-1]}`"
    return _columns(codes) or "true, false"


def _settings(function: Callable[..., pd.Series]) -> str:
    taken = [item for item in inspect.signature(function).parameters.values() if item.kind is item.KEYWORD_ONLY]
    return ", ".join(f"`{item.name}`{_default(item.default, item.empty)}" for item in taken)


def _default(default: object, empty: object) -> str:
    """What holds where a setting is not set; nothing where it must be."""
    if default is empty:
        return ""
    return " (none where it is not set)" if default is None else f" ({default} unless set)"


def shares_not_stated(quality: pd.DataFrame, invented: Collection[str]) -> pd.DataFrame:
    """What the page shows of a published quality table: concept, round, topic, per_cent, data.

    One row a concept or question, topic and round, all offices together. per_cent: of the universe, with one decimal,
    empty where protection hides it; data: invented for the rounds of `invented`, else delivered.
    """
    told = quality[(quality["step"] == "derive") & (quality["office"] == ALL) & quality["topic"].isin(TOPICS)]
    per_cent = (told["value"].astype("float64") * 100).map("{:.1f}".format).mask(told["value"].isna(), "")
    data = told["round"].isin(list(invented)).map({True: INVENTED, False: "delivered"})
    found = told.assign(concept=told["variable"], per_cent=per_cent, data=data)[list(SHARES)].astype("str")
    return found.sort_values(["concept", "topic", "round"], ignore_index=True)


def _shares(shares: pd.DataFrame) -> dict[str, str]:
    """By concept, its shares in words."""
    found: dict[str, list[str]] = {}
    for topic, words in TOPICS.items():
        for name, rows in shares[shares["topic"] == topic].groupby("concept", sort=False):
            rounds = ", ".join(
                f"{row['round']} {row['per_cent'] + '%' if row['per_cent'] else 'not shown'}"
                for row in rows.to_dict("records")
            )
            found.setdefault(str(name), []).append(f"{words} {rounds}")
    return {name: "; ".join(parts) for name, parts in found.items()}


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _title(module: str) -> str:
    title = module.rpartition(".")[2].replace("_", " ").replace("icls21", "by the 21st ICLS")
    return title[0].upper() + title[1:]


def _paragraph(documented: object) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(documented) or "").split("\n\n")[0].split())
