"""Occupational injuries of the last twelve months (16th ICLS 1998, resolution II; SDG 8.8.1)."""

from pandas import Series


def injured(injured_at_work: Series) -> Series:
    """Employed person who had an injury at work in the last twelve months."""
    # ASSUME The injuries are those of people employed in the reference week, whatever job they happened in: fatal
    # injuries, and injuries of those who have left work since, are not in a survey of this kind.
    return injured_at_work == "yes"


def days_lost(injury_days_lost: Series) -> Series:
    """Working days lost by the injuries of the twelve months, zero included; 16th ICLS resolution II, par. 9(f)."""
    # ASSUME An injured person who does not say how many days were lost is left out of the mean of days, not counted as
    # zero.
    return injury_days_lost
