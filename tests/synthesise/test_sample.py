"""The draw keeps to its design: probabilities, sizes, overlap, weights."""

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey, SurveyError
from lfs.synthesise import Sample, published
from lfs.synthesise.chance import Chance
from lfs.synthesise.frame import Frame
from lfs.synthesise.households import Members
from lfs.synthesise.population import Country, Population
from lfs.synthesise.sample import allocate, draw_households, draw_psus
from lfs.synthesise.survey import interview, select

from .conftest import with_synthesis

COPIES = 20
DRAWS = 250


def small_frame() -> Frame:
    """Two strata, one of them a camp, with 17 and 11 PSUs of 12 to 28 households."""
    records = np.array(
        [12, 14, 16, 18, 20, 22, 24, 26, 28, 13, 15, 17, 19, 21, 23, 25, 27] + [12, 13, 14] * 3 + [12, 13]
    )
    psus = pd.DataFrame(
        {
            "stratum": ["01U"] * 17 + ["01C"] * 11,
            "place": ["urban"] * 17 + ["camp"] * 11,
            "serial": np.arange(28) * 100,
            "records": records,
            "size": records * COPIES,
        }
    )
    psu = np.repeat(np.arange(28), records)
    household = np.arange(len(psu))
    nobody = Members(*(np.array([], dtype=np.int64) for _ in range(7)))
    return Frame(COPIES, psus, household, psu, household * 0, household * 0, nobody, np.array([], dtype=np.int32))


def test_inclusion_frequencies_are_the_declared_probabilities() -> None:
    """Over 250 draws of both rounds every PSU and household comes as often as its probability says (4 sigma)."""
    frame = small_frame()
    for turn in (0, 1):
        psu_drawn = np.zeros(len(frame.psus))
        household_drawn = np.zeros(len(frame.household))
        declared = np.full(len(frame.psus), np.nan)
        for repetition in range(DRAWS):
            chance = Chance(5).within(str(repetition))
            psus = draw_psus(chance, frame, 60, turn)
            households = draw_households(chance, frame, psus)
            assert psus["position"].is_unique
            assert households["at"].is_unique
            psu_drawn[psus["position"]] += 1
            household_drawn[households["at"]] += 1
            declared[psus["position"]] = psus["probability_psu"]
        spread = 4 * np.sqrt(declared * (1 - declared) / DRAWS)
        assert (np.abs(psu_drawn / DRAWS - declared) < spread).all()
        expected = declared[frame.psu] * 10 / frame.psus["records"].to_numpy()[frame.psu]
        spread = 4.5 * np.sqrt(expected * (1 - expected) / DRAWS)
        assert (np.abs(household_drawn / DRAWS - expected) < spread).all()


def test_a_stratum_with_too_few_psus_is_refused() -> None:
    """A PSU longer than the step between points could be drawn twice."""
    frame = small_frame()
    frame.psus.loc[20, "size"] *= 6
    with pytest.raises(SurveyError, match="01C has too few PSUs"):
        draw_psus(Chance(1), frame, 60, 0)


def test_probabilities_add_up_to_the_sample_size() -> None:
    frame = small_frame()
    size = frame.psus.groupby("stratum")["size"].sum()
    allocation = allocate(frame.psus, 60)
    psus = draw_psus(Chance(1), frame, 60, 0)
    stratum = frame.psus["stratum"].iloc[psus["position"]].to_numpy()
    own = frame.psus["size"].iloc[psus["position"]].to_numpy()
    assert psus["probability_psu"].to_numpy() == pytest.approx(
        allocation[stratum].to_numpy() * own / size[stratum].to_numpy()
    )
    assert pd.Series(stratum).value_counts().to_dict() == allocation.to_dict()


@pytest.mark.parametrize("households", [1, 800, 4000, 16400, 30000])
def test_allocation_adds_up_at_any_size(population: Population, households: int) -> None:
    allocation = allocate(population.frame.psus, households)
    assert allocation.min() >= 2
    assert (allocation % 2 == 0).all()
    assert allocation.sum() == max(households // 20 * 2, 2 * len(allocation))


def test_a_round_selects_what_the_survey_declares(population: Population, survey: Survey) -> None:
    households = select(Chance(20210701), population, 16400, "2021H2", 0)
    assert len(households) == 16400
    assert households["psu"].nunique() == 1640
    assert (households.groupby("psu").size() == 10).all()
    strata = households.drop_duplicates("psu").groupby("stratum")["psu"].count()
    assert len(strata) == 40
    assert strata.min() >= 2
    assert households.loc[households["in_camp"] == "yes", "stratum"].str.endswith("C").all()


def test_design_weights_count_the_frame(population: Population) -> None:
    """Ten households each weigh size / (10 x probability): together exactly the households listed in the stratum."""
    households = select(Chance(3), population, 4000, "2021H2", 0)
    design = 1 / (households["probability_psu"] * households["probability_household"])
    listed = population.frame.psus.groupby("stratum")["size"].sum()
    assert design.groupby(households["stratum"]).sum().to_dict() == pytest.approx(listed.to_dict())
    assert households["weight"].sum() == pytest.approx(design.sum())


def test_half_of_the_psus_stay_and_half_of_their_households(samples: dict[str, Sample]) -> None:
    then, now = (samples[name].households for name in ("2021H2", "2022H2"))
    shared = set(then["psu"]) & set(now["psu"])
    assert len(shared) == then["psu"].nunique() / 2 == now["psu"].nunique() / 2
    for stratum in then["stratum"].unique():
        assert then.loc[(then["stratum"] == stratum) & then["psu"].isin(shared), "psu"].nunique() * 2 == (
            then.loc[then["stratum"] == stratum, "psu"].nunique()
        )
    twice = then.merge(now, on=["psu", "household_number"])
    assert len(twice) == pytest.approx(5 * len(shared), abs=0.05 * len(shared) * 5)
    assert (twice["stratum_x"] == twice["stratum_y"]).all()


def test_people_seen_twice_are_the_same_people(samples: dict[str, Sample]) -> None:
    """A year older, of the same sex and origin; the reference person keeps the trade that they had."""
    then, now = (samples[name].persons for name in ("2021H2", "2022H2"))
    twice = then.merge(now, on=["psu", "household_number", "line"])
    assert len(twice) > 0.1 * len(then)
    assert (twice["age_y"] - twice["age_x"] == 1).all()
    for lasting in ("sex", "relationship", "citizenship"):
        assert (twice[f"{lasting}_x"].astype(str) == twice[f"{lasting}_y"].astype(str)).all()
    both = twice[twice["occupation_x"].notna() & twice["occupation_y"].notna()]
    assert (both["occupation_x"].astype(str) == both["occupation_y"].astype(str)).mean() > 0.85


def test_the_same_seed_gives_the_same_values(survey: Survey) -> None:
    """Again, and whether or not the round before was made; another seed draws other PSUs."""
    both = _invented(survey, 20210701, 1000, (("2021H2", 0), ("2022H2", 1)))
    again = _invented(survey, 20210701, 1000, (("2022H2", 1),))
    pd.testing.assert_frame_equal(again["2022H2"].persons, both["2022H2"].persons)
    pd.testing.assert_frame_equal(again["2022H2"].households, both["2022H2"].households)
    other = _invented(survey, 8, 1000, (("2022H2", 1),))
    assert set(other["2022H2"].households["psu"]) != set(again["2022H2"].households["psu"])


def test_answers_belong_to_the_person_and_not_to_the_draw(survey: Survey) -> None:
    """A household drawn into a sample of another size gives the same answers there."""
    small, large = (_invented(survey, 20210701, size, (("2021H2", 0),))["2021H2"].persons for size in (1000, 3000))
    keys = ["psu", "household_number", "line"]
    both = large.merge(small, on=keys, suffixes=("", "_small"))
    assert len(both) > 200
    for name in set(large.columns) - {*keys, "weight", "probability_psu", "probability_household"}:
        own, other = both[name].astype(object), both[f"{name}_small"].astype(object)
        pd.testing.assert_series_equal(own, other, check_names=False)


def _invented(survey: Survey, seed: int, households: int, rounds: tuple[tuple[str, int], ...]) -> dict[str, Sample]:
    """Rounds (name, turn) from a country held in less detail, made afresh."""
    country = Country(Chance(seed), published(survey), copies=30)
    sized = with_synthesis(survey, seed=seed, households=households)
    return {name: interview(country.chance, country.population(turn), sized, name, turn) for name, turn in rounds}
