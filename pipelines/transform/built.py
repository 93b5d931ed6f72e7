"""``meta.built``: the nodes that are in the staging file, their SQL and their tests', what is in doubt.

It lies in the same file as the tables it speaks of: a restored file tells the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from pipelines.transform.graph import Graph

NOTED = "noted"
"""What it reads is another since its rows were made, in rows of which ``meta.changed`` finds its own."""
INPUTS = "inputs"
"""Something it reads is another since its rows were made: they may be others."""
ROWS = "rows"
"""Its rows are others since they passed their tests."""
_LEAST_FIRST = [NOTED, INPUTS, ROWS]


@dataclass(frozen=True, slots=True)
class Built:
    """A node that is there."""

    sql: str
    """Of its rows; empty for a source."""
    doubt: str | None
    """None where it stands."""


def known(connection: duckdb.DuckDBPyConnection, graph: Graph) -> dict[str, Built]:
    """All nodes that were built once by this code, and are there."""
    there = {
        f'"{schema}"."{name}"'
        for schema, name in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    }
    told = {
        node: Built(*one)
        for node, *one in connection.execute("SELECT node, sql, doubt FROM meta.built").fetchall()
    }
    return {node.id: told[node.id] for node in graph.nodes if node.id in told and node.relation in there}


def in_doubt(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What is in doubt of the nodes that were built."""
    return dict(connection.execute("SELECT node, doubt FROM meta.built WHERE doubt IS NOT NULL").fetchall())


def sql_of(connection: duckdb.DuckDBPyConnection, tests: Iterable[str]) -> dict[str, str]:
    """The SQL of the tests that this code compiled once."""
    return dict(
        connection.execute(
            "SELECT node, sql FROM meta.built WHERE list_contains(?, node)", [list(tests)]
        ).fetchall()
    )


def note(
    connection: duckdb.DuckDBPyConnection,
    sql: dict[str, str],
    rows: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Remember nodes that dbt built and that passed their tests, and tests it asked, each with its SQL.

    Args:
        connection: the staging file, open for writing.
        sql: of each.
        rows: what the rows of some come to (``differing.digest``).
    """
    forget(connection, sql)
    states = ["{}.{}".format(*rows[one]) if rows and one in rows else None for one in sql]
    connection.execute(
        "INSERT INTO meta.built (node, sql, state) "
        "SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [list(sql), list(sql.values()), states],
    )


def trust(connection: duckdb.DuckDBPyConnection, nodes: Iterable[str]) -> None:
    """These nodes stand: their rows are tonight's and have passed their tests."""
    connection.execute("UPDATE meta.built SET doubt = NULL WHERE list_contains(?, node)", [list(nodes)])


def doubt(connection: duckdb.DuckDBPyConnection, nodes: Iterable[str], what: str) -> None:
    """Put nodes in doubt; what is in greater doubt stays so."""
    connection.execute(
        "UPDATE meta.built SET doubt = $what WHERE list_contains($nodes, node) "
        "AND coalesce(list_position($order, doubt), 0) < list_position($order, $what)",
        {"what": what, "nodes": list(nodes), "order": _LEAST_FIRST},
    )


def doubt_all(connection: duckdb.DuckDBPyConnection) -> None:
    """A new night begins: of what something was another the night before is no longer known."""
    connection.execute(
        "UPDATE meta.built SET since = NULL, doubt = CASE doubt WHEN $noted THEN $inputs ELSE doubt END "
        "WHERE since IS NOT NULL OR doubt = $noted",
        {"noted": NOTED, "inputs": INPUTS},
    )


def rename(connection: duckdb.DuckDBPyConnection, node: str, more: tuple[int, int]) -> None:
    """The rows of a node are others; to be said together with putting them in place.

    Args:
        connection: the staging file, open for writing.
        node: whose rows they are.
        more: than they came to before (``differing.Found``).
    """
    connection.execute(
        "UPDATE meta.built SET since = coalesce(since, state), "
        "state = (split_part(state, '.', 1)::BIGINT + ?) || '.' || (split_part(state, '.', 2)::HUGEINT + ?) "
        "WHERE node = ? AND state IS NOT NULL",
        [*more, node],
    )


def forget(connection: duckdb.DuckDBPyConnection, nodes: Iterable[str]) -> None:
    """These nodes must be built by dbt."""
    connection.execute("DELETE FROM meta.built WHERE list_contains(?, node)", [list(nodes)])
