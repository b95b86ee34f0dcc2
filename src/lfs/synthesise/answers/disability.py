"""Answers on difficulties of the body and the mind: the six questions of the Washington Group's short set."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from lfs.synthesise.answers.people import People

_LEVELS = ("none", "some", "a_lot", "cannot")
_ASKED_FROM = 5
# Per mille at age 40 with at least some difficulty, and a lot; and how many times as many ten years later.
_DOMAINS = {
    "seeing": (95.0, 15.5, 1.65), "hearing": (32.0, 8.5, 1.75), "walking": (70.0, 20.0, 1.90),
    "remembering": (40.0, 9.5, 1.60), "self_care": (17.0, 8.5, 1.75), "communicating": (17.0, 8.5, 1.25),
}  # fmt: skip


def answer_disability(people: People) -> None:
    """Difficulties that last from round to round and come together in the same frail people.

    ASSUME Between 5% and 6% of people of 15 and over in the invented population have a lot of difficulty in at least
    one of the six domains, or cannot do it at all: one in fifty of the young, a quarter of those over 65.
    """
    asked = people.age >= _ASKED_FROM
    frailty = people.lasting.normal(people.person, "frailty")
    decades = (np.clip(people.age, 15, 85) - 40) / 10
    for domain, (some, much, growth) in _DOMAINS.items():
        question = f"difficulty_{domain}"
        own = people.lasting.normal(people.person, question)
        draw = ndtr(np.sqrt(0.55) * frailty + np.sqrt(0.45) * own)
        at_age = growth**decades / 1000
        edges = [np.minimum(share * at_age, 0.9) for share in (some + much, much, much / 6)]
        level = sum((draw < edge).astype(int) for edge in edges)
        people.ask(question, asked, np.array(_LEVELS, dtype=object)[level])
        people.silent(question, asked & (level == 0), 0.003)
