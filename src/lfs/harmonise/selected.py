"""The selected households of a round, with an interview or without: what non-response is adjusted on."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lfs.harmonise.offices import COMPLETE, PROBABILITIES, Part
from lfs.harmonise.stack import with_keys

KEYS = ("round", "office", "stratum", "psu", "household", "result", *PROBABILITIES, "weight")


def selected_households(
    parts: Sequence[Part], frames: Mapping[str, pd.DataFrame], round: str, known: Sequence[str]
) -> pd.DataFrame:
    """One row a selected household of the round: keys, result of the interview, probabilities, weight, `known`.

    frames: the persons of each office, with their keys; known: variables that non-response is adjusted on. A household
    whose members answered in part is there once, as complete. An office whose file tells no results has its complete
    interviews only. The weight is that of the household's first person, empty where nobody answered.
    """
    tables = []
    for part in parts:
        complete = frames[part.office].drop_duplicates("household").assign(result=COMPLETE)
        tables.append(complete)
        if len(part.without_answers):
            without = with_keys(part.without_answers, part.office, round, first=len(complete) + 1)
            # ASSUME A household of which at least one member has a complete interview has answered.
            tables.append(without[~without["household"].isin(complete["household"])].drop_duplicates("household"))
    columns = [name for name in (*KEYS, *known) if any(name in table for table in tables)]
    dtypes = {name: table[name].dtype for table in tables for name in columns if name in table}
    made = [table.reindex(columns=columns).astype({name: dtypes[name] for name in columns}) for table in tables]
    return pd.concat(made, ignore_index=True).astype({"result": "str"})
