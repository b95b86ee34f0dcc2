"""What holds for figures with calibrated weights, their errors included, whatever the sample."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.weight.made_up import controls, margin

from lfs.calibrated import Calibration
from lfs.design import survey_design
from lfs.estimate import Domains, domains, ratio, weighted_total
from lfs.metadata.controls import Controls
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Weighting
from lfs.weight import auxiliaries, calibrate, weight

RULES = {
    "person_linear": CalibrationRule(method="linear", weight_of="person"),
    "household_linear": CalibrationRule(method="linear"),
    "household_raking": CalibrationRule(method="raking"),
    "household_truncated_linear": CalibrationRule(method="truncated_linear", lower=0.6, upper=1.7),
    "household_logit": CalibrationRule(method="logit", lower=0.5, upper=2),
}
rules = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def calibrated(people: pd.DataFrame, population: Controls, rule: CalibrationRule) -> Calibration:
    weights = people["weight"].to_numpy()
    made = auxiliaries(people, population, weights, rule.weight_of)
    base = np.empty(len(made.names))
    base[made.unit] = weights
    return calibrate(made, base, rule)


def cells(people: pd.DataFrame, made: Calibration, by: str | tuple[str, ...] = (), where: str | None = None) -> Domains:
    design = replace(survey_design(people), weight=made.weight_of_persons)
    return domains(people, by, where, design, "centre", made)


def figures(people: pd.DataFrame, population: Controls, rule: CalibrationRule) -> np.ndarray:
    """Values and standard errors of a total and a rate by sex."""
    by_sex = cells(people, calibrated(people, population, rule), "sex")
    total, rate = weighted_total(by_sex, "unemployed"), ratio(by_sex, "unemployed", "labour_force")
    return np.array([total.value, total.se, rate.value, rate.se])[:, :2]


@rules
def test_shuffled_rows_and_other_names_give_the_same(people, population, rule) -> None:
    expected = figures(people, population, rule)
    shuffled = people.sample(frac=1, random_state=5)
    np.testing.assert_allclose(figures(shuffled, population, rule), expected, rtol=1e-12)
    renamed = people.assign(
        psu=people["psu"].map({name: f"z{99 - number}" for number, name in enumerate(people["psu"].unique())}),
        household="x" + people["household"].str[::-1],
        person="y" + people["person"].str[::-1],
    )
    np.testing.assert_allclose(figures(renamed, population, rule), expected, rtol=1e-9)


@rules
def test_persons_or_households_split_into_identical_halves_change_nothing(people, population, rule) -> None:
    """Half the weight twice: value, error and calibrated weights stay. Households with one weight are split whole."""
    twins = people.assign(person=people["person"] + "b", household=people["household"] + "b")
    if rule.weight_of == "person":
        twins["household"] = people["household"]
        # Totals of households count each household once; a person's share in them is halved with the person.
        population = Controls(population.file, population.margins[:3])
    halves = pd.concat([people, twins], ignore_index=True)
    halves["weight"] /= 2
    np.testing.assert_allclose(figures(halves, population, rule), figures(people, population, rule), rtol=1e-9)


@rules
def test_weights_and_totals_a_thousandfold_change_totals_and_nothing_else(people, population, rule) -> None:
    thousandfold = controls(
        *(
            margin(each.name, each.variables, {key: 1000 * total for key, total in each.totals.items()}, each.counts)
            for each in population.margins
        )
    )
    found = figures(people.assign(weight=people["weight"] * 1000), thousandfold, rule)
    expected = figures(people, population, rule) * np.array([1000, 1000, 1, 1])[:, None]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@rules
def test_totals_that_are_controls_have_no_error(people, population, rule) -> None:
    made = calibrated(people, population, rule)
    members = people.groupby("household")["person"].transform("size")
    for each in population.margins:
        measured = people.assign(counted=1 / members if each.counts == "households" else 1.0)
        for categories, total in each.totals.items():
            pairs = zip(each.variables, categories, strict=True)
            inside = np.logical_and.reduce([measured[name] == code for name, code in pairs])
            found = weighted_total(cells(measured.assign(inside=inside), made, where="inside"), "counted")
            assert found.value[0] == pytest.approx(total, rel=1e-9)
            assert found.se[0] == pytest.approx(0, abs=1e-7 * total)


@rules
def test_a_cell_is_the_same_domain_asked_for_alone_and_a_full_domain_the_whole(people, population, rule) -> None:
    people = people.assign(everyone=True, nobody=False, women=people["sex"] == "female")
    made = calibrated(people, population, rule)

    def rate(by: str | tuple[str, ...] = (), where: str | None = None) -> pd.DataFrame:
        return ratio(cells(people, made, by, where), "unemployed", "labour_force").table()

    by_sex, alone = rate("sex").set_index("sex"), rate(where="women").iloc[0]
    full, whole, empty = rate(where="everyone").iloc[0], rate().iloc[0], rate(where="nobody").iloc[0]
    for name in ("value", "se", "lower", "upper", "df", "n", "deff"):
        assert by_sex.loc["female", name] == pytest.approx(alone[name], rel=1e-9), name
        assert full[name] == pytest.approx(whole[name], rel=1e-12), name
    assert (empty["n"], empty["refused"]) == (0, "no_figure")
    assert np.isnan(empty["value"])


def test_persons_not_stated_are_shared_out_the_same_whatever_the_order(people, population) -> None:
    some = people.assign(sex=people["sex"].where(people.index % 7 > 0, "not_stated"))
    rule = Weighting(calibration=CalibrationRule(method="raking", not_stated="share"))
    expected = weight(some, rule, population).people.set_index("person")["weight"]
    shuffled = weight(some.sample(frac=1, random_state=2), rule, population).people.set_index("person")["weight"]
    pd.testing.assert_series_equal(shuffled[expected.index], expected, check_exact=True)


def test_names_of_psus_do_not_decide_how_small_cells_are_joined(people, selected) -> None:
    rule = Weighting(nonresponse=Nonresponse(by="psu", smallest_cell=9))
    names = {name: f"u{99 - number}" for number, name in enumerate(selected["psu"].unique())}
    expected = weight(people, rule, selected=selected).people["weight"]
    renamed = (table.assign(psu=table["psu"].map(names)) for table in (people, selected))
    found = weight(next(renamed), rule, selected=next(renamed)).people["weight"]
    pd.testing.assert_series_equal(found, expected, rtol=1e-12)


BYTES = """
import hashlib
import numpy as np
import pandas as pd
from tests.weight.made_up import controls, margin
from lfs.metadata.weighting import CalibrationRule, Trimming
from lfs.weight import auxiliaries, calibrate, trim_calibrated, trim_limits

random = np.random.default_rng(1)
household = np.repeat(np.arange(2000), random.poisson(3, 2000) + 1)
people = pd.DataFrame({"household": [f"h{each:04d}" for each in household]})
base = random.gamma(8, 30, 2000)
true = (base * random.uniform(0.7, 1.4, 2000))[household]
margins = []
for name, categories in {"area": 40, "age": 60, "camp": 30}.items():
    people[name] = [f"c{each}" for each in random.integers(0, categories, len(people))]
    totals = pd.Series(true).groupby(people[name]).sum()
    margins.append(margin(name, (name,), {(str(key),): float(total) for key, total in totals.items()}))
made = auxiliaries(people, controls(*margins), base[household])
seen = hashlib.sha256()
for rule in (
    CalibrationRule(method="linear"),
    CalibrationRule(method="raking"),
    CalibrationRule(method="truncated_linear", lower=0.6, upper=1.8),
    CalibrationRule(method="logit", lower=0.4, upper=2.5),
):
    found = calibrate(made, base, rule)
    limits = trim_limits(found.weight, np.zeros(2000, dtype=np.intp), Trimming(upper=2.5))
    scores = found.residual_scores(random.random((len(people), 5)), household % 300, 300)
    for each in (found.weight, trim_calibrated(found, limits, rule).weight, scores):
        seen.update(np.ascontiguousarray(each).tobytes())
print(seen.hexdigest())
"""


def test_the_same_bytes_whatever_the_number_of_threads() -> None:
    def run(threads: str) -> str:
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, threads)
        done = subprocess.run(
            [sys.executable, "-c", BYTES], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run("1") == run("2")
