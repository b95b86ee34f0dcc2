"""Disability by the short set of six questions of the Washington Group."""

from pandas import Series

from lfs.derive.precedence import first_that_holds

SEVERE = ("a_lot", "cannot")
"""The cut-off that the Washington Group recommends for international comparison."""


def disability(
    difficulty_seeing: Series,
    difficulty_hearing: Series,
    difficulty_walking: Series,
    difficulty_remembering: Series,
    difficulty_self_care: Series,
    difficulty_communicating: Series,
) -> Series:
    """with_disability: at least one of the six at the level a lot or cannot; else without_disability, or not_stated."""
    # ASSUME Who leaves some of the six difficulties open and states none that is severe has no stated disability
    # status: an open one could be severe. One severe difficulty settles it, whatever else is open.
    answers = (
        difficulty_seeing,
        difficulty_hearing,
        difficulty_walking,
        difficulty_remembering,
        difficulty_self_care,
        difficulty_communicating,
    )
    severe, open_answer = answers[0].isin(SEVERE), answers[0] == "not_stated"
    for answer in answers[1:]:
        severe |= answer.isin(SEVERE)
        open_answer |= answer == "not_stated"
    return first_that_holds({"with_disability": severe, "not_stated": open_answer}, otherwise="without_disability")
