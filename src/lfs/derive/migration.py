"""Migrants by the country of birth (20th ICLS 2018, guidelines on statistics of international labour migration)."""

from pandas import Series

from lfs.derive.precedence import first_that_holds


def migrant(born_in_country: Series) -> Series:
    """native_born or foreign_born, whatever the citizenship and whenever the arrival; not_stated without an answer."""
    return first_that_holds(
        {"native_born": born_in_country == "yes", "foreign_born": born_in_country == "no"}, otherwise="not_stated"
    )
