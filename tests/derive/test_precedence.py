"""The first category whose condition holds; nothing, in a nullable column, is no."""

import pandas as pd

from lfs.derive.precedence import first_that_holds


def test_the_first_that_holds_decides():
    index = [7, 3, 5, 1]
    first = pd.Series([True, False, None, False], index=index, dtype="boolean")
    second = pd.Series([True, True, False, False], index=index)
    made = first_that_holds({"a": first, "b": second}, otherwise="c")
    pd.testing.assert_series_equal(made, pd.Series(["a", "b", "c", "c"], index=index, dtype="str"))
