"""The published file, opened read-only beside the reference tables it was made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

Row = dict[str, Any]

# Columns that a published file may have beyond the contract; where it has not, they read as NULL.
_EXTRA = {
    "fct_awards": {"source_cell": "TEXT"},
    "fct_findings": {"recipient_name": "TEXT", "fixed_on": "DATE"},
    "dim_units": {"is_placeholder": "BOOLEAN"},
    "dim_rules": {"short_vi": "TEXT", "how_to_fix_vi": "TEXT"},
}


class Snapshot:
    """Questions to the published file; views hide which optional columns it has."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Wrap a connection that has the published file attached as ``published``."""
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a query, each a dict by column name."""
        cursor = self._connection.execute(sql, list(values))
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, *values: Any) -> Row:
        """The only row of a query.

        Raises:
            LookupError: the query gave no row or several.
        """
        found = self.rows(sql, *values)
        if len(found) != 1:
            raise LookupError(f"one row expected, {len(found)} found: {sql[:80]}")
        return found[0]

    def run(self, sql: str, *values: Any) -> None:
        """Make a temporary table or view."""
        self._connection.execute(sql, list(values))

    def has(self, table: str, schema: str = "marts") -> bool:
        """Whether the published file has a table."""
        return bool(self._columns(schema, table))

    def _columns(self, schema: str, table: str) -> list[str]:
        found = self._connection.execute(
            "SELECT column_name FROM duckdb_columns() "
            "WHERE database_name = 'published' AND schema_name = ? AND table_name = ?",
            [schema, table],
        ).fetchall()
        return [row[0] for row in found]

    def make_views(self) -> None:
        """One view per mart, in the default schema; missing optional columns are NULL."""
        listed = self._connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = 'published' AND schema_name = 'marts'"
        ).fetchall()
        for (table,) in listed:
            missing = set(_EXTRA.get(table, {})) - set(self._columns("marts", table))
            extra = "".join(f", NULL::{_EXTRA[table][name]} AS {name}" for name in sorted(missing))
            self.run(f'CREATE VIEW "{table}" AS SELECT *{extra} FROM published.marts."{table}"')
        self.run("CREATE VIEW snapshot AS SELECT * FROM published.meta.snapshot")
        nights = (
            "SELECT DISTINCT as_of FROM published.meta.nights"
            if "as_of" in self._columns("meta", "nights")
            else "SELECT first_seen_on AS as_of FROM fct_findings UNION SELECT fixed_on FROM fct_findings "
            "UNION SELECT last_seen_on FROM fct_findings UNION SELECT as_of FROM snapshot"
        )
        self.run(f"CREATE VIEW nights AS SELECT as_of FROM ({nights}) WHERE as_of IS NOT NULL")


@contextmanager
def opened(warehouse: Path, reference: Mapping[str, pl.DataFrame]) -> Iterator[Snapshot]:
    """Open a published file for reading.

    Args:
        warehouse: the published file.
        reference: tables of ``pipelines.reference.tables.tables``; they appear in the schema ``ref``.
    """
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        connection.execute("ATTACH '{}' AS published (READ_ONLY)".format(str(warehouse).replace("'", "''")))
        connection.execute("CREATE SCHEMA ref")
        for name, frame in reference.items():
            connection.register("given", frame)
            connection.execute(f'CREATE TABLE ref."{name}" AS SELECT * FROM given')
            connection.unregister("given")
        snapshot = Snapshot(connection)
        snapshot.make_views()
        yield snapshot
    finally:
        connection.close()
