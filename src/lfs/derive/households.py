"""Households: their reference person, size and dependants, and what the work of their members makes of them.

A statement about a household is made on the row of its reference person, so that a count of those rows is a count of
households; one about the people who live in it is made on the row of each.
"""

from pandas import Series

# --- universes -------------------------------------------------------------------------------------------------------


def working_age_household_head(household: Series, household_head: Series, working_age: Series) -> Series:
    """Reference person of a household with at least one member of working age."""
    return household_head & _any_member(working_age, household)


def earner_household_head(household: Series, household_head: Series, employed: Series) -> Series:
    """Reference person of a household with at least one employed member."""
    return household_head & _any_member(employed, household)


# --- reference person ------------------------------------------------------------------------------------------------


def household_head(household: Series, line: Series, relationship: Series) -> Series:
    """The reference person, exactly one for each household (DEM_REL 1)."""
    # ASSUME Where a household names several reference persons, the one on the lowest line of the roster is its
    # reference person; where it names none, it is the person on the lowest line.
    after_everybody = line.max() + 1
    place = line + (relationship != "reference_person") * after_everybody
    first = place.groupby(household, sort=False).transform("min")
    return place == first


def _any_member(true: Series, household: Series) -> Series:
    """Whether it is true of at least one member; who is outside the universe of the question counts as no."""
    return true.fillna(False).astype(bool).groupby(household, sort=False).transform("any")
