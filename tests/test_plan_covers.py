"""The tabulation plan covers the ILO's table set, the SDG indicators and everything that is declared."""

from dataclasses import replace
from pathlib import Path

import pytest

from lfs.metadata import load_survey
from lfs.metadata.labels import read_labels
from lfs.metadata.plan import general_breakdowns, plan_of

ROOT = Path(__file__).parents[1]

# The ILO's set as its processing codes it (Stata C and D series of 2018), by block.
ILO = {
    "C.1": "POP_XWAP_SEX_AGE POP_XWAP_SEX_AGE_EDU POP_XWAP_SEX_AGE_GEO POP_XWAP_SEX_EDU POP_XWAP_SEX_DSB",
    "C.2": "EAP_TEAP_SEX_AGE EAP_TEAP_SEX_AGE_EDU EAP_TEAP_SEX_AGE_GEO EAP_TEAP_SEX_EDU EAP_TEAP_SEX_DSB",
    "C.3": (
        "EMP_TEMP_SEX_AGE EMP_TEMP_SEX_AGE_EDU EMP_TEMP_SEX_AGE_GEO EMP_TEMP_SEX_STE EMP_TEMP_SEX_ECO "
        "EMP_TEMP_SEX_OCU EMP_TEMP_ECO_OCU EMP_TEMP_SEX_AGE_JOB EMP_TEMP_SEX_INS EMP_TEMP_SEX_HOW EMP_TEMP_SEX_ECO2 "
        "EMP_TEMP_SEX_OCU2 EMP_TEMP_SEX_EDU EMP_TEMP_SEX_DSB"
    ),
    "C.3b": (
        "EES_TEES_SEX_INS EES_TEES_SEX_ECO EES_TEES_SEX_OCU EES_TEES_SEX_HOW EES_TEES_ECO_OCU EES_TEES_SEX_ECO2 "
        "EES_TEES_SEX_OCU2"
    ),
    "C.4": (
        "UNE_TUNE_SEX_AGE UNE_TUNE_SEX_DSB UNE_TUNE_SEX_AGE_EDU UNE_TUNE_SEX_AGE_GEO UNE_TUNE_SEX_AGE_DUR "
        "UNE_TUNE_SEX_CAT UNE_TUNE_SEX_EDU UNE_TUNE_SEX_ECO UNE_TUNE_SEX_OCU"
    ),
    "C.5": "EIP_TEIP_SEX_EIP EIP_TEIP_SEX_AGE_EIP EIP_TEIP_SEX_AGE_GEO EIP_TEIP_SEX_AGE",
    "C.6": "EIP_WDIS_SEX_AGE",
    "C.7": "EIP_NEET_SEX",
    "C.8": "TRU_TTRU_SEX_AGE TRU_TTRU_SEX_ECO",
    "C.9": "IFL_IECN_SEX_ECO EMP_NIFL_SEX_STE",
    "C.10": (
        "HOW_TEMP_SEX_ECO HOW_TEMP_SEX_OCU HOW_XEES_SEX_ECO HOW_XEES_SEX_OCU HOW_UEMP_SEX HOW_UEES_SEX "
        "HOW_UEMP_SEX_ECO HOW_UEMP_SEX_OCU HOW_UEES_SEX_ECO HOW_UEES_SEX_OCU"
    ),
    "C.11": "EAR_XEES_SEX_ECO EAR_XEES_SEX_OCU",
}
RATES = (
    "EAP_DWAP_SEX_AGE EIP_DWAP_SEX_AGE EMP_DWAP_SEX_AGE UNE_DEAP_SEX_AGE EAP_DWAP_SEX_EDU EIP_DWAP_SEX_EDU "
    "EMP_DWAP_SEX_EDU UNE_DEAP_SEX_EDU EAP_DWAP_SEX_AGE_EDU EIP_DWAP_SEX_AGE_EDU EMP_DWAP_SEX_AGE_EDU "
    "UNE_DEAP_SEX_AGE_EDU EAP_DWAP_SEX_AGE_GEO EIP_DWAP_SEX_AGE_GEO EMP_DWAP_SEX_AGE_GEO UNE_DEAP_SEX_AGE_GEO "
    "EAP_DWAP_SEX_DSB EIP_DWAP_SEX_DSB EMP_DWAP_SEX_DSB UNE_DEAP_SEX_DSB TRU_DEMP_SEX_AGE EIP_WDIS_SEX_AGE EIP_NEET_SEX"
)
SDG = ("5.5.2", "8.3.1", "8.5.1", "8.5.2", "8.6.1", "8.7.1", "8.8.1", "9.2.2")


@pytest.fixture(scope="module")
def survey():
    return load_survey(ROOT)


@pytest.fixture(scope="module")
def shown(survey) -> dict[str, set[str]]:
    """Each code of the ILO, and the breakdowns by which a table of the plan covers it."""
    general = general_breakdowns(survey.breakdowns, survey.variables)
    found: dict[str, set[str]] = {}
    for name, table in survey.tables.items():
        for breakdown, codes in table.codes.items():
            assert breakdown in (table.breakdowns or general), f"{name}: {breakdown} is none of its breakdowns"
            for code in codes:
                found.setdefault(code, set()).add(breakdown)
    return found


@pytest.mark.parametrize("block", ILO)
def test_every_block_of_the_ilo_has_its_tables(shown, block):
    assert [code for code in ILO[block].split() if f"{code}_NB" not in shown] == []


def test_every_rate_of_the_ilo_has_its_table(shown):
    assert [code for code in RATES.split() if f"{code}_RT" not in shown] == []


@pytest.mark.parametrize("goal", SDG)
def test_every_sdg_of_a_labour_force_survey_has_an_indicator_in_a_table(survey, goal):
    named = {name for name, indicator in survey.indicators.items() if f"SDG {goal}" in (indicator.reference or "")}
    assert named & {name for table in survey.tables.values() for name in table.indicators}


def test_every_indicator_stands_in_a_table(survey):
    tabulated = {name for table in survey.tables.values() for name in table.indicators}
    assert {*survey.indicators} - tabulated == set()


@pytest.mark.parametrize("variable", ["marital_group", "citizenship_group", "migrant", "disability"])
def test_who_people_are_is_in_the_tables_of_the_labour_force(survey, variable):
    plan = plan_of(survey)
    for table in ("rates", "counts"):
        assert not survey.tables[table].breakdowns, "every general breakdown"
        for indicator in survey.tables[table].indicators:
            assert {variable, f"sex_x_{variable}"} <= {*plan[indicator]}


def test_unemployment_of_the_disabled_is_shown_by_sex_and_by_age(survey):
    """SDG 8.5.2: by sex, age and persons with disabilities."""
    assert {"sex_x_disability", "age_youth_x_disability"} <= {*plan_of(survey)["unemployment_rate"]}


def test_every_table_has_a_title_a_subject_and_one_unit(survey):
    labels = read_labels(ROOT, "en")
    for name, table in survey.tables.items():
        assert labels["tables"][name]
        assert table.subject in labels["subjects"], name
        assert len({survey.indicators[each].unit for each in table.indicators}) == 1, name


def test_every_indicator_of_a_table_is_estimated_by_one_of_its_breakdowns(survey):
    plan = plan_of(survey)
    for name, table in survey.tables.items():
        for indicator in table.indicators:
            assert set(table.breakdowns or plan[indicator]) & set(plan[indicator]), (name, indicator)


def test_displacement_is_never_shown_by_region_or_governorate(survey):
    for name, crossed in survey.breakdowns.items():
        if {"governorate", "region"} & {*crossed} and any("displacement" in each for each in crossed):
            assert name in survey.config.withheld


def test_detailed_classifications_stand_alone_and_governorates_with_sex_only(survey):
    for crossed in survey.breakdowns.values():
        if {"industry_division", "occupation_sub_major"} & {*crossed}:
            assert len(crossed) == 1
        if "governorate" in crossed:
            assert {*crossed} <= {"governorate", "sex", "displacement"}


@pytest.mark.parametrize(
    ("indicator", "standard", "breakdown", "estimated"),
    [
        ("unemployment_rate", "icls19", "sex_x_age_ilo_x_education", True),
        ("unemployment_rate", "icls13", "sex_x_age_ilo_x_education", False),  # in no table of the 13th ICLS
        ("unemployment_rate", "icls13", "sex_x_age_youth", True),
        ("unemployment_rate", "icls13", "age_youth", True),  # a margin
        ("unemployed", "icls13", "sex_x_unemployment_duration", False),  # asked of the unemployed by the 19th
        ("labour_force", "icls13", "age_10", True),  # ILOSTAT's figures by age are compared with it
        ("informal_sector_rate", "icls21", "sex_x_industry_group", True),
        ("informal_sector_rate", "icls21", "sex_x_industry_section", False),
        ("informal_employment", "icls21", "total", True),  # stands in no table of the 21st ICLS
        ("informal_employment", "icls21", "sex", False),
    ],
)
def test_other_standards_are_estimated_by_what_their_own_tables_show(survey, indicator, standard, breakdown, estimated):
    assert (breakdown in survey.planned(indicator, standard)) == estimated


def test_a_survey_without_tables_of_a_standard_has_all_its_estimates(survey):
    tables = {name: table for name, table in survey.tables.items() if table.standard != "icls13"}
    without = replace(survey, tables=tables)
    assert without.planned("unemployment_rate", "icls13") == without.plan["unemployment_rate"]
