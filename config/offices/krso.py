"""What the crosswalk's keys cannot say of the KRSO's files: pay has a column for each period it can be for."""

import pandas as pd

PERIOD_OF_COLUMN = {"h05_d": "day", "h05_w": "week", "h05_m": "month", "h05_y": "year", "h05_x": "not_stated"}


def pay_amount(raw: pd.DataFrame) -> pd.Series:
    """The amount, in the file's unit, from whichever period's column is filled; empty where none is.

    ASSUME Where the KRSO's form holds amounts for several periods, the one for the shortest period is taken.
    """
    amounts = raw[list(PERIOD_OF_COLUMN)].astype("float64")
    return amounts.bfill(axis=1).iloc[:, 0]


def pay_period(raw: pd.DataFrame) -> pd.Series:
    """The period of the first column that is filled, empty where none is."""
    filled = raw[list(PERIOD_OF_COLUMN)].notna()
    return filled.idxmax(axis=1).map(PERIOD_OF_COLUMN).where(filled.any(axis=1))
