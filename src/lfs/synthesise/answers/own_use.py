"""Answers on unpaid work for the own household: goods, housework and care (forms of work of the 19th ICLS)."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import Floats, Mask, People

_GOODS = ("farming", "building", "making_goods", "water", "firewood")
_SERVICES = ("housework", "care")
# Of those without a job: who produces goods besides the farmers, in towns and in the country, and which goods.
_MEN_BESIDES, _WOMEN_BESIDES = (0.0016, 0.0085), (0.0002, 0.0008)
_OF_PRODUCERS = (0.45, 0.20, 0.08, 0.15, 0.12)


def answer_own_use(people: People) -> None:
    """Kinds of unpaid work in the reference week, and its hours.

    ASSUME In the invented population nine in ten women and two in five men do housework or care in a week, women for
    about 31 hours and men for about 7: the proportions of time-use surveys of the region. Who farms for the family's
    own use by the questions on work says so here too.

    ASSUME As many people without a job produce goods for the own household in the invented population as ILOSTAT's
    employment of 2021 (13th ICLS, which counts them) exceeds that of the national report: 58,000 men and 16,000 women,
    which is EMP_TEMP_SEX_INS less 58.0% of the 13.1 million men and 7.6% of the 13.0 million women of working age. That
    they are all of that difference is inferred, and said by no source.
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
    housework = np.where(woman, np.where(married, 0.95, np.where(age < 20, 0.78, 0.86)), np.where(married, 0.34, 0.28))
    care = np.where(woman, np.where(married, 0.78, 0.25), np.where(married, 0.36, 0.05)) * child
    shares: dict[str, Floats | float] = {
        "farming": np.where(rural, 0.10, 0.01),
        "building": np.where(woman, 0.002, 0.03),
        "making_goods": np.where(woman, np.where(rural, 0.20, 0.06), 0.005),
        "water": np.where(rural, 0.05, 0.005),
        "firewood": np.where(rural, 0.035, 0.001),
        "housework": housework * np.where(people.employed & ~woman, 0.85, 1.0),
        "care": care,
    }
    did = {kind: fit & people.share(f"does {kind}", share) for kind, share in shares.items()}
    producer = fit & _produces_without_a_job(people)
    good = people.one_of("good for the household", _GOODS, _OF_PRODUCERS)
    for kind in _GOODS:
        did[kind] = np.where(people.employed, did[kind], producer & (good == kind))
    did["farming"] |= _farms_for_own_use(people)
    return did


def _produces_without_a_job(people: People) -> Mask:
    """Besides those who farm for their own use by the questions on work, and so are not employed."""
    share = np.where(people.woman, np.where(people.urban, *_WOMEN_BESIDES), np.where(people.urban, *_MEN_BESIDES))
    return ~people.employed & people.share("goods for the household", share)


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
