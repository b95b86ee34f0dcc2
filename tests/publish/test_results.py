"""The results matrix: verdicts that respect the interval, and a file whose mistakes are named."""

import shutil
from pathlib import Path

import pytest

from lfs.metadata import SurveyError, load_survey
from lfs.metadata.results_matrix import FILE, read_results_matrix
from lfs.publish.figures import Figure
from lfs.publish.results import change_verdict, target_verdict

ROOT = Path(__file__).parents[2]


def figure(lower, upper):
    middle = None if lower is None else (lower + upper) / 2
    return Figure("rate", "", value=middle, lower=lower, upper=upper)


@pytest.mark.parametrize(
    ("lower", "upper", "target", "direction", "verdict"),
    [
        (0.10, 0.12, 0.13, "down", "met"),
        (0.10, 0.12, 0.12, "down", "met"),  # the whole interval is at the target or below
        (0.10, 0.12, 0.11, "down", "cannot_be_told"),
        (0.10, 0.12, 0.10, "down", "cannot_be_told"),  # the lower limit is at the target, the rest above
        (0.10, 0.12, 0.09, "down", "not_met"),
        (0.10, 0.12, 0.09, "up", "met"),
        (0.10, 0.12, 0.10, "up", "met"),
        (0.10, 0.12, 0.11, "up", "cannot_be_told"),
        (0.10, 0.12, 0.13, "up", "not_met"),
        (None, None, 0.13, "up", "unknown"),
        (-0.37, -0.33, 0.05, "towards_zero", "not_met"),  # far below zero is far from it
        (-0.04, 0.03, 0.05, "towards_zero", "met"),
        (-0.04, -0.01, 0.05, "towards_zero", "met"),
        (-0.06, 0.03, 0.05, "towards_zero", "cannot_be_told"),
        (0.04, 0.06, 0.05, "towards_zero", "cannot_be_told"),
    ],
)
def test_a_target_is_met_only_by_the_whole_interval(lower, upper, target, direction, verdict):
    assert target_verdict(figure(lower, upper), target, direction) == verdict


@pytest.mark.parametrize(
    ("now", "before", "direction", "verdict"),
    [
        ((0.10, 0.12), (0.13, 0.15), "down", "improved"),
        ((0.10, 0.12), (0.13, 0.15), "up", "worsened"),
        ((0.10, 0.14), (0.13, 0.15), "down", "cannot_be_told"),  # the intervals overlap
        ((0.16, 0.18), (0.13, 0.15), "down", "worsened"),
        ((0.10, 0.12), 0.13, "down", "improved"),  # a number without error
        ((0.10, 0.12), 0.11, "down", "cannot_be_told"),
        ((0.10, 0.12), None, "down", "unknown"),
        ((None, None), 0.13, "down", "unknown"),
        ((-0.20, -0.15), (-0.35, -0.30), "towards_zero", "improved"),
        ((0.15, 0.20), (-0.35, -0.30), "towards_zero", "improved"),  # on the other side, but nearer
        ((-0.35, -0.30), (-0.20, -0.15), "towards_zero", "worsened"),
        ((-0.20, 0.10), (-0.25, -0.15), "towards_zero", "cannot_be_told"),
    ],
)
def test_a_change_is_told_only_where_intervals_do_not_overlap(now, before, direction, verdict):
    baseline = figure(*before) if isinstance(before, tuple) else before
    assert change_verdict(figure(*now), baseline, direction) == verdict


def test_iraqs_targets_are_marked_as_examples():
    results = read_results_matrix(load_survey(ROOT))
    assert len(results) >= 12
    assert all("example target" in result.source for result in results)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unemployment_rate,total", "unemployment_rat,total", "line 2, indicator: .*called 'unemployment_rat'"),
        ("unemployment_rate,sex,female", "unemployment_rate,sex,femal", "sex: 'femal' is no category; .*female"),
        ("unemployment_rate,sex,female", "unemployment_rate,total,female", "has no sex; write total"),
        ("0.12,down", "0.12,sideways", "direction: 'sideways'"),
        ("0.05,towards_zero", "-0.05,towards_zero", "target: -0.05; a gap's distance"),
        ("0.12,down,2027-12-31", "twelve,down,2027-12-31", "target: 'twelve' is no number"),
        ("2027-12-31", "31.12.2027", "due: '31.12.2027' is no date"),
        ("2021H2", "2021H3", "baseline_round: no round is called '2021H3'"),
        ("direction", "way", "column direction is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path, old, new, message):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(SurveyError, match=message):
        read_results_matrix(load_survey(tmp_path))
