"""Which models a night builds: those whose rows would not be what stands in the staging file.

A model stands when it was built, passed its tests, and no source below it came out different since. Models
that read the night's date, or the memory of nights, are tried: their SQL runs in a transaction that is taken
back, and what comes out is compared with what stands; so a day that passes a deadline builds what it changes
and no more. ``meta.built`` lies in the same file as the tables it speaks of: a restored file tells the truth.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.transform import units
from pipelines.transform.graph import RAW, Graph, Node

VERSION = "version"
"""The row of ``meta.source_digests`` that tells the code and the columns everything was built with."""


def note_sources(connection: duckdb.DuckDBPyConnection, graph: Graph) -> bool:
    """Note what files, law and settings come to tonight; what reads one that changed counts as not built.

    Args:
        connection: the staging file, its kept tables prepared, open for writing.
        graph: of the project.

    Returns:
        Whether models by unit may keep the rows of units that sent nothing new: ``meta.changed_units`` has
        the others. Only where nothing but files changed, and what they and their inputs held was built whole.
    """
    ((columns, code),) = connection.execute(
        "SELECT (SELECT sum(hash(schema_name, table_name, column_index, column_name, data_type)) "
        "FROM duckdb_columns() WHERE schema_name IN ('raw', 'ref', 'meta', 'quality')), "
        "(SELECT code_version FROM meta.night)"
    ).fetchall()
    tonight = {name: _digest(connection, table) for name, table in graph.sources.items()}
    tonight[VERSION] = f"{code}/{graph.text}/{duckdb.__version__}/{columns}"
    before = dict(connection.execute("SELECT source, digest FROM meta.source_digests").fetchall())
    changed = {name for name, digest in tonight.items() if before.get(name) != digest}
    built = _standing(connection, graph)
    others: set[str | None] = set()
    if changed:
        # first of all: what is cut short after it is built whole
        _forget(connection, (n.id for n in graph.nodes) if VERSION in changed else graph.below(changed))
        others = units.note_digests(
            connection, [table for name, table in graph.sources.items() if name.startswith(RAW)]
        )
        connection.execute("DELETE FROM meta.source_digests")
        connection.executemany(
            "INSERT INTO meta.source_digests VALUES (?, ?)", [list(one) for one in tonight.items()]
        )
    by_unit = [node for node in graph.nodes if node.is_by_unit]
    read = {id_ for node in by_unit for id_ in node.reads}
    dated = [node for node in graph.nodes if node.is_volatile and node.id in read]
    if not all(name.startswith(RAW) for name in changed) or any(n.id not in built for n in by_unit + dated):
        return False
    for node in dated:  # a file may count from another day on, though nothing of it changed
        others |= units.with_other_rows(connection, node.relation, built[node.id])
    return units.note_changed(connection, others)


def to_build(connection: duckdb.DuckDBPyConnection, graph: Graph, half: str) -> list[Node]:
    """The nodes of one half that must be built or tested tonight; from here on they do not count as built.

    Args:
        connection: as for ``note_sources``, which comes first.
        graph: of the project.
        half: the tag of the half that is due.
    """
    built = _standing(connection, graph)
    missing = {node.id for node in graph.nodes if node.id not in built}
    missing |= graph.below(missing)
    mine = [node for node in graph.nodes if node.half == half]
    different = _tried(connection, [node for node in mine if node.id not in missing], built)
    wanted = [node for node in mine if node.id in missing | different]
    tables = {node.id for node in mine if node.id in different and node.is_table}
    _forget(connection, missing | different | (graph.below(tables) - {node.id for node in mine}))
    return wanted


def note_built(connection: duckdb.DuckDBPyConnection, sql: dict[str, str]) -> None:
    """Remember nodes that were built and passed their tests.

    Args:
        connection: the staging file, open for writing.
        sql: by node, the SQL its rows came from; empty for a source.
    """
    if sql:
        connection.executemany("INSERT INTO meta.built VALUES (?, ?)", [list(one) for one in sql.items()])


def _standing(connection: duckdb.DuckDBPyConnection, graph: Graph) -> dict[str, str]:
    """The SQL of all nodes that were built and are there."""
    there = {
        f'"{schema}"."{name}"'
        for schema, name in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    }
    known = dict(connection.execute("SELECT node, sql FROM meta.built").fetchall())
    return {node.id: known[node.id] for node in graph.nodes if node.id in known and node.relation in there}


def _tried(connection: duckdb.DuckDBPyConnection, nodes: Iterable[Node], built: dict[str, str]) -> set[str]:
    """Those of the standing nodes whose rows would come out different tonight."""
    different: set[str] = set()
    tried: list[str] = []
    connection.execute("BEGIN")
    try:
        for node in nodes:
            if not node.is_volatile and different.isdisjoint(node.reads):
                continue
            tried.append(node.id)
            if not node.is_table:  # a view shows what changed by itself; its tests ask again
                different |= {node.id} if node.is_tested else set()
                continue
            before = _digest(connection, node.relation)
            connection.execute(f"DELETE FROM {node.relation}")
            connection.execute(f"INSERT INTO {node.relation} BY NAME {built[node.id]}")
            if _digest(connection, node.relation) != before:
                different.add(node.id)
    except duckdb.Error:  # dbt will say what is wrong, and with which model
        different |= set(tried)
    finally:
        connection.execute("ROLLBACK")
    return different


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Of the rows of a table, whatever their order."""
    ((count, total),) = connection.execute(
        f"SELECT count(*), coalesce(sum(hash(one)), 0) FROM {table} AS one"
    ).fetchall()
    return f"{count}.{total}"


def _forget(connection: duckdb.DuckDBPyConnection, nodes: Iterable[str]) -> None:
    connection.execute("DELETE FROM meta.built WHERE list_contains(?, node)", [list(nodes)])
