"""What adds up in a set of rows, worked out from what is declared: breakdowns, groupings, parts of a concept."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from lfs.metadata.variables import Variable, column_of
from lfs.protect.cells import Cell, Domain, Equation, Row, people_of

LEAST_CASES = 10


def category_equations(rows: Iterable[Row], variables: Mapping[str, Variable]) -> Iterator[Equation]:
    """Categories add up to their margin; overlapping groupings of the same thing add up to each other."""
    groups: dict[tuple[str, Domain, str], dict[str, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    told = dict.fromkeys((cell, row.standard, categories) for row in rows for cell, categories in row.told)
    for cell, standard, categories in told:
        concept, domain = cell
        for variable, category in categories:
            base, people = people_of(variable, category, variables, standard)
            groups[concept, domain - {(base, people)}, base][variable].add(cell)
    for (concept, others, base), groupings in groups.items():
        for cells in groupings.values():
            yield Equation(frozenset(cells), frozenset({(concept, others)}))
        for one, other in combinations(groupings.values(), 2):
            yield from _overlaps(one, other, base)


def concept_equations(
    rows: Iterable[Row], relations: Mapping[str, tuple[str, ...]], variables: Mapping[str, Variable]
) -> Iterator[Equation]:
    """Parts of a concept add up to it in every domain, by every standard."""
    domains: dict[str, set[Domain]] = defaultdict(set)
    for row in rows:
        for concept, domain in row.cells:
            domains[concept].add(domain)
    standards = {standard for variable in variables.values() for standard in variable.standards}
    for whole, parts in relations.items():
        for standard in standards:
            total, *names = (column_of(name, standard, variables) for name in (whole, *parts))
            for domain in set.intersection(*(domains[name] for name in (total, *names))):
                yield Equation(frozenset((name, domain) for name in names), frozenset({(total, domain)}))


def same_people(rows: Iterable[Row], values: Mapping[Hashable, float]) -> Iterator[Equation]:
    """Cells of different names that hold the same persons: employees, and the employed whose status is employee.

    values: the weighted count of each row that is a total.
    """
    # ASSUME Two published counts of ten cases or more that agree to the tenth digit and in their cases are those of the
    # same persons, since sums of weights do not meet by chance.
    alike: dict[tuple[float, float], dict[Cell, None]] = defaultdict(dict)
    for row in rows:
        if row.kind == "total" and row.n_cases >= LEAST_CASES and (value := values.get(row.index, 0.0)) > 0:
            alike[float(f"{value:.10g}"), row.n_cases][row.cells[0]] = None
    for cells in alike.values():
        for one, other in combinations(cells, 2):
            # Within one domain, or of one concept, equal counts say that somebody is missing, which is no identity.
            if one[0] != other[0] and one[1] != other[1]:
                yield Equation(frozenset({one}), frozenset({other}))


def all_by_definition(rows: Iterable[Row], everybody: Collection[int]) -> Iterator[Equation]:
    """What is counted is what it is counted in, in rows of which everybody is a case by definition."""
    for row in rows:
        if row.index in everybody and len(row.cells) > 1:
            yield Equation(frozenset(row.cells[:1]), frozenset(row.cells[1:2]))


def _overlaps(one: Collection[Cell], other: Collection[Cell], base: str) -> Iterator[Equation]:
    """The smallest sets of cells of two groupings that mean the same people: 15-19 and 20-24 against 15-24."""
    people = {cell: dict(cell[1])[base] for cell in (*one, *other)}
    left = set(one)
    while left:
        mine: set[Cell] = {left.pop()}
        theirs: set[Cell] = set()
        while True:
            covered = frozenset[object]().union(*(people[cell] for cell in mine | theirs))
            more = {cell for cell in left if people[cell] & covered}
            more_theirs = {cell for cell in other if people[cell] & covered} - theirs
            if not more and not more_theirs:
                break
            mine, theirs, left = mine | more, theirs | more_theirs, left - more
        sides = [frozenset[object]().union(*(people[cell] for cell in side)) for side in (mine, theirs)]
        if sides[0] == sides[1] and mine != theirs:
            yield Equation(frozenset(mine - theirs), frozenset(theirs - mine))
