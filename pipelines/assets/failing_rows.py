"""The rows behind a failed check, as Dagster's interface shows them: where they are, not whom they name."""

from __future__ import annotations

import duckdb
from dagster import MetadataValue, TableMetadataValue, TableRecord

MOST = 20
"""Rows shown in the interface; the check's query gives all of them."""
COLUMNS = (
    "rule_id", "programme_id", "unit_code", "source_file", "source_sheet", "source_row", "source_cell",
)  # fmt: skip


def failing_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, TableMetadataValue]:
    """The first failing rows of each suite.

    Args:
        connection: the staging file with tonight's ``intermediate.int_verdicts``.

    Returns:
        By suite; only suites with failures.
    """
    listed = ", ".join(COLUMNS)
    rows = connection.execute(
        f"SELECT suite, {listed} FROM intermediate.int_verdicts WHERE verdict = 'fail' "
        f"QUALIFY row_number() OVER (PARTITION BY suite ORDER BY {listed}) <= {MOST} ORDER BY ALL"
    ).fetchall()
    records: dict[str, list[TableRecord]] = {}
    for suite, *values in rows:
        shown = dict(zip(COLUMNS, (value if value is not None else "" for value in values), strict=True))
        records.setdefault(suite, []).append(TableRecord(shown))
    return {suite: MetadataValue.table(found) for suite, found in records.items()}
