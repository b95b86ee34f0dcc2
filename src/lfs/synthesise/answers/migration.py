"""Answers on birth abroad and arrival, on needs that remain after a return, and on children of the displaced."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Mask, People, yes_no

_REFUGE = {2012: 0.20, 2013: 0.38, 2014: 0.24, 2015: 0.10, 2016: 0.05, 1995: 0.03}
_WORK = {2017: 0.18, 2018: 0.24, 2019: 0.33, 2020: 0.25}
_EXILE = {1991: 0.15, 1999: 0.15, 2003: 0.40, 2005: 0.15, 2010: 0.15}


def answer_migration(people: People) -> None:
    """Country of birth, year of arrival, hardship after the return, flight of the parents.

    ASSUME Refugees in the invented population came household by household, most of them from 2012 to 2015, and their
    younger children were born in the country; one citizen in 140 was born abroad, mostly in exile before 2003.
    """
    everyone = np.ones(len(people), dtype=bool)
    refugee = people.displacement == "refugee"
    exile = people.national & people.share("born in exile", np.where(people.age >= 18, 0.011, 0.0), lasting=True)
    year = _arrival(people, refugee, exile)
    born_in_country = ~(exile | ~people.national) | (people.birth_year > year)
    people.ask("born_in_country", everyone, yes_no(born_in_country))
    people.silent("born_in_country", born_in_country, 0.001)
    abroad = people.is_("born_in_country", "no")
    people.ask_number("arrival_year", abroad, np.maximum(year, people.birth_year))
    people.silent("arrival_year", abroad, 0.03)
    _answer_hardship(people)
    asked = (people.national | people.is_("citizenship", "stateless")) & ~people.is_("forced_to_leave", "yes")
    born_after = people.family_displaced & np.isin(people.relationship.astype(str), ["child", "other_relative"])
    born_after &= people.age < people.years_since_flight
    people.ask("parents_displaced", asked, yes_no(born_after))
    people.silent("parents_displaced", asked & ~born_after, 0.002)


def _arrival(people: People, refugee: Mask, exile: Mask) -> np.ndarray:
    """The year in which each person's family came, or would have come, into the country."""

    def drawn(shares: dict[int, float]) -> np.ndarray:
        edges = np.cumsum(list(shares.values()))
        uniform = people.lasting.uniform(people.household, "year of arrival")
        return np.array(list(shares), dtype=float)[np.searchsorted(edges[:-1] / edges[-1], uniform, side="right")]

    return np.select([refugee, exile], [drawn(_REFUGE), drawn(_EXILE)], drawn(_WORK))


def _answer_hardship(people: People) -> None:
    """ASSUME Two in five returned households of the invented population still have needs that the displacement caused
    in the first round, and one in twenty of them overcomes these in a year; no official figure exists."""
    asked = people.is_("returned_home", "yes")
    share = np.where(people.urban, 0.36, 0.46) * 0.95**people.years
    people.ask("return_hardship", asked, yes_no(people.lasting.uniform(people.household, "hardship") < share))
    people.silent("return_hardship", asked, 0.008)
