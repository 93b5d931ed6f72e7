"""Tables that another engine counted tonight: views in schema ``counted`` of the staging file.

Whoever makes the rows of a model takes them from there where they are: ``refresh``, and dbt
(``dbt_project/macros/counted.sql``). So a night goes on alike whatever counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import duckdb

SCHEMA = "counted"
Count = Callable[[duckdb.DuckDBPyConnection, Collection[str]], None]
"""Counts tables, by names of their models, over what a staging file holds, and offers their rows in it."""


def offer(connection: duckdb.DuckDBPyConnection, name: str, rows: str) -> None:
    """Offer rows of tonight.

    Args:
        connection: the staging file, open for writing.
        name: of the model.
        rows: a query.
    """
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.execute(f'CREATE OR REPLACE VIEW {SCHEMA}."{name}" AS {rows}')


def rows_of(name: str) -> str:
    """A query of what is offered of a model."""
    return f'FROM {SCHEMA}."{name}"'


def withdraw(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing is offered any more; a night that was cut short may have left something."""
    connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
