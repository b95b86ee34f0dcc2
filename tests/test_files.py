"""Tables on disk: what was damaged there is found out, and never read as other numbers."""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest

from lfs.files import read_table, write_tables
from lfs.metadata import SurveyError


def damaged(content: bytes) -> Iterator[bytes]:
    """The same with a few bytes lost, now here, now there."""
    for start in range(500, len(content) - 5000, 331):
        yield content[:start] + bytes(20) + content[start + 20 :]


def test_a_table_with_bytes_lost_on_the_disk_is_not_read(tmp_path):
    path = tmp_path / "published.parquet"
    table = pd.DataFrame({"value": np.random.default_rng(1).integers(0, 9999, 20_000).astype("float64")})
    write_tables({path: table})
    content = path.read_bytes()
    pd.testing.assert_frame_equal(read_table(path), table)
    silent = 0
    for lost in damaged(content):
        path.write_bytes(lost)
        with suppress(OSError):
            silent += not pd.read_parquet(path).equals(table)
        with pytest.raises(SurveyError, match=r"published\.parquet is damaged and cannot be read"):
            read_table(path)
    assert silent, "without checksums, other numbers would have been read"
