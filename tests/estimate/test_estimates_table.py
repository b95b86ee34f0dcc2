"""The estimates table of a survey: its rows, their order and flags, and what the quality table says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lfs.estimate import estimate
from lfs.metadata import Survey, SurveyError
from lfs.metadata.schema import check_estimates, check_quality
from lfs.metadata.variables import universe_of


@pytest.fixture(scope="module")
def estimates(people: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    return estimate(people, survey)[0]


def quality_of(people: pd.DataFrame, survey: Survey, topic: str) -> pd.DataFrame:
    quality = estimate(people, survey)[1]
    check_quality(quality)
    return quality[quality["topic"] == topic]


def can_be_made(name: str, people: pd.DataFrame, survey: Survey) -> bool:
    """Whether the made-up persons have the columns of the indicator, which stand for a part of what is declared."""
    indicator = survey.indicators[name]
    return {*indicator.columns()} <= {*people} and (not indicator.of or can_be_made(indicator.of, people, survey))


def test_columns_and_order(estimates: pd.DataFrame, people: pd.DataFrame, survey: Survey) -> None:
    check_estimates(estimates, survey.breakdown_variables)
    made = [name for name in survey.indicators if can_be_made(name, people, survey)]
    assert list(estimates["indicator"].unique()) == made
    assert {"employed", "unemployment_rate", "informal_employment", "participation_gap", "share_by_branch"} <= {*made}
    for name in made:
        found = estimates.loc[estimates["indicator"] == name, "breakdown"]
        assert tuple(found.unique()) == survey.plan[name], name
    cells = estimates[(estimates["indicator"] == "employed") & (estimates["breakdown"] == "sex_x_age_youth")]
    assert list(zip(cells["sex"], cells["age_youth"], strict=True)) == [
        ("male", "15-24"),
        ("male", "25+"),
        ("female", "15-24"),
        ("female", "25+"),
    ]
    assert (cells["governorate"] == "total").all()


def test_every_cell_of_a_breakdown_has_a_row_and_no_other(estimates: pd.DataFrame, survey: Survey) -> None:
    plan = survey.plan["unemployment_rate"]
    assert {"total", "sex", "sex_x_age_youth"} <= {*plan}
    found = estimates[estimates["indicator"] == "unemployment_rate"]
    assert {*found["breakdown"]} == {*plan}
    for name in plan:
        codes = [len(survey.variables[each].codes()) for each in survey.breakdowns[name]]
        assert (found["breakdown"] == name).sum() == np.prod(codes, dtype=int), name


def test_not_stated_has_a_row_only_where_somebody_is(people: pd.DataFrame, survey: Survey) -> None:
    """A child whose sex is not stated makes no row; a person of working age makes one, last, and totals add up."""
    child = people.index[~people["working_age"]][0]
    adult = people.index[people["outside_labour_force"].fillna(False)][0]
    only_child = estimate(people.assign(sex=people["sex"].where(people.index != child, "not_stated")), survey)[0]
    assert "not_stated" not in set(only_child["sex"])
    found = estimate(people.assign(sex=people["sex"].where(people.index != adult, "not_stated")), survey)[0]
    found = found[found["breakdown"].isin(["sex", "total"])].set_index("indicator")
    assert list(found.loc["outside_labour_force", "sex"]) == ["total", "male", "female", "not_stated"]
    assert list(found.loc["unemployment_rate", "sex"]) == ["total", "male", "female"]
    outside = found.loc["outside_labour_force", "value"]
    assert outside.iloc[0] == pytest.approx(outside.iloc[1:].sum())


def test_the_office_s_own_concepts_come_first(people: pd.DataFrame, survey: Survey) -> None:
    both = people.assign(
        employed_national=people["employed"],
        unemployed_national=people["unemployed"],
        labour_force_national=people["labour_force"],
    )
    found, quality = estimate(both, survey)
    assert list(found["standard"].unique()) == ["national", "icls19"]
    national = found[found["standard"] == "national"]
    assert set(national["indicator"]) == {
        "labour_force",
        "employed",
        "unemployed",
        "participation_rate",
        "employment_to_population_ratio",
        "unemployment_rate",
    }
    merged = national.merge(
        found[found["standard"] == "icls19"], on=["indicator", "breakdown", *survey.breakdown_variables]
    )
    pd.testing.assert_series_equal(merged["se_x"], merged["se_y"], check_names=False)
    lacking = quality[quality["topic"] == "unavailable"].set_index(["variable", "category"])["detail"]
    assert lacking["informal_employment_rate", "national"] == "informal_employment_national"


def test_what_a_round_lacks_is_left_out_and_listed(people: pd.DataFrame, survey: Survey) -> None:
    poorer = people.drop(columns=["informal_sector", "education"])
    found, quality = estimate(poorer, survey)
    assert not found["indicator"].isin(["informal_sector", "informal_sector_rate"]).any()
    assert not found["breakdown"].isin(["education", "sex_x_education"]).any()
    assert (found["education"] == "total").all()
    before = estimate(people, survey)[1]
    lacking, before = (
        each[each["topic"] == "unavailable"].set_index("variable")["detail"].to_dict() for each in (quality, before)
    )
    assert lacking.items() >= before.items()
    crossed = [name for name, variables in survey.breakdowns.items() if "education" in variables]
    assert {"education", "sex_x_education"} <= {*crossed}
    assert {name: columns for name, columns in lacking.items() if name not in before} == {
        "informal_sector": "informal_sector",
        "informal_sector_rate": "informal_sector",
        **dict.fromkeys(crossed, "education"),
    }


def test_single_psu_strata_are_counted_or_refused(people: pd.DataFrame, survey: Survey) -> None:
    row = quality_of(people, survey, "single_psu_stratum").iloc[0]
    psus = people.groupby("stratum")["psu"].nunique()
    assert (row["value"], row["detail"]) == ((psus == 1).sum(), survey.config.lonely_psu)
    failing = survey.config.model_copy(update={"lonely_psu": "fail"})
    with pytest.raises(SurveyError, match="strata hold one PSU only and lonely_psu is fail"):
        estimate(people, replace(survey, config=failing))


def test_persons_in_no_category_are_counted(people: pd.DataFrame, survey: Survey) -> None:
    lost = people.index[people["working_age"].astype(bool)][:3]
    fewer = people.assign(sex=people["sex"].where(~people.index.isin(lost)))
    with_all, without = (
        quality_of(each, survey, "outside_breakdown").set_index("variable")["value"].to_dict()
        for each in (people, fewer)
    )
    assert without == with_all | {"sex": 3}
    assert "sex" not in with_all
    # These people have no column that says whom the ages of young people and of children concern.
    assert {*with_all} == {"school_age", "age_youth_groups", "child_age"}


def test_only_persons_of_its_universe_are_missing_in_a_breakdown(people: pd.DataFrame, survey: Survey) -> None:
    """Ages of children and young people concern few; two of them without such an age are missing, nobody else is."""
    known = {
        "asked_attendance": people["school_age"].notna(),
        "youth_15_29": people["age_youth_groups"].notna(),
        "age_5_to_17": people["child_age"].notna(),
    }
    known_people = people.assign(**{name: values.astype("boolean") for name, values in known.items()})
    assert quality_of(known_people, survey, "outside_breakdown").empty
    lost = known_people.index[known["youth_15_29"]][:2]
    fewer = known_people.assign(age_youth_groups=people["age_youth_groups"].where(~people.index.isin(lost)))
    rows = quality_of(fewer, survey, "outside_breakdown")
    assert rows[["variable", "value"]].to_numpy().tolist() == [["age_youth_groups", 2.0]]


@pytest.mark.parametrize(
    ("column", "universe"),
    [
        ("sex", ""),
        ("age_5", "working_age"),
        ("citizenship_group", ""),
        ("informality_of_job", "employed"),
        ("informality_of_job_icls21", "employed"),
        ("labour_force_icls13", "working_age"),
        ("not_a_column", ""),
    ],
)
def test_whom_a_column_concerns(survey: Survey, column: str, universe: str) -> None:
    assert universe_of(column, survey.variables) == universe


def test_a_numerator_outside_its_denominator_is_told(people: pd.DataFrame, survey: Survey) -> None:
    odd = people.index[people["outside_labour_force"].fillna(False)][:2]
    people = people.assign(unemployed=people["unemployed"].mask(people.index.isin(odd), True))
    row = quality_of(people, survey, "numerator_outside_denominator").iloc[0]
    assert (row["variable"], row["value"]) == ("unemployment_rate", 2)


def test_flags_follow_the_declared_rules(estimates: pd.DataFrame, survey: Survey) -> None:
    unreliable = survey.config.quality.unreliable
    flags = {
        name: estimates["flag"].str.split("+").map(lambda codes, name=name: name in codes)
        for name in (
            "no_cases",
            "zero_se",
            "few_cases",
            "few_respondents",
            "high_cv",
            "moderate_cv",
            "few_df",
        )
    }
    some = estimates["value"].notna()
    assert (flags["no_cases"] == ~some).all()
    kinds = estimates["indicator"].map({name: each.kind for name, each in survey.indicators.items()})
    rates = kinds.isin(["ratio", "share"])
    # A gap carries the marks of its sides (test_other_kinds.py), which are not in its own row.
    own = kinds != "gap"
    assert own.any()
    assert not own.all()
    fewer = estimates["n_cases"].where(
        ~rates, estimates[["n_cases"]].assign(o=estimates["n"] - estimates["n_cases"]).min(axis=1)
    )
    assert (flags["few_cases"] == (some & (fewer < unreliable.n_cases_below)))[own].all()
    assert (flags["few_respondents"] == (some & (estimates["n"] < unreliable.n_below))).all()
    assert (flags["few_df"] == (some & (estimates["df"] < unreliable.df_below))).all()
    assert (flags["high_cv"] == (estimates["se"] / estimates["value"] > unreliable.cv_above))[own].all()
    assert (flags["zero_se"] == (estimates["se"] == 0)).all()
    assert not (flags["high_cv"] & flags["moderate_cv"]).any()
    assert all(found.any() for found in flags.values())


def test_limits_hold_the_value_and_are_never_of_zero_width(estimates: pd.DataFrame, survey: Survey) -> None:
    given = estimates[estimates["interval"] != "none"]
    assert (given["lower"] <= given["value"]).all()
    assert (given["value"] <= given["upper"]).all()
    assert (given["lower"] < given["upper"]).all()
    assert estimates.loc[estimates["interval"] == "none", ["lower", "upper"]].isna().all().all()
    kinds = given["indicator"].map({name: each.kind for name, each in survey.indicators.items()})
    rates, gaps = kinds.isin(["ratio", "share"]), kinds == "gap"
    assert set(given.loc[rates, "interval"]) == {"logit", "korn_graubard"}
    near = (given["value"] < 0.05) | (given["value"] > 0.95)
    assert (given.loc[rates & near, "interval"] == "korn_graubard").all()
    assert set(given.loc[kinds == "total", "interval"]) == {"normal", "log"}
    assert set(given.loc[gaps, "interval"]) == {"normal"}
    assert (given.loc[~gaps, "lower"] >= 0).all()
    assert (given.loc[gaps, "lower"] < 0).any(), "a gap may be negative"


def test_refused(people: pd.DataFrame, survey: Survey) -> None:
    with pytest.raises(SurveyError, match=r"variable 'sex': code boy, girl \(1822 rows\) is none of its categories"):
        estimate(people.assign(sex=people["sex"].map({"male": "boy", "female": "girl"})), survey)
    with pytest.raises(SurveyError, match="2021H2, 2022H2; estimate one round at a time"):
        estimate(pd.concat([people, people.assign(round="2022H2")]), survey)
    with pytest.raises(SurveyError, match="variable 'employed': an indicator needs a column of true and false"):
        estimate(people.assign(employed="yes"), survey)
    with pytest.raises(SurveyError, match="no indicator by any breakdown can be made"):
        estimate(people[["round", "weight"]], survey)


def test_an_office_whose_form_lacks_a_concept_is_in_no_estimate_of_it(people: pd.DataFrame, survey: Survey) -> None:
    """Not as people who are outside the labour force: that would lower participation in silence."""
    lacking = people["region"] == "kri"
    concepts = ["employed", "unemployed", "labour_force", "outside_labour_force"]
    partly = people.assign(**{name: people[name].mask(lacking) for name in concepts})
    left_out = quality_of(partly, survey, "left_out")
    assert set(left_out["variable"]) >= {"participation_rate", "labour_force"}
    assert set(left_out["value"]) == {(lacking & partly["working_age"]).sum()}
    found = estimate(partly, survey)[0].query("breakdown == 'total'").set_index("indicator")
    whole = estimate(people, survey)[0].query("breakdown == 'region' and region == 'federal'").set_index("indicator")
    for name in ("participation_rate", "labour_force", "outside_labour_force", "unemployment_rate"):
        assert found.loc[name, "value"] == pytest.approx(whole.loc[name, "value"])
        assert found.loc[name, "n"] == whole.loc[name, "n"]
    assert found.loc["working_age_population", "n"] > found.loc["labour_force", "n"]
