"""Which units sent something else than the night before: only their rows are made anew in models by unit."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.common.transaction import transaction
from pipelines.transform.compiled import DATABASE
from pipelines.transform.graph import Graph, Node

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


def with_other_rows(connection: duckdb.DuckDBPyConnection, relation: str, sql: str) -> set[str | None]:
    """The units whose rows of a table are others than those it would have tonight.

    Args:
        connection: as above.
        relation: the table as it stands; it has a column ``unit_code``.
        sql: of its rows.
    """
    pairs = ((f"FROM {relation}", sql), (sql, f"FROM {relation}"))
    differences = " UNION ALL ".join(f"FROM (({one}) EXCEPT ALL ({other}))" for one, other in pairs)
    found = connection.execute(f"SELECT DISTINCT unit_code FROM ({differences})").fetchall()
    return {unit for (unit,) in found}


def note_changed(connection: duckdb.DuckDBPyConnection, units: set[str | None]) -> bool:
    """Say of which units models by unit make their rows tonight.

    Args:
        connection: as above.
        units: those of which something changed.

    Returns:
        Whether that is possible; if not, all of their rows are to be made.
    """
    ((known,),) = connection.execute("SELECT count(*) FROM meta.unit_digests").fetchall()
    connection.execute("DELETE FROM meta.changed_units")
    if None in units or len(units) > MOST_CHANGED * known:
        return False
    if units:
        connection.executemany("INSERT INTO meta.changed_units VALUES (?)", [[unit] for unit in units])
    return True


def of_changed(rows: str) -> str:
    """Those of some rows that are of changed units."""
    return f"{rows} WHERE unit_code IN (SELECT unit_code FROM meta.changed_units)"


def over_changed(connection: duckdb.DuckDBPyConnection, graph: Graph, node: Node, sql: str) -> str:
    """The SQL of a model by unit, asked of the rows of changed units only.

    Args:
        connection: as above.
        graph: of the project.
        node: the model.
        sql: of all its rows, as dbt compiled it; it joins what has no unit to what has one.
    """
    for table in (one.relation for one in graph.nodes if one.is_table and one.id in node.reads):
        if "unit_code" in {column for column, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}:
            sql = sql.replace(f'"{DATABASE}".{table}', f"({of_changed(f'FROM {table}')})")
    return sql
