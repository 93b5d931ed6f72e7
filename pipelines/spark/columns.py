"""The columns of all tables, those of models too: DuckDB tells them from models built of nothing."""

from __future__ import annotations

import duckdb

from pipelines.transform.compiled import build_models, in_memory
from pipelines.transform.model import Model

GIVEN = ("raw", "ref", "meta", "quality")
"""Schemas whose tables models are made of."""

Columns = dict[str, dict[str, dict[str, str]]]
"""Schema -> table -> column -> type of DuckDB."""


def columns_of(connection: duckdb.DuckDBPyConnection, models: list[Model]) -> Columns:
    """Columns of what models are made of, and of the models.

    Args:
        connection: a staging file with tonight's sources.
        models: of ``compiled_models``.
    """
    given = _columns(connection, GIVEN)
    with in_memory() as empty:
        for schema, tables in given.items():
            empty.execute(f'CREATE SCHEMA "{schema}"')
            for table, columns in tables.items():
                described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                empty.execute(f'CREATE TABLE "{schema}"."{table}" ({described})')
        build_models(empty, models=models)
        return given | _columns(empty, sorted({model.schema for model in models}))


def _columns(connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...] | list[str]) -> Columns:
    found: Columns = {}
    for schema, table, column, kind in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND list_contains(?, schema_name) "
        "ORDER BY schema_name, table_name, column_index",
        [list(schemas)],
    ).fetchall():
        found.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return found
