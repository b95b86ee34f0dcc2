"""Migrants by the country of birth (20th ICLS 2018, guidelines on statistics of international labour migration)."""

from pandas import Series


def migrant(born_in_country: Series) -> Series:
    """native_born or foreign_born, whatever the citizenship and whenever the arrival; not_stated without an answer."""
    origin = Series("not_stated", index=born_in_country.index, dtype="str")
    return origin.mask(born_in_country == "yes", "native_born").mask(born_in_country == "no", "foreign_born")
