"""Tables of the page beside those of great_tables."""

import statistics
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pandas as pd

from benchmarks.publishing.edition import edition
from lfs.publish.content import Table
from lfs.publish.report import templates
from lfs.publish.words import Words

REPEATS, REPEATS_OF_PEER = 5, 3
COLUMNS = ("value", "se", "interval", "n")
Made = TypeVar("Made")


def run_tables(folder: Path, language: str) -> dict:
    """All tables of estimates by the macro and by great_tables, in turn."""
    import great_tables

    made, words = edition(folder, language)
    tables = [table for chapter in (*made.chapters, *made.annexes) for table in chapter.tables]
    texts = [list(_cells(table, words)) for table in tables]
    macro = templates().get_template("macros.html").module.estimates
    frames = [(table, as_texts(table, words), as_numbers(table)) for table in tables]

    def by_macro() -> list[str]:
        return [str(macro(table, words, made.level)) for table in tables]

    def by_texts() -> list[str]:
        return [great_table(great_tables, table, frame, words, made.level) for table, frame, _ in frames]

    def by_numbers() -> list[str]:
        return [great_table(great_tables, table, frame, words, made.level, True) for table, _, frame in frames]

    by_macro(), great_table(great_tables, *frames[0][:2], words, made.level)
    seconds, ours = _times(by_macro, REPEATS)
    peer_seconds, theirs = _times(by_texts, REPEATS_OF_PEER)
    number_seconds, _ = _times(by_numbers, 1)
    for table, cells, one, other in zip(tables, texts, ours, theirs, strict=True):
        lost = [text for text in cells if text not in one or text not in other]
        if lost:
            raise RuntimeError(f"table {table.key}: {len(lost)} figures, such as '{lost[0]}', are not in both tables")
    own, peer, numbers = (statistics.median(each) for each in (seconds, peer_seconds, number_seconds))
    return {
        "tables": len(tables),
        "figures": sum(map(len, texts)),
        "seconds": round(own, 4),
        "milliseconds_a_table": round(1000 * own / len(tables), 2),
        "repeats": REPEATS,
        "great_tables_version": version("great_tables"),
        "great_tables_repeats": REPEATS_OF_PEER,
        "great_tables_of_texts_seconds": round(peer, 3),
        "great_tables_of_numbers_seconds": round(numbers, 3),
        "great_tables_milliseconds_a_table": round(1000 * peer / len(tables), 1),
        "ratio_to_great_tables": round(peer / own, 1),
        "ratio_to_great_tables_of_numbers": round(numbers / own, 1),
    }


def as_texts(table: Table, words: Words) -> pd.DataFrame:
    """One row a line of the table: its group, the words of its stub, and every figure as the report writes it."""
    rows = []
    for group in table.groups:
        for row in group.rows:
            line = {"group": group.title} | {f"stub_{place}": text for place, text in enumerate(row.labels)}
            for place, figure in enumerate(row.figures):
                mark = words("marks", figure.mark, "short") if figure.shown and figure.mark else ""
                line |= {f"{column}_{place}": words.cell(figure, column) for column in COLUMNS}
                line[f"value_{place}"] += mark
            rows.append(line)
    return pd.DataFrame(rows)


def as_numbers(table: Table) -> pd.DataFrame:
    """The same with the figures as numbers, limits apart; what is not shown is missing."""
    rows = []
    for group in table.groups:
        for row in group.rows:
            line: dict[str, object] = {"group": group.title}
            line |= {f"stub_{place}": text for place, text in enumerate(row.labels)}
            for place, figure in enumerate(row.figures):
                for column in ("value", "se", "lower", "upper", "n"):
                    line[f"{column}_{place}"] = getattr(figure, column) if figure.shown else None
            rows.append(line)
    frame = pd.DataFrame(rows)
    numeric = [name for name in frame if name != "group" and not name.startswith("stub_")]
    return frame.astype(dict.fromkeys(numeric, "float64"))


def great_table(
    package: ModuleType, table: Table, frame: pd.DataFrame, words: Words, level: str, numbers: bool = False
) -> str:
    """The table by great_tables: groups, the last stub column as row names, a spanner a round, header and notes."""
    last = len(table.stub) - 1
    made = package.GT(frame, rowname_col=f"stub_{last}", groupname_col="group").tab_header(table.title)
    made = made.tab_stubhead(table.stub[last])
    labels = {f"stub_{place}": name for place, name in enumerate(table.stub[:last])}
    shown = ("value", "se", "lower", "n") if numbers else COLUMNS
    for place, name in enumerate(table.rounds):
        titles = (words("columns", "estimate"), words("columns", "se"))
        titles += (words("columns", "interval", level=level), words("columns", "n"))
        labels |= {f"{column}_{place}": title for column, title in zip(shown, titles, strict=True)}
        if numbers:
            parts = [f"{column}_{place}" for column in ("value", "se", "lower", "upper")]
            made = made.fmt_number(parts, decimals=1).fmt_integer(f"n_{place}")
            made = made.cols_merge_range(f"lower_{place}", f"upper_{place}")
        made = made.tab_spanner(name, columns=[f"{column}_{place}" for column in shown], id=f"round_{place}")
    made = made.cols_label(labels)
    for note in table.notes:
        made = made.tab_source_note(note)
    return made.as_raw_html()


def _cells(table: Table, words: Words) -> Iterator[str]:
    for group in table.groups:
        for row in group.rows:
            for figure in row.figures:
                yield from (words.cell(figure, column) for column in COLUMNS)


def _times(make: Callable[[], Made], repeats: int) -> tuple[list[float], Made]:
    """The seconds of every run, and what the last one made."""
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        made = make()
        seconds.append(time.perf_counter() - begin)
    return seconds, made
