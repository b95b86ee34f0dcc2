"""Answers of the employed on injuries at work in the last twelve months."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import People, yes_no

_PERCENT = {"01": 2.6, "06": 2.8, "10": 2.9, "14": 1.4, "23": 3.8, "31": 3.4, "35": 2.8, "41": 4.9, "43": 4.5,
            "45": 3.2, "49": 2.6, "84": 1.7, "85": 0.5, "86": 0.9}  # fmt: skip
_OTHER = 1.4


def answer_injury(people: People) -> None:
    """Injury, and the working days lost by it.

    ASSUME About 2% of the employed in the invented population had an injury at work in twelve months, from one in two
    hundred in education to one in twenty in construction; women half as often as men in the same branch.
    """
    division = people.text("industry").astype(str)
    percent = np.array([_PERCENT.get(code[:2], _OTHER) for code in division.tolist()])
    injured = people.share("injured", percent / 100 * np.where(people.woman, 0.6, 1.05))
    people.ask("injured_at_work", people.employed, yes_no(injured))
    people.silent("injured_at_work", people.employed & ~injured, 0.003)
    asked = people.is_("injured_at_work", "yes")
    draw = people.passing.uniform(people.person, "days lost")
    days = np.floor(np.exp(5.2 * draw**1.3))  # half of them up to 8 days, one in twenty more than four months
    people.ask_number("injury_days_lost", asked, np.where(draw < 0.2, 0.0, np.minimum(days, 365)))
    people.silent("injury_days_lost", asked, 0.02)
