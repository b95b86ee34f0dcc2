"""The selected households of a round: answered or not, each once, with what is known of all of them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from tests.harmonise.small import GOVERNORATE, RESULT, problems_of

from lfs.harmonise import harmonise

HEADER = "STR,PSU,HH,LN,W,P1,P2,SEX,AGE,GOV,RES\n"
DESIGN = RESULT | {"probability_psu": "{column: P1}", "probability_household": "{column: P2}"}
WEIGHTING = "weighting: {nonresponse: {by: [governorate]}}\n"


def declare(folder: Any) -> None:
    config = folder.path / "config/config.yaml"
    config.write_text(config.read_text() + WEIGHTING)
    folder.office(design=DESIGN, variables={"governorate": GOVERNORATE})


def test_every_selected_household_stands_once_with_its_result(folder: Any, values: Callable) -> None:
    declare(folder)
    folder.deliver(
        HEADER
        + "1,11,1,1,10,0.5,0.2,1,40,1,1\n1,11,1,2,10,0.5,0.2,2,30,1,1\n"
        + "1,11,2,,,0.5,0.2,,,1,2\n1,12,1,,,0.25,0.1,,,2,3\n"
    )
    _, selected, _ = harmonise(folder.survey(), "2021H2")
    assert values(selected["household"]) == ["cso:11:1", "cso:11:2", "cso:12:1"]
    assert values(selected["result"]) == ["complete", "refused", "absent"]
    assert values(selected["stratum"]) == ["cso:1"] * 3
    assert values(selected["psu"]) == ["cso:11", "cso:11", "cso:12"]
    assert values(selected["probability_psu"]) == [0.5, 0.5, 0.25]
    assert values(selected["weight"]) == [10, None, None]
    assert values(selected["governorate"]) == ["baghdad", "baghdad", "basrah"]


def test_a_household_that_answered_in_part_has_answered(folder: Any, values: Callable) -> None:
    declare(folder)
    folder.deliver(HEADER + "1,11,1,1,10,0.5,0.2,1,40,1,1\n1,11,1,2,,0.5,0.2,,,1,2\n1,11,2,1,,0.5,0.2,,,1,3\n")
    _, selected, _ = harmonise(folder.survey(), "2021H2")
    assert values(selected["household"]) == ["cso:11:1", "cso:11:2"]
    assert values(selected["result"]) == ["complete", "absent"]


def test_an_office_without_results_has_its_complete_interviews(folder: Any, values: Callable) -> None:
    folder.office()
    folder.deliver()
    answers, selected, _ = harmonise(folder.survey(), "2021H2")
    assert values(selected["household"]) == list(dict.fromkeys(answers["household"]))
    assert set(selected["result"]) == {"complete"}


def test_offices_of_a_round_stand_below_each_other_whatever_each_delivers(folder: Any, values: Callable) -> None:
    declare(folder)
    folder.office("krso", variables={"governorate": GOVERNORATE})
    folder.deliver(HEADER + "1,11,1,1,10,0.5,0.2,1,40,1,1\n1,11,2,,,0.5,0.2,,,1,2\n")
    folder.deliver("STR,PSU,HH,LN,W,SEX,AGE,GOV\n1,11,1,1,10,1,40,3\n", "krso.csv", office="krso")
    _, selected, _ = harmonise(folder.survey(), "2021H2")
    assert values(selected["office"]) == ["cso", "cso", "krso"]
    assert values(selected["probability_psu"]) == [0.5, 0.5, None]
    assert isinstance(selected["governorate"].dtype, pd.StringDtype)


def test_a_wrong_code_of_a_household_that_did_not_answer_stops_the_run(folder: Any) -> None:
    declare(folder)
    folder.deliver(HEADER + "1,11,1,1,10,0.5,0.2,1,40,1,1\n1,11,2,,,0.5,0.2,,,7,2\n")
    (problem,) = problems_of(folder)
    assert problem.startswith("cso 2021H2, variable 'governorate': code 7 (1 row")


def test_a_household_without_an_identifier_stops_the_run(folder: Any) -> None:
    declare(folder)
    folder.deliver(HEADER + "1,11,1,1,10,0.5,0.2,1,40,1,1\n1,,2,,,0.5,0.2,,,1,2\n")
    (problem,) = problems_of(folder)
    assert problem.startswith("cso 2021H2, variable 'psu'")
