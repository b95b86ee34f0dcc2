"""The study of coverage counts what it says it counts: literal tables, and a few small samples done again by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.coverage_page import markdown
from benchmarks.coverage_report import make_tables
from benchmarks.coverage_run import MEDIANS, Results, each_sample, marked_anew, medians, run, shortened
from benchmarks.coverage_samples import Country, draw, prepare, weighted
from benchmarks.coverage_tables import Study, coverage, each_rate, study
from scipy import stats

from lfs.estimate import domains, quantile
from lfs.estimate.flags import FLAGS
from lfs.estimate.interval import METHODS
from lfs.metadata import load_survey
from lfs.metadata.controls import Controls

SAMPLES = 4


@pytest.fixture(scope="module")
def country() -> Country:
    """800 households a sample, so few that they are calibrated to governorate and settlement only, by raking."""
    survey = load_survey(Path(__file__).parents[1])
    made = prepare(survey, households=800)
    assert made.rule.calibration is not None
    raking = made.rule.calibration.model_copy(
        update={"method": "raking", "lower": None, "upper": None, "incomplete": ()}
    )
    places = tuple(margin for margin in made.controls.margins if margin.variables == ("governorate", "urban_rural"))
    return replace(
        made, rule=made.rule.model_copy(update={"calibration": raking}), controls=Controls(made.controls.file, places)
    )


@pytest.fixture(scope="module")
def results(country: Country) -> Results:
    return run(country, SAMPLES, processes=1)


def figure(results: Results, indicator: str, breakdown: str = "total", **categories: str) -> int:
    rows = results.rows
    chosen = (rows["indicator"] == indicator) & (rows["breakdown"] == breakdown)
    for name, category in categories.items():
        chosen &= rows[name] == category
    (position,) = np.flatnonzero(chosen)
    return int(position)


def literal(value: list[float], se: float, truth: float, flag: str = "") -> Results:
    """One rate by normal limits value -+ 2 se, a sample each."""
    centre = np.array(value)[:, None]
    rows = {"measure": ["rate"], "indicator": ["unemployment_rate"], "breakdown": ["total"], "governorate": ["total"]}
    size = np.ones_like(centre)
    arrays = {"value": centre, "se": se * size, "lower": centre - 2 * se, "upper": centre + 2 * se}
    arrays |= {f"{name}_plain": arrays[name] for name in ("lower", "upper")}
    arrays |= {f"{name}_delivered": arrays[name] for name in ("lower", "upper")}
    arrays |= {f"{name}_estimate": np.nan * size for name in ("lower", "upper")}
    arrays |= {"df": 40 * size, "n": 300 * size, "n_cases": 30 * size}
    arrays["method"] = np.full(centre.shape, METHODS.index("logit"), dtype=np.int8)
    arrays["flag"] = np.full(centre.shape, 1 << FLAGS.index(flag) if flag else 0, dtype=np.int16)
    return Results(pd.DataFrame(rows | {"truth": [truth]}), arrays)


def judged(results: Results) -> Study:
    return study(results, 0.05, 0.95)[0]


def test_coverage_is_the_share_of_limits_that_hold_the_truth() -> None:
    """Limits 0.10-0.14, 0.12-0.16, 0.16-0.20, 0.13-0.17 and a truth of 0.15: two of four."""
    tables = make_tables(judged(literal([0.12, 0.14, 0.18, 0.15], 0.01, 0.15)))
    row = tables["by_breakdown"].iloc[0]
    assert row["coverage"] == 0.5
    assert row["plain"] == 0.5
    assert row["bias"] == pytest.approx(0.0025 / 0.15)  # the estimates' mean is 0.1475
    assert row["length"] == pytest.approx(0.04 / 0.15)
    spread = np.std([0.12, 0.14, 0.18, 0.15])
    assert row["se_to_sd"] == pytest.approx(0.01 / spread)
    assert tables["by_size"]["size"].tolist() == ["250-1,000"]
    assert tables["by_df"]["df"].tolist() == ["31-100"]


def test_a_refused_limit_is_counted_as_refused_and_not_as_a_miss() -> None:
    results = literal([0.15, 0.15, 0.15, 0.30], 0.01, 0.15)
    for name in ("lower", "upper"):
        results.arrays[name] = np.where([[True], [False], [False], [False]], np.nan, results[name])
    row = make_tables(judged(results))["by_breakdown"].iloc[0]
    assert row["refused"] == 0.25
    assert row["coverage"] == pytest.approx(2 / 3)


def test_classes_that_cover_too_little_are_listed_only_where_no_mark_warns() -> None:
    values = [0.15] * 540 + [0.30] * 60
    (short,) = make_tables(judged(literal(values, 0.01, 0.15)))["shortfalls"].to_dict("records")
    assert short["unmarked"] == pytest.approx(0.9)
    assert short["method"] == "logit"
    assert make_tables(judged(literal(values, 0.01, 0.15, flag="few_df")))["shortfalls"].empty
    assert make_tables(judged(literal([0.15] * 570 + [0.30] * 30, 0.01, 0.15)))["shortfalls"].empty


def test_the_error_of_a_coverage_counts_samples_not_figures() -> None:
    """Two samples of two figures that all hold or all miss: as uncertain as two draws of a coin."""
    inside = np.array([[True, True], [False, False]])
    share, error = coverage(inside, np.ones_like(inside))
    assert share == 0.5
    assert error == pytest.approx(np.std([1, 0], ddof=1) / np.sqrt(2))


def test_totals_met_by_calibration_and_empty_domains_are_left_out() -> None:
    met = literal([10.0, 10.0], 0.0, 10.0)
    met.rows["measure"] = "total"
    assert study(met, 0.05, 0.95)[1:] == (1, 0)
    assert study(literal([0.1, 0.2], 0.01, float("nan")), 0.05, 0.95)[1:] == (0, 1)


def test_truth_is_the_census(country: Country, results: Results) -> None:
    everyone = country.census
    employed = everyone["employed"].fillna(False).astype(bool)
    erbil = everyone["governorate"] == "erbil"
    informal = everyone["informal_employment"].fillna(False).astype(bool)
    truth = results.rows["truth"]
    assert truth[figure(results, "employed")] == employed.sum() * everyone["persons"].iloc[0]
    rate = figure(results, "informal_employment_rate", "governorate", governorate="erbil")
    assert truth[rate] == pytest.approx((informal & erbil).sum() / (employed & erbil).sum())
    women = employed & (everyone["sex"] == "female")
    hours = np.sort(everyone.loc[women, "usual_hours"].dropna())
    assert truth[figure(results, "usual_hours", "sex", sex="female")] == hours[(len(hours) + 1) // 2 - 1]
    nobody = (results.rows["truth"] == 0) | results.rows["truth"].isna()
    assert set(results.rows.loc[nobody, "breakdown"]) <= {"governorate_x_displacement", "region_x_displacement"}


def test_every_sample_is_drawn_answered_and_weighted_anew(country: Country) -> None:
    (people, selected), (others, _) = draw(country, 1), draw(country, 2)
    assert set(people["household"]) == set(selected.loc[selected["result"] == "complete", "household"])
    assert set(people["household"]) != set(others["household"])
    again = draw(country, 1)[0]
    pd.testing.assert_frame_equal(people, again)
    size = np.bincount(country.population.home)[people["household"].unique()].sum()
    assert len(people) == size
    sample = weighted(country, 1)
    for (governorate, settlement), total in country.controls.margins[0].totals.items():
        here = (sample.people["governorate"] == governorate) & (sample.people["urban_rural"] == settlement)
        assert sample.people.loc[here, "weight"].sum() == pytest.approx(total, rel=1e-6)


def test_a_sample_holds_what_a_direct_calculation_gives(country: Country, results: Results) -> None:
    """The second sample's unemployment rate of women and its standard error, from weights and residuals alone."""
    sample = weighted(country, 2)
    people, calibration = sample.people, sample.calibration
    at = figure(results, "unemployment_rate", "sex", sex="female")
    here = (people["sex"] == "female").to_numpy()
    y = people["unemployed"].fillna(False).to_numpy(dtype=float) * here
    x = people["labour_force"].fillna(False).to_numpy(dtype=float) * here
    w = people["weight"].to_numpy()
    rate = w @ y / (w @ x)
    assert results["value"][1, at] == pytest.approx(rate)
    psu = pd.factorize(people["psu"])[0]
    score = calibration.residual_scores((y - rate * x) / (w @ x), psu, psu.max() + 1)[:, 0]
    assert results["se"][1, at] == pytest.approx(np.sqrt(_variance(people, psu, score)))
    delivered = sample.delivered @ y / (sample.delivered @ x)
    assert results["value_delivered"][1, at] == pytest.approx(delivered)


def _variance(people: pd.DataFrame, psu: np.ndarray, score: np.ndarray) -> float:
    """Between the PSUs of each stratum."""
    stratum = people.groupby(psu)["stratum"].first().astype(str)
    of_stratum = pd.Series(score).groupby(stratum.to_numpy())
    size = of_stratum.transform("size")
    assert size.min() > 1
    return float((size / (size - 1) * np.square(score - of_stratum.transform("mean"))).sum())


def test_limits_of_medians_are_quantiles_of_the_sample(country: Country, results: Results) -> None:
    """Usual hours of women in the second sample, by sorting and adding up weights."""
    sample = weighted(country, 2)
    at = figure(results, "usual_hours", "sex", sex="female")
    women = sample.people[(sample.people["sex"] == "female") & sample.people["usual_hours"].notna()]
    hours = women.sort_values("usual_hours", kind="stable")
    reached = hours["weight"].cumsum().to_numpy() / hours["weight"].sum()
    numbers = hours["usual_hours"].to_numpy()
    median = numbers[np.searchsorted(reached, 0.5)]
    assert results["value"][1, at] == median
    y = (sample.people["usual_hours"] <= median).to_numpy() * 1.0
    known = sample.people.index.isin(women.index)
    w = sample.people["weight"].to_numpy()
    share = w[known] @ y[known] / w[known].sum()
    psu = pd.factorize(sample.people["psu"])[0]
    score = sample.calibration.residual_scores(np.where(known, y - share, 0.0) / w[known].sum(), psu, psu.max() + 1)
    se = np.sqrt(_variance(sample.people, psu, score[:, 0]))
    half = stats.t.ppf(0.975, results["df"][1, at]) * se
    for suffix, centre in (("", 0.5), ("_estimate", share)):
        assert results[f"lower{suffix}"][1, at] == numbers[np.searchsorted(reached, centre - half)]
        assert results[f"upper{suffix}"][1, at] == numbers[np.searchsorted(reached, centre + half)]
    totals = (results.rows["measure"] != "median").to_numpy()
    assert np.isnan(results["lower_estimate"][:, totals]).all()


@pytest.mark.parametrize(("number", "where"), [("usual_hours", "employed"), ("age", "working_age")])
def test_medians_and_their_limits_are_those_of_the_library(country: Country, number: str, where: str) -> None:
    sample = weighted(country, 3)
    within = domains(sample.people, ["governorate"], where, calibration=sample.calibration)
    ours, library = medians(within, number, 0.95), quantile(within, number)
    lower, upper = library.own_limits(0.95) if library.own_limits else (np.nan, np.nan)
    np.testing.assert_array_equal(ours["value"], library.value)
    np.testing.assert_array_equal(ours["lower"], lower)
    np.testing.assert_array_equal(ours["upper"], upper)
    np.testing.assert_allclose(ours["se"], library.se, rtol=1e-9)
    np.testing.assert_array_equal(ours[["df", "n"]], np.column_stack([library.df, library.n]))


def test_the_number_of_processes_changes_nothing(country: Country, results: Results) -> None:
    chosen = replace(country, survey=shortened(country.survey))
    for number, figures in enumerate(each_sample(chosen, results.rows, 2, processes=2)):
        for name, array in figures.items():
            np.testing.assert_array_equal(array, results[name][number], err_msg=name)


def test_marks_of_kept_samples_follow_the_config(country: Country, results: Results) -> None:
    judged_now = study(marked_anew(results, country.survey), 0.05, 0.95)[0]
    kept = judged(results)["flag"]
    # That a total is told by the calibration alone is known in the sample only, and not kept of it.
    told = kept == 1 << FLAGS.index("control")
    np.testing.assert_array_equal(judged_now["flag"][~told], kept[~told])
    quality = country.survey.config.quality
    stricter = quality.model_copy(update={"unreliable": quality.unreliable.model_copy(update={"df_below": 10_000})})
    config = country.survey.config.model_copy(update={"quality": stricter})
    assert (marked_anew(results, replace(country.survey, config=config))["flag"] != 0).all()


def test_figures_are_those_of_the_estimates_table_and_the_medians(country: Country, results: Results) -> None:
    indicators = set(country.survey.indicators) | {number for number, _, _ in MEDIANS}
    assert set(results.rows["indicator"]) == indicators


def test_tables_are_written_for_readers(results: Results) -> None:
    of = judged(results)
    assert len(each_rate(of, ("total",), ["sex"])) == 5
    text = markdown(pd.DataFrame({"measure": ["rate"], "coverage": [0.9512], "figures": [1200], "se_to_sd": [np.nan]}))
    assert text.splitlines()[-1] == "| rate | 95.1 | 1,200 | – |"
    assert markdown(pd.DataFrame()) == "None.\n"
    assert not make_tables(of)["by_method"].empty
