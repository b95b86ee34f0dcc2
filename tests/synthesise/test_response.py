"""Final weights, by hand."""

import numpy as np
import pandas as pd
import pytest

from lfs.synthesise.chance import Chance
from lfs.synthesise.population import Population
from lfs.synthesise.response import final_weights
from lfs.synthesise.survey import select


def households(stratum: str, listed_size: int, complete: int, refused: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stratum": stratum,
            "listed_size": listed_size,
            "probability_psu": 0.02,
            "probability_household": 0.5,
            "result": ["complete"] * complete + ["refused"] * refused,
        }
    )


def test_respondents_stand_in_for_their_class() -> None:
    """Design weight 100. Small: 12 of 15 answer, 125 each. Middle: 20 of 20, 100. Large: 10 of 16, 160."""
    table = pd.concat([households("01U", 2, 12, 3), households("01U", 5, 20, 0), households("01U", 9, 10, 6)])
    weights = final_weights(table.reset_index(drop=True))
    assert weights[:12] == pytest.approx(125)
    assert np.isnan(weights[12:15]).all()
    assert weights[15:35] == pytest.approx(100)
    assert weights[35:45] == pytest.approx(160)
    assert np.nansum(weights) == pytest.approx(100 * len(table))


def test_a_class_with_few_respondents_puts_its_stratum_together() -> None:
    """9 respondents are too few: 29 of 34 answer in the stratum, 100 x 34 / 29 each; the other stratum is untouched."""
    table = pd.concat([households("01U", 2, 9, 3), households("01U", 5, 20, 2), households("02R", 5, 12, 0)])
    weights = final_weights(table.reset_index(drop=True))
    assert weights[:9] == pytest.approx(100 * 34 / 29)
    assert weights[12:32] == pytest.approx(100 * 34 / 29)
    assert weights[34:] == pytest.approx(100)


def test_response_depends_on_the_household(population: Population) -> None:
    table = select(Chance(11), population, 16400, "2021H2", 0)
    answers = table["result"] == "complete"
    small = table["listed_size"] <= 3
    urban = table["urban_rural"] == "urban"
    assert 0.90 < answers.mean() < 0.95
    assert answers[small].mean() < answers[~small].mean() - 0.02
    assert answers[urban].mean() < answers[~urban].mean() - 0.02
    assert set(table["result"]) == {"complete", "refused", "absent"}
    assert table["weight"].isna().equals(~answers)
