"""An attacker who knows the definitions, shares no code with the protection, and looks for every small figure.

The kinds of people that there can be are listed one by one (a formal family worker cannot); every published figure is
a sum over them, and so is what must not be known. Linear algebra says whether the one follows from the others.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.protect.test_attack import given_away, row_space

from lfs.protect import protect

INDICATORS = {
    # numerator and universe, written out once more
    "working_age_population": ("working_age", "working_age"),
    "employed": ("employed", "working_age"),
    "employment_to_population_ratio": ("employed", "working_age"),
    "employed_by_job": ("employed", "employed"),
    "employees": ("employee", "employed"),
    "informal_employment": ("informal_employment", "employed"),
    "informal_employment_rate": ("informal_employment", "employed"),
}
BREAKDOWNS = {
    "total": (),
    "sex": ("sex",),
    "education": ("education",),
    "sex_x_education": ("sex", "education"),
    "status_in_employment": ("status_in_employment",),
    "status_group": ("status_group",),
    "sex_x_status_in_employment": ("sex", "status_in_employment"),
    "sex_x_status_group": ("sex", "status_group"),
}
EDUCATION = ("less_than_basic", "basic", "intermediate", "advanced")
STATUS = {
    "employee": ("employees", (True, False)),
    "employer": ("self_employed", (True, False)),
    "own_account": ("self_employed", (True, False)),
    "family_worker": ("self_employed", (True,)),
    "no_job": ("no_job", (False,)),
}
FEW, FEW_RESPONDENTS = 5, 10


def kinds() -> pd.DataFrame:
    """Every kind of people that there can be."""
    rows = [
        {"sex": sex, "education": level, "status_in_employment": status, "status_group": group, "informal": informal}
        for sex in ("male", "female")
        for level in EDUCATION
        for status, (group, jobs) in STATUS.items()
        for informal in jobs
    ]
    found = pd.DataFrame(rows)
    found["working_age"] = True
    found["employed"] = found["status_in_employment"] != "no_job"
    found["employee"] = found["status_in_employment"] == "employee"
    found["informal_employment"] = found["informal"]
    return found


def people(seed: int) -> pd.DataFrame:
    """A few hundred, some kinds rare: hardly any employers among women."""
    rng = np.random.default_rng(seed)
    of = kinds()
    share = of["status_in_employment"].map(
        {"employee": 10, "employer": 1.5, "own_account": 6, "family_worker": 3, "no_job": 30}
    )
    share *= of["sex"].map({"male": 1, "female": 0.4}) * of["education"].map(
        dict(zip(EDUCATION, (1, 2, 1, 0.3), strict=True))
    )
    found = of.loc[of.index.repeat(rng.poisson(share))].reset_index(drop=True)
    return found.assign(weight=1000.0 + 13.7 * np.arange(len(found)) % 101)


def sums(published: pd.DataFrame) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """For each row what is counted, and what it is counted in, as sums over the kinds."""
    of = kinds()
    found = {}
    for index, row in published.to_dict("index").items():
        inside = np.ones(len(of), bool)
        for name in BREAKDOWNS[row["breakdown"]]:
            inside &= (of[name] == row[name]).to_numpy()
        counted, universe = INDICATORS[row["indicator"]]
        found[index] = tuple((of[name].to_numpy() & inside).astype(float) for name in (counted, universe))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_no_small_figure_follows_from_what_is_published(survey_of, estimate_by_hand, no_quality, seed):
    survey = survey_of(list(BREAKDOWNS), list(INDICATORS))
    # The strict rule: however large the group.
    strict = survey.config.disclosure.model_copy(update={"guard_below": 10**9, "protect_not_stated": True})
    survey = replace(survey, config=survey.config.model_copy(update={"disclosure": strict}))
    frame = estimate_by_hand(survey, people(seed))
    published, _ = protect(frame, no_quality, survey)
    of = sums(frame)
    shown = published.index[published["status"] != "suppressed"]
    nobody = published.index[frame["n"] == 0]
    # That the sample has nobody in a group is said, and is no secret.
    known = row_space([each for row in (*shown, *nobody) for each in of[row]])
    empty = row_space([each for row in nobody for each in of[row]]) if len(nobody) else known[:0]
    secret = 0
    for row, (counted, universe) in of.items():
        n, cases = frame.loc[row, "n"], frame.loc[row, "n_cases"]
        everybody, impossible = (counted == universe).all(), not counted.any()
        few = (cases < FEW and not impossible) or (n - cases < FEW and not everybody)
        if n == 0 or not (few or n < FEW_RESPONDENTS):
            continue
        assert published.loc[row, "status"] == "suppressed"
        for target, small in ((counted, few or n < FEW_RESPONDENTS), (universe, n < FEW_RESPONDENTS)):
            if small and target.any() and not given_away(target, empty):
                secret += 1
                assert not given_away(target, known), published.loc[row, ["indicator", "breakdown"]].tolist()
    assert secret > 10, "the country is too large to test anything"


def test_the_rules_alone_would_give_small_figures_away(survey_of, estimate_by_hand, no_quality):
    """Without complements the attacker above finds what is small."""
    survey = survey_of(list(BREAKDOWNS), list(INDICATORS))
    frame = estimate_by_hand(survey, people(0))
    of = sums(frame)
    small = (frame["n_cases"] < FEW) | (frame["n"] < FEW_RESPONDENTS)
    known = row_space([each for row in frame.index[~small] for each in of[row]])
    assert any(given_away(of[row][0], known) for row in frame.index[small & (frame["n_cases"] > 0)])
