"""`replicates:` of config.yaml: made by the design or delivered, every step of the weighting done on each."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from lfs.design import bootstrap, jackknife, survey_design
from lfs.design.replicate_table import replicates_of
from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.config import Config
from lfs.metadata.sampling import DesignRule, ReplicatesRule
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Weighting
from lfs.weight import replicate_weights
from lfs.weight.replication import replicated

ROOT = Path(__file__).parents[2]
CALIBRATED = Weighting(calibration=CalibrationRule(method="raking", incomplete=("camps",)))
WHOLE = Weighting(
    nonresponse=Nonresponse(by="stratum"), calibration=CalibrationRule(method="raking", incomplete=("camps",))
)


@pytest.fixture(scope="module")
def survey() -> Survey:
    return load_survey(ROOT)


def config_of(survey: Survey, rule: Weighting | None, **declared: object) -> Config:
    return survey.config.model_copy(
        update={"weighting": rule, "replicates": ReplicatesRule(**declared), "lonely_psu": "fail"}
    )


def read_back(people: pd.DataFrame, table: pd.DataFrame, survey: Survey, config: Config) -> list[np.ndarray]:
    found = replicates_of(people, table, replace(survey, config=config))
    return list(found.weights(survey_design(people)))


def test_each_replicate_goes_through_all_steps_and_comes_back_whole(people, selected, population, survey):
    config = config_of(survey, WHOLE, method="bootstrap", count=5, seed=3)
    table = replicated(people, pd.DataFrame(), WHOLE, config, population, selected)
    design = survey_design(selected.assign(weight=1.0))
    factors = np.column_stack(list(bootstrap(design, 5, 3).weights(design)))
    expected = replicate_weights(people, factors, WHOLE, population, selected)
    for number, weight in enumerate(read_back(people, table, survey, config)):
        np.testing.assert_array_equal(weight, expected[:, number])
    coefficients = table.loc[table["unit"] == ""].drop(columns="unit").to_numpy(dtype=float)
    assert coefficients.tolist() == [[1 / 5] * 5]
    margin = population.margins[0]
    for weight in read_back(people, table, survey, config):
        sums = pd.Series(weight).groupby([people["region"], people["sex"]]).sum()
        assert sums.to_dict() == pytest.approx(dict(margin.totals), rel=1e-9)


def test_a_table_knows_what_each_replicate_counts(people, population, survey):
    config = config_of(survey, CALIBRATED, method="jackknife")
    table = replicated(people, pd.DataFrame(), CALIBRATED, config, population, None)
    design = survey_design(people)
    found = replicates_of(people, table, replace(survey, config=config))
    np.testing.assert_allclose(found.scale * found.rscales, jackknife(design).rscales)
    assert found.count == len(design.stratum)


def test_a_persons_unit_without_replicates_is_refused(people, population, survey):
    config = config_of(survey, CALIBRATED, method="bootstrap", count=2)
    table = replicated(people, pd.DataFrame(), CALIBRATED, config, population, None)
    with pytest.raises(SurveyError, match=r"replicate weights: .* persons have none; run the step weight again"):
        replicates_of(people, table.drop(index=3), replace(survey, config=config))


def test_delivered_replicates_are_taken_as_they_are_without_a_calibration(people, survey):
    rule = Weighting(base="delivered")
    config = config_of(survey, rule, method="delivered", count=3, scale=0.25, rscales=(1, 2, 3))
    random = np.random.default_rng(5)
    delivered = pd.DataFrame(
        {f"replicate_{n}": people["weight"] * random.uniform(0, 2, len(people)) for n in (1, 2, 3)}
    )
    table = replicated(people, delivered, rule, config, None, None)
    for number, weight in enumerate(read_back(people, table, survey, config), 1):
        np.testing.assert_allclose(weight, delivered[f"replicate_{number}"])
    assert table.iloc[0, 1:].tolist() == [0.25, 0.5, 0.75]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="replicate_3"), "2 replicate weights where config.yaml declares 3"),
        (lambda table: table.assign(replicate_2=np.nan), "persons lack replicate weights, or have negative ones"),
        (lambda table: -table, "persons lack replicate weights, or have negative ones"),
    ],
)
def test_delivered_replicates_that_do_not_fit_are_refused(people, survey, change, said):
    rule = Weighting(base="delivered")
    config = config_of(survey, rule, method="delivered", count=3, scale=1)
    delivered = pd.DataFrame({f"replicate_{number}": people["weight"] for number in (1, 2, 3)})
    with pytest.raises(SurveyError, match=said):
        replicated(people, change(delivered), rule, config, None, None)


def test_delivered_replicates_that_differ_in_a_household_of_one_weight_are_refused(people, population, survey):
    rule = Weighting(base="delivered", calibration=CalibrationRule(method="raking", incomplete=("camps",)))
    config = config_of(survey, rule, method="delivered", count=2, scale=1)
    delivered = pd.DataFrame({f"replicate_{number}": people["weight"] * number for number in (1, 2)})
    replicated(people, delivered, rule, config, population, None)
    delivered.loc[0, "replicate_2"] *= 1.5
    with pytest.raises(SurveyError, match="persons of 1 households carry different replicate weights"):
        replicated(people, delivered, rule, config, population, None)


def test_a_stratum_of_one_psu_is_joined_before_it_is_replicated(people, survey):
    alone = people[~people["psu"].isin(["u01", "u02", "u03", "u04"])]
    rule = Weighting()
    config = config_of(survey, rule, method="jackknife")
    with pytest.raises(SurveyError, match="1 strata hold one PSU only, which no replicate can show"):
        replicated(alone, pd.DataFrame(), rule, config, None, None)
    joined = config.model_copy(update={"lonely_psu": "collapse", "design": DesignRule(neighbours={"s0": "s1"})})
    table = replicated(alone, pd.DataFrame(), rule, joined, None, None)
    assert table.shape[1] == 1 + alone["psu"].nunique()


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"method": "delivered", "count": 3}, "delivered replicates need count and scale"),
        ({"method": "jackknife", "count": 3}, "makes as many replicates as the design asks for"),
        ({"method": "bootstrap", "scale": 1}, "those made here know theirs"),
        ({"method": "bootstrap", "fay": 0.3}, "fay is of balanced replicates"),
        ({"method": "delivered", "count": 3, "scale": 1, "rscales": (1, 1)}, "2 rscales for 3 replicates"),
    ],
)
def test_declarations_that_contradict_themselves_are_refused(declared, said):
    with pytest.raises(ValidationError, match=said):
        ReplicatesRule(**declared)


def test_delivered_replicates_and_nonresponse_exclude_each_other(survey):
    settings = survey.config.model_dump(by_alias=True) | {
        "weighting": WHOLE.model_dump(by_alias=True),
        "replicates": {"method": "delivered", "count": 2, "scale": 1},
    }
    with pytest.raises(ValidationError, match="have made up for non-response already"):
        Config.model_validate(settings)


def test_more_weights_than_memory_holds_are_refused(people, population, survey, monkeypatch):
    monkeypatch.setattr("lfs.weight.replication.MOST_BYTES", 2**20)
    config = config_of(survey, CALIBRATED, method="bootstrap", count=1000)
    with pytest.raises(SurveyError, match=r"makes 1000 replicates of [0-9]+ weights, more than 0 GiB; declare method"):
        replicated(people, pd.DataFrame(), CALIBRATED, config, population, None)
