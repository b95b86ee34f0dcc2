"""Totals of all breakdowns from a few of them, against the totals of each made from the people; sums in any order."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from lfs.design import survey_design
from lfs.estimate.cells import CodedVariable, code_variable, cross
from lfs.estimate.measures import Estimand, Measures, measures, patterns
from lfs.estimate.roots import groupings, totals_of_all
from lfs.estimate.totals import Sample, domain_totals, sample, stacked
from lfs.exact import exact
from lfs.metadata import Survey

ESTIMANDS = [
    Estimand("", "", "ratio", "unemployed", "labour_force"),
    Estimand("", "", "total", "employed", universe="working_age"),
]


def prepared(people: pd.DataFrame, survey: Survey) -> tuple[Sample, dict[str, CodedVariable], Measures, int]:
    design = survey_design(people)
    found = patterns(people, {name for each in ESTIMANDS for name in each.columns()})
    needed = measures(ESTIMANDS, found)
    chosen = sample(design, found, needed)
    coded = {
        name: code_variable(people[name], survey.variables[name].codes()).of(chosen.rows)
        for name in survey.breakdown_variables
    }
    return chosen, coded, needed, design.units


@pytest.fixture(scope="module")
def incomplete(people: pd.DataFrame) -> pd.DataFrame:
    """Some persons outside a variable, some who did not state it, some with a weight of zero."""
    random = np.random.default_rng(3)
    weight = people["weight"].mask(random.random(len(people)) < 0.05, 0.0)
    sex = people["sex"].mask(random.random(len(people)) < 0.1).mask(random.random(len(people)) < 0.1, "not_stated")
    education = people["education"].mask(random.random(len(people)) < 0.1)
    return people.assign(weight=weight, sex=sex, education=education)


@pytest.mark.parametrize("which", ["people", "incomplete"])
def test_totals_are_those_of_each_breakdown_alone(which: str, survey: Survey, request: pytest.FixtureRequest) -> None:
    """Catches: persons lost on the way through a breakdown that they are outside of, cells or units mixed up."""
    chosen, coded, needed, units = prepared(request.getfixturevalue(which), survey)
    told = groupings(coded, chosen.psu, units)
    found = totals_of_all(chosen, coded, survey.breakdowns, needed, units, told)
    assert list(found) == list(survey.breakdowns)
    for name, variables in survey.breakdowns.items():
        cells = cross([coded[each] for each in variables], len(chosen.rows))
        alone = domain_totals(chosen, cells, needed, units)
        for field in ("cell", "psu", "n"):
            np.testing.assert_array_equal(getattr(found[name], field), getattr(alone, field), err_msg=name)
        np.testing.assert_allclose(found[name].total, alone.total, rtol=1e-13, err_msg=name)


def test_the_data_show_what_is_a_grouping_of_what(people: pd.DataFrame, survey: Survey) -> None:
    chosen, coded, _, units = prepared(people, survey)
    told = groupings(coded, chosen.psu, units)
    assert set(told.of_unit) == {"governorate", "region", "urban_rural"}
    assert set(told.of["age_10"]) == {"age_5"}
    # Whoever is older than the last school age, or than youths, is in no category of it, and of 25 or more years.
    assert set(told.of["age_youth"]) == {"age_5", "age_10", "age_ilo", "school_age", "age_youth_groups"}
    assert told.by(["sex", "age_5"], ["age_10", "governorate"])
    assert not told.by(["sex", "age_5"], ["age_10", "governorate"], with_units=False)
    # One person who does not follow undoes it, wherever he stands.
    code = coded["age_youth"].code.copy()
    code[-1] = 1 - code[-1]
    other = coded | {"age_youth": CodedVariable("age_youth", coded["age_youth"].categories, code)}
    assert not groupings(other, chosen.psu, units).of["age_youth"]


def test_breakdowns_side_by_side_are_the_same_cells(people: pd.DataFrame, survey: Survey) -> None:
    chosen, coded, needed, units = prepared(people, survey)
    found = totals_of_all(chosen, coded, survey.breakdowns, needed, units, groupings(coded, chosen.psu, units)).values()
    for pairs in (1, 300, 10**6):
        groups = list(stacked(list(found), pairs))
        np.testing.assert_array_equal(
            np.concatenate([group.total for group in groups], axis=1),
            np.concatenate([each.total for each in found], axis=1),
        )
        assert sum(group.n.shape[1] for group in groups) == sum(each.n.shape[1] for each in found)
        assert all((np.diff(group.cell) >= 0).all() for group in groups)


def test_sums_are_exact_but_for_one_rounding_in_whatever_order() -> None:
    random = np.random.default_rng(5)
    weight = random.gamma(0.3, 1000, 20_000) + 10.0 ** random.integers(-6, 6, 20_000)
    code = random.integers(0, 3, len(weight))
    sums = exact(weight).by(code, 4)
    order = random.permutation(len(weight))
    np.testing.assert_array_equal(exact(weight[order]).by(code[order], 4), sums)
    assert exact(weight[order]).total() == exact(weight).total()
    for number in range(3):
        assert sums[number] == float(sum(map(Fraction, weight[code == number])))
    assert sums[3] == 0
    assert exact(np.zeros(3)).total() == 0
