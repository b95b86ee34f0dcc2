"""Education against the level that the occupation asks for, by the normative approach (20th ICLS 2018, guidelines).

What an occupation asks for is the education that ISCO-08 maps to its skill level; docs/decisions/0011-mismatch.md.
"""

import numpy as np
from pandas import Series, factorize

from lfs.metadata.variables import NOT_STATED

LEVELS = ("never", "below_primary", "primary", "lower_secondary", "upper_secondary", "post_secondary", "tertiary")
"""Levels of education from the lowest to the highest: ISCED 2011 0, 0, 1, 2, 3, 4 and 5 to 8."""
ASKED = dict.fromkeys("123", ("tertiary", "tertiary"))
ASKED |= dict.fromkeys("45678", ("lower_secondary", "post_secondary")) | {"9": ("primary", "primary")}
"""ISCO-08 major group: the lowest and the highest level of education that fits; the armed forces have no one level."""
ARMED_FORCES = "0"


def education_mismatch(education_level: Series, occupation_major: Series) -> Series:
    """One of matched, over_educated, under_educated; not_classifiable for the armed forces (all skill levels).

    Managers, professionals and technicians (ISCO-08 skill levels 3 and 4) ask for tertiary education; clerks, service,
    agriculture, trades and machines (level 2) for ISCED 2 to 4; elementary occupations (level 1) for primary education.
    Not stated where the education or the occupation is not.
    """
    # ASSUME Managers, professionals and technicians ask for tertiary education of whatever length: the survey's levels
    # do not tell short-cycle tertiary education (ISCED 5) from a bachelor's degree and more.
    educations, levels = factorize(education_level)
    occupations, majors = factorize(occupation_major)
    fits = [[_fit(str(level), str(major)) for major in [*majors, NOT_STATED]] for level in [*levels, NOT_STATED]]
    return Series(np.array(fits, dtype=object)[educations, occupations], index=education_level.index, dtype="str")


def over_educated(education_mismatch: Series) -> Series:
    """Has a higher level of education than the occupation asks for."""
    return education_mismatch == "over_educated"


def under_educated(education_mismatch: Series) -> Series:
    """Has a lower level of education than the occupation asks for."""
    return education_mismatch == "under_educated"


def _fit(level: str, major: str) -> str:
    """One level of education against one major group."""
    if level not in LEVELS or major not in (*ASKED, ARMED_FORCES):
        return NOT_STATED
    if major == ARMED_FORCES:
        return "not_classifiable"
    lowest, highest = (LEVELS.index(asked) for asked in ASKED[major])
    rank = LEVELS.index(level)
    return "under_educated" if rank < lowest else "over_educated" if rank > highest else "matched"
