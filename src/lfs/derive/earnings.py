"""Earnings of employees from the main job, a month and an hour (12th ICLS 1973, resolution on wages statistics).

In the currency of the survey, as answered: neither trimmed nor imputed.
"""

from pandas import Series

MONTHS = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "year": 1 / 12}
"""Periods of pay that make a month, by the ILO's conversions."""
WEEKS_A_MONTH = 52 / 12


def monthly_earnings(pay_amount: Series, pay_period: Series) -> Series:
    """Pay for a month: pay of a day by 365/12, of a week by 52/12, of a year by 1/12; empty where it is not known."""
    # ASSUME Pay of a day is earned on every day of the year, as in the ILO's own conversions: who is hired for some
    # days of the month earns less than this says.
    # ASSUME An employee who names no pay or no period of pay, and one who names a pay of zero (an apprentice, or paid
    # in kind only), is left out of mean and median earnings; nothing is imputed.
    return pay_amount.where(pay_amount > 0) * pay_period.map(MONTHS).astype(float)


def hourly_earnings(monthly_earnings: Series, usual_hours_main: Series) -> Series:
    """Monthly earnings by the hours usually worked in the main job in a month (a week's by 52/12). SDG 8.5.1.

    Empty where earnings are, and where hours are zero or not stated.
    """
    return monthly_earnings / (usual_hours_main.where(usual_hours_main > 0) * WEEKS_A_MONTH)
