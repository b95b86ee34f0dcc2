"""What is derived here against what the office supplies: a cross table of persons, not weighted."""

from collections.abc import Iterator

import pandas as pd
from pandas import Series

NOT_APPLICABLE = "not_applicable"
Row = dict[str, object]


def agreement(name: str, derived: Series, supplied: Series) -> Iterator[Row]:
    """Quality rows: one a pair, category `<derived>|<supplied>`, value persons; then the share of persons who agree.

    Persons to whom neither applies are left out; where only one applies, the other reads not_applicable.
    """
    table = pd.DataFrame({"derived": _words(derived), "supplied": _words(supplied)})
    table = table[(table != NOT_APPLICABLE).any(axis=1)]
    if table.empty:
        return
    pairs = table["derived"] + "|" + table["supplied"]
    for pair, persons in pairs.value_counts().sort_index().items():
        yield {"topic": "agreement", "variable": name, "category": pair, "value": persons}
    share = float((table["derived"] == table["supplied"]).mean())
    yield {"topic": "agreement_share", "variable": name, "value": share}


def _words(values: Series) -> Series:
    if values.dtype == "boolean":
        values = values.map({True: "yes", False: "no"})
    return values.astype("str").fillna(NOT_APPLICABLE)
