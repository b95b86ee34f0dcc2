"""Where the jobs of the invented population are: branch and public employment by kind of job, as published for 2021.

ILOSTAT publishes which share of each branch's jobs is informal, by sex, but not how many jobs a branch has. The rates
determine most of that: the rate of a whole is the mean of its parts' rates, weighted by what is sought.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lfs.metadata import SurveyError
from lfs.synthesise.chance import Floats

BRANCHES = (
    "agriculture", "manufacturing", "construction", "mining_and_utilities", "market_services", "public_services",
)  # fmt: skip
BROAD = ("agriculture", "industry", "industry", "industry", "services", "services")
CLASSES = (
    "formal employee", "formal business", "formal job in an informal unit", "informal unit",
    "informal employee of a formal unit", "informal helper of a formal unit", "employee of a household",
)  # fmt: skip
FORMAL = np.array([True, True, True, False, False, False, False])
SEXES = ("male", "female")
# Informal jobs outside agriculture, ILOSTAT SDG_0831 (BA:16073): an aggregate that the dictionary does not have.
_OUTSIDE_AGRICULTURE = {"male": 0.67477, "female": 0.36317}
_OF_INDUSTRY_CONSTRUCTION = {"male": 0.55, "female": 0.06}
# Where the jobs of each class are before they are fitted to the published figures: with government, with others.
_WITH_GOVERNMENT = np.array([
    [0, 0.6, 0.4, 3, 2.5, 12], [0] * 6, [0] * 6, [0] * 6, [0, 0.5, 0.6, 1, 1.5, 8], [0] * 6, [0] * 6,
])  # fmt: skip
_WITH_OTHERS = np.array([
    [0.6, 2, 0.4, 1.2, 8, 2], [0, 2, 0.3, 0.2, 8, 2], [0, 2, 1, 0.1, 8, 1], [10, 4, 6, 0.3, 12, 1],
    [0, 1, 1.5, 0.6, 4, 1.5], [0, 1, 1, 0.1, 4, 0.5], [0, 0, 0, 0, 0, 1],
])  # fmt: skip


def fit_branches(classes: Floats, published: pd.DataFrame) -> Floats:
    """The share of each class's jobs in every branch, with government and with others.

    classes: jobs by sex and class. Result by sex, class, branch and (others, government); the last two add to one. It
    reproduces the published informality of every branch by sex and public employment by sex, by iterative proportional
    fitting (Deming and Stephan 1940).
    """
    shares = np.zeros((2, len(CLASSES), len(BRANCHES), 2))
    for place, sex in enumerate(SEXES):
        jobs = classes[place]
        table = np.stack([_WITH_OTHERS, _WITH_GOVERNMENT], axis=2)
        rate = np.array([_published(published, "informal_employment_rate", sex, branch) for branch in BRANCHES])
        branch = branch_shares(float(jobs[~FORMAL].sum() / jobs.sum()), published, sex) * jobs.sum()
        public = _published(published, "public_sector_share", sex) * jobs.sum()
        for _ in range(500):
            table *= (jobs / np.maximum(table.sum(axis=(1, 2)), 1e-9))[:, None, None]
            for formal, wanted in ((True, branch * (1 - rate)), (False, branch * rate)):
                rows = formal == FORMAL
                table[rows] *= (wanted / np.maximum(table[rows].sum(axis=(0, 2)), 1e-9))[None, :, None]
            reached = table.sum(axis=(0, 1))
            table *= np.array([jobs.sum() - public, public]) / reached
        table *= (jobs / np.maximum(table.sum(axis=(1, 2)), 1e-9))[:, None, None]
        shares[place] = table / np.maximum(table.sum(axis=(1, 2), keepdims=True), 1e-9)
    return shares


def branch_shares(informal: float, published: pd.DataFrame, sex: str) -> Floats:
    """The share of each branch in the employment of a sex.

    informal: the sex's informal jobs in the population, as a share.

    ASSUME ILOSTAT's informality by branch and sex (SDG 8.3.1) is held by the invented population as it stands, though
    ILOSTAT's totals (men 69.8, women 45.4) are higher than those of the national series that it reproduces (69.5 and
    44.0): agriculture, whose size no source publishes, is smaller than ILOSTAT's rates imply by as much as that takes.
    ASSUME Construction is 55% of men's and 6% of women's employment in industry in the invented population; the other
    branches' sizes follow from the published rates of the branches and of the aggregates that they make up.
    """

    def rate(category: str, variable: str = "industry_group") -> float:
        return _published(published, "informal_employment_rate", sex, category, variable)

    industry, services = rate("industry", "industry_broad"), rate("services", "industry_broad")
    elsewhere = _OUTSIDE_AGRICULTURE[sex]
    farms = (informal - elsewhere) / (rate("agriculture") - elsewhere)
    of_industry = (elsewhere - services) / (industry - services)
    construction = _OF_INDUSTRY_CONSTRUCTION[sex]
    rest = (industry - construction * rate("construction")) / (1 - construction)
    manufacturing = (rest - rate("mining_and_utilities")) / (rate("manufacturing") - rate("mining_and_utilities"))
    market = (services - rate("public_services")) / (rate("market_services") - rate("public_services"))
    parts = [(1 - construction) * manufacturing, construction, (1 - construction) * (1 - manufacturing)]
    shares = [farms, *((1 - farms) * of_industry * part for part in parts)]
    shares += [(1 - farms) * (1 - of_industry) * part for part in (market, 1 - market)]
    return np.array(shares)


def _published(
    published: pd.DataFrame, indicator: str, sex: str, branch: str = "total", variable: str = "industry_group"
) -> float:
    breakdown = "sex" if branch == "total" else f"sex_x_{variable}"
    rows = published[
        (published["indicator"] == indicator)
        & (published["breakdown"] == breakdown)
        & (published["sex"] == sex)
        & (published[variable] == branch)
    ]
    if len(rows) != 1:
        raise SurveyError(
            f"config/published: the invented population needs one {indicator} of {sex}, {variable} {branch}"
        )
    return float(rows["value"].iloc[0])
