"""The annexes on weights and on the quality of the estimates: what is told, in words, with units and nothing secret."""

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import lfs
from lfs.metadata.sampling import DesignRule, ReplicatesRule
from lfs.publish import Words, publish
from lfs.publish.annexes import errors_annex, findings_of, methods_annex, weights_annex
from lfs.publish.annexes.findings import NOTHING, Finding
from lfs.publish.annexes.quality import ELSEWHERE
from lfs.publish.content import Number
from lfs.publish.figures import Published
from lfs.publish.tables import Periods

BOTH = ("report.html", "tables.xlsx")

LIBRARY = Path(lfs.__file__).parent
ROUNDS = ("2021H2", "2022H2")
PERIODS = Periods({"2021H2": "A", "2022H2": "B"}, {"2021H2": "Year A", "2022H2": "Year B"}, frozenset())


@pytest.fixture(scope="module")
def words(labels) -> Words:
    return Words(labels, "en")


@pytest.fixture(scope="module")
def findings(protected) -> list[Finding]:
    return findings_of(protected[1])


@pytest.fixture(scope="module")
def weights(findings, iraq, words):
    return weights_annex(findings, iraq, words, PERIODS, ROUNDS)


@pytest.fixture(scope="module")
def errors(findings, protected, iraq, words):
    return errors_annex(findings, Published(protected[0], iraq), words, PERIODS, ROUNDS, ROUNDS[1:])


def table(annex, key):
    return next(item for item in annex.plain if item.key == key)


def written(annex, key):
    return [tuple(str(cell) for cell in row) for row in table(annex, key).rows]


def finding(topic, variable="", category="", value=0.0, detail="", office="all", round_name="2021H2"):
    return Finding(round_name, office, "weight", topic, variable, category, value, detail)


def test_the_story_has_a_row_a_round_and_step(weights, protected):
    story = table(weights, "story")
    steps = ["Base weights", "Non-response", "Calibration", "Trimming"]
    assert [row[:2] for row in story.rows] == [(name, step) for name in "AB" for step in steps]
    assert story.head[2:4] == ("Persons with a weight", "Sum of weights (persons)")
    assert story.head[-1] == "Largest change (factor)"
    assert [row[-1] for row in story.rows][::4] == [NOTHING, NOTHING], "the first step changes nothing"
    quality = protected[1]
    told = quality[(quality["topic"] == "weight_story") & (quality["round"] == "2022H2")]
    whole = told[(told["variable"] == "calibration") & (told["category"] == "sum")]["value"].item()
    assert story.rows[6][3] == Number(f"{whole:,.0f}", whole, "#,##0")
    assert story.numeric == frozenset(range(2, 11))


def test_each_step_is_told_in_words(weights):
    text = " ".join(weights.texts)
    assert "within the same primary sampling unit." in text
    assert "(logit method with bounds). All persons of a household carry the same weight." in text
    assert "less than 0.3 times or more than 3.0 times" in text
    assert "Weights above 2.5 times the median weight of the same group (Stratum)" in text
    assert "used as they are" not in text


def test_without_weighting_one_sentence_says_so(findings, iraq, words):
    undeclared = replace(iraq, config=iraq.config.model_copy(update={"weighting": None}))
    delivered = [item for item in findings if item.topic.startswith(("base_", "weight_")) and item.variable != "x"]
    base = [item._replace(detail="delivered") for item in delivered if item.variable in ("", "base")]
    annex = weights_annex(base, undeclared, words, PERIODS, ROUNDS)
    assert "the weights that the offices delivered are used as they are." in annex.texts[1]
    assert len(annex.texts) == 2
    assert "step by step" not in " ".join(annex.texts)
    assert {row[1] for row in written(annex, "story")} == {"Weights as delivered"}
    assert table(annex, "story").title == "The weights as delivered"
    assert "change" not in " ".join(table(annex, "story").notes), "nothing on columns that are not there"
    assert "step" not in " ".join(table(annex, "headline").notes)
    assert [item.key for item in annex.plain] == ["story", "headline", "base"]
    assert table(annex, "story").head[-1] == "Kish effect", "no column of changes where nothing changed"
    assert {row[2] for row in written(annex, "base")} == {"Weights delivered by the office"}


def test_rates_after_each_step_have_two_decimals_and_their_unit(weights, protected):
    headline = table(weights, "headline")
    assert headline.head[2:] == ("Labour force participation rate (per cent)", "Unemployment rate (per cent)")
    rows = protected[1][protected[1]["topic"] == "weight_headline"]
    assert [str(row[3]) for row in headline.rows] == [
        f"{100 * value:.2f}" for value in rows[rows["category"] == "unemployment_rate"]["value"]
    ]


def test_joined_cells_are_a_number_and_never_named(weights, made, quality):
    joined = quality[quality["topic"] == "cell_joined"]
    assert len(joined[joined["round"] == "2021H2"]) == 10
    assert written(weights, "joined")[0] == ("A", "Stratum", "10")
    assert b"secret-psu" not in made[0]
    assert b"secret-psu" not in b"".join(openpyxl_strings(made[1]))


def openpyxl_strings(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell).encode() for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row
    ]


def test_no_joined_cell_is_said_too(findings, iraq, words):
    without = [item for item in findings if item.topic != "cells_joined"]
    annex = weights_annex(without, iraq, words, PERIODS, ROUNDS)
    assert annex.texts[-1] == "No adjustment cell was so small that it had to be joined with another."


def test_strata_are_named_with_their_office_and_change_in_per_cent(iraq, words):
    rows = [
        finding("weight_change", "calibration", "cso:121", 1.1234),
        finding("weight_change", "trimming", "north", 0.95),
    ]
    annex = weights_annex(rows, iraq, words, PERIODS, ROUNDS)
    assert written(annex, "changes") == [
        ("A", "Calibration", "121 (CSO)", "12.3"),
        ("A", "Trimming", "north", "\u22125.0"),
    ]


def test_controls_by_margin_and_the_largest_gaps_by_name(iraq, words):
    """Shares of 90, 100 and 130 per cent, and households."""
    sexes = {"male": (1000.0, 0.9), "female": (3000.0, 1.3)}
    rows = []
    for sex, (total, share) in sexes.items():
        about = {"variable": "by sex", "category": f"kri x {sex}", "detail": "persons: region x sex"}
        rows += [finding("control_total", value=total, **about), finding("control_before", value=share, **about)]
    about = {"variable": "homes", "category": "federal", "detail": "households: region"}
    rows += [finding("control_total", value=500.0, **about), finding("control_before", value=1.0, **about)]
    rows.append(finding("control_left_out", "by sex", value=2.0))
    annex = weights_annex(rows, iraq, words, PERIODS, ROUNDS)
    assert written(annex, "controls") == [
        ("A", "Persons: Region × Sex", "2", "4,000", "90.0%", "110.0%", "130.0%"),
        ("A", "Households: Region", "1", "500", "100.0%", "100.0%", "100.0%"),
    ]
    assert table(annex, "controls").notes[-1].startswith("Year A: 2 controls were left out")
    assert written(annex, "gaps") == [
        ("A", "Persons: Region × Sex", "Kurdistan Region, Women", "3,000", "130.0%"),
        ("A", "Persons: Region × Sex", "Kurdistan Region, Men", "1,000", "90.0%"),
        ("A", "Households: Region", "Federal Iraq", "500", "100.0%"),
    ]


def test_a_control_that_nobody_was_counted_in_is_the_largest_gap(iraq, words):
    rows = [
        finding("control_total", "sex", "male", 10.0, "persons: sex"),
        finding("control_before", "sex", "male", 0.5, "persons: sex"),
        finding("control_total", "sex", "female", 10.0, "persons: sex"),
        finding("control_before", "sex", "female", 0.0, "persons: sex"),
    ]
    annex = weights_annex(rows, iraq, words, PERIODS, ROUNDS)
    assert [row[2] for row in written(annex, "gaps")] == ["Women", "Men"]


def test_errors_with_and_without_the_calibration(errors):
    assert written(errors, "calibrated_rates")[0][3:] == ("0.800", "1.000", "0.80")
    assert written(errors, "calibrated_numbers")[0][3:] == ("4.000", "5.000", "0.80")
    assert table(errors, "calibrated_numbers").head[3] == "Standard error (thousands)"
    assert any("take it into account" in text for text in errors.texts)


def test_a_suppressed_national_figure_has_no_error_here_either(estimates, quality, iraq, words):
    from lfs.protect import protect

    small = estimates.copy()
    national = (small["breakdown"] == "total") & (small["indicator"] == "unemployed")
    small.loc[national, "n_cases"] = 3.0
    published, shown = protect(small, quality, iraq)
    annex = errors_annex(findings_of(shown), Published(published, iraq), words, PERIODS, ROUNDS, ROUNDS)
    assert "calibrated_numbers" not in {item.key for item in annex.plain}


def test_look_up_tables_of_the_latest_round_by_group(errors, protected):
    totals, variations = table(errors, "totals"), table(errors, "variations")
    assert totals.title == "Approximate standard errors of numbers of persons, in persons: Year B"
    assert list(totals.head) == [
        "Number (persons)",
        "Labour force and Employed",
        "Outside the labour force",
        "Unemployed",
        "Informal employment and Employment in the informal sector",
    ]
    quality = protected[1]
    told = quality[(quality["topic"] == "gvf_se_total") & (quality["round"] == "2022H2")].iloc[0]
    size = float(told["category"])
    sizes = [row[0].value for row in totals.rows]
    assert sizes == sorted(set(sizes)), "one row a size"
    share = 100 * told["value"] / size
    assert totals.rows[sizes.index(size)][1] == Number(f"{told['value']:,.0f}", told["value"], "#,##0")
    assert variations.rows[sizes.index(size)][1] == Number(f"{share:.1f}", share, "#,##0.0"), (
        "in per cent, as elsewhere"
    )
    assert any("Year B; those of earlier periods are in the workbook" in text for text in errors.texts)
    assert any("do not hold for figures by displacement status" in text for text in errors.texts)


def test_rates_to_look_up_stand_in_columns_and_a_dot_where_none_is_given(protected, iraq, words):
    detail = {"variable": "g", "detail": "unemployed"}
    rows = [
        finding("gvf_n", value=30.0, **detail),
        finding("gvf_se_rate", "g", "100000|0.1", 0.021),
        finding("gvf_se_rate", "g", "20000|0.025", 0.05),
        finding("gvf_se_rate", "g", "20000|0.1", 0.03),
    ]
    annex = errors_annex(rows, Published(protected[0], iraq), words, PERIODS, ROUNDS, ROUNDS)
    assert table(annex, "rates").head[1:] == ("Rate out of (persons)", "Rate of 2.5%", "Rate of 10%")
    assert table(annex, "rates").title.endswith("in percentage points: Year A")
    assert written(annex, "rates") == [
        ("Unemployed", "20,000", "5.00", "3.00"),
        ("Unemployed", "100,000", NOTHING, "2.10"),
    ]


def test_several_rounds_to_look_up_stand_below_each_other(protected, iraq, words):
    """A size that only one round gives, and a group that only the other has, leave dots."""
    rows = []
    for name, group, size in zip(ROUNDS, ("unemployed", "employed"), ("20000", "10000"), strict=True):
        rows += [finding("gvf_n", group, value=30.0, detail=group, round_name=name)]
        rows += [finding("gvf_se_total", group, size, 1500.0, round_name=name)]
    annex = errors_annex(rows, Published(protected[0], iraq), words, PERIODS, ROUNDS, ROUNDS)
    assert table(annex, "totals").head == ("Period", "Number (persons)", "Unemployed", "Employed")
    assert written(annex, "totals") == [("A", "20,000", "1,500", NOTHING), ("B", "10,000", NOTHING, "1,500")]
    assert written(annex, "variations") == [("A", "20,000", "7.5", NOTHING), ("B", "10,000", NOTHING, "15.0")]


def replicated(survey, **rule):
    declared = {"method": "bootstrap", "count": 20} | rule
    config = survey.config.model_copy(update={"replicates": ReplicatesRule.model_validate(declared)})
    return replace(survey, config=config)


def counted(findings, *counts):
    rows = [
        finding("replicates", value=count, round_name=name)._replace(step="estimate")
        for name, count in zip(ROUNDS, counts, strict=False)
    ]
    return [*findings, *rows]


def test_errors_by_replicates_are_told_and_stand_beside_those_by_linearisation(findings, protected, iraq, words):
    survey = replicated(iraq)
    published = Published(protected[0], survey)
    annex = errors_annex(counted(findings, 20.0, 20.0), published, words, PERIODS, ROUNDS, ROUNDS[1:])
    text = " ".join(annex.texts)
    assert "come from replicates (rescaled bootstrap of primary sampling units; number of replicates: 20)." in text
    assert "The standard errors of this report take it into account" not in text
    rates = table(annex, "replicated_rates")
    assert rates.title.startswith("Standard errors of national rates: those of this report, and by linearisation")
    assert rates.head[3:5] == ("Of this report (percentage points)", "By linearisation (percentage points)")
    own = published.figure("2021H2", "icls19", "unemployment_rate", {}).se
    assert written(annex, "replicated_rates")[0][3:] == (f"{100 * own:.3f}", "0.800", "1.000", "0.80")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({}, "(rescaled bootstrap of primary sampling units; number of replicates: 20)"),
        ({"method": "balanced", "count": None, "fay": 0.3}, "(balanced half-samples by the method of Fay;"),
        ({"method": "delivered", "scale": 0.05, "around_mean": True}, "from their mean."),
    ],
)
def test_the_method_tells_replicates_and_not_linearisation(findings, iraq, words, rule, told):
    annex = methods_annex([], counted(findings, 20.0, 20.0), replicated(iraq, **rule), words)
    text = " ".join(annex.texts)
    assert told in text
    assert "linearisation" not in text
    assert "what these totals do not explain" not in text
    assert "done again on each set of replicate weights" in text


def test_counts_that_differ_by_round_are_told_from_least_to_most(findings, iraq, words):
    annex = methods_annex([], counted(findings, 380.0, 400.0), replicated(iraq, method="jackknife", count=None), words)
    assert "number of replicates: 380–400)" in " ".join(annex.texts)


@pytest.mark.parametrize(
    ("design", "lonely", "told"),
    [
        ({"certainty": "sure"}, "centre", "sure to be drawn is taken as a stratum of its own"),
        ({"fractions": ["f1"]}, "centre", "of the primary sampling units of a stratum that was drawn"),
        ({"fractions": ["f1", "f2"], "units": ["household"]}, "centre", "a term for each of the 2 stages of sampling"),
        ({"neighbours": {"a": "b"}}, "collapse", "was joined with the neighbouring stratum declared for it"),
    ],
)
def test_what_the_design_declares_is_told_and_nothing_else(findings, iraq, words, design, lonely, told):
    config = iraq.config.model_copy(update={"design": DesignRule.model_validate(design), "lonely_psu": lonely})
    plain = methods_annex([], findings, iraq, words).texts
    declared = methods_annex([], findings, replace(iraq, config=config), words).texts
    assert not any(told in text for text in plain)
    assert [told in text for text in declared].count(True) == 1
    assert len(declared) == len(plain) + 1


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({}, "sampling fractions of later stages do not enter replicates."),
        ({"method": "balanced", "count": None}, "but they do not enter these replicates."),
    ],
)
def test_which_fractions_enter_replicates_is_told(findings, iraq, words, rule, told):
    survey = replicated(iraq, **rule)
    fractions = DesignRule(fractions=("f1", "f2"), units=("household",))
    survey = replace(survey, config=survey.config.model_copy(update={"design": fractions}))
    text = " ".join(methods_annex([], counted(findings, 20.0), survey, words).texts)
    assert told in text


def test_functions_say_how_near_they_are(protected, iraq, words):
    values = {"n": 136, "held": 2, "a": 2.5e-4, "b": 548.13, "low": 0.9, "median": 1.01, "high": 1.21}
    rows = [finding(f"gvf_{name}", "g", value=value, detail="unemployed") for name, value in values.items()]
    annex = errors_annex(rows, Published(protected[0], iraq), words, PERIODS, ROUNDS, ROUNDS)
    assert written(annex, "functions") == [("A", "Unemployed", "136", "2", "250.00", "548.1")]
    assert written(annex, "nearness") == [("A", "Unemployed", "0.90", "1.01", "1.21")]
    assert table(annex, "nearness").head[2:] == (
        "Numbers: one in ten below",
        "Numbers: the middle one",
        "Numbers: one in ten above",
    )
    assert table(annex, "functions").head[4] == "a (millionths)"


def test_a_group_that_could_not_be_fitted_says_so(protected, iraq, words):
    rows = [finding("gvf_unfitted", "g", value=3.0, detail="employed+unemployed")]
    annex = errors_annex(rows, Published(protected[0], iraq), words, PERIODS, ROUNDS, ROUNDS)
    assert annex.plain == ()
    assert annex.texts[-1] == (
        "Year A: no function for Employed and Unemployed, since 3 direct errors are too few to fit one."
    )


def test_the_workbook_has_them_as_sheets_with_numbers(made, protected):
    book = openpyxl.load_workbook(io.BytesIO(made[1]))
    first = next(
        sheet for sheet in book.worksheets if sheet["A1"].value == "Table B1. What each step did to the weights"
    )
    assert first.title == "Table B1"
    assert "Table B1. What each step did to the weights" in made[0].decode(), "the same number in the report"
    rows = {(row[0].value, row[1].value): row for row in first.iter_rows()}
    cell = rows["Jul–Dec 2021", "Calibration"][3]
    told = protected[1].query("topic == 'weight_story' and variable == 'calibration' and category == 'sum'")
    assert cell.value == pytest.approx(told["value"].iloc[0], rel=1e-12)
    assert cell.number_format == "#,##0"
    functions = next(sheet for sheet in book.worksheets if str(sheet["A1"].value).endswith("variance functions"))
    assert {row[0].value for row in functions.iter_rows(min_row=7)} == {"Jul–Dec 2021", "Jul–Dec 2022"}
    totals = next(sheet for sheet in book.worksheets if str(sheet["A1"].value).endswith("in persons"))
    assert {row[0].value for row in totals.iter_rows(min_row=5)} >= {"Jul–Dec 2021", "Jul–Dec 2022"}, "all rounds"
    shares = next(sheet for sheet in book.worksheets if "gave no answer" in str(sheet["A1"].value))
    found = [cell for row in shares.iter_rows() for cell in row if cell.number_format == "0.00%"]
    assert found[0].value == pytest.approx(0.0123)


def test_without_anything_modelled_the_annexes_still_read_well(protected, iraq, labels):
    published, quality = protected
    plain = quality[~quality["topic"].str.startswith(("gvf_", "se_", "weight_", "control_", "cells_", "base_"))]
    undeclared = replace(iraq, config=iraq.config.model_copy(update={"weighting": None, "generalised_variance": None}))
    report, workbook = publish(published, plain, undeclared, labels, language="en", files=BOTH).values()
    assert b"used as they are" in report
    assert b"Approximate standard errors" not in report
    assert b"approximate errors" not in report
    assert "How it is made is told in the annex “Method and assumptions”.".encode() in report
    names = openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames
    assert not [name for name in names if name.startswith(("Table B", "Table C"))]


def test_every_topic_that_a_step_tells_has_words_or_a_table_of_its_own(words):
    told = re.compile(r'"topic": "([a-z_]+)"|topic="([a-z_]+)"|Note\("([a-z_]+)"')
    code = [path.read_text(encoding="utf-8") for path in LIBRARY.glob("**/*.py")]
    topics = {name for text in code for found in told.findall(text) for name in found if name}
    assert topics > {"weight_story", "no_psu", "control_total", "gvf_unfitted", "replicates"}
    assert [name for name in sorted(topics) if name not in ELSEWHERE and not words.has("topics", name)] == [
        "cell_joined"
    ]
