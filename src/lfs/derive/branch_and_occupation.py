"""Branch (ISIC rev. 4), occupation (ISCO-08), institutional sector and management.

Codes are text of one to four characters; a code may be shorter than the survey's longest, and then says less: two
digits of ISIC give a division, its letter a section only; one digit of ISCO-08 gives a major group only. Harmonising
has refused codes in no list, so that a beginning that is not known here is the survey's own and not stated.
"""

from collections.abc import Mapping

from pandas import Series

from lfs.derive.answers import meaning_of
from lfs.derive.precedence import first_that_holds
from lfs.derive.production_units import in_a_household
from lfs.metadata.variables import NOT_STATED

SECTIONS = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
"""ISIC rev. 4: the first and the last division of each section."""
SECTION_OF = {
    f"{division:02}": section for section, (first, last) in SECTIONS.items() for division in range(first, last + 1)
}
"""ISIC rev. 4 division: its section."""
BRANCHES = {
    "agriculture": "A",
    "manufacturing": "C",
    "construction": "F",
    "mining_and_utilities": "BDE",
    "market_services": "GHIJKLMN",
    "public_services": "OPQRSTU",
}
"""ILO aggregates of ISIC rev. 4; the dictionary's `industry_group` is the same, which a test compares."""
BRANCH_OF = {section: branch for branch, sections in BRANCHES.items() for section in sections}
SUB_MAJORS = {"0": 3, "1": 4, "2": 6, "3": 5, "4": 4, "5": 4, "6": 3, "7": 5, "8": 3, "9": 6}
"""ISCO-08: how many sub-major groups each major group has; they are numbered from 1."""
OCCUPATIONS = {
    "managers_professionals_technicians": "123",
    "clerical_service_sales": "45",
    "skilled_agricultural_trades": "67",
    "plant_machine_operators": "8",
    "elementary": "9",
    "armed_forces": "0",
}
"""ILO aggregates of ISCO-08; the dictionary's `occupation_group` is the same, which a test compares."""
OCCUPATION_OF = {major: group for group, majors in OCCUPATIONS.items() for major in majors}
SENIOR = ("11", "12", "13")
"""ISCO-08 sub-major groups of senior and middle management: all of major group 1 but 14, managers of hotels, shops and
other services."""

# --- branch ----------------------------------------------------------------------------------------------------------


def industry_section(industry: Series) -> Series:
    """Section of ISIC rev. 4, A to U, from the division (the first two digits) or from the letter itself."""
    return _first_known(industry, SECTION_OF | dict(zip(SECTIONS, SECTIONS, strict=True)))


def industry_division(industry: Series) -> Series:
    """Division of ISIC rev. 4, two digits; not stated where the code is no more than the letter of a section."""
    return _first_known(industry, {division: division for division in SECTION_OF})


def second_industry_group(second_industry: Series) -> Series:
    """Branch of the second job in the ILO's six aggregates of ISIC rev. 4."""
    return _branch(second_industry)


def previous_industry_group(previous_industry: Series) -> Series:
    """Branch of the last job of those without one, in the ILO's six aggregates of ISIC rev. 4."""
    return _branch(previous_industry)


def in_manufacturing(industry_section: Series) -> Series:
    """Branch of the main job is manufacturing, ISIC rev. 4 section C. SDG 9.2.2.

    Who does not state the branch is not counted in manufacturing, but in total employment.
    """
    return industry_section == "C"


# --- occupation and management ---------------------------------------------------------------------------------------


def occupation_major(occupation: Series) -> Series:
    """Major group of ISCO-08, the first digit."""
    return _first_known(occupation, {major: major for major in SUB_MAJORS})


def occupation_sub_major(occupation: Series) -> Series:
    """Sub-major group of ISCO-08, the first two digits; not stated where the code has the first only, or ends in 0."""
    listed = [f"{major}{number}" for major, count in SUB_MAJORS.items() for number in range(1, count + 1)]
    return _first_known(occupation, {sub_major: sub_major for sub_major in listed})


def previous_occupation_group(previous_occupation: Series) -> Series:
    """Occupation in the last job of those without one, in the ILO's aggregates of ISCO-08."""
    return _first_known(previous_occupation, OCCUPATION_OF)


def manager(occupation_major: Series) -> Series:
    """Total management: an occupation in ISCO-08 major group 1. SDG 5.5.2."""
    return occupation_major == "1"


def woman_manager(manager: Series, sex: Series) -> Series:
    """A woman in total management. SDG 5.5.2."""
    return manager & (sex == "female")


def senior_manager(occupation_sub_major: Series) -> Series:
    """Senior and middle management: an occupation in ISCO-08 sub-major groups 11, 12 or 13. SDG 5.5.2."""
    # ASSUME A manager whose occupation is coded by its first digit only is in total management, and not in senior and
    # middle management.
    return occupation_sub_major.isin(SENIOR)


def woman_senior_manager(senior_manager: Series, sex: Series) -> Series:
    """A woman in senior and middle management. SDG 5.5.2."""
    return senior_manager & (sex == "female")


# --- institutional sector --------------------------------------------------------------------------------------------


def institutional_sector(
    employment_relationship: Series,
    employer_type: Series,
    relationship: Series | None = None,
    industry: Series | None = None,
) -> Series:
    """One of public, private, household: for whom the main job is done. ILO table EMP_TEMP_SEX_INS.

    Public: government and public enterprises. Household: a private household employs, or a resident domestic worker, or
    ISIC rev. 4 division 97, unless the employer is said to be an NGO or an international organisation. Private:
    everybody else who names an employer, and whoever works in an own business or in that of the family, who is not
    asked for whom.
    """
    # ASSUME Who works for others and does not say for whom has no institutional sector: the ILO's tables count such a
    # person in the private sector.
    own = employment_relationship.isin(["own_business", "helping_family_business"])
    named = employer_type.isin(["farm", "private_business", "ngo", "international"])
    household = in_a_household(employer_type, relationship, industry)
    household &= ~employer_type.isin(["ngo", "international"])
    sectors = {"public": employer_type == "government", "household": household, "private": own | named}
    return first_that_holds(sectors, NOT_STATED)


def public_sector(institutional_sector: Series) -> Series:
    """Works for government or a public enterprise."""
    return institutional_sector == "public"


# --- codes -----------------------------------------------------------------------------------------------------------


def _branch(industry: Series) -> Series:
    by_division = {division: BRANCH_OF[section] for division, section in SECTION_OF.items()}
    return _first_known(industry, by_division | BRANCH_OF)


def _first_known(codes: Series, meanings: Mapping[str, str]) -> Series:
    """What the beginning of each code means, two characters or else one; not stated where neither means anything."""

    def meaning(code: str) -> str:
        return NOT_STATED if code == NOT_STATED else meanings.get(code[:2], meanings.get(code[:1], NOT_STATED))

    return meaning_of(codes, meaning, NOT_STATED)
