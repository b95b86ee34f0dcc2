"""config/controls/<round>.csv: the population totals that weights are calibrated to."""

import csv
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from types import MappingProxyType

from lfs.metadata.errors import SurveyError
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import nearest, shown

COLUMNS = ("margin", "variables", "categories", "total", "counts")
NEEDED = COLUMNS[:4]
COUNTS = ("persons", "households")
CROSSED = " x "
# Two totals of the same people may differ by what rounding each category to a whole person leaves, and by no more.
ROUNDING = 0.5
THOUSAND = (300.0, 3000.0)
Categories = tuple[str, ...]


@dataclass(frozen=True)
class Margin:
    """Population totals by the crossing of some variables.

    totals: total of each crossing of categories; lines: where each stands; counts: persons or households.
    """

    name: str
    variables: tuple[str, ...]
    counts: str
    totals: Mapping[Categories, float]
    lines: Mapping[Categories, int]

    @property
    def total(self) -> float:
        return math.fsum(self.totals.values())

    def sums(self, positions: Collection[int]) -> dict[Categories, float]:
        """Totals by the variables at these positions, summed over the others."""
        found: dict[Categories, list[float]] = {}
        for categories, total in self.totals.items():
            found.setdefault(tuple(categories[position] for position in positions), []).append(total)
        return {categories: math.fsum(totals) for categories, totals in found.items()}


@dataclass(frozen=True)
class Controls:
    """The margins of one file, in its order."""

    file: str
    margins: tuple[Margin, ...]

    def at(self, margin: Margin, categories: Categories | None = None) -> str:
        """File and line of a margin's category, or of its first."""
        return f"{self.file}, line {min(margin.lines.values()) if categories is None else margin.lines[categories]}"


@dataclass(frozen=True)
class _Row:
    line: int
    margin: str
    variables: tuple[str, ...]
    categories: Categories
    total: float
    counts: str


def read_controls(
    folder: Path,
    round_name: str,
    variables: Mapping[str, Variable],
    incomplete: Collection[str] = (),
    known: Mapping[str, Collection[str] | None] = MappingProxyType({}),
) -> Controls:
    """The controls of a round: one row a category, crossings written with ` x `, counts persons or households.

    known: by variable, the categories that the offices of the round can give; totals of others may be missing.
    Raises SurveyError with every problem: an unknown or missing category (but in margins named in `incomplete`), a
    total that is no number, an empty margin, margins of the same people whose totals differ, thousands among units.
    """
    path = Path(folder) / "config/controls" / f"{round_name}.csv"
    problems: list[str] = []
    rows = list(_rows(path, problems))
    margins = _margins(shown(path), rows, variables, problems)
    controls = Controls(shown(path), tuple(margins))
    for name in incomplete:
        if name not in {margin.name for margin in margins}:
            near = nearest(name, [margin.name for margin in margins])
            problems.append(f"{shown(path)}: no margin is called '{name}', named as incomplete{near}")
    for margin in margins:
        problems += _within(controls, margin, variables, margin.name in incomplete, known)
    if not problems:
        complete = [margin for margin in margins if margin.name not in incomplete]
        for first, second in combinations(complete, 2):
            problems += _between(controls, first, second, variables)
    if problems:
        raise SurveyError(*problems)
    return controls


def _rows(path: Path, problems: list[str]) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SurveyError(f"{shown(path)} does not exist; it lists {', '.join(NEEDED)}, one row a category") from None
    except UnicodeDecodeError as error:
        raise SurveyError(f"{shown(path)}: byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    reader = csv.DictReader(text.splitlines(), restval="")
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    wrong = [f"{shown(path)}, line 1: column {name} is missing" for name in NEEDED if name not in header]
    wrong += [
        f"{shown(path)}, line 1: unknown column '{name}'{nearest(name, COLUMNS)}"
        for name in header
        if name not in COLUMNS
    ]
    if wrong:
        raise SurveyError(*wrong)
    for row in reader:
        here = f"{shown(path)}, line {reader.line_num}"
        if None in row:
            problems.append(f"{here}: more values than the header has; a total has no thousands separator")
            continue
        given = {name: (row[name] or "").strip() for name in header}
        total = _number(given["total"])
        counts = given.get("counts") or COUNTS[0]
        if empty := [name for name in NEEDED if not given[name]]:
            problems.append(f"{here}: {', '.join(empty)} is empty")
        elif total is None:
            problems.append(f"{here}, total: '{given['total']}' is no number; write 1234567, without separators")
        elif total < 0:
            problems.append(f"{here}, total: {given['total']} is negative")
        elif counts not in COUNTS:
            problems.append(f"{here}, counts: '{counts}' is unknown{nearest(counts, COUNTS)}")
        else:
            crossed, categories = _parts(given["variables"]), _parts(given["categories"])
            yield _Row(reader.line_num, given["margin"], crossed, categories, total, counts)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(CROSSED))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def _margins(file: str, rows: list[_Row], variables: Mapping[str, Variable], problems: list[str]) -> list[Margin]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        here = f"{file}, line {row.line}"
        first = found.get(row.margin, [row])[0]
        if (row.variables, row.counts) != (first.variables, first.counts):
            problems.append(f"{here}: margin '{row.margin}' has other variables or counts in line {first.line}")
            continue
        if len(row.categories) != len(row.variables):
            problems.append(
                f"{here}: {len(row.categories)} categories for {len(row.variables)} variables; "
                f"write one for each, with '{CROSSED}' between"
            )
            continue
        known = True
        for name, category in zip(row.variables, row.categories, strict=True):
            codes = variables[name].codes() if name in variables else ()
            if not codes:
                named = [key for key, variable in variables.items() if variable.codes()]
                problems.append(f"{here}: no category variable is called '{name}'{nearest(name, named)}")
            elif category not in codes:
                problems.append(f"{here}: '{category}' is no category of {name}{nearest(category, codes)}")
            known = known and category in codes
        if known and (
            twice := next((each for each in found.get(row.margin, ()) if each.categories == row.categories), None)
        ):
            problems.append(f"{here}: {CROSSED.join(row.categories)} stands already in line {twice.line}")
        elif known:
            found.setdefault(row.margin, []).append(row)
    if not rows and not problems:
        problems.append(f"{file}: holds no totals; add them, or take calibration: out of config.yaml")
    return [
        Margin(
            name,
            given[0].variables,
            given[0].counts,
            {row.categories: row.total for row in given},
            {row.categories: row.line for row in given},
        )
        for name, given in found.items()
    ]


def _within(
    controls: Controls,
    margin: Margin,
    variables: Mapping[str, Variable],
    incomplete: bool,
    known: Mapping[str, Collection[str] | None],
) -> Iterator[str]:
    """What is wrong with one margin by itself."""
    here = f"{controls.at(margin)}: margin '{margin.name}'"
    if margin.total == 0:
        yield f"{here} is empty: all its totals are zero"
    if not incomplete:
        codes = [
            [code for code in variables[name].codes() if (given := known.get(name)) is None or code in given]
            for name in margin.variables
        ]
        missing = [CROSSED.join(crossed) for crossed in product(*codes) if crossed not in margin.totals]
        if missing:
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            yield (
                f"{here} lacks {', '.join(missing[:5])}{more}; add the totals (0 where nobody lives), or name the "
                "margin under incomplete: in config.yaml"
            )


def _between(controls: Controls, first: Margin, second: Margin, variables: Mapping[str, Variable]) -> Iterator[str]:
    """Two complete margins of the same people must agree on what they share, be it the grand total only."""
    if first.counts != second.counts or _universes(first, variables) != _universes(second, variables):
        return
    shared = [name for name in first.variables if name in second.variables]
    ours = first.sums([first.variables.index(name) for name in shared])
    theirs = second.sums([second.variables.index(name) for name in shared])
    allowed = ROUNDING * (len(first.totals) + len(second.totals))
    for categories, total in ours.items():
        other = theirs[categories]
        if abs(total - other) <= allowed:
            continue
        of = f" of {CROSSED.join(categories)}" if categories else ""
        where = f"{controls.at(first)}: margin '{first.name}' adds up to {total:,.0f}{of}"
        low, high = sorted((total, other))
        if low > 0 and THOUSAND[0] < high / low < THOUSAND[1]:
            yield f"{where} but margin '{second.name}' to {other:,.0f}: one is in thousands; write persons in both"
        else:
            yield f"{where} but margin '{second.name}' to {other:,.0f}; both speak of the same people, so mend one"


def _universes(margin: Margin, variables: Mapping[str, Variable]) -> set[str]:
    return {universe for name in margin.variables if (universe := variables[name].universe)}
