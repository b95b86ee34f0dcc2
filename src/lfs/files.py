"""Tables and other results on disk: read whole, written under a temporary name and then renamed.

Only the verbs use this. The same table gives the same bytes, so that checksums can be compared.
"""

import csv
import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lfs.metadata import SurveyError

if TYPE_CHECKING:
    import pandas as pd

MANIFEST_COLUMNS = ("file", "sha256", "bytes")


def read_table(path: Path) -> "pd.DataFrame":
    """A parquet table; SurveyError where the file is missing or damaged.

    Its pages are checked against their checksums: a few bytes lost on a disk can leave a column that reads without
    complaint and holds other cells' numbers.
    """
    import pandas as pd
    import pyarrow as pa

    damaged = SurveyError(f"{path} is damaged and cannot be read as a table; delete it and run `make run`")
    try:
        return pd.read_parquet(path, page_checksum_verification=True)
    except FileNotFoundError:
        raise SurveyError(f"{path} does not exist; run the step that makes it, or `make run`") from None
    except (pa.ArrowInvalid, EOFError):
        raise damaged from None
    except OSError as error:
        # Arrow tells of content that does not decode by an OSError without a number.
        if error.errno is None:
            raise damaged from None
        raise


def write_tables(tables: "Mapping[Path, pd.DataFrame]") -> None:
    """Each table under its name, as parquet or csv by the ending; all are written before the first is renamed."""
    write_files({path: _writer(path, table) for path, table in tables.items()})


def write_files(writers: Mapping[Path, Callable[[Path], object]]) -> None:
    """Call each writer with a temporary name in the folder of the final one; rename when all have succeeded.

    Whatever stops it (an error, Ctrl-C, SIGTERM), nothing half-written stands under a final name and no temporary
    file stays. Raises OSError naming the file.
    """
    # The process id keeps an orphan of a killed run from writing into the same file.
    temporary = {path: path.with_name(f".{os.getpid()}.{path.name}") for path in writers}
    path = Path()
    try:
        for path, write in writers.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            for left in path.parent.glob(f".[0-9]*.{path.name}"):
                left.unlink(missing_ok=True)
            write(temporary[path])
        for path, made in temporary.items():
            made.replace(path)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise OSError(error.errno, reason, str(path)) from error
    finally:
        for made in temporary.values():
            with suppress(OSError):
                made.unlink(missing_ok=True)


def write_manifest(path: Path, files: list[Path]) -> None:
    """Checksum and size of each file, so that a result changed by hand is found out."""

    def write(name: Path) -> None:
        with name.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out, lineterminator="\n")
            rows.writerow(MANIFEST_COLUMNS)
            rows.writerows((file.as_posix(), checksum(file), file.stat().st_size) for file in sorted(files))

    write_files({path: write})


def verify_manifest(path: Path) -> list[str]:
    """One line for each file of the manifest that is missing or no longer what the pipeline wrote."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except FileNotFoundError:
        raise SurveyError(f"{path} does not exist; `make run` writes it") from None
    if not rows or tuple(rows[0]) != MANIFEST_COLUMNS:
        raise SurveyError(f"{path} holds no checksums; delete it and run `make run`")
    problems = []
    for row in rows:
        file = Path(row["file"])
        if not file.exists():
            problems.append(f"{file} is missing; `make run` makes it again")
        elif checksum(file) != row["sha256"]:
            problems.append(f"{file} was changed after the pipeline wrote it; delete it and run `make run`")
    return problems


def checksum(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _writer(path: Path, table: "pd.DataFrame") -> Callable[[Path], None]:
    def write(name: Path) -> None:
        if path.suffix == ".parquet":
            table.to_parquet(name, index=False, compression="zstd", write_page_checksum=True)
        else:
            table.to_csv(name, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")

    return write
