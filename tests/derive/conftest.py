"""Case tables: one row a person, cells separated by |, the first column names the case.

In a cell, nothing means that the question was not put, `?` that there was no answer, `a+b` two options of one question,
and `+` none of them. Every table is checked for its own routing: nobody in it answers a question that the form would
skip.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype

from lfs.derive import make_people
from lfs.metadata import load_survey
from lfs.metadata.variables import Variable

Cases = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
NUMBERS = ("integer", "number")
EVERYBODY = {
    "round": "2021H2",
    "office": "cso",
    "sex": "female",
    "age": "30",
    "citizenship": "national",
    "relationship": "child",
    "urban_rural": "urban",
    "governorate": "babil",
    "in_camp": "no",
}


@pytest.fixture(scope="session")
def variables() -> Mapping[str, Variable]:
    return load_survey(Path(__file__).parents[2]).variables


@pytest.fixture(scope="session")
def settings() -> dict[str, object]:
    return {"working_age": 15, "hours_threshold": 40}


@pytest.fixture(scope="session")
def table() -> Callable[[str], pd.DataFrame]:
    """A case table as text, cell by cell."""

    def read(text: str) -> pd.DataFrame:
        header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
        assert all(len(row) == len(header) for row in rows), "a row has too many or too few cells"
        assert len({row[0] for row in rows}) == len(rows), "two cases have one name"
        return pd.DataFrame(rows, columns=header).set_index("case")

    return read


@pytest.fixture(scope="session")
def as_answers(variables: Mapping[str, Variable]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Cells as harmonise would write them; every question of the dictionary has its column."""

    def make(cells: pd.DataFrame) -> pd.DataFrame:
        columns: dict[str, pd.Series] = {}
        for name, variable in variables.items():
            given = cells[name] if name in cells else pd.Series("", index=cells.index)
            empty, no_answer = given == "", given == "?"
            if name in cells and variable.codes() and not variable.options:
                assert set(given[~empty & ~no_answer]) <= set(variable.codes()), f"{name}: not in the dictionary"
            if variable.options:
                chosen = given.str.split("+")
                assert {word for words in chosen for word in words} <= {*variable.options, "", "?"}, name
                for option in variable.options:
                    said = chosen.map(lambda words, option=option: "yes" if option in words else "no")
                    columns[f"{name}_{option}"] = said.mask(no_answer, "not_stated").mask(empty)
            elif variable.type in NUMBERS and (variable.kind == "asked" or name in cells):
                columns[name] = pd.to_numeric(given.mask(empty | no_answer))
            elif variable.kind == "asked" or name in cells:
                columns[name] = given.mask(no_answer, "not_stated").mask(empty)
        return pd.DataFrame(columns).assign(person=cells.index)

    return make


@pytest.fixture(scope="session")
def derived(
    table: Callable[[str], pd.DataFrame],
    as_answers: Callable[[pd.DataFrame], pd.DataFrame],
    variables: Mapping[str, Variable],
    settings: dict[str, object],
) -> Callable[..., Cases]:
    """Case table, people and quality of a table; keywords are answers that all persons of the table give.

    `settings` replaces the survey's settings, `as_routed=False` lets persons answer questions the form would skip.
    """

    def make(text: str, *, settings: dict[str, object] = settings, as_routed: bool = True, **all_say: str) -> Cases:
        cells = table(text)
        everybody = {name: value for name, value in {**EVERYBODY, **all_say}.items() if name not in cells}
        answers = as_answers(cells.assign(**everybody))
        people, quality = make_people(answers, variables, settings)
        people.index = cells.index
        outside = quality[quality["topic"] == "answered_outside_universe"]
        assert outside.empty or not as_routed, f"the form would skip {sorted(set(outside['variable']))}"
        return cells, people, quality

    return make


def as_cells(column: pd.Series) -> pd.Series:
    """A column of people as the case tables write it: yes, no, a code, or nothing."""
    if column.dtype == "boolean":
        column = column.map({True: "yes", False: "no"})
    elif is_numeric_dtype(column.dtype):
        column = column.map("{:g}".format, na_action="ignore")
    return column.astype("str").fillna("").replace("not_stated", "?")


@pytest.fixture(scope="session")
def agree() -> Callable[[Cases, str], None]:
    """Compare columns of people with those of the same name in the case table, and name the cases that differ."""

    def compare(cases: Cases, *columns: str) -> None:
        cells, people, _ = cases
        for column in columns:
            made = as_cells(people[column])
            wrong = [
                f"{case}: {made[case]!r}, not {cells[column][case]!r}" for case in cells.index[made != cells[column]]
            ]
            assert not wrong, f"{column}\n" + "\n".join(wrong)

    return compare
