# ruff: noqa: E501 (case tables are as wide as they are)
"""Hours in all jobs, written from the 18th ICLS resolution on working time and the bands of the ILO's tables."""

import pandas as pd
import pytest

from lfs.derive.working_time import actual_hours, excessive_hours, hours_band, usual_hours, working_time


def test_hours_of_all_jobs(derived, agree):
    """Main job and other jobs together; no answer is not zero, and main hours alone are not those of all jobs."""
    cases = derived(
        """
        case                         | worked_for_pay | job_count | usual_hours_main | usual_hours_other | actual_hours_main | actual_hours_other | usual_hours | actual_hours | hours_band | working_time | excessive_hours
        forty hours                  | yes            | one       | 40               |                   | 42                |                    | 40          | 42           | 40-48      | full_time    | no
        on holiday                   | yes            | one       | 40               |                   | 0                 |                    | 40          | 0            | 0          | full_time    | no
        six days of six hours        | yes            | one       | 36               |                   | 36                |                    | 36          | 36           | 35-39      | full_time    | no
        one hour less                | yes            | one       | 35               |                   | 34                |                    | 35          | 34           | 30-34      | part_time    | no
        two part-time jobs           | yes            | more      | 20               | 20                | 20                | 9                  | 40          | 29           | 15-29      | full_time    | no
        together six hours a day     | yes            | more      | 40               | 8                 | 40                | 8                  | 48          | 48           | 40-48      | full_time    | yes
        just below the limit         | yes            | one       | 47               |                   | 49                |                    | 47          | 49           | 49+        | full_time    | no
        at the limit                 | yes            | one       | 48               |                   | 48                |                    | 48          | 48           | 40-48      | full_time    | yes
        one hour                     | yes            | one       | 1                |                   | 1                 |                    | 1           | 1            | 1-14       | part_time    | no
        absent from both             | yes            | more      | 30               | 10                | 0                 | 0                  | 40          | 0            | 0          | full_time    | no
        main job open                | yes            | one       | ?                |                   | ?                 |                    |             |              | ?          | ?            | no
        main open, other known       | yes            | more      | ?                | 10                | ?                 | 50                 |             |              | ?          | ?            | no
        other open                   | yes            | more      | 30               | ?                 | 30                | ?                  |             |              | ?          | ?            | no
        other open, main is full     | yes            | more      | 40               | ?                 | 45                | ?                  |             |              | ?          | full_time    | no
        other open, main is long     | yes            | more      | 60               | ?                 | 60                | ?                  |             |              | 49+        | full_time    | yes
        number of jobs open          | yes            | ?         | 40               |                   | 40                |                    | 40          | 40           | 40-48      | full_time    | no
        not employed                 | no             |           |                  |                   |                   |                    |             |              |            |              |
        """
    )
    agree(cases, "usual_hours", "actual_hours", "hours_band", "working_time", "excessive_hours")


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        (0, "0"),
        (0.5, "1-14"),
        (14.9, "1-14"),
        (15, "15-29"),
        (29.5, "15-29"),
        (30, "30-34"),
        (35, "35-39"),
        (39.9, "35-39"),
        (40, "40-48"),
        (48.5, "40-48"),
        (49, "49+"),
        (336, "49+"),
        (float("nan"), "not_stated"),
    ],
)
def test_bands_hold_all_hours_there_are(hours, band):
    one = pd.Series([hours], dtype=float)
    assert hours_band(one, one).tolist() == [band]


def test_the_limits_are_settings():
    """Full time from 40, excessive from 60: surveys have limits of their own."""
    hours = pd.Series([36.0, 40.0, 48.0, 60.0])
    assert working_time(hours, hours, full_time_hours=40).tolist() == ["part_time"] + ["full_time"] * 3
    assert excessive_hours(hours, hours, excessive_hours_from=60).tolist() == [False, False, False, True]


def test_a_survey_without_hours_of_other_jobs_knows_the_hours_of_those_with_one_job_only():
    main, other_jobs = pd.Series([40.0, 40.0]), pd.Series([False, True], dtype="boolean")
    assert usual_hours(main, other_jobs).fillna(-1).tolist() == [40, -1]
    assert actual_hours(main).tolist() == [40, 40], "nor does it ask about other jobs at all"
