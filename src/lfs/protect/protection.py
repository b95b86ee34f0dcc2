"""The step as a whole: rules, complements, audit."""

from dataclasses import replace

import pandas as pd

from lfs.metadata import Survey, SurveyError
from lfs.metadata.config import Disclosure, Rule
from lfs.protect.audit import audit
from lfs.protect.cells import Cell, CellTable, Reader, cell_table, is_not_stated
from lfs.protect.equations import all_by_definition, category_equations, concept_equations, same_people
from lfs.protect.quality import published_quality
from lfs.protect.rules import FIGURES, PUBLISHED, SUPPRESSED, UNRELIABLE, Decided, apply_rules, sides_of_gaps
from lfs.protect.suppression import suppress, told_by_sums


def protect(estimates: pd.DataFrame, quality: pd.DataFrame, survey: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The published table and the published quality table.

    `published` is `estimates` with the column `status`: published, unreliable or suppressed. A suppressed row holds
    no figure. The quality table is that of `published_quality`, and tells what protection itself did: topics
    rows_estimated, suppressed_by_rule, suppressed_to_protect, withheld, audit_equations, audit_suppressed,
    audit_solvable. Raises SurveyError if the audit can work out a suppressed figure.
    """
    estimates = estimates.reset_index(drop=True)
    decided = apply_rules(estimates, survey)
    status = pd.Series(PUBLISHED, index=estimates.index).mask(decided.unreliable, UNRELIABLE)
    status = status.mask(decided.suppressed, SUPPRESSED)
    counts = []
    for name, rows in estimates.groupby("round", sort=False):
        table, secret = _cells(rows[~decided.withheld[rows.index]], decided, survey)
        table = replace(table, harmless=table.harmless | told_by_sums(table, frozenset()))
        loose = _not_guarded(table, secret, survey.config.disclosure) - table.harmless
        # What follows from cells that may be worked out may be worked out too, unless it points at somebody itself.
        loose |= told_by_sums(table, loose) - _few(table, rows, survey.config.disclosure.suppress)
        guarded = secret - table.harmless - loose
        gone = set(rows.index[decided.suppressed[rows.index]])
        unread = frozenset(cell for cell, of in table.rows.items() if gone.issuperset(of))
        # What the rules withhold anyway is as unknown as any hidden cell, whether it is guarded or not.
        loose = unread - table.harmless - guarded
        table = replace(table, gone=frozenset(gone), unguarded=loose, guarded=frozenset(guarded))
        hidden = suppress(table, guarded)
        status[[row for cell in hidden for row in table.rows[cell]]] = SUPPRESSED
        gaps = sides_of_gaps(rows, survey)
        status[[gap for gap, sides in gaps.items() if (status[sides] == SUPPRESSED).any()]] = SUPPRESSED
        doubtful = [gap for gap, sides in gaps.items() if (status[sides] == UNRELIABLE).any()]
        status[doubtful] = status[doubtful].replace(PUBLISHED, UNRELIABLE)
        result = audit(table, pd.DataFrame({"status": status[list(table.cells_of_row)]}))
        if result["audit_solvable"]:
            raise SurveyError(
                f"protect, round {name}: {result['audit_solvable']} suppressed figures can be worked out from "
                "published ones; declare a breakdown of theirs under `withheld` in config/config.yaml"
            )
        counts.append(_report(str(name), _reasons(rows, decided, status) | result))
    published = estimates.copy()
    published["flag"] = _flags(estimates, status, decided.empty)
    published["status"] = status
    for column in FIGURES:
        published[column] = published[column].mask(status == SUPPRESSED)
    return published, pd.concat([published_quality(quality, published, survey), *counts], ignore_index=True)


def _cells(rows: pd.DataFrame, decided: Decided, survey: Survey) -> tuple[CellTable, set[Cell]]:
    """The cells of one round, and those that its sensitive rows make secret: what is counted, and if small what it is
    counted in."""
    read = list(Reader(survey).rows(rows))
    equations = [
        *category_equations(read, survey.variables),
        *concept_equations(read, survey.relations, survey.variables),
        *same_people(read, rows["value"].dropna().to_dict()),
        *all_by_definition(read, set(rows.index[decided.everybody[rows.index]])),
    ]
    nobody = set(rows.index[decided.nobody[rows.index]])
    none = {row.cells[0] for row in read if row.index in nobody}
    sensitive = set(rows.index[decided.sensitive[rows.index]])
    below = survey.config.disclosure.suppress.n_below or 0
    secret = {
        cell
        for row in read
        # What a gap tells of is as secret as its two sides say.
        if row.index in sensitive and row.kind != "gap"
        for cell in (row.cells[0], *(row.secrets if row.n < below else ()))
    }
    table = cell_table(read, equations)
    return replace(table, harmless=table.harmless | none), secret


def _not_guarded(table: CellTable, secret: set[Cell], rules: Disclosure) -> frozenset[Cell]:
    """Of the secret cells those that are withheld without giving up other figures for them."""
    # ASSUME A small cell of people who did not state what the breakdown asks is withheld, but (unless
    # disclosure.protect_not_stated is true) not guarded against being worked out, since nobody outside knows who gave
    # no answer.
    # ASSUME A small cell within a group of disclosure.guard_below respondents or more is withheld, but not guarded
    # against being worked out, since few cases among so many respondents point at nobody.
    size: dict[Cell, float] = {}
    for row, cells in table.cells_of_row.items():
        size[cells[0]] = max(size.get(cells[0], 0), table.within[row])
    return frozenset(
        cell
        for cell in secret
        if size.get(cell, 0) >= rules.guard_below or (is_not_stated(cell) and not rules.protect_not_stated)
    )


def _few(table: CellTable, rows: pd.DataFrame, rule: Rule) -> frozenset[Cell]:
    """The cells that count somebody, but fewer than the rule lets be shown."""
    few = pd.Series(False, index=rows.index)
    for column, below in (("n", rule.n_below), ("n_cases", rule.n_cases_below)):
        few |= rows[column].between(1, (below or 1) - 1)
    return frozenset(table.cells_of_row[row][0] for row in rows.index[few] if row in table.cells_of_row)


def _flags(estimates: pd.DataFrame, status: pd.Series, empty: pd.Series) -> pd.Series:
    """Quality codes of what is shown; of a suppressed row only that the sample has nobody in the group."""
    flag = estimates["flag"].fillna("").astype(str)
    return flag.mask(status == SUPPRESSED, "").mask(empty & (status == SUPPRESSED), "no_cases")


def _reasons(rows: pd.DataFrame, decided: Decided, status: pd.Series) -> dict[str, int]:
    """How many rows of a round lost their figures, by reason."""
    withheld, empty = decided.withheld[rows.index], decided.empty[rows.index]
    by_rule = decided.suppressed[rows.index] & ~withheld & ~empty
    gone = status[rows.index] == SUPPRESSED
    return {
        "rows_estimated": len(rows),
        "suppressed_by_rule": int(by_rule.sum()),
        "suppressed_to_protect": int((gone & ~by_rule & ~withheld & ~empty).sum()),
        "withheld": int(withheld.sum()),
    }


def _report(name: str, counts: dict[str, int]) -> pd.DataFrame:
    """Counts of one round in the shape of the quality table."""
    report = pd.DataFrame({"topic": list(counts), "value": [float(count) for count in counts.values()]})
    report = report.assign(round=name, office="all", step="protect", variable="", category="", detail="")
    return report[["round", "office", "step", "topic", "variable", "category", "value", "detail"]]
