"""Replicate weights that an office delivers with its file."""

import numpy as np
import pandas as pd

from lfs.harmonise.delivery import Delivery
from lfs.metadata.offices import Office
from lfs.metadata.sampling import REPLICATE
from lfs.metadata.yaml import shown


def replicate_weights(
    office: Office, declared: int | None, delivery: Delivery, rows: pd.DataFrame, problems: list[str]
) -> dict[str, pd.Series]:
    """The columns replicate_1 and so on of the rows that are kept; none where no replicates are to be delivered.

    declared: how many there are to be. Another number in the file, and weights that are missing, negative or no
    numbers, are added to `problems`.
    """
    if declared is None:
        return {}
    mend = f"config/offices/{office.office}.yaml"
    if office.replicate_weights is None:
        problems.append(
            f"{mend}: replicates: in config.yaml are to be delivered, and this office names none; write "
            "replicate_weights: {prefix: ...} with what its columns begin with"
        )
        return {}
    found = office.replicate_weights.found(delivery.columns)
    if found != declared:
        problems.append(
            f"{shown(delivery.path)}: {found} columns of replicate weights (prefix "
            f"'{office.replicate_weights.prefix}') where config.yaml declares {declared}; mend count under "
            f"replicates:, or replicate_weights: in {mend}"
        )
        return {}
    names = office.replicate_weights.names(declared)
    if absent := [name for name in names if name not in rows]:
        problems.append(f"{shown(delivery.path)}: there is no replicate weight {absent[0]}; see digits in {mend}")
        return {}
    columns = {}
    for number, name in enumerate(names, 1):
        values = pd.to_numeric(rows[name], errors="coerce").astype("float64")
        if bad := int((~np.isfinite(values) | (values < 0)).sum()):
            problems.append(
                f"{shown(delivery.path)}: replicate weight {name} is missing, negative or no number in {bad} rows"
            )
        columns[f"{REPLICATE}{number}"] = values
    return columns
