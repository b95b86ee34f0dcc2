"""config/breaks.csv: from where on a series cannot be compared, on the round of every table that shows both sides."""

import datetime
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lfs.metadata import Survey, SurveyError, load_survey
from lfs.metadata.breaks import read_breaks
from lfs.metadata.labels import read_labels
from lfs.metadata.results_matrix import Result
from lfs.publish.figures import Published
from lfs.publish.results import results_chapter
from lfs.publish.tables import Periods, table
from lfs.publish.words import Words

ROOT = Path(__file__).parents[1]
ROUNDS = ("2007", "2012", "2021H2", "2022H2")
INDICATORS = ("unemployment_rate", "employed")
NAMES = {name: f"Year {name}" for name in ROUNDS}
PERIODS = Periods(NAMES, NAMES, frozenset())


def declared(folder: Path, text: str) -> Path:
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config/breaks.csv").write_text("round,indicator,reason\n" + text, encoding="utf-8")
    return folder


def test_a_survey_without_the_file_has_no_breaks(tmp_path):
    assert read_breaks(tmp_path, ROUNDS, INDICATORS) == ()


def test_a_break_concerns_one_indicator_or_all(tmp_path):
    one, every = read_breaks(declared(tmp_path, "2012,employed,a\n2021H2,*,b\n"), ROUNDS, INDICATORS)
    assert one.concerns({"employed", "unemployment_rate"})
    assert not one.concerns({"unemployment_rate"})
    assert every.concerns({"unemployment_rate"})


def test_every_wrong_row_is_named_with_its_line(tmp_path):
    folder = declared(tmp_path, "2013,*,a\n2012,employd,a\n2012,*,\n")
    with pytest.raises(SurveyError) as raised:
        read_breaks(folder, ROUNDS, INDICATORS)
    unknown, misspelt, empty = raised.value.problems
    assert "breaks.csv, line 2: rounds.csv has no round '2013'" in unknown
    assert "breaks.csv, line 3: no indicator is called 'employd'; did you mean 'employed'?" in misspelt
    assert "breaks.csv, line 4, reason" in empty


def test_other_columns_are_refused(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/breaks.csv").write_text("round,reason\n2012,a\n", encoding="utf-8")
    with pytest.raises(SurveyError, match="line 1: the columns are round, indicator, reason"):
        read_breaks(tmp_path, ROUNDS, INDICATORS)


@pytest.fixture(scope="module")
def iraq() -> Survey:
    survey = load_survey(ROOT)
    return replace(survey, breakdowns={name: survey.breakdowns[name] for name in ("total", "sex")})


def published(iraq: Survey) -> Published:
    """Unemployment by sex: 2007 and 2012 too, 2007 without a figure for women."""
    rows = [
        {"round": name, "standard": "icls19", "indicator": "unemployment_rate", "breakdown": "sex", "sex": sex}
        for name in ROUNDS
        for sex in ("male", "female")
        if (name, sex) != ("2007", "female")
    ]
    numbers = {"value": 0.1, "se": 0.01, "lower": 0.08, "upper": 0.12, "cv": 0.1, "n": 900.0, "n_cases": 90.0}
    frame = pd.DataFrame(rows).assign(**numbers, flag="", status="published")
    return Published(frame, iraq)


def shown(iraq: Survey, rounds: tuple[str, ...]):
    words = Words(read_labels(ROOT, "en"), "en")
    group = next(name for name, each in iraq.tables.items() if "unemployment_rate" in each.indicators)
    return table(published(iraq), group, "sex", "Table 1", words, PERIODS, rounds)


def test_a_break_stands_beside_its_round_and_its_reason_below_the_table(iraq):
    found = shown(iraq, ROUNDS)
    assert found.rounds == ("Year 2007 [b]", "Year 2012", "Year 2021H2 [b]", "Year 2022H2")
    notes = [note for note in found.notes if note.startswith("[b]")]
    assert len(notes) == 2
    assert "Year 2021H2 cannot be compared with those of earlier periods" in notes[1]
    assert "19th ICLS" in notes[1]


def test_a_table_that_shows_one_side_only_has_no_break(iraq):
    found = shown(iraq, ROUNDS[2:])
    assert found.rounds == ("Year 2021H2", "Year 2022H2")
    assert not [note for note in found.notes if note.startswith("[b]")]


def test_what_a_round_has_not_is_not_available_and_never_zero(iraq):
    found = shown(iraq, ROUNDS)
    women = next(row for group in found.groups for row in group.rows if row.labels == ("Women",))
    assert [figure.mark for figure in women.figures] == ["x", "", "", ""]
    assert women.figures[0].value is None


@pytest.mark.parametrize(
    ("baseline", "baseline_round", "change"),
    [
        (None, "2021H2", "cannot be told"),  # the two rounds have the same figure and interval
        (None, "2012", "no comparison"),  # the series breaks at 2021H2, between the two
        (0.30, "2012", "no comparison"),  # a declared number of that round is on the other side of the break too
        (0.30, "", "improved"),  # a number of no round of this survey
    ],
)
def test_a_result_is_not_compared_with_a_baseline_before_a_break(iraq, baseline, baseline_round, change):
    due = datetime.date(2030, 12, 31)
    result = Result("unemployment_rate", "sex", {"sex": "male"}, baseline, baseline_round, 0.12, "down", due, "policy")
    words = Words(read_labels(ROOT, "en"), "en")
    chapter = results_chapter(published(iraq), [result], words, PERIODS)
    (row,) = chapter.plain[0].rows
    assert row[-2] == change
