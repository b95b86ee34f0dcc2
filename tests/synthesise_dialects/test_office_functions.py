"""config/offices/krso.py: pay stands in one column a period, and the filled one says which period it is."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

EMPTY = np.nan


@pytest.fixture(scope="module")
def krso() -> ModuleType:
    path = Path(__file__).parents[2] / "config/offices/krso.py"
    spec = importlib.util.spec_from_file_location("office_krso", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pay() -> pd.DataFrame:
    return pd.DataFrame(
        [
            # day, week, month, year, period unknown
            [25.0, EMPTY, EMPTY, EMPTY, EMPTY],
            [EMPTY, -9.0, EMPTY, EMPTY, EMPTY],
            [EMPTY, EMPTY, 650.25, EMPTY, EMPTY],
            [EMPTY, EMPTY, EMPTY, 9000.0, EMPTY],
            [EMPTY, EMPTY, EMPTY, EMPTY, 300.0],
            [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY],
            [EMPTY, EMPTY, 0.0, 9000.0, EMPTY],
        ],
        columns=["h05_d", "h05_w", "h05_m", "h05_y", "h05_x"],
    )


def test_the_amount_is_the_one_that_is_filled(krso: ModuleType, pay: pd.DataFrame) -> None:
    amounts = krso.pay_amount(pay)
    assert amounts.isna().tolist() == [False, False, False, False, False, True, False]
    assert amounts.dropna().tolist() == [25, -9, 650.25, 9000, 300, 0]


def test_the_period_is_that_of_the_filled_column(krso: ModuleType, pay: pd.DataFrame) -> None:
    periods = krso.pay_period(pay)
    assert periods.isna().tolist() == [False, False, False, False, False, True, False]
    assert periods.dropna().tolist() == ["day", "week", "month", "year", "not_stated", "month"]
