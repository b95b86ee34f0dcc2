"""A file of people read in pieces, only the columns that are needed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lfs.estimate.estimands import COUNTS, possible_estimands
from lfs.estimate.measures import EVERYONE
from lfs.estimate.pieces.order import STAND_INS
from lfs.estimate.pieces.run import ROWS_AT_ONCE, estimate_pieces
from lfs.metadata import Survey, SurveyError
from lfs.metadata.variables import universe_of


def estimate_file(path: Path, survey: Survey, ignoring_calibration: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The estimates and the quality table that `estimate` makes of the people in a Parquet file, however large it is.

    The file is in order of stratum and PSU, as `people.sort_values(["stratum", "psu"])` puts it. See `estimate_pieces`
    for the rest. Raises SurveyError for a file that is missing or damaged too.
    """
    return estimate_pieces(read_pieces(path, survey), survey, ignoring_calibration)


def read_pieces(path: Path, survey: Survey) -> Iterator[pa.RecordBatch]:
    """The rows of the file in order, with the columns that estimation reads; the next piece while one is worked on."""
    try:
        columns = columns_to_read(path, survey)
        file = pq.ParquetFile(path, read_dictionary=columns)
        batches = chain.from_iterable(_batches(file, group, columns) for group in range(file.num_row_groups))
        with ThreadPoolExecutor(1) as thread:
            ahead = thread.submit(next, batches, None)
            while (piece := ahead.result()) is not None:
                ahead = thread.submit(next, batches, None)
                yield piece
    except FileNotFoundError:
        raise SurveyError(f"{path} does not exist; run the step that makes it, or `make run`") from None
    except (pa.ArrowInvalid, OSError):
        raise SurveyError(f"{path} is damaged and cannot be read as a table; write it anew") from None


def _batches(file: pq.ParquetFile, group: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """Of one group of rows: read all together, the bytes of all groups would stay in memory."""
    return file.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=columns)


def columns_to_read(path: Path, survey: Survey) -> list[str]:
    """Names of the columns of the file that indicators, breakdowns and the design read."""
    file = pq.ParquetFile(path)
    names = file.schema_arrow.names
    found, _ = possible_estimands(set(names), survey.indicators, survey.variables)
    estimands = [each for each in found if each.kind in COUNTS]
    wanted = {"round", "office", "stratum", "weight", *survey.breakdown_variables}
    wanted |= {name for each in estimands for name in each.columns()} - {EVERYONE}
    wanted |= {universe_of(name, survey.variables) for name in survey.breakdown_variables}
    for name in STAND_INS:
        wanted.add(name)
        if name in names and not _empty_values(file, names.index(name)):
            break
    return [name for name in names if name in wanted]


def _empty_values(file: pq.ParquetFile, column: int) -> bool:
    """Whether the column may hold empty values; a file that does not say may."""
    groups = [file.metadata.row_group(number).column(column) for number in range(file.num_row_groups)]
    counts = [each.statistics.null_count if each.statistics else None for each in groups]
    return any(count is None or count > 0 for count in counts)
