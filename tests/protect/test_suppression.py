"""What else is suppressed so that nothing can be worked out, in tables small enough to do the sums by hand."""

from dataclasses import replace

import pandas as pd

from lfs.protect import protect

TOTALS = ["working_age_population", "labour_force", "employed", "unemployed", "outside_labour_force"]
RATES = ["participation_rate", "employment_to_population_ratio", "unemployment_rate"]


def suppressed(published: pd.DataFrame, *keys: str) -> set[tuple[str, ...]]:
    gone = published[published["status"] == "suppressed"]
    return set(gone[["indicator", *keys]].itertuples(index=False, name=None))


def test_a_category_needs_a_second_one_or_the_total_gives_it_away(survey_of, people_from, estimate_by_hand, no_quality):
    # unemployed: 3 + 40 + 20 + 30 + 200 = 293; with the total known, 3 follows unless another is hidden: the 20.
    survey = survey_of(["total", "displacement"], ["unemployed"])
    lines = [
        ({"displacement": "refugee"}, 100, 3, 100),
        ({"displacement": "idp_in_camp"}, 100, 40, 100),
        ({"displacement": "idp_out_of_camp"}, 30, 20, 10),
        ({"displacement": "returnee"}, 100, 30, 100),
        ({"displacement": "not_displaced"}, 900, 200, 900),
    ]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    assert suppressed(published, "displacement") == {("unemployed", "refugee"), ("unemployed", "idp_out_of_camp")}


def test_parts_of_the_labour_force_give_each_other_away(survey_of, people_from, estimate_by_hand, no_quality):
    # 3 unemployed refugees: labour force less employed would give them; so would the rates times their denominators.
    survey = survey_of(["displacement"], [*TOTALS, *RATES])
    lines = [({"displacement": "refugee"}, 100, 3, 60), ({"displacement": "returnee"}, 100, 30, 60)]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = {name for name, category in suppressed(published, "displacement") if category == "refugee"}
    assert {"unemployed", "unemployment_rate"} < gone
    without_employed = {"employed", "employment_to_population_ratio"} <= gone
    without_labour_force = {"labour_force", "participation_rate", "outside_labour_force"} <= gone
    assert without_employed or without_labour_force
    assert not {category for name, category in suppressed(published, "displacement")} - {
        "refugee",
        "idp_in_camp",
        "idp_out_of_camp",
        "not_displaced",
    }, "no equation reaches the returnees: there is no total"


def test_a_rate_goes_with_its_numerator(survey_of, people_from, estimate_by_hand, no_quality):
    # The complement of the refugees' 3 unemployed is the returnees' 30; their rate x labour force would give it back.
    survey = survey_of(["total", "displacement"], ["labour_force", "unemployed", "unemployment_rate"])
    lines = [({"displacement": "refugee"}, 100, 3, 50), ({"displacement": "returnee"}, 100, 30, 50)]
    lines += [({"displacement": "not_displaced"}, 900, 200, 500)]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = suppressed(published, "displacement")
    assert ("unemployed", "returnee") in gone
    assert ("unemployment_rate", "returnee") in gone
    assert ("unemployment_rate", "not_displaced") not in gone


def test_overlapping_age_groups_give_each_other_away(survey_of, people_from, estimate_by_hand, no_quality):
    # 15-19 has 2 unemployed, 20-24 has 30: 15-24 of the ten-year groups is 32, so 30 must go too, or the 32.
    survey = survey_of(["total", "age_5", "age_10", "age_youth"], ["unemployed"])
    fives = list(survey.variables["age_5"].codes())
    tens = {"15-19": "15-24", "20-24": "15-24"} | dict.fromkeys(("25-29", "30-34"), "25-34")
    lines = []
    for code in fives[:4]:
        ages = {"age_5": code, "age_10": tens[code], "age_youth": "15-24" if tens[code] == "15-24" else "25+"}
        lines.append((ages, 100, 2 if code == "15-19" else 30, 100))
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = published[(published["status"] == "suppressed") & (published["n"].isna()) & (published["flag"] == "")]
    cells = set(gone[["age_5", "age_10", "age_youth"]].itertuples(index=False, name=None))
    assert ("15-19", "total", "total") in cells
    assert ("20-24", "total", "total") in cells or {
        ("total", "15-24", "total"),
        ("total", "total", "15-24"),
    } <= cells
    assert "total" not in set(gone["breakdown"])


def test_the_same_people_in_two_groupings_are_one_cell(survey_of, people_from, estimate_by_hand, no_quality):
    # 65 and over of the five-year groups are 65 and over of the ten-year groups.
    survey = survey_of(["age_5", "age_10"], ["unemployed"])
    lines = [({"age_5": "65+", "age_10": "65+"}, 100, 3, 100), ({"age_5": "15-19", "age_10": "15-24"}, 90, 30, 80)]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    rows = published.set_index(["age_5", "age_10"])["status"]
    assert rows["65+", "total"] == rows["total", "65+"] == "suppressed"
    assert rows["15-19", "total"] == rows["total", "15-24"] == "published"


def test_nothing_goes_where_nothing_is_small(survey_of, people_from, estimate_by_hand, no_quality):
    survey = survey_of(["total", "sex"], [*TOTALS, *RATES])
    lines = [({"sex": "male"}, 100, 20, 50), ({"sex": "female"}, 50, 20, 100)]
    published, quality = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    assert set(published["status"]) == {"published"}
    counts = quality.set_index("topic")["value"]
    assert counts["suppressed_by_rule"] == counts["suppressed_to_protect"] == counts["audit_solvable"] == 0


def test_rounds_are_protected_each_on_its_own(survey_of, people_from, estimate_by_hand, no_quality):
    survey = survey_of(["total", "sex"], ["unemployed"])
    small = estimate_by_hand(survey, people_from([({"sex": "male"}, 9, 2, 9), ({"sex": "female"}, 9, 20, 9)]))
    large = estimate_by_hand(survey, people_from([({"sex": "male"}, 9, 20, 9), ({"sex": "female"}, 9, 20, 9)]))
    both = pd.concat([small, large.assign(round="2022H2")])
    published, _ = protect(both, no_quality, survey)
    assert set(published.loc[published["round"] == "2022H2", "status"]) == {"published"}
    assert (published.loc[published["round"] == "2021H2", "status"] == "suppressed").sum() >= 2


def not_stated_too(estimate_by_hand, people_from, survey) -> pd.DataFrame:
    lines = [
        ({"displacement": "refugee"}, 100, 12, 100),
        ({"displacement": "not_displaced"}, 900, 200, 900),
        ({"displacement": "not_stated"}, 40, 3, 40),
    ]
    return estimate_by_hand(survey, people_from(lines))


def test_those_who_gave_no_answer_take_no_category_with_them(survey_of, people_from, estimate_by_hand, no_quality):
    survey = survey_of(["total", "displacement"], [*TOTALS, *RATES])
    published, quality = protect(not_stated_too(estimate_by_hand, people_from, survey), no_quality, survey)
    gone = suppressed(
        published[published["displacement"].isin(["refugee", "not_displaced", "not_stated"])], "displacement"
    )
    assert gone == {("unemployed", "not_stated"), ("unemployment_rate", "not_stated")}
    assert quality.loc[quality["topic"] == "audit_solvable", "value"].tolist() == [0]


def test_a_small_cell_of_a_large_group_takes_none_with_it(survey_of, people_from, estimate_by_hand, no_quality):
    # 3 unemployed among 503 refugees: withheld with their rate, and nothing else for their sake.
    survey = survey_of(["total", "displacement"], [*TOTALS, *RATES])
    lines = [({"displacement": "refugee"}, 100, 3, 400), ({"displacement": "returnee"}, 100, 30, 100)]
    lines += [({"displacement": "not_displaced"}, 900, 200, 900)]
    published, quality = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = suppressed(
        published[published["displacement"].isin(["refugee", "returnee", "not_displaced"])], "displacement"
    )
    assert gone == {("unemployed", "refugee"), ("unemployment_rate", "refugee")}
    assert quality.loc[quality["topic"] == "audit_solvable", "value"].tolist() == [0]


def test_unless_the_survey_says_so(survey_of, people_from, estimate_by_hand, no_quality):
    survey = survey_of(["total", "displacement"], [*TOTALS, *RATES])
    disclosure = survey.config.disclosure.model_copy(update={"protect_not_stated": True})
    survey = replace(survey, config=survey.config.model_copy(update={"disclosure": disclosure}))
    published, _ = protect(not_stated_too(estimate_by_hand, people_from, survey), no_quality, survey)
    assert suppressed(published, "displacement") & {("unemployed", "refugee"), ("unemployed", "not_displaced")}


def test_a_group_is_whom_the_figure_speaks_about_not_everybody_of_its_categories(
    survey_of, estimate_by_hand, no_quality
):
    # One woman among the 72 managers of a private sector with 700 employed: 31 women in all less 30 in public is she.
    survey = survey_of(["total", "institutional_sector"], ["women_in_management", "employed_by_job"])
    employed = {"public": 400, "private": 700}
    managers, women = {"public": 100, "private": 72}, {"public": 30, "private": 1}
    people = pd.DataFrame(
        [
            {
                "institutional_sector": sector,
                "manager": number < managers[sector],
                "woman_manager": number < women[sector],
            }
            for sector, size in employed.items()
            for number in range(size)
        ]
    ).assign(employed=True, weight=1000.0)
    published, _ = protect(estimate_by_hand(survey, people), no_quality, survey)
    shown = published[(published["indicator"] == "women_in_management") & (published["status"] != "suppressed")]
    assert len(shown) < 2, "of all, public and private two would give the third"
    assert "private" not in set(shown["institutional_sector"])


def test_people_who_gave_no_answer_go_before_a_category(survey_of, people_from, estimate_by_hand, no_quality):
    # As many returnees as people without an answer; the refugees' 3 unemployed need one of the two.
    survey = survey_of(["total", "displacement"], ["unemployed"])
    lines = [({"displacement": "refugee"}, 100, 3, 100), ({"displacement": "not_displaced"}, 900, 200, 900)]
    lines += [({"displacement": name}, 100, 30, 100) for name in ("returnee", "not_stated")]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = suppressed(published[published["flag"] == ""], "displacement")
    assert gone == {("unemployed", "refugee"), ("unemployed", "not_stated")}


def test_a_crossing_goes_before_its_margins(survey_of, people_from, estimate_by_hand, no_quality):
    # 3 unemployed women among the refugees: three further cells of the crossing hide them, in every margin.
    survey = survey_of(["total", "sex", "displacement", "sex_x_displacement"], [*TOTALS, *RATES])
    lines = [
        ({"sex": "male", "displacement": "refugee"}, 91, 30, 83),
        ({"sex": "male", "displacement": "returnee"}, 95, 33, 88),
        ({"sex": "male", "displacement": "not_displaced"}, 198, 65, 190),
        ({"sex": "female", "displacement": "refugee"}, 82, 3, 97),
        ({"sex": "female", "displacement": "returnee"}, 85, 37, 99),
        ({"sex": "female", "displacement": "not_displaced"}, 187, 61, 193),
    ]
    published, _ = protect(estimate_by_hand(survey, people_from(lines)), no_quality, survey)
    gone = published[(published["status"] == "suppressed") & (published["flag"] == "")]
    assert set(gone["breakdown"]) == {"sex_x_displacement"}
    assert len(gone[gone["indicator"] == "unemployed"]) == 4
    assert len(gone[gone["indicator"] == "working_age_population"]) == 0
