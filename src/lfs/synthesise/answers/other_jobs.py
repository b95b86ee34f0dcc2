"""Answers on the second job, on the search for another, and on jobs that people had before."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Mask, People, Texts, yes_no
from lfs.synthesise.answers.work import Jobs

_RELATIONSHIPS = (
    "employee", "own_business", "helping_family_business", "apprentice", "helping_family_employee",
)  # fmt: skip
_SIDE_TRADES = (("4922", "8322", 24), ("4711", "5221", 20), ("0111", "6111", 18), ("0141", "6121", 10),
                ("8549", "2359", 8), ("4330", "7123", 8), ("4520", "7231", 6), ("1410", "7531", 6))  # fmt: skip
_LAST_TRADES = {
    "man": (("4100", "9313", 26), ("4711", "5223", 16), ("8422", "0310", 8), ("4922", "8322", 12), ("0111", "6111", 8),
            ("5610", "5120", 10), ("4330", "7123", 9), ("8411", "4110", 4), ("1071", "7512", 7)),
    "woman": (("8510", "2341", 22), ("0111", "6111", 16), ("1410", "7531", 16), ("4711", "5223", 18),
              ("9602", "5142", 10), ("8411", "4110", 10), ("8610", "3221", 8)),
}  # fmt: skip
_ENDED = ("under_6_months", "6_to_12_months", "1_to_5_years", "5_years_or_more")
_LONG = ("1_to_2_years", "2_years_or_more")


def answer_second_job(people: People, jobs: Jobs) -> None:
    """What the second job is, of those with more than one: mostly an own business beside the post with government."""
    more = people.is_("job_count", "more")
    beside = people.one_of("second job as", _RELATIONSHIPS, (0.24, 0.62, 0.12, 0.01, 0.01), lasting=True)
    other = people.one_of("second job as", _RELATIONSHIPS, (0.48, 0.30, 0.19, 0.015, 0.015), lasting=True)
    people.ask("second_employment_relationship", more, np.where(jobs.government, beside, other).astype(object))
    people.silent("second_employment_relationship", more, 0.01)
    _answer_trade(people, "second", more, _drawn(people, "second trade", _SIDE_TRADES))


def answer_other_search(people: People) -> None:
    """Search for another or an additional job, and the hours that people would add; a week has 168."""
    wants = people.is_("wants_more_hours", "yes")
    share = np.where(wants, 0.34, np.where(people.informal_job, 0.06, 0.02))
    sought = people.share("looks for another job", share)
    people.ask("sought_other_job", people.employed, yes_no(sought))
    people.silent("sought_other_job", people.employed & ~sought, 0.004)
    hours = 5 * (1 + np.floor(5 * people.passing.uniform(people.person, "hours to add") ** 1.4))
    people.ask_number("extra_hours_wanted", wants, hours)
    people.silent("extra_hours_wanted", wants, 0.02)


def answer_previous_work(people: People) -> None:
    """Whether those without a job ever had one, when the last one ended, and what it was.

    ASSUME Of unemployed people in the invented population one man in two and one woman in six worked before, more of
    them the older they are; whoever was employed in the round before has worked before, and says so.
    """
    asked = (people.age >= 15) & ~people.employed
    grown = np.clip((people.age - 15) / 25, 0, 1)
    share = np.where(people.woman, 0.04 + 0.10 * grown, 0.12 + 0.78 * grown) + np.where(people.unemployed, 0.12, 0.0)
    once = people.share("worked before", share, lasting=True) | people.worked_earlier
    people.ask("worked_before", asked, yes_no(once))
    people.silent("worked_before", asked & ~people.worked_earlier, 0.004)
    before = people.is_("worked_before", "yes")
    people.ask("last_job_ended", before, _ended(people))
    people.silent("last_job_ended", before, 0.01)
    man, woman = (_drawn(people, "last trade", _LAST_TRADES[who]) for who in ("man", "woman"))
    trade = (np.where(people.woman, woman[0], man[0]), np.where(people.woman, woman[1], man[1]))
    _answer_trade(people, "previous", before, trade)


def _ended(people: People) -> Texts:
    """Within a year where the person was employed a year ago; not after the search began."""
    unemployed = people.one_of("last job ended", _ENDED, (0.30, 0.24, 0.33, 0.13))
    outside = people.one_of("last job ended", _ENDED, (0.04, 0.07, 0.30, 0.59))
    recent = people.one_of("last job ended", _ENDED[:2], (0.55, 0.45))
    ended = np.where(people.unemployed, unemployed, outside).astype(object)
    searched = people.text("search_duration")
    ended[(searched == "6_to_12_months") & (ended == "under_6_months")] = "6_to_12_months"
    ended[np.isin(searched.astype(str), _LONG) & np.isin(ended.astype(str), _ENDED[:2])] = "1_to_5_years"
    ended = np.where(
        people.worked_earlier & (people.years == 1), np.where(searched == "6_to_12_months", _ENDED[1], recent), ended
    )
    return ended.astype(object)


def _drawn(people: People, purpose: str, table: tuple[tuple[str, str, int], ...]) -> tuple[Texts, Texts]:
    """Industry and occupation that a person keeps."""
    places = [str(place) for place in range(len(table))]
    row = people.one_of(purpose, places, [float(line[2]) for line in table], lasting=True).astype(int)
    industry, occupation = (np.array([line[column] for line in table], dtype=object) for column in (0, 1))
    return industry[row], occupation[row]


def _answer_trade(people: People, which: str, asked: Mask, trade: tuple[Texts, Texts]) -> None:
    for name, codes in zip(("industry", "occupation"), trade, strict=True):
        people.ask(f"{which}_{name}", asked, codes.astype(object))
        people.silent(f"{which}_{name}", asked, 0.01)
