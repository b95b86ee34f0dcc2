"""What each key of the crosswalk does, on columns of a few values."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lfs.harmonise.crosswalk import identifiers, read_variable
from lfs.harmonise.delivery import Missing
from lfs.metadata.crosswalk import Entry, Reading, code_text
from lfs.metadata.variables import Variable

NAN = float("nan")
SEX = Variable(kind="asked", type="category", categories=("male", "female"), meaning="sex")
SIZE = Variable(kind="asked", type="category", categories=("1", "2-4", "5+"), meaning="size")
PAID = Variable(kind="asked", type="yes_no", meaning="paid")
AGE = Variable(kind="asked", type="integer", range=(0, 120), meaning="age")
HOURS = Variable(kind="asked", type="number", range=(0, 168), meaning="hours")
TITLE = Variable(kind="asked", type="text", meaning="occupation")
FARM = Variable(kind="asked", type="multiple", options=("crops", "animals", "none"), meaning="farm work")


@pytest.fixture
def read(values: Callable) -> Callable:
    """The column that an entry makes of the columns given, as a list, and the whole answer."""

    def one(
        keys: dict[str, Any], variable: Variable, missing: Missing | None = None, **columns: Any
    ) -> tuple[list, Any]:
        rows = pd.DataFrame(columns)
        answer = read_variable("v", Reading.model_validate(keys), variable, rows, {"A": missing or Missing()})
        return values(answer.columns["v"]), answer

    return one


@pytest.mark.parametrize(
    ("given", "compared"),
    [
        (1, "1"),
        (1.0, "1"),
        ("1", "1"),
        ("01", "1"),
        (" 1.50 ", "1.5"),
        ("-08", "-8"),
        ("-0", "0"),
        ("a1", "a1"),
        ("", ""),
    ],
)
def test_codes_are_compared_as_numbers_where_they_are_numbers(given: object, compared: str) -> None:
    assert code_text(given) == compared


@pytest.mark.parametrize(
    "column", [[1.0, 2.0, 9.0, NAN], ["1", "02", "9.0", ""], [1, 2, 9, None], ["1", " 2 ", "9", " "]]
)
def test_codes_and_not_stated(read: Callable, column: list) -> None:
    made, answer = read({"column": "A", "codes": {1: "male", "2": "female"}, "not_stated": [9]}, SEX, A=column)
    assert made == ["male", "female", "not_stated", None]
    assert answer.not_stated == 1
    assert answer.columns["v"].dtype == "str"


def test_a_code_in_no_list_is_counted_and_not_stated(read: Callable) -> None:
    made, answer = read({"column": "A", "codes": {1: "male", 2: "female"}}, SEX, A=[1, 3, 3, 7])
    assert made == ["male", "not_stated", "not_stated", "not_stated"]
    assert answer.unknown == {"3": 2, "7": 1}
    assert answer.not_stated == 0


def test_values_that_the_file_declares_missing_must_be_listed(read: Callable) -> None:
    column = [1.0, 97.0, 98.0, -1.0]
    missing = Missing(frozenset({"-1"}), ((97.0, 99.0),))
    keys: dict[str, Any] = {"column": "A", "codes": {1: "male", 2: "female"}}
    assert read(keys, SEX, missing, A=column)[1].unknown == {"97": 1, "98": 1, "-1": 1}
    for not_stated in (["declared"], [[97, 99], -1]):
        made, answer = read(keys | {"not_stated": not_stated}, SEX, missing, A=column)
        assert made == ["male", "not_stated", "not_stated", "not_stated"]
        assert not answer.unknown
    assert read({"column": "A"}, HOURS, missing, A=column)[1].unknown == {"97": 1, "98": 1, "-1": 1}


def test_not_applicable_and_empty_codes(read: Callable) -> None:
    keys = {"column": "A", "codes": {1: "yes", 2: "no", 8: "not_applicable", "": "no"}}
    assert read(keys, PAID, A=[1, 2, 8, None])[0] == ["yes", "no", None, "no"]


def test_bands_put_numbers_into_classes(read: Callable) -> None:
    keys = {"column": "A", "bands": {"1": [0, 1], "2-4": [2, 4], "5+": [5, 9990]}, "not_stated": [9999]}
    made, answer = read(keys, SIZE, A=[1, 4, 5, 9999, None, 1.5])
    assert made == ["1", "2-4", "5+", "not_stated", None, "not_stated"]
    assert answer.unknown == {"1.5": 1}


def test_numbers_scale_range_and_replacements(read: Callable) -> None:
    made, answer = read({"column": "A", "scale": 0.1, "not_stated": [997]}, HOURS, A=[355, 997, None, 1990])
    assert made == [35.5, None, None, None]
    assert (answer.not_stated, answer.outside_range) == (1, 1)
    assert read({"column": "A", "codes": {-1: 0, 888: "not_applicable"}}, AGE, A=[-1, 30, 888])[0] == [0, 30, None]


def test_numbers_as_text_and_text_that_is_no_number(read: Callable) -> None:
    made, answer = read({"column": "A"}, AGE, A=["07", "15.0", "", "12.5", "x", "1_0"])
    assert made == [7, 15, None, None, None, None]
    assert answer.unknown == {"12.5": 1, "x": 1, "1_0": 1}
    assert answer.columns["v"].dtype == "Int64"


def test_an_unscaled_number_keeps_every_digit(read: Callable) -> None:
    assert read({"column": "A"}, HOURS, A=[140.33333333333334])[0] == [140.33333333333334]


def test_characters_and_leading_zeros(read: Callable) -> None:
    keys = {"column": "A", "characters": [1, 4]}
    assert read(keys, TITLE, A=[110.0, 4711.0, NAN])[0] == ["0110", "4711", None]
    assert read(keys, TITLE, A=pd.Series([110, ".a"], dtype=object))[0] == ["0110", ".a"]
    assert read(keys | {"characters": [2, 3]}, TITLE, A=["0471", " 12", ""])[0] == ["47", "2", None]


def test_a_classified_text_begins_as_its_classification_does() -> None:
    rows = pd.DataFrame({"A": ["0110", "4711", "9999", "77", "x1"]})
    reading = Reading(column="A", not_stated=(9999,))
    answer = read_variable("v", reading, TITLE, rows, {}, classification={"01", "47"})
    assert answer.unknown == {"77": 1, "x1": 1}
    assert answer.not_stated == 1
    numbers = pd.DataFrame({"A": [110.0, 4711.0]})
    assert (
        "leading zeros are lost"
        in read_variable("v", reading, TITLE, numbers, {}, classification={"11", "47"}).faults[0]
    )


def test_joined_columns_are_compared_as_text(read: Callable) -> None:
    keys = {"columns": ["A", "B"], "codes": {"1-": "yes", "2-1": "yes", "2-2": "no"}, "not_stated": ["9-"]}
    made, answer = read(keys, PAID, A=[1.0, 2.0, 2.0, 9.0, NAN, 2.0], B=[NAN, 1.0, 2.0, NAN, NAN, NAN])
    assert made == ["yes", "yes", "no", "not_stated", None, "not_stated"]
    assert answer.unknown == {"2-": 1}


@pytest.mark.parametrize("column", [["ab", "b", "d", "z", "", "ax"], ["a,b", "b", "d", "z", None, "a x"]])
def test_options_as_letters_of_one_text(values: Callable, column: list) -> None:
    reading = Reading(column="A", options={"crops": "a", "animals": "b", "none": "d"}, not_stated=("z",))
    answer = read_variable("v", reading, FARM, pd.DataFrame({"A": column}), {})
    assert values(answer.columns["v_crops"]) == ["yes", "no", "no", "not_stated", None, "not_stated"]
    assert values(answer.columns["v_animals"]) == ["yes", "yes", "no", "not_stated", None, "not_stated"]
    assert values(answer.columns["v_none"]) == ["no", "no", "yes", "not_stated", None, "not_stated"]
    assert sum(answer.unknown.values()) == 1
    assert answer.not_stated == 1


def test_options_as_codes_of_several_digits(values: Callable) -> None:
    reading = Reading(column="A", options={"crops": "1", "animals": "12", "none": None})
    answer = read_variable("v", reading, FARM, pd.DataFrame({"A": ["1 12", "12", "1"]}), {})
    assert values(answer.columns["v_crops"]) == ["yes", "no", "yes"]
    assert values(answer.columns["v_animals"]) == ["yes", "yes", "no"]
    assert values(answer.columns["v_none"]) == [None, None, None]


def test_options_as_a_column_each(values: Callable) -> None:
    options = {"crops": "A", "animals": "B", "none": "C"}
    rows = pd.DataFrame({"A": [1, NAN, NAN, 9, 5], "B": [NAN, 1, NAN, 0, 0], "C": [0, NAN, NAN, NAN, 0]})
    plain = read_variable("v", Reading(options=options, codes={1: "yes", 0: "no"}, not_stated=(9,)), FARM, rows, {})
    assert values(plain.columns["v_crops"]) == ["yes", None, None, "not_stated", "not_stated"]
    assert plain.unknown == {"5": 1}
    blank_is_no = Reading(options=options, codes={1: "yes", 0: "no", "": "no"}, not_stated=(9, 5))
    filled = read_variable("v", blank_is_no, FARM, rows, {})
    assert values(filled.columns["v_crops"]) == ["yes", "no", None, "not_stated", "not_stated"]
    assert values(filled.columns["v_animals"]) == ["no", "yes", None, "no", "no"]


def test_constant_values(read: Callable, values: Callable) -> None:
    assert read({"value": "male"}, SEX, A=[1, 2])[0] == ["male", "male"]
    assert read({"value": "not_stated"}, SEX, A=[1, 2])[1].not_stated == 2
    assert read({"value": 40}, HOURS, A=[1])[0] == [40.0]
    several = read_variable("v", Reading(value=("crops", "animals")), FARM, pd.DataFrame({"A": [1]}), {})
    assert [values(column) for column in several.columns.values()] == [["yes"], ["yes"], ["no"]]


def test_a_function_of_the_office_hands_over_codes_or_categories(values: Callable) -> None:
    rows = pd.DataFrame({"A": [1, 2, 3], "B": [0, 0, 1]})

    def sex(raw: pd.DataFrame) -> pd.Series:
        assert list(raw) == ["A", "B"]
        return raw["A"].where(raw["B"] == 0, 9)

    coded = Reading(columns=("A", "B"), codes={1: "male", 2: "female"}, not_stated=(9,))
    assert values(read_variable("v", coded, SEX, rows, {}, sex).columns["v"]) == ["male", "female", "not_stated"]
    plain = Reading(columns=("A", "B"))
    named = read_variable("v", plain, SEX, rows, {}, lambda raw: raw["A"].map({1: "male", 2: "femal"}))
    assert values(named.columns["v"]) == ["male", "not_stated", None]
    assert named.unknown == {"femal": 1}


@pytest.mark.parametrize(
    ("keys", "columns", "made"),
    [
        ({"column": "A"}, {"A": ["007", " 7", "", "a"]}, ["007", "7", None, "a"]),
        ({"column": "A"}, {"A": [7.0, 123456789012.0, NAN]}, ["7", "123456789012", None]),
        ({"column": "A", "characters": [1, 8]}, {"A": ["123456789012345678"]}, ["12345678"]),
        ({"columns": ["A", "B"]}, {"A": [1, 12, 1], "B": [23, 3, None]}, ["1-23", "12-3", None]),
        ({"value": "one"}, {"A": [1]}, ["one"]),
    ],
)
def test_identifiers_stay_text(values: Callable, keys: dict, columns: dict, made: list) -> None:
    answer = identifiers("psu", Reading.model_validate(keys), pd.DataFrame(columns), None)
    assert values(answer.columns["psu"]) == made
    assert not answer.faults


@pytest.mark.parametrize(
    ("column", "fault"),
    [([2.0**53 + 2], "have lost digits"), ([1.5], "with decimals"), ([-(2.0**60)], "have lost digits")],
)
def test_numbers_that_cannot_identify_are_refused(column: list, fault: str) -> None:
    assert fault in identifiers("psu", Reading(column="A"), pd.DataFrame({"A": column}), None).faults[0]


def test_since_replaces_keys_from_its_round_on() -> None:
    order = ["2020H2", "2021H2", "2022H1", "2022H2"]
    entry = Entry.model_validate(
        {
            "column": "A",
            "codes": {1: "male", 2: "female"},
            "not_stated": [9],
            "since": {
                "2021H2": {"column": "B"},
                "2022H1": {"unavailable": "not asked"},
                "2022H2": {"column": "C", "codes": {0: "female", 1: "male"}},
            },
        }
    )
    assert entry.at("2020H2", order) == Reading(column="A", codes={1: "male", 2: "female"}, not_stated=(9,))
    assert entry.at("2021H2", order) == Reading(column="B", codes={1: "male", 2: "female"}, not_stated=(9,))
    assert entry.at("2022H1", order) == Reading(unavailable="not asked")
    assert entry.at("2022H2", order) == Reading(column="C", codes={0: "female", 1: "male"})


def test_codes_of_many_rows_are_looked_up_once(read: Callable) -> None:
    column = np.repeat([1.0, 2.0, NAN], 1000)
    assert read({"column": "A", "codes": {1: "male", 2: "female"}}, SEX, A=column)[0].count("male") == 1000
