"""What replicates promise by themselves; R's numbers are in test_golden_earners.py."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.reference.earners import earners, halves

from lfs.design import (
    Design,
    Replicates,
    balanced,
    bootstrap,
    delivered,
    jackknife,
    open_certainty_psus,
    successive_differences,
    survey_design,
    with_stages,
)
from lfs.design.hadamard import hadamard
from lfs.design.replicates import Matrix
from lfs.estimate import domains, gini, mean, replicate_covariance, replicate_figures, replicate_se, weighted_total
from lfs.estimate.cells import categories_of, code_variable, cross
from lfs.estimate.measures import Estimand, measures, patterns
from lfs.estimate.totals import sample
from lfs.metadata import SurveyError

PAIRS = halves().assign(psu=halves()["half"])
SEVERAL = halves()
MAKE: dict[str, Callable[[Design], Replicates]] = {
    "jackknife": jackknife,
    "balanced": balanced,
    "fay": lambda design: balanced(design, fay=0.5),
    "bootstrap": lambda design: bootstrap(design, replicates=40),
    "successive": successive_differences,
}
EXACT = ("jackknife", "balanced", "fay", "successive")


def fractions(people: pd.DataFrame) -> Design:
    return with_stages(survey_design(people), people, ["fraction1"])


@pytest.mark.parametrize("order", [1, 2, 4, 12, 20, 28, 36, 92, 116, 200])
def test_rows_of_a_hadamard_matrix_are_at_right_angles(order: int) -> None:
    signs = hadamard(order).astype(int)
    size = len(signs)
    assert order <= size <= order + 11
    np.testing.assert_array_equal(signs @ signs.T, size * np.eye(size))
    np.testing.assert_array_equal(signs[0], 1)


@pytest.mark.parametrize("method", EXACT)
def test_replicate_weights_average_to_the_weight(method: str) -> None:
    np.testing.assert_allclose(MAKE[method](survey_design(PAIRS)).factors.mean(axis=1), 1, atol=1e-14)


@pytest.mark.parametrize("method", ["jackknife", "successive"])
def test_weights_average_in_strata_of_any_size_and_where_few_psus_are_left(method: str) -> None:
    for design in (survey_design(SEVERAL), fractions(SEVERAL)):
        assert len(np.unique(design.psus_in_stratum)) > 1
        np.testing.assert_allclose(MAKE[method](design).factors.mean(axis=1), 1, atol=1e-14)


@pytest.mark.parametrize("method", MAKE)
def test_every_replicate_keeps_the_sum_of_the_factors_of_a_stratum(method: str) -> None:
    """What one PSU loses the others gain; so the bootstrap's weights are right in expectation, PSUs being alike."""
    people = PAIRS if method in ("balanced", "fay") else SEVERAL
    for design in (survey_design(people), fractions(people.assign(fraction1=0.4))):
        sums = np.zeros((len(design.stratum_names), MAKE[method](design).count))
        np.add.at(sums, design.stratum, MAKE[method](design).factors)
        np.testing.assert_allclose(sums, np.repeat(design.psus_in_stratum[:, None], sums.shape[1], axis=1))


def test_the_bootstrap_treats_the_psus_of_a_stratum_alike() -> None:
    """Over 20,000 replicates a factor of variance 1 is on average within 5 standard deviations of 1."""
    factors = bootstrap(survey_design(SEVERAL), 20_000, seed=5).factors
    np.testing.assert_allclose(factors.mean(axis=1), 1, atol=5 / np.sqrt(20_000))
    np.testing.assert_allclose(factors.var(axis=1), 1, rtol=0.1)


@pytest.mark.parametrize("method", EXACT)
def test_the_variance_of_a_total_is_that_of_linearisation(method: str) -> None:
    """Of two PSUs a stratum all of them; catches scale, rscales and factors that do not fit each other."""
    within = domains(PAIRS, "sex", design=survey_design(PAIRS))
    replicates = MAKE[method](within.design)
    _, se = replicate_se(lambda each: weighted_total(each, "pay"), within, replicates)
    np.testing.assert_allclose(se[:2], weighted_total(within, "pay").se[:2], rtol=1e-12)


def test_the_jackknife_of_a_total_holds_the_finite_population_correction() -> None:
    within = domains(SEVERAL, "sex", design=fractions(SEVERAL))
    _, se = replicate_se(lambda each: weighted_total(each, "pay"), within, jackknife(within.design))
    np.testing.assert_allclose(se[:2], weighted_total(within, "pay").se[:2], rtol=1e-12)


@pytest.mark.parametrize("design", [survey_design(SEVERAL), fractions(SEVERAL)], ids=["replacement", "fractions"])
def test_the_bootstrap_gives_linearisation_in_expectation(design: Design) -> None:
    """4,000 replicates: a variance is then within about 7% (three standard deviations, sqrt(2 / 4000) each)."""
    replicates = bootstrap(design, 4000, seed=3)
    np.testing.assert_allclose(replicates.factors.mean(axis=1), 1, atol=0.1)
    within = domains(SEVERAL, "sex", design=design)
    linear = weighted_total(within, "pay")
    totals = np.array([each.score.sum(axis=1) for each in [linear]])[0]
    made = linear.score @ replicates.factors
    found = np.square(made - totals[:, None]).mean(axis=1)[:2]
    np.testing.assert_allclose(found, np.square(linear.se[:2]), rtol=0.07)


@pytest.mark.parametrize("method", MAKE)
def test_a_stratum_taken_whole_keeps_its_weight_in_every_replicate(method: str) -> None:
    people = PAIRS if method in ("balanced", "fay") else SEVERAL
    whole = people.assign(fraction1=np.where(people["stratum"] == "s0", 1.0, 0.5))
    design = fractions(whole)
    factor = MAKE[method](design).factors
    certain = design.stratum_names[design.stratum] == "s0"
    assert (factor[certain] == 1).all()
    assert (factor[~certain] != 1).any(axis=1).all()


@pytest.mark.parametrize("method", ["jackknife", "bootstrap", "successive"])
def test_an_opened_certainty_psu_varies_by_its_households(method: str) -> None:
    """Its own PSU is never left out or drawn twice as a whole; the variance is that of linearisation, as designed."""
    sure = SEVERAL.assign(
        sure=SEVERAL["psu"] == SEVERAL["psu"].iloc[0], unit=[f"h{n // 2}" for n in range(len(SEVERAL))]
    )
    within = domains(open_certainty_psus(sure, "sure", unit="unit"))
    design = within.design
    opened = np.array([str(name).startswith("certainty|") for name in design.stratum_names])[design.stratum]
    assert opened.sum() > 2
    make = (lambda design: bootstrap(design, 4000)) if method == "bootstrap" else MAKE[method]
    factors = make(design).factors
    np.testing.assert_allclose(factors[opened].mean(axis=0), 1, atol=1e-12)
    assert (factors[opened].std(axis=0) > 0).any()
    if method != "successive":
        _, se = replicate_se(lambda each: weighted_total(each, "pay"), within, make(design))
        np.testing.assert_allclose(se, weighted_total(within, "pay").se, rtol=0.05 if method == "bootstrap" else 1e-12)


def test_successive_differences_are_half_the_squares_around_the_circle() -> None:
    people = pd.DataFrame({"psu": list("abcde"), "weight": [1.0] * 5, "pay": [3.0, 8.0, 4.0, 9.0, 1.0]})
    design = survey_design(people)
    within = domains(people, design=design)
    _, se = replicate_se(lambda each: weighted_total(each, "pay"), within, successive_differences(design))
    assert se[0] ** 2 == pytest.approx((25 + 16 + 25 + 64 + 4) / 2)
    # In the order of selection e d c b a the circle is the same one; in a c e b d it is another.
    turned = successive_differences(design, order=np.array([0, 3, 1, 4, 2]))
    _, se = replicate_se(lambda each: weighted_total(each, "pay"), within, turned)
    assert se[0] ** 2 == pytest.approx((1 + 9 + 49 + 1 + 36) / 2)


@pytest.mark.parametrize("which", ["replacement", "fractions", "one stratum whole", "two stages"])
def test_all_cells_at_once_are_the_cells_one_by_one(which: str) -> None:
    """Replicates on the totals of PSUs are those on persons; delivered weights too; a cell that one PSU alone holds."""
    rare = SEVERAL["psu"] == SEVERAL["psu"].iloc[-1]
    people = SEVERAL.assign(
        earner=SEVERAL["employed"].astype("boolean"),
        everyone=True,
        kind=SEVERAL["sex"].mask(rare, "rare"),
        whole=np.where(SEVERAL["stratum"] == "s0", 1.0, 0.5),
        unit=[f"h{number // 2}" for number in range(len(SEVERAL))],
        inside=0.5,
    )
    design = {
        "replacement": lambda: survey_design(people),
        "fractions": lambda: fractions(people),
        "one stratum whole": lambda: with_stages(survey_design(people), people, ["whole"]),
        "two stages": lambda: with_stages(survey_design(people), people, ["whole", "inside"], ["unit"]),
    }[which]()
    columns = [name for name in people if name.startswith("replicate")]
    found = patterns(people, {"earner", "everyone"})
    needed = measures(
        [Estimand("", "rate", "ratio", "earner", "everyone"), Estimand("", "n", "total", "earner")], found
    )
    chosen = sample(design, found, needed)
    cells = cross([code_variable(people["kind"], categories_of(people["kind"])).of(chosen.rows)], len(chosen.rows))
    made = [jackknife(design), bootstrap(design, 120), successive_differences(design)]
    for replicates in (*made, delivered(people, columns, 4 / len(columns))):
        value, se = replicate_figures(chosen, cells, needed, design, replicates)
        within = domains(people, "kind", design=design)
        for row, kind in enumerate((mean, weighted_total)):
            expected = replicate_se(lambda each, kind=kind: kind(each, "earner"), within, replicates)
            # A replicate that leaves nobody in a cell has a total of zero there, and for `domains` none.
            some = slice(0, 3 if kind is mean else 2)
            np.testing.assert_allclose(value[row, some], expected[0][some], rtol=1e-12)
            np.testing.assert_allclose(se[row, some], expected[1][some], rtol=1e-10, err_msg=replicates.method)
        if replicates.factor is not None:
            table = replace(replicates, factor=Matrix(replicates.factors.T))
            again = replicate_figures(chosen, cells, needed, design, table)
            np.testing.assert_allclose(se, again[1], rtol=1e-10)
    assert np.isfinite(replicate_figures(chosen, cells, needed, design, jackknife(design))[1][1, :3]).all()


def test_the_covariance_of_any_statistic_is_that_of_its_parts() -> None:
    design = survey_design(SEVERAL)
    pay = SEVERAL["pay"].fillna(0).to_numpy()
    statistic = lambda weight: np.array([weight @ pay, weight @ (pay > 0), weight @ pay + weight @ (pay > 0)])  # noqa: E731
    value, covariance = replicate_covariance(statistic, design, jackknife(design))
    assert value[2] == pytest.approx(value[0] + value[1])
    assert covariance[2, 2] == pytest.approx(covariance[:2, :2].sum())


def test_linearised_and_jackknifed_gini_agree() -> None:
    within = domains(SEVERAL, design=survey_design(SEVERAL))
    linear = gini(within, "pay")
    _, se = replicate_se(lambda each: gini(each, "pay"), within, jackknife(within.design))
    assert linear.se[0] == pytest.approx(se[0], rel=0.05)


def test_shuffled_rows_give_the_same_replicates() -> None:
    shuffled = SEVERAL.sample(frac=1, random_state=2)
    for make in (bootstrap, jackknife, successive_differences):
        np.testing.assert_array_equal(make(survey_design(shuffled)).factors, make(survey_design(SEVERAL)).factors)


def test_what_no_replicate_can_show_is_refused() -> None:
    single = survey_design(earners())
    for make in (bootstrap, jackknife, successive_differences):
        with pytest.raises(SurveyError, match="1 strata hold one PSU only"):
            make(single)
    with pytest.raises(SurveyError, match="two PSUs in every stratum; 7 strata"):
        balanced(survey_design(SEVERAL[SEVERAL["stratum"] != "s0"]))
    with pytest.raises(SurveyError, match="fay is 1"):
        balanced(survey_design(PAIRS), fay=1)


def test_delivered_weights_that_do_not_fit_are_refused() -> None:
    columns = [name for name in SEVERAL if name.startswith("replicate")]
    for problem, arguments in {
        "12 columns of replicate weights; 200 are declared": {"count": 200},
        "3 rscales for 12 columns": {"rscales": [1, 1, 1]},
        "scale 0 must be above zero": {"scale": 0},
        "there is no column replicate99": {"columns": [*columns, "replicate99"]},
        "1 columns of replicate weights are too few": {"columns": columns[:1]},
    }.items():
        with pytest.raises(SurveyError, match=problem):
            delivered(SEVERAL, **({"columns": columns, "scale": 1.0} | arguments))
    with pytest.raises(SurveyError, match="missing or infinite values in replicate03"):
        delivered(SEVERAL.assign(replicate03=np.nan), columns, 1.0)
