"""Rows of a table that would be others: found by a digest of each, and put in place of those that were.

To write a table whole costs several times what it takes to look through both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb


def digest(connection: duckdb.DuckDBPyConnection, rows: str) -> tuple[int, int]:
    """How many rows there are and what they come to, whatever their order.

    Args:
        connection: with them at hand.
        rows: a query.
    """
    ((count, total),) = connection.execute(
        f"SELECT count(*), coalesce(sum(hash(one)), 0) FROM ({rows}) AS one"
    ).fetchall()
    return count, total


@dataclass(frozen=True, slots=True)
class Found:
    """How two lots of rows differ."""

    differ: int
    """Different rows that do."""
    come: int
    """Rows to be put in place."""
    more: tuple[int, int]
    """What is to be added to ``digest`` of the rows before for that of the rows now."""


def look(connection: duckdb.DuckDBPyConnection, table: str, now: str, where: str = "true") -> Found:
    """Find what differs, for ``put_in_place``; rows that stand several times are counted.

    Args:
        connection: with both at hand.
        table: that holds the rows that stand.
        now: a query of the rows that should, with the same columns in the same order.
        where: what is true of the rows that are looked at, where they are not all of the table.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE standing AS "
        f"SELECT one.rowid AS place, hash(one) AS digest FROM {table} AS one WHERE {where}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE differing AS "
        "SELECT digest, coalesce(now.n, 0) AS come, coalesce(before.n, 0) AS go "
        "FROM (SELECT digest, count(*) AS n FROM standing GROUP BY ALL) AS before "
        f"FULL JOIN (SELECT hash(one) AS digest, count(*) AS n FROM ({now}) AS one GROUP BY ALL) AS now "
        "USING (digest) WHERE before.n IS DISTINCT FROM now.n"
    )
    ((differ, come, rows, total),) = connection.execute(
        "SELECT count(*), coalesce(sum(come), 0), coalesce(sum(come - go), 0), "
        "coalesce(sum(digest::HUGEINT * (come - go)), 0) FROM differing"
    ).fetchall()
    return Found(differ, come, (rows, total))


def put_in_place(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    now: str,
    told: Sequence[str] = ("NULL",),
) -> set[tuple[Any, ...]]:
    """Replace the rows that differ; those that come stand at the end, in a fixed order.

    Args:
        connection: as ``look`` left it.
        table: as for ``look``.
        now: as for ``look``.
        told: columns.

    Returns:
        The values of these columns in rows that went or came.
    """
    values: set[tuple[Any, ...]] = set()
    for change in (
        f"DELETE FROM {table} WHERE rowid IN (SELECT place FROM standing SEMI JOIN differing USING (digest))",
        f"INSERT INTO {table} BY NAME FROM ({now}) AS one "
        "WHERE hash(one) IN (SELECT digest FROM differing) ORDER BY ALL",
    ):
        values.update(connection.execute(f"{change} RETURNING {', '.join(told)}").fetchall())
    return values
