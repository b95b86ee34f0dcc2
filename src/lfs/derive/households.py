"""Households: their reference person, size and dependants, and what the work of their members makes of them.

A statement about a household is made on the row of its reference person, so that a count of those rows is a count of
households; one about the people who live in it is made on the row of each.
"""

from pandas import DataFrame, Series, factorize

# --- universes -------------------------------------------------------------------------------------------------------


def working_age_household_head(household: Series, household_head: Series, working_age: Series) -> Series:
    """Reference person of a household with at least one member of working age."""
    return household_head & _any_member(working_age, household)


def earner_household_head(household_head: Series, in_workless_household: Series) -> Series:
    """Reference person of a household with at least one employed member."""
    return household_head & ~in_workless_household


# --- reference person ------------------------------------------------------------------------------------------------


def household_head(household: Series, line: Series, relationship: Series) -> Series:
    """The reference person, exactly one for each household (DEM_REL 1)."""
    # ASSUME Where a household names several reference persons, the one on the lowest line of the roster is its
    # reference person; where it names none, it is the person on the lowest line.
    after_everybody = line.max() + 1
    place = line + (relationship != "reference_person") * after_everybody
    first = place.groupby(household, sort=False).transform("min")
    return place == first


# --- size and dependants ---------------------------------------------------------------------------------------------


def household_size(household: Series) -> Series:
    """Members of the household of each person, of every age."""
    return household.groupby(household, sort=False).transform("size")


def dependent_age(age: Series) -> Series:
    """Aged 0 to 14, or 65 and over: the numerator of the age dependency ratio, over those aged 15 to 64."""
    # ASSUME A person whose age is not stated is of neither age group of the age dependency ratio.
    return (age <= 14) | (age >= 65)


def not_employed(employed: Series) -> Series:
    """Not employed, of any age: the numerator of the economic dependency ratio, over the employed."""
    # ASSUME Children below the working age depend on others, also where they work.
    return ~employed.fillna(False).astype(bool)


# --- work of the members ---------------------------------------------------------------------------------------------


def workless_household(in_workless_household: Series) -> Series:
    """No member is employed; of households with a member of working age, on the row of the reference person."""
    return in_workless_household


def in_workless_household(household: Series, employed: Series) -> Series:
    """Lives in a household in which no member is employed."""
    return ~_any_member(employed, household)


def informal_main_earner(
    household: Series,
    line: Series,
    employed: Series,
    informal_employment: Series,
    usual_hours: Series,
    monthly_earnings: Series | None = None,
) -> Series:
    """The main earner has an informal job; of households with an employed member, on the row of the reference person.

    Main earner: of the employed members the one with the highest pay, if the pay of all of them is known; else the one
    with the longest usual hours; among equals, the one on the lowest line of the roster.
    """
    # ASSUME Pay is asked of employees only: in a household with a self-employed member, or an employee who does not
    # state the pay, the main earner is the one who usually works longest, so that nobody self-employed is passed
    # over for having no pay on record.
    # ASSUME Hours that are not stated count as none in the choice of the main earner.
    of = Series(factorize(household)[0], index=household.index)
    earners = DataFrame({"of": of, "line": line, "size": usual_hours.fillna(0), "informal": informal_employment})
    earners = earners[employed.fillna(False).astype(bool)]
    if monthly_earnings is not None:
        pay = monthly_earnings[earners.index]
        by_hours = earners["of"].isin(earners.loc[pay.isna(), "of"].unique())
        earners["size"] = pay.where(~by_hours, earners["size"])
    main = earners.sort_values(["of", "size", "line"], ascending=[True, False, True]).drop_duplicates("of")
    return of.isin(main.loc[main["informal"].fillna(False).astype(bool), "of"])


def _any_member(true: Series, household: Series) -> Series:
    """Whether it is true of at least one member; who is outside the universe of the question counts as no."""
    of = Series(factorize(household)[0], index=household.index)
    return of.isin(of[true.fillna(False).astype(bool)].unique())
