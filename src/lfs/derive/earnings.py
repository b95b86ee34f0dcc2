"""Earnings of employees from the main job, a month and an hour (12th ICLS 1973, resolution on wages statistics).

In the currency of the survey, as answered: neither trimmed nor imputed.
"""

import numpy as np
from pandas import Series, factorize

from lfs.derive.answers import said
from lfs.derive.precedence import first_that_holds
from lfs.metadata.variables import NOT_STATED

MONTHS = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "year": 1 / 12}
"""Periods of pay that make a month, by the ILO's conversions."""
WEEKS_A_MONTH = 52 / 12


def monthly_earnings(pay_amount: Series, pay_period: Series) -> Series:
    """Pay for a month: pay of a day by 365/12, of a week by 52/12, of a year by 1/12; empty where it is not known."""
    # ASSUME Pay of a day is earned on every day of the year, as in the ILO's own conversions: who is hired for some
    # days of the month earns less than this says.
    # ASSUME An employee who names no pay or no period of pay, and one who names a pay of zero (an apprentice, or paid
    # in kind only), is left out of mean and median earnings; nothing is imputed, and pay_answer says how many they are.
    periods, distinct = factorize(pay_period)
    months = np.array([*(MONTHS.get(str(period), np.nan) for period in distinct), np.nan])[periods]
    return pay_amount.where(pay_amount > 0) * months


def pay_answer(
    pay_amount: Series,
    pay_period: Series,
    pay_type_wage: Series | None = None,
    pay_type_piece: Series | None = None,
    pay_type_commission: Series | None = None,
    pay_type_tips: Series | None = None,
    pay_type_fees: Series | None = None,
    pay_type_meals: Series | None = None,
    pay_type_products: Series | None = None,
    pay_type_other_cash: Series | None = None,
) -> Series:
    """One of given, in_kind_only, zero: what an employee says of the pay, so that nobody is left out unseen.

    given: an amount and its period, of which earnings are made. in_kind_only, where the survey asks how the job is
    paid: in meals or products, and in no kind of cash, and no amount is named. zero: the amount named is zero though
    the job is not paid in kind only, such as pay that is in arrears. Not stated: everybody else, who refused, does not
    know, or named an amount without its period. 12th ICLS 1973, par. 8-15 (earnings in cash and in kind).
    """
    # ASSUME An employee who is paid in meals or products and in no kind of cash, and names no amount or an amount of
    # zero, has no cash pay: the question on the amount is not taken for unanswered.
    cash = (pay_type_wage, pay_type_piece, pay_type_commission, pay_type_tips, pay_type_fees, pay_type_other_cash)
    kind = said(pay_type_meals, "yes", pay_amount) | said(pay_type_products, "yes", pay_amount)
    for paid in cash:
        kind &= ~said(paid, "yes", pay_amount)
    named = pay_amount > 0
    answers = {"given": named & pay_period.isin(list(MONTHS)), "in_kind_only": kind & ~named, "zero": pay_amount == 0}
    return first_that_holds(answers, otherwise=NOT_STATED)


def pay_given(pay_answer: Series) -> Series:
    """An amount and its period were given, of which earnings are made."""
    return pay_answer == "given"


def hourly_earnings(monthly_earnings: Series, usual_hours_main: Series) -> Series:
    """Monthly earnings by the hours usually worked in the main job in a month (a week's by 52/12). SDG 8.5.1.

    Empty where earnings are, and where hours are zero or not stated.
    """
    return monthly_earnings / (usual_hours_main.where(usual_hours_main > 0) * WEEKS_A_MONTH)
