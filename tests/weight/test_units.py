"""Units that carry a weight, whatever the identifiers are and in whatever order they come."""

import numpy as np
import pandas as pd
import pytest
from tests.weight.made_up import controls, margin

from lfs.metadata import SurveyError
from lfs.weight import auxiliaries
from lfs.weight.auxiliaries import units

KINDS = {
    "text": lambda numbers: pd.Series([f"h{number:02d}" for number in numbers], dtype="str"),
    "objects": lambda numbers: pd.Series([f"h{number:02d}" for number in numbers], dtype=object),
    "numbers": lambda numbers: pd.Series(numbers),
    "nullable": lambda numbers: pd.Series(numbers, dtype="Int64"),
    "categories": lambda numbers: pd.Series(pd.Categorical(numbers, categories=[9, 7, 4, 3, 1])),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("numbers", [[1, 3, 4, 7, 9], [1, 1, 3, 3, 9], [9, 1, 3, 1, 9]], ids=["own", "shared", "mixed"])
def test_units_are_numbered_in_the_order_of_their_identifiers(kind: str, numbers: list[int]) -> None:
    found, names = units(pd.DataFrame({"household": KINDS[kind](numbers)}), "household")
    expected, distinct = pd.factorize(np.array(numbers), sort=True)
    assert found.tolist() == expected.tolist()
    assert len(names) == len(distinct)
    assert [int(str(name).removeprefix("h")) for name in names] == distinct.tolist()


def test_an_identifier_that_is_missing_is_refused() -> None:
    people = pd.DataFrame({"round": "2021H2", "household": ["a", None, "b"]})
    with pytest.raises(SurveyError, match="variable 'household': empty in 1 rows"):
        units(people, "household")


def test_a_household_counts_its_members_and_once_in_controls_of_households() -> None:
    """Three persons of a, of whom two are women, and one of b; rows in no order."""
    people = pd.DataFrame(
        {
            "household": ["b", "a", "a", "a"],
            "person": ["p1", "p4", "p2", "p3"],
            "region": ["south", "north", "north", "north"],
            "sex": ["female", "female", "male", "female"],
        }
    )
    given = controls(
        margin("sex", ("sex",), {("male",): 1.0, ("female",): 1.0}),
        margin("homes", ("region",), {("north",): 1.0, ("south",): 1.0}, "households"),
    )
    of_households = auxiliaries(people, given, np.ones(4))
    assert of_households.x.toarray().tolist() == [[1, 2, 1, 0], [0, 1, 0, 1]]
    of_persons = auxiliaries(people, given, np.ones(4), "person")
    third = 1 / 3
    assert of_persons.x.toarray() == pytest.approx(
        np.array([[0, 1, 0, 1], [1, 0, third, 0], [0, 1, third, 0], [0, 1, third, 0]])
    )
    with pytest.raises(SurveyError, match="no column 'household' for controls that count households"):
        auxiliaries(people.drop(columns="household"), given, np.ones(4), "person")
