"""Rows that another engine counted come into the night where it asks for them: replaced, or built by dbt."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from pipelines.assets.transform import build_stale
from pipelines.transform import built, counted, dbt
from pipelines.transform.compiled import compiled_models
from pipelines.warehouse import staging
from tests.models.nights import World, take_in

DOUBTED, GONE = "int_statistics_counts", "int_coverage_matches"
"""A table that stands and is in doubt, and one that dbt builds; nothing of their half reads them."""


def test_rows_are_taken_from_where_they_were_counted(world: World) -> None:
    asked: list[str] = []
    sql = {model.name: model.sql for model in compiled_models()}

    def count(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
        """Counts as DuckDB does, but that two tables come out empty."""
        asked.extend(names)
        for name in names:
            end = "LIMIT 0" if name in (DOUBTED, GONE) else ""
            counted.offer(connection, name, f"FROM ({sql[name]}) {end}")

    home, doubted, gone = world.request.home, f"model.thidua.{DOUBTED}", f"model.thidua.{GONE}"
    take_in(world.request)
    with staging.opened(home.staging) as connection:
        before = built.known(connection, world.graph)
        built.doubt(connection, [doubted], built.INPUTS)
        built.forget(connection, [gone])
    results = build_stale(home, world.graph, dbt.FIRST_HALF, count)
    assert {one.status for one in results} <= set(dbt.FINE)
    assert {DOUBTED, GONE, "int_files"} <= set(asked)
    assert "int_documents" not in asked
    with staging.opened(home.staging) as connection:
        for table in (DOUBTED, GONE):
            assert connection.execute(f"SELECT count(*) FROM intermediate.{table}").fetchall() == [(0,)]
        assert built.known(connection, world.graph)[gone] == before[gone]
        schemas = connection.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()
        assert (counted.SCHEMA,) not in schemas
