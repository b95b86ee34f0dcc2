"""Work of children aged 5 to 17 (SDG 8.7.1; 18th ICLS 2008, resolution II).

Below the working age children are asked in a module of their own, from there on by the form for everybody; what is the
same in both is put together here. Child labour is what of it is not permitted: hazardous work at any age, and hours
above those of the age.
"""

from collections.abc import Sequence

from pandas import Series

HAZARDOUS_BRANCHES = ("05", "06", "07", "08", "09", "41", "42", "43")
"""Divisions of ISIC rev. 4: mining and quarrying (section B), construction (section F).

The hazardous branches of the ILO's global estimates of child labour.
"""
HAZARDOUS_OCCUPATIONS = (
    "541",  # protective services
    "621",  # forestry
    "622",  # fishing, hunting, trapping
    "711",  # building frame
    "712",  # building finishers
    "713",  # painters, cleaners of building structures
    "721",  # moulders, welders, structural metal
    "722",  # blacksmiths, toolmakers
    "723",  # machinery mechanics
    "7314",  # potters
    "7315",  # glass makers and cutters
    "741",  # electrical equipment
    "7511",  # butchers, fishmongers
    "752",  # wood treaters, cabinet makers
    "754",  # divers, shotfirers, fumigators
    "811",  # mining and mineral processing plant
    "812",  # metal processing plant
    "813",  # chemical plant
    "814",  # rubber, plastic, paper machines
    "817",  # wood processing, papermaking plant
    "818",  # glass, ceramics, boilers, other stationary plant
    "83",  # drivers and operators of mobile plant
    "931",  # mining and construction labourers
    "933",  # transport and storage labourers
    "961",  # refuse workers
)
"""ISCO-08, by the first digits: the kinds of work that ILO Recommendation 190 (1999), par. 3(b)-(d), names.

Underground, under water, at heights or in confined spaces; with dangerous machinery and tools or heavy loads; in an
unhealthy environment. The choice of codes is this library's: the list of the ILO's global estimates could not be read.
"""
LONG_HOURS = 43
"""Hours a week from which any work of a child is hazardous (ILO global estimates; SDG 8.7.1)."""
HOURS_12_TO_14 = 14
"""Hours a week from which the work of a child of 12 to 14 is more than light work (SDG 8.7.1)."""
CHORES = 21
"""Hours a week of household chores from which they count at 5 to 14 (SDG 8.7.1, general production boundary)."""


def child_in_employment(child_worked: Series, employed: Series) -> Series:
    """Worked at least an hour in the reference week, by the child module; or employed, from the working age to 17."""
    # ASSUME Child labour starts from employment: children who only produce goods for their own household, whom the 18th
    # ICLS counts as economically active, are not in it, as they are not asked about that work.
    # ASSUME A child of whom it is not stated whether it worked is not counted as working.
    return (child_worked == "yes") | employed.fillna(False).astype(bool)


def hazardous_child_work(
    child_in_employment: Series,
    child_work_hours: Series,
    actual_hours: Series,
    child_industry: Series,
    industry: Series,
    child_occupation: Series,
    occupation: Series,
    child_hazards_heavy_loads: Series | None = None,
    child_hazards_dangerous_tools: Series | None = None,
    child_hazards_dust_or_chemicals: Series | None = None,
    child_hazards_extreme_conditions: Series | None = None,
    child_hazards_heights_or_underground: Series | None = None,
    child_hazards_night_work: Series | None = None,
    *,
    hazardous_branches: Sequence[str] | None = None,
    hazardous_occupations: Sequence[str] | None = None,
) -> Series:
    """Child in employment in a hazardous branch or occupation, exposed to any hazard, or for 43 hours or more a week.

    18th ICLS resolution II, par. 17-32. `hazardous_branches` and `hazardous_occupations` are codes of ISIC rev. 4 and
    ISCO-08, or their first digits; without them the lists above hold.
    """
    # ASSUME Which branches and occupations are hazardous is for national law to say (ILO Convention 182, art. 4): until
    # the national list is put into the settings, mining and construction are, and occupations by this library's reading
    # of ILO Recommendation 190.
    # ASSUME Branch, occupation, hazards and hours that are not stated do not make a child's work hazardous.
    branches = tuple(HAZARDOUS_BRANCHES if hazardous_branches is None else hazardous_branches)
    occupations = tuple(HAZARDOUS_OCCUPATIONS if hazardous_occupations is None else hazardous_occupations)
    hazardous = _hours(child_work_hours, actual_hours) >= LONG_HOURS
    for codes, first_digits in (
        (child_industry, branches),
        (industry, branches),
        (child_occupation, occupations),
        (occupation, occupations),
    ):
        hazardous |= codes.isin([code for code in codes.dropna().unique() if code.startswith(first_digits)])
    for hazard in (
        child_hazards_heavy_loads,
        child_hazards_dangerous_tools,
        child_hazards_dust_or_chemicals,
        child_hazards_extreme_conditions,
        child_hazards_heights_or_underground,
        child_hazards_night_work,
    ):
        if hazard is not None:
            hazardous |= hazard == "yes"
    return child_in_employment & hazardous


def child_labour(
    age: Series,
    child_in_employment: Series,
    hazardous_child_work: Series,
    child_work_hours: Series,
    actual_hours: Series,
) -> Series:
    """Hazardous work at any age; at 5 to 11 any employment of an hour or more; at 12 to 14 of 14 hours or more.

    SDG 8.7.1 (production boundary of the national accounts); 18th ICLS resolution II, par. 15.
    """
    # ASSUME A child of 5 to 11 in employment whose hours are not stated worked the one hour that makes employment; at
    # 12 to 14 hours that are not stated are not taken for 14 or more.
    hours = _hours(child_work_hours, actual_hours)
    too_young = (age <= 11) & ~(hours < 1)
    too_long = age.between(12, 14) & (hours >= HOURS_12_TO_14)
    return hazardous_child_work | (child_in_employment & (too_young | too_long))


def child_labour_or_chores(age: Series, child_labour: Series, child_chores_hours: Series) -> Series:
    """Child labour, or at 5 to 14 household chores of 21 hours or more a week. SDG 8.7.1 (general boundary)."""
    # ASSUME Hours of chores that are not stated are not taken for 21 or more.
    return child_labour | ((age <= 14) & (child_chores_hours >= CHORES))


def _hours(child_work_hours: Series, actual_hours: Series) -> Series:
    """Hours of the reference week in all jobs, from whichever of the two forms asked the child."""
    return child_work_hours.fillna(actual_hours)
