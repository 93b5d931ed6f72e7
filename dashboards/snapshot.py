"""The published file, opened read-only beside the reference tables it was made with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.common.sql import quoted
from pipelines.rules.why import why_findings

Row = dict[str, Any]
_NAME = re.compile(r"\w+")


class Snapshot:
    """Questions to the published file; each mart is a view by its own name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Wrap a connection that has the published file attached as ``published``."""
        self._connection = connection
        self._marts: frozenset[str] = frozenset()
        self.asked: set[str] = set()
        """Marts that questions named; emptied by whoever wants to know those of some pages."""

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a query, each a dict by column name."""
        self.asked |= self._marts.intersection(_NAME.findall(sql))
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

    def list_units(self, name: str, codes: list[str]) -> None:
        """Make a temporary table of unit codes, for questions about many units."""
        frame = pl.DataFrame({"unit_code": codes}, schema={"unit_code": pl.String})
        self._connection.register("given", frame.to_arrow())
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        self._connection.unregister("given")

    def why(self, findings: Iterable[str]) -> dict[str, str]:
        """What ``thidua why`` says of each of these findings, by their ids."""
        self.run(
            "CREATE OR REPLACE TEMP TABLE explained AS SELECT unnest(?::VARCHAR[]) AS finding_id",
            list(findings),
        )
        self.run("USE published")
        try:
            return why_findings(self._connection, "temp.main.explained")
        finally:
            self.run("USE memory")

    def make_views(self) -> None:
        """One view per mart, in the default schema."""
        listed = self._connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = 'published' AND schema_name = 'marts' "
            "UNION ALL SELECT view_name FROM duckdb_views() "
            "WHERE database_name = 'published' AND schema_name = 'marts'"
        ).fetchall()
        for (table,) in listed:
            self.run(f'CREATE VIEW "{table}" AS FROM published.marts."{table}"')
        self._marts = frozenset(table for (table,) in listed)
        self.run("CREATE VIEW snapshot AS SELECT * FROM published.meta.snapshot")
        self.run(
            "CREATE VIEW nights AS SELECT DISTINCT as_of FROM published.meta.nights WHERE as_of IS NOT NULL"
        )


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
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH {quoted(warehouse)} AS published (READ_ONLY)")
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
