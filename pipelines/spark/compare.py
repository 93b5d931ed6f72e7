"""Two tables that should be one: rows as a bag, fractions to a billionth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from pipelines.common.differing import digest

NEAR = 1e-9
"""So far two fractions may lie apart, measured by the greater where that is above one."""
FRACTIONS = ("DOUBLE", "FLOAT")


@dataclass(frozen=True, slots=True)
class Difference:
    """What one table has and the other has not."""

    table: str
    missing: int
    """Rows only the first has."""
    added: int
    """Rows only the second has."""
    examples: tuple[str, ...]
    """Of columns that differ: name, value of the first, value of the second."""


def difference(
    connection: duckdb.DuckDBPyConnection, table: str, one: str, other: str, columns: Mapping[str, str]
) -> Difference | None:
    """What differs between two tables of the same columns; None where nothing does.

    Args:
        connection: sees both.
        table: how the table is called in what is told.
        one: what is selected from for the first.
        other: the same for the second.
        columns: name -> type of DuckDB.
    """
    wanted = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in columns.items())
    if digest(connection, f"SELECT {wanted} FROM {one}") == digest(
        connection, f"SELECT {wanted} FROM {other}"
    ):
        return None
    for name, left, right in (("missing", one, other), ("added", other, one)):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS "
            f"(SELECT {wanted} FROM {left}) EXCEPT ALL (SELECT {wanted} FROM {right})"
        )
    exact = [f'"{name}"' for name, kind in columns.items() if kind not in FRACTIONS]
    fractions = [f'"{name}"' for name, kind in columns.items() if kind in FRACTIONS]
    if fractions:
        _take_near_away(connection, exact, fractions)
    missing, added = (_rows(connection, name) for name in ("missing", "added"))
    if not missing and not added:
        return None
    return Difference(table, missing, added, tuple(_examples(connection, list(columns))))


def _take_near_away(connection: duckdb.DuckDBPyConnection, exact: list[str], fractions: list[str]) -> None:
    """Rows whose fractions lie near each other are no difference; they are paired in their order."""
    order = ", ".join(fractions)
    within = f"PARTITION BY {', '.join(exact)} " if exact else ""
    for name in ("missing", "added"):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE numbered_{name} AS "
            f"SELECT *, row_number() OVER ({within}ORDER BY {order}) AS nth FROM {name}"
        )
    same = [f"a.{one} IS NOT DISTINCT FROM b.{one}" for one in [*exact, "nth"]]
    near = [
        f"(a.{one} IS NOT DISTINCT FROM b.{one} "
        f"OR abs(a.{one} - b.{one}) <= {NEAR} * greatest(1, abs(a.{one}), abs(b.{one})))"
        for one in fractions
    ]
    condition = " AND ".join([*same, *near])
    for name, left, right in (("missing", "missing", "added"), ("added", "added", "missing")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT a.* EXCLUDE (nth) "
            f"FROM numbered_{left} AS a ANTI JOIN numbered_{right} AS b ON {condition}"
        )


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    ((count,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)


def _examples(connection: duckdb.DuckDBPyConnection, columns: list[str], most: int = 3) -> list[str]:
    """Values of columns that only one of both has."""
    found = []
    for name in columns:
        values = [
            connection.execute(
                f'(SELECT "{name}" FROM {left}) EXCEPT ALL (SELECT "{name}" FROM {right}) '
                "ORDER BY ALL LIMIT 1"
            ).fetchall()
            for left, right in (("missing", "added"), ("added", "missing"))
        ]
        if any(values):
            left_value, right_value = (str(rows[0][0])[:80] if rows else "–" for rows in values)
            found.append(f"{name}: {left_value} | {right_value}")
    return found[:most]
