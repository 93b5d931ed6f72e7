"""Tables that another engine counted tonight: views in schema ``counted`` of the staging file.

Whoever makes the rows of a model takes them from there where they are: ``refresh``, and dbt
(``dbt_project/macros/counted.sql``). So a night goes on alike whatever counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

SCHEMA = "counted"


def offer(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, str]) -> None:
    """Offer rows of tonight.

    Args:
        connection: the staging file, open for writing.
        rows: a query by name of the model.
    """
    connection.execute(f"CREATE SCHEMA {SCHEMA}")
    for name, query in rows.items():
        connection.execute(f'CREATE VIEW {SCHEMA}."{name}" AS {query}')


def offered(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """A query of the rows of each table that was counted, by name of the model."""
    found = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = ?", [SCHEMA]
    ).fetchall()
    return {name: f'FROM {SCHEMA}."{name}"' for (name,) in found}


def withdraw(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing is offered any more; a night that was cut short may have left something."""
    connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
