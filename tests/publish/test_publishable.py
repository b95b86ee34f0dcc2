"""A published table that protection did not write is refused before anything is printed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lfs.metadata import Survey, SurveyError
from lfs.metadata.publishable import check_publishable
from lfs.publish.figures import Published

COLUMN = {
    "unknown round": ("round", "2031H1", "round '2031H1' is not declared"),
    "unknown indicator": ("indicator", "unemploiment_rate", "'unemploiment_rate' is not declared; did you mean"),
    "unknown breakdown": ("breakdown", "sexx", "breakdown 'sexx' is not declared; did you mean 'sex'"),
    "unknown category": ("sex", "third", "sex 'third' is not one of its categories"),
    "category of another breakdown": ("region", "kri", "region has a category in a breakdown that is not by it"),
    "no estimate": ("value", np.nan, "1 rows are shown without an estimate"),
    "infinite": ("upper", np.inf, "1 rows hold an infinite number"),
    "limit on the wrong side": ("lower", 2.0, "1 estimates lie outside their own limits"),
}


@pytest.fixture
def table(protected: tuple[pd.DataFrame, pd.DataFrame], iraq: Survey) -> pd.DataFrame:
    return protected[0].reset_index(drop=True)


def women(table: pd.DataFrame) -> int:
    """The row of the participation rate of women in the latest round."""
    found = table["indicator"].eq("participation_rate") & table["breakdown"].eq("sex") & table["sex"].eq("female")
    return int(table.index[found & table["round"].eq("2022H2") & table["status"].ne("suppressed")][0])


def test_what_protection_wrote_is_taken(table, iraq):
    check_publishable(table, iraq)


@pytest.mark.parametrize("what", COLUMN)
def test_a_row_that_cannot_be_is_refused(table, iraq, what):
    column, value, message = COLUMN[what]
    table.loc[women(table), column] = value
    with pytest.raises(SurveyError, match=f"^table published: .*{message}.*; run protect again"):
        check_publishable(table, iraq)


def test_a_cell_twice_and_no_row_are_refused(table, iraq):
    again = table.loc[[women(table)]].assign(value=0.99, upper=1.0)
    with pytest.raises(SurveyError, match="1 cells stand in it more than once"):
        check_publishable(pd.concat([table, again], ignore_index=True), iraq)
    with pytest.raises(SurveyError, match="holds no row"):
        check_publishable(table.iloc[:0], iraq)


def test_a_suppressed_row_prints_no_number_whatever_it_holds(table, iraq):
    at = women(table)
    table.loc[at, "status"] = "suppressed"
    with pytest.raises(SurveyError, match="1 suppressed rows hold a figure"):
        check_publishable(table, iraq)
    figure = Published(table, replace(iraq)).figure("2022H2", "icls19", "participation_rate", {"sex": "female"})
    assert not figure.shown
    assert (figure.se, figure.lower, figure.n, figure.n_cases) == (None, None, None, None)
