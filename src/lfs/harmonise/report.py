"""The quality table: what came in, what went on, and what was met on the way, as rows of codes and numbers."""

from dataclasses import dataclass, field

import pandas as pd

from lfs.metadata.schema import QUALITY_COLUMNS


@dataclass
class Report:
    """Rows of the quality table of one office in one round."""

    round: str
    office: str
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, topic: str, value: float = float("nan"), variable: str = "", category: str = "", detail: str = ""
    ) -> None:
        """One row; `detail` holds a code or a name, never a sentence and never a person's value."""
        self.rows.append(
            {
                "round": self.round,
                "office": self.office,
                "step": "harmonise",
                "topic": topic,
                "variable": variable,
                "category": category,
                "value": float(value),
                "detail": detail,
            }
        )

    def file(self, name: str, sha256: str, encoding: str, synthetic: bool) -> None:
        """What the file is."""
        self.add("file", detail=name)
        self.add("file_sha256", detail=sha256)
        self.add("encoding", detail=encoding.lower())
        self.add("synthetic", float(synthetic))

    def contribution(self, rows: pd.DataFrame) -> None:
        """Persons, households, PSUs, strata and weights that go on."""
        self.add("persons", len(rows))
        self.add("households", rows["household"].nunique())
        self.add("psus", rows["psu"].nunique())
        self.add("strata", rows["stratum"].nunique())
        self.add("weight_sum", rows["weight"].sum())


def quality_table(reports: list[Report]) -> pd.DataFrame:
    """The rows of all reports as one table with the columns of quality."""
    table = pd.DataFrame([row for report in reports for row in report.rows], columns=list(QUALITY_COLUMNS))
    texts = [column for column in QUALITY_COLUMNS if column != "value"]
    return table.astype(dict.fromkeys(texts, "str") | {"value": "float64"})
