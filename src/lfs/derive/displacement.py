"""Displacement status of persons, after IRRS 2018 (refugees) and IRIS 2020 (internally displaced persons).

The texts of the recommended questions could not be read; the rule is this library's reading of the two frameworks.
"""

from pandas import Series


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

    status = Series("not_displaced", index=citizenship.index, dtype="str").mask(unknown, "not_stated")
    status = status.mask(returnee, "returnee")
    status = status.mask(displaced, "idp_out_of_camp").mask(displaced & in_camp_frame, "idp_in_camp")
    return status.mask(refugee, "refugee")
