"""Displacement status of persons and households, after IRRS 2018 (refugees) and IRIS 2020 (internally displaced).

The texts of the recommended questions could not be read; the rule is this library's reading of the two frameworks.
"""

from pandas import Series, factorize

from lfs.derive.precedence import first_that_holds

PRECEDENCE = ("refugee", "idp_in_camp", "idp_out_of_camp", "returnee")
"""Statuses of displacement; where several apply, to a person or in a household, the first of these."""


def displacement(
    citizenship: Series, arrival_reason: Series, forced_to_leave: Series, returned_home: Series, in_camp: Series
) -> Series:
    """One of refugee, idp_in_camp, idp_out_of_camp, returnee, not_displaced; where several apply, the first of these.

    refugee: not a citizen, and came because of conflict or disaster. IDP: forced to leave the place of habitual
    residence in this country and not back; in a camp or out of it by the frame, never by the respondent. Returnee: was
    forced to leave, and is back. not_stated: none is established, and an answer that could establish one is missing.
    """
    # ASSUME A person forced to leave who does not say whether he or she is back is an IDP if the dwelling is in a camp,
    # and of no stated displacement status otherwise.
    # ASSUME Displacement is a matter of each person's own history: children born after the flight and other members of
    # the household who were never forced to leave are not displaced, even in a camp.
    # ASSUME A dwelling that the frame does not place in a camp is outside the camps.
    refugee = citizenship.isin(["other", "stateless"]) & (arrival_reason == "conflict_or_disaster")
    forced, in_camp_frame = forced_to_leave == "yes", in_camp == "yes"
    displaced = forced & ((returned_home == "no") | ((returned_home == "not_stated") & in_camp_frame))
    returnee = forced & (returned_home == "yes")
    unknown = (citizenship == "not_stated") | (arrival_reason == "not_stated")
    unknown |= (forced_to_leave == "not_stated") | (returned_home == "not_stated")

    return first_that_holds(
        {
            "refugee": refugee,
            "idp_in_camp": displaced & in_camp_frame,
            "idp_out_of_camp": displaced,
            "returnee": returnee,
            "not_stated": unknown,
        },
        otherwise="not_displaced",
    )


def displacement_detail(displacement: Series, return_hardship: Series) -> Series:
    """Displacement status with returnees told apart: those who keep needs that the displacement caused, and the others.

    IRIS 2020 counts those who are back and keep such needs among the internally displaced (in locations of return), and
    takes out those who have overcome them; here both stay returnees, side by side.
    """
    # ASSUME A returnee who does not say whether needs are left has no stated detail of the status; `displacement` still
    # counts the person as a returnee.
    returnee = displacement == "returnee"
    detail = displacement.mask(returnee & (return_hardship == "yes"), "returnee_in_hardship")
    return detail.mask(returnee & (return_hardship == "not_stated"), "not_stated")


def displacement_related(displacement: Series, parents_displaced: Series) -> Series:
    """Born after the flight of parents who have not returned, and not displaced in the own right. IRIS 2020.

    Never merged into `displacement`: a table that shows both adds them in the open.
    """
    # ASSUME Who does not say whether the parents were displaced is not counted among the displacement-related.
    return (parents_displaced == "yes") & ~displacement.isin(PRECEDENCE)


def household_displacement(household: Series, displacement: Series) -> Series:
    """Displacement status of the household, on the row of each member: the first in precedence that any member has.

    not_stated: no member has an established status, and that of at least one is not stated.
    """
    # ASSUME A household with one displaced member is a displaced household, whatever the status of the others; members
    # whose status is not stated do not change that.
    of = Series(factorize(household)[0], index=household.index)
    members = {status: displacement == status for status in (*PRECEDENCE, "not_stated")}
    households = {status: of.isin(of[holds].unique()) for status, holds in members.items()}
    return first_that_holds(households, otherwise="not_displaced")
