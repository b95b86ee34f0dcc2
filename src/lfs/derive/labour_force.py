"""Labour force status by the 19th ICLS (2013, resolution I): one function a column, from the answers upwards.

Columns that end in _icls13 go by the 13th ICLS (1982) as far as a questionnaire of the 19th can tell: an approximation
of ILOSTAT's default series, in which work for own use is employment too. The same persons have both statuses.

Arguments are answers (text: a category, not_stated, or nothing where the question was not asked) and concepts (nullable
boolean: nothing outside their universe). "Not yes" is no or not stated. The tree is that of the model questionnaire.
"""

from pandas import Series

from lfs.derive.universes import RETURN_MATTERS

STILL_EMPLOYED = ("shift_work", "vacation", "sickness", "parental_leave")
"""Reasons of absence (ABS_WHY 03 to 06) that leave the job as it is."""
FOR_SALE = ("only_sale", "mainly_sale")


def labour_force_status(employed: Series, unemployed: Series) -> Series:
    """One of employed, unemployed, outside_labour_force for everybody of working age. 19th ICLS par. 16."""
    status = Series("outside_labour_force", index=employed.index, dtype="str")
    return status.mask(unemployed.fillna(False), "unemployed").mask(employed.fillna(False), "employed")


def labour_force(employed: Series, unemployed: Series) -> Series:
    """Employed or unemployed. 19th ICLS par. 16."""
    return employed | unemployed


def outside_labour_force(employed: Series, unemployed: Series) -> Series:
    """Of working age, neither employed nor unemployed. 19th ICLS par. 16."""
    return ~employed & ~unemployed


# --- employed --------------------------------------------------------------------------------------------------------


def employed(
    at_work: Series, absent_from_job: Series, recovered_farm_worker: Series, own_use_farm_producer: Series
) -> Series:
    """At work, absent from a job that goes on, or a farm worker who named no job; less own-use producers on farms.

    19th ICLS par. 27-31; work for own use is another form of work (par. 22-25), whatever the hours.
    """
    return (at_work | absent_from_job | recovered_farm_worker) & ~own_use_farm_producer


def at_work(
    relationship: Series, worked_for_pay: Series, worked_own_business: Series, helped_family_business: Series
) -> Series:
    """Worked at least one hour for pay or profit in the reference week. 19th ICLS par. 29(a).

    A domestic worker who lives in the household (DEM_REL 7) is at work by that, and is not asked.
    """
    worked = (worked_for_pay == "yes") | (worked_own_business == "yes") | (helped_family_business == "yes")
    return worked | (relationship == "domestic_worker")


def absent_from_job(
    has_absent_job: Series,
    absence_reason: Series,
    absence_off_season_work: Series,
    absence_returns_soon: Series,
    absence_paid: Series,
) -> Series:
    """Has a job, was absent from it, and it goes on. 19th ICLS par. 29(b) to 31.

    It goes on for reasons such as shifts, holidays, sickness, parental leave; in the low season if some of its work is
    done; for other reasons if the return is within three months, or else if it is still paid. Who waits for a new job
    to begin is not employed.
    """
    # ASSUME Someone with a job who does not say why he or she was absent from it is not counted as employed.
    goes_on = absence_reason.isin(STILL_EMPLOYED)
    in_season = (absence_reason == "low_season") & (absence_off_season_work == "yes")
    attached = absence_reason.isin(RETURN_MATTERS) & ((absence_returns_soon == "yes") | (absence_paid == "yes"))
    return (has_absent_job == "yes") & (goes_on | in_season | attached)


def recovered_farm_worker(
    at_work: Series,
    absent_from_job: Series,
    farm_any_crops: Series,
    farm_any_animals: Series,
    farm_any_fishing: Series,
    farm_output_use: Series,
    farm_output_past_use: Series,
    farm_hired_for_pay: Series,
) -> Series:
    """Named no job, but does farm work that is mainly for sale or for which he or she was hired. 19th ICLS par. 25."""
    # ASSUME Farm work that came out on the second question is for own use unless a sale or hire is stated.
    farms = (farm_any_crops == "yes") | (farm_any_animals == "yes") | (farm_any_fishing == "yes")
    for_sale = farm_output_use.isin(FOR_SALE) | farm_output_past_use.isin(FOR_SALE)
    return ~at_work & ~absent_from_job & farms & (for_sale | (farm_hired_for_pay == "yes"))


def own_use_farm_producer(
    worked_own_business: Series,
    helped_family_business: Series,
    absent_from_job: Series,
    farm_work_other: Series,
    farm_hired_for_pay: Series,
) -> Series:
    """Named a business, but it is farm work only, mainly for own use, and not for hire: not employed. Par. 22-25.

    Whether somebody was hired is asked only where the products are mainly for own use, so that `no` says both.
    Who worked for pay is never asked about farm work, so that no wage worker is taken out of employment.
    """
    # ASSUME Who works in an own or family farm stays employed unless it is stated that its products are mainly for own
    # use and that nobody hired him or her.
    own = (worked_own_business == "yes") | (helped_family_business == "yes") | absent_from_job
    return own & (farm_work_other != "yes") & (farm_hired_for_pay == "no")


# --- unemployed ------------------------------------------------------------------------------------------------------


def unemployed(employed: Series, sought_work: Series, available: Series, future_starter: Series) -> Series:
    """Not employed, and sought work and is available, or waits for a job that begins soon. 19th ICLS par. 47-48."""
    return ~employed & ((sought_work & available) | future_starter)


def sought_work(
    sought_job: Series, sought_business: Series, search_method: Series, searched_actively: Series
) -> Series:
    """Looked for a job or tried to start a business in the last four weeks, by more than reading adverts. Par. 47."""
    # ASSUME Someone who looked for work and does not name the way has done so actively.
    sought = (sought_job == "yes") | (sought_business == "yes")
    return sought & ((search_method != "read_adverts") | (searched_actively == "yes"))


def available(available_last_week: Series, available_in_two_weeks: Series) -> Series:
    """Could have started last week, or could within the next two weeks. 19th ICLS par. 47(c).

    Who has found a job that begins soon is asked about that job instead: see `future_starter`.
    """
    # ASSUME Someone who does not say whether he or she could start work is not available.
    return (available_last_week == "yes") | (available_in_two_weeks == "yes")


def future_starter(
    asked_start: Series, start_within: Series, could_have_started: Series, available_in_two_weeks: Series
) -> Series:
    """Has found a job that begins within three months, and could have started it already or can in two weeks.

    19th ICLS par. 48(a). A job that begins later, or at a time not stated, does not count.
    """
    soon = start_within.isin(["1_month", "1_to_3_months"])
    return asked_start & soon & ((could_have_started == "yes") | (available_in_two_weeks == "yes"))


# --- by the 13th ICLS: an approximation of ILOSTAT's default series --------------------------------------------------


def employed_icls13(
    employed: Series,
    own_use_farm_producer: Series,
    farm_any_crops: Series,
    farm_any_animals: Series,
    farm_any_fishing: Series,
    own_use_work_farming: Series | None = None,
    own_use_work_building: Series | None = None,
    own_use_work_making_goods: Series | None = None,
    own_use_work_water: Series | None = None,
    own_use_work_firewood: Series | None = None,
) -> Series:
    """In employment by the 19th ICLS, or producing goods for the own household. 13th ICLS 1982, par. 9(6).

    Own-use producers on farms are added back, whether they named the farm as a business or on the second question only,
    and so is whoever builds, makes goods, fetches water or collects firewood for the own household, where it is asked.
    """
    # ASSUME By the 13th ICLS any production of goods for the own household in the reference week is employment. The
    # resolution asks besides that it be an important contribution to what the household consumes; no survey asks that.
    # ASSUME Who is employed by the 13th ICLS only was never asked about a job: hours, status, branch and occupation of
    # these persons are not known, and every figure on jobs is of the employed by the 19th ICLS.
    farms = (farm_any_crops == "yes") | (farm_any_animals == "yes") | (farm_any_fishing == "yes")
    found = employed | own_use_farm_producer | farms
    for goods in (
        own_use_work_farming,
        own_use_work_building,
        own_use_work_making_goods,
        own_use_work_water,
        own_use_work_firewood,
    ):
        if goods is not None:
            found |= goods == "yes"
    return found


def unemployed_icls13(
    employed_icls13: Series, sought_work: Series, available: Series, asked_start: Series, could_have_started: Series
) -> Series:
    """Not employed by the 13th ICLS, available, and seeking work or with a job to begin at any time. Par. 10.

    Future starters (par. 10(3)) need not seek, and the job may begin later than in three months.
    """
    # ASSUME Someone whose job begins in more than three months, who does not look for work and was not asked whether
    # he or she could start (the form asks only who wants work), is not available, by the 13th ICLS as by the 19th.
    waits_and_could = asked_start & (available | (could_have_started == "yes"))
    return ~employed_icls13 & ((sought_work & available) | waits_and_could)


def labour_force_icls13(employed_icls13: Series, unemployed_icls13: Series) -> Series:
    """Employed or unemployed by the 13th ICLS: the currently active population. 13th ICLS 1982, par. 8."""
    return employed_icls13 | unemployed_icls13


def outside_labour_force_icls13(employed_icls13: Series, unemployed_icls13: Series) -> Series:
    """Of working age, neither employed nor unemployed by the 13th ICLS: not currently active. Par. 11."""
    return ~employed_icls13 & ~unemployed_icls13


def labour_force_status_icls13(employed_icls13: Series, unemployed_icls13: Series) -> Series:
    """One of employed, unemployed, outside_labour_force for everybody of working age. 13th ICLS 1982, par. 8-11."""
    return labour_force_status(employed_icls13, unemployed_icls13)
