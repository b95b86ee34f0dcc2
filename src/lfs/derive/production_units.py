"""What is said of the unit that the main job is in: tests that the informal sector and the institutional share."""

from pandas import Series

from lfs.derive.answers import begins, said

FORMAL_EMPLOYERS = ("government", "ngo", "international")
PRIVATE_HOUSEHOLDS = "97"
"""ISIC rev. 4 division: activities of households as employers."""
SUBSISTENCE = "63"
"""ISCO-08 sub-major group: subsistence farmers, fishers, hunters and gatherers."""


def said_to_be_formal(
    employer_type: Series, incorporated: Series | None, registered: Series | None, bookkeeping: Series | None
) -> Series:
    """Government, NGO or international organisation; incorporated; registered; or complete accounts are kept."""
    formal = employer_type.isin(FORMAL_EMPLOYERS) | said(incorporated, "yes", employer_type)
    return formal | said(bookkeeping, "full_accounts", employer_type) | said(registered, "yes", employer_type)


def in_a_household(
    employer_type: Series, relationship: Series | None, industry: Series | None, occupation: Series | None = None
) -> Series:
    """A private household employs; a resident domestic worker; ISIC 97; by the occupation, where given, ISCO-08 63."""
    household = (employer_type == "household") | said(relationship, "domestic_worker", employer_type)
    household |= begins(industry, PRIVATE_HOUSEHOLDS, employer_type)
    return household | begins(occupation, SUBSISTENCE, employer_type)
