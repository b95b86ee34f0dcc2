"""Answers on unpaid work for the own household: goods, housework and care (forms of work of the 19th ICLS)."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Floats, Mask, People

_GOODS = ("farming", "building", "making_goods", "water", "firewood")
_SERVICES = ("housework", "care")


def answer_own_use(people: People) -> None:
    """Kinds of unpaid work in the reference week, and its hours.

    ASSUME In the invented population nine in ten women and two in five men do housework or care in a week, women for
    about 31 hours and men for about 7: the proportions of time-use surveys of the region. Who farms for the family's
    own use by the questions on work says so here too.

    ASSUME Goods for the own household are produced by so few people without a job in the invented population that
    employment by the 13th ICLS, which counts them, exceeds that by the 19th by no more than ILOSTAT's exceeds the
    national figure, one or two in a hundred.
    """
    adult = people.age >= 15
    did = _kinds(people)
    people.ask_several_or_none("own_use_work", adult, did)
    plain = adult & ~_farms_for_own_use(people)
    people.silent_all("own_use_work", [*_GOODS, *_SERVICES, "none"], plain, 0.004)
    for kind, options, hours in (("goods", _GOODS, _goods_hours), ("services", _SERVICES, _services_hours)):
        asked = np.zeros(len(people), dtype=bool)
        for option in options:
            asked |= people.is_(f"own_use_work_{option}", "yes")
        people.ask_number(f"own_use_{kind}_hours", asked, hours(people, did))
        people.silent(f"own_use_{kind}_hours", asked, 0.012)


def _kinds(people: People) -> dict[str, Mask]:
    woman, rural, age = people.woman, ~people.urban, people.age
    married = people.marital == "married"
    child = _lives_with_children(people)
    fit = age < 75
    job = np.where(people.employed, 1.0, np.where(woman, 0.012, 0.05))
    housework = np.where(woman, np.where(married, 0.95, np.where(age < 20, 0.78, 0.86)), np.where(married, 0.34, 0.28))
    care = np.where(woman, np.where(married, 0.78, 0.25), np.where(married, 0.36, 0.05)) * child
    shares: dict[str, Floats | float] = {
        "farming": np.where(rural, 0.10, 0.01) * job,
        "building": np.where(woman, 0.002, 0.03) * job,
        "making_goods": np.where(woman, np.where(rural, 0.20, 0.06), 0.005) * job,
        "water": np.where(rural, 0.05, 0.005) * job,
        "firewood": np.where(rural, 0.035, 0.001) * job,
        "housework": housework * np.where(people.employed & ~woman, 0.85, 1.0),
        "care": care,
    }
    did = {kind: fit & people.share(f"does {kind}", share) for kind, share in shares.items()}
    did["farming"] |= _farms_for_own_use(people)
    return did


def _farms_for_own_use(people: People) -> Mask:
    own = ("mainly_own_use", "only_own_use")
    farms = people.is_("farm_output_use", *own) | people.is_("farm_output_past_use", *own)
    return farms & ~people.is_("farm_hired_for_pay", "yes")


def _lives_with_children(people: People) -> Mask:
    """Whether the household has a child under 12."""
    _, household = np.unique(people.household, return_inverse=True)
    return np.bincount(household, weights=people.age < 12)[household] > 0


def _goods_hours(people: People, did: dict[str, Mask]) -> Floats:
    usual = {"farming": 11.0, "building": 12.0, "making_goods": 6.0, "water": 4.0, "firewood": 4.0}
    mean = sum(np.where(did[kind], hours, 0.0) for kind, hours in usual.items())
    spread = np.exp(0.6 * people.passing.normal(people.person, "hours for own goods") - 0.18)
    return np.clip(np.round(mean * spread), 1, 80)


def _services_hours(people: People, did: dict[str, Mask]) -> Floats:
    woman = people.woman
    mean = np.where(did["housework"], np.where(woman, 26.0, 8.0), 0.0) + np.where(
        did["care"], np.where(woman, 17.0, 8.0), 0.0
    )
    mean = mean * np.where(people.employed, 0.72, 1.0) * np.where(people.age < 18, 0.6, 1.0)
    spread = np.exp(0.45 * people.passing.normal(people.person, "hours for own services") - 0.10)
    return np.clip(np.round(mean * spread), 1, 98)
