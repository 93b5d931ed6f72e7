"""The staging file: one writer, the night. Opening, replacing tables, bookkeeping between nights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipelines.contracts.raw import KEPT, RAW, create_statement
from pipelines.night.request import NightRequest

MEMORY = "2500MB"
"""What the engine may hold at once, here as in dbt's profile; what is more waits on the disk."""

NIGHTS_OF_GAPS = 7
"""In one night of so many the gaps that replaced rows left in tables are closed.

The engine does so at a checkpoint by writing anew what stands around a gap: in a night with few changed files
far more rows than were replaced.
"""


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The staging file, open for writing; closed (and its log folded in) at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(path))
    try:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        if _nights(connection) % NIGHTS_OF_GAPS:
            connection.execute("SET max_vacuum_tasks = 0")
        yield connection
    finally:
        connection.close()


def _nights(connection: duckdb.DuckDBPyConnection) -> int:
    """How many nights the file knows; none where it was never prepared."""
    try:
        ((nights,),) = connection.execute("SELECT count(*) FROM quality.nights").fetchall()
    except duckdb.CatalogException:
        return 0
    return int(nights)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schemas, tables and columns that are kept between nights, where they are not there yet."""
    for schema in ("raw", "ref", "quality", "meta"):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for name in RAW:
        connection.execute(create_statement("raw", name, RAW[name]))
        for column, kind in RAW[name].items():  # of a home that an earlier version of the software made
            connection.execute(f'ALTER TABLE raw."{name}" ADD COLUMN IF NOT EXISTS "{column}" {kind}')
    for qualified, columns in KEPT.items():
        schema, name = qualified.split(".")
        connection.execute(create_statement(schema, name, columns))
        for column, kind in columns.items():
            connection.execute(f'ALTER TABLE {qualified} ADD COLUMN IF NOT EXISTS "{column}" {kind}')


def append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Add the rows of a frame to a table, by column name."""
    if frame.height:
        connection.register("incoming", frame.to_arrow())
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


def replace_tables(
    connection: duckdb.DuckDBPyConnection, schema: str, tables: Mapping[str, pl.DataFrame]
) -> None:
    """Write each frame as ``schema.name``, replacing what was there."""
    for name, frame in tables.items():
        connection.register("incoming", frame.to_arrow())
        connection.execute(f'CREATE OR REPLACE TABLE "{schema}"."{name}" AS SELECT * FROM incoming')
        connection.unregister("incoming")


def note_night(
    connection: duckdb.DuckDBPyConnection,
    request: NightRequest,
    run_id: str,
    code_version: str,
    input_digest: str,
) -> None:
    """Write ``meta.night``, the one row that tells dbt which night it counts."""
    connection.execute(
        "CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of, ? AS run_id, "
        "? AS code_version, ? AS input_digest",
        [request.as_of, run_id, code_version, input_digest],
    )


def frame_of(
    connection: duckdb.DuckDBPyConnection, query: str, values: list[object] | None = None
) -> pl.DataFrame:
    """The result of a query as a Polars frame."""
    result = pl.from_arrow(connection.sql(query, params=values or []).to_arrow_table())
    assert isinstance(result, pl.DataFrame)
    return result
