"""Units of which something is another tonight: only their rows are made anew in models by unit.

``meta.changed_units`` has those whose files are others, and through the night of every table the units of its
rows that came out different: a model by unit is made for the units of what it reads.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.common.transaction import transaction
from pipelines.transform.compiled import DATABASE
from pipelines.transform.graph import RAW, Graph, Node

FILES = "files"
"""Stands for all tables of ``raw``: what a unit's files tell."""
CHANGED = "coalesce(unit_code, '') IN (SELECT coalesce(unit_code, '') FROM changed)"
"""What is true of the rows of chosen units, those of no unit among them."""

MOST_CHANGED = 0.2
"""Share of the units up to which it is less work to replace their rows than to build the model."""


def note_digests(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> set[str | None]:
    """Note what the files of each unit come to tonight.

    Args:
        connection: the staging file, its kept tables prepared, open for writing.
        tables: of schema ``raw``, quoted.

    Returns:
        Units of which something is another than when this was last noted; None for files of no unit.
    """
    rows = " UNION ALL ".join(
        f"SELECT sent.unit_code, '{table}' AS source, count(*) AS n, sum(hash(one)) AS total "
        f"FROM {table} AS one LEFT JOIN raw.submissions AS sent USING (submission_id) GROUP BY sent.unit_code"
        for table in tables
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE units_tonight AS SELECT unit_code, "
        f"string_agg(source || n || '.' || total, ' ' ORDER BY source) AS digest FROM ({rows}) "
        "GROUP BY unit_code"
    )
    changed = connection.execute(
        "SELECT coalesce(now.unit_code, before.unit_code) FROM units_tonight AS now "
        "FULL JOIN meta.unit_digests AS before ON now.unit_code IS NOT DISTINCT FROM before.unit_code "
        "WHERE now.digest IS DISTINCT FROM before.digest"
    ).fetchall()
    with transaction(connection):
        connection.execute("DELETE FROM meta.unit_digests")
        connection.execute("INSERT INTO meta.unit_digests FROM units_tonight")
    return {unit for (unit,) in changed}


def begin(connection: duckdb.DuckDBPyConnection, units: set[str | None]) -> bool:
    """Note the units whose files are others tonight, in place of all that was noted the night before.

    Args:
        connection: as above.
        units: of ``note_digests``.

    Returns:
        Whether what reads their files may be made for them alone.
    """
    connection.execute("DELETE FROM meta.changed_units")
    return add(connection, FILES, units)


def add(connection: duckdb.DuckDBPyConnection, node: str, units: set[str | None]) -> bool:
    """Note the units of rows that are others tonight.

    Args:
        connection: as above.
        node: whose rows they are.
        units: None for rows of no unit.

    Returns:
        Whether all of them are of a unit, so that what reads them may be made for these alone.
    """
    known = sorted(unit for unit in units if unit)
    connection.execute(
        "INSERT INTO meta.changed_units (node, unit_code) SELECT ?, unnest(?::VARCHAR[])", [node, known]
    )
    return None not in units


def choose(connection: duckdb.DuckDBPyConnection, node: Node) -> bool:
    """Choose the units of which a node may come out different.

    Args:
        connection: as above.
        node: that reads tables of which all changed units are noted.

    Returns:
        Whether it is less work to make their rows than all of them.
    """
    reads = {FILES if id_.startswith(RAW) else id_ for id_ in node.reads}
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed AS SELECT DISTINCT unit_code FROM meta.changed_units "
        "WHERE list_contains(?, node)",
        [sorted(reads)],
    )
    ((chosen, known),) = connection.execute(
        "SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM meta.unit_digests)"
    ).fetchall()
    return bool(chosen <= MOST_CHANGED * known)


def choose_others(connection: duckdb.DuckDBPyConnection, before: str, now: str) -> None:
    """Choose the units whose rows differ; rows of two units are not compared with each other after it.

    Args:
        connection: as above.
        before: a query of the rows that stand.
        now: a query of the rows that should.
    """
    one, other = (
        f"SELECT unit_code, count(*) AS n, sum(hash(one)) AS total FROM ({rows}) AS one GROUP BY unit_code"
        for rows in (before, now)
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed AS "
        "SELECT coalesce(one.unit_code, other.unit_code) AS unit_code "
        f"FROM ({one}) AS one FULL JOIN ({other}) AS other "
        "ON one.unit_code IS NOT DISTINCT FROM other.unit_code "
        "WHERE (one.n, one.total) IS DISTINCT FROM (other.n, other.total)"
    )


def has_units(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether each row of a table says of which unit it is."""
    return "unit_code" in {column for column, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}


def over_changed(connection: duckdb.DuckDBPyConnection, graph: Graph, node: Node, sql: str) -> str:
    """The SQL of a model by unit, asked of the rows of changed units only.

    Args:
        connection: as above.
        graph: of the project.
        node: the model.
        sql: of all its rows, as dbt compiled it; it joins what has no unit to what has one.
    """
    for table in (one.relation for one in graph.nodes if one.is_table and one.id in node.reads):
        if has_units(connection, table):
            sql = sql.replace(f'"{DATABASE}".{table}', f"(FROM {table} WHERE {CHANGED})")
    return sql
