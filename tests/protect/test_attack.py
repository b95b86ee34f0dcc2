"""An attacker who shares no code with the protection.

Every published figure is a sum over the smallest kinds of people there can be; a suppressed one is given away when its
own sum is a combination of the published ones.
"""

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lfs.protect import protect
from lfs.protect.cells import Equation
from lfs.protect.solve import determined

BREAKDOWNS = ["total", "sex", "displacement", "age_10", "age_youth", "age_ilo", "sex_x_age_10", "sex_x_displacement"]
INDICATORS = ["working_age_population", "labour_force", "employed", "unemployed", "outside_labour_force"]
RATES = ["participation_rate", "employment_to_population_ratio", "unemployment_rate"]


def country(seed: int, size: int) -> list[tuple[dict[str, str], int, int, int]]:
    """Lines of people by sex, age and displacement; small counts are common."""
    rng = np.random.default_rng(seed)
    youth = {"15-24": "15-24"}
    ilo = {"25-34": "25-54", "35-44": "25-54", "45-54": "25-54"}
    lines = []
    for sex in ("male", "female"):
        for age in ("15-24", "25-34", "35-44", "45-54", "55-64", "65+"):
            for displacement in ("refugee", "idp_out_of_camp", "returnee", "not_displaced"):
                where = {"sex": sex, "age_10": age, "age_youth": youth.get(age, "25+"), "age_ilo": ilo.get(age, age)}
                share = size * {"not_displaced": 6, "returnee": 2}.get(displacement, 1)
                counts = rng.poisson([share * 0.5, share * 0.06, share * 0.5])
                lines.append((where | {"displacement": displacement}, *(int(count) for count in counts)))
    return lines


def functionals(frame: pd.DataFrame, people: pd.DataFrame, survey) -> dict[int, list[np.ndarray]]:
    """For each row its numerator, and its denominator or universe, as sums over kinds of people."""
    names = ["sex", "age_10", "age_youth", "age_ilo", "displacement", "status"]
    ages = people[["age_10", "age_youth", "age_ilo"]].drop_duplicates()
    others = [people[[name]].drop_duplicates() for name in ("sex", "displacement", "status")]
    atoms = ages.merge(others[0], how="cross").merge(others[1], how="cross").merge(others[2], how="cross")
    concept = {
        "working_age": np.ones(len(atoms), bool),
        "labour_force": (atoms["status"] != "outside_labour_force").to_numpy(),
        **{name: (atoms["status"] == name).to_numpy() for name in ("employed", "unemployed", "outside_labour_force")},
    }
    found = {}
    columns = {name: atoms[name].to_numpy() for name in names}
    for index, cell in frame.to_dict("index").items():
        declared = survey.indicators[cell["indicator"]]
        inside = np.ones(len(atoms), bool)
        for name in survey.breakdowns[cell["breakdown"]]:
            inside &= columns[name] == cell[name]
        used = (declared.numerator, declared.denominator or declared.universe)
        found[index] = [(concept[name] & inside).astype(float) for name in used]
    return found


def row_space(known: list[np.ndarray]) -> np.ndarray:
    """An orthonormal basis of all combinations of the known sums."""
    distinct = np.unique(np.array(known), axis=0)
    _, singular, basis = np.linalg.svd(distinct, full_matrices=False)
    return basis[singular > 1e-9 * singular[0]]


def given_away(target: np.ndarray, space: np.ndarray) -> bool:
    """Whether the target is a combination of the known sums."""
    return bool(np.abs(target - space.T @ (space @ target)).max() < 1e-6)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), size=st.sampled_from([8, 12, 25]))
def test_no_suppressed_total_is_a_combination_of_published_figures(
    survey_of, people_from, estimate_by_hand, no_quality, seed, size
):
    survey = survey_of(BREAKDOWNS, [*INDICATORS, *RATES])
    people = people_from(country(seed, size))
    published, quality = protect(estimate_by_hand(survey, people), no_quality, survey)
    assert quality.set_index("topic").loc["audit_solvable", "value"] == 0
    sums = functionals(published, people, survey)
    empty = published["flag"] == "no_cases"
    shown = published.index[(published["status"] != "suppressed") | empty]
    known = row_space([item for row in shown for item in sums[row]])
    # Where the sample has nobody in a labour force, it has nobody unemployed in it: no secret, since it is said.
    nobody = row_space([item for row in published.index[empty] for item in sums[row]]) if empty.any() else known[:0]
    totals = published["indicator"].isin(INDICATORS)
    for row in published.index[(published["status"] == "suppressed") & ~empty & totals]:
        if given_away(sums[row][0], nobody):
            continue
        assert not given_away(sums[row][0], known), published.loc[row, ["indicator", "breakdown"]].tolist()


def test_the_attacker_finds_what_unprotected_tables_give_away(survey_of, people_from, estimate_by_hand):
    """Suppressing by the rule alone is not enough, and the attacker above would see it."""
    survey = survey_of(BREAKDOWNS, [*INDICATORS, *RATES])
    people = people_from(country(3, 12))
    frame = estimate_by_hand(survey, people)
    small = (frame["n_cases"] < 5) | (frame["n"] < 10)
    sums = functionals(frame, people, survey)
    known = row_space([item for row in frame.index[~small] for item in sums[row]])
    totals = frame["indicator"].isin(INDICATORS) & (frame["n"] > 0)
    assert any(given_away(sums[row][0], known) for row in frame.index[small & totals])


def test_cells_determined_only_by_a_combination_are_found():
    """Two unknowns in each of three sums, yet all determined: a+b, b+c, a+c."""
    a, b, c = (("unemployed", frozenset({("x", frozenset({letter}))})) for letter in "abc")
    sums = [Equation(frozenset(pair), frozenset()) for pair in ((a, b), (b, c), (a, c))]
    assert determined(sums, {a, b, c}, {a, b, c}) == {a, b, c}
    assert determined(sums[:2], {a, b, c}, {a, b, c}) == frozenset()
    assert determined(sums[:2], {a, b}, {a, b, c}) == {a, b}


def test_a_small_cell_is_guarded_though_it_follows_from_cells_that_are_not(
    survey_of, people_from, estimate_by_hand, no_quality
):
    """Two unemployed among 612 returnees may be worked out; that both are among the twelve men of them may not."""
    many = [
        ({"sex": sex, "displacement": displacement}, 300, 60, 300)
        for sex in ("male", "female")
        for displacement in ("refugee", "idp_out_of_camp", "idp_in_camp", "not_displaced")
    ]
    returnees = [
        ({"sex": "male", "displacement": "returnee"}, 5, 2, 5),
        ({"sex": "female", "displacement": "returnee"}, 300, 0, 300),
    ]
    survey = survey_of(["total", "sex", "displacement", "sex_x_displacement"], ["working_age_population", "unemployed"])
    ages = {"age_10": "25-34", "age_youth": "25+", "age_ilo": "25-54"}
    people = people_from([(ages | where, *counts) for where, *counts in (*many, *returnees)])
    published, _ = protect(estimate_by_hand(survey, people), no_quality, survey)
    sums = functionals(published, people, survey)
    known = row_space([item for row in published.index[published["status"] != "suppressed"] for item in sums[row]])
    unemployed = published[(published["indicator"] == "unemployed") & (published["displacement"] == "returnee")]
    (men,) = unemployed.index[unemployed["sex"] == "male"]
    assert not given_away(sums[men][0], known)
    (all_of_them,) = unemployed.index[unemployed["breakdown"] == "displacement"]
    assert published.loc[all_of_them, "status"] == "suppressed"
