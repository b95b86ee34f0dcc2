"""The offices of a round as one table, with keys that cannot collide."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lfs.harmonise.messages import Place, rows_in_words
from lfs.harmonise.offices import Part
from lfs.metadata import Survey, read_source
from lfs.metadata.sampling import replicate_columns
from lfs.metadata.variables import Variable

_PLACE = "governorate"


def with_keys(rows: pd.DataFrame, office: str, round: str, first: int = 1) -> pd.DataFrame:
    """The rows of one office with round, office and household; stratum and PSU carry the office.

    A PSU has the same key in every round. first: number of the first row, where rows have no household identifier.
    """
    number = pd.Series(np.arange(first, first + len(rows)), index=rows.index)
    # ASSUME An office that delivers no strata drew its sample as one stratum.
    stratum = office + ":" + rows["stratum"] if "stratum" in rows else pd.Series(office, index=rows.index, dtype="str")
    # ASSUME Where an office delivers no household identifier, each row is a household of one person.
    within = rows["household"] if "household" in rows else number.astype("str")
    household = office + ":" + (rows["psu"] + ":" if "psu" in rows else "") + within
    # ASSUME Where an office delivers no primary sampling units, each household was drawn by itself.
    psu = office + ":" + rows["psu"] if "psu" in rows else household
    keys = {
        "round": pd.Series(round, index=rows.index, dtype="str"),
        "office": pd.Series(office, index=rows.index, dtype="str"),
        "household": household.astype("str"),
        "stratum": stratum.astype("str"),
        "psu": psu.astype("str"),
    }
    others = {name: column for name, column in rows.items() if name not in keys}
    return pd.DataFrame(keys | others, index=rows.index)


def with_persons(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that have their keys, with line and person too."""
    household = rows["household"]
    # ASSUME Where an office delivers no line numbers, persons are numbered in the order of the file.
    line = rows["line"] if "line" in rows else (rows.groupby(household).cumcount() + 1).astype("Int64")
    return rows.assign(line=line, person=(household + ":" + line.astype("str")).astype("str"))


def stack(frames: Mapping[str, pd.DataFrame], dictionary: Mapping[str, Variable]) -> pd.DataFrame:
    """All offices below each other, columns in the order of the dictionary; NA where an office lacks a column."""
    dtypes = {name: column.dtype for frame in frames.values() for name, column in frame.items()}
    ordered = [name for name in _order(dictionary) if name in dtypes] + replicate_columns(map(str, dtypes))
    return pd.concat(
        [frame.reindex(columns=ordered).astype({name: dtypes[name] for name in ordered}) for frame in frames.values()],
        ignore_index=True,
    )


def key_problems(part: Part, rows: pd.DataFrame, survey: Survey, round: str) -> list[str]:
    """Persons twice in a round, and PSUs in two strata (counted instead, where the office's file tolerates that)."""
    office = survey.offices[part.office]
    path = survey.folder / f"config/offices/{part.office}.yaml"
    problems = []
    if twice := int(rows["person"].duplicated(keep=False).sum()):
        household = Place(part.office, round, "household", "design", lambda: read_source(path))
        problems.append(
            f"{household}: {rows_in_words(twice)} share household and line with another row, and a person stands in "
            f"one row. Mend the file, or household and line in {household.line()}"
        )
    strata = rows.groupby("psu")["stratum"].transform("nunique")
    if mixed := int((strata > 1).sum()):
        psus = rows.loc[strata > 1, "psu"].nunique()
        if "psu_in_two_strata" in office.tolerate:
            part.report.add("psu_in_two_strata", psus)
        else:
            place = Place(part.office, round, "psu", "design", lambda: read_source(path))
            problems.append(
                f"{place}: {psus} of the PSUs ({rows_in_words(mixed)}) stand in two strata. Mend the file, psu or "
                f"stratum in {place.line()}, or declare `tolerate: [psu_in_two_strata]`"
            )
    return problems


def shared_places(frames: Mapping[str, pd.DataFrame], round: str, tolerated: bool) -> list[str]:
    """Governorates that more than one office delivered: the same people would count twice."""
    delivered = pd.concat([frame.get([_PLACE, "office"], pd.DataFrame()) for frame in frames.values()])
    if tolerated or delivered.empty:
        return []
    counts = pd.crosstab(delivered[_PLACE], delivered["office"])
    return [
        f"{round}: governorate '{place}' is delivered by "
        + " and ".join(f"{office} ({rows_in_words(int(count))})" for office, count in row.items() if count)
        + f". Mend {_PLACE} in config/offices, or declare `tolerate: [shared_governorate]` in both"
        for place, row in counts.iterrows()
        if (row > 0).sum() > 1
    ]


def _order(dictionary: Mapping[str, Variable]) -> list[str]:
    """Columns as the dictionary orders them: options of multiple variables, supplied concepts with their suffix."""
    order = ["round", "office"]
    for name, variable in dictionary.items():
        options = [f"{name}_{option}" for option in variable.options]
        order += options or [name, f"{name}_national"]
    return list(dict.fromkeys(order))
