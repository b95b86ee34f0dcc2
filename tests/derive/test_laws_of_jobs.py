"""What holds of jobs for any answers at all: parts add up to employment, nothing is in two of them."""

import numpy as np
import pandas as pd
from tests.derive.test_laws import VARIABLES, any_seed, made_of

IN_EMPLOYMENT = (
    "industry_section",
    "industry_division",
    "industry_group",
    "occupation_major",
    "occupation_sub_major",
    "institutional_sector",
    "informality_of_job",
    "education_mismatch",
    "hours_band",
    "working_time",
)


def jobs(seed: int) -> pd.DataFrame:
    """The employed among persons who say anything."""
    people, _ = made_of(seed)
    employed = people["employed"].fillna(False).astype(bool)
    for name in IN_EMPLOYMENT:
        assert people[name].notna().equals(employed), name
        assert set(people[name].dropna()) <= {*VARIABLES[name].codes(), "not_stated"}, name
    return people[employed]


@any_seed
def test_job_and_unit_add_up_to_employment(seed):
    """Informal employment is the informal sector, less formal jobs in it, plus informal jobs outside it."""
    people = jobs(seed)
    cells = people["informality_of_job"].value_counts()
    assert cells.sum() == len(people)
    sector, informal = people["informal_sector"].sum(), people["informal_employment"].sum()
    outside = people["informal_outside_informal_sector"].sum()
    assert informal == sector - cells.get("formal_in_informal_sector", 0) + outside
    assert outside == cells.get("informal_in_formal_sector", 0) + cells.get("informal_in_household", 0)
    assert sector == cells.get("informal_in_informal_sector", 0) + cells.get("formal_in_informal_sector", 0)


@any_seed
def test_the_21st_icls_knows_no_formal_job_in_the_informal_sector(seed):
    """A unit that employs somebody formally, and an independent worker in a formal unit, are in the formal sector."""
    people = jobs(seed)
    sector, informal = people["informal_sector_icls21"], people["informal_employment_icls21"]
    assert (informal | ~sector).all()
    unit, before = people["unit_of_production_icls21"], people["unit_of_production"]
    assert (unit == "household").equals(before == "household"), "households are the same by both"
    formal_by_size = (before == "formal") & (unit == "informal")
    assert (people.loc[formal_by_size, "place_of_work"] == "fixed_premises").all()


@any_seed
def test_hours_fall_in_one_band_and_hourly_pay_by_hours_is_monthly_pay(seed):
    people = jobs(seed)
    assert (people["usual_hours"].isna() | (people["usual_hours"] >= people["usual_hours_main"])).all()
    assert (people["actual_hours"][people["hours_band"] == "0"] == 0).all()
    assert (people["actual_hours"].isna() | (people["hours_band"] != "not_stated")).all()
    back = people["hourly_earnings"] * people["usual_hours_main"] * 52 / 12
    known = people["hourly_earnings"].notna()
    np.testing.assert_allclose(back[known].astype(float), people["monthly_earnings"][known].astype(float))
    assert (people["monthly_earnings"].dropna() > 0).all()
    assert (people["hourly_earnings"].dropna() > 0).all()


@any_seed
def test_parts_of_occupation_and_branch_nest(seed):
    people = jobs(seed)
    sub_major = people["occupation_sub_major"]
    stated = sub_major != "not_stated"
    assert (sub_major[stated].str[0] == people["occupation_major"][stated]).all()
    assert (people["manager"] | ~people["senior_manager"]).all()
    assert people["woman_manager"].notna().equals(people["manager"].astype(bool))
    assert people["over_educated"].sum() + people["under_educated"].sum() == (
        people["education_mismatch"].isin(["over_educated", "under_educated"]).sum()
    )
    protected = people["protected_employee"].fillna(False).astype(bool)
    assert people.loc[protected, "has_social_insurance"].all()
